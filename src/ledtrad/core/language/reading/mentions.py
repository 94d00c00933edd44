"""Every number in a sentence: digits, words, fractions, ranges, amounts, percent, dates and years."""

from ledtrad.core.language.reading.digits import numbers_in_digits
from ledtrad.core.language.reading.mention import Mention
from ledtrad.core.language.reading.spelled import numbers_in_words, tokens_of


def find_mentions(text: str, lower: str = "", tokens: list[str] | None = None) -> list[Mention]:
    """All numbers of one sentence, in order and without overlap. "en" and "ett" count as 1, `in_words`.

    `lower` and `tokens` may be given by a caller that has them at hand.
    Whether "en" is a number or an article cannot be told from the word; the caller decides.
    """
    lower = lower or text.lower()
    mentions = list(numbers_in_digits(text))
    words = numbers_in_words(text, mentions, lower, tokens_of(lower) if tokens is None else tokens)
    return sorted([*mentions, *words], key=lambda mention: mention.start) if words else mentions
