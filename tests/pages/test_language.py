"""The language of the pages: Swedish until somebody chooses another, and no way out of the site."""

import pytest


def test_the_browsers_language_does_not_decide(client, db):
    answer = client.get("/om/", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "sv"


def test_a_choice_is_kept_in_a_cookie_and_leads_back(client):
    answer = client.post("/sprak/", {"language": "en", "next": "/om/?a=1"})
    assert answer.headers["Location"] == "/om/?a=1"
    assert client.get("/om/").headers["Content-Language"] == "en"
    assert "About Ledtråd" in client.get("/om/").content.decode()


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_away_from_the_site(client, next_page):
    assert client.post("/sprak/", {"language": "en", "next": next_page}).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "", "sv'; --"])
def test_an_unknown_language_is_not_kept(client, language):
    assert not client.post("/sprak/", {"language": language, "next": "/om/"}).cookies
    client.cookies["django_language"] = language
    assert client.get("/om/").headers["Content-Language"] == "sv"


def test_reading_sets_no_cookie(client):
    assert not client.get("/om/").cookies
