"""A goal as a person fills it in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ledtrad.apps.steering.forms import DecisionForm, day_field


class GoalForm(DecisionForm):
    """A new goal, or the wording of one that stands. `rests_on` is the wording that was read."""

    title = forms.CharField(error_messages={"required": _("Write what the goal is called.")})
    aim = forms.CharField(required=False, max_length=4000)
    parent = forms.CharField(required=False, max_length=40)
    code = forms.CharField(required=False, max_length=40)
    stays = forms.BooleanField(required=False)
    rests_on = forms.IntegerField(required=False, min_value=1)


class AdoptForm(DecisionForm):
    """The decision by which a plan is adopted."""


class WithdrawForm(DecisionForm):
    """Something is taken out of the plan. `rests_on` is the record that was read."""

    rests_on = forms.IntegerField(required=False, min_value=1)


class AnswerersForm(DecisionForm):
    """Which units must answer for one of the council's goals."""

    units = forms.MultipleChoiceField(required=False)

    def __init__(self, choices: list[tuple[str, str]], *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["units"].choices = choices


class CopyForm(forms.Form):
    """What was shown of a copy, so that nothing else is copied."""

    seen = forms.CharField(max_length=64)


class OwnerForm(forms.Form):
    """Owner and stand-in, each by e-mail address, from a day on. `parts_too`: the owner also of what has none."""

    owner = forms.CharField(required=False, max_length=254)
    stand_in = forms.CharField(required=False, max_length=254)
    since = day_field()
    parts_too = forms.BooleanField(required=False)
