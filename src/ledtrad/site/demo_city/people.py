"""Invented people: one to sign in as for each role, and as many others as a city has."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from ledtrad.site.demo_city import tables, words
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.units import COUNCIL, units

DOMAIN = "demostaden.example"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An invented person with one role. `role` and `unit` are the values of the database."""

    key: str
    name: str
    email: str
    role: str
    unit: str


# One for each role, to sign in as with one press in the demo. Two of one board, so that they can meet in one text.
DEMO_PEOPLE = (
    PersonRow("rapportor1", "Rakel Lindholm", f"rakel.lindholm@{DOMAIN}", "reporter", "farsta"),
    PersonRow("rapportor2", "Davoud Ekblad", f"davoud.ekblad@{DOMAIN}", "reporter", "farsta"),
    PersonRow("sekreterare", "Signe Wallin", f"signe.wallin@{DOMAIN}", "board_secretary", "farsta"),
    PersonRow("enhetschef", "Tage Norling", f"tage.norling@{DOMAIN}", "unit_head", "farsta-e1"),
    PersonRow("controller", "Amina Kvist", f"amina.kvist@{DOMAIN}", "central_controller", COUNCIL),
    PersonRow("redaktor", "Örjan Palm", f"orjan.palm@{DOMAIN}", "editor", COUNCIL),
    PersonRow("revisor", "Tekla Sahlin", f"tekla.sahlin@{DOMAIN}", "auditor", COUNCIL),
    PersonRow("admin", "Vidar Rask", f"vidar.rask@{DOMAIN}", "administrator", COUNCIL),
    PersonRow("utomstaende", "Hedda Molin", f"hedda.molin@{DOMAIN}", "reporter", "bromma"),
    PersonRow("lasare", "Yusuf Öberg", f"yusuf.oberg@{DOMAIN}", "reader", "bromma"),
)
_OFFICE = (("central_controller", 12), ("editor", 4), ("auditor", 5), ("administrator", 2))


@cache
def people(size: Size) -> tuple[PersonRow, ...]:
    """Everybody: those to sign in as, the city's office, the boards' reporters and secretaries, and the unit heads."""
    wanted = [*_office(), *_of_boards(size), *_heads(size)]
    taken = {person.name for person in DEMO_PEOPLE}
    free = [name for name in words.names() if name not in taken]
    made = [
        PersonRow(f"demo{number:05}", name, _email(name), role, unit)
        for number, (name, (role, unit)) in enumerate(zip(free, wanted, strict=False), start=1)
    ]
    return (*DEMO_PEOPLE, *made)


def _office() -> list[tuple[str, str]]:
    return [(role, COUNCIL) for role, count in _OFFICE for _ in range(count)]


def _of_boards(size: Size) -> list[tuple[str, str]]:
    roles = ["board_secretary", *["reporter"] * size.reporters_of_a_board, "reader"]
    return [(role, unit) for unit in _staffed() for role in roles]


def _staffed() -> tuple[str, ...]:
    """The boards of all years, and the company group."""
    return (*(board.slug for board in tables.boards()), tables.companies()[0].slug)


def _heads(size: Size) -> list[tuple[str, str]]:
    headed = {person.unit for person in DEMO_PEOPLE}
    return [("unit_head", unit.slug) for unit in units(size) if unit.slug not in headed]


def _email(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower()).encode("ascii", "ignore").decode()
    return f"{plain.replace(' ', '.')}@{DOMAIN}"
