"""Rounded numbers of answers, and the shares that they make. Plain numbers, quick to load."""

MULTIPLES = range(3, 21)  # what counts may be rounded to multiples of
USUAL = 5
FEWEST = 20  # no share is shown of fewer


def percent(count: int, of: int) -> int | None:
    """The share that two rounded numbers make, in whole percent and unweighted: it tells nothing that they do not.

    None of fewer than 20. Where sums do not hold it may come to more than 100.
    """
    return None if of < FEWEST else (200 * count + of) // (2 * of)
