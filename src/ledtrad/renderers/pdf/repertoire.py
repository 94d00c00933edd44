"""Which characters the bundled fonts can show. An accessible PDF must not hold one that they cannot."""

import re
from functools import lru_cache

FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")

# The code points below U+3000 for which one of the fonts inside the typst wheel has a glyph, found by trying each.
_SHOWN = """
    0020-007E 00A0-0377 037A-037F 0384-038A 038C 038E-03A1 03A3-04FF 0510-0513 051A-051D 0531-058F 0591-05C7
    05D0-05EB 05EF-05F5 05F7 0606-060C 0615 061B-061C 061F 0621-063A 0640-0655 065A 0660-066D 0674 0679-067B
    067E-0680 0683-0684 0686-0687 0691 0698 06A4 06A9 06AF 06BE 06CC 06F0-06F9 0900-0950 0955-097F 0E3F 0E81-0E82
    0E84 0E87-0E88 0E8A 0E8D 0E94-0E97 0E99-0E9F 0EA1-0EA3 0EA5 0EA7 0EAA-0EAB 0EAD-0EB9 0EBB-0EBC 0EC8-0ECD
    10D0-10FF 115F-1160 13A0-13FD 17B4-17B5 17C1-17C3 180B-180F 1AB0-1ACE 1D00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D
    1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE
    2000-2040 2042 2044-2052 2054-2071 2074-208E 2090-209C 20A0-20C0 20D0-20F0 2100-211E 2120 2122 2124 2126-2151
    2153-2184 2189 2190-23FF 2422-2423 2460-262F 2638-268B 2690-269C 26A0-26A7 26AA-26B2 2701-2704 2706-2709
    270C-2727 2729-274B 274D 274F-2752 2756 2758-275E 2761-277F 2794 2798-27AF 27B1-2B73 2B76-2B95 2B97-2BFF
    2C60-2CF3 2CF9-2CFF 2E02-2E05 2E08-2E0A 2E17-2E18 2E1F 2E22-2E25 2E2E
    FB00-FB06 FFFD
"""
_BREAKING_SPACES = re.compile("[\t-\r\x1c-\x20\x85\u2028\u2029]+")


def _class_of(ranges: str) -> str:
    return "".join("-".join(f"\\U{int(end, 16):08X}" for end in span.split("-")) for span in ranges.split())


_UNSHOWN = re.compile(f"[^{_class_of(_SHOWN)}]")
_NOT_LATIN = re.compile("[^\u0020-\u007e\u00a0-\u017f\u2010-\u2026\u202f\u2212]")


@lru_cache(maxsize=8192)
def as_far_as_fonts_go(text: str) -> str:
    """`text` with white space made plain and every character without a glyph named by its code: [U+4E2D].

    Named, not dropped: a reader sees that something stood there, and what.
    """
    return _UNSHOWN.sub(_named, _BREAKING_SPACES.sub(" ", text))


def only_latin(text: str) -> str:
    """As `as_far_as_fonts_go`, for Latin letters and common signs alone."""
    return _NOT_LATIN.sub(_named, _BREAKING_SPACES.sub(" ", text))


def _named(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"
