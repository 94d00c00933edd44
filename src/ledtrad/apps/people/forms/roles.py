"""A role to give, as it is sent."""

from datetime import date

from django.http import QueryDict

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.people.actions import NewGrant
from ledtrad.apps.people.forms.dates import read_day, read_day_or_none
from ledtrad.apps.people.models import Role


def read_grant(sent: QueryDict, person: str, today: date) -> NewGrant:
    """The grant that the form asks for. Refused when a field cannot be read."""
    return NewGrant(
        person=person,
        role=read_role(sent.get("role", "")),
        unit=sent.get("unit", "").strip(),
        valid_from=read_day(sent.get("valid_from") or today.isoformat(), Phrase("Första dagen")),
        valid_to=read_day_or_none(sent.get("valid_to", ""), Phrase("Sista dagen")),
    )


def read_role(written: str) -> Role:
    if written not in Role.values:
        raise Refused("Välj en roll. Ingenting har sparats.")
    return Role(written)
