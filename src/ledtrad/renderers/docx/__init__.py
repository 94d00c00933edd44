"""Documents as Word files: real headings, table headers, alt text and language; the same bytes every time."""

from collections.abc import Mapping

from ledtrad.core.document import Document
from ledtrad.renderers import printed
from ledtrad.renderers.charts.cache import Cache, MemoryCache
from ledtrad.renderers.docx.body import Body
from ledtrad.renderers.docx.package import new_package, packed

__all__ = ["render"]

_NO_IMAGES: Mapping[str, bytes] = {}
_drawn = MemoryCache()


def render(document: Document, images: Mapping[str, bytes] = _NO_IMAGES, cache: Cache = _drawn) -> bytes:
    """The document as a Word file. `images` holds the pictures by their source; one without bytes is put in words.

    `cache` keeps the drawn charts between calls, by default in this process.
    """
    paper = printed.printed(document)
    package = new_package(paper)
    Body(package, paper, images, cache).write()
    return packed(package)
