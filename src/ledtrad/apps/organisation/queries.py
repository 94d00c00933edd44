"""Reading the organisation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.organisation.models import Unit, UnitChange, UnitKind
from ledtrad.apps.organisation.policies import check_has_council, check_known


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit as it is shown: short name, official name, kind and days."""

    slug: str
    name: str
    kind: UnitKind
    valid_from: date
    valid_to: date | None
    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


def unit_ids(slugs: set[str]) -> dict[str, int]:
    """Database ids by short name. Refused when one is unknown."""
    found = dict(Unit.objects.filter(slug__in=slugs).values_list("slug", "id"))
    check_known(slugs, found)
    return found


def units(year: int, kinds: tuple[str, ...] = ()) -> tuple[UnitCard, ...]:
    """Units that existed in `year`, in Swedish order; only of `kinds` when given. Two SQL queries."""
    chosen = Unit.objects.in_year(year)
    if kinds:
        chosen = chosen.filter(kind__in=kinds)
    links = list(UnitChange.objects.values_list("predecessor__slug", "successor__slug"))
    rows = chosen.values_list("slug", "name", "kind", "valid_from", "valid_to")
    return tuple(
        UnitCard(
            slug,
            name,
            UnitKind(kind),
            begins,
            ends,
            earlier=tuple(old for old, new in links if new == slug),
            later=tuple(new for old, new in links if old == slug),
        )
        for slug, name, kind, begins, ends in rows
    )


def unit(slug: str) -> UnitCard | None:
    """The unit with this short name, whenever it existed."""
    found = Unit.objects.filter(slug=slug).first()
    if found is None:
        return None
    return UnitCard(
        found.slug,
        found.name,
        UnitKind(found.kind),
        found.valid_from,
        found.valid_to,
        tuple(found.earlier.values_list("predecessor__slug", flat=True)),
        tuple(found.later.values_list("successor__slug", flat=True)),
    )


def chain(slug: str) -> tuple[str, ...]:
    """The unit itself and all that it is part of, nearest first: unit, board, council. Refused when it is unknown."""
    found = chains()
    check_known({slug}, found)
    return found[slug]


def chains() -> Mapping[str, tuple[str, ...]]:
    """The chain of every unit, by short name: one SQL query, for whoever asks about many units at once."""
    return _tree().above


def beneath(slugs: Iterable[str]) -> frozenset[str]:
    """The units named and all that are part of them, at any depth. One SQL query."""
    parts, found, waiting = _tree().parts, set(), list(slugs)
    while waiting:
        one = waiting.pop()
        if one in parts and one not in found:
            found.add(one)
            waiting += parts[one]
    return frozenset(found)


def councils() -> frozenset[str]:
    """The short names of all councils there have been. One SQL query."""
    return _tree().councils


@dataclass(frozen=True, slots=True)
class _Tree:
    """All units by short name: the chain of each, and what is right beneath each, so that few are found among many."""

    above: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]
    councils: frozenset[str]


@until_the_log_grows
def _tree() -> _Tree:
    rows = list(Unit.objects.order_by().values_list("slug", "parent__slug", "kind"))
    parent: dict[str, str | None] = {slug: above for slug, above, _ in rows}
    parts: dict[str, list[str]] = {slug: [] for slug in parent}
    for slug, above in parent.items():
        if above is not None:
            parts[above].append(slug)
    chains_of = {slug: tuple(_upwards(slug, parent)) for slug in parent}
    return _Tree(
        MappingProxyType(chains_of),
        MappingProxyType({slug: tuple(found) for slug, found in parts.items()}),
        frozenset(slug for slug, _, kind in rows if kind == UnitKind.COUNCIL),
    )


def _upwards(slug: str | None, above: Mapping[str, str | None]) -> Iterator[str]:
    passed: set[str] = set()
    while slug is not None and slug not in passed:
        passed.add(slug)
        yield slug
        slug = above[slug]


def council() -> str:
    """The short name of the council: the one that began last. Refused while there is none. One SQL query."""
    found = Unit.objects.filter(kind=UnitKind.COUNCIL).order_by("-valid_from").values_list("slug", flat=True).first()
    return check_has_council(found)
