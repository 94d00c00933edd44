"""Every number in a sentence: digits, words, fractions, ranges, amounts, percent, dates and years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from ledtrad.core.language.reading.words import MAGNITUDES, ORDINALS, PARTS, number_of_word, number_words
from ledtrad.core.quantities import (
    BILLION_KRONOR,
    COUNT,
    KRONOR,
    MILLION_KRONOR,
    PERCENT,
    PERCENTAGE_POINTS,
    THOUSAND_KRONOR,
    Unit,
)


class MentionKind(StrEnum):
    """What sort of number it is."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "percentage_points"
    AMOUNT = "amount"
    FRACTION = "fraction"
    DATE = "date"
    YEAR = "year"
    YEARS = "years"  # a span of years
    REFERENCE = "reference"  # a case number, "tertialrapport 1": names something, counts nothing


@dataclass(frozen=True, slots=True)
class Mention:
    """A number as it stands in `text[start:end]`.

    `value` is exact; amounts of money are in kronor, fractions are shares (0–1), dates and years carry the year.
    `high` is the upper end of a range. `in_words` for "elva", `ambiguous` for "1.234", which a Swedish reader and
    an English one take differently. `problem` names an impossible date or a range that runs backwards.
    """

    kind: MentionKind
    start: int
    end: int
    value: Decimal
    unit: Unit = COUNT
    high: Decimal | None = None
    in_words: bool = False
    ambiguous: bool = False
    problem: str = ""

    @property
    def decimals(self) -> int:
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


_MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
_MONTH = "|".join(_MONTHS)
_SPACE = "[ \u00a0\u202f\u2009]"
_DIGITS = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*"
_UNIT = (
    rf"{_SPACE}?(?:%-?enheter|%)|{_SPACE}(?:procentenhet(?:er(?:na)?)?|procent|mnkr|mkr|mdkr|mdr|tkr|kr(?:onor)?\b|"
    rf"miljon(?:er)?{_SPACE}kr(?:onor)?|miljard(?:er)?{_SPACE}kr(?:onor)?|miljon(?:er)?|miljard(?:er)?|tusen)(?![a-zåäö])"
)
# Matched where a digit stands, never searched for: a sentence without digits costs nothing.
_AT_DIGIT = re.compile(
    rf"(?P<reference>\d{{4}}/\d{{2,}}|\d{{4}}:\d+\b|\d+-\d+-\d+-\d+\b)"
    rf"|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|(?P<day>\d{{1,2}})(?:[.]|:e)?(?:\s?[–-]\s?\d{{1,2}})?\s(?P<month>{_MONTH})(?:\s(?P<dateyear>\d{{4}}))?\b"
    rf"|(?P<from>(?:18|19|20)\d\d)\s?[–−-]\s?(?P<to>(?:18|19|20)\d\d|\d\d)\b(?!{_UNIT})"
    rf"|(?P<low>{_DIGITS})(?:{_SPACE}?(?:[–−-]|till(?={_SPACE}\d))(?:{_SPACE})?(?P<high>{_DIGITS}))?(?P<unit>{_UNIT})?"
)
_REFERS = re.compile(
    r"(?:(?:\b(?:dnr|diarienummer|ärende(?:nummer)?|tertialrapport|tertial|bilaga|avsnitt|kapitel|tabell|figur|version|lag|"
    r"prop\.?|nr|kap\.?|sid(?:an|a)?)\s+|§\s?)(?:[A-ZÅÄÖ]{2,5}\s)?|\b[A-ZÅÄÖ]{2,5}\s(?=\d{4}/)|\bkl(?:ockan|\.)?\s?)$",
    re.IGNORECASE,
)
_REFERENCE_TAIL = re.compile(r"\d[\d./:–-]*\d|\d")
_NAME_TAIL = re.compile(r"[\w-]*")
_SIGN = re.compile(r"(?:(?<=[\s(])|^)[−–-]$|±$")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(
    r"\s(?:personer|elever|barn|ungdomar|invånare|bostäder|lägenheter|platser|kvadratmeter|stycken|ton|timmar|dagar|"
    r"besök(?:are)?|ärenden|synpunkter|anmälningar|ingripanden|svar(?:ande)?|nämnder|indikatorer|företag|anställda|"
    r"medarbetare|hushåll|meter|träd|lekplatser|åtgärder|projekt)\b"
)
_ABOUT = re.compile(r"(?:cirka|ca|drygt|knappt|omkring|ungefär|nästan|över|minst|högst|totalt)\s$", re.IGNORECASE)
_MONEY = {
    "tkr": THOUSAND_KRONOR,
    "mnkr": MILLION_KRONOR,
    "mkr": MILLION_KRONOR,
    "mdkr": BILLION_KRONOR,
    "mdr": BILLION_KRONOR,
}
_SCALE = {THOUSAND_KRONOR: 1_000, MILLION_KRONOR: 1_000_000, BILLION_KRONOR: 1_000_000_000, KRONOR: 1}


def find_mentions(text: str) -> list[Mention]:
    """All numbers of one sentence, in order and without overlap. "en" and "ett" count as 1 only in `in_words` form.

    Whether "en" is a number or an article cannot be told from the word; the caller decides.
    """
    mentions = list(_from_digits(text)) if _next_digit(text) else []
    words = _from_words(text, mentions)
    return sorted([*mentions, *words], key=lambda mention: mention.start) if words else mentions


_SPACES = re.compile(_SPACE)
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


def _from_digits(text: str) -> Iterator[Mention]:
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


def _at_digit(text: str, start: int) -> Mention:
    refers = _REFERS.search(text[max(0, start - 30) : start])
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
            date(year or 2000, _MONTHS.index(match["month"]) + 1, int(match["day"]))
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
    kind, unit, scale = _unit(unit_text)
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


def _unit(written: str) -> tuple[MentionKind, Unit, int]:
    if not written:
        return MentionKind.NUMBER, COUNT, 1
    if written.startswith("procentenhet") or (written.startswith("%") and len(written) > 1):
        return MentionKind.POINTS, PERCENTAGE_POINTS, 1
    if written in ("%", "procent"):
        return MentionKind.PERCENT, PERCENT, 1
    first, *rest = written.split()
    if rest or first in _MONEY or first.startswith("kr"):
        money = _MONEY.get(first) or (
            MILLION_KRONOR if first.startswith("miljon") else BILLION_KRONOR if rest else KRONOR
        )
        return MentionKind.AMOUNT, KRONOR, _SCALE[money]
    return MentionKind.NUMBER, COUNT, MAGNITUDES[first]


_UNIT_AFTER = re.compile(_UNIT)
_FRACTION_TAIL = re.compile(r"\s+(?P<part>[a-zåäö]+)")


_ARTICLES = frozenset({"en", "ett"})


@cache
def _telling_words() -> frozenset[str]:
    """Words that speak of a number by themselves, as "en" and "ett" do not."""
    return (frozenset(number_words()) - _ARTICLES) | PARTS.keys() | (ORDINALS.keys() - {"annan"}) | {"varannan"}


def _may_hold_words(lower: str) -> bool:
    words = _WORD.findall(lower)
    telling = _telling_words()
    if not telling.isdisjoint(words) or "tusen" in lower:
        return True
    # An article can only be a count where boards, indicators or goals are counted.
    return not _ARTICLES.isdisjoint(words) and any(noun in lower for noun in ("nämnd", "indikator", "mål", "bolag"))


def _from_words(text: str, taken: list[Mention]) -> list[Mention]:
    if not _may_hold_words(text.lower()):
        return []
    found: list[Mention] = []
    skip_to = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start < skip_to:
            continue
        word = match.group().lower()
        mention = _word_mention(text, start, end, word)
        if mention is None or any(other.start < mention.end and start < other.end for other in taken):
            continue
        found.append(mention)
        skip_to = mention.end
    return found


def _word_mention(text: str, start: int, end: int, word: str) -> Mention | None:
    if word == "var" or word == "vart" or word == "varannan":
        return _every_nth(text, start, end, word)
    if word in PARTS:
        return Mention(MentionKind.FRACTION, start, end, Decimal(1) / PARTS[word], in_words=True)
    value = number_of_word(word)
    if value is None:
        return None
    return _spelled(text, start, end, value)


def _every_nth(text: str, start: int, end: int, word: str) -> Mention | None:
    if word == "varannan":
        return Mention(MentionKind.FRACTION, start, end, Decimal(1) / 2, in_words=True)
    tail = _FRACTION_TAIL.match(text, end)
    size = ORDINALS.get(tail["part"].lower()) if tail else None
    if tail is None or size is None:
        return None
    return Mention(MentionKind.FRACTION, start, tail.end(), Decimal(1) / size, in_words=True)


def _spelled(text: str, start: int, end: int, value: int) -> Mention:
    """A number word with what follows it: a part of a whole, a magnitude, a unit."""
    tail = _FRACTION_TAIL.match(text, end)
    while tail is not None:
        word = tail["part"].lower()
        if word in PARTS:
            return Mention(MentionKind.FRACTION, start, tail.end(), Decimal(value) / PARTS[word], in_words=True)
        if word in ("hundra", "tusen") and value < 1000:
            value, end = value * MAGNITUDES[word], tail.end()
        elif value >= 100 and value % 100 == 0 and (rest := number_of_word(word)) and rest < 100:
            value, end = value + rest, tail.end()
        else:
            break
        tail = _FRACTION_TAIL.match(text, end)
    unit = _UNIT_AFTER.match(text, end)
    kind, named, scale = _unit(unit.group().strip().lower()) if unit else (MentionKind.NUMBER, COUNT, 1)
    return Mention(kind, start, unit.end() if unit else end, Decimal(value * scale), named, in_words=True)
