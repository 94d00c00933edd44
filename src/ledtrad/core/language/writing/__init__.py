"""Writing Swedish: numbers, quantities, dates, outcomes, explanations, and sentences that cite their facts."""

from ledtrad.core.language.months import MONTHS
from ledtrad.core.language.writing.binding import (
    BoundText,
    Cite,
    TemplateError,
    UnknownFactError,
    bind,
    cited_facts,
    write_fact,
)
from ledtrad.core.language.writing.dates import write_date, write_period, write_time
from ledtrad.core.language.writing.explanations import explain_judgement, explain_proposal, explain_uncertainty
from ledtrad.core.language.writing.numbers import (
    MINUS,
    NO_BREAK_SPACE,
    CountStyle,
    Gender,
    Language,
    number_word,
    write_count,
    write_number,
)
from ledtrad.core.language.writing.outcomes import (
    absence_word,
    write_absence,
    write_outcome,
    write_outcome_part,
    write_target,
)
from ledtrad.core.language.writing.phases import write_phase, write_phase_of
from ledtrad.core.language.writing.phrases import (
    capitalised,
    style_for,
    write_genitive,
    write_list,
    write_out_of,
    write_verdict,
)
from ledtrad.core.language.writing.series import (
    break_word,
    write_break,
    write_incomparable,
    write_similar,
    write_spread,
    write_standing,
)
from ledtrad.core.language.writing.units import unit_symbol, write_quantity, write_spelled

__all__ = [
    "MINUS",
    "MONTHS",
    "NO_BREAK_SPACE",
    "BoundText",
    "Cite",
    "CountStyle",
    "Gender",
    "Language",
    "TemplateError",
    "UnknownFactError",
    "absence_word",
    "bind",
    "break_word",
    "capitalised",
    "cited_facts",
    "explain_judgement",
    "explain_proposal",
    "explain_uncertainty",
    "number_word",
    "style_for",
    "unit_symbol",
    "write_absence",
    "write_break",
    "write_count",
    "write_date",
    "write_fact",
    "write_genitive",
    "write_incomparable",
    "write_list",
    "write_number",
    "write_out_of",
    "write_outcome",
    "write_outcome_part",
    "write_period",
    "write_phase",
    "write_phase_of",
    "write_quantity",
    "write_similar",
    "write_spelled",
    "write_spread",
    "write_standing",
    "write_target",
    "write_time",
    "write_verdict",
]
