"""The form of a new subscription: into which indicator, for which areas, how often."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledtrad.apps.indicators.actions import Definition, NewIndicator
from ledtrad.apps.neighbours.models import EVERY_DAYS
from ledtrad.core.assessment import Sense
from ledtrad.core.quantities import COUNT, INDEX, KRONOR, PERCENT, UNITS, Unit, unit_named

_NEEDED = {"required": gettext_lazy("This is needed.")}
_SENSES = {"more_is_better": Sense.MORE, "less_is_better": Sense.LESS}
_FIRST_YEAR = 1970


class SubscriptionForm(forms.Form):
    """`indikator` is the code of one that is there, or of one that is made here: then unit and direction are due."""

    name = forms.CharField(max_length=60, error_messages=_NEEDED)
    indikator = forms.CharField(max_length=40, error_messages=_NEEDED)
    ny = forms.BooleanField(required=False)
    enhet = forms.CharField(max_length=40, required=False)
    decimaler = forms.IntegerField(min_value=0, max_value=6, required=False)
    riktning = forms.ChoiceField(choices=[(name, name) for name in _SENSES], required=False)
    kon = forms.BooleanField(required=False)
    dagar = forms.TypedChoiceField(choices=[(days, days) for days in EVERY_DAYS], coerce=int, error_messages=_NEEDED)
    fingeravtryck = forms.CharField(max_length=64)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("ny") and not (given.get("enhet") and given.get("riktning")):
            raise forms.ValidationError(_("Say what the new indicator counts, and which way is better."))
        return given

    def new_indicator(self, title: str, question: str, source: str, by_sex: bool) -> NewIndicator | None:
        """The indicator to make, in the neighbour's own words; None when one is there."""
        given = self.cleaned_data
        if not given["ny"]:
            return None
        definition = Definition(
            title[:400],
            unit_named(given["enhet"]),
            _SENSES[given["riktning"]],
            decimals=given["decimaler"] or 0,
            by_sex=by_sex,
            question=question,
            source=source,
        )
        return NewIndicator(given["indikator"], _FIRST_YEAR, definition)


def guessed_unit(title: str) -> Unit:
    """What a title says that its figures count: shown in the form, where it can be changed."""
    words = title.casefold()
    for sign, unit in (("(%)", PERCENT), ("index", INDEX), ("kr/inv", KRONOR), (", kr", KRONOR)):
        if sign in words:
            return unit
    return COUNT


def unit_choices() -> tuple[tuple[str, str], ...]:
    return tuple((unit.code, unit.symbol or "antal") for unit in UNITS)
