"""What stands in the boards' reports, row by row, as somebody typed it. Invented throughout."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from ledtrad.core.assessment import Verdict
from ledtrad.core.outcomes import Absence, Measured
from ledtrad.core.quantities import Quantity
from ledtrad.site.demo_city import tables, words
from ledtrad.site.demo_city.assessments import answers, assessed_goals
from ledtrad.site.demo_city.figures import YearFigure
from ledtrad.site.demo_city.lots import lot, spread
from ledtrad.site.demo_city.owned import reported

Fields = dict[str, str]
_NOT_THIS_YEAR = "Ingen mätning görs i år."
_SHARE_OF_PROGRESS = (("done", "0.72"), ("partly", "0.90"), ("not_done", "0.97"), ("stopped", "1"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A row to be filled in: what it is about, whose it is, and the period (tertial 0: the year)."""

    kind: str
    subject: str
    unit: str
    year: int
    tertial: int


def fields(asked: Asked) -> Fields:
    """What the row says."""
    return {"indicator": _indicator, "activity": _activity, "assessment": _assessment}[asked.kind](asked)


@cache
def reporting_units(year: int) -> tuple[str, ...]:
    """Who reports to the city: the boards that exist when the year ends, and the company group for its companies."""
    last_day = date(year, 12, 31)
    return (*(board.slug for board in tables.boards() if board.exists_on(last_day)), tables.companies()[0].slug)


@cache
def year_reporters(year: int) -> frozenset[str]:
    """Those whose year report holds what they answered.

    A board that left a goal without an answer never handed in its report; what the company group is known from print
    to have answered is told as that.
    """
    silent = {answer.board for goal in assessed_goals() for answer in answers(goal, year) if answer.verdict is None}
    group = tables.companies()[0].slug
    is_in_print = any(not tables.tallies()[goal.code, year].invented for goal in assessed_goals())
    return frozenset(reporting_units(year)) - silent - ({group} if is_in_print else set())


# --- indicators ----------------------------------------------------------------------------------


def _indicator(asked: Asked) -> Fields:
    found = reported(asked.year)[asked.subject]
    return _outcome(found) if asked.tertial == 0 else _forecast(found, asked.tertial)


def _outcome(found: YearFigure) -> Fields:
    comment = found.comment or ("" if found.outcome else _NOT_THIS_YEAR)
    told = {"comment": comment} if comment else {}
    if isinstance(found.outcome, Absence):
        return told | {"not_measured": found.outcome.reason}
    if isinstance(found.outcome, Measured):
        told |= {"total": typed(found.outcome.total)}
        for sex, value in (("women", found.outcome.women), ("men", found.outcome.men)):
            told |= {sex: typed(value)} if isinstance(value, Quantity) else {}
    return told


def _forecast(found: YearFigure, tertial: int) -> Fields:
    """The earlier in the year, the further from what came out; where nothing will come out, only a verdict."""
    verdict = found.verdict.value if found.verdict else "partly"
    if not isinstance(found.outcome, Measured):
        return {"forecast_verdict": verdict}
    total, row = found.outcome.total, found.indicator
    wrong = Decimal(row.noise) * spread("forecast", row.code, found.year, tertial) * (3 - tertial)
    guess = Quantity(round(total.value + wrong, total.decimals), total.unit, total.decimals)
    return {"forecast": typed(guess), "forecast_verdict": verdict}


def typed(value: Quantity) -> str:
    """A figure as a Swede types it."""
    return f"{value.value:.{value.decimals}f}".replace(".", ",").replace("-", "−")


# --- activities ----------------------------------------------------------------------------------


def _activity(asked: Asked) -> Fields:
    drawn = lot("went", asked.subject) + (Decimal("0.1") if asked.tertial == 1 else 0)
    progress = next((word for word, until in _SHARE_OF_PROGRESS if drawn < Decimal(until)), "stopped")
    if progress == "done":
        return {"progress": progress}
    return {"progress": progress, "why": words.chosen(words.phrases("why", progress), "why", asked.subject)}


# --- assessments ---------------------------------------------------------------------------------


def _assessment(asked: Asked) -> Fields:
    verdict, analysis = _answers(asked.year)[asked.subject, asked.unit]
    if asked.tertial:
        return {"result": analysis, **_shares(asked, verdict)}
    told = {"verdict": verdict.value, "result": analysis}
    for field in ("cause", "risk", "measure"):
        phrases = words.phrases(field, verdict.value)
        told |= {field: words.chosen(phrases, field, asked.subject, asked.unit, asked.year)} if phrases else {}
    return told


@cache
def _answers(year: int) -> dict[tuple[str, str], tuple[Verdict, str]]:
    """What each board comes to say of each goal, also those that give no answer in the end."""
    group = tables.companies()[0].slug
    found = {}
    for goal in assessed_goals():
        for answer in answers(goal, year):
            verdict = answer.verdict or Verdict.PARTLY
            found[goal.code, answer.board] = verdict, answer.analysis or _words_of(goal.code, verdict, answer.board)
        said = tables.tallies()[goal.code, year].company_group
        if said:
            found[goal.code, group] = Verdict(said), _words_of(goal.code, Verdict(said), group)
    return found


def _words_of(goal: str, verdict: Verdict, unit: str) -> str:
    said = [row["text"] for row in tables.analyses() if (row["goal"], row["verdict"]) == (goal, verdict.value)]
    return words.chosen(said, "words", goal, unit)


def _shares(asked: Asked, verdict: Verdict) -> Fields:
    """How sure the board is at a tertial of what it comes to say; the rest leans towards the better verdict."""
    name = (asked.subject, asked.unit, asked.year)
    sure = 45 + 20 * asked.tertial + 5 * int(lot("sure", *name, asked.tertial) * 3)
    believed = verdict if lot("right", *name) < Decimal("0.55") + Decimal(asked.tertial) / 8 else Verdict.MET
    shares = dict.fromkeys((Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET), 0)
    shares[believed] = sure
    second = Verdict.MET if believed is Verdict.PARTLY else Verdict.PARTLY
    shares[second] = 100 - sure
    return {f"forecast_{verdict.value}": str(share) for verdict, share in shares.items()}


# --- how far each report has come in the running year ------------------------------------------------

_LATE, _BACK, _IN = "draft", "returned", "submitted"
# Boards that the people to sign in as belong to have something of each kind to do; the rest is drawn by lot.
_CHOSEN = {
    (2, "farsta"): (_BACK, Decimal(1)),
    (2, "bromma"): (_LATE, Decimal("0.5")),
    (0, "farsta"): ("draft", Decimal("0.6")),
    (0, "bromma"): ("draft", Decimal("0.9")),
}
_WAY = {2: ((_LATE, "0.08"), (_IN, "0.16"), (_BACK, "0.20"), ("decided", "0.26"), ("locked", "1"))}
_WAY_OF_YEAR = (("draft", "0.66"), (_IN, "0.80"), (_BACK, "0.87"), ("decided", "0.93"), ("locked", "1"))
_WAY_OF_UNITS = (("draft", "0.3"), (_IN, "0.55"), ("decided", "0.6"), ("locked", "1"))


def come_to(unit: str, tertial: int) -> tuple[str, Decimal]:
    """The state that the running year's report is in, and how much of a draft has been written."""
    if tertial == 1:
        return "locked", Decimal(1)
    if (tertial, unit) in _CHOSEN:
        return _CHOSEN[tertial, unit]
    state = _drawn(_WAY.get(tertial, _WAY_OF_YEAR), "state", unit, tertial)
    return state, lot("written", unit, tertial) if state == "draft" else Decimal(1)


def unit_has_come_to(unit: str, board: str) -> str:
    """The state of a unit's year report: nothing is open beneath a board that has locked its own."""
    return "locked" if come_to(board, 0)[0] == "locked" else _drawn(_WAY_OF_UNITS, "state", unit)


def _drawn(way: tuple[tuple[str, str], ...], *name: object) -> str:
    drawn = lot(*name)
    return next(state for state, until in way if drawn < Decimal(until))
