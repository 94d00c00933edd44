"""What may be told of a question's answers: everything that will be shown of it is decided at once, as shares with
their bases, for the whole, by sex, by district and by age.

Count the answers (`Tally`), `decide` with what was `kept` from earlier publications, and show a share only where
`Decided.why` has no reason against it. Or tell of the question in rounded numbers in place of hiding (`round_off`);
never in both ways, since a weighted share beside a rounded number undoes the rounding.
"""

from ledtrad.core.surveys.axes import AGE, DISTRICT, NUMBER, SEX, UNKNOWN
from ledtrad.core.surveys.releases.deciding import Decided, decide
from ledtrad.core.surveys.releases.kept import Kept, kept_from_json, kept_to_json
from ledtrad.core.surveys.releases.rounded import mark_of, round_off
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
    "mark_of",
    "round_off",
]
