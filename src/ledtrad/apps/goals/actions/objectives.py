"""The objective tree: which goals there are, what they are called, and what follows them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ledtrad.apps.audit.actions import Change, record_all
from ledtrad.apps.audit.policies import Refused, check_actor
from ledtrad.apps.audit.records import append
from ledtrad.apps.goals.models import Level, Objective, ObjectiveIndicator, Wording
from ledtrad.apps.goals.policies import check_code_is_free, check_goals_known
from ledtrad.apps.indicators.policies import check_known as check_indicators_known
from ledtrad.apps.indicators.queries import indicator_ids
from ledtrad.apps.organisation.queries import unit_ids
from ledtrad.apps.organisation.sorting import code_key


@dataclass(frozen=True, slots=True)
class NewObjective:
    """A goal to put into the tree. `parent` is the code of the goal above; `owner` a unit's short name."""

    code: str
    title: str
    level: Level
    first_year: int
    last_year: int | None = None
    aim: str = ""
    parent: str = ""
    owner: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class NewWording:
    """What a goal is called and aims at from `from_year` on."""

    goal: str
    from_year: int
    title: str
    aim: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorLink:
    """An indicator that follows a goal; not `listed` when it may be cited but is neither shown nor counted."""

    goal: str
    indicator: str
    year: int
    listed: bool = True


@transaction.atomic
def set_objectives(*, objectives: Sequence[NewObjective], by: str, at: datetime) -> None:
    """Put goals into the tree, those above before those beneath, each with its first wording."""
    check_actor(by)
    _check_codes(objectives)
    owners = unit_ids({new.owner for new in objectives if new.owner})
    made = _stored_in_waves(objectives, owners)
    rows = [_wording(made[new.code], new.first_year, new.title, new.aim, new.invented, by, at) for new in objectives]
    append(Wording, rows, key=("objective_id", "from_year"))
    record_all(
        by=by,
        at=at,
        action="goals.set_objectives",
        changes=[
            Change(
                (f"goal:{new.code}/{new.first_year}",),
                {
                    "title": new.title,
                    "aim": new.aim,
                    "parent": new.parent,
                    "level": str(new.level),
                    "last": new.last_year,
                    "owner": new.owner,
                    "invented": new.invented,
                },
            )
            for new in objectives
        ],
    )


def _check_codes(objectives: Sequence[NewObjective]) -> None:
    taken: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    codes = [new.code for new in objectives]
    for code, first, last in Objective.objects.filter(code__in=codes).values_list("code", "first_year", "last_year"):
        taken[code].append((first, last))
    for new in objectives:
        check_code_is_free(new.code, new.first_year, new.last_year, taken[new.code])
        taken[new.code].append((new.first_year, new.last_year))


def _stored_in_waves(objectives: Sequence[NewObjective], owners: Mapping[str, int]) -> dict[str, Objective]:
    """Store those whose goals above are there, then those beneath them, until all are stored."""
    stored = _stored_parents(objectives)
    made: dict[str, Objective] = {}
    left = list(objectives)
    while left:
        wave = [new for new in left if not new.parent or new.parent in made or (new.parent, new.first_year) in stored]
        if not wave:
            raise Refused(
                "Målet {parent}, som {code} ska ligga under, finns inte. Ingenting har sparats.",
                parent=left[0].parent,
                code=left[0].code,
            )
        rows = [
            _objective(new, made.get(new.parent) or stored.get((new.parent, new.first_year)), owners) for new in wave
        ]
        Objective.objects.bulk_create(rows, batch_size=500)
        made.update({row.code: row for row in rows})
        left = [new for new in left if new.code not in made]
    return made


def _stored_parents(objectives: Sequence[NewObjective]) -> dict[tuple[str, int], Objective]:
    """Goals above that are in the tree already, by code and year. One SQL query a year."""
    wanted = {(new.parent, new.first_year) for new in objectives if new.parent}
    return {
        (row.code, year): row
        for year in {year for _, year in wanted}
        for row in Objective.objects.in_year(year).filter(code__in={code for code, one in wanted if one == year})
    }


def _objective(new: NewObjective, parent: Objective | None, owners: Mapping[str, int]) -> Objective:
    return Objective(
        code=new.code,
        level=new.level,
        parent=parent,
        owner_id=owners.get(new.owner),
        first_year=new.first_year,
        last_year=new.last_year,
        sort_key=code_key(new.code),
    )


def _wording(objective: Objective, year: int, title: str, aim: str, invented: bool, by: str, at: datetime) -> Wording:
    return Wording(
        objective=objective,
        from_year=year,
        title=title,
        aim=aim,
        invented=invented,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def word_objectives(*, wordings: Sequence[NewWording], by: str, at: datetime) -> None:
    """Give goals the title and aim that hold from a year on. Earlier years keep theirs."""
    check_actor(by)
    found = {(new.goal, new.from_year): objectives_by_code([new.goal], new.from_year) for new in wordings}
    rows = [
        _wording(found[new.goal, new.from_year][new.goal], new.from_year, new.title, new.aim, new.invented, by, at)
        for new in wordings
    ]
    replaced = append(Wording, rows, key=("objective_id", "from_year"))
    record_all(
        by=by,
        at=at,
        action="goals.word_objectives",
        changes=[
            Change((f"goal:{new.goal}/{new.from_year}",), _as_told(row), _as_told(replaced.get(_key(row))))
            for new, row in zip(wordings, rows, strict=True)
        ],
    )


def _key(row: Wording) -> tuple[int, int]:
    return row.objective_id, row.from_year


def _as_told(row: Wording | None) -> dict[str, str | bool] | None:
    return None if row is None else {"title": row.title, "aim": row.aim, "invented": row.invented}


def objectives_by_code(codes: Sequence[str], year: int) -> dict[str, Objective]:
    """Goals that hold in `year`, by code. Refused when one is unknown."""
    found = {row.code: row for row in Objective.objects.in_year(year).filter(code__in=set(codes))}
    check_goals_known(codes, year, found)
    return found


@transaction.atomic
def follow_with_indicators(*, links: Sequence[IndicatorLink], by: str, at: datetime) -> None:
    """Let indicators follow goals, in the order given."""
    check_actor(by)
    ids = indicator_ids(link.indicator for link in links)
    check_indicators_known((link.indicator for link in links), ids)
    goals = {
        year: objectives_by_code([link.goal for link in links if link.year == year], year)
        for year in {link.year for link in links}
    }
    ObjectiveIndicator.objects.bulk_create(
        ObjectiveIndicator(
            objective=goals[link.year][link.goal],
            indicator_id=ids[link.indicator],
            place=place,
            listed=link.listed,
        )
        for place, link in enumerate(links)
    )
    record_all(
        by=by,
        at=at,
        action="goals.follow_with_indicators",
        changes=[
            Change(
                (f"goal:{link.goal}/{link.year}", f"indicator:{link.indicator}"),
                {"place": place, "listed": link.listed},
            )
            for place, link in enumerate(links)
        ],
    )
