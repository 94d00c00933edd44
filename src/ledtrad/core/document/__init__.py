"""The report tree, and the composing of a goal's section and of a whole year from data."""

from ledtrad.core.document.composing import goal_document, goal_section
from ledtrad.core.document.goal_years import GoalYear, IndicatorHistory, NarrativePart, SubArea
from ledtrad.core.document.tree import (
    Block,
    Citation,
    Document,
    Figure,
    Image,
    IndicatorBlock,
    NextLink,
    Notice,
    Paragraph,
    PullQuote,
    Section,
    Sentence,
    SentenceIds,
    Series,
    TallyBlock,
    VerdictBlock,
    paragraph,
)
from ledtrad.core.document.year import Objective, overview_facts, year_document

__all__ = [
    "Block",
    "Citation",
    "Document",
    "Figure",
    "GoalYear",
    "Image",
    "IndicatorBlock",
    "IndicatorHistory",
    "NarrativePart",
    "NextLink",
    "Notice",
    "Objective",
    "Paragraph",
    "PullQuote",
    "Section",
    "Sentence",
    "SentenceIds",
    "Series",
    "SubArea",
    "TallyBlock",
    "VerdictBlock",
    "goal_document",
    "goal_section",
    "overview_facts",
    "paragraph",
    "year_document",
]
