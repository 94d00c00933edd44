"""Fetching from Kolada: figures in, revisions beside them, and nothing at all when something is wrong."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests import universe
from tests.neighbours.conftest import AT, FRESH, PROGRAM, fetched, later, subscribed, value
from tests.reporting_year import actor

from ledtrad.apps.annual_report import actions as report
from ledtrad.apps.annual_report.queries import document
from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.indicators.actions import record_outcome
from ledtrad.apps.indicators.models import Batch, Observation
from ledtrad.apps.indicators.queries import observations
from ledtrad.apps.neighbours.actions import (
    LEASE,
    Job,
    ask_due,
    ask_fetch,
    reschedule,
    resume,
    run_fetch,
    stop,
    take_next,
)
from ledtrad.apps.neighbours.models import Fetch, Subscription
from ledtrad.apps.neighbours.queries import fetch_by_id, fetch_lines, revisions_of, subscription
from ledtrad.core.observations import Place, Sex
from ledtrad.core.outcomes import AbsenceKind, Measured
from ledtrad.core.periods import Period


def place(year, area="0180", sex=Sex.ALL):
    return Place("1.2.2", area, year, sex=sex)


def test_figures_come_in_by_area_year_and_sex(town, neighbour):
    neighbour.say(values=[value(2023, 101.5, 90, 113), value(2023, 77, area="1480"), value(2024, 98.25)])
    subscribed()
    number, state = fetched()
    assert state == "done"
    held = observations("1.2.2")
    assert {where: said.value for where, said in held.items()} == {
        place(2023): Decimal("101.5"),
        place(2023, sex=Sex.WOMEN): Decimal(90),
        place(2023, sex=Sex.MEN): Decimal(113),
        place(2023, "1480"): Decimal(77),
        place(2024): Decimal("98.25"),
    }
    assert held[place(2023)].decimals == 1, "printed as the indicator's definition says, kept to the last digit"
    card = fetch_by_id(number)
    assert (card.new, card.revised, card.unchanged, card.done, card.total) == (5, 0, 0, 1, 1)
    batch = Batch.objects.get()
    assert (batch.source_name, batch.recorded_by) == ("Kolada, N07401", "Hämtning från grannar")
    assert len(batch.source_fingerprint) == 64
    assert Observation.objects.get(year=2024).cell == "N07401/0180/2024/T"


def test_without_a_split_only_the_total_is_taken(town, neighbour):
    neighbour.say(values=[value(2023, 101.5, 90, 113)])
    subscribed(by_sex=False)
    fetched()
    assert set(observations("1.2.2")) == {place(2023)}


MISSING = [
    ("Missing", AbsenceKind.NOT_MEASURED),
    ("Private", AbsenceKind.SUPPRESSED),
    ("", AbsenceKind.NOT_MEASURED),
    ("..", AbsenceKind.NOT_MEASURED),
    (".", AbsenceKind.NOT_APPLICABLE),
    ("Nytt slag", AbsenceKind.NOT_MEASURED),
]


@pytest.mark.parametrize(("status", "kind"), MISSING)
def test_what_is_missing_is_never_zero(town, neighbour, status, kind):
    neighbour.say(values=[value(2023, None, status=status), value(2024, 0)])
    subscribed()
    number, _ = fetched()
    held = observations("1.2.2")
    assert (held[place(2023)].value, held[place(2023)].absence, held[place(2023)].mark) == (None, kind, status)
    assert held[place(2024)].value == 0
    said = " ".join(line.text for line in fetch_lines(number))
    assert ("okända markeringen ”Nytt slag”" in said) == (status == "Nytt slag")


def test_a_figure_that_is_marked_secret_is_not_kept(town, neighbour):
    row = value(2023, 3)
    row["values"][0]["status"] = "Private"
    neighbour.say(values=[row])
    subscribed()
    fetched()
    (said,) = observations("1.2.2").values()
    assert (said.value, said.absence) == (None, AbsenceKind.SUPPRESSED)


@pytest.mark.parametrize("style", ["next_url", "next_page"])
def test_all_pages_are_read(town, neighbour, style):
    rows = [value(year, year - 2000) for year in range(2015, 2026)]
    neighbour.say(values=rows, page=3, style=style)
    subscribed()
    fetched()
    assert {where.year: said.value for where, said in observations("1.2.2").items()} == {
        year: year - 2000 for year in range(2015, 2026)
    }
    assert sum("/data/" in path for path in neighbour.heard) == 4


def test_figures_from_before_the_indicator_was_defined_are_left_out_and_told(town, neighbour):
    neighbour.say(values=[value(2010, 5), value(2011, 6), value(2024, 7)])
    subscribed()
    number, state = fetched()
    assert state == "done"
    assert set(observations("1.2.2")) == {place(2024)}
    told = " ".join(line.text for line in fetch_lines(number))
    assert "2 värden från före 2015" in told
    assert told.endswith("1 ny siffra, 0 ändrade, 0 som förut.")


def test_a_second_fetch_of_the_same_stores_nothing(town, neighbour):
    subscribed()
    fetched()
    number, state = fetched(at=later())
    card = fetch_by_id(number)
    assert (state, card.new, card.revised, card.unchanged) == ("done", 0, 0, 2)
    assert Batch.objects.count() == 1


def test_what_the_neighbour_revised_stands_beside_what_it_said_before(town, neighbour):
    """Real revisions look like this: N03702 for Finspång 2021 went from 537,347526 to 507,469505."""
    neighbour.say(values=[value(2021, 537.347526), value(2022, 540.1)])
    subscribed()
    fetched()
    neighbour.say(values=[value(2021, 507.469505), value(2022, 540.1)])
    number, _ = fetched(at=later())
    assert fetch_by_id(number).revised == 1
    (revision,) = revisions_of("1.2.2")
    assert (revision.area_name, revision.year) == ("Stockholm", 2021)
    assert (revision.before, revision.after) == (Decimal("537.347526"), Decimal("507.469505"))
    assert revision.revised_at == later()
    assert observations("1.2.2")[place(2021)].value == Decimal("507.469505")
    assert observations("1.2.2", known_at=AT)[place(2021)].value == Decimal("537.347526")


def test_a_published_report_does_not_change(town, neighbour):
    """What is revised afterwards is a revision: not a byte of the published edition is another, nor of what it says.

    The city's outcome, which the report speaks of, is revised beside the neighbour's figure.
    """
    neighbour.say(values=[value(2020, 84)])
    subscribed()
    fetched()
    report.publish_edition(year=2020, by=universe.BY, at=AT)
    before = _published()
    neighbour.say(values=[value(2020, 12)])
    assert fetched(at=later())[1] == "done"
    assert observations("1.2.2")[place(2020)].value == 12
    revised = Measured(universe.percent("12"), universe.percent("11"), universe.percent("13"))
    record_outcome(code="1.2.2", period=Period(2020), outcome=revised, by=universe.BY, at=later())
    assert _published() == before
    assert len(before) > 1_000


def _published():
    from ledtrad.apps.annual_report.models import Edition, Statement

    editions = list(Edition.objects.order_by("pk").values())
    read = document(2020)
    assert read is not None
    return repr((editions, list(Statement.objects.order_by("pk").values()), read))


# --------------------------------------------------------------------------------------- when something is wrong


WRONG = {
    "another KPI": {"lie": {"kpi": "N00001"}},
    "another area": {"lie": {"municipality": "2584"}},
    "not a number": {"values": [value(2023, "4")]},
    "a year that is none": {"values": [value(3023, 4)]},
    "two figures for one place": {"values": [value(2023, 4), value(2023, 5)]},
    "an unknown gender": {"values": [value(2023, 4) | {"values": [{"gender": "X", "value": 1, "status": ""}]}]},
    "no such KPI": {"kpis": []},
    "no JSON": {"fail": [200, "junk"]},
    "an error of its own": {"fail": [200, 500]},
}


@pytest.mark.parametrize("what", WRONG)
def test_nothing_is_stored_when_something_is_wrong(town, neighbour, what):
    subscribed()
    fetched()
    entries = Entry.objects.filter(action="indicators.record_observations").count()
    neighbour.say(**{**FRESH, **WRONG[what]})
    number, state = fetched(at=later())
    assert state == "failed"
    trouble = fetch_by_id(number).trouble
    assert trouble.endswith("Ingenting har sparats.")
    assert trouble.count("Ingenting har sparats.") == 1
    assert Batch.objects.count() == 1
    assert Entry.objects.filter(action="indicators.record_observations").count() == entries


def test_a_neighbour_that_comes_back_is_asked_again(town, neighbour, no_pauses):
    neighbour.say(fail=[503, "drop", 429])
    subscribed()
    number, state = fetched()
    assert state == "done"
    said = [line.text for line in fetch_lines(number) if "Försöker igen" in line.text]
    assert len(said) == 3
    assert "503" in said[0]
    assert "429" in said[2]
    assert no_pauses[-1] == 1.0, "as long as the neighbour asked for"


def test_a_neighbour_that_stays_away_is_given_up(town, neighbour, no_pauses):
    neighbour.say(fail=[503] * 20)
    subscribed()
    number, state = fetched()
    assert state == "failed"
    assert "Gav upp efter 4 försök" in fetch_by_id(number).trouble
    assert len(neighbour.heard) == 4
    assert no_pauses == sorted(no_pauses), "longer and longer pauses"


def test_a_neighbour_that_is_gone(town, neighbour, settings, no_pauses):
    settings.KOLADA = "http://127.0.0.1:9/v3/"
    settings.NEIGHBOURS_INSIDE = ("http://127.0.0.1:9",)
    subscribed()
    number, state = fetched()
    assert state == "failed"
    assert "går inte att nå" in fetch_by_id(number).trouble


# --------------------------------------------------------------------------------------- the queue


def test_one_fetch_at_a_time(town, neighbour):
    subscribed()
    first = ask_fetch(name="valdsbrott", by=PROGRAM, at=AT)
    assert ask_fetch(name="valdsbrott", by=PROGRAM, at=AT) == first
    assert take_next(worker="w1", at=AT) == first
    assert take_next(worker="w2", at=AT) is None
    assert ask_fetch(name="valdsbrott", by=PROGRAM, at=AT) == first


def test_a_worker_that_dies_loses_the_fetch_to_the_next(town, neighbour):
    subscribed()
    number = ask_fetch(name="valdsbrott", by=PROGRAM, at=AT)
    assert take_next(worker="dead", at=AT) == number
    assert take_next(worker="w2", at=AT + LEASE) is None, "it may still live"
    after = AT + LEASE + timedelta(seconds=1)
    assert take_next(worker="w2", at=after) == number
    assert run_fetch(Job(number, "w2", lambda: after)) == "done"
    assert Batch.objects.count() == 1
    assert "Börjar om från början" in " ".join(line.text for line in fetch_lines(number))


def test_a_worker_that_was_thought_dead_stores_nothing(town, neighbour):
    """It was only slow: when it comes back, the fetch is another's, and it leaves it alone."""
    subscribed()
    number = ask_fetch(name="valdsbrott", by=PROGRAM, at=AT)
    take_next(worker="slow", at=AT)
    after = AT + LEASE + timedelta(seconds=1)
    take_next(worker="w2", at=after)
    assert run_fetch(Job(number, "slow", lambda: AT)) == ""
    assert (Batch.objects.count(), fetch_by_id(number).state) == (0, "running")


def test_a_fetch_that_workers_die_with_is_given_up(town, neighbour):
    subscribed()
    number = ask_fetch(name="valdsbrott", by=PROGRAM, at=AT)
    moments = [AT + many * (LEASE + timedelta(seconds=1)) for many in range(4)]
    taken = [take_next(worker=f"w{at}"[:32], at=at) for at in moments]
    assert taken == [number] * 3 + [None]
    assert fetch_by_id(number).state == "failed"
    assert "3 gånger" in fetch_by_id(number).trouble


def test_what_is_due_is_queued_once_and_then_again_a_period_later(town, neighbour):
    subscribed(every_days=7)
    subscribed("for-hand")
    assert ask_due(by=PROGRAM, at=AT) == 1
    assert ask_due(by=PROGRAM, at=AT) == 0
    number = take_next(worker="w1", at=AT)
    run_fetch(Job(number, "w1", lambda: AT))
    assert subscription("valdsbrott").next_at == later(7)
    assert ask_due(by=PROGRAM, at=later(6)) == 0
    assert ask_due(by=PROGRAM, at=later(7)) == 1


def test_a_failed_fetch_is_due_again_at_its_time(town, neighbour, no_pauses):
    neighbour.say(fail=[500])
    subscribed(every_days=1)
    assert fetched()[1] == "failed"
    assert subscription("valdsbrott").next_at == later(1)


def test_what_is_stopped_is_not_fetched(town, neighbour):
    subscribed(every_days=1)
    stop(name="valdsbrott", because="Mäts inte mer.", by=PROGRAM, at=AT)
    assert ask_due(by=PROGRAM, at=later(9)) == 0
    with pytest.raises(Conflict, match="stoppad"):
        ask_fetch(name="valdsbrott", by=PROGRAM, at=AT)
    resume(name="valdsbrott", by=PROGRAM, at=later())
    assert ask_due(by=PROGRAM, at=later()) == 1


def test_what_is_stopped_in_the_middle_stores_nothing(town, neighbour):
    subscribed()
    number = ask_fetch(name="valdsbrott", by=PROGRAM, at=AT)
    take_next(worker="w1", at=AT)
    stop_it = lambda done, total: stop(name="valdsbrott", because="Fel nyckeltal.", by=PROGRAM, at=AT)  # noqa: E731
    assert run_fetch(Job(number, "w1", lambda: AT, stop_it)) == "failed"
    assert Batch.objects.count() == 0


# --------------------------------------------------------------------------------------- who may


@pytest.mark.parametrize("who", ["lars", "rut", "sara", "edit", "rakel", "ada"])
def test_only_the_centre_keeps_subscriptions(town, neighbour, who):
    subscribed("redan")
    for do in (
        lambda by: subscribed(by=by),
        lambda by: ask_fetch(name="redan", by=by, at=AT),
        lambda by: stop(name="redan", because="Nej.", by=by, at=AT),
        lambda by: resume(name="redan", by=by, at=AT),
        lambda by: reschedule(name="redan", every_days=1, by=by, at=AT),
    ):
        with pytest.raises(Forbidden):
            do(actor(who))
    assert (Subscription.objects.count(), Fetch.objects.count()) == (1, 0)


def test_the_centre_may_and_the_log_says_so(town, neighbour):
    carl = actor("carl")
    subscribed(by=carl)
    ask_fetch(name="valdsbrott", by=carl, at=AT)
    done = Entry.objects.filter(action__startswith="neighbours.").order_by("number")
    assert [(entry.action, entry.by) for entry in done] == [
        ("neighbours.subscribe", "person:carl"),
        ("neighbours.ask_fetch", "person:carl"),
    ]


REFUSED = {
    "a name with spaces": {"name": "Våra brott"},
    "no areas": {"areas": ()},
    "an unknown area": {"areas": ("9999",)},
    "an unknown indicator": {"indicator": "9.9.9"},
    "a rhythm of its own": {"every_days": 3},
    "an unknown sort": {"provider": "other"},
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_does_not_hold_is_refused(town, what):
    with pytest.raises(Refused, match=r"\w"):
        subscribed(**REFUSED[what])
    assert not Subscription.objects.exists()


def test_a_name_once(town):
    subscribed()
    with pytest.raises(Refused, match="redan"):
        subscribed()
