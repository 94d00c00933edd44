"""Holds what the database has against what was acknowledged; prints how many texts were lost, as JSON.

python -m benches._deadline_kept ours|peer < texts.json
"""

import json
import sys
from typing import Any


def main(whose: str) -> None:
    import django

    django.setup()
    texts = json.load(sys.stdin)
    check = _ours if whose == "ours" else _peers
    print(json.dumps({"texts": len(texts), "lost": [lost for text in texts for lost in check(text)]}))


def _ours(text: dict[str, Any]) -> list[str]:
    """The row holds the last acknowledged text, and each acknowledged save is one version in its history."""
    from ledtrad.apps.reporting.models import Row, RowVersion

    row = Row.objects.get(pk=text["row"])
    stored = json.loads(row.content)
    lost = []
    if text["saves"] and any(stored[name] != value for name, value in text["content"].items()):
        lost.append(f"row {row.pk} holds another text than the one last acknowledged")
    if row.version != text["version"]:
        lost.append(f"row {row.pk} is version {row.version}, acknowledged was {text['version']}")
    if RowVersion.objects.filter(row=row).count() != row.version:
        lost.append(f"row {row.pk} has lost versions")
    return lost


def _peers(text: dict[str, Any]) -> list[str]:
    from benches.deadline_peer.models import Text

    stored = Text.objects.get(pk=text["row"])
    if text["saves"] and (stored.content, stored.version) != (text["content"]["result"], text["version"]):
        return [f"text {stored.pk} is not the one last acknowledged"]
    return []


if __name__ == "__main__":
    main(sys.argv[1])
