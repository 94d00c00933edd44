"""Who inherits what, as it is sent."""

from collections.abc import Iterable

from django.http import QueryDict


def read_heirs(sent: QueryDict, objects: Iterable[str]) -> dict[str, str]:
    """The heir of each object: its own field's, else the one for all the rest. Objects without are left out."""
    rest = sent.get("heir", "").strip()
    named = {one: sent.get(f"heir:{one}", "").strip() or rest for one in objects}
    return {one: heir for one, heir in named.items() if heir}
