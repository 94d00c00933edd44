"""Non-response by weighting classes: those who answered carry the weight of those in their class who did not.

The class is what is known of everyone drawn (district, sex, age). Within it those who answered are taken to be like
those who did not; the design's weight is multiplied by the inverse of the weighted response rate of the class.
"""

from collections.abc import Sequence

import numpy as np

from ledtrad.core.surveys.refusals import SurveyError
from ledtrad.core.surveys.samples import Vector, numbered


def answering(weight: Vector, answered: Vector, classes: Sequence[object], *, fewest: int = 1) -> Vector:
    """New weights of all that were drawn: zero for those who did not answer, and the sum of each class as before.

    `fewest` is how many must have answered in a class for it to be trusted. Refuses a class with fewer.
    """
    labels, place = numbered([tuple(each) if isinstance(each, list) else each for each in classes])
    drawn = np.bincount(place, weight, len(labels))
    replied = np.bincount(place, np.where(answered, weight, 0.0), len(labels))
    count = np.bincount(place, answered, len(labels))
    for at, label in enumerate(labels):
        if drawn[at] > 0 and (count[at] < fewest or not replied[at] > 0):
            _refuse(label, int(count[at]))
    factor = np.divide(drawn, replied, out=np.zeros_like(drawn), where=replied > 0)
    found: Vector = np.where(answered, weight * factor[place], 0.0)
    return found


def _refuse(label: object, count: int) -> None:
    told = ", ".join(map(str, label)) if isinstance(label, tuple) else str(label)
    number = "Ingen" if not count else f"Bara {count}"
    raise SurveyError(f"{number} har svarat i viktklassen {told}: slå ihop klasser och väg om.")
