"""Every number in a sentence: digits, words, fractions, ranges, amounts, percent, dates and years."""

from ledtrad.core.language.reading.digits import numbers_in_digits
from ledtrad.core.language.reading.mention import Mention
from ledtrad.core.language.reading.spelled import numbers_in_words


def find_mentions(text: str) -> list[Mention]:
    """All numbers of one sentence, in order and without overlap. "en" and "ett" count as 1, `in_words`.

    Whether "en" is a number or an article cannot be told from the word; the caller decides.
    """
    mentions = list(numbers_in_digits(text))
    words = numbers_in_words(text, mentions)
    return sorted([*mentions, *words], key=lambda mention: mention.start) if words else mentions
