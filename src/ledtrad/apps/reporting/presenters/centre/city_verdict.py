"""The city's verdict on a goal: what has been recorded, and the form with what is being written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ledtrad.apps.goals.queries import CityVerdictEntry
from ledtrad.apps.goals.verdict_policies import CONCLUDES_EARLY
from ledtrad.apps.reporting.presenters.moments import moment_words
from ledtrad.apps.reporting.queries.centre import Desk
from ledtrad.core.assessment import Ground, Verdict


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """One of the city's verdicts, as it was recorded."""

    verdict: Verdict
    motive: str
    grounds: str
    decision: str
    recorded: str


@dataclass(frozen=True, slots=True)
class GroundChoice:
    value: str
    word: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class VerdictForm:
    """The form with what has been typed, or what holds now."""

    verdict: str
    motive: str
    grounds: tuple[GroundChoice, ...]
    body: str
    day: str
    paragraph: str
    case_number: str
    rests_on: int
    concludes_early: str


def ground_words() -> dict[Ground, str]:
    """What may weigh, in words."""
    return {
        Ground.INDICATORS: _("the council’s indicators"),
        Ground.BOARDS: _("the boards’ assessments"),
        Ground.COMPANY_GROUP: _("the company group’s assessment"),
        Ground.ACTIVITIES: _("activities carried out"),
        Ground.RESPONSIBLE_BOARDS: _("the responsible boards’ assessments"),
        Ground.SUBGOALS: _("the goals beneath"),
        Ground.OTHER: _("other essential information"),
    }


def shown_verdict(entry: CityVerdictEntry, called: Mapping[str, str], now: datetime) -> ShownVerdict:
    city, words = entry.verdict, ground_words()
    decision = city.decision
    decided = (
        f"{decision.body}, {decision.day.isoformat()}, {decision.paragraph}, {decision.case_number}" if decision else ""
    )
    who = called.get(entry.recorded_by, entry.recorded_by)
    recorded = _("%(who)s, %(when)s") % {"who": who, "when": moment_words(entry.recorded_at, now)}
    return ShownVerdict(city.verdict, city.motive, ", ".join(words[one] for one in city.grounds), decided, recorded)


def verdict_form(found: Desk, sent: Mapping[str, object] | None) -> VerdictForm:
    held = sent if sent is not None else _standing(found.known.city)
    chosen = held["grounds"]
    assert isinstance(chosen, list)
    return VerdictForm(
        str(held["verdict"]),
        str(held["motive"]),
        tuple(GroundChoice(one.value, word, one.value in chosen) for one, word in ground_words().items()),
        str(held["body"]),
        str(held["day"]),
        str(held["paragraph"]),
        str(held["case_number"]),
        found.known.weighed.standing,
        CONCLUDES_EARLY if found.known.weighed.waiting else "",
    )


def _standing(entry: CityVerdictEntry | None) -> Mapping[str, object]:
    """What holds now, to be changed; nothing is chosen beforehand where nothing holds."""
    if entry is None:
        return dict.fromkeys(("verdict", "motive", "body", "day", "paragraph", "case_number"), "") | {"grounds": []}
    city, decision = entry.verdict, entry.verdict.decision
    return {
        "verdict": city.verdict.value,
        "motive": city.motive,
        "grounds": [ground.value for ground in city.grounds],
        "body": decision.body if decision else "",
        "day": decision.day.isoformat() if decision else "",
        "paragraph": decision.paragraph if decision else "",
        "case_number": decision.case_number if decision else "",
    }
