"""A slow second implementation of every estimator: rows in lists, sums by name, nothing clever and nothing shared.

Follows Särndal, Swensson and Wretman (1992) row by row: a value of influence for every row of the whole sample, zero
outside the group, and the variance of their sums stage by stage.
"""

import math
from statistics import NormalDist


def answer(rows, *, statistic, of, over=None, level=None, group=None, design, single="refuse"):
    """The estimate, its variance, design effect and base, in the rows for which `group` holds (a dict of values)."""
    here = [_inside(row, group) and row[of] is not None and (over is None or row[over] is not None) for row in rows]
    weights = _weights(rows, design)
    y = [_y(row, statistic, of, level) if inside else 0.0 for row, inside in zip(rows, here, strict=True)]
    x = [(1.0 if over is None else float(row[over])) if inside else 0.0 for row, inside in zip(rows, here, strict=True)]
    n = sum(inside and weight != 0 for inside, weight in zip(here, weights, strict=True))
    if not n:
        return None
    top, bottom = _dot(weights, y), _dot(weights, x)
    if statistic == "total":
        point, residuals = top, y
    else:
        point = top / bottom
        residuals = [(a - point * b) / bottom if inside else 0.0 for a, b, inside in zip(y, x, here, strict=True)]
    influence = [weight * each for weight, each in zip(weights, residuals, strict=True)]
    variance = _variance(list(zip(rows, influence, strict=True)), design, 0, (), single, here_of(rows, here, weights))
    return point, variance, _effect(variance, statistic, y, residuals, weights, here, n), n


def here_of(rows, here, weights):
    return {id(row) for row, inside, weight in zip(rows, here, weights, strict=True) if inside and weight}


def _inside(row, group):
    return all(row[name] == value for name, value in (group or {}).items())


def _y(row, statistic, of, level):
    return float(row[of] == level) if statistic == "proportion" else float(row[of])


def _dot(left, right):
    return math.fsum(a * b for a, b in zip(left, right, strict=True))


def _stratum(row, design):
    return row[design["strata"]] if design.get("strata") else None


def _unit(row, design, stage):
    clusters = design.get("clusters", ())
    return row[clusters[stage]] if clusters else id(row)


def _weights(rows, design):
    if design.get("weight"):
        return [row[design["weight"]] for row in rows]
    weights = []
    for row in rows:
        weight, within = 1.0, [other for other in rows if _stratum(other, design) == _stratum(row, design)]
        for stage, name in enumerate(design.get("fpc", ())):
            drawn = len({_unit(other, design, stage) for other in within})
            weight *= 1 / row[name] if row[name] <= 1 else row[name] / drawn
            within = [other for other in within if _unit(other, design, stage) == _unit(row, design, stage)]
        weights.append(weight)
    return weights


def _variance(lines, design, stage, outer, single, here):
    """The variance that arises at a stage and, where sizes are told, at those inside it."""
    strata = {}
    for row, influence in lines:
        key = _stratum(row, design) if stage == 0 else outer
        strata.setdefault(key, []).append((row, influence))
    found, counted, there = 0.0, 0, 0
    for own in strata.values():
        part = _of_stratum(own, design, stage, single)
        present = any(id(row) in here for row, _ in own)
        there += present
        counted += present and part is not None
        found += part or 0.0
    if single == "average":
        found = found * there / counted if counted else math.nan
    if stage + 1 < len(design.get("clusters", ())) and design.get("fpc"):
        found += _inner(strata, design, stage, single, here)
    return found


def _of_stratum(lines, design, stage, single):
    totals = {}
    for row, influence in lines:
        totals.setdefault(_unit(row, design, stage), []).append(influence)
    sums = [math.fsum(values) for values in totals.values()]
    n, left = len(sums), 1 - _drawn(lines, design, stage)
    if left < 1e-7:
        return 0.0
    if n == 1:
        return {"average": None, "centre": left * sums[0] ** 2, "certainty": 0.0}[single]
    middle = math.fsum(sums) / n
    return left * n / (n - 1) * math.fsum((each - middle) ** 2 for each in sums)


def _drawn(lines, design, stage):
    if not design.get("fpc"):
        return 0.0
    size = lines[0][0][design["fpc"][stage]]
    return size if size <= 1 else len({_unit(row, design, stage) for row, _ in lines}) / size


def _inner(strata, design, stage, single, here):
    found = 0.0
    for lines in strata.values():
        share = _drawn(lines, design, stage)
        for unit in {_unit(row, design, stage) for row, _ in lines}:
            own = [(row, influence) for row, influence in lines if _unit(row, design, stage) == unit]
            found += share * _variance(own, design, stage + 1, unit, single, here)
    return found


def _effect(variance, statistic, y, residuals, weights, here, n):
    """The variance over that of a simple random sample without replacement of as many rows."""
    if math.isnan(variance):
        return None
    size = math.fsum(weight for weight, inside in zip(weights, here, strict=True) if inside)
    if n < 2 or size <= n:
        return None
    values = residuals if statistic == "ratio" else y
    inside = [(weight, value) for weight, value, there in zip(weights, values, here, strict=True) if there]
    middle = 0.0 if statistic == "ratio" else math.fsum(weight * value for weight, value in inside) / size
    spread = math.fsum(weight * (value - middle) ** 2 for weight, value in inside) / size * n / (n - 1)
    simple = spread * (size - n) / (size * n) * (1.0 if statistic in ("mean", "proportion") else size**2)
    return variance / simple if simple else None


def quantile(rows, of, weight, share, group=None):
    """The least value with more than the share of the weight at or below it, or with the share exactly."""
    inside = sorted(
        (row[of], row[weight]) for row in rows if _inside(row, group) and row[of] is not None and row[weight]
    )
    whole, below = math.fsum(weight for _, weight in inside), 0.0
    for place, (value, weight) in enumerate(inside):
        below += weight
        last = place + 1 == len(inside) or inside[place + 1][0] != value
        if last and below >= share * whole * (1 - 1e-12):
            return float(value)
    return float(inside[-1][0])


def wald(estimate, variance, level=0.95):
    reach = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(variance)
    return estimate - reach, estimate + reach
