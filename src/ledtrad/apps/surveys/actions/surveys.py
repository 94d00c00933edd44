"""Defining surveys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.organisation.sorting import swedish_key
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.surveys.models import Survey
from ledtrad.apps.surveys.policies import check_keeps_surveys, check_new


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """A survey to define. `code` stands in addresses: `trygghet`."""

    code: str
    name: str
    about: str = ""
    invented: bool = False


@transaction.atomic
def define_surveys(*, surveys: Sequence[NewSurvey], by: Actor, at: datetime) -> None:
    """Define surveys. Refused when a code is taken."""
    check_keeps_surveys(by)
    codes = [new.code for new in surveys]
    check_new(Phrase("Enkäten"), codes, set(Survey.objects.filter(code__in=codes).values_list("code", flat=True)))
    Survey.objects.bulk_create(
        Survey(code=new.code, name=new.name, about=new.about, sort_key=swedish_key(new.name), invented=new.invented)
        for new in surveys
    )
    changes = [
        Change((f"survey:{new.code}",), {"name": new.name, "about": new.about, "invented": new.invented})
        for new in surveys
    ]
    record_all(by=by.key, at=at, action="surveys.define_surveys", changes=changes)
