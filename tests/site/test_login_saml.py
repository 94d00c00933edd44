"""Signing in through a SAML identity provider: our metadata, and answers signed by the right key or by a wrong one."""

import base64

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from lxml import etree, html
from tests import reporting_year as year
from tests import universe
from tests.site.identity_provider import SIGN_IN, IdentityProvider

from ledtrad.apps.people import actions as people
from ledtrad.apps.people.models import Person
from ledtrad.site.signing_in import WrongSignInSettings, providers, sign_in_ways

pytestmark = pytest.mark.django_db

BEGIN = "/konto/inloggning/saml/stad/"
HOST = "ledtrad.lillkoping.example"
MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"


@pytest.fixture(scope="module")
def provider():
    return IdentityProvider()


@pytest.fixture(scope="module")
def lillkoping(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_organisation()
        year.build_units()
        year.build_people()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def offered(provider, lillkoping, settings, tmp_path):
    file = tmp_path / "idp.xml"
    file.write_text(provider.metadata())
    environment = {"LEDTRAD_SAML_METADATA": str(file), "LEDTRAD_SAML_DOMAINS": "lillkoping.example"}
    settings.SOCIALACCOUNT_PROVIDERS = providers(environment, is_production=True)
    settings.ALLOWED_HOSTS = ["testserver", HOST]
    settings.SIGN_IN_WAYS = sign_in_ways(environment)
    return environment


def ask(client):
    answer = client.post(BEGIN, HTTP_HOST=HOST)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(SIGN_IN)
    return answer.headers["Location"]


def bring(client, answer):
    """The browser posts the answer, which comes from another site and so without our cookie, and is sent on."""
    posted = client.post(f"{BEGIN}svar/", {"SAMLResponse": answer}, HTTP_HOST=HOST)
    assert posted.headers["Location"] == f"{BEGIN}svar/klart/"
    return client.get(posted.headers["Location"], HTTP_HOST=HOST)


def is_signed_in(client):
    return client.get("/konto/").status_code == 200


def words(response):
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def test_our_metadata_say_who_we_are_and_what_we_ask_for():
    answer = Client().get(f"{BEGIN}metadata/", HTTP_HOST=HOST)
    assert answer.headers["Content-Type"].startswith("text/xml")
    entity = etree.fromstring(answer.content)
    assert entity.tag == f"{MD}EntityDescriptor"
    (ours,) = entity.iter(f"{MD}SPSSODescriptor")
    assert ours.get("WantAssertionsSigned") == "true"
    (back,) = entity.iter(f"{MD}AssertionConsumerService")
    assert back.get("Location") == f"http://{HOST}{BEGIN}svar/"


def test_somebody_registered_is_signed_in_and_known_again(provider):
    client = Client()
    answer = bring(client, provider.answer(ask(client), "rut@lillkoping.example", name="r-1"))
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert "Rut Lillqvist" in words(client.get("/konto/"))
    assert SocialAccount.objects.get().uid == "r-1"
    assert Person.objects.get(key="rut").check_password(year.PASSWORD)
    people.rename_person(person="rut", name="Rut", email="nytt@x.se", by=year.BUILDER, at=year.BEFORE)
    again = Client()
    bring(again, provider.answer(ask(again), "whatever@lillkoping.example", name="r-1"))
    assert is_signed_in(again)


def test_the_sign_in_page_offers_it():
    page = Client().get("/konto/logga-in/")
    assert "Stadens inloggning" in words(page)
    assert "form-action 'self' https://idp.lillkoping.example" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("email", ["stranger@lillkoping.example", "rut@elsewhere.example"])
def test_somebody_whom_nobody_registered_is_not_let_in(provider, email):
    client = Client()
    answer = bring(client, provider.answer(ask(client), email))
    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_somebody_deactivated_is_not_let_in(provider):
    people.deactivate(person="ove", by=year.BUILDER, at=year.BEFORE)
    client = Client()
    answer = bring(client, provider.answer(ask(client), "ove@lillkoping.example"))
    assert "Ditt konto är stängt" in words(client.get(answer.headers["Location"]))
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"signs": False},
        {"minutes": -5},
        {"audience": "https://another.example/metadata"},
        {"to": "http://ledtrad.lillkoping.example/elsewhere/"},
        {"issuer": "https://another.example"},
        {"in_reply_to": "ONELOGIN_nobody_asked"},
    ],
)
def test_an_answer_that_does_not_hold_signs_nobody_in(provider, wrong):
    client = Client()
    answer = bring(client, provider.answer(ask(client), "rut@lillkoping.example", **wrong))
    assert "Du blev inte inloggad" in words(answer) or answer.status_code == 403
    assert not is_signed_in(client)
    assert SocialAccount.objects.count() == 0


def test_an_answer_signed_by_somebody_else_signs_nobody_in():
    client = Client()
    bring(client, IdentityProvider().answer(ask(client), "rut@lillkoping.example"))
    assert not is_signed_in(client)


def test_an_answer_that_was_changed_on_the_way_signs_nobody_in(provider):
    client = Client()
    written = base64.b64decode(provider.answer(ask(client), "rut@lillkoping.example")).decode()
    changed = written.replace("rut@lillkoping.example", "ada@lillkoping.example")
    assert changed != written
    bring(client, base64.b64encode(changed.encode()).decode())
    assert not is_signed_in(client)


def test_a_forged_statement_wrapped_around_the_signed_one_signs_nobody_in(provider):
    client = Client()
    tree = etree.fromstring(base64.b64decode(provider.answer(ask(client), "rut@lillkoping.example")))
    (signed,) = tree.iter("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
    forged = etree.fromstring(etree.tostring(signed).replace(b"rut@lillkoping", b"ada@lillkoping"))
    forged.set("ID", "_forged")
    for signature in forged.findall("{http://www.w3.org/2000/09/xmldsig#}Signature"):
        forged.remove(signature)
    tree.insert(0, forged)
    bring(client, base64.b64encode(etree.tostring(tree)).decode())
    assert not is_signed_in(client)


def test_an_answer_is_good_once_and_in_the_browser_that_asked(provider):
    client, other = Client(), Client()
    answer = provider.answer(ask(client), "rut@lillkoping.example")
    bring(other, answer)
    assert not is_signed_in(other)
    bring(client, answer)
    assert is_signed_in(client)
    client.post("/konto/logga-ut/")
    bring(client, answer)
    assert not is_signed_in(client)


@pytest.mark.parametrize("nonsense", ["", "abc", "PGE+", "å" * 5000])
def test_nonsense_gets_a_page_that_says_so(nonsense):
    client = Client()
    answer = bring(client, nonsense)
    assert answer.status_code < 500
    assert "Du blev inte inloggad" in words(answer)
    assert not is_signed_in(client)


def test_an_answer_too_large_to_be_one_is_not_kept():
    before = Session.objects.count()
    answer = Client().post(f"{BEGIN}svar/", {"SAMLResponse": "x" * 1_000_000}, HTTP_HOST=HOST)
    assert answer.status_code == 422
    assert Client().post("/konto/inloggning/saml/annan/svar/", {"SAMLResponse": "x"}).status_code == 404
    assert Session.objects.count() == before


@pytest.mark.parametrize("written", ["", "<a/>", "no xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_metadata_that_cannot_be_used_stop_the_start(tmp_path, written):
    file = tmp_path / "idp.xml"
    file.write_text(written)
    with pytest.raises(WrongSignInSettings):
        providers({"LEDTRAD_SAML_METADATA": str(file)}, is_production=True)
    with pytest.raises(WrongSignInSettings, match="går inte att läsa"):
        providers({"LEDTRAD_SAML_METADATA": str(tmp_path / "missing.xml")}, is_production=True)
