"""Where a question's series is broken."""

from ledtrad.apps.surveys.models import WaveDesign, Wording


def broken_years(survey: str, question: int) -> tuple[int, ...]:
    """The years from which a question's answers cannot be set beside those before. Two SQL queries."""
    words = Wording.objects.filter(question_id=question).exclude(breaks="")
    modes = WaveDesign.objects.filter(wave__survey__code=survey, is_current=True).exclude(breaks="")
    return tuple(sorted({*words.values_list("from_year", flat=True), *modes.values_list("wave__year", flat=True)}))
