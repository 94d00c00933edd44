"""Svenska i skrift

Siffror skrivs på samma sätt överallt: decimalkomma, hårt mellanslag (U+00A0) mellan tusental och före enheten, och
riktigt minustecken (U+2212). I tabellerna nedan är de hårda mellanslagen vanliga.
"""

from datetime import date, time

import pytest
from tests.core.method.spec import examples, number, quantity, spaces

from ledtrad.core.assessment import Verdict
from ledtrad.core.facts import Fact, FactSheet
from ledtrad.core.language.writing import (
    CountStyle,
    Gender,
    TemplateError,
    UnknownFactError,
    bind,
    write_count,
    write_date,
    write_list,
    write_number,
    write_out_of,
    write_quantity,
    write_spelled,
    write_time,
)


@examples
def test_numbers(row):
    """Tal

    | tal | decimaler | skrivs |
    |---|---|---|
    | 4953 | 0 | 4 953 |
    | 953 | 0 | 953 |
    | 1234567,5 | 1 | 1 234 567,5 |
    | 88,5 | 1 | 88,5 |
    | 88 | 1 | 88,0 |
    | −1,1 | 1 | −1,1 |
    | −0,4 | 0 | 0 |
    | 0 | 0 | 0 |
    """
    written = write_number(number(row["tal"]), int(row["decimaler"]))
    assert spaces(written) == row["skrivs"]
    assert " " not in written


@examples
def test_quantities(row):
    """Storheter, i rutor och i löpande text

    | storhet | i ruta | i text |
    |---|---|---|
    | 88,5 % | 88,5 % | 88,5 procent |
    | 10 % | 10 % | 10 procent |
    | 2 procentenheter | 2 procentenheter | 2 procentenheter |
    | 1 procentenheter | 1 procentenhet | 1 procentenhet |
    | 0,5 procentenheter | 0,5 procentenheter | 0,5 procentenheter |
    | 1,0 procentenheter | 1,0 procentenheter | 1,0 procentenheter |
    | 4 953 mnkr | 4 953 mnkr | 4 953 miljoner kronor |
    | 1 mdkr | 1 mdkr | 1 miljard kronor |
    | 1,5 mdkr | 1,5 mdkr | 1,5 miljarder kronor |
    | 1 dagar | 1 dag | 1 dag |
    | 29 | 29 | 29 |
    """
    value = quantity(row["storhet"])
    assert spaces(write_quantity(value)) == row["i ruta"]
    assert spaces(write_spelled(value)) == row["i text"]


@examples
def test_counts(row):
    """Antal med siffror eller ord

    Med ord skrivs ett till tolv. I en och samma mening blandas inte ord och siffror: har ett av talen inget ord
    skrivs alla med siffror.

    | antal | av | en eller ett | med siffror | med ord |
    |---|---|---|---|---|
    | 11 | 12 | en | 11 av 12 nämnder | elva av tolv nämnder |
    | 1 | 4 | ett | 1 av 4 nämnder | ett av fyra nämnder |
    | 1 | 1 | en | 1 av 1 nämnd | en av en nämnd |
    | 11 | 29 | en | 11 av 29 nämnder | 11 av 29 nämnder |
    | 0 | 4 | en | 0 av 4 nämnder | 0 av 4 nämnder |
    """
    part, total, gender = int(row["antal"]), int(row["av"]), Gender(row["en eller ett"])
    written = {style: write_out_of(part, total, "nämnd", "nämnder", style=style, gender=gender) for style in CountStyle}
    assert written[CountStyle.DIGITS] == row["med siffror"]
    assert written[CountStyle.WORDS] == row["med ord"]


def test_number_words():
    """Räkneorden

    en eller ett, två, tre, fyra, fem, sex, sju, åtta, nio, tio, elva, tolv; därefter siffror: 13.
    """
    words = [write_count(count, CountStyle.WORDS) for count in range(2, 14)]
    assert ", ".join(words[:-1]) in (test_number_words.__doc__ or "")
    assert words[-1] == "13"
    assert write_count(0, CountStyle.WORDS) == "0"
    assert write_count(1, CountStyle.WORDS) == "en"
    assert write_count(1, CountStyle.WORDS, Gender.NEUTER) == "ett"


@examples
def test_lists(row):
    """Uppräkningar

    | delar | skrivs |
    |---|---|
    | a | a |
    | a;b | a och b |
    | a;b;c | a, b och c |
    """
    assert write_list(row["delar"].split(";")) == row["skrivs"]


def test_dates_and_times():
    """Datum och klockslag

    22 november 2026, kl. 13.05.
    """
    written = f"{write_date(date(2026, 11, 22))}, {write_time(time(13, 5))}."
    assert spaces(written) in (test_dates_and_times.__doc__ or "")


_FACTS = FactSheet(
    [
        Fact("andel", quantity("10 %")),
        Fact("antal", quantity("11")),
        Fact("en", quantity("1")),
        Fact("många", quantity("29")),
        Fact("bedömning", Verdict.PARTLY),
    ]
)


@examples
def test_bound_sentences(row):
    """Bundna meningar

    I en mall står ett faktums id inom dubbla klamrar. Efter ett lodstreck, här skrivet ¦, står hur det ska skrivas.

    | mall | mening | hänvisningar |
    |---|---|---|
    | Av {{många}} svarar {{antal}}. | Av 29 svarar 11. | 29, 11 |
    | {{antal¦Word}} svarar. | Elva svarar. | Elva |
    | {{antal¦word}} av {{många¦word}} | elva av 29 | elva, 29 |
    | {{en¦word-ett}} mål, {{en¦word}} nämnd | ett mål, en nämnd | ett, en |
    | {{andel}} eller {{andel¦spelled}} eller {{andel¦number}} | 10 % eller 10 procent eller 10 | 10 %, 10 procent, 10 |
    | uppfyllt {{bedömning}} | uppfyllt delvis | delvis |
    | {{bedömning¦Verdict}} uppfyllt | Delvis uppfyllt | Delvis |
    """
    bound = bind(row["mall"].replace("¦", "|"), _FACTS)
    assert spaces(bound.text) == row["mening"]
    cited = [bound.text[cite.start : cite.end] for cite in bound.cites]
    assert spaces(", ".join(cited)) == row["hänvisningar"]
    assert all(cite.fingerprint == _FACTS[cite.fact].fingerprint for cite in bound.cites)


def test_a_template_cannot_cite_what_is_not_there():
    """En mening kan inte hänvisa till något som inte finns

    Okända fakta, klamrar som inte går ihop och skrivsätt som inte passar stoppas med besked om vilken mening det är.
    """
    with pytest.raises(UnknownFactError, match=r"no fact with the id saknas, cited in: Av \{\{saknas\}\}"):
        bind("Av {{saknas}}", _FACTS)
    broken = ("Av {{antal}", "Av antal}}", "Av {{ }}", "Av {{{antal}}}", "Av {{{antal}} x", "x {{antal}}}")
    unsuited = ("{{antal|verdict}}", "{{bedömning|word}}", "{{andel|word}}", "{{antal|ord}}")
    for template in broken + unsuited:
        with pytest.raises(TemplateError):
            bind(template, _FACTS)
