"""The headers that guard readers. Those of every address × role × method are looked at in `test_authorisation`.

Here: that the looking sees what is wrong, what production adds, and the answers that no address names.
"""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from tests.site.asking import Answer
from tests.site.guarding import headers_lacking, policy_problems

GOOD = "default-src 'none'; script-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"


# ------------------------------------------------------------------------------------------------- the looking sees


@pytest.mark.parametrize(
    "policy",
    [
        "",
        GOOD.replace("default-src 'none'", "default-src 'self'"),
        GOOD.replace("object-src 'none'; ", ""),
        GOOD.replace("base-uri 'none'; ", ""),
        GOOD.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
        GOOD.replace("'self'", "'self' 'unsafe-inline'"),
        GOOD.replace("'self'", "'self' 'unsafe-eval'"),
        GOOD.replace("'self'", "*"),
        GOOD.replace("'self'", "https:"),
        GOOD.replace("'self'", "https://*.example.se"),
        GOOD.replace("'self'", "data:"),
    ],
)
def test_a_policy_that_lets_something_in_is_seen(policy):
    assert policy_problems(policy)


def test_a_policy_that_lets_nothing_in_is_passed():
    assert policy_problems(GOOD) == []


@pytest.mark.parametrize(
    ("role", "changed", "seen"),
    [
        ("anonymous", {}, 0),
        ("reporter", {}, 1),
        ("reporter", {"Cache-Control": "max-age=0, no-cache, no-store"}, 0),
        ("anonymous", {"X-Content-Type-Options": ""}, 1),
        ("anonymous", {"Referrer-Policy": "unsafe-url"}, 1),
        ("anonymous", {"X-Frame-Options": "SAMEORIGIN"}, 1),
    ],
)
def test_a_header_that_is_lacking_is_seen(role, changed, seen):
    headers = {
        "Content-Security-Policy": GOOD,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=()",
    }
    answer = Answer(role, "GET", 200, "", headers | changed, (), "Sidan")
    assert len(headers_lacking(answer)) == seen


# ---------------------------------------------------------------------------- answers that no address of ours names


@pytest.mark.parametrize(
    "address", ["/finns-inte/", "/static/tokens.css", "/static/finns-inte.css", "/revision/x/", "/%00/", "/2020"]
)
def test_what_is_not_there_and_what_lies_still_is_guarded_too(db, address):
    response = Client().get(address)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    if not address.startswith("/static/tokens"):
        assert policy_problems(response.headers["Content-Security-Policy"]) == []
    response.close()


def test_a_post_without_its_token_is_refused_on_a_guarded_page(db):
    response = Client(enforce_csrf_checks=True).post("/konto/logga-in/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert policy_problems(response.headers["Content-Security-Policy"]) == []


def test_cookies_are_for_the_server_and_for_this_site_alone():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert {settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE} <= {"Lax", "Strict"}


# -------------------------------------------------------------------------------------------------- in production


ASK = """
import io, json, logging, django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.conf import settings
found = io.StringIO()
call_command("check", deploy=True, fail_level="WARNING", stdout=found, stderr=found)
secure = Client().get("/om/", secure=True)
plain = Client().get("/om/")
cookies = [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE]
print(json.dumps([found.getvalue(), dict(secure.headers), plain.status_code, plain.headers["Location"], cookies]))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """What a server in production says of itself, and two of its answers."""
    clean = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("LEDTRAD_", "DATABASE_", "DJANGO_ALLOW_"))
    }
    told = {
        "LEDTRAD_VAR": str(tmp_path_factory.mktemp("var")),
        "LEDTRAD_PRODUCTION": "1",
        "LEDTRAD_SECRET_KEY": "åäö" * 10 + "0123456789abcdefghijklmnop",
        "LEDTRAD_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "ledtrad.site.settings",
    }
    collect = "import django; django.setup(); from django.core.management import call_command as c; "
    collect += "c('collectstatic', interactive=False, verbosity=0)"
    for question in (collect, ASK):
        done = subprocess.run(
            [sys.executable, "-c", question], env=clean | told, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_djangos_own_check_has_nothing_to_say(production):
    assert re.search(r"no issues \(\d+ silenced\)", production[0])
    assert "(0 silenced)" in production[0]


def test_the_browser_is_told_to_come_by_https_for_a_year_at_least(production):
    """HSTS, subdomains too; and who comes without is led there."""
    told = production[1]["Strict-Transport-Security"]
    assert int(re.search(r"max-age=(\d+)", told)[1]) >= 31_536_000
    assert "includeSubDomains" in told
    assert production[2:4] == [301, "https://testserver/om/"]
    assert production[4] == [True, True, True]


def test_production_guards_its_pages_as_the_tests_do(production):
    assert headers_lacking(Answer("anonymous", "GET", 200, "", production[1], (), "Sidan")) == []
