"""What fields, choices and columns are called on a report's page."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from markupsafe import Markup

from ledtrad.core.reporting import State


def field_word(field: str) -> str:
    """What a field is called; "" for none."""
    return {
        "total": _("Outcome"),
        "women": _("Women"),
        "men": _("Men"),
        "not_measured": _("Not measured because"),
        "forecast": _("Forecast"),
        "forecast_verdict": _("The forecast means"),
        "comment": _("Comment"),
        "progress": _("How it went"),
        "why": _("Why"),
        "verdict": _("Verdict"),
        "result": _("Result"),
        "cause": _("Cause"),
        "risk": _("Risk ahead"),
        "measure": _("Measure and effect"),
        "forecast_met": _("Met"),
        "forecast_partly": _("Partly met"),
        "forecast_not_met": _("Not met"),
    }.get(field, "")


def prompt_words() -> dict[str, tuple[str, str]]:
    """The prompts of an analysis in their order, each with what it asks for."""
    return {
        "result": (_("Result"), _("What has been achieved? Name what you rest it on.")),
        "cause": (_("Cause"), _("Why did it turn out so?")),
        "risk": (_("Risk ahead"), _("What may go wrong, and how likely is it?")),
        "measure": (_("Measure and effect"), _("What is done about it, by when, and what effect is expected?")),
    }


def verdict_words() -> dict[str, str]:
    """The verdicts by their names in a content."""
    return {"met": _("Met"), "partly": _("Partly met"), "not_met": _("Not met")}


def progress_words() -> dict[str, str]:
    """How an activity went, by its name in a content. In Swedish each begins with its own letter: a key finds it."""
    return {
        "done": pgettext("an activity", "Carried out"),
        "partly": pgettext("an activity", "Partly carried out"),
        "not_done": pgettext("an activity", "Not carried out"),
        "stopped": pgettext("an activity", "Stopped"),
    }


def options(words: dict[str, str]) -> dict[str, Markup]:
    """The choices as they stand in a list, by the one that is chosen: written out once, not for every row."""
    blank = Markup('<option value="">–</option>')
    return {
        chosen: blank
        + Markup().join(
            Markup('<option value="{}"{}>{}</option>').format(value, Markup(" selected" * (value == chosen)), word)
            for value, word in words.items()
        )
        for chosen in ("", *words)
    }


def state_words() -> dict[State, str]:
    """Where a report is on its way up."""
    return {
        State.DRAFT: _("Draft"),
        State.SUBMITTED: _("Submitted"),
        State.RETURNED: _("Returned"),
        State.DECIDED: _("Decided"),
        State.LOCKED: _("Locked"),
    }


def period_title(tertial: int, year: int) -> str:
    """ "Årsrapport 2021" """
    names = {0: _("Year report %(year)s"), 1: _("Tertial report 1 %(year)s"), 2: _("Tertial report 2 %(year)s")}
    return names[tertial] % {"year": year}
