"""Linear programs, solved by HiGHS: the only place that knows the solver. One thread and a fixed seed, so that the
same program has the same answer everywhere."""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from ledtrad.core.surveys.disclosure.rows import Numbers, Places, Rows

OPTIMAL = highspy.HighsModelStatus.kOptimal
UNBOUNDED = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)


@dataclass(frozen=True, eq=False)
class Solution:
    """`objective` is infinite when there is no limit; then `values` are of no use. `prices` are the reduced costs."""

    objective: float
    values: Numbers
    prices: Numbers


class Program:
    """Numbers between bounds, under rows. Made once and asked many times: each question starts from the last answer."""

    def __init__(self, low: Numbers, high: Numbers, rows: Rows, whole: Numbers | None = None, nodes: int = 0) -> None:
        self.number = len(low)
        self._every = np.arange(self.number, dtype=np.int32)
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in _options(nodes).items():
            self._highs.setOptionValue(name, value)
        if self._highs.passModel(_model(low, high, rows, whole)) != highspy.HighsStatus.kOk:
            raise RuntimeError("The solver does not understand the program.")

    def bound(self, places: Places, low: Numbers, high: Numbers) -> None:
        """Other bounds for some of the numbers."""
        self._highs.changeColsBounds(len(places), places.astype(np.int32), low, high)

    def maximise(self, objective: Numbers) -> Solution | None:
        """The largest that objective × numbers can be. None when no numbers fit the rows.

        RuntimeError when the solver gives up, which is never taken for an answer.
        """
        self._highs.changeColsCost(self.number, self._every, -objective)
        return self._solved(-1.0)

    def minimise(self, objective: Numbers) -> Solution | None:
        """The smallest, likewise."""
        self._highs.changeColsCost(self.number, self._every, objective)
        return self._solved(1.0)

    def require(self, places: Places, factors: Numbers, low: float) -> None:
        """One more row: factors × these numbers is at least `low`."""
        self._highs.addRow(low, np.inf, len(places), places.astype(np.int32), factors)

    def _solved(self, sign: float) -> Solution | None:
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status in UNBOUNDED:
            return Solution(-sign * np.inf, np.zeros(self.number), np.zeros(self.number))
        return self._read(status, sign)

    def _read(self, status: Any, sign: float) -> Solution:
        answer = self._highs.getSolution()
        if status != OPTIMAL and not answer.value_valid:
            raise RuntimeError(f"The solver gave up: {self._highs.modelStatusToString(status)}.")
        value = sign * self._highs.getInfo().objective_function_value
        prices = np.array(answer.col_dual) if answer.dual_valid else np.zeros(self.number)
        return Solution(value, np.array(answer.col_value), prices)


def _options(nodes: int) -> dict[str, Any]:
    options: dict[str, Any] = {"output_flag": False, "threads": 1, "random_seed": 1, "presolve": "off"}
    exactly = {"presolve": "choose", "mip_max_nodes": nodes, "mip_abs_gap": 0.9, "mip_rel_gap": 0.0}
    return {**options, **exactly} if nodes else options


def _model(low: Numbers, high: Numbers, rows: Rows, whole: Numbers | None) -> Any:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(low), rows.number
    model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(len(low)), low, high
    model.row_lower_, model.row_upper_ = rows.low, rows.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.starts.astype(np.int32)
    model.a_matrix_.index_ = rows.places.astype(np.int32)
    model.a_matrix_.value_ = rows.factors
    if whole is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(flag)] for flag in whole]
    return model
