"""Which municipalities and which year are asked for. Addresses are shared: what is wrong is passed over and told."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from ledtrad.apps.indicators.queries import Neighbour

MOST = 8
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked: a year (None for the latest), the codes ticked, and a name written to be added."""

    year: int | None
    codes: tuple[str, ...]
    written: str

    def with_named(self, areas: Sequence[Neighbour], own: str) -> tuple[tuple[str, ...], str]:
        """The codes of what was ticked and written, and what to tell where something could not be added."""
        known = {area.code for area in areas} - {own}
        codes = tuple(code for code in self.codes if code in known)
        if not self.written:
            return codes, "" if codes == self.codes else _(
                "Some of the municipalities in the address are not known here."
            )
        named = [area.code for area in areas if area.name.casefold() == self.written.casefold()]
        if not named:
            return codes, _("There is no municipality called “%(name)s”. Nothing was added.") % {"name": self.written}
        added = tuple(code for code in named if code in known and code not in codes)
        if len(codes) + len(added) > MOST:
            return codes, _("At most %(count)s can be chosen at once. Take one away first.") % {"count": MOST}
        return (*codes, *added), ""


def read_choice(asked: QueryDict) -> Choice:
    """What stands in the address. A year that is no year is as if none was asked for."""
    year = asked.get("ar", "")
    codes = tuple(dict.fromkeys(code[:40] for code in asked.getlist("med")))[:MOST]
    written = " ".join(asked.get("ny", "").split())[:_LONGEST]
    return Choice(int(year) if year.isdecimal() and len(year) == 4 else None, codes, written)
