"""Signing in through the city's directory, held against a real OpenID Connect provider on this machine."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.test import Client
from lxml import html
from tests import reporting_year as year
from tests import universe

from ledtrad.apps.people import actions as people
from ledtrad.apps.people.models import Person
from ledtrad.site.signing_in import WrongSignInSettings, providers, sign_in_ways

pytestmark = pytest.mark.django_db

BEGIN = "/konto/inloggning/oidc/stad/"
ANSWER = f"http://testserver{BEGIN}svar/"
CLIENT, SECRET = "ledtrad", "a secret between the two"  # as in directory.py


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """The address of the directory, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "DATABASE_"))}
    command = [sys.executable, Path(__file__).with_name("directory.py"), port, tmp_path_factory.mktemp("city"), ANSWER]
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, env=clean, text=True) as started:
        assert started.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}"
        started.terminate()


@pytest.fixture(scope="module")
def lillkoping(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_organisation()
        year.build_units()
        year.build_people()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def environment(directory, lillkoping):
    return {"LEDTRAD_OIDC_URL": directory, "LEDTRAD_OIDC_CLIENT": CLIENT, "LEDTRAD_OIDC_SECRET": SECRET}


@pytest.fixture(autouse=True)
def offered(environment, settings):
    """The directory as the settings describe it, from the environment."""

    def offer(**more):
        settings.SOCIALACCOUNT_PROVIDERS = providers({**environment, **more}, is_production=False)
        settings.SIGN_IN_WAYS = sign_in_ways({**environment, **more})

    offer()
    return offer


def ask(client, **more):
    """Where our site sends the browser."""
    answer = client.post(BEGIN, more)
    assert answer.status_code == 302
    return answer.headers["Location"]


def visit(address, person):
    """The directory's answer to a browser in which `person` is signed in there: where it sends the browser back."""
    answer = httpx.get(address, headers={"X-Person": person})
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(ANSWER)
    return answer.headers["Location"].removeprefix("http://testserver")


def sign_in(person, client=None, **more):
    client = client or Client()
    return client, client.get(visit(ask(client, **more), person))


def is_signed_in(client):
    return client.get("/konto/").status_code == 200


def words(response):
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def changed(address, **parts):
    pieces = urlsplit(address)
    asked = {key: values[0] for key, values in parse_qs(pieces.query).items()} | parts
    return urlunsplit(pieces._replace(query=urlencode(asked)))


# --- the whole way --------------------------------------------------------------------------------


def test_somebody_registered_is_signed_in_and_known_again_by_the_directorys_name_for_her():
    client, answer = sign_in("rut", next="/om/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/om/")
    assert "Rut Lillqvist" in words(client.get("/konto/"))
    tied = SocialAccount.objects.get()
    assert (tied.user.key, tied.provider, tied.extra_data) == ("rut", "stad", {})
    people.rename_person(person="rut", name="Rut Lillqvist", email="nytt@x.se", by=year.BUILDER, at=year.BEFORE)
    again, _ = sign_in("rut")
    assert is_signed_in(again)
    assert SocialAccount.objects.count() == 1


def test_what_is_asked_carries_state_nonce_and_a_challenge_each_time_new():
    asked = [parse_qs(urlsplit(ask(Client())).query) for _ in range(2)]
    for parts in asked:
        assert parts["response_type"] == ["code"]
        assert parts["redirect_uri"] == [ANSWER]
        assert set(parts["scope"][0].split()) == {"openid", "profile", "email"}
        assert parts["code_challenge_method"] == ["S256"]
        assert min(len(parts[name][0]) for name in ("state", "nonce", "code_challenge")) >= 16
    assert all(asked[0][name] != asked[1][name] for name in ("state", "nonce", "code_challenge"))


def test_the_session_gets_a_new_name():
    client = Client()
    back = visit(ask(client), "rut")
    before = client.cookies["sessionid"].value
    client.get(back)
    assert client.cookies["sessionid"].value != before
    assert is_signed_in(client)


def test_a_password_of_ones_own_stays():
    sign_in("rut")
    assert Person.objects.get(key="rut").check_password(year.PASSWORD)


def test_the_sign_in_page_offers_it_and_lets_the_form_lead_there(directory):
    page = Client().get("/konto/logga-in/")
    assert "Stadens inloggning" in words(page)
    policy = page.headers["Content-Security-Policy"]
    assert f"form-action 'self' {directory}" in policy
    assert "unsafe" not in policy
    assert Client().get(BEGIN).status_code == 405


# --- who is not let in ----------------------------------------------------------------------------


def test_somebody_whom_no_administrator_has_registered_is_not_let_in():
    before = Person.objects.count()
    client, answer = sign_in("stranger")
    assert answer.status_code == 403
    assert "Be en administratör lägga upp dig" in words(answer)
    assert not is_signed_in(client)
    assert (Person.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_somebody_deactivated_is_not_let_in():
    sign_in("ove")
    people.deactivate(person="ove", by=year.BUILDER, at=year.BEFORE)
    client, answer = sign_in("ove")
    assert "Ditt konto är stängt" in words(client.get(answer.headers["Location"]))
    assert not is_signed_in(client)


def test_an_address_that_the_directory_has_not_made_sure_of_counts_only_where_it_is_trusted(offered):
    client, answer = sign_in("lars")
    assert answer.status_code == 403
    assert not is_signed_in(client)
    offered(LEDTRAD_OIDC_DOMAINS="elsewhere.example")
    client, answer = sign_in("lars")
    assert not is_signed_in(client)
    offered(LEDTRAD_OIDC_DOMAINS="elsewhere.example, lillkoping.example")
    client, answer = sign_in("lars")
    assert is_signed_in(client)


def test_a_second_account_in_the_directory_with_the_same_address_is_not_let_in():
    sign_in("rut")
    client, answer = sign_in("another-rut")
    assert answer.status_code == 403
    assert "ett annat konto i stadens katalog" in words(answer)
    assert not is_signed_in(client)


# --- answers that are not to be trusted -----------------------------------------------------------


def test_an_answer_to_somebody_elses_question_signs_nobody_in():
    """Somebody sends a victim the address with her own answer, to have the victim work under her name."""
    lure = visit(ask(Client()), "rut")
    victim = Client()
    ask(victim)
    answer = victim.get(lure)
    assert not is_signed_in(victim)
    assert "Du blev inte inloggad" in words(answer)


def test_an_answer_with_another_state_signs_nobody_in():
    client = Client()
    back = visit(ask(client), "rut")
    client.get(changed(back, state="x" * 32))
    assert not is_signed_in(client)


def test_an_answer_with_another_nonce_signs_nobody_in():
    client = Client()
    back = visit(changed(ask(client), nonce="another question altogether"), "rut")
    answer = client.get(back)
    assert answer.status_code == 403
    assert "Svaret hör inte till den här inloggningen" in words(answer)
    assert not is_signed_in(client)
    assert SocialAccount.objects.count() == 0


def test_a_code_that_was_taken_elsewhere_is_good_for_nothing():
    """The challenge ties the code to the browser that asked: a code put into another browser's answer fails."""
    stolen = parse_qs(urlsplit(visit(ask(Client()), "rut")).query)["code"][0]
    client = Client()
    back = visit(ask(client), "ove")
    client.get(changed(back, code=stolen))
    assert not is_signed_in(client)


def test_an_answer_is_good_once():
    client = Client()
    back = visit(ask(client), "rut")
    client.get(back)
    client.post("/konto/logga-ut/")
    client.get(back)
    assert not is_signed_in(client)


@pytest.mark.parametrize("asked", ["", "?error=access_denied", "?error=server_error", "?code=x", "?code=x&state=y"])
def test_a_broken_answer_gets_a_page_that_says_so(asked):
    client = Client()
    answer = client.get(f"{BEGIN}svar/{asked}", follow=True)
    assert "Du blev inte inloggad" in words(answer)
    assert not is_signed_in(client)


def test_a_directory_that_cannot_be_reached_gets_a_page_that_says_so(offered):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        offered(LEDTRAD_OIDC_URL=f"http://127.0.0.1:{silent.getsockname()[1]}")
        answer = Client().post(BEGIN, follow=True)
    assert answer.status_code == 503
    assert "Du blev inte inloggad" in words(answer)


def test_another_directory_is_none():
    assert Client().post("/konto/inloggning/oidc/annan/").status_code == 404


# --- settings -------------------------------------------------------------------------------------


def test_settings_that_do_not_hold_together_stop_the_start():
    with pytest.raises(WrongSignInSettings, match="LEDTRAD_OIDC_CLIENT"):
        providers({"LEDTRAD_OIDC_URL": "https://x.se"}, is_production=False)
    whole = {"LEDTRAD_OIDC_CLIENT": "c", "LEDTRAD_OIDC_SECRET": "s"}
    with pytest.raises(WrongSignInSettings, match="https"):
        providers({**whole, "LEDTRAD_OIDC_URL": "http://x.se"}, is_production=True)
    assert providers({}, is_production=True) == {}
    assert sign_in_ways({}) == ()
