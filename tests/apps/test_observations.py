"""Figures by area, sex and group: what is new, revised or unchanged, what holds now and what held then."""

from datetime import timedelta
from decimal import Decimal
from time import process_time
from tracemalloc import get_traced_memory, start, stop

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import reporting_year, universe
from tests.universe import AT

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Forbidden, Refused
from ledtrad.apps.audit.queries import entries_about
from ledtrad.apps.indicators import actions, queries
from ledtrad.apps.indicators.actions.storing import STAGED
from ledtrad.apps.indicators.models import Area, AreaKind, Batch, IndicatorVersion, Observation
from ledtrad.apps.people.actors import NOBODY, program
from ledtrad.core.assessment import Sense
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import PERCENT

BUILDER = program("Lillköping")
FILE = actions.BatchSource("siffror.csv", "ab" * 32)
MISSING = Observed(absence=AbsenceKind.SUPPRESSED, mark="..")

pytestmark = pytest.mark.django_db


def area(code, name="", kind=AreaKind.MUNICIPALITY, **more):
    return actions.NewArea(code, kind, name or f"Område {code}", **more)


def register(*areas, by=BUILDER):
    actions.register_areas(areas=areas, by=by, at=AT)


def take(said, *, days=0, source=FILE, by=BUILDER):
    return actions.record_observations(observations=said, source=source, by=by, at=AT + timedelta(days=days))


def figure(written, decimals=None, **more):
    value = Decimal(written)
    return Observed(value, max(0, -value.as_tuple().exponent) if decimals is None else decimals, **more)


def place(code="1.1.1", where="0180", year=2020, **more):
    return Place(code, where, year, **more)


@pytest.fixture(scope="module")
def lillkoping(django_db_setup, django_db_blocker):
    """Lillköping, its people, and three areas. Built once: tests undo what they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        register(
            area("00", "Riket", AreaKind.NATION),
            area("01", "Länet", AreaKind.COUNTY, parent="00"),
            area("0180", "Stockholm", parent="01"),
        )
        yield
        transaction.set_rollback(True)


# --- areas ----------------------------------------------------------------------------------------


def test_areas_stand_in_swedish_order_with_what_they_are_part_of(lillkoping):
    register(area("z1", "Ösmo", parent="01"), area("z2", "Älvsjö"), area("z3", "Årsta"))
    names = [one.name for one in queries.areas(kind="municipality")]
    assert names == ["Stockholm", "Årsta", "Älvsjö", "Ösmo"]
    assert [(one.code, one.parent) for one in queries.areas(codes=["0180", "z1", "z3"])] == [
        ("0180", "01"),
        ("z3", ""),
        ("z1", "01"),
    ]


def test_the_area_above_may_come_after_in_the_same_list(lillkoping):
    register(area("c", parent="b"), area("b", parent="a"), area("a", parent="00"))
    assert Area.objects.get(code="c").parent.parent.parent.code == "00"


@pytest.mark.parametrize(
    ("areas", "sentence"),
    [
        ([area("0180")], "Områdeskoden 0180 finns redan. Ingenting har sparats."),
        ([area("x"), area("y"), area("y")], "Områdeskoden y finns redan. Ingenting har sparats."),
        ([area("x", parent="nowhere")], "Området nowhere finns inte. Ingenting har sparats."),
        ([area("x", parent="y"), area("y", parent="x")], "Området y finns inte. Ingenting har sparats."),
        ([area("x", first_year=2020, last_year=2019)], "Området x slutar innan det börjar. Ingenting har sparats."),
        ([area(" ", "Ingenstans")], "Ett område behöver en kod. Ingenting har sparats."),
        ([actions.NewArea("x", AreaKind.COUNTY, " ")], "Området x behöver ett namn. Ingenting har sparats."),
    ],
)
def test_areas_that_are_refused(lillkoping, areas, sentence):
    before = Area.objects.count()
    with pytest.raises(Refused) as refused:
        register(*areas)
    assert str(refused.value) == sentence
    assert Area.objects.count() == before


@pytest.mark.parametrize("who", ["rut", "sara", "lars", "rakel", "ada"])
def test_areas_are_registered_by_the_centre(lillkoping, who):
    with pytest.raises(Forbidden):
        register(area("x"), by=reporting_year.actor(who))


# --- an example, day by day -----------------------------------------------------------------------

WOMEN = place(sex=Sex.WOMEN)
DAYS = [
    # what is said, what becomes of it (new, revised, unchanged), what holds then
    ({place(): figure("71.0")}, (1, 0, 0), {place(): figure("71.0")}),
    ({place(): figure("71.0"), WOMEN: MISSING}, (1, 0, 1), {place(): figure("71.0"), WOMEN: MISSING}),
    ({place(): figure("71.2")}, (0, 1, 0), {place(): figure("71.2"), WOMEN: MISSING}),
    ({WOMEN: figure("0")}, (0, 1, 0), {place(): figure("71.2"), WOMEN: figure("0")}),
    ({WOMEN: MISSING, place(): figure("71.2")}, (0, 1, 1), {place(): figure("71.2"), WOMEN: MISSING}),
    ({}, (0, 0, 0), {place(): figure("71.2"), WOMEN: MISSING}),
]


def test_day_by_day(lillkoping):
    for day, (said, counts, held) in enumerate(DAYS):
        done = take(said, days=day)
        assert (done.new, done.revised, done.unchanged) == counts
        assert (done.id is not None) == (counts[0] + counts[1] > 0)
        assert queries.observations("1.1.1") == held
    for day, (_, _, held) in enumerate(DAYS):
        assert queries.observations("1.1.1", known_at=AT + timedelta(days=day)) == held
    assert queries.observations("1.1.1", known_at=AT - timedelta(seconds=1)) == {}


@pytest.mark.parametrize(
    ("first", "then", "becomes"),
    [
        (figure("71"), figure("71", cell="Blad2!C4"), "unchanged"),  # elsewhere in the file, the same figure
        (figure("71"), figure("71.0"), "revised"),  # printed with one decimal more
        (figure("71"), figure("71", margin=Decimal("1.5")), "revised"),
        (MISSING, Observed(absence=AbsenceKind.SUPPRESSED, mark="XX"), "unchanged"),  # means the same
        (MISSING, Observed(absence=AbsenceKind.NOT_MEASURED, mark="–"), "revised"),
        (figure("0"), MISSING, "revised"),  # missing is never zero
        (MISSING, figure("0"), "revised"),
        (figure("-0.0"), figure("0.0"), "unchanged"),
    ],
)
def test_what_counts_as_the_same(lillkoping, first, then, becomes):
    take({place(): first})
    done = take({place(): then}, days=1)
    assert getattr(done, becomes) == 1
    assert done.new + done.revised + done.unchanged == 1


def test_a_figure_keeps_its_version_its_cell_and_its_mark(lillkoping):
    take({place(): figure("71", cell="Blad1!C4"), WOMEN: MISSING})
    rows = Observation.objects.order_by("sex").values_list("version__number", "cell", "mark", "batch__source_name")
    assert list(rows) == [(1, "Blad1!C4", "", "siffror.csv"), (1, "", "..", "siffror.csv")]


def test_what_was_taken_in_under_a_definition_stays_under_it(lillkoping):
    take({place(year=2021): figure("71")})
    definition = actions.Definition("Andel elever som trivs", PERCENT, Sense.MORE)
    about = {"definition": definition, "because": "Ny fråga.", "breaks": "wording", "by": BUILDER.key, "at": AT}
    actions.revise_indicator(code="1.1.1", from_year=2021, **about)
    take({place(year=2020): figure("70"), place(year=2021): figure("72")}, days=1)
    rows = Observation.objects.order_by("id").values_list("year", "version__number", "is_current")
    assert list(rows) == [(2021, 1, False), (2020, 1, True), (2021, 2, True)]
    assert IndicatorVersion.objects.filter(indicator__code="1.1.1").count() == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 5),
        ({"areas": ["0180"]}, 4),
        ({"areas": []}, 0),
        ({"years": [2021]}, 1),
        ({"sexes": [Sex.ALL]}, 4),
        ({"groups": [""]}, 4),
        ({"groups": ["age:65-79"]}, 1),
        ({"areas": ["00", "0180"], "years": [2020], "sexes": [Sex.ALL], "groups": [""]}, 2),
    ],
)
def test_only_what_is_asked_for(lillkoping, asked, found):
    places = [place(), WOMEN, place(year=2021), place(where="00"), place(group="age:65-79")]
    take({one: figure("1") for one in places})
    assert len(queries.observations("1.1.1", **asked)) == found
    assert queries.observations("no such", **asked) == {}


def test_every_column_is_stored(lillkoping):
    """The rows go past Django's models: a column that is added there must be added here too."""
    columns = {field.column for field in Observation._meta.concrete_fields}
    assert {*STAGED[:-1], "id", "batch_id", "is_current"} == columns


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({place("Q.9"): figure("1")}, "Indikatorn Q.9 finns inte. Ingenting har sparats."),
        ({place(where="9"): figure("1")}, "Området 9 finns inte. Ingenting har sparats."),
        ({place(year=2014): figure("1")}, "Indikatorn 1.1.1 är inte definierad för 2014. Ingenting har sparats."),
    ],
)
def test_all_is_stored_or_nothing(lillkoping, said, sentence):
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        take({place(): figure("71"), place(year=2019): figure("70"), **said})
    assert str(refused.value) == sentence
    assert (Observation.objects.count(), Batch.objects.count(), Entry.objects.count()) == (0, 0, entries)


def test_figures_come_from_somewhere(lillkoping):
    with pytest.raises(Refused, match="Ange var siffrorna kommer ifrån"):
        take({place(): figure("71")}, source=actions.BatchSource("  "))


@pytest.mark.parametrize(
    ("who", "codes", "may"),
    [
        ("carl", ["1.1.1", "K.1"], True),
        ("rut", ["K.1", "K.2"], True),
        ("sara", ["K.1"], True),
        ("rut", ["1.1.1"], False),  # the council's
        ("rut", ["K.1", "1.1.1"], False),
        ("ove", ["K.1"], False),  # another board's reporter
        ("lars", ["K.1"], False),
        ("ulla", ["K.1"], False),  # the head of a unit beneath
        ("rakel", ["K.1"], False),
        ("edit", ["1.1.1"], False),
        ("", ["K.1"], False),
    ],
)
def test_who_takes_figures_in(lillkoping, who, codes, may):
    by = reporting_year.actor(who) if who else NOBODY
    said = {place(code): figure("1") for code in codes}
    if may:
        assert take(said, by=by).new == len(codes)
    else:
        with pytest.raises(Forbidden, match="Bara centrala controllers läser in siffror"):
            take(said, by=by)
        assert not Observation.objects.exists()


# --- the log --------------------------------------------------------------------------------------


def test_the_log_tells_counts_and_a_sum_for_each_indicator(lillkoping):
    take({place(): figure("71")})
    take({place(): figure("72"), WOMEN: figure("74"), place("B.1"): figure("9")}, days=1)
    told = entries_about("indicator:1.1.1")[0]
    assert told.action == "indicators.record_observations"
    assert {name: told.after[name] for name in ("new", "revised", "unchanged", "source")} == {
        "new": 1,
        "revised": 1,
        "unchanged": 0,
        "source": "siffror.csv",
    }
    other = entries_about("indicator:B.1")[0]
    assert other.after["sum"] != told.after["sum"]


def test_nothing_new_writes_nothing(lillkoping):
    take({place(): figure("71")})
    entries = Entry.objects.count()
    assert take({place(): figure("71")}, days=1) == actions.BatchDone(None, 0, 0, 1)
    assert (Batch.objects.count(), Entry.objects.count()) == (1, entries)


def sum_of(said):
    """The sum in the log after this batch, which is then undone."""
    with transaction.atomic():
        take(said)
        found = entries_about("indicator:1.1.1")[0].after["sum"]
        transaction.set_rollback(True)
    return found


def test_the_sum_binds_every_part_of_every_figure(lillkoping):
    plain = {place(): figure("71"), WOMEN: figure("74")}
    others = [
        {place(): figure("71"), WOMEN: figure("75")},
        {place(): figure("71.0"), WOMEN: figure("74")},
        {place(): figure("71", margin=Decimal(1)), WOMEN: figure("74")},
        {place(): figure("71"), WOMEN: MISSING},
        {place(): figure("71"), place(sex=Sex.MEN): figure("74")},
        {place(): figure("71"), place(year=2019): figure("74")},
        {place(): figure("71"), place(where="00"): figure("74")},
        {place(): figure("71"), place(group="age:0-5"): figure("74")},
        {place(): figure("71"), place(tertial=1): figure("74")},
    ]
    sums = [sum_of(said) for said in (plain, *others)]
    assert len(set(sums)) == len(sums)
    assert sum_of(dict(reversed(plain.items()))) == sums[0]  # in whatever order it comes


# --- against a naive second implementation --------------------------------------------------------


class Naive:
    """Every batch in a list; each question is answered by reading all of it from the beginning."""

    def __init__(self):
        self.batches = []  # (at, {place: said})

    def held(self, at=None):
        found = {}
        for moment, said in self.batches:
            if at is None or moment <= at:
                found.update(said)
        return found

    def take(self, at, said):
        held = self.held()
        new = {one: what for one, what in said.items() if one not in held}
        same = {one: what for one, what in said.items() if one in held and _meaning(held[one]) == _meaning(what)}
        changed = {one: what for one, what in said.items() if one not in same}
        self.batches.append((at, changed))
        return len(new), len(changed) - len(new), len(same)


def _meaning(said):
    """What an observation says, wherever it stood."""
    if said.absence:
        return said.absence
    return said.value, said.decimals, said.margin


exact = st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False)
few = st.sampled_from([Decimal(0), Decimal("1.50"), Decimal("-0"), Decimal("1e3")])
figures = st.builds(
    Observed,
    st.one_of(few, exact),
    st.integers(0, 2),
    st.one_of(st.none(), few),
    mark=st.just(""),
    cell=st.text("AB1", max_size=3),
)
absences = st.builds(Observed, absence=st.sampled_from(list(AbsenceKind)), mark=st.sampled_from(["", "..", "–"]))
places = st.builds(
    Place,
    st.sampled_from(["1.1.1", "B.1"]),
    st.sampled_from(["00", "0180"]),
    st.sampled_from([2019, 2020]),
    st.sampled_from([0, 1]),
    st.sampled_from(list(Sex)),
    st.sampled_from(["", "age:65-79"]),
)
batches = st.lists(st.dictionaries(places, st.one_of(figures, absences), max_size=8), min_size=1, max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(batches)
def test_it_says_the_same_as_the_naive_one(lillkoping, days):
    naive = Naive()
    with transaction.atomic():
        for day, said in enumerate(days):
            done = take(said, days=day)
            assert (done.new, done.revised, done.unchanged) == naive.take(AT + timedelta(days=day), said)
        for moment in (None, *(AT + timedelta(days=day) for day in range(len(days)))):
            found = queries.observations("1.1.1", known_at=moment) | queries.observations("B.1", known_at=moment)
            held = naive.held(moment)
            assert {one: _meaning(said) for one, said in found.items()} == {
                one: _meaning(said) for one, said in held.items()
            }
        assert Observation.objects.filter(is_current=True).count() == len(naive.held())
        transaction.set_rollback(True)


def test_exact_to_the_last_digit(lillkoping):
    written = Decimal("12345678901234567890.123456789012")
    take({place(): Observed(written, 12, Decimal("0.000000000001"))})
    (found,) = queries.observations("1.1.1").values()
    assert (found.value, found.margin) == (written, Decimal("0.000000000001"))


# --- size -----------------------------------------------------------------------------------------


def fifty_thousand(value):
    """One indicator for 694 areas, 24 years and 3 sexes: 49,968 places."""
    return {
        Place("1.1.1", f"q{number}", 2015 + year, sex=sex): Observed(value, 1)
        for number in range(694)
        for year in range(24)
        for sex in Sex
    }


@pytest.fixture
def many_areas(lillkoping):
    register(*(area(f"q{number}") for number in range(694)))


def test_fifty_thousand_rows_take_seconds(many_areas):
    first = fifty_thousand(Decimal("71.5"))
    began = process_time()
    assert take(first).new == len(first) == 49_968
    taken = process_time() - began
    print(f"{connection.vendor}: {taken:.1f} s of ours for {len(first)} new rows")
    assert taken < 20, f"{taken:.1f} s"  # a few; a row at a time takes minutes


@pytest.mark.nightly
def test_fifty_thousand_rows_take_little_memory_beside_themselves(many_areas):
    first, second = fifty_thousand(Decimal("71.5")), fifty_thousand(Decimal("71.6"))
    take(first)
    start()
    done = take(second | dict(list(first.items())[:100]), days=1)
    _, most = get_traced_memory()
    stop()
    assert (done.revised, done.unchanged) == (49_868, 100)
    assert most < 30_000_000, f"{most / 1e6:.0f} MB"
