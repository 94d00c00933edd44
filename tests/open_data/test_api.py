"""The read API: what it tells, what it keeps to itself, and how it answers when it is asked wrongly."""

import json

import pytest
from django.conf import settings
from django.test import Client
from tests.open_data import lillkoping
from tests.open_data.lillkoping import ELSEWHERE, HIDDEN, NORTH, SOUTH

from ledtrad.apps.audit.freshness import forget

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
ADDRESSES = (
    "indicators",
    "indicators/1.2.2",
    "indicators/1.2.2/versions",
    "outcomes",
    "observations?indicator=1.2.2",
    "targets",
    "goals",
    "areas",
    "editions",
)


def items(ask, address):
    response = ask(f"/api/v1/{address}")
    assert response.status_code == 200, response.content
    return response.json()["items"]


# ------------------------------------------------------------------------------------------------------ what it tells


def test_an_outcome_keeps_its_digits_and_a_sex_its_absence(ask):
    (one,) = items(ask, "outcomes?indicator=1.2.2&year=2021")
    assert one["total"]["value"] == "86"
    assert one["women"] == {
        "value": None,
        "decimals": None,
        "numerator": None,
        "denominator": None,
        "absence": "suppressed",
        "reason": "Färre än tio svar",
    }
    assert one["men"]["value"] == "87"


def test_zero_is_a_value_and_what_is_missing_has_its_kind_and_mark(ask):
    rows = {
        (row["area"], row["year"], row["sex"]): (row["value"], row["absence"], row["mark"])
        for row in items(ask, "observations?indicator=1.2.2&per_page=1000")
    }
    assert rows[NORTH, 2021, "all"] == ("0.0", None, "")
    assert rows[NORTH, 2020, "women"] == (None, "suppressed", "XX")
    assert rows[SOUTH, 2020, "all"] == (None, "not_measured", "..")
    assert rows[SOUTH, 2019, "men"] == (None, "not_applicable", ".")
    assert len(rows) == 27


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("area=0180-01", 9),
        ("year=2020", 9),
        ("sex=women", 9),
        ("sex=all&year=2021", 3),
        ("area=0180-01&year=2020&sex=men", 1),
        ("area=9999", 0),
    ],
)
def test_observations_are_asked_for_by_area_year_and_sex(ask, asked, number):
    assert len(items(ask, f"observations?indicator=1.2.2&{asked}")) == number


def test_groups_are_told_apart_from_all(ask):
    everything = items(ask, "observations?indicator=2.1.1")
    assert len(everything) == 4
    assert [row["area"] for row in items(ask, "observations?indicator=2.1.1&group=")] == [NORTH]
    (old,) = items(ask, "observations?indicator=2.1.1&group=age:65-79&year=2020")
    assert (old["value"], old["invented"]) == ("-5.0", False)
    assert [row["invented"] for row in everything].count(True) == 1


def test_what_was_known_at_a_moment(ask):
    def of_2020(more=""):
        (one,) = items(ask, f"outcomes?indicator=2.1.1&year=2020{more}")
        return one["total"]["value"], one["is_correction"]

    assert of_2020() == ("28", True)
    assert of_2020("&known_at=2021-05-01T00:00:00%2B02:00") == ("29", False)
    for nobody_knew in ("2020-01-01T00:00:00Z", "0001-01-01T00:00:00%2B14:00", "1900-12-31T23:59:60z"):
        assert items(ask, f"outcomes?known_at={nobody_knew}") == []
    assert of_2020("&known_at=9999-12-31T23:59:59.999999-14:00") == ("28", True)
    assert items(ask, "observations?indicator=1.2.2&known_at=2021-02-28T00:00:00Z") == []
    assert len(items(ask, "observations?indicator=1.2.2&known_at=2021-03-02T00:00:00Z")) == 27


def test_goals_tell_of_the_verdict_and_the_boards(ask):
    goals = {one["code"]: one for one in items(ask, "goals?year=2020")}
    assert goals["1.2"]["verdict"] == "partly"
    assert goals["1.2"]["parent"] == "1"
    assert goals["1.2"]["boards"] == {"met": 3, "partly": 1, "not_met": 0, "none": 1}
    assert goals["1.2"]["indicators"] == ["1.2.1", "1.2.2"]


def test_areas_know_what_they_are_part_of(ask):
    areas = {one["code"]: (one["kind"], one["parent"]) for one in items(ask, "areas")}
    assert areas[NORTH] == ("district", "0180")
    assert [one["code"] for one in items(ask, "areas?kind=municipality")] == ["0180", ELSEWHERE]


def test_pages_lead_on_and_meet_all_once(ask):
    found, address = [], "http://testserver/api/v1/observations?indicator=1.2.2&per_page=10"
    while address:
        page = ask(address).json()
        found += [(row["area"], row["year"], row["sex"]) for row in page["items"]]
        assert page["count"] == 27
        address = page["next"]
    assert len(found) == len(set(found)) == 27


# ---------------------------------------------------------------------------------------- what it keeps to itself


def everything_open(ask):
    addresses = [f"/api/v1/{address}" for address in ADDRESSES]
    addresses += ["/api/kolada/v3/kpi", "/api/kolada/v3/data/?municipality_id=0180", "/api/pxweb/v2/tables", "/dcat"]
    addresses += ["/andringar.atom", "/oppna-data/", "/api/v1/targets?indicator=K.1"]
    return "".join(ask(address).content.decode() for address in addresses)


def test_nothing_of_a_plan_that_is_not_adopted_is_told(ask):
    told = everything_open(ask)
    assert HIDDEN not in told
    assert '"K.1"' not in told
    for address in (
        "/api/v1/indicators/K.1",
        "/api/v1/observations?indicator=K.1",
        "/api/kolada/v3/kpi/K.1",
        "/api/pxweb/v2/tables/K.1/metadata",
        "/indikator/K.1/data/json",
        "/2021/indikator/K.1/data/json",
        "/indikator/K.1/",
    ):
        response = ask(address)
        assert response.status_code == 404 or response.json()["values"] == [], address


def test_and_all_of_it_once_it_is_adopted(ask, transaction_undone):
    """The test above would pass if nothing was ever told."""
    lillkoping.adopt()
    forget()
    told = everything_open(ask)
    assert HIDDEN in told
    assert '"low": "60"' in told


def test_a_draft_of_the_report_is_no_edition(ask):
    assert items(ask, "editions") == []


@pytest.fixture
def transaction_undone(db):
    yield
    forget()


# ------------------------------------------------------------------------------------------------ how it is asked


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("indicators/finns-inte", 404),
        ("indicators/finns-inte/versions", 404),
        ("finns-inte", 404),
        ("observations", 422),
        ("observations?indicator=finns-inte", 404),
        ("outcomes?year=x", 422),
        ("outcomes?year=99999999999999999999", 422),
        ("outcomes?tertial=4", 422),
        ("outcomes?page=0", 422),
        ("outcomes?per_page=1001", 422),
        ("outcomes?known_at=igår", 422),
        ("outcomes?known_at=2021-13-41T00:00:00Z", 422),
        ("outcomes?indicator=%00", 422),
        ("areas?kind=planet", 422),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(ask, address, status):
    response = ask(f"/api/v1/{address}")
    assert response.status_code == status
    assert response.json()["status"] == status
    assert response.json()["detail"].endswith(".")


def test_it_only_reads():
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(), method)("/api/v1/outcomes")
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("address", [*(f"/api/v1/{one}" for one in ADDRESSES), "/dcat", "/api/kolada/v3/kpi"])
def test_what_has_not_changed_is_not_sent_again(ask, address):
    first = ask(address)
    again = ask(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert ask(address, headers={"If-None-Match": '"another"'}).status_code == 200


def test_what_has_changed_is(ask, transaction_undone):
    first = ask("/api/v1/targets").headers["ETag"]
    lillkoping.adopt()
    forget()
    assert ask("/api/v1/targets", headers={"If-None-Match": first}).status_code == 200


def test_any_page_may_read_it_and_it_needs_no_cookie(ask):
    response = ask("/api/v1/indicators", headers={"Origin": "https://example.se"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=300"
    asked = Client().options("/api/v1/indicators")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]


def test_who_asks_too_often_is_told_to_wait(ask, settings):
    settings.OPEN_DATA = {**settings.OPEN_DATA, "calls_per_minute": 3}
    answers = [ask("/api/v1/areas") for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert ask("/api/v1/areas", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_description_says_licence_pace_and_what_a_number_is(ask):
    told = json.loads(ask("/api/v1/openapi.json").content)
    assert told["openapi"].startswith("3.1")
    assert told["info"]["license"]["url"] == settings.OPEN_DATA["licence"]
    assert told["info"]["x-rate-limit"]["seconds"] == 60
    (exact, _) = told["components"]["schemas"]["Part"]["properties"]["value"]["anyOf"]
    assert (exact["type"], exact["format"]) == ("string", "decimal")
    for path, ways in told["paths"].items():
        assert set(ways) == {"get"}, path
        assert {"200", "304", "404", "422", "429"} <= set(ways["get"]["responses"]), path


def test_the_number_of_questions_to_the_database_is_the_same_for_a_long_page(ask, django_assert_max_num_queries):
    ask("/api/v1/indicators")
    with django_assert_max_num_queries(4):
        ask("/api/v1/observations?indicator=1.2.2&per_page=1000")
