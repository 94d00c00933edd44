"""Which column of the answers weighs them: the one that came with them, or the one that was worked out here."""

from datetime import datetime

from ledtrad.apps.audit.records import append
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.models import Stratum, Wave, WaveDesign
from ledtrad.apps.surveys.queries.weighing import WEIGHT

_NOT_THE_SAME = {"id", "wave", "weight", "is_current", "supersedes", "recorded_by", "recorded_at"}


def weight_before(wave: Wave) -> str:
    """The column of the weights that came with the answers: what the plan named before anything was weighed."""
    rows = WaveDesign.objects.filter(wave=wave).exclude(weight=WEIGHT).order_by("-id")
    return rows.values_list("weight", flat=True).first() or ""


def name_weight(wave: Wave, weight: str, by: Actor, at: datetime) -> None:
    """The same design with another column of weights. Its strata are written anew: each belongs to its design."""
    held = WaveDesign.objects.get(wave=wave, is_current=True)
    names = [one.name for one in WaveDesign._meta.concrete_fields if one.name not in _NOT_THE_SAME]
    same = {name: getattr(held, name) for name in names}
    row = WaveDesign(wave=wave, weight=weight, recorded_by=by.key, recorded_at=at, **same)
    append(WaveDesign, [row], key=("wave_id",))
    Stratum.objects.bulk_create(
        Stratum(design=row, code=one.code, name=one.name, population=one.population, drawn=one.drawn)
        for one in held.parts.all()
    )


def forget_weights(wave: Wave, by: Actor, at: datetime) -> None:
    """Other answers have come, which nobody has weighed: the design names the weights that come with them again."""
    if WaveDesign.objects.filter(wave=wave, is_current=True, weight=WEIGHT).exists():
        name_weight(wave, weight_before(wave), by, at)
