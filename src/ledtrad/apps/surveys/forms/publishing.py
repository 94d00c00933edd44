"""What of a wave is to be published, as it is chosen."""

from collections.abc import Collection

from django.http import QueryDict

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.surveys.actions import Chosen

GROUPS = ("sex", "district", "age")
HIDE, ROUND = "dolj", "avrunda"


def read_chosen(sent: QueryDict, questions: dict[str, int]) -> Chosen:
    """The questions and groups that were ticked. `questions` are all that can be: keys by code.

    Refused when none was ticked.
    """
    codes = [code for code in sent.getlist("fraga") if code in questions]
    if not codes:
        raise Refused("Välj minst en fråga. Ingenting har publicerats.")
    return Chosen(frozenset(questions[code] for code in codes), _groups(sent.getlist("grupp")))


def read_multiple(sent: QueryDict) -> int | None:
    """What the numbers are to be rounded to, None where they are not to be. A text that is no number is 0."""
    if sent.get("satt") != ROUND:
        return None
    told = sent.get("bas", "").strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0


def _groups(sent: Collection[str]) -> frozenset[str]:
    return frozenset(group for group in GROUPS if group in sent)
