"""Signing in in a real browser: a password, a code from an app, and a key; and every page on the way as axe sees it."""

import os
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.utils import timezone
from tests import reporting_year as year
from tests.journeys.axe import findings
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("LEDTRAD_PEOPLE_PICTURES", "")


@pytest.fixture
def visit(visit):
    """Signing in makes the processor work; a busy machine needs its time."""

    def patient(**options):
        visitor = visit(**options)
        visitor.page.set_default_timeout(30_000)
        return visitor

    return patient


@pytest.fixture(autouse=True)
def lillkoping(city):
    cache.clear()  # the shared table is no model's, and is not emptied between journeys
    year.build_units()
    year.build_people()


def looked_at(page, name):
    """axe finds nothing, nothing scrolls sideways on a phone, and a picture is kept where one is asked for."""
    for width, scheme, shown_anew in ((PHONE, "dark", False), (DESK, "light", True)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (name, width)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        assert findings(page, shown_anew=shown_anew) == []


def sign_in(page, name, password=year.PASSWORD):
    page.get_by_label("E-postadress").fill(year.email(name))
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in med lösenordet").click()


def sign_out(page):
    page.get_by_role("button", name="Logga ut", exact=True).click()
    page.wait_for_load_state()


def confirm(page):
    page.get_by_label("Ditt lösenord").fill(year.PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()


def code(secret, later=0):
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30 + later))


def test_a_password_then_a_code_from_an_app(visit):
    page = visit().open("/konto/logga-in/")
    looked_at(page, "logga-in")
    sign_in(page, "rut", "fel lösenord")
    page.get_by_role("alert").wait_for()
    looked_at(page, "fel-losenord")
    sign_in(page, "rut")
    page.wait_for_url("**/arbete/**")

    page = visit_again(page, "/konto/")
    looked_at(page, "mitt-konto")
    page.get_by_role("link", name="Nycklar och koder").click()
    looked_at(page, "nycklar-och-koder")
    page.get_by_role("link", name="Anslut en app").click()
    looked_at(page, "bekrafta")
    confirm(page)
    page.get_by_label("De sex siffrorna").wait_for()
    looked_at(page, "anslut-app")
    secret = page.locator(".secret").inner_text()
    page.get_by_label("De sex siffrorna").fill("000000")
    page.get_by_role("button", name="Anslut appen").click()
    assert "Koden är fel" in page.locator(".wrong").first.inner_text()
    page.get_by_label("De sex siffrorna").fill(code(secret))
    page.get_by_role("button", name="Anslut appen").click()
    page.locator(".codes").wait_for()
    looked_at(page, "reservkoder")
    spare = page.locator(".codes li").first.inner_text()

    sign_out(page)
    page = visit_again(page, "/konto/logga-in/")
    sign_in(page, "rut")
    page.get_by_label("Kod", exact=True).wait_for()
    looked_at(page, "ett-steg-till")
    visit_again(page, "/konto/")
    assert "/konto/logga-in/" in page.url or "/konto/tvasteg/kod/" in page.url, "half-way in is not in"
    page = visit_again(page, "/konto/tvasteg/kod/")
    page.get_by_label("Kod", exact=True).fill(code(secret, later=1))
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url("**/arbete/**")

    sign_out(page)
    page = visit_again(page, "/konto/logga-in/")
    sign_in(page, "rut")
    page.get_by_label("Kod", exact=True).fill(spare)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url("**/arbete/**")
    sign_out(page)
    page = visit_again(page, "/konto/logga-in/")
    sign_in(page, "rut")
    page.get_by_label("Kod", exact=True).fill(spare)
    page.get_by_role("button", name="Logga in", exact=True).click()
    assert "Koden är fel" in page.locator(".wrong").first.inner_text(), "a recovery code is good once"


def visit_again(page, path):
    base = "/".join(page.url.split("/")[:3])
    page.goto(base + path)
    return page


def virtual_key(page):
    """A key in the computer, that the person unlocks with a finger; as Chromium itself imitates it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    answer = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, answer["authenticatorId"]


def test_a_key_alone(visit):
    page = visit().open("/konto/logga-in/")
    session, key = virtual_key(page)
    sign_in(page, "sara")
    page.wait_for_url("**/arbete/**")
    page = visit_again(page, "/konto/nycklar/")
    looked_at(page, "inga-nycklar")
    page.get_by_role("link", name="Lägg till en nyckel").click()
    confirm(page)
    page.get_by_label("Vad du kallar nyckeln").fill("Min dator")
    looked_at(page, "ny-nyckel")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.get_by_role("heading", name="Reservkoder").wait_for()
    page = visit_again(page, "/konto/nycklar/")
    assert "Min dator" in page.locator(".held").inner_text()
    looked_at(page, "nycklar")
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1

    sign_out(page)
    page = visit_again(page, "/konto/logga-in/")
    page.get_by_role("button", name="Logga in med nyckel").click()
    page.wait_for_url("**/arbete/**")
    assert "Sara Lillqvist" in page.locator("header").inner_text()

    sign_out(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page = visit_again(page, "/konto/logga-in/")
    page.get_by_role("button", name="Logga in med nyckel").click()
    page.get_by_role("alert").wait_for()
    looked_at(page, "nyckeln-lastes-inte")
    # With a password too, the key is asked for as the second step.
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": True})
    sign_in(page, "sara")
    page.get_by_role("button", name="Använd en nyckel i stället").click()
    page.wait_for_url("**/arbete/**")


def test_without_scripts_a_password_is_enough(visit):
    page = visit(java_script_enabled=False).open("/konto/logga-in/")
    assert not page.get_by_role("button", name="Logga in med nyckel").is_visible()
    sign_in(page, "rut")
    page.goto(page.url.split("/arbete/")[0] + "/konto/")
    assert "Rut Lillqvist" in page.locator("main").inner_text()


def test_signing_in_by_keyboard_alone(visit):
    page = visit().open("/konto/logga-in/")
    page.get_by_label("E-postadress").focus()
    page.keyboard.type(year.email("rut"))
    page.keyboard.press("Tab")
    page.keyboard.type(year.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/arbete/**")


def test_the_demo_offers_invented_people(visit, settings):
    settings.DEMO = True
    page = visit().open("/konto/logga-in/")
    looked_at(page, "demo")
    page.get_by_role("button", name="Ulla Lillqvist").click()
    page.wait_for_url("**/arbete/**")
    assert "Ulla Lillqvist" in page.locator("header").inner_text()


def test_an_administrator_among_people(visit):
    page = visit().open("/konto/logga-in/?next=/personer/")
    sign_in(page, "ada")
    page.get_by_role("heading", name="Personer").wait_for()
    looked_at(page, "personer")
    page.get_by_label("Namn, adress eller enhet").fill("biblioteket")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Ulla Lillqvist").click()
    looked_at(page, "person")
    page.get_by_label("Roll", exact=True).select_option(label="Läsare")
    page.get_by_label("För", exact=True).fill("miljo")
    page.get_by_role("button", name="Ge rollen").click()
    page.get_by_role("status").wait_for()
    assert "Läsare, Miljönämnden" in page.locator("main").inner_text()
    page.get_by_role("link", name="Stäng kontot").click()
    looked_at(page, "stang-kontot")
    page.get_by_role("button", name="Se vad som händer").click()
    page.get_by_role("heading", name="Det här händer när kontot för Ulla Lillqvist stängs").wait_for()
    looked_at(page, "stang-kontot-visat")
    page.get_by_role("button", name="Stäng kontot").click()
    page.get_by_role("status").wait_for()
    looked_at(page, "person-som-slutat")
    page.get_by_role("link", name="Radera personuppgifterna").click()
    looked_at(page, "radera")
    page.get_by_role("button", name="Radera personuppgifterna").click()
    page.get_by_role("heading", name="Personer").wait_for()
    page = visit_again(page, "/personer/ny/")
    looked_at(page, "ny-person")
    page = visit_again(page, "/personer/ada/")
    looked_at(page, "egen-sida")
    page = visit_again(page, "/konto/sessioner/")
    looked_at(page, "sessioner")


@pytest.mark.parametrize(
    "path", ["/konto/losenord/glomt/", "/konto/losenord/glomt/skickat/", "/konto/losenord/bytt/", "/konto/avslutat/"]
)
def test_the_other_pages_on_the_way_in(visit, path):
    looked_at(visit().open(path), path.strip("/").replace("/", "-"))
