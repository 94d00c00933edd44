"""The forecasts' scores as they are printed: two decimals, or that there are too few to say."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ledtrad.apps.reporting.queries.centre import ForecastScores, ScoredLine
from ledtrad.core.assessment import FEWEST_FORECASTS, KNOWS_NOTHING, ForecastScore, as_decimal
from ledtrad.core.language.writing import write_number

_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class ShownScore:
    """`text` is the mean, or that the forecasts are too few; `is_mean` tells which."""

    text: str
    is_mean: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    key: str
    name: str
    count: int
    waiting: int
    own: ShownScore
    city: ShownScore


@dataclass(frozen=True, slots=True)
class ShownScores:
    lead: str
    knows_nothing: str
    fewest: int
    tertials: tuple[ShownLine, ...]
    boards: tuple[ShownLine, ...]
    goals: tuple[ShownLine, ...]
    count: int
    invented: bool


def present_forecasts(found: ForecastScores) -> ShownScores:
    return ShownScores(
        _lead(found),
        _number(as_decimal(KNOWS_NOTHING, _DECIMALS)),
        FEWEST_FORECASTS,
        tuple(_line(line, _("Tertial 1") if line.key == "1" else _("Tertial 2")) for line in found.tertials),
        tuple(map(_line, found.boards)),
        tuple(map(_line, found.goals)),
        found.count,
        found.invented,
    )


def _lead(found: ForecastScores) -> str:
    if not found.count:
        return _("There are no forecasts for %(year)s. Boards make them at tertial 1 and 2.") % {"year": found.year}
    compared = sum(line.own.count for line in found.tertials)
    given = ngettext("%(num)s forecast was made.", "%(num)s forecasts were made.", found.count) % {"num": found.count}
    if not compared:
        waits = _("None can be scored until the boards have decided their year reports.")
        return f"{given} {waits}"
    scored = ngettext(
        "%(num)s of them can be held against the board’s own decided verdict.",
        "%(num)s of them can be held against the boards’ own decided verdicts.",
        compared,
    )
    return f"{given} {scored % {'num': compared}}"


def _line(line: ScoredLine, name: str = "") -> ShownLine:
    return ShownLine(line.key, name or line.name, line.own.count, line.own.waiting, _score(line.own), _score(line.city))


def _score(score: ForecastScore) -> ShownScore:
    if score.mean is None:
        return ShownScore(_("too few"), False)
    return ShownScore(_number(as_decimal(score.mean, _DECIMALS)), True)


def _number(value: object) -> str:
    return write_number(value, _DECIMALS, "en" if (get_language() or "sv").startswith("en") else "sv")
