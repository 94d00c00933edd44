"""Every try of a password is counted, in the database, so that it holds however many processes serve the pages."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from ledtrad.apps.people.guessing import HOUR, TRIES, Counted, Try
from ledtrad.apps.people.models import SignInAttempt
from ledtrad.apps.people.policies import TooManyTries, check_may_try

_KEPT = timedelta(days=1)


def begin_attempt(*, tried: Try, at: datetime) -> int:
    """Count one more try; answers its number. Refused, and not counted, when there have been too many.

    Not inside a transaction: the try must count even when what follows is undone.
    """
    stored = SignInAttempt.objects.create(
        at=at,
        account=tried.account,
        origin=tried.origin,
        password_mark=tried.password_mark,
        browser=tried.browser,
    )
    try:
        check_may_try(_counted(tried, at))
    except TooManyTries:
        stored.delete()
        raise
    return stored.pk


def succeed(*, attempt: int, at: datetime) -> None:
    """The password was right: the try does not count. Old tries are thrown away."""
    SignInAttempt.objects.filter(Q(pk=attempt) | Q(at__lt=at - _KEPT)).delete()


def _counted(tried: Try, at: datetime) -> Counted:
    lately = SignInAttempt.objects.filter(at__gt=at - HOUR)
    windows = {f"within_{place}": Count("pk", filter=Q(at__gt=at - span)) for place, (_, span) in enumerate(TRIES)}
    mine = lately.filter(account=tried.account, browser=tried.browser)
    on_account = mine.aggregate(**windows, first=Min("at"))
    for_password = lately.filter(password_mark=tried.password_mark).aggregate(n=Count("account", distinct=True))
    from_place = lately.filter(origin=tried.origin).aggregate(n=Count("account", distinct=True))
    counts = tuple(on_account[f"within_{place}"] for place in range(len(TRIES)))
    return Counted(
        counts,
        for_password["n"],
        from_place["n"],
        _free_again(counts, on_account["first"] or at, at),
        bool(tried.browser),
        tried.from_office,
    )


def _free_again(counts: tuple[int, ...], first: datetime, at: datetime) -> datetime:
    """A moment when it is surely free again: a quarter after now, or an hour after the first where the hour is full."""
    (_, short), (most, long) = TRIES
    return first + long if counts[1] > most else at + short
