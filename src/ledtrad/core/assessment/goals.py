"""A goal in one year: its evidence, what each named rule would propose, and what the city decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledtrad.core.assessment.tallies import Tally
from ledtrad.core.assessment.verdicts import Verdict, worst


class Ground(StrEnum):
    """What may weigh in the city's verdict."""

    INDICATORS = "indicators"
    BOARDS = "boards"
    COMPANY_GROUP = "company_group"
    ACTIVITIES = "activities"
    RESPONSIBLE_BOARDS = "responsible_boards"
    SUBGOALS = "subgoals"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class GoalEvidence:
    """What there is to weigh: the boards, the council's indicators, the company group's single verdict.

    A goal above other goals is weighed by those: `subgoals` counts their verdicts.
    """

    boards: Tally
    indicators: Tally
    company_group: Verdict | None = None
    subgoals: Tally | None = None


@dataclass(frozen=True, slots=True)
class ProposalRule:
    """A named, versioned way of weighing. It proposes; it never decides. `grounds` are those that it looks at."""

    name: str
    version: int
    title: str
    source: str
    weigh: Callable[[GoalEvidence], Verdict | None]
    grounds: tuple[Ground, ...] = ()
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What `rule` proposes from `evidence`; `verdict` None when the evidence does not carry one."""

    rule: ProposalRule
    verdict: Verdict | None
    evidence: GoalEvidence


def _by_indicators(evidence: GoalEvidence) -> Verdict | None:
    return _majority_or_middle(evidence.indicators)


def _by_boards(evidence: GoalEvidence) -> Verdict | None:
    return _majority_or_middle(evidence.boards)


def _majority_or_middle(tally: Tally) -> Verdict | None:
    """More than half decides. With no such majority the votes pull both ways, and the scale has a middle."""
    if tally.answered == 0:
        return None
    return tally.majority or Verdict.PARTLY


def _worst_of_all(evidence: GoalEvidence) -> Verdict | None:
    return worst(evidence.boards.worst, evidence.indicators.worst, evidence.company_group)


def _both(evidence: GoalEvidence) -> Verdict | None:
    """The lower of the two majorities; nothing unless both the boards and the indicators have something to say."""
    boards, indicators = _by_boards(evidence), _by_indicators(evidence)
    return None if boards is None or indicators is None else worst(boards, indicators)


def _boards_unless_blind(evidence: GoalEvidence) -> Verdict | None:
    """The boards' majority, but never "met" while most indicators have no outcome."""
    verdict = _by_boards(evidence)
    is_blind = 2 * evidence.indicators.without > evidence.indicators.total
    return Verdict.PARTLY if is_blind and verdict is Verdict.MET else verdict


PROPOSAL_RULES = (
    ProposalRule(
        "indikatorernas-flertal",
        1,
        "Indikatorernas flertal",
        "Stockholms årsredovisningar: indikatorerna avgör när de täcker en väsentlig del av målet.",
        _by_indicators,
        (Ground.INDICATORS,),
        "The majority of the indicators",
    ),
    ProposalRule(
        "namndernas-flertal",
        1,
        "Nämndernas flertal",
        "Stockholms årsredovisningar: nämndernas bedömningar avgör när indikatorerna täcker en begränsad del av målet.",
        _by_boards,
        (Ground.BOARDS,),
        "The majority of the boards",
    ),
    ProposalRule(
        "samst-av-alla",
        1,
        "Sämst av alla",
        "Försiktighetsregel; vi har inte funnit någon kommun som har publicerat den.",
        _worst_of_all,
        (Ground.BOARDS, Ground.INDICATORS, Ground.COMPANY_GROUP),
        "The lowest of all",
    ),
    ProposalRule(
        "bada-flertalen",
        1,
        "Både nämnder och indikatorer",
        "Stockholms årsredovisning 2021: en sammanvägning av indikatorerna och nämndernas bedömningar. "
        "Att det lägre av de två flertalen gäller är ett antagande.",
        _both,
        (Ground.BOARDS, Ground.INDICATORS),
        "Both the boards and the indicators",
    ),
    ProposalRule(
        "namnderna-om-inte-blint",
        1,
        "Nämnderna, men inte helt när de flesta indikatorer saknar utfall",
        "Antagande efter Stockholms årsredovisning 2020, där tre av fyra indikatorer saknade utfall och målet "
        "bedömdes delvis.",
        _boards_unless_blind,
        (Ground.BOARDS, Ground.INDICATORS),
        "The boards, but never met while most indicators have no outcome",
    ),
)


# Nearest to the words that the city itself has printed of how it weighs (2021). To depart from it is to override.
DEFAULT_PROPOSAL_RULE = next(rule for rule in PROPOSAL_RULES if rule.name == "bada-flertalen")


def propose(evidence: GoalEvidence) -> tuple[Proposal, ...]:
    """What every named rule proposes, side by side, in the order of `PROPOSAL_RULES`."""
    return tuple(Proposal(rule, rule.weigh(evidence), evidence) for rule in PROPOSAL_RULES)


def _by_subgoals(evidence: GoalEvidence) -> Verdict | None:
    """All met is met, all not met is not met, anything between is partly; unanswered sub-goals leave it open."""
    goals = evidence.subgoals
    if goals is None or goals.answered == 0 or goals.without:
        return None
    return next((verdict for verdict in Verdict if goals.count(verdict) == goals.total), Verdict.PARTLY)


SUBGOAL_RULE = ProposalRule(
    "underliggande-mal",
    1,
    "Underliggande mål",
    "Stockholms årsredovisning 2022: 2 helt + 3 delvis gav delvis; 2 helt + 2 delvis + 1 ej gav delvis.",
    _by_subgoals,
    (Ground.SUBGOALS,),
    "The goals beneath",
)


def propose_from_subgoals(subgoals: Tally) -> Proposal:
    """What the verdicts of the goals beneath propose for the goal above."""
    nothing = Tally(0, 0, 0, 0)
    evidence = GoalEvidence(nothing, nothing, subgoals=subgoals)
    return Proposal(SUBGOAL_RULE, SUBGOAL_RULE.weigh(evidence), evidence)


@dataclass(frozen=True, slots=True)
class Decision:
    """Where something was decided: the body, the day, the paragraph of its minutes and the case number (dnr)."""

    body: str
    day: date
    paragraph: str
    case_number: str


@dataclass(frozen=True, slots=True)
class CityVerdict:
    """The city's own verdict. It needs a written motive and names which grounds weighed. ValueError without."""

    verdict: Verdict
    motive: str
    grounds: tuple[Ground, ...]
    decision: Decision | None = None

    def __post_init__(self) -> None:
        if not self.motive.strip():
            raise ValueError("a verdict needs a motive")
        if not self.grounds:
            raise ValueError("a verdict names at least one ground that weighed")
