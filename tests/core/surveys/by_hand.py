"""Samples made by hand, and slow calculations on them in plain Python, for tests of weights and differences."""

import numpy as np

from ledtrad.core.surveys.designs import Design, SingleUnits
from ledtrad.core.surveys.samples import Sample, Stage


def sample_of(strata, weights, columns, drawn=None, units=None):
    """A one-stage sample. `drawn` tells the share drawn of each stratum; `units` the cluster of each row."""
    names = list(dict.fromkeys(strata))
    of_row = np.array([names.index(name) for name in strata])
    keys = list(range(len(strata))) if units is None else list(zip(strata, units, strict=True))
    order = list(dict.fromkeys(keys))
    unit = np.array([order.index(key) for key in keys])
    stratum = np.zeros(len(order), dtype=np.intp)
    stratum[unit] = of_row
    stage = Stage(
        unit,
        stratum,
        tuple((name,) for name in names),
        np.bincount(stratum, minlength=len(names)).astype(float),
        np.array([(drawn or {}).get(name, 0.0) for name in names]),
        np.ones(len(names)),
    )
    design = Design("stratum", ("unit",) if units else (), "weight", single_units=SingleUnits.CERTAINTY)
    values = {name: np.array(column) for name, column in columns.items()}
    return Sample(design, np.array(weights, dtype=float), values, (stage,), float(len(order) - len(names)))


def spread(strata, units, drawn, values):
    """Σ over strata of (1 - f) n/(n - 1) Σ (u - ū)², of sums by unit."""
    sums = {}
    for stratum, unit, value in zip(strata, units, values, strict=True):
        sums.setdefault(stratum, {}).setdefault(unit, []).append(value)
    found = 0.0
    for stratum, each in sums.items():
        totals = [sum(values) for values in each.values()]
        if len(totals) > 1:
            mean = sum(totals) / len(totals)
            left = 1 - drawn.get(stratum, 0.0)
            found += left * len(totals) / (len(totals) - 1) * sum((total - mean) ** 2 for total in totals)
    return found
