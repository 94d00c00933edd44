"""Everything that could be printed of protected tables, as a reader meets it: rounded shares included."""

from ledtrad.core.surveys.disclosure import Mark, view
from ledtrad.core.surveys.disclosure.attack import as_share, exact
from ledtrad.core.surveys.disclosure.tables import Cell


def figures_of(protection):
    """The figures of every list, of every filter on one code, and of the whole: each cell in all views it is in."""
    figures = []
    for table in protection.tables:
        by = list(zip(table.groupings, table.codes, strict=True))
        figures += view(protection, table.of, by, shares_of=table.shares_of)
        for number, (grouping, codes) in enumerate(by):
            for code in (code for code in codes if code != grouping.total):
                rest = by[:number] + by[number + 1 :]
                if table.shares_of != grouping.name:
                    figures += view(protection, table.of, rest, {grouping.name: code}, table.shares_of)
    return figures


def printed(figures, shares_of):
    """What stands in print: counts as they are, and shares as whole per cents of their base."""
    seen = []
    for figure in figures:
        if figure.value is not None:
            seen.append(exact(figure.cell, figure.value))
        if figure.share is not None:
            base = Cell(figure.cell.of, tuple(pair for pair in figure.cell.at if pair[0] != shares_of))
            seen += as_share(figure.cell, base, round(100 * figure.share)) if base != figure.cell else ()
        assert figure.value is not None or figure.mark is Mark.SECRET
    return seen
