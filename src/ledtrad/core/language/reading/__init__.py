"""Reading Swedish: mending broken text, finding sentences, and finding every number however it is written."""

from ledtrad.core.language.reading.cleaning import mend
from ledtrad.core.language.reading.digits import read_number
from ledtrad.core.language.reading.mention import Mention, MentionKind
from ledtrad.core.language.reading.mentions import find_mentions
from ledtrad.core.language.reading.outcomes import absence_kind, is_blank, read_outcome, read_parts, read_target
from ledtrad.core.language.reading.sentences import split_sentences
from ledtrad.core.language.reading.spelled import tokens_of
from ledtrad.core.language.reading.verdicts import read_verdict
from ledtrad.core.language.reading.words import number_of_word

__all__ = [
    "Mention",
    "MentionKind",
    "absence_kind",
    "find_mentions",
    "is_blank",
    "mend",
    "number_of_word",
    "read_number",
    "read_outcome",
    "read_parts",
    "read_target",
    "read_verdict",
    "split_sentences",
    "tokens_of",
]
