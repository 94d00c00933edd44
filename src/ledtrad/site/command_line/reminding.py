"""`ledtrad remind`: one digest to each person who has something left. For a timer, once a morning.

LEDTRAD_ADDRESS      the site's address, for links in mail   (https:// and the first of LEDTRAD_HOSTS)
LEDTRAD_REMIND_DAYS  days before the due day                 (14,7,2,0)
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ledtrad.site.command_line.connection import connect, now
from ledtrad.site.command_line.trouble import Trouble

if TYPE_CHECKING:
    from ledtrad.apps.reporting.queries.reminders import Digest

Day = Annotated[
    datetime | None,
    typer.Option(
        "--day", formats=["%Y-%m-%d"], help="Dagen i staden som påminnelserna gäller. I dag när den utelämnas."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Visa vilka som skulle påminnas, utan att skicka något.")]


@dataclass
class Sent:
    """How it went: how many had something left, how many were sent to, and what went wrong."""

    wanted: int
    sent: int = 0
    troubles: list[str] = field(default_factory=list)


def remind(day: Day = None, dry_run: DryRun = False) -> None:
    """Skicka ett samlat brev till var och en som har något kvar före ett datum i styrkalendern.

    Svarar med 1 när något brev inte kunde skickas. Ingenting är då förlorat: kör kommandot igen.
    """
    connect()
    from ledtrad.apps.reporting.queries.reminders import digests
    from ledtrad.core.calendar import city_day

    found = digests(day.date() if day else city_day(now()), _days_before())
    if dry_run:
        _show(found)
        return
    done = send_all(found, _site(), now)
    print(f"{done.sent} av {done.wanted} påminnelser skickades.")
    for sentence in done.troubles:
        print(sentence)
    raise typer.Exit(1 if done.troubles else 0)


def _show(found: "tuple[Digest, ...]") -> None:
    from ledtrad.apps.reporting.presenters.digest import subject_of

    for digest in found:
        print(f"{digest.to.name} <{digest.to.email}>: {subject_of(digest)}")
    print(f"{len(found)} påminnelser skulle skickas. Ingenting har skickats.")


def send_all(found: "tuple[Digest, ...]", site: str, clock: Callable[[], datetime]) -> Sent:
    """Send the digests over one connection. A server that does not answer ends the run; a refused address does not."""
    from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

    from django.core.mail import get_connection

    from ledtrad.apps.reporting.actions.reminding import send_once
    from ledtrad.apps.reporting.presenters.digest import subject_of, write_digest

    done, connection = Sent(len(found)), get_connection()
    try:
        if found:
            connection.open()
        for digest in found:
            mail = write_digest(digest, site)
            mail.connection = connection
            about = {"person_id": digest.to.id, "day": digest.day, "subject": subject_of(digest)}
            try:
                done.sent += send_once(**about, send=mail.send, at=clock())  # type: ignore[arg-type]
            except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as error:
                done.troubles.append(f"{digest.to.email} togs inte emot av mejlservern: {_words(error)}.")
    except OSError as error:
        done.troubles.append(
            f"Mejlservern svarar inte: {_words(error)}. {done.wanted - done.sent} påminnelser är kvar. "
            "Ingen är förlorad: kör kommandot igen."
        )
    finally:
        _close(connection)
    return done


def _close(connection: "object") -> None:
    from contextlib import suppress

    with suppress(OSError):
        connection.close()  # type: ignore[attr-defined]


def _words(error: Exception) -> str:
    return str(error).replace("\n", " ").strip().rstrip(".") or type(error).__name__


def _site() -> str:
    from django.conf import settings

    return (os.environ.get("LEDTRAD_ADDRESS") or f"https://{settings.ALLOWED_HOSTS[0]}").rstrip("/")


def _days_before() -> tuple[int, ...]:
    from ledtrad.core.calendar import REMINDED_BEFORE

    written = os.environ.get("LEDTRAD_REMIND_DAYS", "")
    if not written.strip():
        return REMINDED_BEFORE
    parts = [part.strip() for part in written.split(",")]
    if not all(part.isdecimal() and int(part) <= 365 for part in parts):
        raise Trouble("LEDTRAD_REMIND_DAYS ska vara dagar med komma emellan, till exempel 14,7,2,0.")
    return tuple(int(part) for part in parts)
