"""Inläsning

Siffror kommer i arbetsböcker och textfiler. Programmet gissar vad varje kolumn håller, visar vad som händer med varje
cell, och läser in först när någon har sagt ja. Det som inte går att förstå räknas upp; inget passerar i tysthet.
"""

from decimal import Decimal

import pytest
from tests.core.method.spec import EMPTY, examples

from ledtrad.core.imports import (
    Asked,
    Books,
    Fate,
    Habits,
    KnownArea,
    KnownIndicator,
    NotANumber,
    TableReader,
    Understanding,
    book_of_areas,
    book_of_indicators,
    by_places,
    differences,
    guess_layout,
    habits_of,
    meaning_of,
    read_number,
    read_period,
    settle,
)
from ledtrad.core.imports.numbers import notice
from ledtrad.core.observations import Observed, Place, Sex
from ledtrad.core.quantities import decimals_of, plain

SPACES = {"␣": "\u00a0", "⍽": "\u202f"}
INDICATORS = (
    KnownIndicator("1.2.1", ("Andel trygga",), (Asked(2015, "percent", 0),)),
    KnownIndicator("C.1", ("Anmälda brott",), (Asked(2015, "count", 0),)),
)
AREAS = (
    KnownArea("00", "Riket", "nation"),
    KnownArea("01", "Stockholms län", "county"),
    KnownArea("0180", "Stockholm", "municipality"),
    KnownArea("0136", "Haninge", "municipality"),
    KnownArea("S1", "Rinkeby-Kista", "district"),
    KnownArea("S2", "Farsta", "district"),
)
BOOKS = Books(book_of_indicators(INDICATORS), book_of_areas(AREAS))
KNOWN = {one.code: one for one in INDICATORS}
WORDS = {
    "ny": Fate.NEW,
    "ändrad": Fate.CHANGED,
    "känd": Fate.UNCHANGED,
    "saknas": Fate.MISSING,
    "okänd indikator": Fate.UNKNOWN_INDICATOR,
    "okänt område": Fate.UNKNOWN_AREA,
    "oklart år": Fate.UNKNOWN_PERIOD,
    "oklart kön": Fate.UNKNOWN_GROUP,
    "inget tal": Fate.NOT_A_NUMBER,
    "två tal": Fate.TWO_NUMBERS,
    "före definitionen": Fate.BEFORE_DEFINED,
    "jämförs": Fate.CONTROL,
    "säger inget": Fate.SILENT,
}
HELD = {Place("1.2.1", "S2", 2020): Observed(Decimal(70)), Place("1.2.1", "S2", 2021): Observed(Decimal(71))}


def written(text):
    for sign, space in SPACES.items():
        text = text.replace(sign, space)
    return "" if text == EMPTY else text


def read(rows, held=None):
    layout = guess_layout(rows, BOOKS, city="0180")
    understanding = Understanding(BOOKS, KNOWN, "0180")
    return settle(TableReader(layout, understanding, habits_of(rows, layout)).read(rows), held or {})


@examples
def test_figures(row):
    """Tal som de står i en cell

    Mellanslag av alla slag (␣ är ett hårt, ⍽ ett smalt) mellan tusental, minus i alla former, procenttecken efter.

    | skrivet | talet | decimaler |
    |---|---|---|
    | 84 | 84 | 0 |
    | 84,5 | 84.5 | 1 |
    | 84.5 | 84.5 | 1 |
    | 1 234,5 | 1234.5 | 1 |
    | 1␣234,5 | 1234.5 | 1 |
    | 1⍽234⍽567 | 1234567 | 0 |
    | 1.234,5 | 1234.5 | 1 |
    | 1,234.5 | 1234.5 | 1 |
    | −1,1 | -1.1 | 1 |
    | –1,1 | -1.1 | 1 |
    | -0 | 0 | 0 |
    | 76,50 % | 76.5 | 2 |
    | 84␣procent | 84 | 0 |
    | 0 | 0 | 0 |
    | 0.05 | 0.05 | 2 |
    | 1e-05 | 0.00001 | 5 |
    """
    value = read_number(written(row["skrivet"]))
    assert (plain(value), decimals_of(value)) == (row["talet"], int(row["decimaler"]))


@examples
def test_what_is_no_figure(row):
    """Det som inte är något tal

    | skrivet |
    |---|
    | cirka 84 |
    | 84-85 |
    | 12 34 |
    | 1,2,3 |
    | 84 kr |
    | (84) |
    | ²84 |
    | ٨٤ |
    | 1e999 |
    | Infinity |
    | #DIV/0! |
    """
    with pytest.raises(NotANumber):
        read_number(row["skrivet"])


@examples
def test_one_of_two_numbers(row):
    """1.234 kan vara två tal

    Hur andra tal i samma tabell är skrivna avgör. Säger de inget frågar programmet hellre än gissar.

    | annat i tabellen | skrivet | talet |
    |---|---|---|
    | – | 1.234 | – |
    | 84,5 | 1.234 | – |
    | 84.5 | 1.234 | 1.234 |
    | 1.234,5 | 1.234 | 1234 |
    | 84,5 | 1,234 | 1.234 |
    | 84.5 | 1,234 | – |
    | 1,234.5 | 1,234 | 1234 |
    | – | 0.123 | 0.123 |
    """
    habits = notice(Habits(), written(row["annat i tabellen"]))
    if row["talet"] == EMPTY:
        with pytest.raises(NotANumber) as trouble:
            read_number(row["skrivet"], habits=habits)
        assert trouble.value.may_be_two
    else:
        assert plain(read_number(row["skrivet"], habits=habits)) == row["talet"]


@examples
def test_marks(row):
    """Tecken i stället för siffror

    Inget tecken betyder noll: den som menar noll skriver 0. Betydelsen går att ändra för varje fil, och minns sig till
    nästa.

    | tecken | betyder |
    |---|---|
    | - | not_measured |
    | −  | not_measured |
    | .. | not_measured |
    | … | not_measured |
    | . | not_applicable |
    | XX | suppressed |
    | x | suppressed |
    | Missing | not_measured |
    | Private | suppressed |
    | Ej klart | late |
    | n/a | not_measured |
    """
    meaning = meaning_of(row["tecken"])
    assert meaning is not None
    assert meaning.kind == row["betyder"]


def test_an_empty_cell_is_not_measured_and_never_zero():
    """En tom cell är inte noll

    Den betyder att inget är mätt, om ingen har valt att den inte säger något.
    """
    assert meaning_of("").kind == "not_measured"
    assert meaning_of("", {"": "nothing"}).kind is None
    assert meaning_of("0") is None


@examples
def test_areas(row):
    """Områden hur de än stavas

    Ett namn som kan vara två områden är inget av dem.

    | skrivet | område |
    |---|---|
    | Stockholm | 0180 |
    | 0180 | 0180 |
    | 180 | 0180 |
    | Stockholms stad | 0180 |
    | 0180 Stockholm | 0180 |
    | Stockholm (0180) | 0180 |
    | 0180 Haninge | – |
    | Stockholms län | 01 |
    | HELA RIKET | 00 |
    | rinkeby kista | S1 |
    | Rinkeby – Kista | S1 |
    | Farsta sdn | S2 |
    | Farsta stadsdelsområde | S2 |
    | Rinkby | – |
    """
    assert BOOKS.areas.find(row["skrivet"]) == written(row["område"])


@examples
def test_years(row):
    """År och tertial

    | skrivet | perioden |
    |---|---|
    | 2020 | 2020 |
    | år 2020 | 2020 |
    | 2020-12-31 | 2020 |
    | 2020-T1 | 2020-T1 |
    | T2 2020 | 2020-T2 |
    | 2004/05 | – |
    | 2020M05 | – |
    | i fjol | – |
    """
    found = read_period(row["skrivet"])
    assert str(found or EMPTY) == row["perioden"]


@examples
def test_fates(row):
    """Vad som händer med en cell

    Känt sedan förut: Farsta 70 för 2020 och 71 för 2021.

    | indikator | område | år | kön | värde | händer |
    |---|---|---|---|---|---|
    | 1.2.1 | Stockholm | 2020 | Totalt | 76,5 | ny |
    | Andel trygga | Stockholm | 2020 | Kvinnor | 76,5 | ny |
    | 1.2.1 | Farsta | 2020 | Totalt | 72 | ändrad |
    | 1.2.1 | Farsta | 2020 | Totalt | XX | ändrad |
    | 1.2.1 | Farsta | 2020 | Totalt | 70 | känd |
    | 1.2.1 | Stockholm | 2020 | Totalt | .. | saknas |
    | 9.9.9 | Stockholm | 2020 | Totalt | 5 | okänd indikator |
    | 1.2.1 | Rinkby | 2020 | Totalt | 5 | okänt område |
    | 1.2.1 | Stockholm | 2020/21 | Totalt | 5 | oklart år |
    | 1.2.1 | Stockholm | 2020 | Hästar | 5 | oklart kön |
    | 1.2.1 | Stockholm | 2020 | Totalt | cirka 5 | inget tal |
    | 1.2.1 | Stockholm | 2020 | Totalt | 1.234 | två tal |
    | 1.2.1 | Stockholm | 2014 | Totalt | 5 | före definitionen |
    | 1.2.1 | Stockholm | 2014 | Totalt | .. | säger inget |
    | 1.2.1 | Summa | 2020 | Totalt | 5 | jämförs |
    """
    rows = [
        ["Indikator", "Område", "År", "Kön", "Värde"],
        [row[name] for name in ("indikator", "område", "år", "kön", "värde")],
    ]
    (settled,) = read(rows, HELD)
    assert settled.fate is WORDS[row["händer"]]


@examples
def test_the_same_table_in_many_forms(row):
    """Långa och breda tabeller

    År, kön, områden och indikatorer kan stå i rader eller kolumner, och rubriker på flera rader. Här skiljs celler med
    semikolon och rader med snedstreck; varje tabell säger att andelen trygga kvinnor i Farsta 2020 var 71.

    | tabell |
    |---|
    | Indikator;Område;År;Kön;Värde / 1.2.1;Farsta;2020;Kvinnor;71 |
    | Indikator;Område;Kön;2020 / 1.2.1;Farsta;K;71 |
    | Område;År;Kön;Andel trygga / Farsta;2020;Kvinnor;71 |
    | Område;Andel trygga, kvinnor 2020 / Farsta;71 |
    | Indikator;Kön;År;Farsta;Haninge / 1.2.1;Kvinnor;2020;71;.. |
    | Andel trygga 2020; / ; / Område;Kvinnor / Farsta;71 |
    | ;2019;;2020; / Område;Kvinnor;Män;Kvinnor;Män / Farsta;..;..;71;.. / Andel trygga;;;; |
    | kpi;municipality_id;period;gender;value;status / 1.2.1;S2;2020;K;71; |
    """
    rows = [line.split(";") for line in row["tabell"].split(" / ")]
    if rows[-1][0] == "Andel trygga":  # the name of the sheet
        rows = [["Andel trygga"], *rows[:-1]]
    figures = [one for one in read(rows) if one.reading.number is not None]
    assert [(one.reading.place, one.reading.number) for one in figures] == [
        (Place("1.2.1", "S2", 2020, 0, Sex.WOMEN), Decimal(71))
    ]


@examples
def test_sums(row):
    """Summor

    Filens egna summor jämförs med sina delar. Officiell statistik bär ett litet brus med flit: upp till en procent, eller
    tre enheter, godtas och märks. Större skillnader läses in bara om någon skriver varför.

    | Farsta | Haninge | summa | bedöms |
    |---|---|---|---|
    | 500 | 700 | 1 200 | – |
    | 500 | 700 | 1 203 | brus |
    | 5 | 7 | 15 | brus |
    | 5 | 7 | 16 | skiljer |
    | 500 | 700 | 1 400 | skiljer |
    | 500 | XX | 1 400 | – |
    """
    rows = [
        ["Område", "Anmälda brott 2020"],
        *([name, row[name.lower() if name == "Summa" else name]] for name in ("Farsta", "Haninge", "Summa")),
    ]
    found = [("brus" if one.is_noise else "skiljer") for one in differences(by_places(read(rows)), KNOWN)]
    assert found == ([] if row["bedöms"] == EMPTY else [row["bedöms"]])
