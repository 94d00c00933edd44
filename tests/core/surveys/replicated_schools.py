"""Replicate weights that follow from the number of a row, as benches/references/survey_replication.R makes them."""


def sylvester(least):
    """A Hadamard matrix of the least power of two that is at least `least`, sign by sign."""
    size = 1
    while size < least:
        size *= 2
    return [[(-1) ** bin(row & column).count("1") for column in range(size)] for row in range(size)]


def columns(kind, rho, weights):
    """A list of weights for each replicate."""
    if kind in ("BRR", "Fay"):
        signs = sylvester(len(weights) // 2 + 1)
        return [
            [w * (1 + (1 - rho) * line[1 + row // 2] * (-1) ** row) for row, w in enumerate(weights)] for line in signs
        ]
    return [[w * ((row * 7 + r * 13 + (row * r) % 5) % 3) for row, w in enumerate(weights)] for r in range(20)]
