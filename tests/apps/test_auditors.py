"""The auditors say what they hold, the city answers; nothing that they write changes a figure of the city's.

Rakel audits Lillköping. Carl controls at the centre, Sara is kulturnämnden's secretary, Ove reports for miljönämnden.
"""

from dataclasses import astuple
from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import reporting_year, universe
from tests.reporting_year import actor

from ledtrad.apps.annual_report.queries import document, facts_of
from ledtrad.apps.audit.freshness import forget
from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen, why_not
from ledtrad.apps.audit.queries import entries_about, verify
from ledtrad.apps.auditors.actions import answer_opinion, give_opinion
from ledtrad.apps.auditors.models import Answer, Opinion
from ledtrad.apps.auditors.moments import NoSuchMoment, moment_of, shown_clock
from ledtrad.apps.auditors.policies import check_may_give_opinion, check_may_look_back
from ledtrad.apps.auditors.queries import opinion_by_id, opinion_history, opinions_of_year, units_that_answer
from ledtrad.apps.goals.queries import goal_year, matrix, overview
from ledtrad.apps.organisation.actions import NewUnit, register_units
from ledtrad.apps.organisation.models import UnitKind
from ledtrad.apps.people.actors import NOBODY
from ledtrad.core.assessment import Verdict
from ledtrad.core.calendar import CITY_CLOCK

AT = datetime(2021, 4, 15, 12, 0, tzinfo=CITY_CLOCK)
DUE = date(2021, 6, 30)
LAST_MOMENT = datetime(2021, 6, 30, 23, 59, 59, 999_999, tzinfo=CITY_CLOCK)
MIDNIGHT = datetime(2021, 7, 1, 0, 0, tzinfo=CITY_CLOCK)
REASONS = "Otryggheten har ökat trots många insatser. Effekten är inte visad."


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Lillköping with its reporting year: built once, what a test does is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def year(built, db):
    """The reporting year, for one test."""


def give(by="rakel", at=AT, **changed):
    told = {
        "goal": "1.2",
        "year": 2020,
        "verdict": Verdict.NOT_MET,
        "reasons": REASONS,
        "known_at": AT,
        "answered_by_unit": "kultur",
        "answer_due": DUE,
    }
    give_opinion(**{**told, **changed}, by=actor(by) if isinstance(by, str) else by, at=at)
    return opinion_history("1.2", 2020)[0] if not changed.get("goal") else None


def answer(opinion, text="Vi följer upp effekten från hösten.", by="carl", at=AT + timedelta(days=1), **changed):
    answer_opinion(opinion_id=opinion.id, text=text, by=actor(by), at=at, **changed)
    return opinion_by_id(opinion.id)


# -------------------------------------------------------------------------------------------------------- the opinion


def test_an_opinion_is_kept_with_its_reasons_its_moment_and_who_is_to_answer(year):
    found = give()
    assert (found.verdict, found.reasons, found.known_at) == (Verdict.NOT_MET, REASONS, AT)
    assert (found.unit, found.unit_name, found.answer_due) == ("kultur", "Kulturnämnden", DUE)
    assert (found.given_by, found.given_at, found.answer) == ("person:rakel", AT, None)
    assert opinions_of_year(2020) == {"1.2": found}


@pytest.mark.parametrize("name", [name for name in reporting_year.PEOPLE if name != "rakel"])
def test_only_the_auditors_give_opinions(year, name):
    with pytest.raises(Forbidden, match="Bara revisorerna"):
        give(by=name)
    assert not Opinion.objects.exists()
    # The same sentence explains why the form is not there.
    assert why_not(check_may_give_opinion, actor(name)).startswith("Bara revisorerna")


def test_a_reader_without_a_name_gives_none_and_does_not_look_back(year):
    with pytest.raises(Forbidden):
        give(by=NOBODY)
    assert why_not(check_may_look_back, NOBODY)
    assert {name: not why_not(check_may_look_back, actor(name)) for name in reporting_year.PEOPLE} == {
        name: name in ("rakel", "carl") for name in reporting_year.PEOPLE
    }


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reasons": "  \n "}, "Skriv skälen"),
        ({"reasons": "x" * 1_000_000}, "Texten har 1\u00a0000\u00a0000 tecken"),
        ({"reasons": "Noll\x00byte"}, "styrtecken"),
        ({"known_at": AT + timedelta(microseconds=1)}, "har inte varit än"),
        ({"answer_due": date(2021, 4, 14)}, "har redan varit"),
        ({"answer_due": date(2091, 4, 14)}, "mer än tre år fram"),
        ({"answered_by_unit": "finns-inte"}, "Välj vilken nämnd"),
        ({"answered_by_unit": "bibliotek"}, "Välj vilken nämnd"),  # a unit beneath a board
        ({"answered_by_unit": "arsta"}, "Välj vilken nämnd"),  # merged away before 2021
        ({"goal": "9.9"}, "Målet 9.9 finns inte 2020"),
        ({"year": 1999}, "Målet 1.2 finns inte 1999"),
    ],
)
def test_an_opinion_that_does_not_hold_is_refused_with_a_sentence(year, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        give(**changed)
    assert not Opinion.objects.exists()


def test_the_day_itself_is_still_a_day_to_answer_on(year):
    assert give(answer_due=AT.date()).answer_due == AT.date()


def test_a_text_is_kept_in_one_form_whatever_the_keyboard(year):
    assert give(reasons="A\u030arsta\r\nO\u0308").reasons == "Årsta\nÖ"


def test_a_new_opinion_takes_over_and_the_earlier_one_stays(year):
    first = give()
    second = give(verdict=Verdict.PARTLY, rests_on=first.id, at=AT + timedelta(days=2), known_at=AT)
    assert [one.verdict for one in opinion_history("1.2", 2020)] == [Verdict.PARTLY, Verdict.NOT_MET]
    assert opinions_of_year(2020)["1.2"] == second
    # As it was known before: the first.
    assert opinions_of_year(2020, known_at=AT)["1.2"].verdict is Verdict.NOT_MET
    assert opinions_of_year(2020, known_at=AT - timedelta(seconds=1)) == {}


def test_nobody_overwrites_an_opinion_unseen(year):
    give()
    with pytest.raises(Conflict, match="Någon annan har sparat en text"):
        give(reasons="Något annat.", at=AT + timedelta(hours=1))
    assert Opinion.objects.count() == 1


def test_the_same_opinion_sent_again_is_the_same_opinion(year):
    first = give()
    assert give(at=AT + timedelta(seconds=3)) == first
    assert len(entries_about("opinion:1.2/2020")) == 1


def test_the_log_names_the_unit_that_is_to_answer(year):
    """By its short name: a number would tell the reader nothing, and another after a restore."""
    give()
    assert entries_about("opinion:1.2/2020")[0].after["answered_by"] == "kultur"


# --------------------------------------------------------------------------------------------------------- the answer


@pytest.mark.parametrize("name", ["carl", "sara"])
def test_the_city_answers_through_a_controller_or_the_boards_secretary(year, name):
    found = answer(give(), by=name)
    assert (found.answer.answered_by, found.answer.is_late) == (f"person:{name}", False)


@pytest.mark.parametrize("name", ["rut", "rolf", "lars", "ulla", "ove", "edit", "rakel", "ada"])
def test_nobody_else_answers(year, name):
    opinion = give()
    with pytest.raises(Forbidden, match="Bara en central controller"):
        answer(opinion, by=name)
    assert not Answer.objects.exists()


def test_another_boards_secretary_does_not_answer(year):
    """Sara is kulturnämnden's; miljönämnden was asked."""
    opinion = give(answered_by_unit="miljo")
    with pytest.raises(Forbidden):
        answer(opinion, by="sara")


@pytest.mark.parametrize(("at", "is_late"), [(LAST_MOMENT, False), (MIDNIGHT, True)])
def test_an_answer_is_late_at_midnight_after_the_day_and_is_taken_all_the_same(year, at, is_late):
    opinion = give()
    assert opinion.is_overdue(at) is is_late
    found = answer(opinion, at=at)
    assert found.answer.is_late is is_late
    assert not found.is_overdue(at + timedelta(days=99))


def test_a_later_answer_takes_over_and_the_earlier_one_stays(year):
    opinion = answer(give())
    with pytest.raises(Conflict):
        answer(opinion, "Ett annat svar.", by="sara")
    found = answer(opinion, "Ett annat svar.", by="sara", rests_on=opinion.answer.id, at=MIDNIGHT)
    assert [one.text for one in found.answers] == ["Ett annat svar.", "Vi följer upp effekten från hösten."]
    assert [one.is_current for one in found.answers] == [True, False]
    assert opinions_of_year(2020, known_at=LAST_MOMENT)["1.2"].answer.text == "Vi följer upp effekten från hösten."


def test_the_same_answer_sent_again_is_the_same_answer(year):
    opinion = give()
    assert answer(opinion) == answer(opinion, at=MIDNIGHT)
    assert Answer.objects.count() == 1


def test_an_opinion_that_has_been_replaced_is_not_answered(year):
    first = give()
    give(verdict=Verdict.MET, rests_on=first.id)
    with pytest.raises(Conflict, match="en ny bedömning"):
        answer(first)


def test_an_empty_answer_and_an_unknown_opinion_are_refused(year):
    opinion = give()
    with pytest.raises(Refused, match="Skriv ett svar"):
        answer(opinion, " ")
    with pytest.raises(Unseen):
        answer_opinion(opinion_id=opinion.id + 999, text="Svar", by=actor("carl"), at=AT)


# ------------------------------------------------------------------------------- what they write changes nothing else


def everything_of_the_city():
    """Every fact with its fingerprint and cells, every section and the whole year, the tree and the matrix."""
    forget()
    facts = {y: {name: astuple(fact) for name, fact in facts_of(None, y).items()} for y in (2019, 2020, 2021)}
    documents = {(y, goal): document(y, goal) for y in (2019, 2020, 2021) for goal in (None, "1.1", "1.2", "2.1")}
    pictures = {y: (overview(y), matrix(y), goal_year("1.2", y)) for y in (2019, 2020, 2021)}
    return facts, documents, pictures


def test_nothing_that_the_auditors_write_changes_the_citys_figures(year):
    universe.build_report()
    reporting_year.open_and_fill()
    before = everything_of_the_city()
    assert len(before[0][2020]) > 40  # so that the test is about something
    assert before[1][2020, "1.2"] is not None
    for goal in ("1.1", "1.1.F", "1.2", "2.1", "1"):
        for number, verdict in enumerate(Verdict):
            standing = next(iter(opinion_history(goal, 2020)), None)
            give_opinion(
                goal=goal,
                year=2020,
                verdict=verdict,
                reasons=f"Skäl {number}: 17 av 29 nämnder, 84 procent.",
                known_at=AT,
                answered_by_unit="ks",
                answer_due=DUE,
                rests_on=standing.id if standing else 0,
                by=actor("rakel"),
                at=AT + timedelta(hours=number),
            )
        answer(opinion_history(goal, 2020)[0])
    assert Opinion.objects.count() == 15
    assert everything_of_the_city() == before


def test_what_was_said_is_in_the_log_and_can_be_neither_changed_nor_deleted(year):
    opinion = answer(give())
    actions = [entry.action for entry in entries_about("opinion:1.2/2020")]
    assert actions == ["auditors.answer_opinion", "auditors.give_opinion"]
    assert verify().is_whole
    for rows, field in ((Opinion.objects, "reasons"), (Answer.objects, "text")):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**{field: "Allt är bra."})
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()
    assert opinion_by_id(opinion.id) == opinion


def test_an_opinion_that_is_refused_leaves_nothing_in_the_log(year):
    entries = verify().entries
    with pytest.raises(Refused):
        give(reasons="")
    assert verify().entries == entries


# ------------------------------------------------------------------------------------------------------------ queries


def test_whom_one_may_ask_are_the_bodies_of_the_day_in_swedish_order(year):
    assert list(units_that_answer(date(2021, 6, 1)).values()) == [
        "Kommunfullmäktige",
        "Kommunstyrelsen",
        "Kulturnämnden",
        "Lillköpings Stadshus AB",
        "Miljönämnden",
        "Årsta-Älvsjö stadsdelsnämnd",
    ]


def test_the_number_of_questions_does_not_grow(year):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            opinions_of_year(2020)
            opinion_history("1.2", 2020)
            units_that_answer(date(2021, 6, 1))
        return len(asked)

    answer(give())
    few = questions()
    for goal in ("1.1", "2.1"):
        give(goal=goal)
        answer(opinion_history(goal, 2020)[0])
    more = [NewUnit(f"n{number}", f"Nämnd {number}", UnitKind.DISTRICT_BOARD, date(2010, 1, 1)) for number in range(20)]
    register_units(units=more, by="Bygget", at=AT)
    assert questions() == few == 5


# ------------------------------------------------------------------------------------------- a day and a time of day


def test_a_day_alone_is_its_last_moment():
    assert moment_of(date(2021, 4, 15)) == datetime(2021, 4, 15, 23, 59, 59, 999_999, tzinfo=CITY_CLOCK)
    assert shown_clock(moment_of(date(2021, 4, 15))) is None
    assert shown_clock(AT) == time(12, 0)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2028, 2, 29), 24)])
def test_a_day_ends_where_the_city_says_it_does(day, hours):
    """Days of 23 and 25 hours, and the leap day."""
    length = moment_of(day).timestamp() - moment_of(day - timedelta(days=1)).timestamp()
    assert length == hours * 3600


def test_the_hour_that_does_not_come_is_no_moment():
    for clock in (time(2, 0), time(2, 30), time(2, 59)):
        with pytest.raises(NoSuchMoment):
            moment_of(date(2026, 3, 29), clock)
    assert moment_of(date(2026, 3, 29), time(3, 0)).utcoffset() == timedelta(hours=2)


def test_in_the_hour_that_comes_twice_the_second_is_meant():
    """Then everything that was recorded in the first is known."""
    moment = moment_of(date(2026, 10, 25), time(2, 30))
    assert moment.utcoffset() == timedelta(hours=1)
    assert shown_clock(moment) == time(2, 30)
