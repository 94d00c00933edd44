"""What was published of a question in rounded numbers: every number that any table of it can show, and nothing else.

Totals and answers taken together have roundings of their own. Nothing here is added up or taken away, and shares are of
two rounded numbers.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledtrad.apps.surveys.models import PublishedEstimate, RoundedCells
from ledtrad.apps.surveys.queries.pages import QuestionCard, WavePage, rounded_waves, wave_page
from ledtrad.apps.surveys.queries.rounding import RoundedQuestion
from ledtrad.apps.surveys.queries.tables import Spot, area_names
from ledtrad.core.surveys.multiples import percent


@dataclass(frozen=True, slots=True)
class RoundedResult:
    """The numbers by the answers counted ("" for all who answered) and by part. `off` is how far the parts of a whole
    may be from it where they do not make it up. `rounded` are the waves that are rounded, each with its multiple, and
    `estimated` those that have estimates."""

    page: WavePage
    question: QuestionCard
    multiple: int
    adds_up: bool
    off: int
    counts: Mapping[tuple[str, Spot], int]
    areas: Mapping[str, str]
    rounded: tuple[tuple[int, int], ...]
    estimated: tuple[int, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """The answers that are counted: each by itself in the order of the scale, then those taken together."""
        order = {code: place for place, (code, _words) in enumerate(self.question.steps)}
        named = {levels for levels, _spot in self.counts if levels}
        return tuple(sorted(named, key=lambda one: (len(one.split()), order.get(one.split()[0], 0), one)))

    @property
    def spots(self) -> tuple[Spot, ...]:
        return tuple(sorted({spot for _levels, spot in self.counts}))

    def at(self, levels: str, spot: Spot) -> int | None:
        """The number who gave one of these answers; None where it is not among those let out."""
        return self.counts.get((levels, spot))

    def percent(self, levels: str, spot: Spot) -> int | None:
        """Their share in whole percent, unweighted, of the rounded number who answered; None of fewer than 20."""
        count, of = self.at(levels, spot), self.at("", spot)
        return None if count is None or of is None else percent(count, of)


def previewed(one: RoundedQuestion, page: WavePage) -> RoundedResult:
    """A question that may be let out, as readers would meet it."""
    card = next(card for card in page.questions if card.code == one.code)
    counts, areas = _told([list(figure) for figure in one.figures])
    return RoundedResult(page, card, one.multiple, one.adds_up, one.off, counts, areas, (), ())


def rounded_result(survey: str, year: int, question: str) -> RoundedResult | None:
    """What was let out of a question in rounded numbers; None when there is no such wave or question, or it is not."""
    page = wave_page(survey, year)
    card = next((one for one in page.questions if one.code == question), None) if page else None
    if page is None or card is None or not card.rounded_to:
        return None
    row = RoundedCells.objects.get(wave__survey__code=survey, wave__year=year, question__code=question, is_current=True)
    counts, areas = _told(json.loads(row.figures))
    waves = PublishedEstimate.objects.filter(wave__survey__code=survey, question__code=question, is_current=True)
    estimated = tuple(waves.order_by("wave__year").values_list("wave__year", flat=True).distinct())
    rounded = rounded_waves(survey, question)
    return RoundedResult(page, card, row.multiple, row.adds_up, row.off, counts, areas, rounded, estimated)


def _told(figures: Sequence[Sequence[Any]]) -> tuple[Mapping[tuple[str, Spot], int], Mapping[str, str]]:
    """The numbers by answers and part, and what the areas are called."""
    counts = {(levels, Spot(area, sex, group)): count for levels, area, sex, group, count in figures}
    return counts, area_names(spot.area for _levels, spot in counts)
