"""The texts as they stand in their tables: read for the index, and read again for those that are found."""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from ledtrad.apps.goals.models import COUNCIL_LEVELS, Activity, ActivityKind, Assessment, Wording
from ledtrad.apps.indicators.models import IndicatorVersion
from ledtrad.apps.indicators.models import Target as TargetRecord
from ledtrad.apps.reporting.models import Row, RowKind, RowVersion
from ledtrad.apps.reporting.queries.rows import fields_of
from ledtrad.apps.search.models import Source

PROMPTS = ("result", "cause", "risk", "measure")
_WEIGHTS = {Source.WORDING: 4, Source.VERSION: 3, Source.ASSESSMENT: 2, Source.ROW: 2, Source.ACTIVITY: 1}


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text in its table. `owner` and `owner_name` are the unit that says or does it, "" for the council's own.

    `code` and `tertial` tell where it is to be read. `report` is the report that it stands in while that is open;
    `planner` the unit whose plan it is part of, "" for the council's own goals. What is gone has been withdrawn: it
    leaves the index. `heading` is shown above a text that has no title of its own.
    """

    key: str
    source: Source
    source_id: int
    year: int
    title: str
    text: str
    code: str
    owner: str = ""
    owner_name: str = ""
    tertial: int = 0
    report: int | None = None
    state: str = ""
    is_gone: bool = False
    heading: str = ""
    planner: str = ""

    @property
    def searched(self) -> str:
        """All that it can be found by."""
        return "\n".join((self.title, self.text, self.code, self.owner_name))

    @property
    def place(self) -> int:
        return self.year * 10 + _WEIGHTS[self.source]


Read = Callable[[Collection[int]], Iterator[FoundText]]


def _wordings(ids: Collection[int]) -> Iterator[FoundText]:
    fields = ("id", "objective_id", "objective__code", "objective__level", "from_year", "title", "aim", "is_withdrawn")
    rows = Wording.objects.filter(pk__in=ids, is_current=True).order_by("id")
    for pk, goal, code, level, year, title, aim, gone, slug, name in rows.values_list(
        *fields, "objective__owner__slug", "objective__owner__name"
    ):
        owner = ("", "") if level in COUNCIL_LEVELS else (slug or "", name or "")
        key = f"goal:{goal}/{year}"
        yield FoundText(key, Source.WORDING, pk, year, title, aim, code, *owner, planner=owner[0], is_gone=gone)


def _versions(ids: Collection[int]) -> Iterator[FoundText]:
    """The wording of an indicator that is the latest; shown in the latest year that has a target."""
    rows = IndicatorVersion.objects.filter(pk__in=ids).order_by("id")
    found = list(
        rows.values_list(
            "id", "indicator_id", "indicator__code", "from_year", "title", "question", "indicator__owner__name"
        )
    )
    targets = TargetRecord.objects.filter(indicator_id__in=[row[1] for row in found], is_current=True)
    latest: dict[int, int] = {}
    for indicator, year in targets.order_by("year").values_list("indicator_id", "year"):
        latest[indicator] = year
    for pk, indicator, code, from_year, title, question, owner in found:
        year = max(from_year, latest.get(indicator, 0))
        yield FoundText(f"indicator:{code}", Source.VERSION, pk, year, title, question, code, owner_name=owner or "")


def _activities(ids: Collection[int]) -> Iterator[FoundText]:
    """An assignment is part of the plan of whoever gave it."""
    rows = Activity.objects.filter(pk__in=ids, is_current=True).order_by("id")
    fields = ("id", "code", "year", "kind", "title", "is_withdrawn", "unit__slug", "unit__name", "unit__parent__slug")
    for pk, code, year, kind, title, gone, slug, name, above in rows.values_list(*fields):
        where, planner = (code, slug, name), (above or "") if kind == ActivityKind.ASSIGNMENT else slug
        key = f"activity:{code}"
        yield FoundText(key, Source.ACTIVITY, pk, year, title, "", *where, planner=planner, is_gone=gone)


def _assessments(ids: Collection[int]) -> Iterator[FoundText]:
    rows = Assessment.objects.filter(pk__in=ids, is_current=True).order_by("id")
    worded = Wording.objects.filter(is_current=True, objective__level__in=COUNCIL_LEVELS).order_by("from_year")
    titles = dict(worded.values_list("objective_id", "title"))
    goal_fields = ("obligation__objective_id", "obligation__objective__code")
    fields = ("id", *goal_fields, "obligation__year", "tertial", "obligation__unit__slug")
    for pk, goal, code, year, tertial, slug, name, *texts in rows.values_list(
        *fields, "obligation__unit__name", "analysis", "cause", "risk", "measure"
    ):
        key = f"assessment:{code}/{year}/{tertial}/{slug}"
        text = _joined(texts)
        heading = titles.get(goal, "")
        yield FoundText(key, Source.ASSESSMENT, pk, year, "", text, code, slug, name, tertial, heading=heading)


def _rows(ids: Collection[int]) -> Iterator[FoundText]:
    """Assessments in reports that are not locked; what is locked has become a record."""
    rows = Row.objects.filter(pk__in=ids, kind=RowKind.ASSESSMENT, is_withdrawn=False).exclude(report__state="locked")
    fields = ("id", "subject", "report__year", "report__tertial", "report__unit__slug", "report__unit__name")
    for pk, code, year, tertial, slug, name, report, state, content, frame in rows.order_by("id").values_list(
        *fields, "report_id", "report__state", "content", "frame"
    ):
        said = fields_of(RowKind.ASSESSMENT, content)
        key = f"assessment:{code}/{year}/{tertial}/{slug}"
        heading, text = json.loads(frame).get("title", ""), _joined([said[name] for name in PROMPTS])
        where = (code, slug, name, tertial, report, state)
        yield FoundText(key, Source.ROW, pk, year, "", text, *where, heading=heading)


def _joined(texts: Collection[str]) -> str:
    return "\n".join(text for text in texts if text)


READERS: dict[Source, Read] = {
    Source.WORDING: _wordings,
    Source.VERSION: _versions,
    Source.ACTIVITY: _activities,
    Source.ROW: _rows,
    Source.ASSESSMENT: _assessments,
}
_TABLES = {
    Source.WORDING: Wording.objects.order_by("id"),
    Source.VERSION: IndicatorVersion.objects.order_by("id"),
    Source.ACTIVITY: Activity.objects.order_by("id"),
    Source.ASSESSMENT: Assessment.objects.order_by("id"),
}


def newer(source: Source, last_id: int, limit: int) -> tuple[list[int], int]:
    """The ids of rows that came after `last_id`, at most `limit` of them, and how far that reaches.

    Rows of reports are followed by their saved versions, which only grow. One SQL query.
    """
    if source is Source.ROW:
        saved = RowVersion.objects.filter(pk__gt=last_id, row__kind=RowKind.ASSESSMENT).order_by("id")
        pairs = list(saved.values_list("row_id", "id")[:limit])
        return list(dict.fromkeys(row for row, _ in pairs)), pairs[-1][1] if pairs else last_id
    ids = list(_TABLES[source].filter(pk__gt=last_id).values_list("id", flat=True)[:limit])
    return ids, ids[-1] if ids else last_id
