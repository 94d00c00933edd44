"""Collect what the pages say into the Swedish catalogue: new phrases are added without a translation, old ones go.

Run by the virtual environment's Python after a page has changed; then translate what stands empty and run
script/catalogues.py. With --check nothing is written, and the answer is 1 when the catalogue does not fit the pages.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "ledtrad"
CATALOGUE = PACKAGE / "site" / "locale" / "sv" / "LC_MESSAGES" / "django.po"
_KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
# Our own header: Babel's carries the hour, and then no two runs would agree.
_HEADER = r"""# What the pages say, in Swedish.
msgid ""
msgstr ""
"Language: sv\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
_OPTIONS = {"trimmed": "true", "extensions": "jinja2.ext.i18n"}


def sources() -> Iterator[tuple[str, Path]]:
    """How each file is read, and the files: Python of the apps and the site, and all Jinja2 templates of pages."""
    for room in ("apps", "site"):
        yield from (("python", path) for path in sorted((PACKAGE / room).rglob("*.py")))
        yield from (("jinja2.ext:babel_extract", path) for path in sorted((PACKAGE / room).rglob("jinja2/**/*.html")))


def collected() -> Catalog:
    """Every phrase that code and templates look up, with the files that do so."""
    catalogue = Catalog(locale="sv", project="Ledtråd", charset="utf-8")
    for method, path in sources():
        for _, message, comments, context in extract_from_file(method, path, keywords=_KEYWORDS, options=_OPTIONS):
            place = (path.relative_to(PACKAGE).as_posix(), 0)
            catalogue.add(message, None, [place], auto_comments=comments, context=context)
    return catalogue


def stored() -> Catalog:
    """The Swedish catalogue as it lies."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="sv")


def differences() -> list[str]:
    """What the pages say that the catalogue lacks, and the reverse."""
    said, known = {_key(message) for message in collected()}, {_key(message) for message in stored()}
    missing = [f"not in the catalogue: {key!r}" for key in sorted(said - known, key=str)]
    return missing + [f"no page says it any more: {key!r}" for key in sorted(known - said, key=str)]


def _key(message: object) -> tuple[object, object]:
    return message.context, message.id  # type: ignore[attr-defined]


def update() -> None:
    """Write the catalogue anew: kept translations, new phrases empty, sorted by the files that say them."""
    old = stored() if CATALOGUE.exists() else Catalog(locale="sv")
    new = collected()
    for message in new:
        before = old.get(message.id, context=message.context)
        if message.id and before is not None:
            message.string = before.string
    with CATALOGUE.open("wb") as file:
        file.write(_HEADER.encode())
        write_po(file, new, width=110, sort_by_file=True, omit_header=True, include_lineno=False)


def main() -> int:
    if "--check" not in sys.argv:
        update()
        return 0
    found = differences()
    print("\n".join(found) or "Catalogue: every phrase of the pages is there.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
