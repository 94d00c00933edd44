"""PC-Axis: keywords, broken strings, codes, hierarchies, marks, code pages, sparse files, and what is damaged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledtrad.readers.px import UnreadablePx, counted, looks_like_px, read_px

HEAD = """CHARSET="ANSI";
AXIS-VERSION="2006";
LANGUAGE="sv";
LANGUAGES="sv","en";
DECIMALS=0;
SHOWDECIMALS=1;
MATRIX="TRYGG";
TITLE="Trygghet efter region, kön och år";
TITLE[en]="Safety by region, sex and year";
CONTENTS="Trygghet";
UNITS="procent";
STUB="region","kön";
STUB[en]="region","sex";
HEADING="år";
VALUES("region")="Riket","Stock"
"holm";
VALUES("kön")="kvinnor","män";
VALUES("år")="2024","2025";
CODES("region")="00","0180";
HIERARCHIES("region")="00","00":"0180";
MAP("region")="Sweden";
TIMEVAL("år")=TLIST(A1),"2024","2025";
SOURCE="SCB";
LAST-UPDATED="20260101 08:00";
NOTE="Siffrorna är osäkra#eller DATA= saknas; ""se"
" nedan";
"""
DATA = 'DATA=\n1 2.5\n".." "-"\n-3 0 \n. 7;\n'


def _px(head=HEAD, data=DATA, encoding="cp1252"):
    return (head + data).encode(encoding)


def test_header_and_dimensions():
    cube = read_px(_px(), "a.px")
    assert (cube.name, cube.title, cube.language, cube.unit) == (
        "TRYGG",
        "Trygghet efter region, kön och år",
        "sv",
        "procent",
    )
    assert (cube.source, cube.updated, cube.decimals, cube.counts) == ("SCB", "20260101 08:00", 1, "Trygghet")
    assert cube.notes == ("Siffrorna är osäkra\neller DATA= saknas; se nedan",)
    assert [(one.code, one.role, [c.label for c in one.categories]) for one in cube.dimensions] == [
        ("region", "geo", ["Riket", "Stockholm"]),
        ("kön", "", ["kvinnor", "män"]),
        ("år", "time", ["2024", "2025"]),
    ]
    assert [(c.code, c.parent) for c in cube.dimensions[0].categories] == [("00", ""), ("0180", "00")]
    assert read_px(_px(HEAD + 'CONTVARIABLE="kön";\n'), "a.px").counts == "", "a dimension says what is counted"


def test_figures_and_marks_stand_as_they_are_written():
    cube = read_px(_px(), "a.px")
    assert list(cube.texts) == ["1", "2.5", "..", "-", "-3", "0", ".", "7"]
    assert counted(_px(), "a.px") == {"": 8}
    assert list(cube.long_table().rows)[:3] == [
        ("region", "region (kod)", "kön", "år", "Värde"),
        ("Riket", "00", "kvinnor", "2024", "1"),
        ("Riket", "00", "kvinnor", "2025", "2.5"),
    ]


def test_each_figure_knows_its_line():
    data = _px()
    cube = read_px(data, "a.px")
    lines = data.decode("cp1252").split("\n")
    for number, cell in enumerate(cube.cells()):
        line, _, place = cell.address.removeprefix("a.px#rad ").partition(", tal ")
        written = lines[int(line) - 1].replace('"', "").rstrip(";").split()[int(place) - 1]
        assert written == cube.texts[number]


@pytest.mark.parametrize("separators", [" ", ", ", "; ", "\t", " ,; \r\n"])
def test_separators_are_synonyms(separators):
    written = separators.join(("1", "2.5", '".."', '"-"', "-3", "0", '"."', "7"))
    assert list(read_px(_px(data=f"DATA={written};"), "a.px").texts) == ["1", "2.5", "..", "-", "-3", "0", ".", "7"]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp1252", 'CHARSET="ANSI";'),
        ("cp1252", 'CHARSET="ANSI";\nCODEPAGE="iso-8859-1";'),
        ("utf-8", 'CODEPAGE="utf-8";'),
        ("utf-8-sig", 'CHARSET="ANSI";'),
        ("iso8859-15", 'CODEPAGE="iso-8859-15";'),
        ("cp850", "DECIMALS=0;"),
    ],
)
def test_letters_in_every_code_page(encoding, said):
    head = HEAD.replace('CHARSET="ANSI";', said)
    cube = read_px(_px(head, encoding=encoding), "a.px")
    assert [category.label for category in cube.dimensions[1].categories] == ["kvinnor", "män"]


def test_a_sparse_file_leaves_out_rows_of_zeros():
    data = 'KEYS("region")=CODES;\nKEYS("kön")=VALUES;\nDATA=\n"0180","män",1 ".."\n"00","kvinnor",2 3;\n'
    cube = read_px(_px(data=data), "a.px")
    assert list(cube.texts) == ["2", "3", "0", "0", "0", "0", "1", ".."]
    assert [cell.address for cell in cube.cells()][1:3] == ["a.px#rad 31, tal 2", "a.px#utelämnad rad med nollor"]


def test_what_is_a_px_file():
    assert looks_like_px(_px())
    assert looks_like_px(_px(encoding="utf-8-sig"))
    assert not any(map(looks_like_px, (b"", b"a;b\n1;2\n", b'{"VALUES(": 1}', b"PK\3\4", b"STUB ar inget")))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "är tom"),
        (b"a;b\n", "inte en PC-Axis-fil"),
        (_px(data=""), "saknar DATA"),
        (_px(data="DATA=1 2 3;"), "har 3 siffror men ska enligt sina variabler ha 8"),
        (_px(data="DATA=1 2 3 4 5 6 7 8 9;"), "har 9 siffror"),
        (_px(HEAD.replace('VALUES("kön")="kvinnor","män";\n', "")), "vilka värden variabeln kön har"),
        (_px(HEAD.replace('"00","0180"', '"00"')), "1 koder men 2 värden för variabeln region"),
        (_px('AXIS-VERSION="2006";\nMATRIX="a";\n', "DATA=1;"), "vilka variabler"),
        (_px(HEAD + "HEJ HOPP;\n"), "på rad"),
        (_px(data='KEYS("region")=CODES;\nKEYS("kön")=VALUES;\nDATA=\n"0180","män",1;'), "stämmer"),
    ],
)
def test_what_does_not_hold_is_refused(data, sentence):
    with pytest.raises(UnreadablePx, match=sentence) as refused:
        read_px(data, "a.px")
    assert str(refused.value).startswith("Filen a.px ")
    assert str(refused.value).endswith(".")


figures = st.one_of(
    st.integers(-(10**12), 10**12).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda number: f"{number:f}"),
    st.sampled_from(['"."', '".."', '"......"', '"-"', ".."]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(figures, min_size=8, max_size=8), st.lists(st.sampled_from(" ,;\t\n"), min_size=7, max_size=7))
def test_any_figures_come_back(written, separators):
    body = "".join(one + mark for one, mark in zip(written, [*separators, ""], strict=True))
    data = _px(data=f"DATA=\n{body};")
    assert list(read_px(data, "a.px").texts) == [one.strip('"') for one in written]
    assert counted(data, "a.px") == {"": 8}
