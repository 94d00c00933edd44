"""Every word of the pages is Swedish on Swedish pages, and English on English ones."""

import re
import sys
from pathlib import Path

import pytest
from tests.pages.conftest import ADDRESSES

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "script"))
import messages  # noqa: E402


def test_the_catalogue_holds_what_the_pages_say_and_nothing_else():
    assert messages.differences() == []


def test_nothing_is_left_untranslated_or_in_doubt():
    for message in messages.stored():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert not message.id or (all(forms) and not message.fuzzy), message.id


def test_translations_keep_their_placeholders():
    assert [(message.id, errors) for message, errors in messages.stored().check()] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_english_is_left_on_a_swedish_page(reader, address):
    page = reader.page(address)
    for form in page.xpath("//form[@class='language']"):
        form.drop_tree()
    said = set(_texts(page))
    assert said & _phrases_with_another_translation() == set()


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_swedish_is_left_on_an_english_page_but_what_says_that_it_is(reader, address):
    page = reader.choose("en").page(address)
    for swedish in page.xpath("//*[@lang='sv']"):
        swedish.drop_tree()
    said = " ".join(text for text in _texts(page) if "Ledtråd" not in text)
    assert [letter for letter in "åäöÅÄÖ" if letter in re.sub("Älvsjö|Söder|Väst|Lillköping", "", said)] == [], said


def _texts(page):
    for element in page.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "textarea", "code"):
            for text in (element.text, *(child.tail for child in element)):
                if text and text.strip():
                    yield " ".join(text.split())
    yield from page.xpath("//@aria-label | //@alt | //@title | //@placeholder")


def _phrases_with_another_translation():
    return {
        message.id
        for message in messages.stored()
        if isinstance(message.id, str) and message.id and message.id != message.string and "%(" not in message.id
    }
