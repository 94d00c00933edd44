"""How a clash is settled: field by field, as its writer chose."""

from collections.abc import Mapping

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.reporting.queries import KeptText


def chosen_fields(kept: KeptText, sent: Mapping[str, str]) -> dict[str, str]:
    """What is to be saved: for each field mine, theirs, or the text written instead. What agrees stays as it is.

    Refused when a field that differs has not been chosen: nothing is taken for granted.
    """
    theirs, mine = kept.row.content.fields, kept.fields
    fields = dict(theirs)
    for name in theirs:
        if mine[name] != theirs[name]:
            fields[name] = _chosen(name, mine[name], theirs[name], sent)
    return fields


def _chosen(name: str, mine: str, theirs: str, sent: Mapping[str, str]) -> str:
    choice = sent.get(f"choice.{name}", "")
    if choice not in ("mine", "theirs", "merge"):
        raise Refused(
            "Välj vilken text som ska gälla i varje fält. Ingenting har sparats, och båda texterna finns kvar."
        )
    return {"mine": mine, "theirs": theirs, "merge": sent.get(f"merge.{name}", "")}[choice]
