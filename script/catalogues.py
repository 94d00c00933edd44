"""Compile the translation catalogues, without gettext's tools. Run by the virtual environment's Python.

With --check, also complain about entries that are fuzzy, untranslated, or have other placeholders than the original.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "ledtrad"


def main():
    problems = [problem for source in sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/*.po")) for problem in _treat(source)]
    if "--check" in sys.argv:
        print("\n".join(problems) or "Catalogues: complete.")
        return 1 if problems else 0
    return 0


def _treat(source):
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    compiled = source.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime:
        with compiled.open("wb") as file:
            write_mo(file, catalogue)
    place = source.relative_to(PACKAGE)
    for message in catalogue:
        if message.id and (message.fuzzy or not _is_translated(message)):
            yield f"{place}:{message.lineno}: not translated: {message.id!r}"
    for message, errors in catalogue.check():
        yield f"{place}:{message.lineno}: {'; '.join(str(error) for error in errors)}"


def _is_translated(message):
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(forms)


if __name__ == "__main__":
    sys.exit(main())
