"""Whether two answers hang together: Pearson's test, corrected for the design (Rao and Scott 1984).

Under no association X² is a sum of chi-squares with the eigenvalues of the design's effect as weights. The second-order
correction (F) brings in how unequal they are; the first-order one only their mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ibis.expr.types import Table

from ledtrad.core.surveys import asking
from ledtrad.core.surveys.asked import Ask
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.estimates import Question, Rules, Statistic
from ledtrad.core.surveys.influences import covariance
from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.samples import Matrix, Sample, Vector, answered, numbered, sample
from ledtrad.core.surveys.tails import chi_square_above, f_above


@dataclass(frozen=True)
class Association:
    """`f` with its degrees of freedom and probability is the test to tell. `chi_square` is Pearson's X² on the shares
    times the rows of the sample; its probability has the first-order correction. `deff` is the mean effect of the
    design, and `n` those who answered both."""

    f: float
    above: float
    below: float
    p: float
    chi_square: float
    df: int
    first_order_p: float
    deff: float
    n: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shares: tuple[tuple[float, ...], ...]


def association(table: Table, row: str, column: str, design: Design, ask: Ask) -> Association:
    """The test for a table of two columns, among those who answered both. Refuses a column with one answer alone."""
    questions = [Question(Statistic.PROPORTION, name) for name in (row, column)]
    asking.check(table, questions, design, (), Rules())
    drawn = sample(table, design, ask, [row, column])
    there = answered(drawn.columns[row]) & answered(drawn.columns[column]) & (drawn.weight != 0)
    across, down = (_coded(drawn.columns[name], there) for name in (row, column))
    for name, (labels, _) in ((row, across), (column, down)):
        if len(labels) < 2:
            raise SurveyError(
                f"Kolumnen {name} har bara ett svar bland dem som svarat på båda, och inget kan jämföras."
            )
    shares, spread = _cells(drawn, there, across[1] * len(down[0]) + down[1], len(across[0]) * len(down[0]))
    return _tested(drawn, there, (across[0], down[0]), shares, spread)


def _coded(column: Vector, there: Vector) -> tuple[list[str], Vector]:
    """The answers in order, and the place of each row's among them."""
    labels, place = numbered([asking.text(value) if yes else "" for value, yes in zip(column, there, strict=True)])
    order = sorted(label for label in labels if label)
    to = np.array([order.index(label) if label else 0 for label in labels], dtype=np.intp)
    return order, to[place]


def _cells(drawn: Sample, there: Vector, cell: Vector, count: int) -> tuple[Vector, Matrix]:
    """The share of each cell and how the shares vary together."""
    w = np.where(there, drawn.weight, 0.0)
    shares = np.bincount(cell, w, count) / w.sum()
    belongs = np.zeros((w.size, count))
    belongs[np.arange(w.size), cell] = 1.0
    return shares, covariance(drawn, (belongs - shares) * (w / w.sum())[:, None])


def _tested(
    drawn: Sample, there: Vector, labels: tuple[Sequence[str], Sequence[str]], shares: Vector, spread: Matrix
) -> Association:
    size, shape = drawn.size, (len(labels[0]), len(labels[1]))
    effects = _effects(shares, spread, shape) * size
    square = shares.reshape(shape)
    expected = np.outer(square.sum(axis=1), square.sum(axis=0))
    chi_square = size * float(((square - expected) ** 2 / expected).sum())
    trace, df = float(np.trace(effects)), effects.shape[0]
    above = trace**2 / float(np.trace(effects @ effects))
    below = above * drawn.freedom
    f = chi_square / trace
    return Association(
        f,
        above,
        below,
        f_above(f, above, below),
        chi_square,
        df,
        chi_square_above(chi_square / (trace / df), df),
        trace / df,
        int(there.sum()),
        tuple(labels[0]),
        tuple(labels[1]),
        tuple(tuple(float(share) for share in line) for line in square),
    )


def _effects(shares: Vector, spread: Matrix, shape: tuple[int, int]) -> Matrix:
    """The design's effects on what the table tells beyond its margins, for one row of the sample."""
    beyond = _beyond_margins(*shape)
    over = np.divide(1.0, shares, out=np.zeros_like(shares), where=shares > 0)
    scaled = beyond * over[:, None]
    return np.asarray(np.linalg.solve(beyond.T @ scaled, scaled.T @ spread @ scaled), dtype=np.float64)


def _beyond_margins(rows: int, columns: int) -> Matrix:
    """A base of contrasts of cells that no row and no column alone accounts for."""
    one, other = (np.eye(size)[:, 1:] - 1 / size for size in (rows, columns))
    return np.asarray(np.kron(one, other), dtype=np.float64)
