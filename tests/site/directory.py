"""A city's directory: a real OpenID Connect provider, run as a program of its own on this machine.

Who visits it is signed in as the person that the header X-Person names: how the directory itself tells people apart is
no business of ours. Arguments: port, folder, and where the answer is to be sent.
"""

import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

# Name in the directory, address, and whether the directory has made sure of it.
PEOPLE = (
    ("rut", "rut@lillkoping.example", True),
    ("another-rut", "RUT@lillkoping.example", True),
    ("lars", "lars@lillkoping.example", False),
    ("ove", "ove@lillkoping.example", True),
    ("stranger", "stranger@elsewhere.example", True),
)
CLIENT, SECRET = "ledtrad", "a secret between the two"


def private_key():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    shape = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, *shape).decode()


class SignedInByHeader:
    def __init__(self, get_response):
        self._get_response = get_response

    def __call__(self, request):
        from django.contrib.auth import get_user_model

        name = request.headers.get("X-Person", "")
        found = get_user_model().objects.filter(username=name).first()
        if found:
            request.user = found
        return self._get_response(request)


def set_up(folder):
    settings.configure(
        DEBUG=False,
        SECRET_KEY="for this test only, and for nothing beside it",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(folder) / "directory.sqlite3")}
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            f"{__name__}.SignedInByHeader",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        ACCOUNT_UNIQUE_EMAIL=False,
        IDP_OIDC_PRIVATE_KEY=private_key(),
    )
    django.setup()


def fill(answer_to):
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name, email, is_verified in PEOPLE:
        person = get_user_model().objects.create_user(name, email)
        EmailAddress.objects.create(user=person, email=email.lower(), verified=is_verified, primary=True)
    client = Client(id=CLIENT, name="Ledtråd", scopes="openid\nprofile\nemail", skip_consent=True)
    client.set_secret(SECRET)
    client.redirect_uris = answer_to
    client.save()


def __getattr__(name):
    if name == "urlpatterns":
        from django.urls import include, path

        return [path("", include("allauth.idp.urls", namespace="idp"))]
    raise AttributeError(name)


class Quiet(WSGIRequestHandler):
    def log_message(self, *told):
        """Nothing on the terminal."""


if __name__ == "__main__":
    sys.modules["directory"] = sys.modules["__main__"]
    __name__ = "directory"
    port, folder, answer_to = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    set_up(folder)
    fill(answer_to)
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet) as server:
        print("ready", flush=True)
        server.serve_forever()
