"""The last link of the chain."""

from django.db import connection

from ledtrad.apps.audit import chain
from ledtrad.apps.audit.models import Entry


def head() -> str:
    """The hash of the last entry. Keep it outside the database: only with it can a cut tail be found."""
    return Entry.objects.order_by("-number").values_list("hash", flat=True).first() or chain.START


_LASTING = f"SELECT hash FROM {Entry._meta.db_table} WHERE NOT is_draft ORDER BY number DESC LIMIT 1"


def lasting_head() -> str:
    """The hash of the last entry that is not about a draft: it changes when something changes that others see."""
    with connection.cursor() as cursor:  # every page asks this: the statement is not composed anew each time
        cursor.execute(_LASTING)
        row = cursor.fetchone()
    return str(row[0]) if row else chain.START
