"""Every real file beside the project, sent in as somebody would: what the preview says of it, or why it is refused."""

from datetime import UTC, datetime

import pytest
from tests.readers.test_real_files import DATA, _there

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.actions.uploads import choose_for_upload, confirm_upload
from ledtrad.apps.indicators.models import AreaKind, Upload
from ledtrad.apps.indicators.previews import preview
from ledtrad.apps.people.actors import program
from ledtrad.core.assessment import Sense
from ledtrad.core.imports import fold
from ledtrad.core.imports.choices import Choices
from ledtrad.core.quantities import COUNT, PERCENT

BY, AT = program("Lillköping"), datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
TITLE = "Andel som känner sig trygga där de bor"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="no real data (shared/data) beside the project")

# The cells of figures, and how many met which fate; or what the refusal says.
TABLE = """
crime/bra_ntu_2010_regional.csv                   | 299 figures in 312 cells: unknown_indicator 312
crime/bra_reported_crime_boden_2026_08.csv        | 159 figures in 160 cells: silent 1, unknown_indicator 159
crime/stockholm_trygghetsmatning_published.csv    | 17 figures in 30 cells: silent 13, unknown_indicator 17
files/OWASP_ASVS_5.0.0.csv                        | 345 figures in 345 cells: unknown_indicator 345
files/blns.json                                   | innehåller JSON och läses inte som tabell
files/csv-injection-payloads.txt                  | 0 figures in 0 cells:
files/scb_deso_boende_written_by_R_openxlsx.xlsx  | 1000 figures in 1000 cells: unknown_indicator 1000
files/xss-payload-list.txt                        | 0 figures in 0 cells:
kolada/kolada_grp_data_2026-03-04_cran0.3.0.json  | innehåller JSON och läses inte som tabell
kolada/kolada_grp_data_2026-03-23_repo.json       | innehåller JSON och läses inte som tabell
kolada/kolada_kld_data_2026-03-23_repo.json       | innehåller JSON och läses inte som tabell
kolada/kolada_kpi_df_2026-03-04_cran0.3.0.json.gz | är ett packat arkiv (gzip), som måste packas upp först
kolada/kolada_kpi_df_2026-03-23_repo.json.gz      | är ett packat arkiv (gzip), som måste packas upp först
kolada/kolada_kpi_drift.csv                       | 0 figures in 0 cells:
kolada/kolada_kpi_safety_subset.json              | innehåller JSON och läses inte som tabell
kolada/kolada_munic_2026-03-23_repo.json          | innehåller JSON och läses inte som tabell
kolada/kolada_n00945_2026-03-23_repo.json         | innehåller JSON och läses inte som tabell
kolada/kolada_v3_shape_kld_data.json              | innehåller JSON och läses inte som tabell
kolada/kolada_v3_shape_n00945.json                | innehåller JSON och läses inte som tabell
kolada/kolada_value_revisions.csv                 | 10 figures in 10 cells: unknown_indicator 10
ons_sdg/LICENSE.txt                               | är löpande text och inte en tabell
ons_sdg/indicator_11-7-2.csv                      | 349 figures in 377 cells: silent 28, unknown_indicator 349
ons_sdg/indicator_16-1-1.csv                      | 358 figures in 363 cells: silent 5, unknown_indicator 358
ons_sdg/indicator_16-1-3.csv                      | 1169 figures in 1237 cells: silent 68, unknown_indicator 1169
ons_sdg/indicator_16-1-4.csv                      | 280 figures in 405 cells: silent 125, unknown_indicator 280
ons_sdg/meta_11-7-2.md                            | är löpande text och inte en tabell
ons_sdg/meta_16-1-1.md                            | är löpande text och inte en tabell
ons_sdg/meta_16-1-3.md                            | är löpande text och inte en tabell
ons_sdg/meta_16-1-4.md                            | är löpande text och inte en tabell
scb/BE0101A1.px                                   | 33936 figures in 33936 cells: unknown_indicator 33936
scb/BE0101A1hier.px                               | 9984 figures in 9984 cells: unknown_indicator 9984
scb/LICENSE-pxwebpy-MIT.txt                       | är löpande text och inte en tabell
scb/LICENSE-pyscbwrapper-MIT.txt                  | är löpande text och inte en tabell
scb/deso_stockholm_boende.csv                     | 2720 figures in 2720 cells: unknown_indicator 2720
scb/deso_stockholm_inkomst_qrt.csv                | 3808 figures in 3808 cells: unknown_indicator 3808
scb/deso_stockholm_lag_hog_inkomst.csv            | 6525 figures in 6528 cells: unknown_indicator 6528
scb/deso_stockholm_personbil.csv                  | 1632 figures in 1632 cells: unknown_indicator 1632
scb/deso_stockholm_utbildning.csv                 | 2720 figures in 2720 cells: unknown_indicator 2720
scb/pxweb_v2_TAB6471_data.json                    | 2772 figures in 2772 cells: unknown_indicator 2772
scb/pxweb_v2_TAB6471_metadata.json                | beskriver en tabell men innehåller inga siffror
scb/pxweb_v2_config.json                          | innehåller JSON och läses inte som tabell
scb/pxweb_v2_search.json                          | innehåller JSON och läses inte som tabell
scb/pxweb_v2_tables.json                          | innehåller JSON och läses inte som tabell
"""


def _expected():
    rows = (line.split(" | ") for line in TABLE.strip().splitlines())
    return {name.strip(): answer for name, answer in rows}


@pytest.fixture
def known(db, settings, tmp_path):
    """The city's area and two indicators, neither of which the files are about: all their figures stand in the way."""
    settings.VAR, settings.CITY_AREA = tmp_path, "0180"
    indicators.register_areas(areas=[indicators.NewArea("0180", AreaKind.MUNICIPALITY, "Stockholm")], by=BY, at=AT)
    asked = (("C.1", "Anmälda brott", COUNT, Sense.LESS), ("A.1", TITLE, PERCENT, Sense.MORE))
    new = [indicators.NewIndicator(code, 1900, indicators.Definition(*about)) for code, *about in asked]
    indicators.define_indicators(indicators=new, by=BY.key, at=AT)


def said_of(name):
    with (DATA / name).open("rb") as file:
        number = indicators.receive_upload(pieces=iter(lambda: file.read(1 << 16), b""), name=name, by=BY, at=AT)
    try:
        told = preview(Upload.objects.get(pk=number), BY)
    except Refused as refused:
        return str(refused)
    counts = ", ".join(f"{fate} {count}" for fate, count in sorted(told["counts"].items()))
    return f"{told['figures']} figures in {told['cells']} cells: {counts}".strip()


def test_every_file_stands_in_the_table():
    assert sorted(_expected()) == _there()


@pytest.mark.parametrize("name", _expected())
def test_what_is_said_of_it(known, name):
    said, expected = said_of(name), _expected()[name]
    if "figures in" in expected:
        assert said == expected
    else:
        assert said.endswith("Ingenting har lästs in.")
        assert expected in said


def test_a_table_of_statistics_is_taken_in_once_somebody_has_said_what_it_counts(known):
    """SCB's table names areas, sexes and years; its indicator, and the groups, are for a person."""
    name = "scb/pxweb_v2_TAB6471_data.json"
    with (DATA / name).open("rb") as file:
        number = indicators.receive_upload(pieces=[file.read()], name=name, by=BY, at=AT)
    seen = preview(Upload.objects.get(pk=number), BY)
    with pytest.raises(Refused, match="2772 celler går inte att läsa in"):
        confirm_upload(upload_id=number, seen=seen["fingerprint"], by=BY, at=AT)
    choices = Choices(seen["sheet"], indicator_names={fold("Folkmängden per månad"): "C.1"})
    choose_for_upload(upload_id=number, choices=choices, by=BY)
    counts = preview(Upload.objects.get(pk=number), BY)["counts"]
    assert "unknown_indicator" not in counts
    assert sum(counts.values()) == 2772
