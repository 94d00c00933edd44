"""What may be told of a question's answers: everything that will be shown of it is decided at once, as shares with
their bases, for the whole, by sex, by district and by age.

Count the answers (`Tally`), `decide` with what was `kept` from earlier publications, and show a share only where
`Decided.why` has no reason against it.
"""

from ledtrad.core.surveys.axes import AGE, DISTRICT, NUMBER, SEX, UNKNOWN
from ledtrad.core.surveys.releases.deciding import Decided, decide
from ledtrad.core.surveys.releases.kept import Kept, kept_from_json, kept_to_json
from ledtrad.core.surveys.releases.tallies import Amount, Tally

__all__ = [
    "AGE",
    "DISTRICT",
    "NUMBER",
    "SEX",
    "UNKNOWN",
    "Amount",
    "Decided",
    "Kept",
    "Tally",
    "decide",
    "kept_from_json",
    "kept_to_json",
]
