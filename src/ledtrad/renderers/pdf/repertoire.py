"""Which characters the bundled fonts can show. An accessible PDF must not hold one that they cannot."""

import re
import unicodedata
from functools import lru_cache

FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")

# The code points below U+3000 for which one of the fonts inside the typst wheel has a glyph, found by trying each.
# Left out are Arabic, Devanagari and Lao, whose letters have glyphs alone but not in every combination, and all marks
# that only combine: the PDF notes for each glyph the text it stands for, once, and a letter that first comes with a
# loose mark would carry that mark everywhere when the text is taken out.
_SHOWN = """
    0020-007E 00A0-00AC 00AE-02FF 0370-0377 037A-037F 0384-038A 038C 038E-03A1 03A3-0482 048A-04FF 0510-0513
    051A-051D 0531-0556 0559-058A 058D-058F 05D0-05EA 05EF-05F4 0E3F 10D0-10FF 13A0-13F5 13F8-13FD 1D00-1DBF
    1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3
    1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE 2000-200A 2010-2027 202F-2040 2042 2044-2052 2054-205F 2070-2071
    2074-208E 2090-209C 20A0-20C0 2100-211E 2120 2122 2124 2126-2151 2153-2184 2189 2190-23FF 2422-2423 2460-262F
    2638-268B 2690-269C 26A0-26A7 26AA-26B2 2701-2704 2706-2709 270C-2727 2729-274B 274D 274F-2752 2756 2758-275E
    2761-277F 2794 2798-27AF 27B1-2B73 2B76-2B95 2B97-2BFF 2C60-2CEE 2CF2-2CF3 2CF9-2CFF 2E02-2E05 2E08-2E0A
    2E17-2E18 2E1F 2E22-2E25 2E2E FB00-FB06 FFFD
"""
_BREAKING_SPACES = re.compile("[\t-\r\x1c-\x20\x85\u2028\u2029]+")


def _class_of(ranges: str) -> str:
    return "".join("-".join(f"\\U{int(end, 16):08X}" for end in span.split("-")) for span in ranges.split())


# Without a shape of their own, and some of them able to turn the order of the text around: dropped. So is the soft
# hyphen, for the reason above.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_UNSHOWN = re.compile(f"[^{_class_of(_SHOWN)}]")
_NOT_LATIN = re.compile("[^\u0020-\u007e\u00a0-\u017f\u2010-\u2026\u202f\u2212]")


@lru_cache(maxsize=8192)
def as_far_as_fonts_go(text: str) -> str:
    """`text` composed, with white space made plain, and every character without a glyph named by its code: [U+4E2D].

    Named, not dropped: a reader sees that something stood there, and what.
    """
    return _UNSHOWN.sub(_named, _plain(text))


def only_latin(text: str) -> str:
    """As `as_far_as_fonts_go`, for Latin letters and common signs alone."""
    return _NOT_LATIN.sub(_named, _plain(text))


def _plain(text: str) -> str:
    return _BREAKING_SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def _named(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"
