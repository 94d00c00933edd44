"""Addresses of Kolada's and PxWeb's form: every form of address, every way to choose, and what is asked wrongly."""

import csv
import io
import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jsonstat_validator import validate_jsonstat
from tests.open_data.lillkoping import FORMULA, NORTH

from ledtrad.apps.open_data.selection import NotChosen, chosen, split
from ledtrad.readers.kolada import read_kpis, read_municipalities, read_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def kolada(ask, address):
    return ask(f"/api/kolada/v3/{address}")


# ----------------------------------------------------------------------------------------------------------- Kolada


@pytest.mark.parametrize(
    "address",
    [
        "data/kpi/1.2.2/municipality/0180/year/2020",
        "data/municipality/0180/kpi/1.2.2/year/2020",
        "data/kpi/1.2.2/municipality/0180/year/2020/",
        "data/?kpi_id=1.2.2&municipality_id=0180&year=2020",
        "data?kpi_id=1.2.2&municipality_id=0180&year=2020",
        "data/kpi/1.2.2?municipality_id=0180&year=2020",
    ],
)
def test_both_forms_of_address_say_the_same(ask, address):
    (row,) = kolada(ask, address).json()["values"]
    assert (row["kpi"], row["municipality"], row["period"]) == ("1.2.2", "0180", 2020)
    assert [(one["gender"], one["value"]) for one in row["values"]] == [("T", 84.0), ("K", 82.0), ("M", 87.0)]


def test_several_at_once_with_commas_or_each_by_itself(ask):
    commas = kolada(ask, "data/kpi/1.2.1,1.2.2/municipality/0180/year/2019,2020").json()
    alone = kolada(ask, "data/?kpi_id=1.2.1&kpi_id=1.2.2&municipality_id=0180&year=2019&year=2020").json()
    assert commas["values"] == alone["values"]
    assert len(commas["values"]) == 3


def test_the_last_page_leads_nowhere_and_the_others_both_ways(ask):
    first = kolada(ask, "kpi?per_page=4").json()
    assert (first["next_page"], first["previous_url"], len(first["values"])) == (2, None, 4)
    last = ask(first["next_url"]).json()
    assert (last["next_url"], last["next_page"], len(last["values"])) == (None, None, 2)


def test_parts_of_the_city_are_told_only_to_those_who_ask_for_them(ask):
    """Kolada knows no districts, and its clients would take them for municipalities."""
    areas = {row["municipality"] for row in kolada(ask, "data/kpi/1.2.2").json()["values"]}
    assert areas == {"0180", "1480"}
    assert len(kolada(ask, f"data/kpi/1.2.2/municipality/{NORTH}").json()["values"]) == 3
    assert [one["id"] for one in kolada(ask, "municipality?type=D").json()["values"]] == ["0180-01", "0180-02"]


def test_only_what_is_new_since_a_day(ask):
    since = kolada(ask, "data/?municipality_id=0180&from_date=2021-05-01").json()["values"]
    assert [(row["kpi"], row["period"]) for row in since] == [("2.1.1", 2020)]


def test_our_own_reader_of_kolada_reads_our_own_answers(ask):
    """What goes out can come in again, absences as what they are."""
    assert [one.title for one in read_municipalities(kolada(ask, "municipality").content).items] == [
        "Lillköping",
        "Storköping",
    ]
    with pytest.raises(Exception, match="rad 1"):
        read_kpis(kolada(ask, "kpi").content)  # Kolada's own ids are of another form than the city's
    shaped = kolada(ask, "data/kpi/1.2.2/municipality/0180").content.replace(b'"1.2.2"', b'"N00001"')
    values = {(one.year, one.gender): (one.value, one.status) for one in read_values(shaped).items}
    assert values[2021, "K"] == (None, "Private")
    assert values[2020, "T"] == (84, "")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("", 404),
        ("finns-inte", 404),
        ("data", 400),
        ("data/kpi", 404),
        ("data/kpi/1.2.2/planet/1", 404),
        ("data/kpi/1.2.2/year/tjugo", 400),
        ("data/?kpi_id=1.2.2&from_date=2021-02-31", 400),
        ("data/?kpi_id=1.2.2&from_date=igår", 400),
        ("kpi?page=0", 400),
        ("kpi?per_page=många", 400),
        ("kpi/a/b", 404),
        ("kpi/" + ",".join(map(str, range(501))), 400),
        ("kpi/finns-inte", 200),
    ],
)
def test_what_kolada_could_not_answer_is_refused_in_a_sentence(ask, address, status):
    response = kolada(ask, address)
    assert response.status_code == status
    assert response.json().get("detail", ".").endswith(".")


# ------------------------------------------------------------------------------------------------------------ PxWeb


def data(ask, more="", code="1.2.2"):
    return ask(f"/api/pxweb/v2/tables/{code}/data?{more}")


@pytest.mark.parametrize("code", ["1.2.2", "2.1.1", "1.2.1"])
@pytest.mark.parametrize("what", ["metadata", "data"])
def test_answers_are_valid_json_stat(ask, code, what):
    answer = ask(f"/api/pxweb/v2/tables/{code}/{what}").json()
    assert validate_jsonstat(answer | ({"value": []} if what == "metadata" else {}))


def test_what_is_missing_is_null_with_its_mark(ask):
    answer = data(ask, "valueCodes[Region]=0180-01&valueCodes[Kon]=K,T&valueCodes[Tid]=2020,2021").json()
    assert answer["id"] == ["Region", "Kon", "ContentsCode", "Tid"]
    assert answer["size"] == [1, 2, 1, 2]
    assert answer["value"][1] == 0  # everybody in 2021
    assert answer["value"][2] is None
    assert answer["status"] == {"2": "XX"}


def test_invented_figures_say_so(ask):
    assert any("påhittad" in note for note in ask("/api/pxweb/v2/tables/2.1.1/metadata").json()["note"])
    assert not any("påhittad" in note for note in ask("/api/pxweb/v2/tables/1.2.2/metadata").json().get("note", []))


def test_csv_is_for_people_and_programs_alike(ask):
    text = data(ask, "outputFormat=csv").content.decode()
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:2] == ["område", "kön"]
    assert [row[3] for row in rows if row[:2] == ["Norr", "kvinnor"]] == ["XX"]
    coded = data(ask, "outputFormat=csv&outputFormatParams=UseCodes,SeparatorSemicolon").content.decode()
    assert f'"{NORTH}";"K"' in coded


def test_a_posted_query_says_what_an_address_does(ask):
    query = {"selection": [{"variableCode": "Tid", "valueCodes": ["TOP(1)"]}]}
    posted = Client().post("/api/pxweb/v2/tables/1.2.2/data", json.dumps(query), content_type="application/json")
    assert posted.json() == data(ask, "valueCodes[Tid]=TOP(1)").json()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"selection": 1}',
        '{"selection": [{}]}',
        '{"selection": [1]}',
        '{"selection": [{"variableCode": "Tid", "valueCodes": "2020"}]}',
        '{"selection": [{"variableCode": 1, "valueCodes": []}]}',
        '{"selection": [{"variableCode": "Tid", "valueCodes": ["2020"], "codelist": "x"}]}',
        "\xff",
        "[" * 100_000,
    ],
)
def test_a_query_that_is_none_is_refused(body):
    sent = body.encode("latin-1") if body == "\xff" else body
    response = Client().post("/api/pxweb/v2/tables/1.2.2/data", sent, content_type="application/json")
    assert response.status_code == (200 if body in ("", "{}") else 400)


def test_only_queries_are_posted():
    for address in ("tables", "config", "tables/1.2.2", "tables/1.2.2/metadata"):
        assert Client().post(f"/api/pxweb/v2/{address}", "{}", content_type="application/json").status_code == 405


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("finns-inte", 404),
        ("tables/finns-inte", 404),
        ("tables/finns-inte/data", 404),
        ("tables/1.2.2/data?valueCodes[Tid]=1990", 400),
        ("tables/1.2.2/data?valueCodes[Planet]=*", 400),
        ("tables/1.2.2/data?codelist[Region]=x", 400),
        ("tables/1.2.2/data?outputFormat=px", 400),
        ("tables/1.2.2/data?lang=fi", 400),
        ("tables?pageSize=0", 400),
        ("tables?pageNumber=x", 400),
        ("tables?pastDays=x", 400),
        ("codelists/x", 404),
    ],
)
def test_what_pxweb_could_not_answer_is_refused_in_a_sentence(ask, address, status):
    response = ask(f"/api/pxweb/v2/{address}")
    assert response.status_code == status
    assert response.json()["detail"].endswith(".")


# ------------------------------------------------------------------------------------------------------- choosing

YEARS = [str(year) for year in range(2015, 2022)]
CHOICES = """
2020                2020
2021,2019           2019 2021
*                   2015 2016 2017 2018 2019 2020 2021
20*1                2021
202?                2020 2021
TOP(2)              2015 2016
top(2,1)            2016 2017
BOTTOM(2)           2020 2021
BOTTOM(2,1)         2019 2020
TOP(99)             2015 2016 2017 2018 2019 2020 2021
RANGE(2017,2019)    2017 2018 2019
FROM(2020)          2020 2021
TO(2016)            2015 2016
TOP(1),2021         2015 2021
"""


@pytest.mark.parametrize("line", CHOICES.strip().splitlines())
def test_ways_to_choose(line):
    asked, *expected = line.split()
    assert chosen(split(asked), YEARS, "Tid") == expected


@pytest.mark.parametrize(
    "asked", ["1990", "TOP(x)", "TOP()", "RANGE(2017)", "RANGE(2019,1)", "FROM(1)", "??", "X*", ""]
)
def test_what_chooses_nothing_is_said(asked):
    with pytest.raises(NotChosen):
        chosen([asked], YEARS, "Tid")


# ------------------------------------------------------------------------------------------------ whatever is asked

WORDS = st.sampled_from(
    ["kpi", "data", "municipality", "year", "1.2.2", "0180", "2020", "tables", "metadata", "config", "*", "åäö"]
) | st.sampled_from(["..", "%00", "a,b", FORMULA, "1" * 40, "'", '"', "\u202e", "TOP(1)", "[", "]", "null"])
NAMES = st.sampled_from(
    ["kpi_id", "year", "page", "per_page", "title", "from_date", "valueCodes[Tid]", "valuecodes[Region]", "lang"]
) | st.sampled_from(["outputFormat", "outputFormatParams", "pageSize", "query", "pastDays", "codelist[Tid]"])


@given(
    st.sampled_from(["kolada/v3", "pxweb/v2"]),
    st.lists(WORDS | st.text(max_size=5), max_size=5),
    st.dictionaries(NAMES, WORDS | st.text(max_size=8) | st.integers().map(str), max_size=4),
)
@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_answered_or_refused(place, parts, asked):
    from urllib.parse import quote, urlencode

    path = "/".join(quote(part.encode("utf-8", "replace"), safe="") for part in parts)
    query = urlencode({name: value.encode("utf-8", "replace") for name, value in asked.items()})
    response = Client().get(f"/api/{place}/{path}?{query}")
    assert response.status_code in (200, 400, 404, 422)
    assert response.headers["Content-Type"].split(";")[0] in (
        "application/json",
        "application/problem+json",
        "text/csv",
        "text/html",
    )
