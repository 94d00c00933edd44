"""`ledtrad people …`: the first administrator of a new installation, and a way in when all else fails."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer

from ledtrad.site.command_line.connection import connect, now
from ledtrad.site.command_line.trouble import Trouble

Email = Annotated[str, typer.Argument(help="Personens e-postadress.", show_default=False)]
Name = Annotated[str, typer.Argument(help="Personens namn.", show_default=False)]
RoleName = Annotated[
    str,
    typer.Argument(
        help="reader, reporter, board_secretary, unit_head, central_controller, editor, auditor eller administrator.",
        show_default=False,
    ),
]
UnitName = Annotated[str, typer.Argument(help="Enhetens kortnamn, till exempel kf.", show_default=False)]
From = Annotated[str, typer.Option("--from", help="Första dagen, som 2026-01-31; i dag när inget anges.")]
Until = Annotated[str, typer.Option("--until", help="Sista dagen, som 2026-12-31; tills vidare när inget anges.")]
Site = Annotated[str, typer.Option("--site", help="Webbplatsens adress, framför länken.")]
FromInput = Annotated[bool, typer.Option("--stdin", help="Läs lösenordet från standard in i stället för att fråga.")]
_BY = "Kommandoraden"


def add(email: Email, name: Name, site: Site = "http://127.0.0.1:8000") -> None:
    """Lägg upp en person, och visa länken där personen väljer sitt lösenord: en gång, inom tre dagar."""
    connect()
    from ledtrad.apps.people.actions import NewPerson, register_people
    from ledtrad.apps.people.actors import program
    from ledtrad.apps.people.mailing import password_path
    from ledtrad.apps.people.queries import person_named

    with _refusals():
        (key,) = register_people(people=[NewPerson(email, name)], by=program(_BY), at=now())
    person = person_named(key)
    if person is None:
        raise Trouble(f"{email} försvann i samma stund som hen lades upp.")
    print(f"{person.name} är upplagd. Länken gäller en gång, i tre dagar:\n{site.rstrip('/')}{password_path(person)}")


def role(email: Email, role: RoleName, unit: UnitName, first: From = "", until: Until = "") -> None:
    """Ge en person en roll för en enhet."""
    connect()
    from ledtrad.apps.people.actions import NewGrant, give_roles
    from ledtrad.apps.people.actors import program
    from ledtrad.apps.people.models import Role
    from ledtrad.core.calendar import city_day

    if role not in Role.values:
        raise Trouble(f"Rollen {role} finns inte. Välj en av {', '.join(Role.values)}.")
    begins = _day(first) or city_day(now())
    if unit == "kf":
        _make_sure_of_the_council()
    with _refusals():
        grant = NewGrant(email, Role(role), unit, begins, _day(until))
        give_roles(grants=[grant], by=program(_BY), at=now())
    print(f"{email} är {Role(role).label} för {unit} från {begins.isoformat()}.")


def _make_sure_of_the_council() -> None:
    """In a new installation there is no unit yet, and the first administrator's role is held on the council."""
    from ledtrad.apps.organisation.actions import NewUnit, register_units
    from ledtrad.apps.organisation.models import UnitKind
    from ledtrad.apps.organisation.queries import chains

    if not chains():
        council = NewUnit("kf", "Kommunfullmäktige", UnitKind.COUNCIL, date(1971, 1, 1))
        register_units(units=[council], by=_BY, at=now())
        print("Kommunfullmäktige (kf) är upplagt: organisationen var tom.")


def password(email: Email, stdin: FromInput = False) -> None:
    """Ge en person ett nytt lösenord. Personens inloggningar avslutas."""
    connect()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from ledtrad.apps.people.actions import set_password
    from ledtrad.apps.people.actors import program

    chosen = sys.stdin.readline().rstrip("\r\n") if stdin else _asked()
    try:
        validate_password(chosen)
    except ValidationError as error:
        raise Trouble(" ".join(error.messages)) from error
    with _refusals():
        set_password(person=email, password=chosen, by=program(_BY), at=now())
    print(f"{email} har ett nytt lösenord.")


def _asked() -> str:
    return typer.prompt("Nytt lösenord", hide_input=True, confirmation_prompt="En gång till")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise Trouble(f"{written} är ingen dag. Skriv som 2026-01-31.") from error


@contextmanager
def _refusals() -> Iterator[None]:
    """What an action refuses is trouble for the person at the keyboard."""
    from ledtrad.apps.audit.policies import Refused

    try:
        yield
    except Refused as refusal:
        raise Trouble(str(refusal)) from refusal
