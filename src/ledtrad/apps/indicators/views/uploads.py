"""Files with figures: the list, sending one in, its preview, and what becomes of it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from ledtrad.apps.audit.phrases import NOTHING
from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused, Unseen, why_not
from ledtrad.apps.indicators.actions.uploads import (
    choose_for_upload,
    confirm_upload,
    receive_upload,
    refuse_upload,
    waiting_upload,
)
from ledtrad.apps.indicators.apart import Work, begin, is_large, work_of
from ledtrad.apps.indicators.forms.uploads import ConfirmForm, RefuseForm, UploadForm, read_choices
from ledtrad.apps.indicators.keeping import LARGEST, path_of
from ledtrad.apps.indicators.models import Upload
from ledtrad.apps.indicators.presenters.uploads import hidden_columns, pages, present_preview, present_rows
from ledtrad.apps.indicators.previews import ALL, KINDS, is_laid_aside, page_of, preview
from ledtrad.apps.indicators.queries.examining import examine
from ledtrad.apps.indicators.queries.known import known_areas, known_indicators
from ledtrad.apps.indicators.queries.uploads import taken_in_before, upload_card, upload_seen_by, uploads_seen_by
from ledtrad.apps.indicators.upload_policies import MOST_FIGURES, check_may_upload

_UNREADABLE = ("preview", "refused")
_MOST_NAMES = 1_000  # in a list to choose from; any other can be written


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """The files, and a form for one more. A post with a file leads to its preview."""
    page = _number(request.GET.get("sida"))
    errors: list[object] = []
    form, status = UploadForm(), 200
    if request.method == "POST":
        check_may_upload(request.actor)
        form = UploadForm(request.POST, request.FILES)
        try:
            return _received(request, form)
        except (Forbidden, Unseen):
            raise
        except Refused as refusal:
            errors, status = [refusal], 422
    cards, has_older = uploads_seen_by(request.actor, page)
    context = {
        "cards": cards,
        "page": page,
        "has_older": has_older,
        "errors": errors,
        "cannot": why_not(check_may_upload, request.actor),
        "most": LARGEST // 1_000_000,
        "figures": MOST_FIGURES,
    }
    return render(request, "indicators/uploads.html", context, status=status)


def _received(request: HttpRequest, form: UploadForm) -> HttpResponse:
    if not form.is_valid():
        raise Refused(
            "{sentence}", sentence=" ".join(str(error) for errors in form.errors.values() for error in errors)
        )
    file = form.cleaned_data["file"]
    number = receive_upload(pieces=file.chunks(), name=file.name, by=request.actor, at=timezone.now())
    return redirect("upload", number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, upload_id: int) -> HttpResponse:
    """One file: while it waits its preview; a post changes how it is understood, and stores no figure."""
    found = upload_seen_by(request.actor, upload_id)
    if request.method != "POST":
        return _shown(request, found)
    return _answered(request, found, _choose)


def _shown(request: HttpRequest, found: Upload) -> HttpResponse:
    """The page; for htmx, which asks while the file is read, how far that has come or where to go when it is done."""
    if not getattr(request, "htmx", False):
        return _page(request, found, [])
    work = work_of(found)
    if work is None or not work.is_under_way:
        return HttpResponseClientRedirect(reverse("upload", args=[found.pk]))
    return render(request, "indicators/_upload_working.html", {"upload": upload_card(found), "work": work})


def _choose(request: HttpRequest, found: Upload) -> None:
    check_may_upload(request.actor)
    if is_large(found):
        return begin(waiting_upload(found.pk, request.actor), "choose", request.actor.key, request.POST.dict())
    examined = examine(found, request.actor)
    choices = read_choices(request.POST, examined.choices, examined.layout, examined.books, examined.sheets)
    return choose_for_upload(upload_id=found.pk, choices=choices, by=request.actor)


@never_cache
@require_POST
def upload_confirm(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Take the file in."""
    return _answered(request, upload_seen_by(request.actor, upload_id), _confirm)


def _confirm(request: HttpRequest, found: Upload) -> None:
    form, by = ConfirmForm(request.POST), request.actor
    if not form.is_valid():
        raise Refused("Förhandsgranskningen kom inte med. Se igenom den igen. Ingenting har lästs in.")
    given = form.cleaned_data | {"leave_out": form.cleaned_data["leave_out"] or 0}
    if is_large(found):
        begin(waiting_upload(found.pk, by), "confirm", by.key, given)
    else:
        confirm_upload(upload_id=found.pk, by=by, at=timezone.now(), **given)


def _answered(request: HttpRequest, found: Upload, act: Callable[[HttpRequest, Upload], None]) -> HttpResponse:
    """Back to the file's page when it is done, or begun; else the page with the sentence that says why not."""
    try:
        act(request, found)
    except (Forbidden, Unseen):
        raise
    except Refused as refusal:
        return _page(request, found, [refusal], 409 if isinstance(refusal, Conflict) else 422)
    return redirect("upload", found.pk)


@never_cache
@require_POST
def upload_refuse(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Lay the file aside."""
    found = upload_seen_by(request.actor, upload_id)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, [str(error) for errors in form.errors.values() for error in errors], 422)
    refuse_upload(upload_id=upload_id, why=form.cleaned_data["why"], by=request.actor, at=timezone.now())
    return redirect("upload", upload_id)


@never_cache
@require_safe
def upload_file(request: HttpRequest, upload_id: int) -> FileResponse:
    """The bytes as they were sent, always as a file to save and never as a page."""
    found = upload_seen_by(request.actor, upload_id)
    try:
        content = path_of(found.fingerprint).open("rb")
    except OSError:
        raise Http404("the bytes are gone") from None
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")


def _page(request: HttpRequest, found: Upload, errors: list[object], status: int = 200) -> HttpResponse:
    found.refresh_from_db()
    context: dict[str, Any] = {"upload": upload_card(found), "errors": errors, "again": False}
    if found.state != "waiting":
        return render(request, "indicators/upload_settled.html", context, status=status)
    work = _work(request, found) if is_large(found) else None
    if work is not None and work.is_under_way:
        return render(request, "indicators/upload_working.html", context | {"work": work}, status=status)
    if work is not None and work.sentence:
        context["errors"] = errors = errors or [work.sentence]
        if not is_laid_aside(found, request.actor):
            return render(request, "indicators/upload_unreadable.html", context | {"again": True}, status=422)
    try:
        told = preview(found, request.actor)
    except Refused as refusal:
        context |= {"errors": errors or [refusal]}
        return render(request, "indicators/upload_unreadable.html", context, status=422 if status == 200 else status)
    context |= _preview(request, found, told)
    return render(request, "indicators/upload.html", context, status=status)


def _work(request: HttpRequest, found: Upload) -> Work | None:
    """What is being done with a large file; what is to be shown and is not there yet is begun."""
    work = work_of(found)
    if is_laid_aside(found, request.actor) or (
        work is not None and (work.is_under_way or (work.act, work.state) == _UNREADABLE)
    ):
        return work
    if work is None or work.state == "done" or work.is_conflict:
        with suppress(Conflict):  # the last one is just about to end: then the next look begins it
            begin(found, "preview", request.actor.key, sentence=work.sentence if work else NOTHING)
            return work_of(found)
        return Work("preview", "queued")
    return work


def _preview(request: HttpRequest, found: Upload, told: dict[str, Any]) -> dict[str, Any]:
    language = request.LANGUAGE_CODE
    kind = request.GET.get("visa", ALL)
    kind = kind if kind in KINDS else ALL
    page, most = pages(told["rows"][kind], _number(request.GET.get("sida")))
    areas = {area.code: area.name for area in known_areas() if area.name}
    indicators = {code: one.titles[0] for code, one in known_indicators(request.actor).items()}
    return {
        "told": told,
        "shown": present_preview(told, areas, indicators, language),
        "rows": present_rows(page_of(found, request.actor, kind, page), told["columns"], language),
        "kind": kind,
        "page": page,
        "most": most,
        "narrow": hidden_columns(told),
        "area_names": list(areas.items())[:_MOST_NAMES],
        "indicator_names": list(indicators.items())[:_MOST_NAMES],
        "earlier": taken_in_before(found),
        "cannot": why_not(check_may_upload, request.actor),
        "sent": request.POST,
    }


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 8 else 1
