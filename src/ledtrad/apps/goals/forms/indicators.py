"""An indicator of a plan, and a year's target, as a person fills them in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledtrad.apps.steering.forms import DecisionForm
from ledtrad.core import assessment
from ledtrad.core.assessment import Sense
from ledtrad.core.quantities import Quantity, Unit, unit_named
from ledtrad.core.reporting.figures import NotAFigure, read_figure

MEASURES = (
    ("percent", gettext_lazy("percent")),
    ("percentage_points", gettext_lazy("percentage points")),
    ("count", gettext_lazy("number")),
    ("million_kronor", gettext_lazy("million kronor")),
)
SENSES = (
    (Sense.MORE.value, gettext_lazy("the higher the better")),
    (Sense.LESS.value, gettext_lazy("the lower the better")),
    (Sense.BAND.value, gettext_lazy("within a band")),
)


class TargetForm(DecisionForm):
    """The target of a year: one bound, or two for a band; by sex where it is followed so."""

    low = forms.CharField(required=False, max_length=30)
    high = forms.CharField(required=False, max_length=30)
    women = forms.CharField(required=False, max_length=30)
    men = forms.CharField(required=False, max_length=30)
    rests_on = forms.IntegerField(required=False, min_value=0)

    def target(self, sense: Sense, unit: Unit) -> assessment.Target | None:
        """The target that was written; None when it was left empty. Adds what is wrong to the form's errors."""
        low, high = self._figure("low", unit), self._figure("high", unit)
        if self.errors or (low is None and high is None):
            return None
        try:
            whole = _target(sense, low, high)
            women, men = self._sex("women", sense, unit), self._sex("men", sense, unit)
        except ValueError:
            wrong = _("Write both bounds, the lower first.") if sense is Sense.BAND else _("Write one number.")
            self.add_error("low" if sense is not Sense.LESS else "high", wrong)
            return None
        return assessment.Target(whole.sense, whole.low, whole.high, women, men)

    def _sex(self, name: str, sense: Sense, unit: Unit) -> assessment.Target | None:
        value = self._figure(name, unit)
        return None if value is None or sense is Sense.BAND else _target(sense, value, value)

    def _figure(self, name: str, unit: Unit) -> Quantity | None:
        try:
            return read_figure(self.cleaned_data.get(name) or "", unit)
        except NotAFigure as trouble:
            self.add_error(name, str(trouble))
            return None


def _target(sense: Sense, low: Quantity | None, high: Quantity | None) -> assessment.Target:
    """Only the bound that the sense asks for is looked at, so that either field will do."""
    if sense is Sense.MORE:
        return assessment.Target(sense, low=low or high)
    if sense is Sense.LESS:
        return assessment.Target(sense, high=high or low)
    return assessment.Target(sense, low, high)


class IndicatorForm(TargetForm):
    """A new indicator under a goal, with its first target."""

    code = forms.RegexField(
        r"[^\s/?#%]+",
        max_length=40,
        error_messages={
            "invalid": gettext_lazy("A code has no spaces or slashes."),
            "required": gettext_lazy("Give the indicator a code."),
        },
    )
    title = forms.CharField(max_length=400, error_messages={"required": gettext_lazy("Write what is measured.")})
    goal = forms.ChoiceField()
    measure = forms.ChoiceField(choices=MEASURES)
    sense = forms.ChoiceField(choices=SENSES)
    decimals = forms.IntegerField(min_value=0, max_value=6, required=False)
    by_sex = forms.BooleanField(required=False)
    part_of = forms.ChoiceField(required=False)

    def __init__(
        self, goals: list[tuple[str, str]], wholes: list[tuple[str, str]], *args: object, **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.fields["goal"].choices = goals
        self.fields["part_of"].choices = [("", ""), *wholes]

    def clean(self) -> dict[str, object]:
        """Puts the unit, the sense and the target under their own names."""
        given = super().clean() or {}
        if "measure" in given and "sense" in given:
            unit, sense = unit_named(given["measure"]), Sense(given["sense"])
            given |= {"unit": unit, "way": sense, "target": self.target(sense, unit)}
        return given
