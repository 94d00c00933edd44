"""Röjandekontroll

Ingen ska kunna läsa ut vad en enskild har svarat, varken ur en tabell eller genom att räkna med flera. Därför döljs
antal under en gräns. Är bara en cell dold går den att räkna ut som summan minus de andra; därför döljs fler, så få som
möjligt. Innan något publiceras prövas det av en angripare som har läst allt och räknar ut det lägsta och högsta som varje
dolt antal kan vara. Alla dolda celler har samma tecken: läsaren ser inte vilka som var få och vilka som skyddar.
"""

import numpy as np
from tests.core.method.spec import EMPTY, examples

from ledtrad.core.surveys.disclosure import Cell, Mark, Rounded, Rule, counted, flat, protect, round_counts, view
from ledtrad.core.surveys.disclosure.attack import bounds_of
from ledtrad.core.surveys.disclosure.frames import numbering
from ledtrad.core.surveys.disclosure.gate import check, sees
from ledtrad.core.surveys.releases.rounded import gives_away, seen

ANSWERS = ("ja", "nej", "vet inte")
MARKS = {Mark.NONE: "", Mark.SECRET: "sekretess", Mark.TOO_FEW: "för få svar", Mark.UNSURE: "osäker"}


def _row(text):
    return [int(number) for number in text.split()]


def _table(row):
    rows = [_row(row[sex]) for sex in ("Kvinnor", "Män")]
    answer = flat("svar", ANSWERS[: len(rows[0])])
    return counted("svarande", [flat("kön", ("kvinnor", "män")), answer], np.array(rows), "svar")


def _shown(protection):
    """The view as the handbook writes it: women's row, men's row, and the row of both, each with its total last."""
    table = protection.tables[0]
    (sex, sexes), (answer, answers) = zip(table.groupings, table.codes, strict=True)
    last = (*answers[1:], answers[0])
    rows = [view(protection, "svarande", [(sex, (code,)), (answer, last)]) for code in (*sexes[1:], sexes[0])]
    return " / ".join(" ".join(EMPTY if one.value is None else f"{one.value:.0f}" for one in row) for row in rows)


@examples
def test_hiding(row):
    """Antal under fem döljs, och de celler som behövs för att de inte ska gå att räkna ut. I tabellen står kvinnornas
    rad, männens och bådas, var och en med summan sist.

    | Kvinnor | Män | Visas |
    |---|---|---|
    | 12 20 31 | 14 22 40 | 12 20 31 63 / 14 22 40 76 / 26 42 71 139 |
    | 3 20 31 | 14 22 40 | – – 31 54 / – – 40 76 / 17 42 71 130 |
    | 0 20 31 | 14 22 40 | 0 20 31 51 / 14 22 40 76 / 14 42 71 127 |
    | 3 20 31 | 14 2 40 | – – 31 54 / – – 40 56 / 17 22 71 110 |
    """
    protection = protect([_table(row)], Rule())
    check(protection)
    assert _shown(protection) == row["Visas"]


@examples
def test_what_an_attacker_knows(row):
    """Den som har läst allt vet ändå bara att ett dolt antal ligger i ett intervall som är minst fem brett.

    | Kvinnor | Män | Kvinnor som svarat ja är mellan |
    |---|---|---|
    | 3 20 31 | 14 22 40 | 0 och 17 |
    | 3 20 31 | 14 2 40 | 1 och 17 |
    """
    protection = protect([_table(row)], Rule())
    cell = next(cell for cell in protection.why if cell.at == (("kön", "kvinnor"), ("svar", "ja")))
    low, high = sees(protection, [cell])[cell]
    assert f"{low:.0f} och {high:.0f}" == row["Kvinnor som svarat ja är mellan"]


@examples
def test_bases(row):
    """En andel visas inte om färre än 20 har svarat, och har ett tecken om det är färre än 50.

    | Kvinnor | Män | Andel ja bland kvinnor | Tecken |
    |---|---|---|---|
    | 6 13 | 40 40 | – | för få svar |
    | 6 14 | 40 40 | 30 % | osäker |
    | 24 26 | 40 40 | 48 % |  |
    | 3 40 | 40 40 | – | sekretess |
    """
    protection = protect([_table(row)], Rule())
    table = protection.tables[0]
    by = [(table.groupings[0], ("kvinnor",)), (table.groupings[1], ("ja",))]
    (figure,) = view(protection, "svarande", by, shares_of="svar")
    share = EMPTY if figure.share is None else f"{100 * figure.share:.0f} %"
    assert (share, MARKS[figure.mark]) == (row["Andel ja bland kvinnor"], row["Tecken"])


@examples
def test_rounding(row):
    """I stället för att dölja kan man avrunda alla antal till en bas, uppåt eller nedåt av en slump som är densamma
    varje gång. Summorna stämmer när det går, och annars sägs det.

    | Kvinnor | Män | Bas | Längst från det sanna | Summorna stämmer |
    |---|---|---|---|---|
    | 3 20 31 | 14 22 40 | 3 | 2 | ja |
    | 3 20 31 | 14 22 40 | 5 | 4 | ja |
    """
    table, base = _table(row), int(row["Bas"])
    rounded = round_counts([table], base, "ett salt")
    distances = [abs(rounded.counts[cell] - table.values[place]) for cell, place in table.cells()]
    assert max(distances) <= int(row["Längst från det sanna"])
    assert rounded.additive == (row["Summorna stämmer"] == "ja")


@examples
def test_a_rounding_is_attacked(row):
    """Hur många som svarade är känt från annat håll, och då säger avrundade antal mer än de ser ut att göra. Av sju som
    svarade ja eller nej säger ”5” och ”10” att precis en svarade ja. En avrundning publiceras bara om minst tre antal är
    möjliga där det kan vara ett till fyra (två där bara en svarade); annars dras en ny.

    | Ja | Nej | Avrundat ja | Avrundat nej | Avrundat svarande | Ja är mellan | Publiceras |
    |---|---|---|---|---|---|---|
    | 1 | 6 | 5 | 10 | 5 | 1 1 | nej |
    | 1 | 6 | 0 | 10 | 10 | 0 1 | nej |
    | 1 | 6 | 0 | 5 | 5 | 0 4 | ja |
    | 3 | 17 | 5 | 15 | 20 | 1 9 | ja |
    | 0 | 20 | 0 | 20 | 20 | 0 4 | ja |
    """
    made = counted("svar", [flat("answer", ("ja", "nej"))], np.array([int(row["Ja"]), int(row["Nej"])]))
    yes, no = (Cell("svar", (("answer", code),)) for code in ("ja", "nej"))
    counts = {Cell("svar", ()): row["Avrundat svarande"], yes: row["Avrundat ja"], no: row["Avrundat nej"]}
    rounded = Rounded(5, {cell: int(count) for cell, count in counts.items()}, additive=True)
    known = bounds_of(numbering([made]), list(seen([made], rounded, Rule())), [yes])[yes]
    assert [round(known.low), round(known.high)] == _row(row["Ja är mellan"])
    assert gives_away([made], rounded, Rule()) == (row["Publiceras"] == "nej")
