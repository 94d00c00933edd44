"""How a sample was drawn, told as the names of the columns that hold it.

A design never holds a row. Names are as in the table; a table may have more columns than the design names.
"""

import math
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
    """How the replicate weights were made: it decides the scale of their spread.

    JK1 leaves out one unit at a time, JKn one unit of a stratum. BRR keeps one of two units in each stratum and Fay
    takes a share off one of them. The bootstrap draws units anew with replacement.
    """

    JK1 = "JK1"
    JKN = "JKn"
    BRR = "BRR"
    FAY = "Fay"
    BOOTSTRAP = "bootstrap"


@dataclass(frozen=True)
class Replicates:
    """Replicate weights, in `columns` that already hold the sampling weight, or made from the design without columns.

    The variance is `scale` × Σ `each`[r] × (estimate of r - centre)². Without `scale` it follows from the kind, as in
    R's `survey`: (R - 1)/R for JK1, 1 for JKn, 1/R for BRR, 1/(R (1 - rho)²) for Fay, 1/(R - 1) for the bootstrap.
    `each` is empty where all count alike; JKn in columns needs it. The centre is the mean of the replicates, or the
    estimate itself with `around_estimate` (R: mse). `draws` and `seed` are for a bootstrap that is made.
    """

    kind: ReplicateKind
    columns: tuple[str, ...] = ()
    scale: float | None = None
    each: tuple[float, ...] = ()
    around_estimate: bool = False
    rho: float = 0.0
    draws: int = 500
    seed: int = 0

    def __post_init__(self) -> None:
        if len(self.columns) == 1:
            raise SurveyError("Det behövs minst två kolumner med replikatvikter.")
        if self.each and len(self.each) != len(self.columns):
            raise SurveyError("Det ska finnas en skala för varje kolumn med replikatvikter.")
        if self.columns and self.kind is ReplicateKind.JKN and not self.each:
            raise SurveyError("JKn med kolumner behöver en skala för varje kolumn: (n - 1)/n i dess stratum.")
        if any(not 0 <= each < math.inf for each in (*self.each, self.scale or 0.0)):
            raise SurveyError("Skalor för replikatvikter ska vara tal som inte är negativa.")
        if not 0 <= self.rho < 1 or (self.rho and self.kind is not ReplicateKind.FAY):
            raise SurveyError("Fays rho ligger mellan 0 och 1, och bara Fay har ett.")
        if self.draws < 2:
            raise SurveyError("En bootstrap behöver minst två dragningar.")


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
        if self.replicates is not None:
            _check_replicates(self, self.replicates)

    @property
    def stages(self) -> int:
        return max(1, len(self.clusters))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the design names, in order and once."""
        replicates = self.replicates.columns if self.replicates else ()
        named = (self.strata, *self.clusters, self.weight, *self.fpc, *replicates)
        return tuple(dict.fromkeys(name for name in named if name is not None))


def _check_replicates(design: Design, replicates: Replicates) -> None:
    if replicates.columns and design.weight is None:
        raise SurveyError("Replikatvikter behöver också den vanliga vikten: ange dess kolumn.")
    if replicates.columns and (design.strata or design.clusters or design.fpc):
        raise SurveyError("Med kolumner av replikatvikter anges inte strata, kluster eller fpc: de finns i vikterna.")
    if replicates.columns:
        return
    stratified = replicates.kind in (ReplicateKind.JKN, ReplicateKind.BRR, ReplicateKind.FAY)
    if stratified and design.strata is None:
        raise SurveyError(f"{replicates.kind} görs av strata: ange dem, eller välj JK1 eller bootstrap.")
    if replicates.kind is ReplicateKind.JK1 and design.strata is not None:
        raise SurveyError("JK1 är för urval utan strata: välj JKn.")
    if design.single_units in (SingleUnits.CENTRE, SingleUnits.AVERAGE):
        raise SurveyError("När replikatvikter görs är regeln för ensamma enheter refuse eller certainty.")
