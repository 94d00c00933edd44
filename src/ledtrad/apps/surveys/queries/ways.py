"""In which way each question of a wave has been published: with hiding, or rounded. Once one, never the other."""

from collections.abc import Mapping
from dataclasses import dataclass

from ledtrad.apps.surveys.models import PublishedEstimate, RoundedCells, ShownCells, Wave


@dataclass(frozen=True, slots=True)
class Way:
    """How a question of a wave is out: weighted with some hidden, or rounded to a multiple (0 when it is not)."""

    title: str
    year: int
    is_hidden: bool
    multiple: int


def ways_of(wave: Wave) -> Mapping[int, Way]:
    """Every question of the survey, by its key. Four SQL queries."""
    rows = RoundedCells.objects.filter(wave=wave).order_by("pk")
    rounded = dict(rows.values_list("question_id", "multiple"))
    hidden = {one for model in (PublishedEstimate, ShownCells)
              for one in model.objects.filter(wave=wave).values_list("question_id", flat=True).distinct()}  # fmt: skip
    asked = wave.survey.questions.values_list("pk", "title")
    return {key: Way(title, wave.year, key in hidden, rounded.get(key, 0)) for key, title in asked}
