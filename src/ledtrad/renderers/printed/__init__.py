"""A document made ready for paper: every block written out in words, its figures tied to the register of evidence.

The PDF and the Word file are both set from this tree, so that they say the same.
"""

from ledtrad.renderers.printed.register import Entry, Register, RegisterPart
from ledtrad.renderers.printed.tree import (
    Heading,
    Indicator,
    Line,
    Next,
    Node,
    Note,
    Paragraph,
    Picture,
    Piece,
    PrintedDocument,
    PrintedFigure,
    Quote,
    Tally,
    TallyPart,
    VerdictLine,
)
from ledtrad.renderers.printed.walk import printed

__all__ = [
    "Entry",
    "Heading",
    "Indicator",
    "Line",
    "Next",
    "Node",
    "Note",
    "Paragraph",
    "Picture",
    "Piece",
    "PrintedDocument",
    "PrintedFigure",
    "Quote",
    "Register",
    "RegisterPart",
    "Tally",
    "TallyPart",
    "VerdictLine",
    "printed",
]
