"""The register of evidence: which printed figure, in which sentence, states which fact."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """The figure `text`, as printed in `place` (the id of a sentence or block), states the fact `fact`."""

    number: int
    place: str
    text: str
    fact: str


@dataclass(slots=True)
class RegisterPart:
    """The entries of one chapter."""

    title: str
    entries: list[Entry] = field(default_factory=list)


class Register:
    """Gives each cited figure its number, in reading order."""

    def __init__(self) -> None:
        self.parts: list[RegisterPart] = []
        self._count = 0

    def begin(self, title: str) -> None:
        """From here on, entries belong to the chapter with this title."""
        self.parts.append(RegisterPart(title))

    def enter(self, place: str, text: str, fact: str) -> int:
        """The number of a new entry; 0, and no entry, when there is no fact."""
        if not fact:
            return 0
        self._count += 1
        self.parts[-1].entries.append(Entry(self._count, place, text, fact))
        return self._count

    def __len__(self) -> int:
        return self._count
