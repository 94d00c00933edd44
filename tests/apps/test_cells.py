"""Many cells of a file meet the same fates as few, and take no more memory than one slice of them."""

import random
from decimal import Decimal
from itertools import islice
from tracemalloc import get_traced_memory, start, stop

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.test_uploads import BY, LATER, districts, examined, receive, var  # noqa: F401

from ledtrad.apps.audit.policies import Conflict
from ledtrad.apps.audit.queries import entries_about
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators import cells
from ledtrad.apps.indicators.actions import storing, uploads
from ledtrad.apps.indicators.cells import FewCells, ManyCells
from ledtrad.apps.indicators.models import Observation, Outcome, Upload
from ledtrad.apps.indicators.previews import preview
from ledtrad.apps.indicators.queries.known import figures_known
from ledtrad.core.assessment import Sense
from ledtrad.core.imports import Fate, Reading, settle
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import COUNT

TROUBLES = st.sampled_from([Fate.CONTROL, Fate.UNKNOWN_AREA, Fate.SILENT, Fate.LEFT_OUT])
GROUPS = st.sampled_from(["", "age:0-5", "age:åldrig"])
PLACES = st.builds(
    Place,
    st.sampled_from(["1.1", "ö"]),
    st.sampled_from(["0180", "-", "Å"]),
    st.integers(2019, 2020),
    st.integers(0, 1),
    st.sampled_from(list(Sex)),
    GROUPS,
)
VALUES = st.sampled_from([Decimal("5"), Decimal("5.0"), Decimal("1E+2"), Decimal("-0.10"), Decimal("9" * 25 + ".1")])
MARGINS = st.none() | st.just(Decimal("1.5"))
SAID = st.builds(Observed, VALUES, st.integers(0, 3), MARGINS) | st.sampled_from(list(AbsenceKind)).map(
    lambda kind: Observed(absence=kind, mark="..")
)


@st.composite
def readings(draw):
    """Cells as a table gives them: understood, or in trouble with or without a figure."""
    made = []
    for number, (place, said, trouble) in enumerate(draw(st.lists(st.tuples(PLACES, SAID, st.none() | TROUBLES)))):
        row, column = divmod(number, 3)
        cell = Reading(row, column, str(said.value), None, None, trouble, "Åby", place.indicator, number=said.value)
        if trouble in (None, Fate.CONTROL):
            cell.place, cell.said = place, said
        cell.is_sum = trouble is Fate.CONTROL
        made.append(cell)
    return made


@settings(max_examples=60, deadline=None)
@given(readings(), st.dictionaries(PLACES, SAID, max_size=8))
def test_many_cells_meet_the_fates_of_few(some, held):
    asked = []

    def answer(codes, years):
        asked.append((codes, years))
        yield from ((place, Observed(Decimal(77))) for place in held)  # taken over by what comes later
        yield from held.items()

    few, many = FewCells(settle(some, held)), ManyCells(some, answer)
    assert list(many) == list(few)
    assert list(many) == list(few), "each walk is the same"
    assert list(many.by_places()) == list(few.by_places())
    assert len(many) == len(some)
    clear = [cell.place for cell in some if cell.trouble is None]
    assert asked == [({place.indicator for place in clear}, {place.year for place in clear})]


@pytest.fixture
def spilled(monkeypatch):
    """Everything is a large table."""
    monkeypatch.setattr(cells, "FEW", 0)


TABLE = (
    "Indikator;Område;År;Kön;Värde\n"
    "C.1;Norra Lillköping;2019;Kvinnor;3\nC.1;Norra Lillköping;2019;Män;4\nC.1;Norra Lillköping;2019;Totalt;9\n"
    "C.1;Lillköping;2019;Totalt;70\nC.1;Okända byn;2019;Totalt;5\nC.1;Östermalm;2019;Totalt;..\n"
    "C.1;Östermalm;2019;Totalt;..\nC.1;Södra-Åsen;2019;Totalt;5\nC.1;Södra-Åsen;2019;Totalt;6\n"
)


def test_a_large_table_is_previewed_and_taken_in_as_a_small_one(districts, monkeypatch):  # noqa: F811
    """The same file, as a small one and as a large one, shows the same and leaves the same behind."""
    found = []
    for few in (cells.FEW, 0):
        monkeypatch.setattr(cells, "FEW", few)
        number = receive(TABLE.encode(), "tabell.csv")
        told = preview(Upload.objects.get(pk=number), BY)
        sid = connection.savepoint() if connection.in_atomic_block else None
        done = confirm(number, leave_out=told["counts"]["unknown_area"] + told["counts"]["twice"])
        stored = Observation.objects.order_by("id").values_list("area__code", "year", "sex", "value", "absence", "cell")
        outcomes = Outcome.objects.filter(source_name="tabell.csv").values_list("total", "source_cell")
        found.append((told, done, list(stored), list(outcomes)))
        connection.savepoint_rollback(sid)
    assert found[0] == found[1]
    assert (found[0][1].outcomes, len(found[0][2])) == (1, 4)


def confirm(number, **more):
    seen = examined(number).fingerprint
    wanted = {"seen": seen, "accepted": "Summorna är påhittade.", "by": BY, "at": LATER, **more}
    return indicators.confirm_upload(upload_id=number, **wanted)


# --- memory ---------------------------------------------------------------------------------------


@pytest.fixture
def long_table(districts):  # noqa: F811
    """A function that sends in a long table of so many rows, each with a note that makes it long."""
    many = [indicators.Definition(f"Antal {number}", COUNT, Sense.LESS) for number in range(60)]
    new = [indicators.NewIndicator(f"M.{number}", 1900, one) for number, one in enumerate(many)]
    indicators.define_indicators(indicators=new, by=BY.key, at=LATER)
    chance = random.Random(1)
    names = ("Norra Lillköping", "Södra-Åsen", "Östermalm")
    places = [(number, year, name) for number in range(60) for year in range(1920, 2020) for name in names]

    def send(rows):
        lines = [
            f"M.{number};{name};{year};{chance.randrange(10**6)};{'text ' * 90}"
            for number, year, name in islice(places, rows)
        ]
        return receive("\n".join(["Indikator;Område;År;Antal;Text", *lines]).encode(), f"{rows}.csv")

    return send


def test_memory_does_not_grow_with_the_file(long_table, spilled, monkeypatch):
    """Five megabytes take what one does; with the cells held in memory they took 7.8 MB and one 3.2."""
    monkeypatch.setattr("ledtrad.readers.table.text_tables._KEPT_CELLS", 1_000)
    monkeypatch.setattr("ledtrad.apps.indicators.actions.staging._TOGETHER", 500)
    most = [_most_memory(long_table(rows)) for rows in (2_000, 10_000)]
    assert most[1] < most[0] + 1_500_000, [f"{one / 1e6:.1f} MB" for one in most]


def _most_memory(number):
    seen = examined(number).fingerprint
    start()
    indicators.confirm_upload(upload_id=number, seen=seen, by=BY, at=LATER)
    _, most = get_traced_memory()
    stop()
    return most


# --- who waits ------------------------------------------------------------------------------------


def test_nobody_waits_while_a_file_is_read_and_laid_ready(districts, monkeypatch):  # noqa: F811
    """Only moving what lies ready is done in the transaction that keeps others from saving."""
    number, depth, seen = receive(TABLE.encode(), "tabell.csv"), len(connection.savepoint_ids), []
    for module, name in ((storing, "lay_ready"), (storing, "retire_staged"), (uploads, "examine")):
        monkeypatch.setattr(module, name, _noting(getattr(module, name), seen))
    confirm(number, leave_out=3)
    assert [(name, inside > depth) for name, inside in seen] == [
        ("examine", False),
        ("lay_ready", False),
        ("retire_staged", True),
    ]


def _noting(function, seen):
    def noted(*args, **kwargs):
        seen.append((function.__name__, len(connection.savepoint_ids)))
        return function(*args, **kwargs)

    return noted


def test_what_others_save_meanwhile_is_no_reason_to_read_again_unless_it_is_figures(districts, monkeypatch):  # noqa: F811
    number, other = receive(TABLE.encode(), "tabell.csv"), receive(b"Indikator;2016\nC.1;9\n", "annan.csv")
    really, times = uploads.examine, []

    def meanwhile(upload, by, told=None):
        found = really(upload, by, told)
        times.append(upload.pk)
        if times == [number]:
            indicators.refuse_upload(upload_id=receive(b"a;b\n1;2\n", "x.csv"), why="Fel fil.", by=BY, at=LATER)
        if times == [other]:
            indicators.confirm_upload(upload_id=number, seen=seen, accepted=NOTE, leave_out=3, by=BY, at=LATER)
        return found

    seen = examined(number).fingerprint
    seen_of_other = examined(other).fingerprint
    monkeypatch.setattr(uploads, "examine", meanwhile)
    before = figures_known()
    indicators.refuse_upload(upload_id=receive(b"a;b\n1;2\n", "y.csv"), why="Fel fil.", by=BY, at=LATER)
    assert figures_known() == before
    indicators.confirm_upload(upload_id=other, seen=seen_of_other, by=BY, at=LATER)
    assert times == [other, number, other], "the figures that came meanwhile were seen before storing"
    assert figures_known() != before


NOTE = "Summorna är påhittade."


def test_figures_that_somebody_else_stored_in_the_same_place_are_never_overwritten(districts, monkeypatch):  # noqa: F811
    """Were the log silent, the table itself would refuse: what lies ready replaces only what it was held against."""
    first = receive(b"Indikator;Omr\xc3\xa5de;2019\nC.1;\xc3\x96stermalm;1\n", "a.csv")
    later = receive(b"Indikator;Omr\xc3\xa5de;2019\nC.1;\xc3\x96stermalm;2\n", "b.csv")
    seen = {number: examined(number).fingerprint for number in (first, later)}
    really = uploads.let_nobody_else_in
    monkeypatch.setattr(uploads, "figures_known", lambda: ())

    def overtaken(codes):
        monkeypatch.setattr(uploads, "let_nobody_else_in", really)
        Observation.objects.bulk_create(_one_more())
        really(codes)

    indicators.confirm_upload(upload_id=first, seen=seen[first], by=BY, at=LATER)
    fingerprint = examined(later).fingerprint
    monkeypatch.setattr(uploads, "let_nobody_else_in", overtaken)
    with pytest.raises(Conflict, match="i samma stund"):
        indicators.confirm_upload(upload_id=later, seen=fingerprint, by=BY, at=LATER)
    assert Upload.objects.get(pk=later).state == "waiting"
    assert not [entry for entry in entries_about(f"upload:{later}") if entry.action == "indicators.confirm_upload"]


def _one_more():
    """What somebody else stores in the same place."""
    held = Observation.objects.get(is_current=True, area__code="L1-3")
    Observation.objects.filter(pk=held.pk).update(is_current=False)
    held.pk, held.is_current, held.value = None, True, Decimal(3)
    yield held
