"""Many comparisons at once: Holm's correction (1979), which needs nothing of how the figures hang together."""

from collections.abc import Sequence


def adjusted(probabilities: Sequence[float]) -> list[float]:
    """Each probability, corrected for how many there are, in the order given.

    The least is multiplied by how many there are, the next by one fewer, and so on; none is less than one before it in
    that order, and none more than 1. To claim those under 5 % errs at all in at most 5 % of such sets.
    """
    order = sorted(range(len(probabilities)), key=lambda place: probabilities[place])
    found, most = [0.0] * len(probabilities), 0.0
    for rank, place in enumerate(order):
        most = max(most, min(1.0, (len(order) - rank) * probabilities[place]))
        found[place] = most
    return found
