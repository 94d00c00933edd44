"""The table that a reader makes of what was published of a wave."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledtrad.apps.surveys.forms.tables import WRITTEN, read_table
from ledtrad.apps.surveys.presenters.rounded_tables import present_rounded_table, settled_rounded
from ledtrad.apps.surveys.presenters.tables import ShownTable, present_table, settled, show_words
from ledtrad.apps.surveys.queries.pages import wave_page
from ledtrad.apps.surveys.queries.rounded import rounded_result
from ledtrad.apps.surveys.queries.tables import AskedTable, published


@require_safe
def survey_table(request: HttpRequest, survey: str, year: int) -> HttpResponse:
    """A question's figures with rows and columns as chosen in the address."""
    page = wave_page(survey, year)
    if page is None or not page.wave.has_results:
        raise Http404(f"nothing is published of {survey} {year}")
    asked = read_table(request.GET)
    offered = [one for one in page.questions if one.has_results]
    asked, shown, rounded_to = _made(request, survey, year, asked, asked.question or offered[0].code)
    choices = {
        "questions": [(one.code, one.title) for one in offered],
        "rows": [(WRITTEN[code], words) for code, words in shown.row_choices],
        "columns": [(WRITTEN[code], words) for code, words in shown.column_choices],
        "shows": [(WRITTEN[code], words) for code, words in show_words()],
    }
    context = {
        "page": page,
        "asked": asked,
        "shown": shown,
        "choices": choices,
        "written": WRITTEN,
        "query": request.META.get("QUERY_STRING", ""),
        "rounded_to": rounded_to,
    }
    return render(request, "surveys/table.html", context)


def _made(
    request: HttpRequest, survey: str, year: int, asked: AskedTable, question: str
) -> tuple[AskedTable, ShownTable, int]:
    """The table of a question as it is out: in rounded numbers, then with what they are rounded to, or else with 0."""
    found = published(survey, year, question)
    if found is not None:
        asked = settled(asked, found)
        return asked, present_table(asked, found, request.LANGUAGE_CODE), 0
    rounded = rounded_result(survey, year, question)
    if rounded is None:
        raise Http404(f"nothing is published of {question}")
    asked = settled_rounded(asked, rounded)
    return asked, present_rounded_table(asked, rounded, request.LANGUAGE_CODE), rounded.multiple
