"""What of a wave is to be published, as it is chosen."""

from collections.abc import Collection

from django.http import QueryDict

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.surveys.actions import Chosen

GROUPS = ("sex", "district", "age")


def read_chosen(sent: QueryDict, questions: dict[str, int]) -> Chosen:
    """The questions and groups that were ticked. `questions` are all that can be: keys by code.

    Refused when none was ticked.
    """
    codes = [code for code in sent.getlist("fraga") if code in questions]
    if not codes:
        raise Refused("Välj minst en fråga. Ingenting har publicerats.")
    return Chosen(frozenset(questions[code] for code in codes), _groups(sent.getlist("grupp")))


def _groups(sent: Collection[str]) -> frozenset[str]:
    return frozenset(group for group in GROUPS if group in sent)
