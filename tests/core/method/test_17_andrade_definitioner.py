"""Ändrade definitioner

En granne kan låta ett nyckeltal behålla sin beteckning och ändra vad det frågar om. Därför fästs definitionen när en
prenumeration görs, och jämförs vid varje hämtning. Minsta skillnad rapporteras, och inget mer tas in förrän någon har
sagt vad den betyder. Datorn sorterar bara skillnaderna efter hur allvarliga de ser ut.
"""

import csv

import pytest
from tests.conftest import SHARED
from tests.core.method.spec import EMPTY, examples

from ledtrad.core.series.drift import DriftKind, NeighbourDefinition, drift_between

KINDS = {
    "en annan fråga": DriftKind.QUESTION,
    "en annan omfattning": DriftKind.SCOPE,
    "en annan text": DriftKind.TEXT,
    "serien avslutad": DriftKind.ENDED,
    "annat skrivsätt": DriftKind.WRITING,
    "ingen": None,
}
CATALOGUE = SHARED / "data" / "kolada" / "kolada_kpi_drift.csv"


def kind_of(drift):
    return drift.kind if drift else None


@examples
def test_titles(row):
    """Titeln

    Ett ord som bär mening och är ett annat gör frågan till en annan. Småord, skiljetecken och mellanslag gör det inte;
    inte heller ett årtal inom parentes sist, som betyder att serien är avslutad.

    | fäst titel | titel nu | skillnad |
    |---|---|---|
    | Förtroende för att brottsmisstänkta behandlas bra, andel (%) | Förtroende för att brottsutsatta behandlas bra, andel (%) | en annan fråga |
    | Nettokostnad boende LSS, kr/inv | Nettokostnad boende LSS, barn, kr/inv | en annan fråga |
    | Anställda -34 år inom grundskola, andel (%) | Anställda, -34 år, inom grundskola, andel (%) | annat skrivsätt |
    | Fria från korruption, andel(%) | Fria från korruption, andel (%) | annat skrivsätt |
    | Trygga i området, antal | Trygga i området, andel | en annan fråga |
    | Invånare med god hälsa | Invånare som har god hälsa | en annan fråga |
    | Elever i skolan | Elever på skolan | annat skrivsätt |
    | Kulturhus, antal | Kulturhus, antal (-2023) | serien avslutad |
    | Kulturhus, antal | Kulturhus, antal (- 2024) | serien avslutad |
    | Köp av förskola, andel (%) | Kommunens köp av förskola, andel (%) (-2024) | en annan fråga |
    | Kulturhus, antal | Kulturhus, antal | ingen |
    """
    pinned, found = NeighbourDefinition(row["fäst titel"]), NeighbourDefinition(row["titel nu"])
    assert kind_of(drift_between(pinned, found)) is KINDS[row["skillnad"]]


@examples
def test_the_rest(row):
    """Texten och det övriga

    Det som skiljer mest avgör. Att frågan delas upp på kön, eller gäller andra slags områden, är en annan omfattning.

    | fäst text | text nu | delas på kön, fäst | delas på kön nu | skillnad |
    |---|---|---|---|---|
    | Källa: Brå. | Källa: Brå. | ja | ja | ingen |
    | Källa: Brå. | Källa:  Brå | ja | ja | annat skrivsätt |
    | Avser 16–84 år. | Avser 16–79 år. | ja | ja | en annan text |
    | Källa: Brå. | Källa: Brå. | nej | ja | en annan omfattning |
    | Avser 16–84 år. | Avser 16–79 år. | nej | ja | en annan omfattning |
    | – | Källa: Brå. | nej | nej | en annan text |
    """
    texts = ["" if row[name] == EMPTY else row[name] for name in ("fäst text", "text nu")]
    traits = [row[name] for name in ("delas på kön, fäst", "delas på kön nu")]
    pinned, found = (
        NeighbourDefinition("Våld", text, (("kön", trait),)) for text, trait in zip(texts, traits, strict=True)
    )
    assert kind_of(drift_between(pinned, found)) is KINDS[row["skillnad"]]


def test_word_by_word():
    """Ord för ord

    Det som har gått och det som har kommit visas i samma mening, så att ögat ser det som är nytt.
    """
    drift = drift_between(
        NeighbourDefinition("Att brottsmisstänkta behandlas bra"),
        NeighbourDefinition("Att brottsutsatta behandlas bra"),
    )
    assert [(piece.text.strip(), piece.in_pinned, piece.in_found) for piece in drift.parts[0].pieces] == [
        ("Att", True, True),
        ("brottsmisstänkta", True, False),
        ("brottsutsatta", False, True),
        ("behandlas bra", True, True),
    ]


def test_a_neighbour_that_contradicts_itself():
    """När grannen säger emot sig själv

    Ändras titeln men inte texten kan de två tala om olika saker. Citerar texten en annan titel visas det.
    """
    text = "Talet hör till ”Förtroende för att rättsväsendet behandlar brottsmisstänkta bra, andel (%)”."
    pinned = NeighbourDefinition("Förtroende för att rättsväsendet behandlar brottsmisstänkta bra, andel (%)", text)
    found = NeighbourDefinition("Förtroende för att rättsväsendet behandlar brottsutsatta bra, andel (%)", text)
    assert "brottsmisstänkta" in drift_between(pinned, found).contradicts_itself
    assert drift_between(found, pinned).contradicts_itself == ""


@pytest.mark.skipif(not CATALOGUE.exists(), reason="the shared recordings of Kolada are not here")
def test_the_real_catalogues():
    """Två verkliga kataloger

    Mellan två uttag ur Koladas katalog i mars 2026 ändrades 978 titlar. Ingen av dem går obemärkt förbi. N07655 bytte
    brottsmisstänkta mot brottsutsatta: en annan fråga.
    """
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = {row["kpi"]: row for row in csv.DictReader(file) if row["change"] == "title"}
    drifts = {
        code: drift_between(NeighbourDefinition(row["old"]), NeighbourDefinition(row["new"]))
        for code, row in rows.items()
    }
    assert len(drifts) == 978
    assert all(drifts.values())
    assert drifts["N07655"].kind is DriftKind.QUESTION
    kinds = [drift.kind for drift in drifts.values()]
    assert (kinds.count(DriftKind.QUESTION), kinds.count(DriftKind.ENDED), kinds.count(DriftKind.WRITING)) == (
        738,
        220,
        20,
    )
