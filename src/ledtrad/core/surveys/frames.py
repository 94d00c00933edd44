"""What is known of each stratum at each stage: how many units were drawn, of how many. Judged before anything else."""

import math
from dataclasses import dataclass

from ledtrad.core.surveys.asked import Columns, Weighting
from ledtrad.core.surveys.designs import Design, SingleUnits
from ledtrad.core.surveys.refusals import SurveyError

_ALL = 1e-7  # the share left undrawn under which a stratum counts as taken whole
Key = tuple[object, ...]


@dataclass(frozen=True)
class Stratum:
    """Units drawn, those of them with a weight, and the share of the population's units that was drawn (or 0)."""

    units: float
    live: float
    drawn: float
    rows: float = 0.0

    @property
    def taken_whole(self) -> bool:
        return 1 - self.drawn < _ALL

    @property
    def single(self) -> bool:
        return self.units == 1 and not self.taken_whole


@dataclass(frozen=True)
class Frame:
    """The strata of one stage by their keys."""

    strata: dict[Key, Stratum]

    @property
    def freedom(self) -> float:
        """Units less strata, among what has a weight."""
        return sum(each.live - 1 for each in self.strata.values() if each.live > 0)


def key_names(design: Design, stage: int) -> tuple[str, ...]:
    """The names of the columns that tell the strata of a stage apart."""
    return (("s0",) if design.strata else ()) + tuple(f"c{outer}" for outer in range(stage))


def keys(found: Columns, names: tuple[str, ...], rows: int) -> list[Key]:
    return list(zip(*(found[name].tolist() for name in names), strict=True)) if names else [()] * rows


def frame(found: Columns, design: Design, stage: int) -> Frame:
    """The strata of a stage from its facts; refuses what no variance can be made of."""
    if found["units"].size == 0 or not found["rows"][0]:
        raise SurveyError("Det finns inga svar i tabellen.")
    _check_names(found, design)
    _check_weights(found, design)
    sized = bool(design.fpc)
    fractions = sized and _are_fractions(found, design.fpc[stage])
    named = keys(found, key_names(design, stage), found["units"].size)
    strata = {}
    for place, key in enumerate(named):
        units, live = float(found["units"][place]), float(found["live"][place])
        low, high = float(found["low"][place]), float(found["high"][place])
        drawn = _drawn(units, low, high, fractions, design.fpc[stage], key) if sized else 0.0
        strata[key] = Stratum(units, live, drawn, float(found["rows"][place]))
    _check_single(strata, design, stage)
    return Frame(strata)


def weighting(found: Columns, design: Design) -> Weighting:
    """What the first stage's facts tell of how the weights are found."""
    fractions = bool(design.fpc) and _are_fractions(found, design.fpc[0])
    return Weighting(fractions, design.weight is not None and float(found["fewest"].min()) == 0)


def _check_names(found: Columns, design: Design) -> None:
    missing = int(found["unnamed"].sum())
    if missing:
        named = ", ".join(dict.fromkeys((*([design.strata] if design.strata else []), *design.clusters, *design.fpc)))
        raise SurveyError(f"{_rows(missing)} saknar uppgift om urvalet (kolumnerna {named}).")


def _check_weights(found: Columns, design: Design) -> None:
    if design.weight is None:
        return
    missing = int(found["no_weight"].sum())
    if missing:
        raise SurveyError(f"{_rows(missing)} saknar vikt i kolumnen {design.weight}.")
    if float(found["fewest"].min()) < 0:
        raise SurveyError(f"Kolumnen {design.weight} har en negativ vikt.")
    if not all(map(math.isfinite, found["fewest"].tolist())):
        raise SurveyError(f"Kolumnen {design.weight} har en vikt som inte är ett tal.")
    if not float(found["live"].sum()):
        raise SurveyError(f"Alla vikter i kolumnen {design.weight} är noll.")


def _rows(count: int) -> str:
    return f"{count} {'rad' if count == 1 else 'rader'}"


def _are_fractions(found: Columns, name: str) -> bool:
    low, high = float(found["low"].min()), float(found["high"].max())
    if low <= 0:
        raise SurveyError(
            f"Kolumnen {name} har ett värde som är noll eller negativt: "
            "ange populationens storlek eller andelen som drogs."
        )
    if low < 1 < high:
        raise SurveyError(f"Kolumnen {name} blandar storlekar och andelar: alla ska vara minst 1 eller alla högst 1.")
    return high <= 1


def _drawn(units: float, low: float, high: float, fractions: bool, name: str, key: Key) -> float:
    if low != high:
        raise SurveyError(f"Kolumnen {name} har olika värden inom {_stratum(key)}.")
    if fractions:
        return low
    if low < units:
        raise SurveyError(
            f"Kolumnen {name} säger att färre finns ({low:g}) än som drogs ({units:g}) i {_stratum(key)}."
        )
    return units / low


def _stratum(key: Key) -> str:
    return f"stratum {', '.join(map(str, key))}" if key else "urvalet"


def _check_single(strata: dict[Key, Stratum], design: Design, stage: int) -> None:
    if stage == 0 and not design.strata and all(each.units == 1 for each in strata.values()):
        raise SurveyError("Urvalet har bara en enhet, och ingen osäkerhet kan beräknas.")
    if design.single_units is not SingleUnits.REFUSE:
        return
    alone = min((key for key, each in strata.items() if each.single), key=str, default=None)
    if alone is not None:
        raise SurveyError(
            f"{_stratum(alone).capitalize()} har bara en enhet, och dess osäkerhet kan inte beräknas: "
            "slå ihop strata eller välj en regel för ensamma enheter."
        )
