"""What a goal section is composed from: one goal in one year, with its evidence and its narrative."""

from dataclasses import dataclass

from ledtrad.core.assessment import CityVerdict, GoalEvidence, IndicatorResult
from ledtrad.core.document.tree import Image
from ledtrad.core.language.writing import CountStyle
from ledtrad.core.periods import YEARLY, Periodicity
from ledtrad.core.series import Break


@dataclass(frozen=True, slots=True)
class NarrativePart:
    """A piece of narrative under its own heading. Each paragraph is a tuple of sentence templates (see `bind`).

    `pull_quote` lifts out a sentence: its place counted over the whole part from 0, or its words as printed.
    """

    heading: str
    paragraphs: tuple[tuple[str, ...], ...] = ()
    pull_quote: int | str | None = None
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class SubArea:
    """A part of the goal that is judged for itself, such as preschool under the school goal.

    `code` names its facts: `goal:<code>/<year>/…`.
    """

    code: str
    title: str
    evidence: GoalEvidence
    city_verdict: CityVerdict | None = None
    narrative: tuple[NarrativePart, ...] = ()
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class IndicatorHistory:
    """An indicator's outcomes year by year, oldest first; years in which none is due may be left out or not.

    Over a `break` no two years are compared.
    """

    code: str
    results: tuple[tuple[int, IndicatorResult], ...]
    periodicity: Periodicity = YEARLY
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalYear:
    """One goal in one year, as its section of the annual report needs it.

    `aim` is what the council wants; `activities` sentence templates on how planned work was carried out, if anything
    is said of it. `company_group` is the name of the group whose single verdict stands in the evidence.
    """

    code: str
    title: str
    aim: str
    year: int
    evidence: GoalEvidence
    city_verdict: CityVerdict | None = None
    results: tuple[IndicatorResult, ...] = ()
    narrative: tuple[NarrativePart, ...] = ()
    image: Image | None = None
    subareas: tuple[SubArea, ...] = ()
    next_title: str = ""
    next_address: str = ""
    invented: bool = False
    partly_invented: bool = False
    activities: tuple[str, ...] = ()
    histories: tuple[IndicatorHistory, ...] = ()
    company_group: str = "Stockholms Stadshus AB"
    style: CountStyle = CountStyle.DIGITS
