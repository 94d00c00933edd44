"""SVG elements written as text: attributes in the order given, every value escaped."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from ledtrad.renderers.charts.palette import Palette

_UNFIT_FOR_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """`<name …>content</name>`. `content` is markup; underscores in attribute names become hyphens."""
    written = "".join(f" {key.rstrip('_').replace('_', '-')}={quoted(value)}" for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(words: str) -> str:
    """Plain words as markup, without the characters that XML cannot hold."""
    return escape(_UNFIT_FOR_XML.sub("\N{REPLACEMENT CHARACTER}", words))


def quoted(value: object) -> str:
    if isinstance(value, float):
        value = f"{value:.1f}".removesuffix(".0")
    return quoteattr(_UNFIT_FOR_XML.sub("\N{REPLACEMENT CHARACTER}", str(value)))


def drawing(
    parts: Iterable[str], named: tuple[str, str], palette: Palette, size: tuple[float, float], language: str
) -> str:
    """A whole drawing as one SVG element. `named` are its title and description, for those who do not see it."""
    width, height = size
    naming = element("title", text(named[0])) + element("desc", text(named[1]))
    return element(
        "svg",
        naming + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        lang=language,
        class_="chart",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        font_family=palette.font,
        font_size=palette.size,
        fill=palette.ink,
    )
