"""What is chosen and written on the auditors' pages."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledtrad.apps.auditors.moments import NoSuchMoment, moment_of, shown_clock
from ledtrad.core.assessment import Verdict
from ledtrad.core.calendar import CITY_CLOCK

_DAYS = ("%Y-%m-%d",)
_CLOCKS = ("%H:%M", "%H.%M", "%H:%M:%S")
_DAY_ERRORS = {
    "required": gettext_lazy("Choose a day."),
    "invalid": gettext_lazy("That is no day. Write it as 2021-04-15."),
}
_CLOCK_ERRORS = {"invalid": gettext_lazy("That is no time of day. Write it as 12:00.")}


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(input_formats=_DAYS, error_messages=_DAY_ERRORS, **options)


def clock_field() -> forms.TimeField:
    return forms.TimeField(required=False, input_formats=_CLOCKS, error_messages=_CLOCK_ERRORS)


class MomentForm(forms.Form):
    """A day, and if one likes a time of day: a moment that has been. Without a time the whole day counts."""

    dag = day_field()
    kl = clock_field()

    def clean(self) -> dict[str, Any]:
        """Puts the moment under `moment`. For the day that it is, without a time, that is now."""
        given = super().clean() or {}
        if self.errors:
            return given
        now = timezone.now()
        moment = _moment(given["dag"], given.get("kl"))
        if given.get("kl") is None and given["dag"] == now.astimezone(CITY_CLOCK).date():
            moment = now
        if moment > now:
            raise forms.ValidationError(_("That moment has not been yet. Choose one that has."))
        return given | {"moment": moment}


def _moment(day: date, clock: Any) -> datetime:
    try:
        return moment_of(day, clock)
    except NoSuchMoment:
        raise forms.ValidationError(
            _("The clock never showed %(clock)s on that day: it was put forward over that hour. Choose another time."),
            params={"clock": f"{clock:%H.%M}"},
        ) from None
    except (OverflowError, ValueError):
        raise forms.ValidationError(_DAY_ERRORS["invalid"]) from None


class OpinionForm(MomentForm):
    """The auditors' opinion: verdict, reasons, what it rests on, and who answers by when."""

    verdict = forms.ChoiceField(
        choices=[(verdict.value, verdict.value) for verdict in Verdict],
        error_messages={
            "required": gettext_lazy("Choose met, partly met or not met."),
            "invalid_choice": gettext_lazy("Choose met, partly met or not met."),
        },
    )
    reasons = forms.CharField(strip=False, error_messages={"required": gettext_lazy("Write the reasons.")})
    unit = forms.CharField(max_length=80, error_messages={"required": gettext_lazy("Choose who is to answer.")})
    due = day_field()
    rests_on = forms.IntegerField(min_value=0)


class AnswerForm(forms.Form):
    """What the city answers to an opinion."""

    opinion = forms.IntegerField(min_value=1)
    text = forms.CharField(strip=False, error_messages={"required": gettext_lazy("Write an answer.")})
    rests_on = forms.IntegerField(min_value=0)


def written_moment(moment: datetime) -> dict[str, str]:
    """A moment as the two fields show it."""
    clock = shown_clock(moment)
    return {
        "dag": moment.astimezone(CITY_CLOCK).date().isoformat(),
        "kl": f"{clock:%H:%M}" if clock else "",
    }
