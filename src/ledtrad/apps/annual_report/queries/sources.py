"""What facts rest on, as knots with who recorded them and when. Four SQL queries for any number of
cells, and some more where they come from surveys."""

import re
from collections.abc import Iterable, Iterator

from ledtrad.apps.annual_report.queries.knots import Knot
from ledtrad.apps.goals.queries import AssessmentRecord, assessment_records, city_verdict_records
from ledtrad.apps.indicators.queries import OutcomeRecord, outcome_records
from ledtrad.apps.surveys.queries.tracing import WaveThread, wave_threads
from ledtrad.core.facts import Cell

ADDRESS = re.compile(
    r"(assessment|outcome|target|forecast|indicator_verdict|city_verdict):([^/]+)/(\d{4})(?:/([^/]+))?"
)
_LABELS = {
    "target": "Årsmål",
    "forecast": "Prognos",
    "indicator_verdict": "Stadens bedömning av indikatorn",
    "city_verdict": "Stadens bedömning",
    "outcome": "Utfall",
}


def stored_knots(cells: Iterable[Cell]) -> dict[str, Knot]:
    """A knot for each cell that is a stored record, by address. Cells of files come beneath their outcome."""
    stored = {cell.address: (match, cell) for cell in cells if (match := ADDRESS.fullmatch(cell.address))}
    named = {kind: {(m[2], int(m[3])) for m, _ in stored.values() if m[1] == kind} for kind in _KINDS}
    found: dict[str, Knot] = {}
    for record in assessment_records(named["assessment"]):
        address = f"assessment:{record.goal}/{record.year}/{record.unit}"
        found[address] = _assessment(address, record)
    waves = {(one.indicator, one.year): one for one in wave_threads(named["outcome"])}
    for outcome in outcome_records(named["outcome"]):
        address = f"outcome:{outcome.code}/{outcome.year}"
        found[address] = _outcome(address, outcome, waves.get((outcome.code, outcome.year)))
    for verdict in city_verdict_records(named["city_verdict"]):
        address = f"city_verdict:{verdict.goal}/{verdict.year}"
        found[address] = Knot(
            address,
            "city_verdict",
            _LABELS["city_verdict"],
            verdict.verdict.verdict.value,
            verdict.verdict,
            verdict.verdict.motive,
            verdict.year,
            verdict.goal,
            verdict.recorded_by,
            verdict.recorded_at,
            verdict.invented,
        )
    return {address: found.get(address) or _bare(match, cell) for address, (match, cell) in stored.items()}


_KINDS = ("assessment", "outcome", "city_verdict")


def _assessment(address: str, record: AssessmentRecord) -> Knot:
    return Knot(
        address,
        "assessment",
        record.unit_name,
        record.verdict.value if record.verdict else "",
        record.verdict,
        record.analysis,
        record.year,
        record.goal,
        record.recorded_by,
        record.recorded_at,
        record.invented,
    )


def _outcome(address: str, record: OutcomeRecord, wave: WaveThread | None) -> Knot:
    return Knot(
        address,
        "outcome",
        record.title,
        value=record.outcome,
        year=record.year,
        recorded_by=record.recorded_by,
        recorded_at=record.recorded_at,
        invented=record.invented,
        onward=tuple(_origin(record, wave)),
    )


def _origin(record: OutcomeRecord, wave: WaveThread | None) -> Iterator[Knot]:
    """The wave when the outcome names it as its source; else what it names."""
    if wave is not None and record.source == wave.name:
        yield wave_knot(wave)
    elif record.source:
        yield Knot(record.source, "source", record.source, note=record.source_fingerprint)


def wave_knot(wave: WaveThread) -> Knot:
    """A wave on the thread."""
    return Knot(wave.address, "wave", wave.name, wave.text, year=wave.year, invented=wave.invented, wave=wave)


def _bare(match: re.Match[str], cell: Cell) -> Knot:
    return Knot(cell.address, match[1], _LABELS.get(match[1], ""), cell.content, year=int(match[3]))
