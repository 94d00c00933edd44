"""Rapportering

En rapport är en rad för varje indikator, aktivitet och mål som nämnden svarar för. Raden sparas som den skrivs; vad som
är fel eller saknas sägs bredvid. Först när allt är ifyllt kan rapporten lämnas in.
"""

import pytest
from tests.core.method.spec import EMPTY, examples

from ledtrad.core.quantities import COUNT, MILLION_KRONOR, PERCENT, plain
from ledtrad.core.reporting import (
    Frame,
    Move,
    RowKind,
    State,
    StepRefused,
    Unstorable,
    may_write,
    read_content,
    read_figure,
    step_from,
)
from ledtrad.core.reporting.figures import NotAFigure

UNITS = {"%": PERCENT, "antal": COUNT, "mnkr": MILLION_KRONOR}
WORDS = {"helt": "met", "delvis": "partly", "ej": "not_met"}
PROGRESS = {"genomförd": "done", "delvis": "partly", "ej genomförd": "not_done", "avbruten": "stopped"}
STATES = {
    "utkast": State.DRAFT,
    "inlämnad": State.SUBMITTED,
    "återlämnad": State.RETURNED,
    "beslutad": State.DECIDED,
    "låst": State.LOCKED,
}
MOVES = {"lämna in": Move.SUBMIT, "lämna tillbaka": Move.RETURN, "besluta": Move.DECIDE, "låsa": Move.LOCK}


def cell(row, name):
    return "" if row[name] == EMPTY else row[name]


@examples
def test_figures(row):
    """Tal som de skrivs i en ruta

    Mellanslag mellan tusental, komma före decimaler. Punkt godtas bara där ingen kan missförstå. Noll är ett tal.

    | skrivet | enhet | talet | decimaler |
    |---|---|---|---|
    | 84 | % | 84 | 0 |
    | 84,5 | % | 84.5 | 1 |
    | 84,50 | % | 84.5 | 2 |
    | 84,5 % | % | 84.5 | 1 |
    | 84 procent | % | 84 | 0 |
    | 0 | % | 0 | 0 |
    | −1,1 | % | -1.1 | 1 |
    | -1,1 | % | -1.1 | 1 |
    | 1 234 | antal | 1234 | 0 |
    | 1 234,5 | antal | 1234.5 | 1 |
    | 88.5 | % | 88.5 | 1 |
    | 12 mnkr | mnkr | 12 | 0 |
    """
    found = read_figure(row["skrivet"], UNITS[row["enhet"]])
    assert (plain(found.value), str(found.decimals)) == (row["talet"], row["decimaler"])


@examples
def test_no_figures(row):
    """Det som inte är ett tal sägs till om

    | skrivet | enhet | vad som sägs |
    |---|---|---|
    | 8,,4 | % | inget tal |
    | åttio | % | inget tal |
    | 84 85 | % | inget tal |
    | 12 34 | antal | inget tal |
    | 1.234 | antal | kan läsas på två sätt |
    | 84 mnkr | % | ska vara i % |
    | 84 % | mnkr | ska vara i mnkr |
    | 84 % | antal | ska vara i antal |
    | 0,1234567890123 | % | högst 12 decimaler |
    """
    with pytest.raises(NotAFigure, match=row["vad som sägs"]):
        read_figure(row["skrivet"], UNITS[row["enhet"]])


@examples
def test_indicators(row):
    """När en indikators rad är klar

    Vid årets slut krävs ett utfall eller skälet till att det inte har mätts, aldrig båda. En indikator om människor
    redovisas för kvinnor och män; saknas det säger kommentaren varför. Vid tertial krävs en prognos.

    | period | per kön | ska mätas i år | totalt | kvinnor | män | ej mätt | prognos | kommentar | vad som fattas |
    |---|---|---|---|---|---|---|---|---|---|
    | år | ja | ja | 84 | 82 | 87 | – | – | – | – |
    | år | ja | ja | 84 | – | – | – | – | – | kvinnor och män |
    | år | ja | ja | 84 | – | – | – | – | Könen redovisas inte. | – |
    | år | ja | ja | – | 82 | 87 | – | – | – | utfallet totalt |
    | år | nej | ja | 0 | – | – | – | – | – | – |
    | år | nej | ja | – | – | – | – | – | – | varför det inte har mätts |
    | år | nej | nej | – | – | – | – | – | – | – |
    | år | nej | ja | – | – | – | Ingen undersökning. | – | – | – |
    | år | nej | ja | 84 | – | – | Ingen undersökning. | – | – | inte båda |
    | år | nej | ja | 84 | 82 | – | – | – | – | inte per kön |
    | år | nej | ja | 8,,4 | – | – | – | – | – | inget tal |
    | tertial | nej | ja | – | – | – | – | – | – | prognos |
    | tertial | nej | ja | – | – | – | – | 85 | – | – |
    | tertial | nej | ja | 40 | – | – | – | 85 | – | – |
    """
    frame = Frame(
        RowKind.INDICATOR,
        0 if row["period"] == "år" else 1,
        PERCENT,
        by_sex=row["per kön"] == "ja",
        is_due=row["ska mätas i år"] == "ja",
    )
    columns = {
        "total": "totalt",
        "women": "kvinnor",
        "men": "män",
        "not_measured": "ej mätt",
        "forecast": "prognos",
        "comment": "kommentar",
    }
    told = read_content(frame, {name: cell(row, column) for name, column in columns.items()})
    _says(told, cell(row, "vad som fattas"))


def _says(content, expected):
    sentences = [*content.problems.values(), *content.lacking.values()]
    assert bool(sentences) is bool(expected)
    assert content.is_complete is not bool(expected)
    assert not expected or any(expected in sentence for sentence in sentences)


@examples
def test_a_total_beside_the_sexes(row):
    """Totalen ligger mellan kvinnor och män

    Gör den inte det får den som skriver en påminnelse. Den hindrar ingenting.

    | totalt | kvinnor | män | påminns |
    |---|---|---|---|
    | 84 | 82 | 87 | nej |
    | 90 | 82 | 87 | ja |
    | 84 | 84 | 84 | nej |
    """
    frame = Frame(RowKind.INDICATOR, 0, PERCENT, by_sex=True)
    told = read_content(frame, {"total": row["totalt"], "women": row["kvinnor"], "men": row["män"]})
    assert (bool(told.notices), told.is_complete) == (row["påminns"] == "ja", True)


@examples
def test_activities(row):
    """När en aktivitets rad är klar

    | svar | varför | vad som fattas |
    |---|---|---|
    | – | – | hur det har gått |
    | genomförd | – | – |
    | delvis | – | varför |
    | delvis | Personal saknades. | – |
    | ej genomförd | – | varför |
    | avbruten | – | varför |
    """
    content = {"progress": PROGRESS.get(cell(row, "svar"), ""), "why": cell(row, "varför")}
    _says(read_content(Frame(RowKind.ACTIVITY), content), cell(row, "vad som fattas"))


@examples
def test_assessments(row):
    """När en bedömning är klar

    Revisorerna ber om mer än status: nås målet inte helt skrivs också orsak, risk framåt, och åtgärd med väntad effekt.
    Vid tertial lämnas i stället en prognos: hur troliga de tre bedömningarna är, i hela procent som blir 100.

    | period | bedömning | resultat | orsak | risk | åtgärd | prognos | vad som fattas |
    |---|---|---|---|---|---|---|---|
    | år | – | Det går bra. | – | – | – | – | Bedöm om målet |
    | år | helt | – | – | – | – | – | vad som har uppnåtts |
    | år | helt | Det går bra. | – | – | – | – | – |
    | år | delvis | Det går bra. | – | Risk. | Åtgärd. | – | varför målet inte |
    | år | delvis | Det går bra. | Orsak. | – | Åtgärd. | – | vilken risk |
    | år | ej | Det går bra. | Orsak. | Risk. | – | – | vilken effekt |
    | år | ej | Det går bra. | Orsak. | Risk. | Åtgärd. | – | – |
    | år | helt | Det går bra. | – | – | – | 70 20 10 | bara vid tertial |
    | tertial | – | Det går bra. | – | – | – | – | 100 procent |
    | tertial | – | Det går bra. | – | – | – | 70 20 10 | – |
    | tertial | – | Det går bra. | – | – | – | 70 20 | Nu blir de 90 |
    | tertial | – | Det går bra. | – | – | – | 100 | – |
    | tertial | – | Det går bra. | – | – | – | 70,5 29 | helt tal |
    | tertial | – | Det går bra. | – | – | – | 110 | helt tal |
    """
    frame = Frame(RowKind.ASSESSMENT, 0 if row["period"] == "år" else 2)
    shares = dict(
        zip(("forecast_met", "forecast_partly", "forecast_not_met"), cell(row, "prognos").split(), strict=False)
    )
    texts = {"result": "resultat", "cause": "orsak", "risk": "risk", "measure": "åtgärd"}
    content = {name: cell(row, column) for name, column in texts.items()}
    verdict = WORDS.get(cell(row, "bedömning"), "")
    _says(read_content(frame, {"verdict": verdict, **content, **shares}), cell(row, "vad som fattas"))


@examples
def test_what_cannot_be_kept(row):
    """Det som inte går att spara

    Allt som skrivs sparas, också det som är fel, utom detta. Då sparas ingenting av det som skickades.

    | fält | vad som skickas | vad som sägs |
    |---|---|---|
    | kommentar | 20 001 tecken | får ha högst 20 000 |
    | totalt | 201 tecken | får ha högst 200 |
    | kommentar | ett styrtecken | styrtecken |
    | måluppfyllelse | text | finns inte på raden |
    | totalt | ett tal som inte är text | ska vara text |
    | prognosens bedömning | kanske | finns inte |
    """
    names = {"kommentar": "comment", "totalt": "total", "prognosens bedömning": "forecast_verdict"}
    sent = {
        "20 001 tecken": "a" * 20_001,
        "201 tecken": "1" * 201,
        "ett styrtecken": "a\x07b",
        "ett tal som inte är text": 84,
    }
    what = sent.get(row["vad som skickas"], row["vad som skickas"])
    with pytest.raises(Unstorable) as refusal:
        read_content(Frame(RowKind.INDICATOR), {names.get(row["fält"], row["fält"]): what})
    assert row["vad som sägs"] in str(refusal.value).replace("\u00a0", " ")


@examples
def test_the_way_up(row):
    """Vägen upp

    Ett utkast lämnas in, lämnas tillbaka med frågor eller beslutas, och låses. Ett steg till är omöjligt.

    | rapporten är | någon vill | sedan är den | rader får ändras efteråt |
    |---|---|---|---|
    | utkast | lämna in | inlämnad | nej |
    | återlämnad | lämna in | inlämnad | nej |
    | inlämnad | lämna tillbaka | återlämnad | ja |
    | inlämnad | besluta | beslutad | nej |
    | beslutad | låsa | låst | nej |
    | utkast | besluta | – | – |
    | utkast | låsa | – | – |
    | utkast | lämna tillbaka | – | – |
    | inlämnad | lämna in | – | – |
    | inlämnad | låsa | – | – |
    | återlämnad | besluta | – | – |
    | återlämnad | låsa | – | – |
    | återlämnad | lämna tillbaka | – | – |
    | beslutad | lämna in | – | – |
    | beslutad | lämna tillbaka | – | – |
    | beslutad | besluta | – | – |
    | låst | lämna in | – | – |
    | låst | lämna tillbaka | – | – |
    | låst | besluta | – | – |
    | låst | låsa | – | – |
    """
    state, move = STATES[row["rapporten är"]], MOVES[row["någon vill"]]
    if row["sedan är den"] == EMPTY:
        with pytest.raises(StepRefused, match="kan därför inte"):
            step_from(state, move)
        return
    taken = step_from(state, move)
    assert taken.to_state is STATES[row["sedan är den"]]
    assert may_write(taken.to_state) is (row["rader får ändras efteråt"] == "ja")
