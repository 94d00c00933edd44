"""`ledtrad report build`: a goal section or a whole year as web page, PDF and Word, with its facts and a manifest."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledtrad.core.facts import Fact, value_record
from ledtrad.site.command_line.connection import connect
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.core.document import Document

Year = Annotated[int, typer.Argument(help="Året, till exempel 2020.", show_default=False)]
Goal = Annotated[str | None, typer.Option("--goal", help="Bara det här målet, till exempel 1.2.")]
Out = Annotated[Path, typer.Option("--out", help="Mappen som filerna läggs i; den skapas om den saknas.")]


def build(year: Year, out: Out, goal: Goal = None) -> None:
    """Bygg rapporten som webbsida, PDF och Word. Samma uppgifter ger alltid samma filer, byte för byte."""
    connect()
    document, facts = _fetch(year, goal)
    stem = "-".join(["arsredovisning", str(year), *([goal] if goal else [])])
    files: dict[str, bytes] = {}
    for name, content in _made(stem, document, facts):
        files[name] = content
        _write(out, name, content)
        print(f"{name}  {len(content):,} byte".replace(",", "\u00a0"), flush=True)
    _write(out, "manifest.json", _as_json(_manifest(year, goal, files)))
    print(f"manifest.json  {len(files)} filer med kontrollsummor\n{out}")


def _fetch(year: int, goal: str | None) -> "tuple[Document, Iterable[Fact]]":
    from ledtrad.apps.annual_report import queries
    from ledtrad.apps.goals.queries import years

    document = queries.document(year, goal=goal) if year in years() else None
    if document is None:
        from ledtrad.site.command_line.verdicts import what_there_is

        asked = f"mål {goal} år {year}" if goal else f"år {year}"
        raise Trouble(f"Det finns inget att bygga för {asked}. {what_there_is(year)}")
    return document, queries.facts_of(goal, year).values()


def _made(stem: str, document: "Document", facts: Iterable[Fact]) -> Iterator[tuple[str, bytes]]:
    from ledtrad.renderers import docx, html, pdf

    yield f"{stem}.html", html.page(document)
    yield f"{stem}.pdf", pdf.render(document)
    yield f"{stem}.docx", docx.render(document)
    yield "facts.json", _as_json({"facts": [_fact_record(fact) for fact in facts]})


def _fact_record(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "label": fact.label,
        "value": value_record(fact.value),
        "fingerprint": fact.fingerprint,
        "rests_on": [{"address": cell.address, "content": cell.content} for cell in fact.rests_on],
    }


def _manifest(year: int, goal: str | None, files: dict[str, bytes]) -> dict[str, Any]:
    sums = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for name, content in files.items()
    }
    return {"year": year, "goal": goal, "files": sums}


def _as_json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _write(folder: Path, name: str, content: bytes) -> None:
    """Write the whole file or nothing: a reader never meets half of one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{name}.part"
        unfinished.write_bytes(content)
        os.replace(unfinished, folder / name)
    except OSError as error:
        raise Trouble(f"Det går inte att skriva i {folder}: {error.strerror or error}.") from error
