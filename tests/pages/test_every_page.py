"""What holds for every page: it opens, has a language, a title and headings in order, and breaks no policy."""

import itertools
import re

import pytest
from tests.pages.conftest import ADDRESSES, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens_with_its_language_title_and_headings_in_order(reader, address, language):
    response = reader.choose(language).get(address)
    assert response.status_code == (404 if address == "/finns-inte/" else 200)
    page = reader.page(address)
    assert page.get("lang") == language
    assert response.headers["Content-Language"] == language
    assert words(page.find(".//title")).endswith("– Ledtråd")
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_breaks_no_policy(reader, address):
    response, page = reader.get(address), reader.page(address)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert not page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
    fetched = page.xpath("//script/@src | //link[not(@rel='alternate')]/@href")
    assert all(address.startswith("/static/") for address in fetched)
    assert all(re.match(r"/\w", address) for address in page.xpath("//link[@rel='alternate']/@href"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_ids_are_given_once(reader, address):
    ids = reader.page(address).xpath("//@id")
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_can_be_skipped_into_and_led_away_from(reader, address):
    page = reader.page(address)
    assert page.xpath("//body/*[1]/@href") == ["#main"]
    assert len(page.xpath("//main[@id='main']")) == 1
    assert page.xpath("//header//nav//a/@href") == ["/", "/enkater/", "/granska/", "/om/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_within_the_site_leads_somewhere(reader, address):
    page = reader.page(address)
    for link in {link.partition("#")[0] for link in page.xpath("//main//a[not(@rel='license')]/@href")} - {""}:
        assert reader.get(link).status_code in (200, 302), link
    ids = set(page.xpath("//@id"))
    assert {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")} <= ids


@pytest.mark.parametrize("address", ["/2020/", "/2020/mal/1.2/", "/2020/matris/", "/trad/assessment:1.2/2020/alvsjo"])
def test_pages_of_invented_figures_say_so(reader, address):
    told = [words(element) for element in reader.page(address).xpath("//*[@role='note']")]
    assert any("påhittade" in text.lower() for text in told)


def test_verdicts_are_words_wherever_there_is_a_symbol(reader):
    for address in ("/2020/", "/2020/mal/1.2/", "/2020/matris/"):
        for symbol in reader.page(address).xpath("//main//*[local-name()='svg' and contains(@class, 'symbol')]"):
            assert symbol.get("aria-hidden") == "true"
            assert words(symbol.getparent()), address
