"""SVG elements written as text: attributes in the order given, every value escaped."""

import re
from xml.sax.saxutils import escape, quoteattr

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
