"""Corrections of what is locked."""

import pytest
from lxml import html
from tests.pages.centre.visiting import WAY, as_, close, page, post, row, select, told
from tests.pages.conftest import words

from ledtrad.apps.reporting.models import Correction

pytestmark = pytest.mark.django_db


def test_a_correction_is_made_and_listed(city):
    close()
    found = page(as_("sara"), WAY)
    address = select(found, f"#rad-{row('K.1').id} a[href*=ratta]")[0].get("href")
    form = page(as_("sara"), address)
    assert form.get_element_by_id("i-total").get("value") == "61,5"
    sent = {
        "version": str(row("K.1").version),
        "total": "62,0",
        "women": "66",
        "men": "57",
        "varfor": "Ett svar dubbelt.",
    }
    answer = post(as_("sara"), address, sent)
    assert answer.url == "/rattelser/2021/#rattelse-1"
    listed = page(as_("ove"), "/rattelser/2021/")
    one = words(listed.get_element_by_id("rattelse-1"))
    for part in ("Rättelse 1", "61,5", "62,0", "Ett svar dubbelt.", "Sara Lillqvist", "Kulturnämnden"):
        assert part in one


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"varfor": " "}, 422, "varför"),
        ({"total": "61,5"}, 422, "ändrar ingenting"),
        ({"total": "sextio"}, 422, "inget tal"),
        ({"version": "0"}, 409, "har rättats sedan"),
        ({"total": ""}, 422, "Ange utfallet"),
    ],
)
def test_a_correction_that_does_not_hold(city, change, status, said):
    close()
    sent = {"version": str(row("K.1").version), "total": "62,0", "varfor": "Ett svar dubbelt."} | change
    answer = post(as_("sara"), f"/arbete/2021/kultur/ar/ratta/{row('K.1').id}/", sent, status)
    assert said in told(answer)
    assert words(html.fromstring(answer.content.decode()).get_element_by_id("varfor")) == sent["varfor"].strip()
    assert not Correction.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("sara", 200), ("carl", 200), ("rut", 403), ("ove", 403), ("rakel", 403)])
def test_who_may_correct(city, who, status):
    close()
    assert as_(who).get(f"/arbete/2021/kultur/ar/ratta/{row('K.1').id}/").status_code == status


def test_only_what_is_locked_is_corrected(city):
    assert as_("sara").get(f"/arbete/2021/kultur/ar/ratta/{row('K.1').id}/").status_code == 422
