"""Sending a digest: once to each person and day, however many processes try, and again when the server failed.

A row of Reminder without a subject is one that somebody is sending: a claim. Whoever cannot send takes the claim back;
one that has stood for a quarter of an hour was left by a process that died, and may be taken over.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from ledtrad.apps.reporting.models import Reminder

_LEFT_BEHIND = timedelta(minutes=15)


def send_once(*, person_id: int, day: date, subject: str, send: Callable[[], object], at: datetime) -> bool:
    """Call `send` unless the person has had the day's digest, or somebody else is sending it; whether it was sent.

    What `send` raises is raised, and the digest may then be tried again.
    """
    if not _claim(person_id, day, at):
        return False
    try:
        send()
    except BaseException:
        Reminder.objects.filter(person_id=person_id, day=day, subject="").delete()
        raise
    Reminder.objects.filter(person_id=person_id, day=day, subject="").update(subject=subject[:200], sent_at=at)
    return True


def _claim(person_id: int, day: date, at: datetime) -> bool:
    try:
        with transaction.atomic():
            Reminder.objects.create(person_id=person_id, day=day, subject="", sent_at=at)
    except IntegrityError:
        left = Reminder.objects.filter(person_id=person_id, day=day, subject="", sent_at__lt=at - _LEFT_BEHIND)
        return left.update(sent_at=at) == 1
    return True
