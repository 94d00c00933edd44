"""Post-stratification: weights that sum to the known total of each class."""

from collections.abc import Mapping

import numpy as np

from ledtrad.core.surveys.samples import Vector
from ledtrad.core.surveys.weighting.margins import Margin, check_filled, places


def post_stratified(weight: Vector, columns: Mapping[str, Vector], margin: Margin) -> Vector:
    """Weights times the total of the class over its sum of weights. Refuses a class with a total and no answers."""
    place = places(margin, columns)
    sums = np.bincount(place, weight, len(margin.totals))
    check_filled(margin, sums)
    found: Vector = weight * (margin.sizes / sums)[place]
    return found
