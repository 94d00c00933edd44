"""The last link of the chain."""

from ledtrad.apps.audit import chain
from ledtrad.apps.audit.models import Entry


def head() -> str:
    """The hash of the last entry. Keep it outside the database: only with it can a cut tail be found."""
    return Entry.objects.order_by("-number").values_list("hash", flat=True).first() or chain.START


def lasting_head() -> str:
    """The hash of the last entry that is not about a draft: it changes when something changes that others see."""
    lasting = Entry.objects.filter(is_draft=False)
    return lasting.order_by("-number").values_list("hash", flat=True).first() or chain.START
