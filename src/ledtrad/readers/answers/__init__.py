"""Files of answers: CSV, Parquet and SPSS. Bytes in, columns out, and the codebook that an SPSS file carries.

The bytes are parsed in a child process with little memory and little time, never touch the disk, and no sentence that
comes out of here repeats what stood in them.
"""

from ledtrad.readers.answers.columns import Answers, coded, column_counts
from ledtrad.readers.answers.identifying import Identified, identified
from ledtrad.readers.answers.reading import UnreadableAnswers, read_answers
from ledtrad.readers.answers.storing import as_parquet, columns_kept, with_column

__all__ = [
    "Answers",
    "Identified",
    "UnreadableAnswers",
    "as_parquet",
    "coded",
    "column_counts",
    "columns_kept",
    "identified",
    "read_answers",
    "with_column",
]
