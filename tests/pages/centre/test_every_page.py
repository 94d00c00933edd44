"""Every page of the centre: its heading, who is asked to sign in, and what is not there."""

import pytest
from tests.pages.centre.visiting import as_, page, select

pytestmark = pytest.mark.django_db

PAGES = (
    "/lage/2021/ar/",
    "/lage/2021/t1/",
    "/lage/2021/ar/?visa=late&slag=specialist_board&sedan=2022-01-01",
    "/lage/2021/fragor/",
    "/lage/2021/mal/1.2/",
    "/lage/2021/mal/1.2/?oppna=alla&rapport=t1",
    "/lage/2020/mal/1.1.F/",
    "/lage/2020/mal/1/",
    "/lage/2021/ar/alla/",
    "/lage/2021/ar/kultur/",
    "/prognoser/2021/",
    "/rattelser/2021/",
    "/arbete/2021/kultur/ar/vagen/",
    "/sok/",
    "/sok/?q=trygg&slag=mal",
)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_with_one_heading(city, address, language):
    found = page(as_("carl", language), address)
    assert len(select(found, "h1")) == 1
    assert found.get("lang") == language
    assert not select(found, "main [style]")
    assert not select(found, "main script")


@pytest.mark.parametrize("address", PAGES)
def test_whoever_has_not_signed_in_is_asked_to(city, address):
    answer = as_(None).get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/konto/")


@pytest.mark.parametrize(
    "address",
    [
        "/lage/2021/t3/",
        "/lage/2021/mal/9.9/",
        "/lage/2021/ar/finns-inte/",
        "/lage/99999/ar/",
        "/prognoser/1999/",
        "/arbete/2021/miljo/ar/vagen/",
        "/lage/2021/mal/1.2/?rapport=x",
    ],
)
def test_what_is_not_there(city, address):
    page(as_("carl"), address, 404)
