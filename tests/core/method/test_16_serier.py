"""Serier, brott och rättvisa jämförelser

En indikator kan ändras så att siffrorna före och efter inte går att ställa bredvid varandra: då bryts serien. Och en
siffra för en kommun säger mest när den ställs bredvid andras. Här står hur det går till.
"""

from decimal import Decimal

from tests.core.method.spec import EMPTY, examples, number

from ledtrad.core.language.writing import write_break
from ledtrad.core.series import (
    Break,
    BreakKind,
    Difference,
    Estimate,
    Profile,
    break_between,
    difference,
    distribution,
    shown_breaks,
    similar,
    standing,
    stretch_of,
)

KINDS = {
    "frågan": BreakKind.WORDING,
    "sättet att samla in": BreakKind.MODE,
    "området": BreakKind.AREA,
    "källan": BreakKind.SOURCE,
    "metoden": BreakKind.METHOD,
}
DIFFERENCES = {
    "högre": Difference.HIGHER,
    "lägre": Difference.LOWER,
    "lika": Difference.EQUAL,
    "går inte att säga": Difference.UNCERTAIN,
    "uppgift saknas": Difference.UNKNOWN,
}


def spaced(text):
    return text.replace("\u00a0", " ")


def known(text):
    return None if text == EMPTY else number(text)


def years(text):
    return tuple(int(year) for year in text.split(", ")) if text != "–" else ()


@examples
def test_breaks(row):
    """Brott i en serie

    Ett brott har ett år: det första som mättes på det nya sättet. Två år går att jämföra när inget brott ligger mellan
    dem, det senare året medräknat.

    | brott | år | jämförs med | går att jämföra | serien som året hör till, av 2015–2020 |
    |---|---|---|---|---|
    | – | 2020 | 2015 | ja | 2015, 2016, 2017, 2018, 2019, 2020 |
    | 2019 | 2020 | 2018 | nej | 2019, 2020 |
    | 2019 | 2019 | 2018 | nej | 2019, 2020 |
    | 2019 | 2020 | 2019 | ja | 2019, 2020 |
    | 2019 | 2018 | 2015 | ja | 2015, 2016, 2017, 2018 |
    | 2016, 2019 | 2018 | 2015 | nej | 2016, 2017, 2018 |
    | 2021 | 2020 | 2015 | ja | 2015, 2016, 2017, 2018, 2019, 2020 |
    """
    breaks = [Break(year, BreakKind.WORDING) for year in years(row["brott"])]
    now, then = int(row["år"]), int(row["jämförs med"])
    assert (break_between(breaks, then, now) is None) == (row["går att jämföra"] == "ja")
    assert break_between(breaks, now, then) == break_between(breaks, then, now)
    assert stretch_of(breaks, range(2015, 2021), now) == years(row["serien som året hör till, av 2015–2020"])


@examples
def test_breaks_as_told(row):
    """Så sägs det

    Ett brott som faller mellan två år som visas berättas vid det senare av dem.

    | vad som ändrades | år | år som visas | meningen |
    |---|---|---|---|
    | frågan | 2019 | 2017, 2018, 2019 | Siffrorna från 2019 kan inte jämföras med tidigare år, eftersom frågan ändrades. |
    | sättet att samla in | 2019 | 2017, 2020 | Siffrorna från 2020 kan inte jämföras med tidigare år, eftersom sättet att samla in uppgifterna ändrades. |
    | området | 2019 | 2018, 2019 | Siffrorna från 2019 kan inte jämföras med tidigare år, eftersom området som mäts ändrades. |
    | källan | 2019 | 2018, 2019 | Siffrorna från 2019 kan inte jämföras med tidigare år, eftersom uppgifterna hämtas från en annan källa. |
    | metoden | 2019 | 2018, 2019 | Siffrorna från 2019 kan inte jämföras med tidigare år, eftersom metoden ändrades. |
    | frågan | 2019 | 2019, 2020 | – |
    | frågan | 2019 | 2017, 2018 | – |
    """
    shown = shown_breaks([Break(int(row["år"]), KINDS[row["vad som ändrades"]])], years(row["år som visas"]))
    assert " ".join(spaced(write_break(one)) for one in shown) == row["meningen"].replace("–", "")


@examples
def test_two_figures(row):
    """Två siffror med felmarginal

    Två skattningar skiljer sig åt när avståndet är större än roten ur summan av felmarginalerna i kvadrat. Då kan två
    intervall överlappa lite och ändå gå att skilja åt. En siffra utan felmarginal räknas som exakt.

    | siffra | felmarginal | den andra | felmarginal där | siffran är |
    |---|---|---|---|---|
    | 62 | – | 60 | – | högre |
    | 60 | – | 60 | – | lika |
    | 62 | 3 | 60 | 4 | går inte att säga |
    | 65 | 3 | 60 | 4 | går inte att säga |
    | 65,1 | 3 | 60 | 4 | högre |
    | 54,9 | 3 | 60 | 4 | lägre |
    | 60 | 3 | 60 | 4 | går inte att säga |
    | – | – | 60 | – | uppgift saknas |
    | 0 | – | 60 | – | lägre |
    """
    found = difference(
        Estimate(known(row["siffra"]), known(row["felmarginal"])),
        Estimate(known(row["den andra"]), known(row["felmarginal där"])),
    )
    assert found is DIFFERENCES[row["siffran är"]]


@examples
def test_spread(row):
    """Hur kommunerna fördelar sig

    Kvartilerna räknas som KVARTIL.INK gör i ett kalkylark: en punkt mellan två siffror räknas fram rätlinjigt. Den som
    saknar uppgift (–) räknas som saknad, aldrig som noll.

    | siffror | lägst | undre kvartil | median | övre kvartil | högst | saknas |
    |---|---|---|---|---|---|---|
    | 1 2 3 4 5 | 1 | 2 | 3 | 4 | 5 | 0 |
    | 1 2 3 4 | 1 | 1,75 | 2,5 | 3,25 | 4 | 0 |
    | 0 – 10 | 0 | 2,5 | 5 | 7,5 | 10 | 1 |
    | 7 – – | 7 | 7 | 7 | 7 | 7 | 2 |
    | 4 4 4 9 | 4 | 4 | 4 | 5,25 | 9 | 0 |
    """
    found = distribution({f"{place}": known(text) for place, text in enumerate(row["siffror"].split())})
    assert [found.lowest, found.lower_quartile, found.median, found.upper_quartile, found.highest] == [
        number(row[name]) for name in ("lägst", "undre kvartil", "median", "övre kvartil", "högst")
    ]
    assert found.missing == int(row["saknas"])


@examples
def test_places(row):
    """Stadens plats bland kommunerna

    Plats 1 har den högsta siffran, eller den lägsta där lägre är bättre. De som har samma siffra delar plats.
    Fjärdedelen räknas alltid från den lägsta siffran, vad som än är bättre.

    | stadens siffra | de andras | plats 1 är | plats | av | delas med | fjärdedel |
    |---|---|---|---|---|---|---|
    | 9 | 1 2 3 | högst | 1 | 4 | 0 | 4 |
    | 9 | 1 2 3 | lägst | 4 | 4 | 0 | 4 |
    | 1 | 2 3 4 | lägst | 1 | 4 | 0 | 1 |
    | 3 | 3 5 3 1 | högst | 2 | 5 | 2 | 1 |
    | 0 | 0 0 | högst | 1 | 3 | 2 | 1 |
    | 5 | – – 7 | högst | 2 | 2 | 0 | 1 |
    | – | 1 2 | högst | – | – | – | – |
    """
    others = {f"{place}": known(text) for place, text in enumerate(row["de andras"].split())}
    found = standing(
        {"staden": known(row["stadens siffra"]), **others}, "staden", lowest_first=row["plats 1 är"] == "lägst"
    )
    expected = [known(row[name]) for name in ("plats", "av", "delas med", "fjärdedel")]
    assert ([found.place, found.of, found.sharing, found.quarter] if found else [None] * 4) == expected


TOWNS = {
    "Storstad": Profile(Decimal(800_000), {"äldre": Decimal(15)}),
    "Nästan lika stor": Profile(Decimal(550_000), {"äldre": Decimal(16)}),
    "Stor men gammal": Profile(Decimal(780_000), {"äldre": Decimal(30)}),
    "Mellanstad": Profile(Decimal(130_000), {"äldre": Decimal(19)}),
    "Ung småstad": Profile(Decimal(11_000), {"äldre": Decimal(15)}),
    "Gammal småstad": Profile(Decimal(9_000), {"äldre": Decimal(29)}),
    "Utan uppgift": Profile(Decimal(700_000), {}),
}


@examples
def test_similar(row):
    """Liknande kommuner

    Liknande är de som ligger närmast i storlek och sammansättning. Folkmängden jämförs som kvot, måtten på sammansättning
    som de är; allt räknas i standardavvikelser bland kommunerna, och storleken väger lika mycket som alla mått på
    sammansättning tillsammans. En kommun som saknar något mått kan inte prövas och räknas upp för sig. I exemplet
    finns ett mått, andelen äldre: Storstad 800 000 invånare och 15 procent, Nästan lika stor 550 000 och 16, Stor men
    gammal 780 000 och 30, Mellanstad 130 000 och 19, Ung småstad 11 000 och 15, Gammal småstad 9 000 och 29.

    | kommun | de tre mest lika |
    |---|---|
    | Storstad | Nästan lika stor, Mellanstad, Ung småstad |
    | Gammal småstad | Mellanstad, Ung småstad, Stor men gammal |
    | Utan uppgift | Stor men gammal, Nästan lika stor, Storstad |
    """
    found = similar(TOWNS, row["kommun"], number=3)
    if row["kommun"] == "Utan uppgift":  # only its size is known
        assert found.measures == ()
        assert {one.area for one in found.areas} == set(row["de tre mest lika"].split(", "))
    else:
        assert [one.area for one in found.areas] == row["de tre mest lika"].split(", ")
        assert found.without == ("Utan uppgift",)
