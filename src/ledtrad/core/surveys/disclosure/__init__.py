"""Statistical disclosure control: nobody's answer can be read out of a table, by itself or with other tables.

Make a `Table` of unweighted counts for everything that will be shown of the same answers (`counted`), `protect` them
together under a `Rule` with what is `already` published, let `check` attack the result, show
`what_is_hidden_and_why` to the person who publishes, and draw everything that the public sees from `view`.
"""

from ledtrad.core.surveys.disclosure.explaining import Explained, what_is_hidden_and_why
from ledtrad.core.surveys.disclosure.gate import Hidden, check, too_closely_known
from ledtrad.core.surveys.disclosure.groupings import Grouping, flat, tree
from ledtrad.core.surveys.disclosure.protecting import Protection, protect
from ledtrad.core.surveys.disclosure.publications import Change, Published
from ledtrad.core.surveys.disclosure.rounding import Rounded, round_counts
from ledtrad.core.surveys.disclosure.rules import Rule, Why, Zeros
from ledtrad.core.surveys.disclosure.tables import Cell, Table, counted, summed
from ledtrad.core.surveys.disclosure.views import Figure, Mark, NotOffered, figure, view

__all__ = [
    "Cell",
    "Change",
    "Explained",
    "Figure",
    "Grouping",
    "Hidden",
    "Mark",
    "NotOffered",
    "Protection",
    "Published",
    "Rounded",
    "Rule",
    "Table",
    "Why",
    "Zeros",
    "check",
    "counted",
    "figure",
    "flat",
    "protect",
    "round_counts",
    "summed",
    "too_closely_known",
    "tree",
    "view",
    "what_is_hidden_and_why",
]
