"""What must hold before answers are weighed and results published, each as a sentence."""

from ledtrad.apps.audit.phrases import Swedish
from ledtrad.apps.audit.policies import Refused


def check_has_design(has_design: bool) -> None:
    """Uncertainty follows from how the sample was drawn: nothing is estimated before that is told."""
    if not has_design:
        raise Refused("Omgången saknar urvalsplan. Lägg in hur urvalet drogs först. Ingenting har publicerats.")


def check_has_figures(figures: int) -> None:
    """Something must have been asked."""
    if not figures:
        raise Refused("Inga av enkätens frågor finns i omgångens svar. Ingenting har publicerats.")


def check_weighable(trouble: str) -> None:
    """The answers can be weighed so. `trouble` is what stands in the way, "" when nothing does."""
    if trouble:
        raise Refused("{trouble} Ingenting har vägts.", trouble=Swedish(trouble))


def check_weights_seen(seen: str, expected: str) -> None:
    """Weights are kept as they were seen."""
    if seen != expected:
        raise Refused("Vikterna är inte de som visades. Räkna om dem och se igenom dem igen. Ingenting har vägts.")


def check_calculated(trouble: str) -> None:
    """The estimates can be calculated. `trouble` is what stands in the way, "" when nothing does."""
    if trouble:
        raise Refused("{trouble} Ingenting har publicerats.", trouble=Swedish(trouble))


def check_may_hide(title: str, year: int, multiple: int) -> None:
    """A weighted share beside a rounded number undoes the rounding. `multiple` is what is out, 0 when nothing is."""
    if multiple:
        raise Refused(
            "Frågan {title} är publicerad avrundad till närmaste {multiple} för {year}, och vägda andelar bredvid "
            "skulle göra att antalen går att räkna ut. Den kan bara publiceras avrundad.",
            title=title,
            multiple=multiple,
            year=year,
        )


def check_may_round(title: str, year: int, is_hidden: bool, before: int, multiple: int) -> None:
    """Nothing is rounded beside weighted shares, nor to two multiples. `before` is the one that is out, 0 for none."""
    if is_hidden:
        raise Refused(
            "Frågan {title} är publicerad med vägda andelar för {year}. Avrundade antal bredvid skulle göra att det "
            "som är dolt går att räkna ut. Den kan bara publiceras med döljning.",
            title=title,
            year=year,
        )
    if before not in (0, multiple):
        raise Refused(
            "Frågan {title} är publicerad avrundad till närmaste {before} för {year}. Två avrundningar av samma antal "
            "säger mer än var och en, så den avrundas fortfarande till närmaste {before}. Ingenting har publicerats.",
            title=title,
            before=before,
            year=year,
        )


def check_can_be_rounded(title: str, has_answers: bool, is_offered: bool) -> None:
    """What is rounded is how many gave each answer, to a multiple that `is_offered`."""
    if not is_offered:
        raise Refused("Ange vad antalen ska avrundas till: ett heltal från 3 till 20. Ingenting har publicerats.")
    if not has_answers:
        raise Refused("Frågan {title} besvaras med tal och kan inte avrundas. Ingenting har publicerats.", title=title)


def check_same_counts(title: str, are_same: bool) -> None:
    """What has been rounded is not rounded again from other answers: the two together would say more."""
    if not are_same:
        raise Refused(
            "Svaren på frågan {title}, eller hemligheten som de avrundas med, är inte desamma som förra gången, och en "
            "andra avrundning skulle säga för mycket. Det som är publicerat står kvar. Ingenting har publicerats.",
            title=title,
        )
