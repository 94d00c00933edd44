"""Written with care, but without leaving the well-trodden path: no query too many, every row a model object."""

from collections import Counter

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ledtrad.apps.goals.models import Assessment, CityVerdictRecord, Level, Objective, Obligation, Wording
from ledtrad.apps.organisation.models import BOARD_KINDS

RANKS = {"not_met": 0, "partly": 1, "met": 2}


def matrix(request: HttpRequest, year: int) -> HttpResponse:
    wordings = Wording.objects.filter(is_current=True, from_year__lte=year).order_by("-from_year")
    goals = list(
        Objective.objects.in_year(year)
        .filter(level=Level.AREA)
        .prefetch_related(Prefetch("wordings", queryset=wordings, to_attr="held"))
    )
    verdicts = {record.objective_id: record for record in CityVerdictRecord.objects.filter(year=year, is_current=True)}
    obligations = _obligations(year)
    now = [obligation for obligation in obligations if obligation.year == year]
    earlier = {(one.unit_id, one.objective_id): one for one in obligations if one.year == year - 1}
    columns = [_column(goal, verdicts.get(goal.pk), now) for goal in goals]
    years = Obligation.objects.order_by("-year").values_list("year", flat=True).distinct()
    context = {
        "year": year,
        "year_text": str(year),
        "before": year - 1,
        "years": years,
        "columns": columns,
        "groups": _groups(now, earlier, columns),
        "city": Counter(record.verdict for record in verdicts.values()),
        "answers": [one for one in now if one.said],
        "tally": Counter(_verdict(one) for one in now),
    }
    return render(request, "peer/matrix.html", context)


def _obligations(year: int) -> list[Obligation]:
    current = Assessment.objects.filter(is_current=True, tertial=0)
    return list(
        Obligation.objects.filter(year__in=(year, year - 1), unit__kind__in=BOARD_KINDS)
        .select_related("unit", "objective")
        .prefetch_related(Prefetch("assessments", queryset=current, to_attr="said"))
        .order_by("unit__sort_key")
    )


def _verdict(obligation: Obligation) -> str:
    return obligation.said[0].verdict if obligation.said else "none"


def _column(goal: Objective, verdict: CityVerdictRecord | None, now: list[Obligation]) -> dict[str, object]:
    counts = Counter(_verdict(one) for one in now if one.objective_id == goal.pk)
    answered = sum(counts[name] for name in RANKS)
    majority = next((name for name in RANKS if 2 * counts[name] > answered), None)
    return {"goal": goal, "verdict": verdict, "counts": counts, "majority": majority, "total": sum(counts.values())}


def _groups(
    now: list[Obligation], earlier: dict[tuple[int, int], Obligation], columns: list[dict[str, object]]
) -> list[dict[str, object]]:
    boards: dict[int, dict[str, object]] = {}
    for obligation in now:
        board = boards.setdefault(obligation.unit_id, {"unit": obligation.unit, "by_goal": {}, "counts": Counter()})
        board["by_goal"][obligation.objective_id] = obligation  # type: ignore[index]
        board["counts"][_verdict(obligation)] += 1  # type: ignore[index]
    for board in boards.values():
        board["cells"] = [_cell(board, column, earlier) for column in columns]
        board["total"] = sum(board["counts"].values())  # type: ignore[union-attr]
    kinds = {kind: [board for board in boards.values() if board["unit"].kind == kind] for kind in BOARD_KINDS}  # type: ignore[attr-defined]
    return [{"kind": kind, "boards": found} for kind, found in kinds.items() if found]


def _cell(
    board: dict[str, object], column: dict[str, object], earlier: dict[tuple[int, int], Obligation]
) -> dict[str, object] | None:
    obligation = board["by_goal"].get(column["goal"].pk)  # type: ignore[attr-defined]
    if obligation is None:
        return None
    before = earlier.get((obligation.unit_id, obligation.objective_id))
    verdict = _verdict(obligation)
    change = RANKS[verdict] - RANKS[_verdict(before)] if before and before.said and obligation.said else 0
    dissents = obligation.said and column["majority"] and verdict != column["majority"]
    return {"obligation": obligation, "verdict": verdict, "change": change, "dissents": dissents}
