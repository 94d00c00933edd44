"""Searching with Swedish words: endings aside, NFC and NFD alike, drafts only for those who may see them."""

import unicodedata
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests import reporting_year as year
from tests import universe

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.goals.models import ActivityKind, Level
from ledtrad.apps.people.actors import NOBODY
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.queries import report_by_id, rows_of
from ledtrad.apps.search.actions import index_new, rebuild
from ledtrad.apps.search.models import SearchPosting, SearchText, Source
from ledtrad.apps.search.queries import search
from ledtrad.apps.search.words import asked_stems, marked, stem, stems
from ledtrad.apps.steering import actions as steering
from ledtrad.core.assessment import Decision
from ledtrad.core.assessment import Verdict as CoreVerdict
from ledtrad.core.periods import Period

AT = year.IN_YEAR_REPORT
WHOLE_DECISION = Decision("Kulturnämnden", date(2021, 11, 1), "§ 3", "KUN 2021/9")


# --- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ("trygghet", "tryggheten"),
        ("Tryggheten", "TRYGGHET"),
        ("årsta", "Årsta"),
        ("ÅRSTA", "i Årstas centrum"),
        ("skola", "skolan"),
        ("skolor", "skolans"),
        ("nämnd", "nämnderna"),
        ("torg", "torgets"),
        ("året", "år"),
        ("arbete", "arbetet"),
        ("bibliotek", "Biblioteken"),
        ("idé", "ide"),
        ("e-tjänst", "E-tjänsten"),
        ("1.2", "mål 1.2"),
        ("2021/kultur/1", "aktivitet 2021/kultur/1"),
    ],
)
def test_a_word_is_found_in_another_form(asked, stands):
    assert set(asked_stems(asked)) <= stems(stands)


@pytest.mark.parametrize(
    ("asked", "stands"),
    [("trygg", "otrygg"), ("år", "Årsta"), ("ål", "al"), ("räv", "rev"), ("1.2", "mål 1.20"), ("1.2", "1 eller 2")],
)
def test_another_word_is_not_found(asked, stands):
    assert not set(asked_stems(asked)) <= stems(stands)


@pytest.mark.parametrize("empty", ["", "  ", "och i på", "!?", "\u0000", "–"])
def test_a_question_that_asks_for_nothing(empty):
    assert asked_stems(empty) == ()


@given(st.text(max_size=60))
def test_composed_and_decomposed_letters_are_the_same(text):
    assert stems(unicodedata.normalize("NFC", text)) == stems(unicodedata.normalize("NFD", text))


@given(st.text(max_size=200))
def test_marking_loses_nothing(text):
    pieces = list(marked(text, frozenset(asked_stems(text))))
    assert "".join(piece for piece, _ in pieces) == unicodedata.normalize("NFC", text)


@given(st.text(max_size=80))
def test_a_text_is_found_by_its_own_words(text):
    for one in text.split():
        assert set(asked_stems(one)) <= stems(one)
    assert len(stem(text)) <= 60


# --- what is found ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping in its reporting year, built once: each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        year.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=["in the index", "not in the index yet"])
def city(request, built, db):
    """Everything twice: brought into the index before each question, and looked through as it stands."""
    return index_new if request.param == "in the index" else (lambda: 0)


def keys(question, who="carl", kind=""):
    actor = NOBODY if who is None else year.actor(who)
    return [hit.text.key for hit in search(question, actor, kind=kind).hits]


def write(subject="1.2", text="Belysningen i Årsta park är utbytt.", unit="kultur", who="rut"):
    report = reporting.open_report(unit=unit, period=year.WHOLE, by=year.actor(who), at=AT)
    row = next(row for row in rows_of(report) if row.subject == subject)
    reporting.save_row(
        row_id=row.id,
        fields={"verdict": "met", "result": text},
        rests_on=row.version,
        save_key=f"{row.id}-{row.version}",
        by=year.actor(who),
        at=AT,
    )
    return report


def close(report, unit="kultur"):
    """Fill in the rest, and take the report all the way up."""
    full = year.FULL_YEAR_ROWS
    for row in rows_of(report):
        if not row.content.is_complete:
            reporting.save_row(
                row_id=row.id,
                fields=full[row.subject],
                rests_on=row.version,
                save_key=f"c{row.id}",
                by=year.actor("rut"),
                at=AT,
            )
    reporting.submit_report(report_id=report, rests_on=0, by=year.actor("rut"), at=AT)
    reporting.decide_report(report_id=report, rests_on=1, decision=year.DECISION, by=year.actor("sara"), at=AT)


@pytest.mark.django_db
def test_goals_indicators_activities_and_assessments(city):
    city()
    assert [key.split(":")[0] for key in keys("barnen potentialen")] == ["goal"]
    assert keys("kvävedioxiden") == ["indicator:2.1.1"]
    assert keys("bokbussen årsta") == ["activity:2021/bibliotek/1"]
    assert len(keys("sett på saken")) == 13
    assert keys("sett saken", kind="mal") == []
    assert keys("finnsingenstans") == []


@pytest.mark.django_db
def test_all_words_must_be_there(city):
    city()
    assert keys("läsa förskolorna") == ["activity:2021/kultur/1"]
    assert keys("läsa kvällar") == []


@pytest.mark.django_db
def test_nfd_and_capitals_find_the_same(city):
    city()
    for written in ("årsta", "Årsta", "ÅRSTA", unicodedata.normalize("NFD", "årsta"), "årstas"):
        assert keys(written, kind="aktivitet") == ["activity:2021/bibliotek/1"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "sees"),
    [("rut", True), ("sara", True), ("lars", True), ("carl", True), ("rakel", True), ("ove", False), ("edit", False)],
)
def test_a_draft_is_found_by_those_who_may_see_it(city, who, sees):
    write()
    city()
    assert keys("belysning parken", who) == (["assessment:1.2/2021/0/kultur"] if sees else [])


@pytest.mark.django_db
def test_a_plan_is_found_by_its_own_line_until_it_is_adopted_and_then_by_all(city):
    """Ulla heads a unit of kultur's, Ove reports for another board; an editor has nothing to do with plans."""
    people = ("rut", "ulla", "carl", "rakel", "ove", "edit")
    planned, told = ["activity:2021/kultur/2"], ["activity:2021/kultur/9"]
    assignment = goals.NewActivity(
        told[0].partition(":")[2], "1.1", "kultur", 2021, ActivityKind.ASSIGNMENT, "Laga taket"
    )
    goals.plan_activities(activities=[assignment], decision=WHOLE_DECISION, by=year.BUILDER, at=AT)

    def found_by():
        city()
        return [who for who in people if keys("öppet kvällar", who) == planned]

    assert found_by() == ["rut", "ulla", "carl", "rakel"]
    assert [keys("öppet kvällar", who) for who in ("ove", "edit")] == [[], []]
    assert keys("taket", "ove") == told, "what the council has told the board to do is no secret"
    adopted = Decision("Kulturnämnden", date(2021, 1, 8), "§ 2", "KUN 2021/3")
    steering.adopt_plan(unit="kultur", year=2021, decision=adopted, by=year.actor("sara"), at=AT)
    assert found_by() == list(people)


@pytest.mark.django_db
def test_what_is_decided_is_found_by_all_at_once_and_what_is_returned_no_longer(city):
    report = write()
    city()
    assert keys("belysning", "ove") == []
    close(report)
    assert keys("belysning", "ove") == ["assessment:1.2/2021/0/kultur"], "without anything being taken in anew"


@pytest.mark.django_db
def test_what_is_locked_is_found_once_and_as_it_stands(city):
    report = write()
    city()
    close(report)
    reporting.lock_report(report_id=report, rests_on=2, by=year.actor("carl"), at=AT)
    city()
    assert keys("belysning", "ove") == ["assessment:1.2/2021/0/kultur"]
    row = next(row for row in rows_of(report) if row.subject == "1.2")
    reporting.correct_row(
        row_id=row.id,
        fields={"result": "Lamporna är utbytta."},
        why="Fel ord.",
        rests_on=row.version,
        by=year.actor("sara"),
        at=AT,
    )
    city()
    assert keys("belysning", "ove") == []
    assert keys("lampor", "ove") == ["assessment:1.2/2021/0/kultur"]


@pytest.mark.django_db
def test_a_draft_that_is_written_anew_is_found_by_its_new_words_alone(city):
    write()
    city()
    write(text="Det är mörkt.")
    city()
    assert (keys("belysning"), keys("mörk")) == ([], ["assessment:1.2/2021/0/kultur"])


@pytest.mark.django_db
def test_a_new_wording_takes_the_place_of_the_old(city):
    city()
    goals.word_objectives(
        wordings=[goals.NewWording("2.1", 2019, "Havet är klart", "Det ska gå att bada.")],
        by=universe.BY,
        at=AT,
    )
    city()
    assert keys("haven", kind="mal")
    assert keys("luft", kind="mal") == []


@pytest.mark.django_db
def test_what_is_withdrawn_is_not_found(city):
    city()
    decision = Decision("Kulturnämnden", date(2021, 11, 1), "§ 3", "KUN 2021/9")
    goals.withdraw_activity(code="2021/bibliotek/1", decision=decision, by=year.BUILDER, at=AT)
    city()
    assert keys("bokbuss") == []
    assert search("bokbuss", year.actor("carl")).total == 0


@pytest.mark.django_db
def test_boards_own_goals_are_found(city):
    goals.set_objectives(
        objectives=[goals.NewObjective("K", "Alla läser romaner", Level.BOARD, 2021, parent="1.1", owner="kultur")],
        by=year.BUILDER.key,
        at=AT,
    )
    city()
    hit = search("romanen", year.actor("lars")).hits[0].text
    assert (hit.code, hit.owner, hit.owner_name) == ("K", "kultur", "Kulturnämnden")


@pytest.mark.django_db
def test_the_latest_year_comes_first(city):
    assessments = [
        goals.BoardAssessment("1.2", "ks", Period(when), CoreVerdict.MET, "Fler ser varandra.") for when in (2019, 2020)
    ]
    goals.record_assessments(assessments=assessments, by=universe.BY, at=AT)
    city()
    assert keys("varandra") == ["assessment:1.2/2020/0/ks", "assessment:1.2/2019/0/ks"]


# --- the index itself ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_taking_in_twice_changes_nothing_and_building_anew_gives_the_same(built):
    assert index_new() > 0
    before = sorted(SearchPosting.objects.values_list("stem__stem", "text__key", "place"))
    assert index_new() == 0
    assert rebuild() > 0
    assert sorted(SearchPosting.objects.values_list("stem__stem", "text__key", "place")) == before
    assert set(SearchText.objects.values_list("source", flat=True)) >= {"wording", "version", "activity", "assessment"}


@pytest.mark.django_db
def test_broken_off_anywhere_it_goes_on_where_it_was(built):
    taken = index_new(most=3)
    assert 0 < taken <= 3 * len(Source)
    assert len(keys("sett på saken")) == 13, "what is not taken in yet is looked through"
    while index_new(most=3):
        pass
    assert len(keys("sett på saken")) == 13


@pytest.mark.django_db
def test_the_index_holds_no_text(built):
    """An erasure needs only to build it anew: what somebody wrote stands nowhere else than in its own table."""
    report = write(text="Kim Hemlig bor på Storgatan.")
    index_new()
    assert keys("hemlig") == ["assessment:1.2/2021/0/kultur"]
    write(text="Någon bor någonstans.")
    rebuild()
    assert not SearchPosting.objects.filter(stem__stem__startswith="hemlig").exists()
    assert report_by_id(report).state == "draft"


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_and_pages_turn(built):
    def write_many(first, last):
        goals.plan_activities(
            activities=[
                goals.NewActivity(f"2021/kultur/n{n}", "1.1", "kultur", 2021, title="Tända lyktor på torget")
                for n in range(first, last)
            ],
            decision=WHOLE_DECISION,
            by=year.BUILDER,
            at=AT,
        )
        index_new()

    def asked(page):
        with CaptureQueriesContext(connection) as caught:
            found = search("lykta torg", year.actor("lars"), page=page)
        return len(caught), found

    write_many(0, 25)
    few, first = asked(1)
    write_many(25, 90)
    many, again = asked(1)
    assert few == many <= 22
    assert (first.total, again.total, again.pages) == (25, 90, 5)
    seen = [hit.text.key for page in range(1, 6) for hit in asked(page)[1].hits]
    assert len(seen) == len(set(seen)) == 90
    assert asked(99)[1].page == 5


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["'", '"; DROP TABLE', "%", "_", "\\", "a" * 5_000, "x " * 500, "<script>"])
def test_hostile_questions_find_nothing_and_break_nothing(built, question):
    assert search(question, year.actor("carl")).hits == ()
