"""The list of people as it is shown."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.people.policies import check_may_manage_people
from ledtrad.apps.people.queries import PeopleFound, PersonRow


@dataclass(frozen=True, slots=True)
class ShownPeople:
    """`earlier` and `later` lead to the pages before and after, "" at the ends."""

    rows: tuple[PersonRow, ...]
    total: int
    page: int
    pages: int
    earlier: str
    later: str
    words: str
    role: str
    left_too: bool
    roles: tuple[tuple[str, str], ...]
    why_not_new: str


def present_people(found: PeopleFound, actor: Actor, *, words: str, role: Role | None, left_too: bool) -> ShownPeople:
    def address(page: int) -> str:
        if not 1 <= page <= found.pages:
            return ""
        asked = {"q": words, "roll": role.value if role else "", "avslutade": "1" if left_too else "", "sida": page}
        return f"{reverse('people')}?{urlencode({name: value for name, value in asked.items() if value})}"

    return ShownPeople(
        rows=found.rows,
        total=found.total,
        page=found.page,
        pages=found.pages,
        earlier=address(found.page - 1),
        later=address(found.page + 1),
        words=words,
        role=role.value if role else "",
        left_too=left_too,
        roles=tuple(Role.choices),
        why_not_new=why_not(check_may_manage_people, actor),
    )
