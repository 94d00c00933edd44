"""Check a text: paste or upload it, see every countable claim. Nothing that is handed in is kept."""

import base64

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ledtrad.apps.annual_report.forms import CheckForm
from ledtrad.apps.annual_report.presenters.check import present_check
from ledtrad.apps.annual_report.presenters.check_files import check_as_csv, check_as_json
from ledtrad.apps.annual_report.queries import facts_of
from ledtrad.apps.goals.queries import GoalName, goal_names
from ledtrad.core.checking import check as check_document
from ledtrad.core.facts import FactSheet
from ledtrad.readers.report_text import UnreadableReport, read_report

LONGEST_TEXT = 1_000_000
_TOO_LONG = _("The text is longer than %(most)s characters. Check one section at a time.")
_FILES = {"csv": (check_as_csv, "text/csv; charset=utf-8"), "json": (check_as_json, "application/json")}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form; after a post the checked text below it, or the claims and findings as a file."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if not form.is_bound:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, errors=[error for errors in form.errors.values() for error in errors], status=422)
    data, called = form.cleaned_data["data"], form.cleaned_data["called"]
    try:
        document = read_report(data, called).document
    except UnreadableReport as unreadable:
        return _page(request, form, errors=[str(unreadable)], status=422)
    if sum(len(sentence.text) for sentence in document.sentences()) > LONGEST_TEXT:
        return _page(request, form, errors=[_TOO_LONG % {"most": LONGEST_TEXT}], status=422)
    result = check_document(document, _facts(form.cleaned_data["against"]), language=request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    wanted = request.POST.get("format", "")
    if wanted in _FILES:
        write, kind = _FILES[wanted]
        headers = {"Content-Disposition": f'attachment; filename="granskning.{wanted}"'}
        return HttpResponse(write(document, result), content_type=kind, headers=headers)
    again = {"content": base64.b64encode(data).decode(), "name": called, "against": form.cleaned_data["against"]}
    return _page(request, form, checked=present_check(document, result), again=again)


def _page(request: HttpRequest, form: CheckForm, *, status: int = 200, **more: object) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        more["goals"] = _by_year(goal_names())
    name = "annual_report/_checked.html" if request.htmx else "annual_report/check.html"  # type: ignore[attr-defined]
    context = {"form": form, "errors": [], "checked": None, "again": {}, **more}
    return render(request, name, context, status=200 if request.htmx and status == 422 else status)  # type: ignore[attr-defined]


def _facts(against: str) -> FactSheet | None:
    """The facts of the goal that was chosen as "2020/1.2"; None when none was."""
    year, _, goal = against.partition("/")
    return facts_of(goal, int(year)) if goal and year.isdecimal() and len(year) == 4 else None


def _by_year(names: tuple[GoalName, ...]) -> dict[int, list[GoalName]]:
    """Goals to choose among, the latest year first."""
    years: dict[int, list[GoalName]] = {}
    for name in names:
        years.setdefault(name.year, []).append(name)
    return dict(sorted(years.items(), reverse=True))
