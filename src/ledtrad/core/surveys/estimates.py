"""What is asked of the answers, and what is answered: an estimate that knows its uncertainty."""

from dataclasses import dataclass
from enum import StrEnum

from ledtrad.core.surveys.designs import DegreesOfFreedom
from ledtrad.core.surveys.refusals import SurveyError


class Statistic(StrEnum):
    MEAN = "mean"
    TOTAL = "total"
    RATIO = "ratio"
    PROPORTION = "proportion"
    QUANTILE = "quantile"


class Interval(StrEnum):
    """How an interval is drawn. WALD: the estimate and as much on each side. LOGIT: the same on the logit scale, for
    shares. BETA: Korn and Graubard's (1998), for shares with few cases: exact, with the sample's effective size."""

    WALD = "wald"
    LOGIT = "logit"
    BETA = "beta"


@dataclass(frozen=True)
class Question:
    """One thing to estimate.

    `over` is the denominator of a ratio. `level` is the answer whose share is asked, as text, and for a quantile the
    share below it ("0.5" where nothing is said). A share without a level is asked for every answer there is.
    """

    statistic: Statistic
    of: str
    over: str | None = None
    level: str | None = None

    def __post_init__(self) -> None:
        if (self.statistic is Statistic.RATIO) != (self.over is not None):
            raise SurveyError("En kvot har två kolumner: täljaren och nämnaren. Övriga mått har en.")
        if self.level is not None and self.statistic not in (Statistic.PROPORTION, Statistic.QUANTILE):
            raise SurveyError("Bara en andel har ett svarsalternativ, och bara en kvantil en andel under sig.")

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.of,) if self.over is None else (self.of, self.over)


@dataclass(frozen=True)
class Rules:
    """How uncertainty is told: the sort of interval, whose degrees of freedom (or how many), and the confidence."""

    interval: Interval = Interval.WALD
    freedom: DegreesOfFreedom | float = DegreesOfFreedom.DESIGN
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if not isinstance(self.freedom, DegreesOfFreedom) and not self.freedom > 0:
            raise SurveyError("Antalet frihetsgrader ska vara större än noll.")
        if not 0 < self.confidence < 1:
            raise SurveyError("Konfidensgraden ska ligga mellan 0 och 1.")


@dataclass(frozen=True)
class Estimate:
    """One figure with its uncertainty; what cannot be said is None.

    `by` names the group as pairs of column and value. `n` is the unweighted base: the rows that answered and have a
    weight. `df` is infinite under the normal distribution. `deff` compares with a simple random sample without
    replacement of the same size, as R's `survey` does.
    """

    by: tuple[tuple[str, str], ...]
    level: str | None
    estimate: float | None
    se: float | None
    low: float | None
    high: float | None
    df: float | None
    deff: float | None
    n: int
