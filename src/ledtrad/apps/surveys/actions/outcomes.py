"""What a published wave says of the indicators that it measures: outcomes, and observations of districts.

Figures go out as they are printed, with one decimal at least: further digits of a weighted share would tell more of
the answers behind it than the share does.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from ledtrad.apps.indicators.actions import BatchSource, NewOutcome, Source, record_observations, record_outcomes
from ledtrad.apps.indicators.models import IndicatorVersion
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.actions.feeding import wave_name
from ledtrad.apps.surveys.models import Measure, Wave
from ledtrad.apps.surveys.queries.figuring import DISTRICT, DISTRICT_SEX, SEX, WHOLE
from ledtrad.apps.surveys.queries.parts import Parts
from ledtrad.apps.surveys.queries.releasing import HELD_BACK, Release
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import Quantity, Unit, rounded, unit_named


def feed_indicator(
    wave: Wave, measure: Measure, releases: Sequence[Release], parts: Parts, invented: bool, by: Actor, at: datetime
) -> bool:
    """Outcome and observations of one indicator; False when it was not defined in that year, or nothing was found."""
    levels = tuple(measure.levels.split())
    mine = [one for one in releases if one.figure.question == measure.question_id and one.figure.levels == levels]
    version = _version(measure, wave.year)
    if version is None or not mine:
        return False
    unit, code, source = unit_named(version.unit), measure.indicator.code, wave_name(wave)
    said = {(one.kind, one.code, one.sex): _said(one, unit, version.decimals) for one in mine}
    total = said[WHOLE, "", ""]
    outcome = total if isinstance(total, Absence) else Measured(total, *_by_sex(said, parts))
    record_outcomes(outcomes=[NewOutcome(code, Period(wave.year), outcome, Source(source), invented)], by=by.key, at=at)
    observed = {
        Place(code, parts.areas[one.code], wave.year, sex=sex): _observed(said[one.kind, one.code, one.sex])
        for one in mine
        if (sex := _sex_in_district(one, parts)) is not None
    }
    if observed:
        record_observations(observations=observed, source=BatchSource(source, invented=invented), by=by, at=at)
    return True


_Said = Quantity | Absence


def _by_sex(said: dict[tuple[str, str, str], _Said], parts: Parts) -> tuple[_Said | None, _Said | None]:
    codes = {sex: code for code, sex in parts.sexes.items()}
    women, men = (said.get((SEX, codes[sex], "")) if sex in codes else None for sex in ("women", "men"))
    return women, men


def _sex_in_district(one: Release, parts: Parts) -> Sex | None:
    """Whom a district's figure is about; None when it is no figure of a known district and sex."""
    if one.code not in parts.areas or one.kind not in (DISTRICT, DISTRICT_SEX):
        return None
    if one.kind == DISTRICT:
        return Sex.ALL
    return Sex(parts.sexes[one.sex]) if one.sex in parts.sexes else None


def _version(measure: Measure, year: int) -> IndicatorVersion | None:
    versions = IndicatorVersion.objects.filter(indicator=measure.indicator, from_year__lte=year)
    return versions.order_by("-number").first()


def _said(one: Release, unit: Unit, decimals: int) -> _Said:
    found, scale = one.estimate, 100 if one.figure.levels else 1
    if found is None or found.estimate is None:
        return Absence(AbsenceKind.SUPPRESSED, HELD_BACK)
    printed = max(decimals, 1)
    margin = None
    if found.low is not None and found.high is not None:
        margin = _exact((found.high - found.low) / 2 * scale, printed)
    return Quantity(_exact(found.estimate * scale, printed), unit, decimals, margin=margin, base=found.n)


def _exact(value: float, decimals: int) -> Decimal:
    return rounded(Decimal(repr(value)), decimals)


def _observed(said: _Said) -> Observed:
    if isinstance(said, Absence):
        return Observed(absence=said.kind)
    return Observed(said.value, said.decimals, said.margin)
