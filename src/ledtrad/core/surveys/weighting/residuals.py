"""What calibration leaves of an influence: the part that the margins cannot foretell.

A calibrated total varies as the residuals of the regression on the margins do, weighted by the design's weights
(Deville and Särndal 1992). For post-stratification that is the distance from the mean of the class. R's `calibrate` and
`postStratify` do the same; its `rake` weights all rows alike, which differs where the design's weights do.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from ledtrad.core.surveys.samples import Matrix, Vector
from ledtrad.core.surveys.weighting.margins import Margin, places


class Residuals:
    """The regression on the classes of the margins, made ready once and used for every figure."""

    def __init__(self, before: Vector, after: Vector, columns: Mapping[str, Vector], margins: Sequence[Margin]) -> None:
        self._before, self._after = before, after
        self._places: list[Vector] = []
        self._width = 0
        for margin in margins:
            self._places.append(self._width + places(margin, columns))
            self._width += len(margin.totals)
        self._inverse = np.linalg.pinv(self._products(), rcond=1e-12, hermitian=True)

    def _products(self) -> Matrix:
        """For each pair of classes the weight of the rows that are in both."""
        found = np.zeros((self._width, self._width))
        for one in self._places:
            for other in self._places:
                np.add.at(found, (one, other), self._before)
        return found

    def of(self, rows: Matrix) -> Matrix:
        """Influences with calibrated weights, less what the margins foretell of them."""
        z = np.divide(rows, self._after[:, None], out=np.zeros_like(rows), where=self._after[:, None] != 0)
        slopes = self._inverse @ self._sums(z)
        foretold = sum(slopes[place] for place in self._places)
        found: Matrix = rows - self._after[:, None] * foretold
        return found

    def _sums(self, z: Matrix) -> Matrix:
        weighted = z * self._before[:, None]
        columns = [sum(np.bincount(place, column, self._width) for place in self._places) for column in weighted.T]
        return np.stack(columns, axis=1)
