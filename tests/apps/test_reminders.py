"""Reminders: who gets a digest, when, once; over real SMTP, also when it fails or two processes send at once."""

import socket
import threading
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import reporting_year as year
from tests.reporting_year import BUILDER, IN_PLANNING, IN_TERTIAL_1, T1, actor
from typer.testing import CliRunner

from ledtrad.apps.goals import actions as goals
from ledtrad.apps.people import actions as people
from ledtrad.apps.people.models import Answering, Person
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Reminder
from ledtrad.apps.reporting.queries.reminders import digests
from ledtrad.apps.steering import actions as steering
from ledtrad.core.assessment import Decision
from ledtrad.site.command_line.application import app
from ledtrad.site.command_line.reminding import send_all

A_WEEK_BEFORE = date(2021, 5, 3)
DUE = date(2021, 5, 10)
CLOCK = lambda: datetime(2021, 5, 3, 5, 0, tzinfo=UTC)  # noqa: E731


@pytest.fixture
def year_2021(city):
    """Tertial 1 is open; kultur's report is opened; Rut answers for one row of it with Rolf as stand-in."""
    year.build()
    Person.objects.update(invented=False)
    appointed = [
        people.NewResponsibility("activity:2021/kultur/1", year.email("rut"), date(2021, 1, 1), unit="kultur"),
        people.NewResponsibility(
            "activity:2021/kultur/1", year.email("lars"), date(2021, 1, 1), Answering.STAND_IN, "kultur"
        ),
        people.NewResponsibility("goal:1.1", year.email("lars"), date(2021, 1, 1), unit="kultur"),
    ]
    people.make_responsible(responsibilities=appointed, by=BUILDER, at=IN_PLANNING)
    reporting.open_report(unit="kultur", period=T1, by=actor("rut"), at=IN_TERTIAL_1)


def left(day, **options):
    return {digest.to.name.split()[0]: digest for digest in digests(day, **options)}


# --- who and when ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("year_2021")
def test_owners_stand_ins_and_those_who_hand_in_get_one_digest_each():
    found = left(A_WEEK_BEFORE)
    assert set(found) == {"Rut", "Rolf", "Sara", "Lars"}
    (mine,) = found["Lars"].left
    assert (mine.titles, mine.rows, mine.as_writer) == (
        ("Läsa högt i alla förskolor", "Alla barn når sin fulla potential"),
        2,
        False,
    )
    writer, owner = found["Rut"].left
    assert (writer.as_writer, owner.as_writer, owner.titles) == (True, False, ("Läsa högt i alla förskolor",))


@pytest.mark.usefixtures("year_2021")
def test_what_is_done_is_not_reminded_of():
    report = reporting.open_report(unit="kultur", period=T1, by=actor("rut"), at=IN_TERTIAL_1)
    from ledtrad.apps.reporting.queries import rows_of

    for row in rows_of(report):
        if row.subject in ("2021/kultur/1", "1.1"):
            content = {"progress": "done"} if row.subject != "1.1" else year.FULL_YEAR_ROWS["1.1"]
            if row.subject == "1.1":
                content = content | {"forecast_met": "70", "forecast_partly": "20", "forecast_not_met": "10"}
            save = reporting.RowSave(row.id, content, row.version, f"fill-{row.id}")
            reporting.save_rows(saves=[save], by=actor("rut"), at=IN_TERTIAL_1)
    assert "Lars" not in left(A_WEEK_BEFORE)


@pytest.mark.usefixtures("year_2021")
def test_whoever_has_left_wants_no_mail_or_is_invented_gets_none():
    Person.objects.filter(name__startswith="Lars").update(wants_mail=False)
    Person.objects.filter(name__startswith="Rolf").update(invented=True)
    people.deactivate(person=year.email("sara"), by=BUILDER, at=IN_TERTIAL_1)
    assert set(left(A_WEEK_BEFORE)) == {"Rut"}


@pytest.mark.usefixtures("year_2021")
@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2021, 4, 25), 0),
        (date(2021, 4, 26), 4),  # 14 days before, and the day it opens
        (DUE, 4),
        (date(2021, 5, 31), 4),
        (date(2021, 6, 1), 0),  # it has closed
        (date(2021, 7, 1), 0),
    ],
)
def test_digests_go_out_while_the_phase_receives(day, count):
    assert len(digests(day)) == count


@pytest.mark.usefixtures("year_2021")
def test_one_who_was_reminded_waits_for_the_next_point():
    sent = [A_WEEK_BEFORE]
    rut = Person.objects.get(email=year.email("rut"))
    Reminder.objects.create(person=rut, day=sent[0], subject="Kvar att göra", sent_at=CLOCK())
    days = [A_WEEK_BEFORE + timedelta(days=number) for number in range(29)]
    for day in days:
        if "Rut" in left(day):
            sent.append(day)
            Reminder.objects.create(person=rut, day=day, subject="Kvar att göra", sent_at=CLOCK())
    assert [day.isoformat() for day in sent] == [
        "2021-05-03",
        "2021-05-08",
        "2021-05-10",
        "2021-05-11",
        "2021-05-18",
        "2021-05-25",
    ]


@pytest.mark.usefixtures("year_2021")
def test_those_who_make_plans_are_reminded_until_it_is_adopted():
    day = date(2021, 1, 8)
    assert {name for name, digest in left(day).items() if digest.left[0].card is None} == {"Rut", "Rolf", "Sara", "Ove"}
    decision = Decision("Kulturnämnden", date(2021, 1, 9), "§ 3", "KUN 2021/2")
    steering.adopt_plan(unit="kultur", year=2021, decision=decision, by=BUILDER, at=IN_PLANNING)
    assert set(left(day)) == {"Ove"}


# --- the mail ----------------------------------------------------------------------------------------------------


class Box:
    """An SMTP server in a thread of its own: keeps what it is given, or refuses it."""

    def __init__(self, delay=0.0, refuse="", fail_after=None):
        self.mails, self.delay, self.refuse, self.fail_after = [], delay, refuse, fail_after

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refuse and address.startswith(self.refuse):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.fail_after is not None and len(self.mails) >= self.fail_after:
            server.transport.close()
            return "421 going down"
        time.sleep(self.delay)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    @property
    def receivers(self):
        return sorted(mail["To"] for mail in self.mails)


@pytest.fixture
def post(settings):
    """Starts mail servers, and points the site at the latest."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = "127.0.0.1", False, 5

    @contextmanager
    def serving(**options):
        box = Box(**options)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            settings.EMAIL_PORT = probe.getsockname()[1]
        controller = Controller(box, hostname="127.0.0.1", port=settings.EMAIL_PORT, ready_timeout=60)
        controller.start()
        try:
            yield box
        finally:
            controller.stop()

    return serving


def run(*arguments):
    return CliRunner().invoke(app, ["remind", "--day", "2021-05-03", *arguments])


@pytest.fixture
def here(monkeypatch):
    """The command finds Django already set up, and a database that is of its age."""
    monkeypatch.setattr("ledtrad.site.command_line.reminding.connect", lambda: None)
    monkeypatch.setenv("LEDTRAD_ADDRESS", "https://ledtrad.lillkoping.example/")


@pytest.mark.usefixtures("year_2021", "here")
def test_the_mail_says_what_is_left_by_when_in_text_and_html(post):
    with post() as box:
        done = run()
    assert (done.exit_code, "4 av 4 påminnelser skickades" in done.output) == (0, True)
    assert box.receivers == sorted(year.email(name) for name in ("rut", "rolf", "sara", "lars"))
    mail = next(mail for mail in box.mails if mail["To"] == year.email("lars"))
    assert mail["Subject"].strip() == "Kvar att göra: tertialrapport 1, klar senast 10 maj 2021"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.startswith("Hej Lars Lillqvist!\n")
    assert "Ska vara klart senast den 10 maj 2021, om 7 dagar. Kl. 00.00 är det sent." in text
    assert "2 rader som du svarar för är inte ifyllda." in text
    assert "  - Läsa högt i alla förskolor\n" in text
    assert "https://ledtrad.lillkoping.example/arbete/2021/kultur/t1/\n" in text
    html = mail.get_body(("html",)).get_content()
    assert '<a href="https://ledtrad.lillkoping.example/arbete/2021/kultur/t1/">' in html
    assert "<li>Läsa högt i alla förskolor</li>" in html


@pytest.mark.usefixtures("year_2021", "here")
def test_titles_cannot_smuggle_markup_or_headers_into_the_mail(post):
    goals.change_activity(
        code="2021/kultur/1",
        title='<script>alert("hej")</script> Bcc: annan@example.org',
        starts=date(2021, 1, 1),
        ends=date(2021, 12, 31),
        by=BUILDER,
        at=IN_PLANNING,
    )
    from ledtrad.apps.reporting.models import Row

    Row.objects.filter(subject="2021/kultur/1").update(
        frame='{"title":"<script>alert(1)</script>\\r\\nBcc: annan@example.org"}'
    )
    with post() as box:
        run()
    mail = next(mail for mail in box.mails if mail["To"] == year.email("lars"))
    assert "<script>" not in mail.get_body(("html",)).get_content()
    assert mail["Bcc"] is None


@pytest.mark.usefixtures("year_2021", "here")
def test_a_second_run_the_same_day_sends_nothing(post):
    with post() as box:
        assert "4 av 4" in run().output
        assert "0 av 0" in run().output
        assert len(box.mails) == 4
    assert Reminder.objects.filter(subject="").count() == 0


@pytest.mark.usefixtures("year_2021", "here")
def test_a_dry_run_sends_nothing_and_keeps_nothing(post):
    with post() as box:
        shown = run("--dry-run")
        assert (shown.exit_code, box.mails, Reminder.objects.count()) == (0, [], 0)
    assert "Lars Lillqvist <lars@lillkoping.example>: Kvar att göra" in shown.output
    assert "4 påminnelser skulle skickas. Ingenting har skickats." in shown.output


@pytest.mark.usefixtures("year_2021", "here")
def test_a_dead_server_loses_nothing_and_the_next_run_sends_all(post):
    with post():
        pass  # it has been there, and is gone
    dead = run()
    assert dead.exit_code == 1
    assert "0 av 4 påminnelser skickades" in dead.output
    assert "Mejlservern svarar inte" in dead.output
    assert "4 påminnelser är kvar" in dead.output
    assert Reminder.objects.count() == 0
    with post() as box:
        assert run().exit_code == 0
    assert len(box.mails) == 4


@pytest.mark.usefixtures("year_2021", "here")
def test_a_server_that_dies_in_the_middle_leaves_the_rest_to_the_next_run(post):
    with post(fail_after=2) as first:
        broken = run()
    assert (broken.exit_code, len(first.mails)) == (1, 2)
    assert "2 av 4 påminnelser skickades" in broken.output
    with post() as second:
        assert run().exit_code == 0
    assert len(second.mails) == 2
    assert sorted(first.receivers + second.receivers) == sorted(set(first.receivers + second.receivers))


@pytest.mark.usefixtures("year_2021", "here")
def test_a_refused_address_stops_nobody_else(post):
    with post(refuse="rolf@") as box:
        done = run()
    assert done.exit_code == 1
    assert "rolf@lillkoping.example togs inte emot av mejlservern" in done.output
    assert year.email("rolf") not in box.receivers
    assert len(box.mails) == 3
    with post() as box:
        run()
    assert box.receivers == [year.email("rolf")]


@pytest.mark.usefixtures("year_2021", "here")
def test_a_claim_that_a_dead_process_left_is_taken_over_after_a_while(post):
    rut = Person.objects.get(email=year.email("rut"))
    claimed = CLOCK()
    Reminder.objects.create(person=rut, day=A_WEEK_BEFORE, subject="", sent_at=claimed)
    with post() as box:
        soon = send_all(digests(A_WEEK_BEFORE), "https://x.example", lambda: claimed + timedelta(minutes=14))
        assert (soon.wanted, soon.sent, year.email("rut") in box.receivers) == (4, 3, False)
        later = send_all(digests(A_WEEK_BEFORE), "https://x.example", lambda: claimed + timedelta(minutes=16))
        assert (later.sent, year.email("rut") in box.receivers) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_each_digest_once(transactional_db, year_2021, post):
    if connection.vendor == "sqlite":
        pytest.skip("a database in memory refuses at once where a file would let the second one wait")
    with post(delay=0.05) as box:
        starting, answers = threading.Barrier(3), []

        def work():
            try:
                found = digests(A_WEEK_BEFORE)
                starting.wait()
                answers.append(send_all(found, "https://x.example", CLOCK))
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [done.troubles for done in answers] == [[], [], []]
    assert sum(done.sent for done in answers) == 4
    assert box.receivers == sorted(set(box.receivers))
    assert len(box.mails) == 4


@pytest.mark.usefixtures("year_2021", "here")
@pytest.mark.parametrize("written", ["x", "14;7", "-1", "999999"])
def test_days_that_are_no_days_are_refused(monkeypatch, written):
    monkeypatch.setenv("LEDTRAD_REMIND_DAYS", written)
    done = run()
    assert (done.exit_code, "14,7,2,0" in str(done.output) + str(done.stderr)) == (2, True)


@pytest.mark.usefixtures("year_2021")
def test_the_days_before_can_be_chosen():
    assert digests(date(2021, 5, 2), before=(9, 1)) == digests(date(2021, 5, 2), before=(9,))
    assert digests(date(2021, 5, 2), before=(1,)) == ()


@pytest.mark.usefixtures("year_2021")
def test_the_number_of_questions_does_not_grow():
    def asked():
        digests(A_WEEK_BEFORE)  # what is kept until the log grows is read
        with CaptureQueriesContext(connection) as questions:
            found = digests(A_WEEK_BEFORE)
        return len(questions), len(found)

    before = asked()
    people.register_people(
        people=[people.NewPerson(f"p{number}@lillkoping.example", f"Person {number}") for number in range(30)],
        by=BUILDER,
        at=IN_PLANNING,
    )
    people.make_responsible(
        responsibilities=[
            people.NewResponsibility(
                "activity:2021/kultur/2", "p0@lillkoping.example", date(2021, 1, 1), unit="kultur"
            ),
            people.NewResponsibility("goal:1.2", "p1@lillkoping.example", date(2021, 1, 1)),
        ],
        by=BUILDER,
        at=IN_PLANNING,
    )
    after = asked()
    assert after == (before[0], before[1] + 2)
    assert before[0] <= 16
