"""Swedish number words as values: "elva", "tjugotre", "etthundrafem", "femtusen", and the ordinals of fractions."""

from functools import cache

_ONES = {
    "noll": 0,
    "en": 1,
    "ett": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
}
_TEENS = {
    "tio": 10,
    "elva": 11,
    "tolv": 12,
    "tretton": 13,
    "fjorton": 14,
    "femton": 15,
    "sexton": 16,
    "sjutton": 17,
    "arton": 18,
    "aderton": 18,
    "nitton": 19,
}
_TENS = {
    "tjugo": 20,
    "trettio": 30,
    "fyrtio": 40,
    "femtio": 50,
    "sextio": 60,
    "sjuttio": 70,
    "åttio": 80,
    "nittio": 90,
}
MAGNITUDES = {
    "hundra": 100,
    "tusen": 1_000,
    "miljon": 1_000_000,
    "miljoner": 1_000_000,
    "miljard": 1_000_000_000,
    "miljarder": 1_000_000_000,
}
_PARTS_OF_A_WHOLE = {
    "halva": 2,
    "hälft": 2,
    "hälften": 2,
    "tredjedel": 3,
    "fjärdedel": 4,
    "femtedel": 5,
    "sjättedel": 6,
    "sjundedel": 7,
    "åttondel": 8,
    "niondel": 9,
    "tiondel": 10,
}
ORDINALS = {
    "annan": 2,
    "tredje": 3,
    "fjärde": 4,
    "femte": 5,
    "sjätte": 6,
    "sjunde": 7,
    "åttonde": 8,
    "nionde": 9,
    "tionde": 10,
}
PARTS = {
    **_PARTS_OF_A_WHOLE,
    **{f"{word}ar": size for word, size in _PARTS_OF_A_WHOLE.items() if word.endswith("del")},
    **{f"{word}en": size for word, size in _PARTS_OF_A_WHOLE.items() if word.endswith("del")},
}


def _below_hundred() -> dict[str, int]:
    words = dict(_ONES | _TEENS | _TENS)
    for ten, value in _TENS.items():
        words |= {ten + one: value + number for one, number in _ONES.items() if number}
    return words


@cache
def _below_thousand() -> dict[str, int]:
    small = _below_hundred()
    words = dict(small)
    for hundreds, count in [("", 1), *((one, number) for one, number in _ONES.items() if number)]:
        words[f"{hundreds}hundra"] = 100 * count
        for rest, value in small.items():
            if value:
                words[f"{hundreds}hundra{rest}"] = 100 * count + value
                words[f"{hundreds}hundraoch{rest}"] = 100 * count + value
    return words


@cache
def number_words() -> dict[str, int]:
    """Every number word below a thousand, and whole thousands up to nine hundred ("femtusen", "ettusen")."""
    words = dict(_below_thousand())
    thousands = {f"{word}tusen": 1000 * value for word, value in _below_thousand().items() if value}
    return words | thousands | {"tusen": 1000, "ettusen": 1000, "etttusen": 1000, "dussin": 12}


def number_of_word(word: str) -> int | None:
    """The value of one Swedish number word in any case; None for every other word.

    Compounds over a thousand are read too: "tvåtusenfemhundra" is 2500.
    """
    word = word.lower()
    known = number_words().get(word)
    if known is not None or "tusen" not in word:
        return known
    thousands, _, rest = word.partition("tusen")
    head = 1 if thousands in ("", "et") else _below_thousand().get(thousands)
    tail = _below_thousand().get(rest.removeprefix("och"))
    return None if head is None or tail is None else 1000 * head + tail
