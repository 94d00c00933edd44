"""Läsa svenska

Granskningen läser tal hur de än är skrivna. Det som inte räknar något (ärendenummer, namn med siffror) läses som
just det, och tal som kan läsas på två sätt lämnas tillbaka till den som skrev.
"""

from tests.core.method.spec import EMPTY, VERDICTS, examples, spaces

from ledtrad.core.language.reading import (
    find_mentions,
    mend,
    number_of_word,
    read_outcome,
    read_target,
    read_verdict,
    split_sentences,
)
from ledtrad.core.language.writing import write_number, write_outcome, write_target


def _read(text):
    return (
        "; ".join(f"{text[mention.start : mention.end]} = {_value(mention)}" for mention in find_mentions(text))
        or EMPTY
    )


def _value(mention):
    write = _plain if mention.kind.value in ("year", "years") else write_number
    value = spaces(write(mention.value, mention.decimals))
    if mention.high is not None:
        value += f" till {spaces(write(mention.high, 0))}"
    unit = f" {mention.unit.symbol}" if mention.unit.symbol else ""
    kind = {"year": "år", "years": "år", "date": "datum", "reference": "hänvisning", "fraction": "andel"}.get(
        mention.kind.value, ""
    )
    if kind in ("datum", "hänvisning", "andel"):
        return kind + (f" {mention.problem}" if mention.problem else "")
    return (f"{kind} {value}" if kind else value + unit) + (" tvetydigt" if mention.ambiguous else "")


def _plain(value, _decimals):
    return str(value)


@examples
def test_numbers_in_a_sentence(row):
    """Tal i en mening

    | mening | läses |
    |---|---|
    | 17 av 29 nämnder | 17 = 17; 29 = 29 |
    | elva delvis och tjugotre helt | elva = 11; tjugotre = 23 |
    | Två av etthundratjugofem | Två = 2; etthundratjugofem = 125 |
    | ett hundra tjugo elever | ett hundra tjugo = 120 |
    | två tusen bostäder | två tusen = 2 000 |
    | 4 953 mnkr | 4 953 mnkr = 4 953 000 000 kronor |
    | 1,5 miljarder kronor | 1,5 miljarder kronor = 1 500 000 000,0 kronor |
    | tre miljoner kronor | tre miljoner kronor = 3 000 000 kronor |
    | 88,5 % och 84 procent | 88,5 % = 88,5 %; 84 procent = 84 % |
    | två procentenheter | två procentenheter = 2 procentenheter |
    | −1,1 % mot ±1 % | −1,1 % = −1,1 %; ±1 % = 1 % |
    | från 11 till 9 procent | 11 till 9 procent = 11 till 9 % |
    | 10–15 procent | 10–15 procent = 10 till 15 % |
    | den 16 mars 2020 | 16 mars 2020 = datum |
    | den 30 februari 2020 | 30 februari 2020 = datum date |
    | 2020-04-15 | 2020-04-15 = datum |
    | under 2020 | 2020 = år 2020 |
    | drygt 2000 personer | 2000 = 2 000 |
    | perioden 2020–2023 | 2020–2023 = år 2020 till 2023 |
    | hälften av nämnderna | hälften = andel |
    | var tredje nämnd | var tredje = andel |
    | en fjärdedel och två tredjedelar | en fjärdedel = andel; två tredjedelar = andel |
    | dnr KS 2019/273 | dnr KS 2019/273 = hänvisning |
    | lagen 2018:597 | 2018:597 = hänvisning |
    | i tertialrapport 1 | tertialrapport 1 = hänvisning |
    | covid-19-pandemin och CM4 | – |
    | se www.exempel.se/2020 | – |
    | Det var många som deltog. | – |
    | 1.234 personer | 1.234 = 1,234 tvetydigt |
    | 1,234 personer | 1,234 = 1,234 tvetydigt |
    | 1.234.567 kronor | 1.234.567 kronor = 1 234 567 kronor |
    | 12.5 procent | 12.5 procent = 12,5 % |
    """
    assert spaces(_read(row["mening"])) == row["läses"]


def test_spaces_within_numbers():
    """Mellanslag i tal

    Vanligt, hårt och smalt mellanslag betyder samma sak inuti ett tal.
    """
    for space in (" ", "\u00a0", "\u202f", "\u2009"):
        (mention,) = find_mentions(f"4{space}953 mnkr")
        assert mention.value == 4_953_000_000


def test_every_number_word_below_ten_thousand_that_is_written_is_read_back():
    """Räkneord

    Talen noll till tolv skrivs som ord och läses tillbaka; längre sammansättningar läses också.
    """
    from ledtrad.core.language.writing import number_word

    for value in range(2, 13):
        assert number_of_word(number_word(value)) == value
    assert number_of_word("tvåtusenfemhundra") == 2500
    assert number_of_word("niohundranittionio") == 999
    assert number_of_word("nämnd") is None


@examples
def test_mending(row):
    """Trasiga ord lagas

    Spalter och inskanning lämnar bindestreck mitt i ord. De tas bort; bindestreck som hör till språket står kvar.

    | står | läses |
    |---|---|
    | fem under- liggande mål | fem underliggande mål |
    | års- målet | årsmålet |
    | verksamhets-området | verksamhetsområdet |
    | kommun-fullmäktige | kommunfullmäktige |
    | barn- och ungdomsnämnden | barn- och ungdomsnämnden |
    | barn-, äldre- och tillgänglighetsperspektiv | barn-, äldre- och tillgänglighetsperspektiv |
    | covid-19-pandemin | covid-19-pandemin |
    | uppnås helt.För två | uppnås helt. För två |
    | se www.exempel.se/Mal.Html | se www.exempel.se/Mal.Html |
    """
    assert mend(row["står"]) == row["läses"]


@examples
def test_sentences(row):
    """Var en mening slutar

    Förkortningar och datum avslutar ingen mening.

    | text | meningar |
    |---|---|
    | Målet uppnås. En nämnd tvekar. | 2 |
    | Bl.a. Farsta deltog. | 1 |
    | Mötet var kl. 13.05 på torget. | 1 |
    | Beslutet togs den 3. mars i år. | 1 |
    | Utfallet var 84. Det är lägre. | 2 |
    | ”Tryggt!” Så sade fler än förut. | 2 |
    """
    assert len(split_sentences(row["text"])) == int(row["meningar"])


@examples
def test_verdicts(row):
    """Bedömningar i ord

    | står | läses |
    |---|---|
    | Delvis | delvis |
    | Helt | helt |
    | Uppnås helt | helt |
    | Ej | ej |
    | Uppnås inte | ej |
    | ej uppnått | ej |
    | till viss del | delvis |
    | inte helt | – |
    |  | – |
    """
    assert read_verdict(row["står"]) is VERDICTS[row["läses"]]


@examples
def test_outcomes(row):
    """Utfall i ett fält

    | står | läses |
    |---|---|
    | Totalt 84 %. Varav kvinnor 82 %, män 87 % | Totalt 84 %. Varav kvinnor 82 %, män 87 % |
    | 84 % (K 82, M 87) | Totalt 84 %. Varav kvinnor 82 %, män 87 % |
    | Kvinnor: 82 %, Män: 87 %, Totalt: 84 % | Totalt 84 %. Varav kvinnor 82 %, män 87 % |
    | 1,46 % | 1,46 % |
    | 0 % | 0 % |
    | 0 | 0 |
    | 3 856 | 3 856 |
    | Sekretess | Sekretess |
    | Ej mätt – undersökningen ställdes in (uppgift: Stadsledningskontoret) | Ej mätt – undersökningen ställdes in (uppgift: Stadsledningskontoret) |
    | Redovisas i tertialrapport 1 | Ej klart – Redovisas i tertialrapport 1 |
    | Uppgift saknas | Ej mätt – Uppgift saknas |
    | .. | – |
    |  | – |
    """
    outcome = read_outcome(row["står"])
    assert (EMPTY if outcome is None else spaces(write_outcome(outcome))) == row["läses"]


@examples
def test_an_empty_field_takes_its_reason_from_the_comment(row):
    """Ett tomt utfall får sitt skäl ur kommentaren

    | kommentar | läses |
    |---|---|
    | Mäts i en undersökning som inte genomfördes 2020 | Ej mätt – Mäts i en undersökning som inte genomfördes 2020 |
    | Resultatet är inte klart vid årsskiftet | Ej klart – Resultatet är inte klart vid årsskiftet |
    |  | – |
    """
    outcome = read_outcome("", row["kommentar"])
    assert (EMPTY if outcome is None else spaces(write_outcome(outcome))) == row["läses"]


@examples
def test_targets(row):
    """Årsmål i ett fält

    Ett bart tal läses som att mer är bättre, men det är en gissning och sägs vara det.

    | står | läses | riktningen står där |
    |---|---|---|
    | 88,5 % | 88,5 % | nej |
    | högst 1,5 % | högst 1,5 % | ja |
    | ±1 % | mellan −1 % och 1 % | ja |
    | 70–75 % | mellan 70 % och 75 % | ja |
    | minst 4 000 | 4 000 | ja |
    | 77 %, kvinnor 75 %, män 79 % | 77 % | nej |
    """
    target, sure = read_target(row["står"])
    assert spaces(write_target(target)) == row["läses"]
    assert sure is (row["riktningen står där"] == "ja")
