"""Weights from the plan of a sample: each who answered in a stratum stands for as many as there are for each answer."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.samples import Vector
from ledtrad.core.surveys.weighting.classes import answering


def weighted_by_plan(strata: Sequence[str], sizes: Mapping[str, tuple[int, int]]) -> Vector:
    """A weight for each row: the weight of the draw, carried over from those in its stratum who did not answer.

    `sizes` says by stratum how many there are and how many were drawn. Refuses an answer from no known stratum, more
    answers than were drawn, and a stratum that was drawn from where nobody answered.
    """
    answered = Counter(strata)
    unknown = next((one for one in answered if one not in sizes), None)
    if unknown is not None:
        raise SurveyError(f"Urvalsplanen har inget stratum {unknown}, men det finns svar därifrån.")
    over = next((one for one, (_, drawn) in sizes.items() if answered[one] > drawn), None)
    if over is not None:
        raise SurveyError(f"I stratumet {over} har fler svarat än som drogs.")
    silent = {one: drawn - answered[one] for one, (_, drawn) in sizes.items()}
    classes = [*strata, *(one for one, count in silent.items() for _ in range(count))]
    weight = np.array([sizes[one][0] / sizes[one][1] for one in classes])
    there = np.arange(len(classes)) < len(strata)
    found: Vector = answering(weight, there, classes)[: len(strata)]
    return found
