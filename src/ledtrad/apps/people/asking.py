"""What somebody asks the log for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ledtrad.core.calendar import midnight


@dataclass(frozen=True, slots=True)
class Asked:
    """`problem` is a sentence when something that was written could not be read; it is then left out."""

    day: date | None = None
    who: str = ""
    action: str = ""
    before: int | None = None
    problem: str = ""

    @property
    def since(self) -> datetime | None:
        return midnight(self.day) if self.day else None

    @property
    def until(self) -> datetime | None:
        return midnight(self.day + timedelta(days=1)) if self.day else None
