"""A goal's desk as it is shown: what stands against what is marked, and nothing is weighed together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from ledtrad.apps.goals.queries.loading import GoalRow
from ledtrad.apps.reporting.cards import period_name
from ledtrad.apps.reporting.presenters.centre.city_verdict import ShownVerdict, VerdictForm, shown_verdict, verdict_form
from ledtrad.apps.reporting.presenters.centre.stages import stage_with_word
from ledtrad.apps.reporting.presenters.workspace.words import prompt_words
from ledtrad.apps.reporting.queries.centre import PROMPTS, Agreement, BoardStatement, Desk, YearOfRules
from ledtrad.core.assessment import IndicatorResult, Proposal, ProposalRule, Tally, Verdict, VerdictForecast
from ledtrad.core.language.writing import explain_proposal


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """`marks` say in words what the statement stands against: the city, most others, the unit's own indicators."""

    unit: str
    name: str
    address: str
    stage: Markup
    verdict: Verdict | None
    texts: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    forecasts: tuple[tuple[str, str], ...]
    own: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ShownRule:
    """What a rule proposes now, why, and how often it has agreed with the city before."""

    title: str
    is_default: bool
    verdict: Verdict | None
    because: str
    source: str
    agreed: str


@dataclass(frozen=True, slots=True)
class ShownYear:
    year: int
    address: str
    city: Verdict | None
    verdicts: tuple[Verdict | None, ...]


@dataclass(frozen=True, slots=True)
class ShownForecast:
    """The mean of what the units said at a tertial, in whole percents."""

    word: str
    count: int
    met: int
    partly: int
    not_met: int


@dataclass(frozen=True, slots=True)
class ShownGoalLink:
    code: str
    title: str
    address: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class ShownDesk:
    code: str
    title: str
    aim: str
    lead: str
    boards: Tally
    indicators: Tally
    group: Verdict | None
    has_group: bool
    waiting: tuple[str, ...]
    verdict: ShownVerdict | None
    earlier_verdicts: tuple[ShownVerdict, ...]
    rules: tuple[ShownRule, ...]
    years: tuple[ShownYear, ...]
    year_rules: tuple[str, ...]
    statements: tuple[ShownStatement, ...]
    dissenting: int
    against_own: int
    results: tuple[IndicatorResult, ...]
    beneath: tuple[ShownGoalLink, ...]
    above: ShownGoalLink | None
    earlier_goal: ShownGoalLink | None
    later_goal: ShownGoalLink | None
    forecasts: tuple[ShownForecast, ...]
    form: VerdictForm
    opens_all: bool
    invented: bool


def present_desk(
    found: Desk, *, now: datetime, opens_all: bool = False, sent: Mapping[str, object] | None = None
) -> ShownDesk:
    """The page of a goal; `sent` is a verdict that was refused, to be shown as it was typed."""
    evidence, year = found.known.weighed.evidence, found.period.year
    shown = tuple(_statement(one, found, opens_all) for one in found.statements)
    city, earlier = found.known.city, [entry for entry in found.known.verdicts if not entry.is_current]
    return ShownDesk(
        found.known.goal.code,
        found.known.goal.title,
        found.known.goal.aim,
        _lead(found),
        evidence.boards,
        evidence.indicators,
        evidence.company_group,
        any(one.kind == "company_group" for one in found.statements),
        found.known.weighed.waiting,
        shown_verdict(city, found.called, now) if city else None,
        tuple(shown_verdict(entry, found.called, now) for entry in earlier),
        tuple(_rules(found.known.weighed.proposals, found.known.weighed.default, found.known.agreements)),
        tuple(_year(one, found.known.goal.code, _rules_of(found.known.history)) for one in found.known.history),
        tuple(_title(rule) for rule in _rules_of(found.known.history)),
        shown,
        sum(_dissents(one, found) for one in found.statements),
        sum(one.stands_against_own != 0 for one in found.statements),
        found.known.results,
        tuple(_link(goal, year, verdict) for goal, verdict in found.known.beneath),
        _link(found.known.above, year) if found.known.above else None,
        _link(found.known.earlier_goal, year) if found.known.earlier_goal else None,
        _link(found.known.later_goal, year) if found.known.later_goal else None,
        tuple(_forecasts(found.statements)),
        verdict_form(found, sent),
        opens_all,
        found.known.has_invented or any(one.invented for one in found.statements),
    )


def _link(goal: GoalRow, year: int, verdict: Verdict | None = None) -> ShownGoalLink:
    return ShownGoalLink(goal.code, goal.title, reverse("objective_desk", args=[year, goal.code]), verdict)


def _is_english() -> bool:
    return (get_language() or "sv").startswith("en")


def _title(rule: ProposalRule) -> str:
    return rule.title_en if _is_english() and rule.title_en else rule.title


# --- the lead --------------------------------------------------------------------------------------


def _lead(found: Desk) -> str:
    boards = found.known.weighed.evidence.boards
    said = []
    if boards.total:
        said.append(
            _("%(answered)s of %(total)s boards have a decided and locked verdict.")
            % {"answered": boards.answered, "total": boards.total}
        )
    said.append(_("The city has concluded.") if found.known.city else _("The city has not concluded yet."))
    return " ".join(said)


# --- what the units say ----------------------------------------------------------------------------


def _statement(one: BoardStatement, found: Desk, opens_all: bool) -> ShownStatement:
    words = prompt_words()
    marks = tuple(_marks(one, found))
    where = [found.period.year, one.unit, period_name(found.period)]
    return ShownStatement(
        one.unit,
        one.name,
        reverse("workspace", args=where),
        stage_with_word(one.stage),
        one.verdict,
        tuple((words[name][0], one.texts[name]) for name in PROMPTS if name in one.texts),
        marks,
        tuple((_tertial(tertial), _percents(said)) for tertial, said in sorted(one.forecasts.items())),
        _counts(one.own) if one.own.total else "",
        opens_all,
    )


def _dissents(one: BoardStatement, found: Desk) -> bool:
    """Another verdict than the city's; before the city has one, than most boards'."""
    against = found.known.city.verdict.verdict if found.known.city else found.known.weighed.evidence.boards.majority
    return one.verdict is not None and against is not None and one.verdict is not against


def _marks(one: BoardStatement, found: Desk) -> Iterable[str]:
    if _dissents(one, found):
        yield _("differs from the city") if found.known.city else _("differs from most boards")
    if one.stands_against_own > 0:
        yield _("higher than its own indicators")
    if one.stands_against_own < 0:
        yield _("lower than its own indicators")


def _percents(said: VerdictForecast) -> str:
    shares = {"met": said.met, "partly": said.partly, "not_met": said.not_met}
    return _("met %(met)s\u00a0%%, partly %(partly)s\u00a0%%, not met %(not_met)s\u00a0%%") % shares


def _counts(tally: Tally) -> str:
    return _("%(met)s met, %(partly)s partly, %(not_met)s not met, of %(total)s") % {
        "met": tally.met,
        "partly": tally.partly,
        "not_met": tally.not_met,
        "total": tally.total,
    }


def _forecasts(statements: Iterable[BoardStatement]) -> Iterable[ShownForecast]:
    """The mean of what the units said at each tertial. Means of percents that each sum to 100 sum to 100 again."""
    for tertial in (1, 2):
        said = [one.forecasts[tertial] for one in statements if tertial in one.forecasts]
        if said:
            met, not_met = (_mean(one.percent(verdict) for one in said) for verdict in (Verdict.MET, Verdict.NOT_MET))
            yield ShownForecast(_tertial(tertial), len(said), met, 100 - met - not_met, not_met)


def _tertial(number: int) -> str:
    return _("Tertial 1") if number == 1 else _("Tertial 2")


def _mean(percents: Iterable[int]) -> int:
    given = list(percents)
    return (2 * sum(given) + len(given)) // (2 * len(given))


# --- the rules -------------------------------------------------------------------------------------


def _rules(proposals: Iterable[Proposal], default: Proposal, past: Iterable[Agreement]) -> Iterable[ShownRule]:
    agreed = {one.rule: one for one in past}
    for proposal in proposals:
        rule = proposal.rule
        yield ShownRule(
            _title(rule),
            proposal is default,
            proposal.verdict,
            explain_proposal(proposal, "en" if _is_english() else "sv"),
            rule.source,
            _agreed(agreed.get(rule)),
        )


def _agreed(past: Agreement | None) -> str:
    if past is None or not past.compared:
        return _("nothing to compare with")
    return _("as the city in %(agreed)s of %(compared)s earlier years") % {
        "agreed": past.agreed,
        "compared": past.compared,
    }


def _rules_of(history: Iterable[YearOfRules]) -> tuple[ProposalRule, ...]:
    return tuple(dict.fromkeys(proposal.rule for year in history for proposal in year.proposals))


def _year(one: YearOfRules, code: str, rules: Iterable[ProposalRule]) -> ShownYear:
    said = {proposal.rule: proposal.verdict for proposal in one.proposals}
    address = reverse("objective_desk", args=[one.year, code])
    return ShownYear(one.year, address, one.city, tuple(said.get(rule) for rule in rules))
