"""Numbers in digits: with spaces, commas and units, in ranges, as dates, years and references."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ledtrad.core.language.months import MONTHS
from ledtrad.core.language.reading.mention import Mention, MentionKind
from ledtrad.core.language.reading.units import SPACE, UNIT, unit_of

_MONTH = "|".join(MONTHS)
_DIGITS = rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*"
# Matched where a digit stands, never searched for: a sentence without digits costs nothing.
_AT_DIGIT = re.compile(
    rf"(?P<reference>\d{{4}}/\d{{2,}}|\d{{4}}:\d+\b|\d+-\d+-\d+-\d+\b)"
    rf"|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|(?P<day>\d{{1,2}})(?:[.]|:e)?(?:\s?[–-]\s?\d{{1,2}})?\s(?P<month>{_MONTH})(?:\s(?P<dateyear>\d{{4}}))?\b"
    rf"|(?P<from>(?:18|19|20)\d\d)\s?[–−-]\s?(?P<to>(?:18|19|20)\d\d|\d\d)\b(?!{UNIT})"
    rf"|(?P<low>{_DIGITS})(?:{SPACE}?(?:[–−-]|till(?={SPACE}\d))(?:{SPACE})?(?P<high>{_DIGITS}))?(?P<unit>{UNIT})?"
)
_REFERS = re.compile(
    r"(?:(?:\b(?:dnr|diarienummer|ärende(?:nummer)?|tertialrapport|tertial|bilaga|avsnitt|kapitel|tabell|figur|version|lag|"
    r"årskurs|åk|klass|nivå|punkt|etapp|prop\.?|nr|kap\.?|sid(?:an|a)?)\s+|§\s?)(?:[A-ZÅÄÖ]{2,5}\s)?|\b[A-ZÅÄÖ]{2,5}\s(?=\d{4}/)|\bkl(?:ockan|\.)?\s?)$",
    re.IGNORECASE,
)
_REFERENCE_TAIL = re.compile(r"\d[\d./:–-]*\d|\d")
_NAME_TAIL = re.compile(r"[\w-]*")
_SIGN = re.compile(r"(?:(?<=[\s(])|^)[−–-]$|±$")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(
    r"\s(?:personer|elever|barn|ungdomar|invånare|bostäder|lägenheter|platser|kvadratmeter|stycken|ton|timmar|dagar|"
    r"besök(?:are)?|ärenden|synpunkter|anmälningar|ingripanden|svar(?:ande)?|nämnder|indikatorer|företag|anställda|"
    r"medarbetare|hushåll|meter|träd|lekplatser|åtgärder|projekt)\b"
)
_ABOUT = re.compile(r"(?:cirka|ca|drygt|knappt|omkring|ungefär|nästan|över|minst|högst|totalt)\s$", re.IGNORECASE)
_SPACES = re.compile(SPACE)
_next_digit = re.compile(r"\d").search


def read_number(written: str) -> tuple[Decimal, bool]:
    """A Swedish number in digits, and whether it is ambiguous: "1.234" and "1,234" may be 1 234 or 1 and a bit.

    "4 953" and "88,5" are plain; "88.5" is read as 88,5, since nothing else could be meant.
    """
    if written.isdigit():
        return Decimal(written), False
    bare = _SPACES.sub("", written)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", bare):
        return Decimal(bare.replace(".", "").replace(",", ".")), False
    if bare.count(".") + bare.count(",") > 1:
        thousands_first = bare.rfind(",") > bare.rfind(".")
        plain = bare.replace(".", "").replace(",", ".") if thousands_first else bare.replace(",", "")
        return (Decimal(plain), True) if plain.count(".") <= 1 else (Decimal(re.sub(r"\D", "", bare)), True)
    is_ambiguous = bare == written and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", bare) is not None
    return Decimal(bare.replace(",", ".")), is_ambiguous


def numbers_in_digits(text: str) -> Iterator[Mention]:
    """All numbers of a sentence that are written in digits, in order."""
    if "://" in text or "@" in text or "www." in text:
        text = _ADDRESS.sub(lambda address: "x" * len(address.group()), text)
    position = 0
    while (digit := _next_digit(text, position)) is not None:
        start = digit.start()
        if start and (
            text[start - 1].isalpha() or (text[start - 1] == "-" and start > 1 and text[start - 2].isalpha())
        ):
            # A name with a digit in it ("covid-19", "CM4") counts nothing and is passed over whole.
            position = _NAME_TAIL.match(text, start).end()  # type: ignore[union-attr]
            continue
        mention = _at_digit(text, start)
        yield mention
        position = mention.end


_REFERRING = frozenset(
    [
        *("dnr", "diarienummer", "ärende", "ärendenummer", "tertialrapport", "tertial", "bilaga", "avsnitt", "kapitel"),
        *(
            "tabell",
            "figur",
            "version",
            "lag",
            "årskurs",
            "åk",
            "klass",
            "nivå",
            "punkt",
            "etapp",
            "prop.",
            "prop",
            "nr",
        ),
        *("kap", "kap.", "sid", "sida", "sidan", "kl", "kl.", "klockan"),
    ]
)


def _may_refer(text: str, start: int) -> bool:
    """A quick look at the word before a digit: most are no reference."""
    before = text[max(0, start - 30) : start].rstrip()
    if not before:
        return False
    word = before.rsplit(None, 1)[-1]
    return before[-1] in "§." or word.lower().lstrip("(") in _REFERRING or word.lstrip("(").isupper()


def _at_digit(text: str, start: int) -> Mention:
    refers = _REFERS.search(text[max(0, start - 30) : start]) if _may_refer(text, start) else None
    if refers is not None and (
        text[start : start + 8].find("/") > 0 or not refers.group()[0].isupper() or len(refers.group()) > 6
    ):
        tail = _REFERENCE_TAIL.match(text, start)
        assert tail is not None
        return Mention(MentionKind.REFERENCE, start - len(refers.group()), tail.end(), Decimal(0))
    match = _AT_DIGIT.match(text, start)
    assert match is not None
    if match["reference"] is not None:
        return Mention(MentionKind.REFERENCE, *match.span(), Decimal(0))
    if match["iso"] or match["day"]:
        return _date(match)
    if match["from"]:
        return _years(match)
    sign = _SIGN.search(text, max(0, start - 1), start) if start and text[start - 1] in "−–-±" else None
    return _number(text, match, sign.group() if sign else "")


def _date(match: re.Match[str]) -> Mention:
    year, problem = 0, ""
    try:
        if match["iso"]:
            year = date.fromisoformat(match["iso"]).year
        else:
            # A day without a year is tried in a leap year, so that 29 February passes.
            year = int(match["dateyear"] or 0)
            date(year or 2000, MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        problem = "date"
    return Mention(MentionKind.DATE, *match.span(), Decimal(year), problem=problem)


def _years(match: re.Match[str]) -> Mention:
    low = int(match["from"])
    high = int(match["to"]) if len(match["to"]) == 4 else low // 100 * 100 + int(match["to"])
    problem = "years" if high < low else ""
    return Mention(MentionKind.YEARS, *match.span(), Decimal(low), high=Decimal(high), problem=problem)


def _number(text: str, match: re.Match[str], sign: str) -> Mention:
    start, end = match.start() - len(sign), match.end()
    low, ambiguous = read_number(match["low"])
    if match["high"] and " till" in match.group() and _YEAR.fullmatch(match["low"]):
        # "62 procent 2018 till 65 procent": the year is not the lower end of a range.
        return Mention(MentionKind.YEAR, start, match.end("low"), low)
    high, unsure = read_number(match["high"]) if match["high"] else (None, False)
    if sign and sign in "−–-":
        low = -low
    unit_text = (match["unit"] or "").strip().lower()
    if not unit_text and high is None and not sign and _is_year(text, match):
        return Mention(MentionKind.YEAR, start, end, low)
    kind, unit, scale = unit_of(unit_text)
    # Scaling by a whole number keeps the value exact.
    value, top = low * scale, None if high is None else high * scale
    return Mention(kind, start, end, value, unit, top, ambiguous=ambiguous or unsure)


def _is_year(text: str, match: re.Match[str]) -> bool:
    if _YEAR.fullmatch(match["low"]) is None:
        return False
    return (
        _COUNTED.match(text, match.end()) is None
        and _ABOUT.search(text[max(0, match.start() - 12) : match.start()]) is None
    )
