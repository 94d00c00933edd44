"""Every reader on every real file beside the project: what each holds, or the sentence of refusal."""

import re
from pathlib import Path

import pytest

from ledtrad.readers.json_stat import UnreadableJsonStat, looks_like_json_stat, read_json_stat
from ledtrad.readers.json_stat import counted as json_stat_counted
from ledtrad.readers.px import UnreadablePx, looks_like_px, read_px
from ledtrad.readers.px import counted as px_counted
from ledtrad.readers.table import UnreadableTable, counted, read_table

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDERS = ("scb", "kolada", "crime", "ons_sdg", "files")
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="no real data (shared/data) beside the project")

# For the table reader: sheet, rows, columns, cells that are not empty; or what the refusal says.
TABLES = """
crime/bra_ntu_2010_regional.csv                      | 53 x 8: 424
crime/bra_reported_crime_boden_2026_08.csv           | 41 x 6: 245
crime/stockholm_trygghetsmatning_published.csv       | 11 x 7: 64
files/OWASP_ASVS_5.0.0.csv                           | 347 x 7: 2422
files/blns.json                                      | innehåller JSON
files/csv-injection-payloads.txt                     | 6 x 3: 8
files/scb_deso_boende_written_by_R_openxlsx.xlsx     | Sheet 1, 201 x 6: 1206
files/xss-payload-list.txt                           | 6532 x 172: 8442
kolada/kolada_grp_data_2026-03-04_cran0.3.0.json     | innehåller JSON
kolada/kolada_grp_data_2026-03-23_repo.json          | innehåller JSON
kolada/kolada_kld_data_2026-03-23_repo.json          | innehåller JSON
kolada/kolada_kpi_df_2026-03-04_cran0.3.0.json.gz    | är ett packat arkiv
kolada/kolada_kpi_df_2026-03-23_repo.json.gz         | är ett packat arkiv
kolada/kolada_kpi_drift.csv                          | 3337 x 4: 12024
kolada/kolada_kpi_safety_subset.json                 | innehåller JSON
kolada/kolada_munic_2026-03-23_repo.json             | innehåller JSON
kolada/kolada_n00945_2026-03-23_repo.json            | innehåller JSON
kolada/kolada_v3_shape_kld_data.json                 | innehåller JSON
kolada/kolada_v3_shape_n00945.json                   | innehåller JSON
kolada/kolada_value_revisions.csv                    | 11 x 6: 66
ons_sdg/LICENSE.txt                                  | är löpande text
ons_sdg/indicator_11-7-2.csv                         | 378 x 15: 2871
ons_sdg/indicator_16-1-1.csv                         | 364 x 7: 2389
ons_sdg/indicator_16-1-3.csv                         | 1238 x 19: 9488
ons_sdg/indicator_16-1-4.csv                         | 406 x 18: 2910
ons_sdg/meta_11-7-2.md                               | är löpande text
ons_sdg/meta_16-1-1.md                               | är löpande text
ons_sdg/meta_16-1-3.md                               | är löpande text
ons_sdg/meta_16-1-4.md                               | är löpande text
scb/BE0101A1.px                                      | är en PC-Axis-fil
scb/BE0101A1hier.px                                  | är en PC-Axis-fil
scb/LICENSE-pxwebpy-MIT.txt                          | är löpande text
scb/LICENSE-pyscbwrapper-MIT.txt                     | är löpande text
scb/deso_stockholm_boende.csv                        | 545 x 7: 3814
scb/deso_stockholm_inkomst_qrt.csv                   | 545 x 9: 4904
scb/deso_stockholm_lag_hog_inkomst.csv               | 545 x 14: 7629
scb/deso_stockholm_personbil.csv                     | 545 x 5: 2724
scb/deso_stockholm_utbildning.csv                    | 545 x 7: 3814
scb/pxweb_v2_TAB6471_data.json                       | innehåller JSON
scb/pxweb_v2_TAB6471_metadata.json                   | innehåller JSON
scb/pxweb_v2_config.json                             | innehåller JSON
scb/pxweb_v2_search.json                             | innehåller JSON
scb/pxweb_v2_tables.json                             | innehåller JSON
"""
# For the readers of statistics: the dimensions' sizes and the cells; all other files are refused.
CUBES = {
    "scb/BE0101A1.px": ((21, 4, 101, 2, 2), 33_936),
    "scb/BE0101A1hier.px": ((312, 4, 2, 4), 9_984),
    "scb/pxweb_v2_TAB6471_data.json": ((21, 11, 3, 1, 4), 2_772),
}
JSON_REFUSALS = {
    "scb/pxweb_v2_TAB6471_metadata.json": "bara metadata",
    "files/blns.json": "ingen JSON-stat-tabell",
    "kolada/kolada_v3_shape_n00945.json": "ingen JSON-stat-tabell",
    "kolada/kolada_kpi_drift.csv": "inte hel JSON",
}


def _expected():
    rows = (line.split(" | ") for line in TABLES.strip().splitlines())
    return {name.strip(): answer for name, answer in rows}


def _there():
    return sorted(str(file.relative_to(DATA)) for folder in FOLDERS for file in (DATA / folder).glob("*"))


def test_every_file_stands_in_the_table():
    assert sorted(_expected()) == _there()


@pytest.mark.parametrize("name", _expected())
def test_what_the_table_reader_says(name):
    data, expected = (DATA / name).read_bytes(), _expected()[name]
    if " x " not in expected:
        with pytest.raises(UnreadableTable, match=expected):
            read_table(data, name)
        return
    table = read_table(data, name)
    (sheet,) = table.sheets
    cells = counted(data, name)[sheet.name]
    shape = f"{len(sheet.rows)} x {sheet.width}: {cells}"
    assert expected == (f"{sheet.name}, {shape}" if sheet.name else shape)
    assert cells == sum(1 for row in sheet.rows for text in row if text.strip())


@pytest.mark.parametrize("name", _expected())
def test_what_the_readers_of_statistics_say(name):
    data = (DATA / name).read_bytes()
    if name in CUBES:
        cube = read_px(data, name) if name.endswith(".px") else read_json_stat(data, name)[0]
        sizes, cells = CUBES[name]
        assert tuple(len(dimension.categories) for dimension in cube.dimensions) == sizes
        assert cube.size == cells == sum(1 for text in cube.texts if text)
        assert (px_counted if name.endswith(".px") else json_stat_counted)(data, name) == {"": cells}
        assert looks_like_px(data) == name.endswith(".px")
        assert looks_like_json_stat(data) == name.endswith(".json")
    if not name.endswith(".px"):
        with pytest.raises(UnreadablePx, match="inte en PC-Axis-fil"):
            read_px(data, name)
    if name not in CUBES or name.endswith(".px"):
        with pytest.raises(UnreadableJsonStat, match=JSON_REFUSALS.get(name, r"\.$")):
            read_json_stat(data, name)


def test_figures_that_are_known_stand_where_they_should():
    cube = read_px((DATA / "scb/BE0101A1hier.px").read_bytes(), "a.px")
    stockholm = next(category for category in cube.dimensions[0].categories if category.code == "0180")
    assert (stockholm.label, stockholm.parent) == ("0180 Stockholm", "01")
    first = next(cube.cells())
    assert ([category.code for category in first.categories], first.text) == (["00", "OG", "1", "2001"], "2391644")
    line, place = re.fullmatch(r"a\.px#rad (\d+), tal (\d+)", first.address).groups()
    lines = (DATA / "scb/BE0101A1hier.px").read_bytes().split(b"\n")
    assert lines[int(line) - 1].split()[int(place) - 1] == b"2391644"


def test_an_answer_of_scb_keeps_unit_and_decimals():
    (cube,) = read_json_stat((DATA / "scb/pxweb_v2_TAB6471_data.json").read_bytes(), "a.json")
    measure = next(dimension for dimension in cube.dimensions if dimension.role == "metric")
    assert (measure.categories[0].unit, measure.categories[0].decimals) == ("antal", 0)
    assert [dimension.code for dimension in cube.dimensions if dimension.role == "time"] == ["Tid"]
    assert "Cell Key Method" in cube.notes[0]
    assert next(cube.cells()).text == "245284"


def test_the_workbook_that_openpyxl_cannot_read():
    """Written by R's openxlsx: the older reader gives up on it, ours and the counter see 201 rows."""
    (sheet,) = read_table((DATA / "files/scb_deso_boende_written_by_R_openxlsx.xlsx").read_bytes(), "a").sheets
    assert {len(row) for row in sheet.rows} == {6}
    assert sheet.address(200, 5) == "a#Sheet 1!F201"
