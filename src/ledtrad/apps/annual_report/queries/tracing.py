"""The thread: from a sentence down to what its figures rest on, and from an answer up to the sentences that use it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ledtrad.apps.annual_report.models import Citation, Edition, Statement
from ledtrad.apps.annual_report.queries.facts import facts_of
from ledtrad.apps.annual_report.queries.knots import Knot, Trace
from ledtrad.apps.annual_report.queries.sources import ADDRESS, stored_knots, wave_knot
from ledtrad.apps.goals.queries import goal_codes_of_indicator, years
from ledtrad.apps.surveys.queries.tracing import measured_by, wave_threads
from ledtrad.core.facts import Cell, Fact, FactSheet

_FACT = re.compile(r"(goal|indicator):([^/]+)/(\d{4})/[^/]+(?:/[^/]+)?")

_WAVE = re.compile(r"wave:([^/]+)/(\d{4})")


def trace(wanted: str) -> Trace | None:
    """The thread of a sentence, fact, outcome, assessment or wave, both ways; None when there is no such thing.

    The number of SQL queries does not depend on how many boards answered or how many sentences there are.
    """
    if match := _FACT.fullmatch(wanted):
        return _trace_fact(wanted, match[1], match[2], int(match[3]))
    if match := ADDRESS.fullmatch(wanted):
        return _trace_stored(wanted, match[1], match[2], int(match[3]))
    if match := _WAVE.fullmatch(wanted):
        return _trace_wave(match[1], int(match[2]))
    return _trace_sentence(wanted)


# --- from a fact ----------------------------------------------------------------------------------


def _trace_fact(wanted: str, kind: str, code: str, year: int) -> Trace | None:
    counts_goals = kind == "goal" and ("/subgoals." in wanted or wanted.endswith("/verdict"))
    facts = facts_of(None, year) if counts_goals else _sheet(kind, code, year)
    fact = facts.get(wanted)
    if fact is None:
        return None
    down = _Downwards(facts, [fact])
    resting = [other for other in facts.values() if _rests_on(other, wanted)]
    return Trace(down.fact(fact), down.cells(fact), (*_above(resting, facts), *_sentences([wanted], facts)))


def _sheet(kind: str, code: str, year: int) -> FactSheet:
    """The facts among which this one and those that rest on it are found: as few as will do."""
    if kind == "goal":
        return facts_of(code, year)
    # A figure from before there were goals is a fact of the years that came to show it.
    known = years()
    shown = known[-1] if known and year < known[0] else year
    goals = goal_codes_of_indicator(code)
    return facts_of(goals[0], shown) if len(goals) == 1 else facts_of(None, shown)


def _rests_on(fact: Fact, address: str) -> bool:
    return any(cell.address == address for cell in fact.rests_on)


class _Downwards:
    """Knots from facts to what they rest on; everything stored is read at once."""

    def __init__(self, facts: FactSheet, wanted: Iterable[Fact]) -> None:
        self._facts = facts
        self._stored = stored_knots(self._all_cells(wanted))

    def _all_cells(self, wanted: Iterable[Fact]) -> list[Cell]:
        cells = [cell for fact in wanted for cell in fact.rests_on]
        deeper = [self._facts[cell.address] for cell in cells if cell.address in self._facts]
        return cells + (self._all_cells(deeper) if deeper else [])

    def fact(self, fact: Fact) -> Knot:
        """The fact's own knot, without what lies beneath."""
        return _fact_knot(fact)

    def cells(self, fact: Fact) -> tuple[Knot, ...]:
        """What the fact rests on, each with what lies beneath it."""
        knots = []
        for cell in fact.rests_on:
            if cell.address in self._stored:
                knots.append(self._stored[cell.address])
            elif cell.address in self._facts:
                deeper = self._facts[cell.address]
                knots.append(replace(_fact_knot(deeper), onward=self.cells(deeper)))
        return tuple(knots)


def _fact_knot(fact: Fact) -> Knot:
    match = _FACT.fullmatch(fact.id)
    return Knot(
        fact.id,
        "fact",
        fact.label,
        value=fact.value,
        year=int(match[3]) if match else None,
        goal=match[2] if match and match[1] == "goal" else "",
    )


_ABOUT_GOALS = ("assessment", "city_verdict")


# --- from what is stored --------------------------------------------------------------------------


def _trace_stored(wanted: str, kind: str, code: str, year: int) -> Trace | None:
    facts = _sheet("goal" if kind in _ABOUT_GOALS else "indicator", code, year)
    resting = [fact for fact in facts.values() if _rests_on(fact, wanted)]
    if not resting:
        return None
    cell = next(cell for fact in resting for cell in fact.rests_on if cell.address == wanted)
    knot = stored_knots([cell])[wanted]
    return Trace(replace(knot, onward=()), knot.onward, _above(resting, facts))


def _trace_wave(survey: str, year: int) -> Trace | None:
    """A wave, and what rests on the outcomes that it gave. Nothing lies beneath: answers are never shown."""
    waves = wave_threads([(code, year) for code in measured_by(survey, year)])
    mine = [one for one in waves if one.survey == survey]
    if not mine:
        return None
    above: list[Knot] = []
    for one in mine:
        facts = _sheet("indicator", one.indicator, year)
        resting = [fact for fact in facts.values() if _rests_on(fact, f"outcome:{one.indicator}/{year}")]
        above += _above(resting, facts)
    return Trace(wave_knot(mine[0]), used_by=tuple(above))


def _above(resting: list[Fact], facts: FactSheet) -> tuple[Knot, ...]:
    """Facts, each with the sentences that state it."""
    stating = _stating([fact.id for fact in resting], facts)
    return tuple(replace(_fact_knot(fact), onward=stating.get(fact.id, ())) for fact in resting)


def _sentences(fact_ids: list[str], facts: FactSheet) -> tuple[Knot, ...]:
    return tuple(knot for knots in _stating(fact_ids, facts).values() for knot in knots)


def _stating(fact_ids: list[str], facts: FactSheet) -> dict[str, tuple[Knot, ...]]:
    """The sentences that state each fact, in the editions that readers see. Two SQL queries."""
    rows = (
        Citation.objects.filter(fact__in=fact_ids, edition_id__in=_shown_editions())
        .select_related("statement__objective", "edition")
        .order_by("edition", "statement__objective__sort_key", "statement__place")
    )
    found: dict[str, dict[str, Knot]] = {}
    for row in rows:
        stale = row.fact not in facts or facts[row.fact].fingerprint != row.fingerprint
        knot = replace(_sentence_knot(row.statement, row.edition), is_stale=stale)
        found.setdefault(row.fact, {})[knot.id] = knot
    return {fact: tuple(knots.values()) for fact, knots in found.items()}


def _shown_editions() -> list[int]:
    """For each year the edition that `document` shows. One SQL query."""
    latest: dict[int, tuple[bool, int, int]] = {}
    for pk, year, number, state in Edition.objects.values_list("id", "year", "number", "state"):
        latest[year] = max(latest.get(year, (False, 0, 0)), (state == Edition.State.PUBLISHED, number, pk))
    return [pk for _, _, pk in latest.values()]


# --- from a sentence ------------------------------------------------------------------------------


def _trace_sentence(wanted: str) -> Trace | None:
    rows = Statement.objects.filter(sentence_id=wanted, edition_id__in=_shown_editions())
    statement = rows.select_related("edition", "objective").order_by("-edition__year").first()
    if statement is None:
        return None
    code = statement.objective.code if statement.objective else None
    facts = facts_of(code, statement.edition.year)
    cited = list(Citation.objects.filter(statement=statement).order_by("start"))
    known = [facts[cite.fact] for cite in cited if cite.fact in facts]
    down = _Downwards(facts, known)
    return Trace(
        _sentence_knot(statement, statement.edition),
        tuple(_cited(cite, facts, down) for cite in cited),
    )


def _cited(cite: Citation, facts: FactSheet, down: _Downwards) -> Knot:
    if cite.fact not in facts:
        return Knot(cite.fact, "fact", cite.fact, is_stale=True)
    fact = facts[cite.fact]
    return replace(down.fact(fact), onward=down.cells(fact), is_stale=fact.fingerprint != cite.fingerprint)


def _sentence_knot(statement: Statement, edition: Edition) -> Knot:
    goal = statement.objective.code if statement.objective else ""
    return Knot(
        statement.sentence_id,
        statement.kind,
        f"{edition.title}, mål {goal}" if goal else edition.title,
        statement.text,
        year=edition.year,
        goal=goal,
    )
