"""A second attacker, slow and plain: tries every table of whole numbers there is and keeps those that look the same."""

from itertools import product


def slow_bounds(groupings, leaves, hidden):
    """The least and the most of each hidden cell, over all tables that agree with `leaves` on every other cell.

    A cell is a tuple of codes, one for each grouping. The grand total must not be hidden.
    """
    under = _leaves_under(groupings)
    shown = [(under[cell], sum(leaves[leaf] for leaf in under[cell])) for cell in under if cell not in hidden]
    alike = [other for other in _shared_out(sum(leaves), len(leaves)) if _agrees(shown, other)]
    sums = {cell: [sum(other[leaf] for leaf in under[cell]) for other in alike] for cell in hidden}
    return {cell: (min(values), max(values)) for cell, values in sums.items()}


def _agrees(shown, other):
    return all(sum(other[leaf] for leaf in leaves) == value for leaves, value in shown)


def _leaves_under(groupings):
    """For each cell the numbers of the leaves that it is made of."""
    names = _leaf_names(groupings)
    return {
        cell: [number for number, leaf in enumerate(names) if _lies_under(groupings, leaf, cell)]
        for cell in product(*(grouping.codes for grouping in groupings))
    }


def _leaf_names(groupings):
    return list(product(*(grouping.leaves for grouping in groupings)))


def _lies_under(groupings, leaf, cell):
    return all(_is_part(grouping, own, above) for grouping, own, above in zip(groupings, leaf, cell, strict=True))


def _is_part(grouping, code, above):
    parent = {child: whole for whole, children in grouping.parts for child in children}
    while code != above and code in parent:
        code = parent[code]
    return code == above


def _shared_out(total, places):
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _shared_out(total - first, places - 1):
            yield (first, *rest)
