"""A question over the waves: a line for each with what has changed, and where the series is broken."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.presenters.comparing import signed, verdict
from ledtrad.apps.surveys.presenters.lines import Line, line, ranked_row
from ledtrad.apps.surveys.queries.pages import ResultPage
from ledtrad.core.document.pictures import Ranked, RankedRow
from ledtrad.core.language.writing import Language


def wave_lines(result: ResultPage, language: Language) -> tuple[Line, ...]:
    """Each wave with the change from the one before, where the two can be set beside each other."""
    return tuple(_wave_line(result, place, language) for place in range(len(result.over_waves)))


def _wave_line(result: ResultPage, place: int, language: Language) -> Line:
    year, one = result.over_waves[place]
    found = replace(line(str(year), one, language), breaks=_break(result, place))
    change = result.changes.get(year)
    if change is None:
        return found
    known = change.low is not None and change.high is not None
    ends = {"low": signed(change.low or 0.0, language), "high": signed(change.high or 0.0, language)}
    return replace(
        found,
        change=signed(change.difference, language),
        change_interval=_("%(low)s to %(high)s") % ends if known else "",
        verdict=verdict(change.is_certain),
    )


def _break(result: ResultPage, place: int) -> str:
    """What stands between a wave and the one before, "" where the series goes on."""
    if not place:
        return ""
    before, year = result.over_waves[place - 1][0], result.over_waves[place][0]
    broken = [one for one in result.broken if before < one <= year]
    told = _("From %(year)s it is asked in another way: figures before cannot be set beside those after.")
    return told % {"year": broken[0]} if broken else ""


def over_waves(result: ResultPage, unit: str) -> Ranked | None:
    """The waves beneath each other with their intervals, None where there is one; a break is an empty line."""
    if len(result.over_waves) < 2 or not any(one.estimate is not None for _year, one in result.over_waves):
        return None
    told = _("Each line has the estimate with its interval. The table has the same figures.")
    return Ranked("omgangar", _("Wave by wave"), told, unit, tuple(_rows(result)))


def _rows(result: ResultPage) -> Iterator[RankedRow]:
    for place, (year, one) in enumerate(result.over_waves):
        if _break(result, place):
            yield RankedRow("", None, missing=_("the series breaks"))
        yield ranked_row(str(year), one)


def about_waves(result: ResultPage) -> tuple[str, ...]:
    """How the changes were tested: whether the waves were drawn apart, and how many were told at once."""
    told, changes = [], result.changes.values()
    if any(not one.is_shared for one in changes):
        told.append(_("Independent samples: each wave is drawn for itself, and the changes are tested so."))
    if any(one.is_shared and one.low is not None for one in changes):
        told.append(_("Some of the same people were asked in several waves, and the changes are tested with that."))
    if any(one.is_shared and one.low is None for one in changes):
        told.append(_("Where the same people were asked but the waves were not tested together, nothing is said."))
    if sum(one.is_certain is not None for one in changes) > 1:
        told.append(_("The test takes into account how many changes are told at once (Holm's method)."))
    return tuple(told)
