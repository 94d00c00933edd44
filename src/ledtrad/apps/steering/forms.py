"""The dates of a year's phases, as a person fills them in; and a decision, wherever one is asked for."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledtrad.core.assessment import Decision
from ledtrad.core.calendar import PhaseDates, PhaseKind

DAYS = ("opens", "due", "closes")


def day_field(**options: object) -> forms.DateField:
    """A day as browsers send it (2021-05-03)."""
    wrong = gettext_lazy("Write the date as 2021-05-03. The day must exist.")
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        input_formats=["%Y-%m-%d"], widget=widget, error_messages={"invalid": wrong, "required": wrong}, **options
    )


class PhasesForm(forms.Form):
    """Three days for each phase of `year`. A phase left wholly empty has no dates."""

    def __init__(self, year: int, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.year = year
        for kind in PhaseKind:
            for day in DAYS:
                self.fields[f"{kind.value}_{day}"] = day_field(required=False)

    def clean(self) -> dict[str, object]:
        """Puts the phases that were filled in under `phases`."""
        given = super().clean() or {}
        found = []
        for kind in PhaseKind:
            days = [given.get(f"{kind.value}_{day}") for day in DAYS]
            wrong = any(f"{kind.value}_{day}" in self.errors for day in DAYS)
            if all(days):
                self._add(found, kind, days)
            elif any(days) and not wrong:
                self.add_error(f"{kind.value}_opens", _("Fill in all three days, or none."))
        return {**given, "phases": found}

    def _add(self, found: list[PhaseDates], kind: PhaseKind, days: list[date]) -> None:
        try:
            found.append(PhaseDates(self.year, kind, *days))
        except ValueError:
            self.add_error(f"{kind.value}_opens", _("It opens, is due and closes in that order, and closes last."))


class DecisionForm(forms.Form):
    """Where something was decided. Left wholly empty it is no decision; otherwise all four are needed."""

    body = forms.CharField(max_length=200, required=False)
    day = day_field(required=False)
    paragraph = forms.CharField(max_length=40, required=False)
    case_number = forms.CharField(max_length=60, required=False)
    motive = forms.CharField(max_length=4000, required=False)

    def clean(self) -> dict[str, object]:
        """Puts the decision, or None, under `decision`."""
        given = super().clean() or {}
        parts = [given.get(name) for name in ("body", "day", "paragraph", "case_number")]
        if any(parts) and not all(parts) and not self.errors:
            raise forms.ValidationError(
                _("A decision is named with body, date, paragraph and case number. Nothing has been saved.")
            )
        decision = Decision(parts[0], parts[1], parts[2], parts[3]) if all(parts) else None
        return {**given, "decision": decision}
