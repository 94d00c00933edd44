"""Areas as a table codes them: the nation is 00 and a county two digits, where our own codes have four."""

from collections.abc import Iterable

from ledtrad.readers.pxweb import Variable


def codes_in_table(variable: Variable, areas: Iterable[str]) -> dict[str, str]:
    """Our codes, each with the table's own; those that the table lacks are left out."""
    theirs = {category.code for category in variable.categories}
    found = {}
    for area in areas:
        short = area[2:] if len(area) == 4 and area.startswith("00") else ""
        if area in theirs:
            found[area] = area
        elif short and short in theirs:
            found[area] = short
    return found


def our_codes(variable: Variable) -> dict[str, str]:
    """Our own codes of all the areas that a table has, each with the table's name for it."""
    return {(f"00{one.code}" if len(one.code) == 2 else one.code): one.label for one in variable.categories}


def is_municipality(code: str) -> bool:
    """Whether one of our codes is a municipality's: four digits that are neither the nation's nor a county's."""
    return len(code) == 4 and code.isascii() and code.isdigit() and not code.startswith("00")
