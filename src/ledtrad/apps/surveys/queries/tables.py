"""What was published of a wave, looked up place by place: everything that a table of it can show, and nothing else.

Tables that readers make themselves, files and pictures are all drawn from the estimates that were let out. None of
them counts anything, so that no choice of rows and columns shows more than was decided at publication.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledtrad.apps.indicators.models import Area
from ledtrad.apps.surveys.models import PublishedEstimate
from ledtrad.apps.surveys.queries.pages import QuestionCard, WavePage, wave_page

WOMEN, MEN = "women", "men"
ROWS = ("all", "sex", "district", "age")
COLUMNS = ("answers", "sex")
SHOWS = ("share", "count")


@dataclass(frozen=True, slots=True)
class AskedTable:
    """A question, what stands in rows and in columns, and whether shares or bases are shown. `levels` are the answers
    that are counted where the columns are not the answers."""

    question: str = ""
    rows: str = "sex"
    columns: str = "answers"
    shows: str = "share"
    levels: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A part of a wave as published: an area's code, "women" or "men", and another group; "" for all."""

    area: str = ""
    sex: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that was let out of a question: each estimate by the answers counted and by its part of the wave."""

    page: WavePage
    question: QuestionCard
    estimates: Mapping[tuple[str, Spot], PublishedEstimate]
    areas: Mapping[str, str]

    @property
    def levels(self) -> tuple[str, ...]:
        """The sets of answers that shares are published of, the most together first; "" for a mean."""
        return tuple(sorted({levels for levels, _spot in self.estimates}, key=lambda one: (-len(one.split()), one)))

    @property
    def spots(self) -> tuple[Spot, ...]:
        return tuple(sorted({spot for _levels, spot in self.estimates}))

    def at(self, levels: str, spot: Spot) -> PublishedEstimate | None:
        """What was let out there; None where nothing is known to have been asked."""
        return self.estimates.get((levels, spot))

    def base(self, spot: Spot) -> int | None:
        """How many answered in a part, where any share of theirs is shown."""
        found = (one.base for (_levels, at), one in self.estimates.items() if at == spot and one.base is not None)
        return next(found, None)


def published(survey: str, year: int, question: str) -> Published | None:
    """What was let out of a question; None when there is no such wave, question or publication, or it is rounded."""
    page = wave_page(survey, year)
    card = next((one for one in page.questions if one.code == question), None) if page else None
    if page is None or card is None or not card.has_results or card.rounded_to:
        return None
    rows = PublishedEstimate.objects.filter(
        wave__survey__code=survey, wave__year=year, question__code=question, kind="direct", is_current=True
    )
    found = {(one.levels, Spot(one.area, one.sex, one.group)): one for one in rows}
    return Published(page, card, found, area_names({spot.area for _levels, spot in found}))


def area_names(codes: Iterable[str]) -> dict[str, str]:
    """What areas are called, in Swedish order; those that nobody has named come last."""
    wanted = sorted(code for code in codes if code)
    named = dict(Area.objects.filter(code__in=wanted).values_list("code", "name"))
    return named | {code: code for code in wanted if code not in named}
