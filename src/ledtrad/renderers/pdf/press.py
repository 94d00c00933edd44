"""The press: one typst compiler kept warm for the life of the process, fed with a file of data."""

import calendar
import json
import os
import tempfile
import threading
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import typst

from ledtrad.core.document import Document
from ledtrad.renderers.pdf.pages import Fit, pages_of
from ledtrad.renderers.pdf.repertoire import as_far_as_fonts_go, only_latin
from ledtrad.renderers.pdf.stream_ends import with_plain_ends

_NO_IMAGES: Mapping[str, bytes] = {}


class PdfError(RuntimeError):
    """The document cannot be set as an accessible PDF; the message says why."""


def render(document: Document, images: Mapping[str, bytes] = _NO_IMAGES) -> bytes:
    """The document as PDF. `images` holds the pictures by their source; one without bytes is described in words.

    Raises PdfError when typst refuses or warns (a font that is missing, a picture that is broken).
    """
    try:
        return _print(document, images, as_far_as_fonts_go)
    except typst.TypstError as error:
        if not _is_about_characters(error):
            raise PdfError(error.message) from error
    # Signs that have a glyph alone may lack one in combination: then only what is certain to be in the font is kept.
    try:
        return _print(document, images, only_latin)
    except typst.TypstError as error:
        raise PdfError(error.message) from error


def _is_about_characters(error: typst.TypstError) -> bool:
    return "could not be displayed" in error.message or "codepoint" in error.message


def _print(document: Document, images: Mapping[str, bytes], fit: Fit) -> bytes:
    pages, pictures = pages_of(document, images, fit)
    with _lock:
        press = _press()
        for name, content in pictures.items():
            (press.folder / name).write_bytes(content)
        (press.folder / "report.json").write_text(json.dumps(pages, ensure_ascii=False), encoding="utf-8")
        return with_plain_ends(press.compile(_timestamp(document)))


def _timestamp(document: Document) -> int:
    """The last day of the report's year, in place of a clock."""
    return calendar.timegm((document.year or 1970, 12, 31, 0, 0, 0, 0, 0, 0))


class _Press:
    """A folder of its own with the template and the data, and the compiler that reads it.

    The data goes in as a file rather than as typst input: input is part of every cached step, a file only of those
    that read it, so that a report where one paragraph changed is set anew in a fraction of the time.
    """

    def __init__(self) -> None:
        self.process = os.getpid()
        self._kept = tempfile.TemporaryDirectory(prefix="ledtrad-press-")
        self.folder = Path(self._kept.name)
        for sheet in (resources.files(__package__) / "template").iterdir():
            (self.folder / sheet.name).write_bytes(sheet.read_bytes())
        self._compiler = typst.Compiler(
            self.folder / "report.typ",
            root=self.folder,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
        )

    def compile(self, timestamp: int) -> bytes:
        content, warnings = self._compiler.compile_with_warnings(
            format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=timestamp
        )
        if warnings:
            raise PdfError("; ".join(warning.message for warning in warnings))
        assert isinstance(content, bytes)
        return content


_lock = threading.Lock()
_kept_press: _Press | None = None


def _press() -> _Press:
    """The press of this process; a process forked off gets its own."""
    global _kept_press
    if _kept_press is None or _kept_press.process != os.getpid():
        _kept_press = _Press()
    return _kept_press
