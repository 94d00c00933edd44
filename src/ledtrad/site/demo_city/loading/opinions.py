"""What the invented auditors hold of some goals, and what the city answers."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files

from ledtrad.apps.auditors.actions import answer_opinion, give_opinion
from ledtrad.apps.auditors.models import Opinion
from ledtrad.apps.people.models import Role
from ledtrad.core.assessment import Verdict
from ledtrad.site.demo_city.loading.people import acting
from ledtrad.site.demo_city.sizes import Size
from ledtrad.site.demo_city.units import COUNCIL


def _rows(year: int) -> Iterator[dict[str, str]]:
    text = files("ledtrad.site.demo_city").joinpath("data", "opinions.csv").read_text("utf-8")
    return (row for row in csv.DictReader(text.splitlines(), delimiter=";") if row["year"] == str(year))


def give(size: Size, year: int) -> None:
    """The auditors judge the year in April; the city answers in June, where it does."""
    given, answered = datetime(year + 1, 4, 15, 12, tzinfo=UTC), datetime(year + 1, 6, 20, 12, tzinfo=UTC)
    auditor = acting(size, Role.AUDITOR, COUNCIL, given.date())
    controller = acting(size, Role.CENTRAL_CONTROLLER, COUNCIL, answered.date())
    for row in _rows(year):
        give_opinion(
            goal=row["goal"],
            year=year,
            verdict=Verdict(row["verdict"]),
            reasons=row["reasons"],
            known_at=given,
            answered_by_unit=row["unit"],
            answer_due=date(year + 1, 6, 30),
            invented=True,
            by=auditor,
            at=given,
        )
        if row["answer"]:
            opinion = Opinion.objects.get(objective__code=row["goal"], year=year, is_current=True)
            answer_opinion(opinion_id=opinion.pk, text=row["answer"], invented=True, by=controller, at=answered)
