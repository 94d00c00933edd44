"""Reads a large file in this process, which the server starts; what to do with it comes as JSON on standard input."""

import json
import resource
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ledtrad.apps.audit.phrases import Bilingual, Phrase
from ledtrad.apps.audit.policies import Conflict, Refused
from ledtrad.apps.indicators import apart
from ledtrad.apps.indicators.actions.uploads import choose_for_upload, confirm_upload
from ledtrad.apps.indicators.apart import Work
from ledtrad.apps.indicators.forms.uploads import read_choices
from ledtrad.apps.indicators.models import Upload
from ledtrad.apps.indicators.previews import lay_aside
from ledtrad.apps.indicators.queries.examining import Told, examine
from ledtrad.apps.people.actors import Actor, actor_of
from ledtrad.apps.people.models import Person
from ledtrad.core.calendar import city_day

MEMORY, SECONDS = 1_200_000_000, 1_200
_TOO_HEAVY = Phrase("Filen kräver för mycket minne. Dela upp den. Ingenting har lästs in.")


class Command(BaseCommand):
    """{"upload": 7, "act": "preview" | "choose" | "confirm", "by": "person:…", "data": {…}}"""

    help = __doc__
    requires_system_checks = ()

    def handle(self, *_args: object, **_options: object) -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        asked = json.load(sys.stdin)
        upload, act = Upload.objects.get(pk=asked["upload"]), asked["act"]
        with apart.my_turn():
            apart.tell(upload, _done(upload, act, _actor(asked["by"]), asked["data"], Bilingual(**asked["sentence"])))


def _actor(key: str) -> Actor:
    person = Person.objects.get(key=key.partition(":")[2])
    return actor_of(person, city_day(timezone.now()))


def _done(upload: Upload, act: str, by: Actor, data: dict[str, Any], sentence: Bilingual) -> Work:
    """What came of it. What is broken in ourselves raises, and is told as work that was broken off."""

    def told(done: int, total: int) -> None:
        apart.tell(upload, Work(act, "reading" if done < total else "storing", done, total, sentence))

    try:
        _do(upload, act, by, data, told)
    except Refused as refused:
        return Work(act, "refused", sentence=refused.phrase.in_both(), is_conflict=isinstance(refused, Conflict))
    except MemoryError:
        return Work(act, "refused", sentence=_TOO_HEAVY.in_both())
    return Work(act, "done", sentence=sentence)


def _do(upload: Upload, act: str, by: Actor, data: dict[str, Any], told: Told) -> None:
    if act == "confirm":
        confirm_upload(upload_id=upload.pk, by=by, at=timezone.now(), told=told, **data)
        return
    examined = examine(upload, by, told)
    if act == "preview":
        lay_aside(upload, examined, by)
        return
    choices = read_choices(data, examined.choices, examined.layout, examined.books, examined.sheets)
    choose_for_upload(upload_id=upload.pk, choices=choices, by=by, told=told)
