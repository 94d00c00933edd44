"""How a sample was drawn, told as the names of the columns that hold it.

A design never holds a row. Names are as in the table; a table may have more columns than the design names.
"""

from dataclasses import dataclass
from enum import StrEnum

from ledtrad.core.surveys.refusals import SurveyError


class SingleUnits(StrEnum):
    """What is done about a stratum with one unit, whose spread cannot be seen in the sample.

    REFUSE stops with a sentence. CENTRE takes the unit's distance from the estimate of all strata (R: adjust).
    AVERAGE gives the stratum the average variance of the others (R: average). CERTAINTY counts it as drawn with
    certainty: it adds nothing (R: certainty). A stratum that was taken whole adds nothing under any rule.
    """

    REFUSE = "refuse"
    CENTRE = "centre"
    AVERAGE = "average"
    CERTAINTY = "certainty"


class DegreesOfFreedom(StrEnum):
    """DESIGN: first-stage units less strata, of the whole sample. DOMAIN: the same, of those who answered in the
    group. NORMAL: without end, as the normal distribution has it."""

    DESIGN = "design"
    DOMAIN = "domain"
    NORMAL = "normal"


class ReplicateKind(StrEnum):
    """How the replicate weights were made: it decides the scale of their spread."""

    JK1 = "JK1"
    JKN = "JKn"
    BRR = "BRR"
    BOOTSTRAP = "bootstrap"


@dataclass(frozen=True)
class Replicates:
    """Columns with replicate weights that already hold the sampling weight.

    The variance is `scale` × Σ `each`[r] × (estimate of r - centre)². `each` is empty where all count alike. The centre
    is the mean of the replicates, or the estimate itself with `around_estimate` (R: mse).
    """

    kind: ReplicateKind
    columns: tuple[str, ...]
    scale: float
    each: tuple[float, ...] = ()
    around_estimate: bool = False
    freedom: int | None = None

    def __post_init__(self) -> None:
        if len(self.columns) < 2:
            raise SurveyError("Det behövs minst två kolumner med replikatvikter.")
        if self.each and len(self.each) != len(self.columns):
            raise SurveyError("Det ska finnas en skala för varje kolumn med replikatvikter.")


@dataclass(frozen=True)
class Design:
    """How the sample was drawn: all by the names of columns, and nothing where nothing is said.

    `clusters` go from the first stage inwards and are named within their stratum; without them a row is a unit. `fpc`
    has one column for each stage (or none): sizes of the population, or fractions drawn, constant in each stratum.
    Without `weight` the weights follow from `fpc`, and without that all count alike.
    """

    strata: str | None = None
    clusters: tuple[str, ...] = ()
    weight: str | None = None
    fpc: tuple[str, ...] = ()
    replicates: Replicates | None = None
    single_units: SingleUnits = SingleUnits.REFUSE

    def __post_init__(self) -> None:
        if self.fpc and len(self.fpc) != self.stages:
            raise SurveyError(
                f"Urvalet drogs i {self.stages} steg, men {len(self.fpc)} kolumner anger populationens storlek: "
                "ange en för varje steg eller ingen."
            )

    @property
    def stages(self) -> int:
        return max(1, len(self.clusters))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the design names, in order and once."""
        replicates = self.replicates.columns if self.replicates else ()
        named = (self.strata, *self.clusters, self.weight, *self.fpc, *replicates)
        return tuple(dict.fromkeys(name for name in named if name is not None))
