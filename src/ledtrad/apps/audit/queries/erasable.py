"""Which entries an erasure would empty."""

from collections.abc import Iterable

from ledtrad.apps.audit.models import Entry

ERASED = "audit.erase"  # the action whose entries name those that were emptied
_BATCH = 400


def erasable(entries: Iterable[int], object_id: str) -> list[Entry]:
    """Those with the numbers `entries` and all about `object_id`, oldest first, without their texts.

    Entries that are empty already, and those that tell of erasures, are left out.
    """
    found: dict[int, Entry] = {}
    full = Entry.objects.exclude(change_json="").exclude(action=ERASED).defer("change_json", "salt")
    if object_id:
        found.update({row.number: row for row in full.filter(links__object_id=object_id)})
    wanted = sorted(set(entries))
    for start in range(0, len(wanted), _BATCH):
        batch = full.filter(number__in=wanted[start : start + _BATCH])
        found.update({row.number: row for row in batch})
    return [found[number] for number in sorted(found)]
