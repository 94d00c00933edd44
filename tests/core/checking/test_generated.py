"""Generated texts: tallies in many wordings against plain arithmetic, and any text at all against falling over."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ledtrad.core.checking import Status, check
from ledtrad.core.language.reading import find_mentions, number_of_word, read_number
from ledtrad.core.language.writing import number_word, write_number
from ledtrad.readers.report_text import UnreadableReport, read_report

WORDINGS = (
    "{met} av {total} nämnder bedömer att målet uppnås helt, {partly} bedömer att målet uppnås delvis och {not_met} "
    "bedömer att målet ej uppnås.",
    "Av {total} nämnder bedömer {met} att målet uppnås helt, {partly} att det uppnås delvis och {not_met} att det inte "
    "uppnås.",
    "Av nämnderna bedömer {met} av {total} att målet uppfylls helt, {partly} delvis och {not_met} ej.",
    "Totalt {total} nämnder har bedömt målet: {met} helt, {partly} delvis och {not_met} ej.",
    "Målet uppnås helt enligt {met} av {total} nämnder, delvis enligt {partly} och inte alls enligt {not_met}.",
    "För {met} av {total} indikatorer har årsmålet uppnåtts helt, för {partly} har det uppnåtts delvis och för "
    "{not_met} har det inte uppnåtts.",
)
counts = st.integers(min_value=2, max_value=40)


def _words(value, as_words):
    return number_word(value) if as_words and value <= 12 else str(value)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(WORDINGS), counts, counts, counts, st.integers(-2, 2), st.booleans())
def test_a_tally_holds_exactly_when_its_parts_make_the_total(wording, met, partly, not_met, off, as_words):
    total = met + partly + not_met + off
    numbers = {"met": met, "partly": partly, "not_met": not_met, "total": total}
    sentence = wording.format(**{name: _words(value, as_words) for name, value in numbers.items()})
    sentence = sentence[0].upper() + sentence[1:]
    result = check(read_report(f"Läget\n\n{sentence}".encode()).document)
    statuses = {claim.status for claim in result.claims}
    assert len(result.claims) == 4
    assert statuses == ({Status.CONSISTENT} if off == 0 else {Status.CONTRADICTED})
    assert result.has_errors is (off < 0)


@settings(max_examples=500, deadline=None)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.integers(0, 2))
def test_a_written_number_is_read_back(value, decimals):
    written = write_number(value, decimals)
    # A reader of the page sees three decimals nowhere here, so nothing is ambiguous.
    (mention,) = find_mentions(f"Det var {written} i allt.")
    expected = Decimal(written.replace("\u00a0", "").replace("−", "-").replace(",", "."))
    assert (mention.value, mention.ambiguous) == (expected, False)


@given(st.integers(2, 12))
def test_a_written_number_word_is_read_back(value):
    assert number_of_word(number_word(value)) == value


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_three_digits_after_a_mark_are_ambiguous_exactly_when_both_readings_exist(whole, part, mark):
    _, ambiguous = read_number(f"{whole}{mark}{part:03d}")
    assert ambiguous


fragments = st.sampled_from(
    [
        *("17 av 29 nämnder ", "bedömer att målet uppnås helt", ", ", "och ", "11 delvis", "en ej", ". ", "\n\n", "\n"),
        *(
            "Indikatorer",
            "Årsmål: 88,5 %\n",
            "Utfall: ",
            "84 % ",
            "Totalt ",
            "kvinnor 82 %",
            "Måluppfyllelse: Delvis\n",
        ),
        *("Kommentar: ", "från 11 till 9 procent ", "minskat ", "kvinnor i högre grad ", "hälften av indikatorerna "),
        *("1.234 ", "30 februari ", "2020–2019 ", "−", "%", "dnr KS 2019/273 ", "den indikator som ", "inte "),
        *("saknar utfall ", "varav ", "120 mnkr ", "fördubblats ", "procentenheter "),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(fragments, max_size=40).map("".join))
def test_scraps_of_reports_never_fall_over(text):
    _read_and_check(text.encode())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    _read_and_check(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    _read_and_check(data)


def _read_and_check(data):
    try:
        report = read_report(data)
    except UnreadableReport:
        return
    result = check(report.document)
    texts = {sentence.id: sentence.text for sentence in report.document.sentences()}
    for claim in result.claims:
        assert texts[claim.sentence][claim.start : claim.end] == claim.text != ""
    assert len({claim.id for claim in result.claims}) == len(result.claims)
    report.as_json()
