"""Files of answers: CSV, Parquet and SPSS become the same columns; nothing of what they say comes out otherwise."""

import io

import pyarrow as pa
import pyarrow.parquet as arrow_parquet
import pyreadstat
import pytest
from tests.apps.surveyed_city import CODEBOOK, answers

from ledtrad.core.surveys.answers import Code, IdentifierKind, VariableKind, codebook_from_rows
from ledtrad.readers.answers import (
    Answers,
    UnreadableAnswers,
    as_parquet,
    coded,
    column_counts,
    identified,
    read_answers,
)

PERSONAL, PHONE, EMAIL = IdentifierKind.PERSONAL_NUMBER, IdentifierKind.PHONE, IdentifierKind.EMAIL


@pytest.fixture(scope="module")
def from_csv():
    return read_answers(answers())


def table(**columns):
    return Answers(pa.table(columns))


def book(*names):
    return codebook_from_rows([["variabel", "typ"], *([name, "text"] for name in names)])


def sav(tmp_path, columns, **about):
    pandas = pytest.importorskip("pandas")
    place = tmp_path / "svar.sav"
    pyreadstat.write_sav(pandas.DataFrame(columns), place, **about)
    return place.read_bytes()


# --- reading ---------------------------------------------------------------------------------------


def test_csv_in_swedish_dress(from_csv):
    held = coded(from_csv, CODEBOOK).to_pydict()
    assert from_csv.rows == 60
    assert held["kvall"][:6] == [1, 2, 2, 3, 1, 9]
    assert held["vikt"][:2] == [133.25, 200.0]
    assert held["omrade"][:2] == ["01", "02"]  # zeros that codes begin with are kept
    assert held["egna_ord"][:2] == ["Lampan vid bron är trasig.", None]


def test_the_same_answers_in_windows_coding_and_with_commas_are_the_same(from_csv):
    other = answers().decode().replace(",", ".").replace(";", ",").encode("cp1252")
    assert coded(read_answers(other), CODEBOOK) == coded(from_csv, CODEBOOK)


def test_parquet_says_the_same_and_loses_what_was_written_beside_it(from_csv):
    packed = io.BytesIO()
    held = coded(from_csv, CODEBOOK)
    arrow_parquet.write_table(held.replace_schema_metadata({"notes": "Anna, 850709-9805"}), packed)
    again = read_answers(packed.getvalue())
    assert coded(again, CODEBOOK) == held
    assert b"850709" not in as_parquet(coded(again, CODEBOOK))


def test_the_same_columns_become_the_same_bytes(from_csv):
    held = coded(from_csv, CODEBOOK)
    assert as_parquet(held) == as_parquet(pa.concat_tables([held.slice(0, 10), held.slice(10)]).combine_chunks())


def test_spss_brings_its_own_codebook(tmp_path):
    data = sav(
        tmp_path,
        {"kvall": [1.0, 2.0, 9.0, None], "ord": ["Hej", "", "", ""]},
        column_labels={"kvall": "Trygg ute en kväll"},
        variable_value_labels={"kvall": {1: "Trygg", 2: "Otrygg", 9: "Vet inte"}},
        missing_ranges={"kvall": [9]},
    )
    found = read_answers(data)
    evening, words = found.codebook.variables
    assert (evening.label, evening.kind) == ("Trygg ute en kväll", VariableKind.CODE)
    assert evening.codes == (Code("1", "Trygg"), Code("2", "Otrygg"), Code("9", "Vet inte", True))
    assert words.kind is VariableKind.TEXT
    assert coded(found, found.codebook).to_pydict() == {"kvall": [1, 2, 9, None], "ord": ["Hej", None, None, None]}


def test_what_does_not_fit_says_nothing_and_what_is_not_named_is_left_out():
    found = coded(table(kvall=["1", "7", "1.0", ""], besok=["51", "3", "x", "−0"], extra=["a"] * 4), CODEBOOK)
    assert found.to_pydict() == {"kvall": [1, None, 1, None], "besok": [None, 3.0, None, 0.0]}


def test_counts_tell_every_row():
    counts = column_counts(table(a=["x", "", "x", None], b=[1.0, 1.0, None, float("nan")]))
    assert counts == {"a": {"x": 2, "": 2}, "b": {"1": 2, "": 2}}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "tom"),
        (b"\0\1\2\3", "varken CSV, Parquet eller SPSS"),
        (b"PAR1 850709-9805", "går inte att läsa som Parquet"),
        (b"$FL2 850709-9805", "går inte att läsa som SPSS"),
        (b"a;b\n850709-9805;2;3\n", "går inte att läsa som CSV"),
        (b"a;A\n1;2\n", "samma namn"),
        (b"a;\n1;2\n", "saknar namn"),
        (b"a;b\n", "inga svar"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_that_repeats_nothing(data, sentence):
    with pytest.raises(UnreadableAnswers, match=sentence) as refused:
        read_answers(data)
    assert "850709" not in str(refused.value)
    assert "850709" not in repr(refused.value.__cause__ or "") + repr(refused.value.__context__ or "")


# --- identifiers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "found"),
    [
        (["850709-9805", "x"], (PERSONAL, 1)),
        (["8507099805.0", "1"], (PERSONAL, 1)),
        (["Ring 070-123 45 67", "Ring 070-123 45 67"], (PHONE, 2)),
        (["anna@exempel.se", None], (EMAIL, 1)),
        ([8507099805, 5], (PERSONAL, 1)),
        ([8507099805.0, None], (PERSONAL, 1)),
        ([198507099805.0, float("nan")], (PERSONAL, 1)),
        ([12.8507099805, 1.5], None),
        (["1", "2"], None),
        ([True, False], None),
    ],
)
def test_identifiers_are_found_in_columns_of_every_type(column, found):
    held = identified(table(q=column), book("q"))
    assert [(one.column, one.kind, one.rows) for one in held] == ([("q", *found)] if found else [])


def test_identifiers_are_found_in_titles_and_in_the_codebook():
    (title,) = identified(table(**{"850709-9805": ["1"]}), book("q"))
    assert (title.number, title.column, title.kind, title.rows) == (1, "", PERSONAL, 0)
    (named,) = identified(table(Personnummer=["1"]), book("q"))
    assert (named.column, named.kind) == ("Personnummer", PERSONAL)
    labelled = codebook_from_rows([["variabel", "etikett", "typ"], ["q", "Frågor? anna@exempel.se", "text"]])
    assert [one.kind for one in identified(table(q=["1"]), labelled)] == [EMAIL]


def test_a_coded_column_may_be_called_what_it_asks_about():
    coded_book = codebook_from_rows([["variabel", "kod", "betydelse"], ["e-post", "1", "Ja"], ["", "2", "Nej"]])
    assert identified(table(**{"e-post": ["1", "2"]}), coded_book) == ()


def test_the_answers_of_the_tests_themselves_hold_none(from_csv):
    assert identified(from_csv, CODEBOOK) == ()
