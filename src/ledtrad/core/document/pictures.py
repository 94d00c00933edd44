"""Pictures of figures for many areas: in line, spread over an axis, and on a map. The same figures stand in a table.

Numbers are plain strings with a point, as in `Figure`; a missing one is None, with its reason in words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One line: a name with its figure, those of women and men, and where known the half-width of its interval, or its
    ends where they lie unequally far from the figure."""

    label: str
    value: str | None
    margin: str | None = None
    women: str | None = None
    men: str | None = None
    missing: str = ""
    is_own: bool = False
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Names beneath each other with dots on a common axis. `reference` is drawn through all of them."""

    id: str
    title: str
    description: str
    unit: str
    rows: tuple[RankedRow, ...]
    reference: str | None = None
    reference_label: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """All figures as dots along one axis; the middle half as a band, and the own figure by name."""

    id: str
    title: str
    description: str
    unit: str
    values: tuple[str, ...]
    lower_quartile: str
    median: str
    upper_quartile: str
    median_label: str
    band_label: str
    own: str | None = None
    own_label: str = ""


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area with its outline (GeoJSON geometry) and the step that its figure falls in, from 0; None when missing."""

    code: str
    name: str
    outline: str
    step: int | None = None
    label: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class AreaMap:
    """Plain areas in a few steps. `steps` has each step's range in words, lowest first."""

    id: str
    title: str
    description: str
    areas: tuple[MapArea, ...]
    steps: tuple[str, ...]
    missing_label: str = ""
