"""How a wave is held, as it is filled in."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.steering.forms import day_field
from ledtrad.apps.surveys.actions import StratumSize, WavePlan
from ledtrad.apps.surveys.models import MODES, WaveDesign

_TEXTS = ("population", "frame", "strata", "weight", "shared", "sex", "women", "men", "age", "district")


class PlanForm(forms.Form):
    """The plan of a wave. Columns are named as in the file of answers; strata are lines of code;name;there;drawn."""

    population = forms.CharField(
        max_length=2000, error_messages={"required": _("Write whom the survey is put to: the population.")}
    )
    frame = forms.CharField(required=False, max_length=2000)
    modes = forms.MultipleChoiceField(required=False, choices=[(one, one) for one in MODES])
    languages = forms.CharField(required=False, max_length=100)
    opened = day_field(required=False)
    closed = day_field(required=False)
    drawn = forms.IntegerField(required=False, min_value=0)
    strata = forms.CharField(required=False, max_length=100)
    clusters = forms.CharField(required=False, max_length=300)
    weight = forms.CharField(required=False, max_length=100)
    fpc = forms.CharField(required=False, max_length=300)
    shared = forms.CharField(required=False, max_length=100)
    sex = forms.CharField(required=False, max_length=100)
    women = forms.CharField(required=False, max_length=40)
    men = forms.CharField(required=False, max_length=40)
    age = forms.CharField(required=False, max_length=100)
    district = forms.CharField(required=False, max_length=100)
    sizes = forms.CharField(required=False, max_length=100_000)
    because = forms.CharField(required=False, max_length=2000)

    def plan(self, before: WaveDesign | None) -> WavePlan:
        """The plan; what the page does not ask for stays as it was `before`.

        Refused with a sentence for a stratum that cannot be read.
        """
        given = self.cleaned_data
        return WavePlan(
            **{name: given[name].strip() for name in _TEXTS},
            modes=tuple(one for one in MODES if one in given["modes"]),
            languages=tuple(given["languages"].replace(",", " ").split()),
            opened=given["opened"],
            closed=given["closed"],
            drawn=given["drawn"],
            clusters=_names(given["clusters"]),
            fpc=_names(given["fpc"]),
            sizes=tuple(_sizes(given["sizes"])),
            replicates=json.loads(before.replicates) if before and before.replicates else None,
            single_units=before.single_units if before else "",
            degrees_of_freedom=before.degrees_of_freedom if before else "",
        )


def _names(written: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in written.split(",") if name.strip())


def _sizes(written: str) -> Iterator[StratumSize]:
    for line in written.splitlines():
        if line.strip():
            yield _size([part.strip() for part in line.split(";")], line.strip())


def _size(parts: list[str], line: str) -> StratumSize:
    numbers = [part.replace("\N{NO-BREAK SPACE}", "").replace(" ", "") for part in parts[2:4]]
    if len(parts) not in (3, 4) or not all(one.isascii() and one.isdecimal() for one in numbers if one):
        raise Refused(
            "Raden ”{line}” är inget stratum: skriv kod;namn;antal;dragna. Ingenting har sparats.", line=line[:60]
        )
    if not numbers[0]:
        raise Refused("Raden ”{line}” saknar hur många som finns i stratumet. Ingenting har sparats.", line=line[:60])
    drawn = int(numbers[1]) if len(numbers) > 1 and numbers[1] else None
    return StratumSize(parts[0], int(numbers[0]), drawn, parts[1])


def initial_of(design: WaveDesign | None) -> dict[str, Any]:
    """What the form holds when nobody has written in it: the plan as it stands."""
    if design is None:
        return {"languages": "sv", "modes": ["post", "web"]}
    plain = {name: getattr(design, name) for name in (*_TEXTS, "opened", "closed", "drawn", "clusters", "fpc")}
    lines = [
        f"{one.code};{one.name};{one.population};{'' if one.drawn is None else one.drawn}" for one in design.parts.all()
    ]
    return plain | {
        "modes": design.modes.split(),
        "languages": design.languages.replace(" ", ", "),
        "sizes": "\n".join(lines),
        "because": design.change_note,
    }


class CancelForm(forms.Form):
    """That a wave is not held."""

    reason = forms.CharField(required=False, max_length=2000)
    said_by = forms.CharField(required=False, max_length=200)


class YearForm(forms.Form):
    """Which year a new wave is for."""

    year = forms.IntegerField(min_value=1900, max_value=2200)
