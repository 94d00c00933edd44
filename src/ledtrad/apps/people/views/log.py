"""The log: the whole, of an object, of a person."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from ledtrad.apps.audit.queries import LogPage, page_of_log
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.forms.log import Asked, read_asked
from ledtrad.apps.people.log_policies import (
    ABOUT_PEOPLE,
    check_reads_log,
    check_reads_log_of_object,
    check_reads_log_of_person,
    reads_everything,
)
from ledtrad.apps.people.presenters.log import (
    address_of_object,
    as_query,
    present_log,
    present_question,
    titles_of,
)
from ledtrad.apps.people.presenters.log_words import DEEDS
from ledtrad.apps.people.queries.log import Somebody, person_called, somebody, without_drafts

_EMPTY = LogPage((), None)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The whole log, newest first: all of it, or of a day, a person, an action."""
    actor = request.actor
    check_reads_log(actor)
    asked = read_asked(request.GET, tuple(DEEDS))
    meant = somebody(asked.who) if asked.who else ()
    shown = present_log(_asked_for(actor, asked, meant), reverse("log"), query=as_query(asked))
    return render(request, "people/log.html", {"shown": shown, "question": present_question(asked, meant)})


def _asked_for(actor: Actor, asked: Asked, meant: tuple[Somebody, ...]) -> LogPage:
    if len(meant) > 1:
        return _EMPTY  # the page asks which of them
    return page_of_log(
        before=asked.before,
        by=meant[0].key if meant else "",
        action=asked.action,
        since=asked.since,
        until=asked.until,
        except_actions=_kept_from(actor),
    )


@require_safe
def log_of_object(request: HttpRequest, object_id: str) -> HttpResponse:
    """What has been done to something."""
    actor = request.actor
    sight = import_string(settings.SIGHT_IN_LOG)
    check_reads_log_of_object(actor, object_id, sight)
    asked = read_asked(request.GET, ())
    about_a_person = object_id.startswith("person:")
    page = page_of_log(
        object_id=object_id, before=asked.before, except_actions="" if about_a_person else _kept_from(actor)
    )
    if not page.entries and asked.before is None:
        raise Http404("nothing has been done to it")
    page = without_drafts(actor, page, sight)
    title = titles_of([object_id])[object_id]
    shown = present_log(page, address_of_object(object_id), title=title[:1].upper() + title[1:], about=object_id)
    return render(request, "people/log_of_object.html", {"shown": shown, "object_id": object_id})


@require_safe
def log_of_person(request: HttpRequest, key: str) -> HttpResponse:
    """What a person has done."""
    check_reads_log_of_person(request.actor, key)
    name = person_called(key)
    if name is None:
        raise Http404("there has never been such a person")
    asked = read_asked(request.GET, ())
    page = page_of_log(by=f"person:{key}", before=asked.before)
    shown = present_log(page, reverse("log_of_person", args=[key]), title=name)
    about = address_of_object(f"person:{key}")
    return render(request, "people/log_of_person.html", {"shown": shown, "about": about})


def _kept_from(actor: Actor) -> str:
    """The actions that this reader is not shown."""
    return "" if reads_everything(actor) else ABOUT_PEOPLE
