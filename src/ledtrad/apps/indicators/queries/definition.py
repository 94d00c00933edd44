"""What an indicator asks, version by version, with what changed it; whether its outcomes are split; what it costs."""

from dataclasses import dataclass
from datetime import datetime

from ledtrad.apps.indicators.models import CollectionCost, Indicator, IndicatorVersion, Observation, Outcome
from ledtrad.apps.indicators.queries.sight import open_versions, sight_of
from ledtrad.apps.people.actors import NOBODY, Actor
from ledtrad.apps.steering.queries import DecisionOnPlan, decisions_about
from ledtrad.core.assessment import Sense
from ledtrad.core.periods import Periodicity
from ledtrad.core.quantities import Unit, unit_named


@dataclass(frozen=True, slots=True)
class AskedVersion:
    """Everything that one version says. `until` is its last year, None while it goes on.

    `breaks` says why its figures cannot be set beside those before, "" when they can. `decision` is the one by which
    it was made, where that took one.
    """

    number: int
    from_year: int
    until: int | None
    title: str
    question: str
    unit: Unit
    decimals: int
    sense: Sense
    by_sex: bool
    splits: tuple[str, ...]
    periodicity: Periodicity
    rule: str
    source: str
    numerator: str
    denominator: str
    change_note: str
    breaks: str
    decision: DecisionOnPlan | None


@dataclass(frozen=True, slots=True)
class Cost:
    """An estimate of what it takes to collect an indicator: minutes a year."""

    minutes: int
    note: str
    estimated_at: datetime
    invented: bool


@dataclass(frozen=True, slots=True)
class DefinitionPage:
    """An indicator with all its versions, oldest first.

    `owner` is a unit's short name, "" for the council. `undivided` are the years in which an outcome for women and men
    was due and is neither there nor explained. `approved` is the last year that has an outcome.
    """

    code: str
    owner: str
    owner_name: str
    part_of: str
    first_year: int
    last_year: int | None
    versions: tuple[AskedVersion, ...]
    undivided: tuple[int, ...]
    approved: int | None
    costs: tuple[Cost, ...]
    is_known: bool

    @property
    def latest(self) -> AskedVersion:
        return self.versions[-1]

    def in_year(self, year: int) -> AskedVersion:
        """The version that holds in `year`; the first one before that."""
        return next((one for one in reversed(self.versions) if one.from_year <= year), self.versions[0])

    @property
    def earliest_change(self) -> int:
        """The first year from which it may ask something else."""
        return max(self.latest.from_year, self.approved or 0) + 1


def definition_page(code: str, actor: Actor = NOBODY) -> DefinitionPage | None:
    """The indicator with this code, as far as `actor` is to know; None when there is none. Ten SQL queries.

    Versions that a board has only planned are left out for those who may not know of its plan; `is_known` is False
    where that is all of them.
    """
    indicator = Indicator.objects.filter(code=code).select_related("owner", "part_of").first()
    if indicator is None:
        return None
    owner = indicator.owner.slug if indicator.owner else ""
    outcomes = list(_outcomes(indicator))
    versions = _seen(indicator, owner, actor, [year for year, _ in outcomes])
    costs = CollectionCost.objects.filter(indicator=indicator).order_by("-id")
    return DefinitionPage(
        code,
        owner,
        indicator.owner.name if indicator.owner else "",
        indicator.part_of.code if indicator.part_of else "",
        indicator.first_year,
        indicator.last_year,
        versions,
        tuple(year for year, lacks in outcomes if lacks),
        max((year for year, _ in outcomes), default=None),
        tuple(Cost(*row) for row in costs.values_list("minutes", "note", "recorded_at", "invented")),
        bool(versions),
    )


def _seen(indicator: Indicator, owner: str, actor: Actor, approved: list[int]) -> tuple[AskedVersion, ...]:
    """The versions that `actor` may know of; none of what is only planned elsewhere."""
    found, sight = _versions(indicator), sight_of(owner, actor)
    if sight.is_whole:
        return found
    observed = (
        Observation.objects.filter(indicator=indicator, is_current=True).order_by().values_list("year", flat=True)
    )
    seen = open_versions(
        sight, [one.from_year for one in found], indicator.last_year, {*approved, *observed.distinct()}
    )
    return tuple(one for one, is_open in zip(found, seen, strict=True) if is_open)


def _outcomes(indicator: Indicator) -> "list[tuple[int, bool]]":
    """Each year that has an outcome, and whether a split by sex is lacking there."""
    rows = Outcome.objects.filter(indicator=indicator, tertial=0, is_current=True).order_by("year")
    fields = ("year", "state", "version__by_sex", "women", "women_absence", "men", "men_absence")
    return [
        (
            year,
            state == "measured" and by_sex and ((women is None and not no_women) or (men is None and not no_men)),
        )
        for year, state, by_sex, women, no_women, men, no_men in rows.values_list(*fields)
    ]


def _versions(indicator: Indicator) -> tuple[AskedVersion, ...]:
    rows = list(IndicatorVersion.objects.filter(indicator=indicator).order_by("number"))
    ends = [row.from_year - 1 for row in rows[1:]] + [indicator.last_year]
    decided = {one.year: one for one in decisions_about([f"indicator:{indicator.code}"])}
    return tuple(_version(row, until, decided.get(row.from_year)) for row, until in zip(rows, ends, strict=True))


def _version(row: IndicatorVersion, until: int | None, decision: DecisionOnPlan | None) -> AskedVersion:
    return AskedVersion(
        row.number,
        row.from_year,
        until,
        row.title,
        row.question,
        unit_named(row.unit),
        row.decimals,
        Sense(row.sense),
        row.by_sex,
        tuple(row.splits.split()),
        Periodicity(row.every_years, row.rhythm_from),
        row.rule,
        row.source,
        row.numerator,
        row.denominator,
        row.change_note,
        row.breaks,
        decision,
    )
