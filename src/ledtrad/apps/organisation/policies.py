"""What must hold before the organisation is changed, each as a sentence."""

from collections.abc import Container, Iterable
from datetime import date

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.organisation.models import Unit


def check_new_slugs(slugs: list[str]) -> None:
    """Every unit has a short name of its own."""
    twice = {slug for slug in slugs if slugs.count(slug) > 1}
    taken = twice | set(Unit.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if taken:
        raise Refused("Kortnamnet {slug} är upptaget. Varje enhet behöver ett eget kortnamn.", slug=min(taken))


def check_known(wanted: Iterable[str], known: Container[str]) -> None:
    """A unit that is named must be registered."""
    missing = [unit for unit in wanted if unit not in known]
    if missing:
        raise Refused("Enheten {unit} finns inte i organisationen. Ingenting har sparats.", unit=min(missing))


def check_has_council(found: str | None) -> str:
    """What the council decides needs a council."""
    if found is None:
        raise Refused("Organisationen har inget kommunfullmäktige. Ingenting har sparats.")
    return found


def check_lives(unit: Unit, day: date) -> None:
    """Only a unit that exists can go over into another."""
    if unit.valid_to is not None and unit.valid_to < day:
        raise Refused(
            "{unit} upphörde den {day} och kan inte ändras efter det.", unit=unit.name, day=unit.valid_to.isoformat()
        )
