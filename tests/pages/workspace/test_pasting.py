"""Cells pasted from a spreadsheet: shown cell by cell, then confirmed."""

import pytest
from lxml import html
from tests.pages.conftest import words
from tests.pages.workspace.writing import PAGE, Writer, row, stored

from ledtrad.apps.reporting.models import SetAside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


BLOCK = 'Kod\tUtfall\tKvinnor\tKommentar\tÅrsmål\nK.2\t4,,2\t1\t"Två\nrader"\t3\nK.9\t1\t\t\t\nK.1\t1 234,5\t66\t\t60\n'


def _paste(rut, text=BLOCK, **more):
    return rut.client.post(f"{PAGE}klistra-in/", {"grid": "indicators", "text": text, **more})


def _fates(answer):
    page = html.fromstring(answer.content.decode())
    lines = page.find_class("pasted")[0].findall(".//tbody/tr")
    return [[cell.get("class").removeprefix("fate-") for cell in line.findall("td")] for line in lines]


def _confirmation(answer):
    """What a browser sends when the button of the preview is pressed: it drops a text field's first line break."""
    form = next(one for one in html.fromstring(answer.content.decode()).forms if "versions" in one.fields)
    sent = dict(form.form_values())
    return {**sent, "text": sent["text"].removeprefix("\n"), "do": "confirm"}


def test_a_paste_is_shown_cell_by_cell_before_anything_changes(rut):
    rut.save(row("K.1"), {"women": "66"})
    answer = _paste(rut)
    assert _fates(answer) == [
        ["key", "not_a_number", "no_fit", "changed", "unused"],
        ["unknown_row", "unknown_row", "empty", "empty", "empty"],
        ["key", "changed", "same", "empty", "unused"],
    ]
    assert stored("K.1")["total"] == ""


def test_a_confirmed_paste_changes_just_what_was_shown(rut):
    answer = rut.client.post(f"{PAGE}klistra-in/", _confirmation(_paste(rut)))
    assert answer.headers["Location"].startswith(f"{PAGE}#rad-")
    assert (stored("K.1")["total"], stored("K.1")["women"]) == ("1 234,5", "66")
    assert (stored("K.2")["total"], stored("K.2")["comment"]) == ("", "Två\nrader")


def test_a_row_that_has_moved_on_since_the_preview_is_set_aside(rut):
    sent = _confirmation(_paste(rut))
    Writer("rolf").save(row("K.1"), {"total": "9"})
    answer = rut.client.post(f"{PAGE}klistra-in/", sent)
    assert answer.headers["Location"] == f"/arbete/konflikt/{SetAside.objects.get().pk}/"
    assert stored("K.1")["total"] == "9"


def test_without_codes_the_block_falls_from_the_cell_that_was_pasted_in(rut):
    text = "66\t57\tBra\textra\n1\t\t\t\n5\n"
    answer = _paste(rut, text, row=str(row("K.1").pk), field="women")
    assert _fates(answer)[0] == ["changed", "changed", "changed", "changed"]
    assert _fates(answer)[1] == ["no_fit", "empty", "empty", "empty"]
    assert _fates(answer)[2] == ["unknown_row"]


def test_activities_are_pasted_by_their_words(rut):
    answer = _paste(rut, "2021/kultur/1\tDelvis genomförd\tTid saknades\n2021/kultur/2\tKanske\t\n", grid="activities")
    assert _fates(answer) == [["key", "changed", "changed"], ["key", "no_fit", "empty"]]


def test_quotes_belong_to_the_text_unless_the_spreadsheet_put_them_there(rut):
    _confirm = {"grid": "indicators", "row": str(row("K.2").pk), "field": "comment"}
    page = html.fromstring(_paste(rut, '"Hej" sa hon\textra', **_confirm).content.decode())
    assert words(page.find_class("pasted-text")[0]) == '"Hej" sa hon'
    page = html.fromstring(_paste(rut, '"Hon sa ""hej""\n två gånger"\textra', **_confirm).content.decode())
    assert words(page.find_class("pasted-text")[0]) == 'Hon sa "hej" två gånger'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "inga celler"),
        (" \t \n", "inga celler"),
        ("1\n" * 2_001, "högst 2000 rader"),
        ("x" * 1_000_001, "för stort"),
    ],
)
def test_a_paste_that_cannot_be_shown_is_explained(rut, text, sentence):
    answer = _paste(rut, text)
    assert answer.status_code == 422
    assert sentence in words(html.fromstring(answer.content.decode()).find_class("error")[0])


def test_only_writers_paste(report):
    assert Writer("lars").client.get(f"{PAGE}klistra-in/").status_code == 403
    assert Writer("ove").client.get(f"{PAGE}klistra-in/").status_code == 404
