"""The catalogue of open data for harvesters, and the feed of changes."""

from django.http import HttpRequest, HttpResponse

from ledtrad.apps.audit.freshness import until_the_log_grows
from ledtrad.apps.open_data.presenters.as_atom import feed
from ledtrad.apps.open_data.presenters.as_dcat import catalogue_turtle
from ledtrad.apps.open_data.queries import catalogue, spans
from ledtrad.apps.open_data.queries.changes import changes
from ledtrad.apps.open_data.views.open_door import open_door


@open_door()
def dcat(request: HttpRequest) -> HttpResponse:
    """DCAT-AP-SE in Turtle."""
    return HttpResponse(_turtle(_root(request)), content_type="text/turtle; charset=utf-8")


@open_door()
def atom(request: HttpRequest) -> HttpResponse:
    """New and corrected figures and editions."""
    return HttpResponse(_feed(_root(request)), content_type="application/atom+xml; charset=utf-8")


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


@until_the_log_grows
def _turtle(root: str) -> str:
    return catalogue_turtle(catalogue(), spans(), root)


@until_the_log_grows
def _feed(root: str) -> bytes:
    return feed(changes(), root)
