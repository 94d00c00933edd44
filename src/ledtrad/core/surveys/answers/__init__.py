"""Answers as they come in: their codebook, whether they fit it, and the identifiers that they must not hold."""

from ledtrad.core.surveys.answers.codebooks import (
    Code,
    Codebook,
    CodebookError,
    Variable,
    VariableKind,
    codebook_from_json,
    codebook_from_rows,
    codebook_to_json,
)
from ledtrad.core.surveys.answers.fitting import Misfit, MisfitKind, misfits, sum_of
from ledtrad.core.surveys.answers.identifiers import (
    IdentifierKind,
    identifier_named,
    identifiers_among,
    identifiers_in,
)

__all__ = [
    "Code",
    "Codebook",
    "CodebookError",
    "IdentifierKind",
    "Misfit",
    "MisfitKind",
    "Variable",
    "VariableKind",
    "codebook_from_json",
    "codebook_from_rows",
    "codebook_to_json",
    "identifier_named",
    "identifiers_among",
    "identifiers_in",
    "misfits",
    "sum_of",
]
