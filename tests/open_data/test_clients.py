"""Clients that others have made, before our live server: they read the city's own indicators as they read the nation's.

What these clients do is their own; they are only given another address.
"""

import math

import pytest
from tests.open_data import lillkoping
from tests.open_data.lillkoping import ELSEWHERE, NORTH, SOUTH

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def address(transactional_db, live_server):
    lillkoping.build()
    return live_server.url


# --------------------------------------------------------------------------------------------------------- koladapy


def test_koladapy_reads_indicators_and_figures_by_sex(address):
    from koladapy import KoladaAPI

    client = KoladaAPI(base_url=f"{address}/api/kolada/v3/", max_requests_per_second=1000)
    codes = [one["id"] for one in client.search_kpis()]
    assert codes == ["1.1.1", "1.2.1", "1.2.2", "2.1.1", "2.1.2", "B.1"]
    assert [one["id"] for one in client.search_kpis(query="känner sig trygga")] == ["1.2.1"]
    assert client.get_kpi("1.2.2")["is_divided_by_gender"] is True
    assert [one["id"] for one in client.get_kpis(["1.2.2", "2.1.1"])] == ["1.2.2", "2.1.1"]
    assert [one["id"] for one in client.get_municipalities(municipality_type="K")] == ["0180", ELSEWHERE]
    assert client.get_municipality("0180")["title"] == "Lillköping"
    assert client.get_kpi_groups() == client.get_municipality_groups() == client.get_organizational_units() == []

    rows = client.get_values(kpi_id="1.2.2", municipality_id=["0180", NORTH], years=[2020, 2021])
    said = {
        (row["municipality"], row["period"], one["gender"]): (one["value"], one["status"])
        for row in rows
        for one in row["values"]
    }
    assert said["0180", 2020, "T"] == (84.0, "")
    assert said["0180", 2020, "K"] == (82.0, "")
    assert said["0180", 2020, "M"] == (87.0, "")
    assert said["0180", 2021, "K"] == (None, "Private")
    assert said[NORTH, 2021, "T"] == (0.0, "")
    assert len(said) == 12

    table = client.get_data_as_dataframe(kpi_id=["1.2.2", "2.1.1"], years=2020, include_metadata=True)
    assert set(table["kpi"]) == {"1.2.2", "2.1.1"}
    assert table.loc[table["status"] == "Missing", "value"].isna().all()


def test_koladapy_goes_through_all_pages(address):
    from koladapy import KoladaAPI

    client = KoladaAPI(base_url=f"{address}/api/kolada/v3/", max_requests_per_second=1000)
    client.DEFAULT_PER_PAGE = 2
    assert len(client.search_kpis()) == 6
    rows = client.get_values(kpi_id="1.2.2")
    assert len(rows) == 2 + 3  # the city in two years, the other municipality in three


# --------------------------------------------------------------------------------------------------------- PxWebApi 2


def test_pxwebpy_reads_tables_and_figures(address):
    from pxweb import PxApi

    client = PxApi(f"{address}/api/pxweb/v2", disable_cache=True)
    assert client.number_of_tables == 6
    assert [one["id"] for one in client.search(query="hot")["tables"]] == ["1.2.2"]
    assert len(client.all_tables()) == 6
    assert [path["id"] for path in client.get_paths()] == ["INDIKATORER"]
    assert len(client.tables_on_path("INDIKATORER")) == 6
    variables = client.get_table_variables("1.2.2")
    assert list(variables) == ["Region", "Kon", "ContentsCode", "Tid"]
    assert variables["Region"]["category"]["label"][NORTH] == "Norr"

    rows = client.get_table_data_all("1.2.2", show="code")
    said = {(row["område"], row["kön"], row["år"]): row["value"] for row in rows}
    assert len(said) == 4 * 3 * 3
    assert (said["0180", "T", "2020"], said["0180", "K", "2020"]) == (84, 82)
    assert said[NORTH, "K", "2020"] is None  # suppressed: never zero
    assert said[NORTH, "T", "2021"] == 0

    chosen = client.get_table_data("1.2.2", {"Region": ["0180-*"], "Tid": ["2019", "2021"], "ContentsCode": "*"})
    assert len(chosen) == 4  # the sexes are left out: then it is everybody
    assert client.get_table_data("2.1.1", {"Grupp": ["age:*"], "Tid": "*", "Region": "*"})[0]["grupp"] == "age:16-24"


def test_pxwebpy_asks_in_parts_when_there_is_too_much(address, monkeypatch):
    from pxweb import PxApi

    from ledtrad.apps.open_data.presenters import as_pxweb

    monkeypatch.setattr(as_pxweb, "MOST_CELLS", 10)
    client = PxApi(f"{address}/api/pxweb/v2", disable_cache=True, max_workers=1)
    assert len(client.get_table_data_all("1.2.2")) == 36


def test_pxstatspy_reads_tables_and_figures(address, capsys):
    from pxstatspy import OutputFormat, OutputFormatParam, PxAPI, PxAPIConfig, PxAPIError

    client = PxAPI(PxAPIConfig(base_url=f"{address}/api/pxweb/v2", language="sv"))
    assert client.max_data_cells == 150_000
    tables = client.find_tables_as_dataframe(query="hot", all_pages=True)
    assert list(tables["id"]) == ["1.2.2"]
    assert client.get_table_by_id("1.2.2")["firstPeriod"] == "2019"
    client.print_table_variables("1.2.2", max_values="*")

    table = client.get_data_as_dataframe(
        "1.2.2", {"Region": ["*"], "Kon": ["K"], "Tid": ["*"]}, OutputFormatParam.USE_CODES
    )
    said = {(row["region_code"], row["år"]): row["1.2.2"] for row in table.to_dict("records")}
    assert said["0180", "2020"] == 82
    assert math.isnan(said[NORTH, "2020"])
    text = client.get_table_data("1.2.2", {"Tid": ["TOP(1)"]}, output_format=OutputFormat.CSV)
    assert '"Norr"' in text
    with pytest.raises(PxAPIError):
        client.get_table_by_id("finns-inte")


def test_pxstatspy_asks_in_parts_when_there_is_too_much(address, monkeypatch, capsys):
    from pxstatspy import PxAPI, PxAPIConfig

    from ledtrad.apps.open_data.presenters import as_pxweb

    monkeypatch.setattr(as_pxweb, "MOST_CELLS", 12)
    client = PxAPI(PxAPIConfig(base_url=f"{address}/api/pxweb/v2", language="en"))
    table = client.get_data_as_dataframe("1.2.2", {"Region": ["*"], "Kon": ["*"], "Tid": ["*"]})
    assert len(table) == 36
    assert set(table["region_code"]) == {"0180", NORTH, SOUTH, ELSEWHERE}
