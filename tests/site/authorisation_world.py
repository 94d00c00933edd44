"""What the authorisation tests ask about: Lillköping in January 2022, with one object of every kind.

kultur      year report, come back with a question; Rolf saved a row first, so that Rut's text was set aside
bibliotek   (a unit of kultur's) year report, locked
scenen      (a unit of kultur's) year report, submitted
miljo       year report, a draft: another board's
1.2 / 2020  the auditors have given their opinion, and kultur is to answer
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.test import Client
from tests import reporting_year, universe
from tests.apps import surveyed_city
from tests.reporting_year import FULL_YEAR_ROWS, IN_YEAR_REPORT, WHOLE, YEAR, actor, person

from ledtrad.apps.auditors.actions import give_opinion
from ledtrad.apps.auditors.queries import opinion_history
from ledtrad.apps.indicators.actions import (
    BatchSource,
    NewArea,
    receive_upload,
    record_observations,
    register_areas,
)
from ledtrad.apps.indicators.models import AreaKind, Upload
from ledtrad.apps.indicators.queries.examining import examine
from ledtrad.apps.neighbours.actions import NewSubscription, ask_fetch, subscribe
from ledtrad.apps.neighbours.definitions import as_json
from ledtrad.apps.neighbours.models import DriftReport, Fetch, Subscription
from ledtrad.apps.people.models import RoleGrant
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import SetAside
from ledtrad.apps.reporting.queries import questions_of, report_by_id, rows_of
from ledtrad.core.assessment import Decision, Verdict
from ledtrad.core.observations import Observed, Place
from ledtrad.core.series.drift import NeighbourDefinition

# In the order of the table's columns. Ove reports for another board than the one that is asked about.
ROLES = {
    "anonymous": "",
    "reader": "lars",
    "reporter": "rut",
    "other board": "ove",
    "secretary": "sara",
    "unit head": "ulla",
    "controller": "carl",
    "editor": "edit",
    "auditor": "rakel",
    "administrator": "ada",
}


@dataclass(frozen=True)
class World:
    """The objects that addresses and forms name. `version` is that of the row, or of the report of that name."""

    report: int
    row: int
    version: int
    question: int
    set_aside: int
    grant: int
    opinion: int
    scenen: int
    scenen_version: int
    locked_row: int
    locked_version: int
    others_report: int
    others_row: int
    fetch: int
    drift: int
    upload: int
    upload_seen: str


def build() -> World:
    universe.build_city()
    universe.build_report()
    reporting_year.build()
    report = reporting_year.open_and_fill()
    row = row_about(report, "1.2")
    set_aside = _clash(row)
    locked, scenen = _locked("bibliotek", "ulla"), _submitted("scenen", "rut")
    fetch, drift = _neighbours()
    surveyed_city.build(measured_from=2030)
    _observed()
    others = reporting.open_report(unit="miljo", period=WHOLE, by=actor("ove"), at=IN_YEAR_REPORT)
    question = _question(report, row.id)
    locked_row = rows_of(locked)[0]
    upload = _upload()
    return World(
        report=report,
        row=row.id,
        version=row_about(report, "1.2").version,
        question=question,
        fetch=fetch,
        drift=drift,
        set_aside=set_aside,
        grant=RoleGrant.objects.get(person=person("lars")).pk,
        opinion=_opinion(),
        scenen=scenen,
        scenen_version=version_of(scenen),
        locked_row=locked_row.id,
        locked_version=locked_row.version,
        others_report=others,
        others_row=rows_of(others)[0].id,
        upload=upload.pk,
        upload_seen=examine(upload, actor("rut")).fingerprint,
    )


def _observed() -> None:
    """A figure of the city's area, so that there is something to set beside others."""
    record_observations(
        observations={Place("1.1.1", "0180", 2020): Observed(Decimal(72))},
        source=BatchSource("Kolada"),
        by=actor("carl"),
        at=IN_YEAR_REPORT,
    )


def row_about(report, subject):
    return next(one for one in rows_of(report) if one.subject == subject)


def version_of(report) -> int:
    return report_by_id(report).version


def _clash(row) -> int:
    """Rolf saved first; Rut's text was set aside."""
    for name, word in (("rolf", "Rolfs text."), ("rut", "Ruts text.")):
        reporting.save_row(
            row_id=row.id,
            fields={**FULL_YEAR_ROWS["1.2"], "result": word},
            rests_on=row.version,
            save_key=f"{name}-{row.id}",
            by=actor(name),
            at=IN_YEAR_REPORT,
        )
    return SetAside.objects.get().pk


def _submitted(unit, by) -> int:
    report = reporting_year.open_and_fill(unit, by=by)
    reporting.submit_report(report_id=report, rests_on=version_of(report), by=actor(by), at=IN_YEAR_REPORT)
    return report


def _locked(unit, by) -> int:
    report = _submitted(unit, by)
    accepted = Decision("Kulturnämnden", IN_YEAR_REPORT.date(), "", "")
    reporting.decide_report(
        report_id=report, rests_on=version_of(report), decision=accepted, by=actor("sara"), at=IN_YEAR_REPORT
    )
    reporting.lock_report(report_id=report, rests_on=version_of(report), by=actor("sara"), at=IN_YEAR_REPORT)
    return report


def _question(report, row) -> int:
    reporting.submit_report(report_id=report, rests_on=version_of(report), by=actor("rut"), at=IN_YEAR_REPORT)
    reporting.return_report(
        report_id=report,
        rests_on=version_of(report),
        questions=[reporting.NewQuestion("Hur många kvällar?", row, "result")],
        by=actor("carl"),
        at=IN_YEAR_REPORT,
    )
    (question,) = questions_of(report)
    return question.id


def _upload() -> Upload:
    """A file that Rut has sent in, about an indicator of the council's."""
    content = b"Indikator;2020\n1.2.2;85,0\n"
    number = receive_upload(pieces=[content], name="utfall.csv", by=actor("rut"), at=IN_YEAR_REPORT)
    return Upload.objects.get(pk=number)


def _neighbours() -> tuple[int, int]:
    """A subscription whose fetch waits, and one whose definition has drifted: the numbers of fetch and drift."""
    register_areas(areas=[NewArea("0180", AreaKind.MUNICIPALITY, "Stockholm")], by=actor("carl"), at=IN_YEAR_REPORT)
    pinned, found = NeighbourDefinition("Trygga, andel (%)"), NeighbourDefinition("Otrygga, andel (%)")
    for name in ("trygga", "otrygga"):
        new = NewSubscription(name, "kolada", "kolada", "N00001", "1.2.2", ("0180",), pinned)
        subscribe(new=new, by=actor("carl"), at=IN_YEAR_REPORT)
    fetch = ask_fetch(name="trygga", by=actor("carl"), at=IN_YEAR_REPORT)
    held = Fetch.objects.create(
        subscription=Subscription.objects.get(name="otrygga"),
        state="held",
        asked_by="person:carl",
        asked_at=IN_YEAR_REPORT,
        ended_at=IN_YEAR_REPORT,
    )
    drift = DriftReport.objects.create(
        subscription=held.subscription,
        fetch=held,
        found_at=IN_YEAR_REPORT,
        kind="question",
        pinned=as_json(pinned),
        found=as_json(found),
        found_fingerprint=found.fingerprint,
    )
    return fetch, drift.pk


def _opinion() -> int:
    give_opinion(
        goal="1.2",
        year=2020,
        verdict=Verdict.PARTLY,
        reasons="Effekten är inte visad.",
        known_at=IN_YEAR_REPORT - timedelta(days=1),
        answered_by_unit="kultur",
        answer_due=date(2022, 6, 30),
        by=actor("rakel"),
        at=IN_YEAR_REPORT,
    )
    return opinion_history("1.2", 2020)[0].id


_RUNNING_A_SURVEY = (
    "survey_plan",
    "survey_answers",
    "survey_answers_take_in",
    "survey_answers_lay_away",
    "survey_answers_delete",
    "survey_weights",
    "survey_publish",
)


def arguments(world: World) -> dict[str, dict[str, object]]:
    """What the parts of an address stand for, by the name of the address; the rest by the name of the part."""
    return {
        "": {
            "year": YEAR,
            "code": "1.2",
            "unit": "kultur",
            "period": "ar",
            "key": "lars",
            "kind": "html",
            "row_id": world.row,
            "question_id": world.question,
            "set_aside_id": world.set_aside,
            "grant": world.grant,
            "pk": 1,
            "upload_id": world.upload,
            "token": person("lars").feed_token,
            "trace_id": "goal:1.2/2020/verdict",
            "object_id": "activity:2021/kultur/2",
            "provider_id": "stad",
            "organization_slug": "stad",
            "uidb36": "1",
        },
        "indicator": {"year": 2020, "code": "1.2.2"},
        "definition": {"code": "1.2.2"},
        "definition_change": {"code": "1.2.2"},
        "indicator_compare": {"code": "1.1.1"},
        "survey_wave": {"survey": "trygghet", "year": 2018},
        "survey_result": {"survey": "trygghet", "year": 2018, "question": "kvall"},
        "survey_compare": {"survey": "trygghet", "year": 2018, "question": "kvall"},
        "survey_table": {"survey": "trygghet", "year": 2018},
        "survey_data": {"survey": "trygghet", "year": 2018, "question": "kvall", "kind": "json"},
        "survey_table_data": {"survey": "trygghet", "year": 2018, "kind": "json"},
        "survey_new_wave": {"survey": "trygghet"},
        "survey_cancel": {"survey": "trygghet", "year": 2019},
        **{name: {"survey": "trygghet", "year": 2018} for name in _RUNNING_A_SURVEY},
        "neighbours_kpi": {"code": "N00001"},
        "neighbours_table": {"source": "scb", "code": "TAB1"},
        "subscription": {"name": "trygga"},
        "subscription_fetch": {"name": "trygga"},
        "subscription_change": {"name": "trygga"},
        "fetch": {"number": world.fetch},
        "drift": {"number": world.drift},
        "open_indicator": {"code": "1.2.2"},
        "indicator_data": {"year": 2020, "code": "1.2.2", "kind": "json"},
        "comparison_data": {"code": "1.2.2", "kind": "json"},
        "goal_data": {"year": 2020, "kind": "json"},
        "matrix_data": {"kind": "json"},
        "api_indicator": {"code": "1.2.2"},
        "api_versions": {"code": "1.2.2"},
        "api_kolada": {"rest": "kpi"},
        "api_pxweb": {"rest": "tables"},
        "api_unknown": {"rest": "finns-inte"},
        "goal": {"year": 2020},
        "goal_file": {"year": 2020},
        "year_file": {"year": 2020},
        "opinion": {"year": 2020},
        "give_opinion": {"year": 2020},
        "answer_opinion": {"year": 2020},
        "plan_change_goal": {"unit": "kf"},
        "plan_answerers": {"unit": "kf"},
        "plan_change_activity": {"code": "2021/kultur/1"},
        "plan_target": {"code": "K.1"},
        "report_decide": {"unit": "scenen"},
        "way_up": {"unit": "scenen"},
        "correct_row": {"unit": "bibliotek", "row_id": world.locked_row},
        "log_of_object": {"object_id": "report:2021/kultur"},
        "account_reset_password_from_key": {"key": "x-y"},
    }


def forms(world: World) -> dict[str, dict[str, object]]:
    """What is posted, by the name of the address: something that holds, so that only who sends it decides."""
    decision = {"body": "Kulturnämnden", "day": "2022-01-19", "paragraph": "§ 8", "case_number": "KUN 2022/14"}
    return {
        "save_grid": {
            f"{world.row}.result": "Nytt.",
            "versions": f"{world.row}:{world.version}",
            "key": "k1",
            "grid": "assessments",
        },
        "subscription_change": {"steg": "takt", "dagar": "7"},
        "drift": {"betyder": "stopped", "varfor": "En annan fråga."},
        "definition": {"minutes": "30"},
        "paste_rows": {"grid": "indicators", "text": "61,5"},
        "report_submit": {"version": "2"},
        "report_decide": {"version": str(world.scenen_version), **decision},
        "way_up": {"version": str(world.scenen_version), "steg": "godkann", **decision},
        "bulk": {"steg": "decide", "rapport": f"{world.scenen}:{world.scenen_version}"},
        "answer_question": {"answer": "Tolv."},
        "conflict": {"version": str(world.version), "do": "let_go"},
        "correct_row": {
            "version": str(world.locked_version),
            "varfor": "Regnet.",
            "progress": "partly",
            "why": "Bussen gick sönder.",
        },
        "person_give_role": {"role": "reader", "unit": "scenen"},
        "person_end_role": {"last_day": "2022-12-31"},
        "person_rename": {"name": "Lars Lillqvist", "email": "lars@lillkoping.example"},
        "give_opinion": {
            "verdict": "met",
            "reasons": "Effekten är visad.",
            "dag": "2022-01-19",
            "unit": "kultur",
            "due": "2022-06-30",
            "rests_on": str(world.opinion),
        },
        "uploads": {"file": ContentFile(b"Indikator;2021\n1.2.2;86\n", "utfall.csv")},
        "survey_plan": {"population": "Alla vuxna", "modes": ["post", "web"]},
        "survey_cancel": {"reason": "Upphandlingen överklagades."},
        "survey_answers": {"file": ContentFile(b"lopnr;kvall\n1;1\n", "svar.csv")},
        "upload_confirm": {"seen": world.upload_seen},
        "upload_refuse": {"why": "Fel fil."},
        "answer_opinion": {"opinion": str(world.opinion), "text": "Ja.", "rests_on": "0"},
    }


def sent_as_json(world: World) -> dict[str, dict[str, object]]:
    """The same, for what the pages send as JSON."""
    own = {"rests_on": world.version, "save_key": "k1"}
    return {"save_row": {**own, "content": {"result": "Nytt."}}, "restore_row": {**own, "number": 1}}


def clients() -> dict[str, Client]:
    """One for each role, signed in once."""
    found = {}
    for role, name in ROLES.items():
        found[role] = Client(raise_request_exception=True)
        if name:
            found[role].force_login(person(name))
    return found
