"""The one way into the log, and the one way to take personal data out of it."""

from ledtrad.apps.audit.actions.erasing import clear_traces, erase
from ledtrad.apps.audit.actions.recording import Change, record, record_all

__all__ = ["Change", "clear_traces", "erase", "record", "record_all"]
