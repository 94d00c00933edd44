"""Files with figures: received, understood, taken in or refused."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from tests import reporting_year

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.keeping import path_of
from ledtrad.apps.indicators.models import AreaKind, Batch, ColumnChoice, Observation, Outcome, Upload
from ledtrad.apps.indicators.previews import page_of, preview
from ledtrad.apps.indicators.queries import observations
from ledtrad.apps.indicators.queries.examining import examine
from ledtrad.apps.people.actors import program
from ledtrad.core.assessment import Sense
from ledtrad.core.imports import Fate, LayoutChoice, Role, fold
from ledtrad.core.imports.choices import Choices
from ledtrad.core.observations import Place, Sex
from ledtrad.core.outcomes import AbsenceKind
from ledtrad.core.quantities import COUNT

BY, AT = program("Lillköping"), datetime(2022, 2, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2022, 2, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path
    settings.CITY_AREA = "L1"
    return tmp_path


@pytest.fixture
def districts(city):
    def area(code, kind, name, parent=""):
        return indicators.NewArea(code, kind, name, parent)

    district = AreaKind.DISTRICT
    indicators.register_areas(
        areas=[
            area("L1", AreaKind.MUNICIPALITY, "Lillköping"),
            area("L1-1", district, "Norra Lillköping", "L1"),
            area("L1-2", district, "Södra-Åsen", "L1"),
            area("L1-3", district, "Östermalm", "L1"),
        ],
        by=BY,
        at=AT,
    )
    counted = indicators.Definition("Anmälda brott", COUNT, Sense.LESS)
    indicators.define_indicators(indicators=[indicators.NewIndicator("C.1", 2015, counted)], by=BY.key, at=AT)


def workbook(*rows, sheet="Blad1"):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def csv_file(*rows):
    return "\n".join(";".join(row) for row in rows).encode()


def receive(data, name="utfall.xlsx", by=BY):
    return indicators.receive_upload(pieces=[data], name=name, by=by, at=AT)


def examined(upload_id):
    return examine(Upload.objects.get(pk=upload_id), BY)


def confirm(upload_id, **more):
    wanted = {"seen": examined(upload_id).fingerprint, "by": BY, "at": LATER, **more}
    return indicators.confirm_upload(upload_id=upload_id, **wanted)


SAFETY = (
    ["Område", "Indikator", "År", "Kvinnor", "Män", "Totalt"],
    ["Hela staden", "1.2.1", 2021, 74, 78, "76,5"],
    ["Norra Lillköping", "1.2.1", 2021, 71, 73, 72],
    ["Södra-Åsen", "1.2.1", 2021, "XX", 69.5, 69],
)


def test_a_workbook_goes_from_its_cells_to_outcomes_and_observations(districts):
    number = receive(workbook(*SAFETY))
    done = confirm(number)
    assert (done.outcomes, done.new, done.changed, done.left_out) == (1, 9, 0, 0)
    outcome = Outcome.objects.get(indicator__code="1.2.1", year=2021, is_current=True)
    assert (outcome.total, outcome.total_decimals) == (Decimal("76.5"), 1)
    assert (outcome.women, outcome.men) == (74, 78)
    assert (outcome.source_name, outcome.source_sheet) == ("utfall.xlsx", "Blad1")
    assert outcome.source_cell == "F2 (kvinnor D2, män E2)"
    assert outcome.source_fingerprint == Upload.objects.get().fingerprint
    found = observations("1.2.1", areas=["L1-1", "L1-2"])
    assert len(found) == 6
    hidden = found[Place("1.2.1", "L1-2", 2021, 0, Sex.WOMEN)]
    assert (hidden.value, hidden.absence, hidden.mark, hidden.cell) == (None, AbsenceKind.SUPPRESSED, "XX", "Blad1!D4")
    batch = Batch.objects.get()
    assert (batch.source_name, batch.upload_id, batch.recorded_by) == ("utfall.xlsx", number, BY.key)


def test_the_bytes_are_kept_and_the_file_is_settled_once(districts, var):
    data = workbook(*SAFETY)
    number = receive(data, "C:\\mapp\\ut\u0000fall.xlsx")
    upload = Upload.objects.get()
    assert upload.name == "utfall.xlsx"
    assert path_of(upload.fingerprint).read_bytes() == data
    assert [one.name for one in (var / "uploads").iterdir()] == [upload.fingerprint]
    confirm(number)
    upload.refresh_from_db()
    assert (upload.state, upload.settled_by, upload.settled_at) == ("confirmed", BY.key, LATER)
    for again in (lambda: confirm(number), lambda: indicators.refuse_upload(upload_id=number, why="", by=BY, at=LATER)):
        with pytest.raises(Conflict, match="redan läst in"):
            again()


def test_a_wrong_name_stands_in_the_way_until_it_is_chosen_or_left_out(districts):
    rows = [list(row) for row in SAFETY]
    rows[2][0] = "Nora Lilköping"
    number = receive(workbook(*rows))
    with pytest.raises(Refused, match="3 celler"):
        confirm(number)
    assert not Observation.objects.exists()
    told = preview(Upload.objects.get(), BY)
    assert [(one["name"], one["cells"], one["suggested"]) for one in told["unmatched"]] == [
        ("Nora Lilköping", 3, ["L1-1", "L1"])
    ]
    choices = replace(examined(number).choices, area_names={"nora lilköping": "L1-1"})
    indicators.choose_for_upload(upload_id=number, choices=choices, by=BY)
    assert not preview(Upload.objects.get(), BY)["unmatched"]
    confirm(number)
    assert observations("1.2.1", areas=["L1-1"], sexes=[Sex.ALL])


def test_cells_are_left_out_only_by_somebody_who_says_how_many(districts):
    rows = [*SAFETY, ["Östermalm", "1.2.1", 2021, "cirka 70", "sjuttio", 70]]
    number = receive(workbook(*rows))
    with pytest.raises(Refused, match="2 celler"):
        confirm(number, leave_out=1)
    assert confirm(number, leave_out=2).left_out == 2


def test_the_next_file_with_the_same_headings_is_read_as_this_one(districts):
    rows = (["Stadsdel", "Det vi räknar 2020"], ["Norra", "5"], ["Östermalm", "7"])
    number = receive(csv_file(*rows), "brott.csv")
    before = examined(number)
    assert before.counts == {Fate.UNKNOWN_INDICATOR: 2}
    choices = replace(
        before.choices, indicator_names={"det vi räknar": "C.1"}, area_names={"norra": "L1-1"}, marks={"saknas": "late"}
    )
    indicators.choose_for_upload(upload_id=number, choices=choices, by=BY)
    confirm(number)
    assert ColumnChoice.objects.get().chosen_by == BY.key
    rows = (["Stadsdel", "Det vi räknar 2021"], ["Norra", "6"], ["Östermalm", "saknas"])
    after = examined(receive(csv_file(*rows), "brott.csv"))
    assert after.counts == {Fate.NEW: 1, Fate.MISSING: 1}
    assert [one.reading.place.year for one in after.settled] == [2021, 2021]
    assert after.settled[1].reading.said.absence is AbsenceKind.LATE


def test_what_one_file_was_named_after_is_not_what_the_next_one_is_about(districts):
    rows = (["Område", "2021"], ["Norra Lillköping", "5"])
    confirm(receive(csv_file(*rows), "Anmälda brott.csv"))
    after = examined(receive(csv_file(*rows), "Andel som känner sig trygga där de bor.csv"))
    assert [one.reading.place.indicator for one in after.settled] == ["1.2.1"]
    silent = examined(receive(csv_file(*rows), "export.csv"))
    assert silent.counts == {Fate.UNKNOWN_INDICATOR: 1}, "nothing says what it counts"


def test_what_somebody_said_of_a_silent_file_holds_for_the_next_silent_one(districts):
    rows = (["Område", "2021"], ["Norra Lillköping", "5"])
    number = receive(csv_file(*rows), "export.csv")
    whole = replace(examined(number).layout.whole, indicator="C.1")
    indicators.choose_for_upload(upload_id=number, choices=Choices("", LayoutChoice(whole=whole)), by=BY)
    confirm(number)
    said = {name: examined(receive(csv_file(*rows), name)) for name in ("export 2.csv", "1.2.1.csv")}
    assert {name: one.settled[0].reading.place.indicator for name, one in said.items()} == {
        "export 2.csv": "C.1",
        "1.2.1.csv": "1.2.1",
    }


def test_a_sum_that_differs_is_taken_in_only_with_words_that_stay(districts):
    rows = (["Område", "2021"], ["Norra Lillköping", "500"], ["Östermalm", "700"], ["Hela staden", "1 400"])
    number = receive(csv_file(*rows), "Anmälda brott.csv")
    with pytest.raises(Refused, match="1 summa i filen"):
        confirm(number)
    with pytest.raises(Refused, match="minst tio tecken"):
        confirm(number, accepted="ja")
    confirm(number, accepted="Södra-Åsen saknas i filen.")
    upload = Upload.objects.get()
    assert upload.note == "Södra-Åsen saknas i filen."
    assert Outcome.objects.get(indicator__code="C.1").total == 1400


def test_the_small_noise_of_official_statistics_is_accepted_and_marked(districts):
    rows = (
        ["Område", "Kön", "2021"],
        *(["Norra Lillköping", sex, value] for sex, value in (("K", "100"), ("M", "101"), ("T", "202"))),
    )
    number = receive(csv_file(*rows), "Anmälda brott.csv")
    confirm(number)
    marks = {row.sex: row.mark for row in Observation.objects.all()}
    assert marks == {"": "≈", "women": "", "men": ""}


def test_what_changed_since_the_preview_is_seen_again(districts):
    rows = (["Område", "2021"], ["Östermalm", "7"])
    number, other = (receive(csv_file(*rows), "Anmälda brott.csv") for _ in range(2))
    seen = examined(number).fingerprint
    confirm(other)
    with pytest.raises(Conflict, match="Sedan du såg"):
        indicators.confirm_upload(upload_id=number, seen=seen, by=BY, at=LATER)
    assert examined(number).counts == {Fate.UNCHANGED: 1}
    assert confirm(number).unchanged == 1
    assert Observation.objects.count() == 1


def test_bytes_that_are_no_longer_what_was_sent_are_not_read(districts):
    number = receive(csv_file(["Område", "2021"], ["Östermalm", "7"]), "Anmälda brott.csv")
    seen = examined(number).fingerprint
    path_of(Upload.objects.get().fingerprint).write_bytes(b"annat")
    with pytest.raises(Refused, match="inte längre det som laddades upp"):
        indicators.confirm_upload(upload_id=number, seen=seen, by=BY, at=LATER)


def test_all_is_stored_or_nothing(districts, monkeypatch):
    number = receive(workbook(*SAFETY))

    def broken(**_):
        raise Refused("Stopp.")

    monkeypatch.setattr("ledtrad.apps.indicators.actions.taking_in.record_outcomes", broken)
    with pytest.raises(Refused, match="Stopp"):
        confirm(number)
    assert not Outcome.objects.filter(indicator__code="1.2.1", year=2021).exists()
    assert not Observation.objects.exists()
    assert Upload.objects.get().state == "waiting"


def test_a_figure_is_changed_and_the_parts_that_the_file_is_silent_about_stay(districts):
    rows = (["Indikator", "2020"], ["1.2.2", "85,0"])
    done = confirm(receive(csv_file(*rows), "utfall.csv"))
    assert (done.changed, done.outcomes) == (1, 1)
    outcome = Outcome.objects.get(indicator__code="1.2.2", year=2020, is_current=True)
    assert (outcome.total, outcome.women, outcome.men, outcome.source_cell) == (85, 82, 87, "B2")


def test_a_margin_that_would_be_lost_is_shown(districts):
    head = ["Område", "Indikator", "2021"]
    confirm(receive(csv_file([*head, "Felmarginal"], ["Östermalm", "1.2.1", "71", "3,1"]), "a.csv"))
    number = receive(csv_file(head, ["Östermalm", "1.2.1", "71"]), "b.csv")
    upload = Upload.objects.get(pk=number)
    preview(upload, BY)
    (row,) = page_of(upload, BY, "andrade", 1)
    assert row["fates"]["2"] == ["changed", "71 ± 3.1", ""]


def test_a_sex_without_a_total_is_no_outcome_but_is_not_lost(districts):
    data = csv_file(["Indikator", "Kön", "2021"], ["1.2.1", "Kvinnor", "74"])
    confirm(receive(data, "utfall.csv"))
    assert not Outcome.objects.filter(indicator__code="1.2.1", year=2021).exists()
    assert observations("1.2.1", areas=["L1"])[Place("1.2.1", "L1", 2021, 0, Sex.WOMEN)].value == 74
    assert examined(receive(data, "utfall.csv")).counts == {Fate.UNCHANGED: 1}


def test_an_absence_of_the_city_says_where_it_stood(districts):
    confirm(receive(csv_file(["Indikator", "2021"], ["1.2.1", ".."]), "utfall.csv"))
    outcome = Outcome.objects.get(indicator__code="1.2.1", year=2021)
    assert (outcome.state, outcome.reason) == ("not_measured", "Markerat med ”..” i utfall.csv")


def test_columns_are_read_as_somebody_has_chosen(districts):
    rows = (["Var", "Vad", "2021", "Skräp"], ["Östermalm", "C.1", "7", "8"])
    number = receive(csv_file(*rows), "utfall.csv")
    roles = {3: Role.IGNORED, 0: Role.AREA, 1: Role.INDICATOR, 2: Role.FIGURE}
    indicators.choose_for_upload(upload_id=number, choices=Choices("", LayoutChoice(roles=roles)), by=BY)
    assert [one.reading.place for one in examined(number).settled] == [Place("C.1", "L1-3", 2021)]


def test_an_unreadable_file_is_refused_with_the_readers_sentence(districts):
    number = receive(b"%PDF-1.7 \x00\x01" * 50, "rapport.pdf")
    with pytest.raises(Refused, match=r"rapport.pdf .*Ingenting har lästs in"):
        examined(number)
    indicators.refuse_upload(upload_id=number, why="Fel fil", by=BY, at=LATER)
    assert (Upload.objects.get().state, Upload.objects.get().note) == ("refused", "Fel fil")


def test_a_file_that_is_too_large_leaves_nothing_behind(districts, var, monkeypatch):
    monkeypatch.setattr("ledtrad.apps.indicators.keeping.LARGEST", 10)
    with pytest.raises(Refused, match="tas inte emot"):
        receive(b"x" * 11)
    with pytest.raises(Refused, match="tom"):
        receive(b"")
    assert not Upload.objects.exists()
    assert not list((var / "uploads").iterdir())


def test_more_figures_than_are_taken_in_at_once_are_refused(districts, monkeypatch):
    monkeypatch.setattr("ledtrad.apps.indicators.queries.examining.MOST_FIGURES", 5)
    number = receive(workbook(*SAFETY))
    assert preview(Upload.objects.get(), BY)["is_too_large"]
    with pytest.raises(Refused, match="Dela upp den"):
        confirm(number)


def test_what_an_earlier_program_laid_aside_is_not_read(districts, monkeypatch, var):
    upload = Upload.objects.get(pk=receive(workbook(*SAFETY)))
    with monkeypatch.context() as earlier:
        earlier.setattr("ledtrad.apps.indicators.previews._FORM", 1)
        preview(upload, BY)
    (laid,) = (var / ".previews").glob("*/summary.json")
    laid.write_text("{}")
    assert preview(upload, BY)["about"]["indicators"] == ["1.2.1"]


def test_who_may(districts):
    reporting_year.build()
    actor = reporting_year.actor
    number = receive(workbook(*SAFETY), by=actor("rut"))
    for name in ("lars", "edit", "ada"):
        with pytest.raises(Forbidden):
            receive(b"x", by=actor(name))
    with pytest.raises(Unseen):
        confirm(number, by=actor("ove"))
    with pytest.raises(Forbidden, match="Bara centrala controllers läser in siffror för hela kommunen"):
        confirm(number, by=actor("rut"))
    confirm(number, by=actor("carl"))


def test_a_board_takes_in_its_own(districts):
    reporting_year.build()
    number = receive(csv_file(["Indikator", "2021"], ["K.1", "12"]), "k.csv", by=reporting_year.actor("rut"))
    confirm(number, by=reporting_year.actor("rut"))
    assert Outcome.objects.get(indicator__code="K.1", year=2021, is_current=True).total == 12


def test_the_log_tells_what_was_sent_and_taken_in(districts):
    number = receive(workbook(*SAFETY))
    confirm(number)
    actions = [entry.action for entry in Entry.objects.order_by("number") if entry.action.endswith("_upload")]
    assert actions == ["indicators.receive_upload", "indicators.confirm_upload"]


def test_a_backup_takes_the_bytes_along_and_leaves_the_previews(districts, tmp_path):
    from ledtrad.site.backup.files import kept_files

    number = receive(workbook(*SAFETY))
    preview(Upload.objects.get(), BY)
    assert len(list((tmp_path / ".previews").glob(f"{number}-*/summary.json"))) == 1
    assert [name for name, _ in kept_files()] == [f"uploads/{Upload.objects.get().fingerprint}"]


PX_FILE = """CHARSET="ANSI";
AXIS-VERSION="2006";
LANGUAGE="sv";
DECIMALS=0;
MATRIX="BROTT";
TITLE="Anmälda brott efter område, indikator och år";
CONTENTS="Anmälda brott";
UNITS="antal";
STUB="område","indikator";
HEADING="år";
VALUES("område")="Norra Lillköping","Södra-Åsen";
CODES("område")="L1-1","L1-2";
VALUES("indikator")="Anmälda brott";
CODES("indikator")="C.1";
VALUES("år")="2020","2021";
DATA=
120 0
".." 98;
"""
JSON_STAT_FILE = """{"version": "2.0", "class": "dataset", "label": "Anmälda brott",
"id": ["område", "indikator", "år"], "size": [2, 1, 2],
"dimension": {
 "område": {"label": "område", "category": {"index": ["L1-1", "L1-2"],
  "label": {"L1-1": "Norra Lillköping", "L1-2": "Södra-Åsen"}}},
 "indikator": {"label": "indikator", "category": {"index": ["C.1"], "label": {"C.1": "Anmälda brott"}}},
 "år": {"label": "år", "category": {"index": ["2020", "2021"]}}},
"value": [120, 0, null, 98], "status": {"2": ".."}}"""


@pytest.mark.parametrize(
    ("name", "data", "last"),
    [
        ("brott.px", PX_FILE.encode("cp1252"), "rad 18, tal 2"),
        ("brott.json", JSON_STAT_FILE.encode(), "/value/3"),
    ],
)
def test_what_statistical_offices_publish_is_read_as_any_table(districts, name, data, last):
    done = confirm(receive(data, name))
    assert (done.new, done.left_out) == (4, 0)
    found = observations("C.1")
    told = {(place.area, place.year): (said.value, said.absence) for place, said in found.items()}
    assert told == {
        ("L1-1", 2020): (Decimal(120), None),
        ("L1-1", 2021): (Decimal(0), None),
        ("L1-2", 2020): (None, AbsenceKind.NOT_MEASURED),
        ("L1-2", 2021): (Decimal(98), None),
    }
    assert found[Place("C.1", "L1-2", 2021)].cell == last


def silent_px(contents):
    """A table of areas and years whose head alone says what it counts."""
    head = PX_FILE.replace('STUB="område","indikator";', 'STUB="område";').replace(
        'CONTENTS="Anmälda brott', f'CONTENTS="{contents}'
    )
    return "".join(line for line in head.splitlines(keepends=True) if '("indikator")' not in line).encode("cp1252")


def test_what_a_file_says_that_it_counts_is_its_indicator_or_the_name_to_choose_for(districts):
    known = examined(receive(silent_px("Anmälda brott"), "a.px"))
    assert {one.reading.indicator for one in known.settled} == {"C.1"}
    number = receive(silent_px("Brott som har anmälts"), "b.px")
    (strange,) = preview(Upload.objects.get(pk=number), BY)["unmatched"]
    assert (strange["name"], strange["cells"]) == ("Brott som har anmälts", 4)
    chosen = Choices("", indicator_names={fold("Brott som har anmälts"): "C.1"})
    indicators.choose_for_upload(upload_id=number, choices=chosen, by=BY)
    confirm(number)
    assert len(observations("C.1")) == 4
    other = examined(receive(silent_px("Uppklarade brott"), "c.px"))
    assert other.counts == {Fate.UNKNOWN_INDICATOR: 4}, "same headings, another thing counted"
    assert examined(receive(silent_px("Brott som har anmälts"), "d.px")).counts == {Fate.UNCHANGED: 4}
