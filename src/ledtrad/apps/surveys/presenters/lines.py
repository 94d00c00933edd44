"""A published figure as a line of a table, and of a picture."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.models import PublishedEstimate
from ledtrad.apps.surveys.presenters.figures import counted, interval, printed, written
from ledtrad.core.document.pictures import RankedRow
from ledtrad.core.language.writing import Language


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the table: its name, the estimate, its interval and base as text. `missing` says why not.

    Of a wave also the change from the one before, with its interval and what can be said of it; `breaks` says that the
    series is broken before it.
    """

    name: str
    estimate: str = ""
    interval: str = ""
    base: str = ""
    missing: str = ""
    is_uncertain: bool = False
    breaks: str = ""
    change: str = ""
    change_interval: str = ""
    verdict: str = ""


def line(name: str, one: PublishedEstimate, language: Language) -> Line:
    if one.estimate is None:
        return Line(name, missing=one.reason)
    return Line(
        name,
        written(one.estimate, language),
        interval(one, language),
        counted(one.base or 0, language),
        is_uncertain=one.state == "uncertain",
    )


def ranked_row(label: str, one: PublishedEstimate) -> RankedRow:
    if one.estimate is None:
        return RankedRow(label, None, missing=_("not shown"))
    ends = [None if end is None else f"{printed(end):f}" for end in (one.low, one.high)]
    return RankedRow(label, f"{printed(one.estimate):f}", low=ends[0], high=ends[1])
