"""Drawing a sample from a frame so that it can be drawn again: the same frame and seed give the same units.

Each unit gets a number of its own from the seed and its name (permanent random numbers, Ohlsson 1995), and those with
the least numbers are drawn: a simple random sample without replacement in each stratum. So the order of the frame does
not matter, and a unit that is added or taken away moves at most one other.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledtrad.core.surveys.refusals import SurveyError


@dataclass(frozen=True)
class Unit:
    """Someone or something in the frame: its name (alone in the frame), its stratum, and its cluster where there are
    such."""

    name: str
    stratum: str = ""
    cluster: str = ""


@dataclass(frozen=True)
class Drawn:
    """A unit that was drawn: its weight (how many it stands for), and the sizes of population for each stage, as `fpc`
    takes them."""

    unit: Unit
    weight: float
    sizes: tuple[int, ...]


@dataclass(frozen=True)
class Draw:
    """What was drawn, in the order of strata, clusters and names; with the seed and a sum of the frame, to keep."""

    seed: str
    frame: str
    units: tuple[Drawn, ...]


def draw(frame: Sequence[Unit], sizes: Mapping[str, int], seed: str) -> Draw:
    """A stratified sample of `sizes` units in each stratum. Every stratum of the frame has a size, if only 0."""
    strata = _by(frame, "stratum")
    _check(frame, strata, sizes, seed)
    found = [
        Drawn(unit, len(units) / sizes[name], (len(units),))
        for name, units in strata.items()
        for unit in _least(units, sizes[name], seed, "unit")
    ]
    return Draw(seed, frame_sum(frame), tuple(sorted(found, key=_in_order)))


def draw_two_stages(frame: Sequence[Unit], clusters: Mapping[str, int], within: int, seed: str) -> Draw:
    """So many clusters in each stratum, and at most `within` units in each of those: simple random at both stages."""
    strata = _by(frame, "stratum")
    if within < 1:
        raise SurveyError("Minst en enhet ska dras i varje kluster.")
    if any(not unit.cluster for unit in frame):
        raise SurveyError("Alla enheter i ramen ska höra till ett kluster när urvalet dras i två steg.")
    inside = {name: _by(units, "cluster") for name, units in strata.items()}
    _check(frame, inside, clusters, seed)
    found = [
        one
        for name, each in inside.items()
        for cluster in _least([Unit(key, name) for key in each], clusters[name], seed, "cluster")
        for one in _in_cluster(each[cluster.name], within, seed, len(each), clusters[name])
    ]
    return Draw(seed, frame_sum(frame), tuple(sorted(found, key=_in_order)))


def _in_cluster(units: Sequence[Unit], within: int, seed: str, there: int, drawn: int) -> list[Drawn]:
    chosen = _least(units, min(within, len(units)), seed, "unit")
    weight = there / drawn * len(units) / len(chosen)
    return [Drawn(unit, weight, (there, len(units))) for unit in chosen]


def random_number(seed: str, *name: str) -> int:
    """The number of a unit under a seed: 16 bytes of BLAKE2b of the seed and the parts of its name, each in a frame."""
    told = "".join(f"{len(part.encode())}:{part}" for part in (seed, *name))
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=16).digest(), "big")


def frame_sum(frame: Sequence[Unit]) -> str:
    """A sum of the frame, the same whatever its order."""
    total = hashlib.sha256()
    for unit in sorted(frame, key=lambda each: (each.stratum, each.cluster, each.name)):
        total.update(
            "".join(f"{len(part.encode())}:{part}" for part in (unit.stratum, unit.cluster, unit.name)).encode()
        )
    return total.hexdigest()


def _least(units: Sequence[Unit], size: int, seed: str, what: str) -> list[Unit]:
    order = sorted(
        units, key=lambda each: (random_number(seed, what, each.stratum, each.cluster, each.name), each.name)
    )
    return order[:size]


def _in_order(one: Drawn) -> tuple[str, str, str]:
    return one.unit.stratum, one.unit.cluster, one.unit.name


def _by(frame: Sequence[Unit], kind: str) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in frame:
        found.setdefault(getattr(unit, kind), []).append(unit)
    return found


def _check(
    frame: Sequence[Unit],
    strata: Mapping[str, Sequence[Unit] | Mapping[str, object]],
    sizes: Mapping[str, int],
    seed: str,
) -> None:
    if not frame:
        raise SurveyError("Ramen är tom, och inget kan dras.")
    if not seed:
        raise SurveyError("Ange ett frö, så att urvalet kan dras om och prövas.")
    twice = next((name for name, count in Counter(unit.name for unit in frame).items() if count > 1), None)
    if twice is not None:
        raise SurveyError("Två enheter i ramen har samma namn: namnet ska skilja dem åt.")
    for name in (*strata, *sizes):
        if name not in sizes:
            raise SurveyError(f"Stratum {name} har ingen storlek: ange hur många som ska dras där, om än 0.")
        there = len(strata.get(name, ()))
        if not 0 <= sizes[name] <= there:
            raise SurveyError(f"{sizes[name]} kan inte dras i stratum {name}: där finns {there}.")
