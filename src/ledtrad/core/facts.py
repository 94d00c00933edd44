"""Facts: the values that a sentence may cite, each with the cells it rests on and a fingerprint.

Ids are stable and readable: `goal:1.2/2020/boards.met`, `indicator:1.2.4/2020/outcome.women`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ledtrad.core.assessment import CityVerdict, GoalEvidence, IndicatorResult, Tally, Verdict
from ledtrad.core.outcomes import Absence
from ledtrad.core.quantities import COUNT, Quantity, quantity

FactValue = Quantity | Verdict | Absence


@dataclass(frozen=True, slots=True)
class Cell:
    """What a fact rests on: an address that a person can follow, and what stood there.

    `address` is `assessment:1.2/2020/farsta`, `outcome:1.2.4/2020`, or `utfall.xlsx#Blad1!C17`.
    """

    address: str
    content: str


def value_record(value: FactValue) -> dict[str, str]:
    """A fact's value as plain strings, numbers with a point; the form that is fingerprinted and exported."""
    if isinstance(value, Quantity):
        return {"number": f"{value.value:f}", "unit": value.unit.code, "decimals": str(value.decimals)}
    if isinstance(value, Absence):
        return {"absence": value.kind.value, "reason": value.reason}
    return {"verdict": value.value}


def _fingerprint(fact_id: str, value: FactValue, cells: tuple[Cell, ...]) -> str:
    content = [fact_id, value_record(value), [[cell.address, cell.content] for cell in cells]]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with an id, a label in Swedish, and the cells it rests on.

    The fingerprint (sha256, hexadecimal) changes when the value or anything that it rests on changes.
    """

    id: str
    value: FactValue
    label: str = ""
    rests_on: tuple[Cell, ...] = ()
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fingerprint", _fingerprint(self.id, self.value, self.rests_on))


class FactSheet(Mapping[str, Fact]):
    """Facts by id, in the order given. ValueError when two share an id."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            if fact.id in self._facts:
                raise ValueError(f"two facts with the id {fact.id}")
            self._facts[fact.id] = fact

    def __getitem__(self, fact_id: str) -> Fact:
        return self._facts[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


_PARTS = (("met", "helt"), ("partly", "delvis"), ("not_met", "ej"))


def _tally_facts(stem: str, noun: str, tally: Tally, cells: dict[str, tuple[Cell, ...]]) -> Iterator[Fact]:
    for part, word in _PARTS:
        yield Fact(
            f"{stem}.{part}", quantity(str(getattr(tally, part)), COUNT), f"{noun} – {word}", cells.get(part, ())
        )
    everything = tuple(cell for group in cells.values() for cell in group)
    yield Fact(f"{stem}.total", quantity(str(tally.total), COUNT), f"{noun} – antal", everything)
    yield Fact(
        f"{stem}.no_outcome", quantity(str(tally.without), COUNT), f"{noun} – utan svar", cells.get("no_outcome", ())
    )


def goal_facts(
    goal: str,
    year: int,
    evidence: GoalEvidence,
    *,
    verdict: CityVerdict | None = None,
    board_cells: dict[str, tuple[Cell, ...]] | None = None,
    indicator_cells: dict[str, tuple[Cell, ...]] | None = None,
    company_cells: tuple[Cell, ...] = (),
    verdict_cells: tuple[Cell, ...] = (),
) -> Iterator[Fact]:
    """The facts of one goal. Cells are grouped by "met", "partly", "not_met" and "no_outcome"."""
    stem = f"goal:{goal}/{year}"
    yield from _tally_facts(f"{stem}/boards", "Nämndernas bedömningar", evidence.boards, board_cells or {})
    yield from _tally_facts(f"{stem}/indicators", "Indikatorerna", evidence.indicators, indicator_cells or {})
    if evidence.company_group is not None:
        yield Fact(f"{stem}/company_group", evidence.company_group, "Bolagskoncernens bedömning", company_cells)
    if verdict is not None:
        yield Fact(f"{stem}/verdict", verdict.verdict, "Stadens bedömning", verdict_cells)


def indicator_facts(result: IndicatorResult, year: int, cells: tuple[Cell, ...] = ()) -> Iterator[Fact]:
    """The facts of one indicator: target, outcome (total, women, men) or its absence, forecast and verdict."""
    stem = f"indicator:{result.code}/{year}"
    if result.target is not None:
        for bound in ("low", "high"):
            limit = getattr(result.target, bound)
            if limit is not None:
                one_bound = result.target.stated is not None
                yield Fact(
                    f"{stem}/target" if one_bound else f"{stem}/target.{bound}", limit, f"{result.name} – årsmål", cells
                )
    if result.absence is not None:
        yield Fact(f"{stem}/outcome", result.absence, f"{result.name} – utfall", cells)
    if result.measured is not None:
        for part, word in (("total", "totalt"), ("women", "kvinnor"), ("men", "män")):
            value = getattr(result.measured, part)
            if value is not None:
                yield Fact(f"{stem}/outcome.{part}", value, f"{result.name} – utfall, {word}", cells)
    if result.forecast is not None:
        if result.forecast.value is not None:
            yield Fact(f"{stem}/forecast", result.forecast.value, f"{result.name} – prognos", cells)
        if result.forecast.verdict is not None:
            yield Fact(
                f"{stem}/forecast.verdict", result.forecast.verdict, f"{result.name} – prognos, bedömning", cells
            )
    if result.verdict is not None:
        yield Fact(f"{stem}/verdict", result.verdict, f"{result.name} – bedömning", cells)
