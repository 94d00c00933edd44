"""Reads a large file of answers in a process of its own; what to do comes as JSON on standard input."""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.people.actors import actor_of
from ledtrad.apps.people.models import Person
from ledtrad.apps.surveys.actions import look_through, take_in_waiting
from ledtrad.apps.surveys.waiting import tell, waiting
from ledtrad.core.calendar import city_day

MEMORY, SECONDS = 4_000_000_000, 1_200
_TOO_HEAVY = Phrase("Filen kräver för mycket minne. Dela upp den. Ingenting har lästs in.")


class Command(BaseCommand):
    """{"survey": "trygghet", "year": 2020, "act": "look" | "take_in", "by": "person:…", "data": {…}}"""

    help = __doc__
    requires_system_checks = ()

    def handle(self, *_args: object, **_options: object) -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        asked = json.load(sys.stdin)
        try:
            _do(asked)
        except Refused as refused:
            _tell(asked, refused.phrase)
        except MemoryError:
            _tell(asked, _TOO_HEAVY)


def _do(asked: dict[str, Any]) -> None:
    acts: dict[str, Callable[..., object]] = {"look": look_through, "take_in": take_in_waiting}
    act = acts[asked["act"]]
    person = Person.objects.get(key=asked["by"].partition(":")[2])
    now = timezone.now()
    act(survey=asked["survey"], year=asked["year"], by=actor_of(person, city_day(now)), at=now, **asked["data"])


def _tell(asked: dict[str, Any], sentence: Phrase) -> None:
    """What was read stays to be looked through, with the sentence that says why it was not taken in."""
    now = waiting(asked["survey"], asked["year"])
    if now is not None:
        state = "read" if now.columns else "refused"
        tell(asked["survey"], asked["year"], replace(now, state=state, sentence=sentence.in_both()))
