"""The answers of a wave as their page shows them: what became of each column, and who has been near them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledtrad.apps.audit.queries import LogEntry
from ledtrad.apps.people.presenters.log_words import deed
from ledtrad.apps.people.queries import names
from ledtrad.apps.surveys.waiting import Waiting


@dataclass(frozen=True, slots=True)
class ShownMisfit:
    """What is refused in a column, in words; `rows` is in how many rows."""

    column: str
    what: str
    rows: int


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the file: its name and label, what it holds in words, and the rows."""

    name: str
    label: str
    holds: str
    answered: int
    missing: int
    empty: int
    unfit: int


@dataclass(frozen=True, slots=True)
class ShownRead:
    """Once that somebody came near the answers: what was done, by whom, when and why."""

    at: datetime
    who: str
    did: str
    why: str


def present_columns(waits: Waiting) -> tuple[ShownColumn, ...]:
    """Every column, in the codebook's order."""
    rows = ("answered", "missing", "empty", "unfit")
    return tuple(
        ShownColumn(one["name"], one["label"], _holds(one), *(one[name] for name in rows)) for one in waits.columns
    )


def _holds(one: dict[str, Any]) -> str:
    return {
        "code": ngettext("%(num)s code", "%(num)s codes", one["codes"]) % {"num": one["codes"]},
        "number": _("a number"),
        "text": _("free text"),
        "serial": _("a running number"),
        "": _("not in the codebook: left out"),
    }[one["kind"]]


def present_misfits(waits: Waiting) -> tuple[ShownMisfit, ...]:
    """Each thing that does not fit the codebook."""
    return tuple(ShownMisfit(one["column"], _what(one["kind"], one["value"]), one["rows"]) for one in waits.misfits)


def _what(kind: str, value: str) -> str:
    said = f" ”{value}”" if value else ""
    return {
        "lacking_column": _("The column is in the codebook and not in the file."),
        "unknown_column": _("The column is not in the codebook, and is left out."),
        "unknown_code": _("The code%(said)s is not in the codebook, and is left empty.") % {"said": said},
        "not_a_number": _("Something that is no number stands there, and is left empty."),
        "out_of_range": _("The number%(said)s is outside the bounds, and is left empty.") % {"said": said},
        "repeated": _("The same running number stands in several rows."),
    }[kind]


def present_reads(log: Iterable[LogEntry]) -> tuple[ShownRead, ...]:
    """The latest first. One SQL query for the names."""
    entries = list(log)
    called = names(entry.by for entry in entries)
    return tuple(ShownRead(one.at, called[one.by], deed(one.action), " ".join(_why(one))) for one in entries)


def _why(entry: LogEntry) -> Iterator[str]:
    told = entry.after or {}
    if told.get("why"):
        yield told["why"]
    if told.get("accepted"):
        yield told["accepted"]
