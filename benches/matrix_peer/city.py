"""The city of the matrix bench, put straight into the tables: `python -m benches.matrix_peer.city build|log …`."""

import sys
from datetime import UTC, date, datetime

import django

AT = datetime(2021, 2, 1, tzinfo=UTC)
BY = "Bänken"


def build(goals: int, boards: int, years: list[int]) -> None:
    """Every board has answered about every goal in every year; the answers vary, and so do the years."""
    from django.core.management import call_command

    from ledtrad.apps.goals.models import Assessment, CityVerdictRecord, Level, Objective, Obligation, Wording
    from ledtrad.apps.organisation.models import Unit, UnitKind

    call_command("migrate", verbosity=0)
    units = Unit.objects.bulk_create(
        Unit(
            slug=f"namnd-{number:02d}",
            name=f"Nämnd nummer {number:02d}",
            kind=(UnitKind.EXECUTIVE_BOARD, UnitKind.SPECIALIST_BOARD, UnitKind.DISTRICT_BOARD)[min(number, 16) // 8],
            valid_from=date(2000, 1, 1),
            sort_key=f"{number:02d}",
        )
        for number in range(boards)
    )
    objectives = Objective.objects.bulk_create(
        Objective(code=f"1.{number + 1}", level=Level.AREA, first_year=2000, sort_key=f"{number:02d}")
        for number in range(goals)
    )
    told = {"recorded_at": AT, "recorded_by": BY}
    Wording.objects.bulk_create(
        Wording(
            objective=goal,
            from_year=2000,
            title=f"Ett mål som är så långt som mål brukar vara, nummer {goal.code}",
            **told,
        )
        for goal in objectives
    )
    obligations = Obligation.objects.bulk_create(
        Obligation(objective=goal, unit=unit, year=year) for year in years for goal in objectives for unit in units
    )
    words = ("met", "met", "partly", "met", "not_met", "partly", "met")
    Assessment.objects.bulk_create(
        Assessment(obligation=one, verdict=words[(number * number + number // 7) % 7], analysis="Så är det.", **told)
        for number, one in enumerate(obligations)
    )
    CityVerdictRecord.objects.bulk_create(
        CityVerdictRecord(objective=goal, year=year, verdict="partly", motive="Så.", grounds="boards", **told)
        for year in years
        for goal in objectives
    )


def write_to_the_log() -> None:
    from django.db import transaction

    from ledtrad.apps.audit.actions import record

    with transaction.atomic():
        record(by=BY, at=AT, action="bench", objects=("bench:1",))


if __name__ == "__main__":
    django.setup()
    what, goals, boards, *years = sys.argv[1:]
    if what == "build":
        build(int(goals), int(boards), [int(year) for year in years])
    else:
        write_to_the_log()
