"""Reading the log, and proving that nobody has touched it."""

from ledtrad.apps.audit.queries.erasable import erasable
from ledtrad.apps.audit.queries.heads import head, lasting_head
from ledtrad.apps.audit.queries.reading import LogEntry, LogPage, actions_used, entries_about, page_of_log
from ledtrad.apps.audit.queries.verifying import Verification, verify

__all__ = [
    "LogEntry",
    "LogPage",
    "Verification",
    "actions_used",
    "entries_about",
    "erasable",
    "head",
    "lasting_head",
    "page_of_log",
    "verify",
]
