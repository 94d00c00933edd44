"""When something goes wrong the page says so in Swedish, says that nothing was lost, and what to do."""

import pytest
from django.test import Client, override_settings
from django.urls import path

from ledtrad.site.urls import urlpatterns as site_addresses


def _fall(request):
    raise RuntimeError("a secret that nobody may see")


def _refuse(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


def _doubt(request):
    from django.core.exceptions import BadRequest

    raise BadRequest


urlpatterns = [path("faller/", _fall), path("nekas/", _refuse), path("konstigt/", _doubt), *site_addresses]


@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/faller/", 500, "Något gick fel hos oss"),
        ("/nekas/", 403, "Du får inte öppna sidan"),
        ("/konstigt/", 400, "Förfrågan gick inte att läsa"),
        ("/finns-inte/", 404, "Sidan finns inte"),
    ],
)
def test_trouble_has_a_page_of_its_own(address, status, heading):
    answer = Client(raise_request_exception=False).get(address)
    said = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in said
    assert "Ingenting" in said
    assert "secret" not in said
    assert 'lang="sv"' in said


def test_a_form_that_has_lost_its_token_is_explained():
    answer = Client(enforce_csrf_checks=True).post("/granska/", {"text": "x"})
    assert answer.status_code == 403
    assert "Du får inte öppna sidan" in answer.content.decode()


@pytest.mark.django_db
def test_an_empty_city_says_what_will_come():
    answer = Client().get("/")
    assert answer.status_code == 200
    assert "Inget här ännu" in answer.content.decode()
    assert "granska" in answer.content.decode()
    assert Client().get("/granska/").status_code == 200
