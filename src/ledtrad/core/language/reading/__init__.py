"""Reading Swedish: mending broken text, finding sentences, and finding every number however it is written."""

from ledtrad.core.language.reading.cleaning import mend
from ledtrad.core.language.reading.mentions import Mention, MentionKind, find_mentions
from ledtrad.core.language.reading.sentences import split_sentences
from ledtrad.core.language.reading.words import number_of_word

__all__ = ["Mention", "MentionKind", "find_mentions", "mend", "number_of_word", "split_sentences"]
