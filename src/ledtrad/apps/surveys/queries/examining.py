"""What a file of answers is, before anything of it is kept. Nothing here is remembered, and nothing is logged."""

from dataclasses import dataclass

from ledtrad.core.surveys.answers import (
    Codebook,
    CodebookError,
    Misfit,
    codebook_from_json,
    codebook_from_rows,
    misfits,
)
from ledtrad.core.surveys.answers.fitting import sum_of
from ledtrad.readers.answers import (
    Answers,
    Identified,
    UnreadableAnswers,
    column_counts,
    identified,
    read_answers,
)
from ledtrad.readers.table import UnreadableTable, read_table


@dataclass(frozen=True, slots=True)
class ExaminedAnswers:
    """A file with its codebook: the identifiers in it, and what does not fit. `seen` sums up what does not."""

    answers: Answers
    codebook: Codebook
    identified: tuple[Identified, ...]
    misfits: tuple[Misfit, ...]

    @property
    def seen(self) -> str:
        return sum_of(self.misfits)


class UnreadableFile(ValueError):
    """The file or its codebook cannot be read. One Swedish sentence, that repeats nothing of the answers."""


def read_codebook(data: bytes, name: str) -> Codebook:
    """A codebook in CSV, XLSX or JSON. UnreadableFile with a sentence for anything else."""
    try:
        if data.lstrip()[:1] == b"{":
            return codebook_from_json(data)
        return codebook_from_rows(read_table(data, name).sheets[0].rows)
    except (CodebookError, UnreadableTable) as error:
        raise UnreadableFile(str(error)) from error


def examine_answers(data: bytes, codebook: Codebook | None) -> ExaminedAnswers:
    """Read a file and hold it against its codebook: the one given, else the file's own (SPSS).

    UnreadableFile when the file cannot be read, or has no codebook.
    """
    try:
        answers = read_answers(data)
    except UnreadableAnswers as error:
        raise UnreadableFile(str(error)) from error
    book = codebook or answers.codebook
    if book is None:
        raise UnreadableFile("En fil i CSV eller Parquet behöver en kodbok.")
    found = identified(answers, book)
    unfit = () if found else misfits(column_counts(answers), answers.rows, book)
    return ExaminedAnswers(answers, book, found, unfit)
