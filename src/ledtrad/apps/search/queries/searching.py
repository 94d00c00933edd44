"""What holds the words that are asked for, and that whoever asks may see."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ledtrad.apps.organisation.queries import beneath
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.reporting.policies import sees_drafts_everywhere
from ledtrad.apps.search.models import SearchMark, SearchPosting, SearchStem, Source
from ledtrad.apps.search.queries.sources import READERS, FoundText, newer
from ledtrad.apps.search.words import asked_stems, stems
from ledtrad.apps.steering.queries import SeenPlans, seen_plans

PAGE = 20
MOST = 1_000
_TAIL = 100
_OPEN_STATES = ("decided", "locked")
KINDS: dict[str, tuple[Source, ...]] = {
    "mal": (Source.WORDING,),
    "indikator": (Source.VERSION,),
    "bedomning": (Source.ASSESSMENT, Source.ROW),
    "aktivitet": (Source.ACTIVITY,),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found, as it stands now."""

    text: FoundText
    is_open: bool


@dataclass(frozen=True, slots=True)
class _Sight:
    """What somebody may find: open reports of `units` and texts of `plans`; None where there is no limit."""

    units: Collection[str] | None
    plans: SeenPlans | None


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found. `total` stops at a thousand: nobody reads further.

    `waiting` tells that texts are waiting to be taken into the index, more than could be looked through at once.
    """

    asked: tuple[str, ...]
    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    waiting: bool

    @property
    def is_cut(self) -> bool:
        return self.total > MOST


def search(question: str, actor: Actor, *, kind: str = "", page: int = 1) -> Hits:
    """Texts that hold every word of `question`, newest first. A fixed number of SQL queries, whatever the size.

    The council's goals, indicators and locked assessments are found by everybody; what stands in an open report, or in
    a plan that is not adopted, only by those who may see it.
    """
    asked = asked_stems(question)
    if not asked:
        return Hits((), (), 0, 1, 1, waiting=False)
    sources = KINDS.get(kind, tuple(Source))
    sight = _Sight(None if sees_drafts_everywhere(actor) else _own_units(actor), seen_plans(actor))
    fresh, waiting = _tail(frozenset(asked), sources, sight)
    found = _in_the_index(asked, sources, sight, {text.key for text in fresh})
    total = len(fresh) + (found[: MOST + 1].count() if found is not None else 0)
    pages = max(1, -(-min(total, MOST) // PAGE))
    page = min(max(page, 1), pages)
    shown = _page(fresh, found, (page - 1) * PAGE)
    return Hits(asked, tuple(Hit(text, text.state == "") for text in shown), total, page, pages, waiting)


def _own_units(actor: Actor) -> Collection[str]:
    return beneath(actor.units_as(Role.READER, Role.REPORTER, Role.BOARD_SECRETARY, Role.UNIT_HEAD))


# --- in the index ----------------------------------------------------------------------------------


def _in_the_index(
    asked: tuple[str, ...], sources: tuple[Source, ...], sight: _Sight, fresh: Collection[str]
) -> "QuerySet[SearchPosting] | None":
    """Postings of the rarest word whose text holds the others too; None when a word stands nowhere."""
    ids = dict(SearchStem.objects.filter(stem__in=asked).values_list("stem", "id"))
    if len(ids) < len(asked):
        return None
    counts = SearchPosting.objects.filter(stem_id__in=ids.values()).order_by().values("stem_id")
    common = dict(counts.annotate(number=Count("id")).values_list("stem_id", "number"))
    rarest, *others = sorted(ids.values(), key=lambda pk: (common.get(pk, 0), pk))
    rows = SearchPosting.objects.filter(stem_id=rarest)
    for other in others:
        same = SearchPosting.objects.filter(stem_id=other, place=OuterRef("place"), text_id=OuterRef("text_id"))
        rows = rows.filter(Exists(same))
    if len(sources) < len(Source):
        rows = rows.filter(text__source__in=sources)
    if sight.units is not None:
        rows = rows.filter(_report_is_seen(sight.units))
    if sight.plans is not None:
        rows = rows.filter(_plan_is_seen(sight.plans))
    if fresh:
        rows = rows.exclude(text__key__in=fresh)
    return rows.order_by("-place", "-text_id")


def _report_is_seen(units: Collection[str]) -> Q:
    """The report's state as it is now decides, not as it was when its text was taken in."""
    seen = Q(text__report__isnull=True) | Q(text__report__state__in=_OPEN_STATES)
    return seen | Q(text__report__unit__slug__in=list(units)) if units else seen


def _plan_is_seen(plans: SeenPlans) -> Q:
    """The council's adoption and the boards' as they are now decide, not as they were when the text was taken in."""
    seen = Q(text__planner="") | Q(text__planner__in=plans.own)
    for year, waiting in plans.waiting.items():
        seen |= Q(text__year=year) & ~Q(text__planner__in=waiting)
    return seen


def _page(fresh: list[FoundText], found: "QuerySet[SearchPosting] | None", start: int) -> list[FoundText]:
    """One page: what is new first, then what the index holds, read again from the tables."""
    shown = fresh[start : start + PAGE]
    if found is None or len(shown) == PAGE:
        return shown
    skip = max(0, start - len(fresh))
    rows = found.values_list("text__source", "text__source_id")[skip : skip + PAGE - len(shown)]
    places = [(Source(source), pk) for source, pk in rows]
    ids: dict[Source, list[int]] = {}
    for source, pk in places:
        ids.setdefault(source, []).append(pk)
    texts = {(source, text.source_id): text for source in ids for text in READERS[source](ids[source])}
    return shown + [texts[place] for place in places if place in texts]


# --- not in the index yet ------------------------------------------------------------------------


def _tail(asked: frozenset[str], sources: tuple[Source, ...], sight: _Sight) -> tuple[list[FoundText], bool]:
    """What has been written since the index was last brought up to date, looked through word by word.

    At most a hundred rows of each table; answers too whether there were more.
    """
    marks = dict(SearchMark.objects.values_list("source", "last_id"))
    found: dict[str, FoundText] = {}
    waiting = False
    for source in sources:
        ids, _ = newer(source, marks.get(source, 0), _TAIL)
        waiting = waiting or len(ids) == _TAIL
        for text in READERS[source](ids) if ids else ():
            if not text.is_gone and asked <= stems(text.searched):
                found[text.key] = text
            else:
                found.pop(text.key, None)
    seen = [text for text in found.values() if _is_seen(text, sight)]
    return sorted(seen, key=lambda text: (-text.place, -text.source_id)), waiting


def _is_seen(text: FoundText, sight: _Sight) -> bool:
    if text.planner and sight.plans is not None and not sight.plans.sees(text.planner, text.year):
        return False
    return sight.units is None or text.report is None or text.state in _OPEN_STATES or text.owner in sight.units
