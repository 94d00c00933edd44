"""A new definition of an indicator, and what it costs to collect, as a person fills them in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledtrad.apps.indicators.definition_words import BREAK_WORDS, SENSES, SPLIT_WORDS
from ledtrad.apps.indicators.models import BREAKS, SPLITS
from ledtrad.apps.steering.forms import DecisionForm
from ledtrad.core.assessment import INDICATOR_RULES
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import COUNT, unit_named

COMPARABLE = "comparable"
_NUMBERS = ("antal", "number", "count")
_YEAR_WRONG = gettext_lazy("Write a year with four digits.")


class DefinitionForm(DecisionForm):
    """Everything that a version says. `rests_on` is the number of the version that was read."""

    from_year = forms.IntegerField(
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": _YEAR_WRONG,
            "required": _YEAR_WRONG,
            "min_value": _YEAR_WRONG,
            "max_value": _YEAR_WRONG,
        },
    )
    title = forms.CharField(max_length=400, error_messages={"required": gettext_lazy("Write what is measured.")})
    question = forms.CharField(max_length=4000, required=False)
    unit = forms.CharField(
        max_length=60, error_messages={"required": gettext_lazy("Write what it is measured in, as percent or number.")}
    )
    decimals = forms.IntegerField(min_value=0, max_value=6, required=False)
    sense = forms.ChoiceField(choices=SENSES)
    by_sex = forms.BooleanField(required=False)
    splits = forms.MultipleChoiceField(choices=[(one, SPLIT_WORDS[one]) for one in SPLITS], required=False)
    every_years = forms.IntegerField(min_value=1, max_value=20, required=False)
    rhythm_from = forms.IntegerField(min_value=1990, max_value=2100, required=False)
    rule = forms.ChoiceField(choices=[(rule.name, rule.title) for rule in INDICATOR_RULES])
    source = forms.CharField(max_length=2000, required=False)
    numerator = forms.CharField(max_length=2000, required=False)
    denominator = forms.CharField(max_length=2000, required=False)
    breaks = forms.ChoiceField(
        choices=[(COMPARABLE, ""), *((one, BREAK_WORDS[one]) for one in BREAKS)],
        error_messages={"required": gettext_lazy("Say whether the figures can be compared with those before.")},
    )
    because = forms.CharField(
        max_length=4000, error_messages={"required": gettext_lazy("Write why the indicator is changed.")}
    )
    rests_on = forms.IntegerField(required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        """Puts the unit and the periodicity under their own names."""
        given: dict[str, Any] = super().clean() or {}
        every = given.get("every_years") or 1
        if every > 1 and not given.get("rhythm_from") and "rhythm_from" not in self.errors:
            self.add_error("rhythm_from", _("Write a year in which it was measured."))
        elif "rhythm_from" not in self.errors:
            given["periodicity"] = Periodicity(every, given.get("rhythm_from") if every > 1 else None)
        if given.get("unit"):
            named = " ".join(str(given["unit"]).split())
            given["measure"] = COUNT if named.lower() in _NUMBERS else unit_named(named)
        return given


class CostForm(forms.Form):
    """How many minutes a year it takes to collect the indicator."""

    minutes = forms.IntegerField(
        min_value=0,
        max_value=10_000_000,
        error_messages={
            "required": gettext_lazy("Write a number of minutes."),
            "invalid": gettext_lazy("Write a number of minutes, without decimals."),
        },
    )
    note = forms.CharField(max_length=2000, required=False)
