"""Facts: the values that a sentence may cite, each with the cells it rests on and a fingerprint.

Ids are stable and readable, `kind:code/year/part`, and never reused for something else:

    goal:1.2/2020/boards.met            also partly, not_met, total, no_outcome
    goal:1.2/2020/indicators.met        the same parts
    goal:1/2020/subgoals.met            the same parts, for a goal above other goals
    goal:1.2/2020/company_group         the company group's single verdict
    goal:1.2/2020/verdict               the city's own verdict
    indicator:1.2.4/2020/target         or target.low and target.high for a band; target.women, target.men
    indicator:1.2.4/2020/outcome.total  also women, men; or plain `outcome` when the whole outcome is absent
    indicator:1.2.4/2020/forecast       and forecast.verdict
    indicator:1.2.4/2020/verdict
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ledtrad.core.assessment import CityVerdict, GoalEvidence, IndicatorResult, Tally, Target, Verdict
from ledtrad.core.outcomes import Absence
from ledtrad.core.quantities import COUNT, Quantity, plain, quantity
from ledtrad.core.series import Break

FactValue = Quantity | Verdict | Absence


@dataclass(frozen=True, slots=True)
class Cell:
    """What a fact rests on: an address that a person can follow, and what stood there.

    `address` is `assessment:1.2/2020/farsta`, `outcome:1.2.4/2020`, or `utfall.xlsx#Blad1!C17`.
    """

    address: str
    content: str


def value_record(value: FactValue) -> dict[str, str]:
    """A fact's value as plain strings, numbers with a point; the form that is fingerprinted and exported.

    Numbers lose idle zeros, so that a database that stores 88.5 as 88.5000 does not make the fact another one.
    """
    if isinstance(value, Quantity):
        return _quantity_record(value)
    if isinstance(value, Absence):
        record = {"absence": value.kind.value, "reason": value.reason}
        said = {"said_by": value.said_by, "expected": value.expected}
        return record | {key: text for key, text in said.items() if text}
    return {"verdict": value.value}


def _quantity_record(value: Quantity) -> dict[str, str]:
    record = {"number": plain(value.value), "unit": value.unit.code, "decimals": str(value.decimals)}
    if value.numerator is not None and value.denominator is not None:
        record |= {"numerator": plain(value.numerator), "denominator": plain(value.denominator)}
    known = {"margin": None if value.margin is None else plain(value.margin), "base": value.base}
    return record | {key: str(said) for key, said in known.items() if said is not None}


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
    """Facts by id, in the order given. ValueError when two share an id.

    `breaks` says by indicator code from which years on its figures cannot be set beside those before.
    """

    def __init__(self, facts: Iterable[Fact] = (), breaks: Mapping[str, tuple[Break, ...]] | None = None) -> None:
        self.breaks: Mapping[str, tuple[Break, ...]] = dict(breaks or {})
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
_LACKING = {"boards": "utan svar", "indicators": "utan utfall", "subgoals": "utan bedömning"}
_NOUNS = {"boards": "Nämndernas bedömningar", "indicators": "Indikatorerna", "subgoals": "De underliggande målen"}

Cells = dict[str, tuple[Cell, ...]]


def tally_facts(goal: str, year: int, what: str, tally: Tally, cells: Cells | None = None) -> Iterator[Fact]:
    """The counts of one tally; `what` is "boards", "indicators" or "subgoals".

    Cells are grouped by "met", "partly", "not_met" and "no_outcome"; the total rests on all of them.
    """
    stem, noun, cells = f"goal:{goal}/{year}/{what}", _NOUNS[what], cells or {}
    for part, word in _PARTS:
        yield _count(f"{stem}.{part}", getattr(tally, part), f"{noun} – {word}", cells.get(part, ()))
    everything = tuple(cell for group in cells.values() for cell in group)
    yield _count(f"{stem}.total", tally.total, f"{noun} – antal", everything)
    lacking = f"{noun} – {_LACKING[what]}"
    yield _count(f"{stem}.no_outcome", tally.without, lacking, cells.get("no_outcome", ()))


def _count(fact_id: str, count: int, label: str, cells: tuple[Cell, ...]) -> Fact:
    return Fact(fact_id, quantity(str(count), COUNT), label, cells)


def goal_facts(
    goal: str,
    year: int,
    evidence: GoalEvidence,
    *,
    verdict: CityVerdict | None = None,
    board_cells: Cells | None = None,
    indicator_cells: Cells | None = None,
    company_cells: tuple[Cell, ...] = (),
    verdict_cells: tuple[Cell, ...] = (),
) -> Iterator[Fact]:
    """The facts of one goal. Cells are grouped by "met", "partly", "not_met" and "no_outcome"."""
    stem = f"goal:{goal}/{year}"
    yield from tally_facts(goal, year, "boards", evidence.boards, board_cells)
    yield from tally_facts(goal, year, "indicators", evidence.indicators, indicator_cells)
    if evidence.subgoals is not None:
        yield from tally_facts(goal, year, "subgoals", evidence.subgoals)
    if evidence.company_group is not None:
        yield Fact(f"{stem}/company_group", evidence.company_group, "Bolagskoncernens bedömning", company_cells)
    if verdict is not None:
        yield Fact(f"{stem}/verdict", verdict.verdict, "Stadens bedömning", verdict_cells)


def indicator_facts(result: IndicatorResult, year: int, cells: tuple[Cell, ...] = ()) -> Iterator[Fact]:
    """The facts of one indicator: target, outcome (total, women, men) or its absence, forecast and verdict."""
    stem = f"indicator:{result.code}/{year}"
    for part, label, value in indicator_parts(result):
        yield Fact(f"{stem}/{part}", value, f"{result.name} – {label}", cells)


def indicator_parts(result: IndicatorResult) -> Iterator[tuple[str, str, FactValue]]:
    """What an indicator states: the last part of each fact's id, its Swedish label, and the value."""
    if result.target is not None:
        yield from _target_values(result.target)
    if result.absence is not None:
        yield "outcome", "utfall", result.absence
    if result.measured is not None:
        for part, word in (("total", "totalt"), ("women", "kvinnor"), ("men", "män")):
            value = getattr(result.measured, part)
            if value is not None:
                yield f"outcome.{part}", f"utfall, {word}", value
    if result.forecast is not None and result.forecast.value is not None:
        yield "forecast", "prognos", result.forecast.value
    if result.forecast is not None and result.forecast.verdict is not None:
        yield "forecast.verdict", "prognos, bedömning", result.forecast.verdict
    if result.verdict is not None:
        yield "verdict", "bedömning", result.verdict


def _target_values(target: Target, name: str = "target", label: str = "årsmål") -> Iterator[tuple[str, str, FactValue]]:
    if target.stated is not None:
        yield name, label, target.stated
    elif target.low is not None and target.high is not None:
        yield f"{name}.low", f"{label}, nedre gräns", target.low
        yield f"{name}.high", f"{label}, övre gräns", target.high
    if target.women is not None:
        yield from _target_values(target.women, f"{name}.women", f"{label}, kvinnor")
    if target.men is not None:
        yield from _target_values(target.men, f"{name}.men", f"{label}, män")
