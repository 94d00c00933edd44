"""Django's settings, read from the environment.

DATABASE_URL          sqlite:///… or postgresql://…   (an SQLite file under var/ when not set)
LEDTRAD_VAR           where files that the program makes are kept           (var/)
LEDTRAD_PRODUCTION    1 in production: needs a key, demands HTTPS
LEDTRAD_SECRET_KEY    signs cookies; made under var/ when not set outside production
LEDTRAD_SECRET_KEY_BEFORE   the key before it, while it is being changed
LEDTRAD_HOSTS         host names served, with commas                        (localhost)
LEDTRAD_DEBUG         1 shows tracebacks in the browser; never in production
LEDTRAD_BEHIND_PROXY  1 when a proxy ends HTTPS and sets X-Forwarded-Proto and X-Forwarded-For
LEDTRAD_DEMO          1 lets anybody sign in as one of the demo city's invented people; never in production
LEDTRAD_CITY_AREA     the official code of the city's own area             (0180)
LEDTRAD_SIMILAR_BY    indicators by which municipalities are alike, the first is their size (SCB.1,SCB.2,SCB.3)
LEDTRAD_SMTP          the mail server: smtp://user:password@host:587         (mail is kept as files under var/)
LEDTRAD_MAIL_FROM     whom mail comes from
LEDTRAD_CITY          what the city is called: "Stockholm"
LEDTRAD_PUBLISHER     who publishes the report and open data: "Stockholms stad", else the city's name
LEDTRAD_CONTACT       a mail address for questions about open data           (none)
LEDTRAD_ANSWERS       where survey answers are kept, apart from all else   (var/answers/)
LEDTRAD_WAREHOUSE     the engine that survey answers are estimated in        (duckdb:, in this process)
LEDTRAD_CALLS_PER_MINUTE   how often one address may ask for open data      (600, in each process)
Single sign-on and shared networks: see `signing_in.py`. Neighbours' figures: see `neighbours.py`.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from ledtrad.site.database import database_settings
from ledtrad.site.neighbours import neighbour_settings
from ledtrad.site.post import mail_settings
from ledtrad.site.secrets import secret_key
from ledtrad.site.signing_in import listed, providers, sign_in_ways

_ROOT = Path(__file__).resolve().parents[3]
_PACKAGE = Path(__file__).resolve().parents[1]


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in ("1", "true", "yes", "on")


IS_PRODUCTION = _is_on("LEDTRAD_PRODUCTION")
# Beside the code in a checkout; an installed package keeps its files where it is started.
VAR = Path(os.environ.get("LEDTRAD_VAR") or (_ROOT if (_ROOT / "pyproject.toml").exists() else Path.cwd()) / "var")
VAR.mkdir(parents=True, exist_ok=True)
# Survey answers lie apart: in no database, in no ordinary backup, and under no address.
ANSWERS_DIR = Path(os.environ.get("LEDTRAD_ANSWERS") or VAR / "answers")
WAREHOUSE = os.environ.get("LEDTRAD_WAREHOUSE", "")

DEBUG = _is_on("LEDTRAD_DEBUG") and not IS_PRODUCTION
SECRET_KEY = secret_key(VAR, given=os.environ.get("LEDTRAD_SECRET_KEY", ""), is_production=IS_PRODUCTION)
# The key before this one still opens what it closed: sessions, links, and the secrets of authenticator apps.
SECRET_KEY_FALLBACKS = [key for key in (os.environ.get("LEDTRAD_SECRET_KEY_BEFORE", ""),) if key]
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("LEDTRAD_HOSTS", "localhost,127.0.0.1,[::1]").split(",")]

# What open data say of themselves, and how often one address may ask each process for them.
_CITY = os.environ.get("LEDTRAD_CITY", "").strip() or "Stockholm"
OPEN_DATA = {
    "city": _CITY,
    "publisher": os.environ.get("LEDTRAD_PUBLISHER", "").strip() or {"Stockholm": "Stockholms stad"}.get(_CITY, _CITY),
    "contact": os.environ.get("LEDTRAD_CONTACT", ""),
    "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    "calls_per_minute": int(os.environ.get("LEDTRAD_CALLS_PER_MINUTE", "600")),
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "ledtrad.apps.audit",
    "ledtrad.apps.organisation",
    "ledtrad.apps.people",
    "ledtrad.apps.steering",
    "ledtrad.apps.indicators",
    "ledtrad.apps.goals",
    "ledtrad.apps.neighbours",
    "ledtrad.apps.surveys",
    "ledtrad.apps.reporting",
    "ledtrad.apps.auditors",
    "ledtrad.apps.search",
    "ledtrad.apps.annual_report",
    "ledtrad.apps.open_data",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ledtrad.site.headers.ContentPolicy",
    "ledtrad.site.headers.PermissionsPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ledtrad.site.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "ledtrad.site.bodies.BoundedBodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ledtrad.site.one_look.LooksOnce",
    "ledtrad.site.acting.ActingPerson",
    "ledtrad.site.reading.CountsReads",
    "ledtrad.site.refusals.RefusalsAsPages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["ledtrad.apps.people.hashing.Argon2"]
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATORS + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATORS + "UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("name", "email")}},
    {"NAME": _VALIDATORS + "CommonPasswordValidator"},
    {"NAME": _VALIDATORS + "NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
SESSION_ENGINE = "ledtrad.apps.people.sessions"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # a working day
# Anybody may sign in as an invented person: only where everything is invented.
DEMO = _is_on("LEDTRAD_DEMO") and not IS_PRODUCTION
SIGN_IN_WAYS = sign_in_ways(os.environ)
OFFICE_NETWORKS = listed(os.environ.get("LEDTRAD_OFFICE_NETWORKS", ""))

ACCOUNT_ADAPTER = "ledtrad.apps.people.adapters.account.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "ledtrad.apps.people.forms.signing_in.SignInForm",
    "change_password": "ledtrad.apps.people.forms.signing_in.NewPasswordForm",
    "reauthenticate": "ledtrad.apps.people.forms.signing_in.ConfirmForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # administrators vouch for the addresses
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
# Passwords are counted by ourselves (people.actions.attempts). `login_failed` is left for codes of a second factor;
# a whole city hall behind one address must not be shut out, so nothing else is counted by address alone.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key,20/1h/key",
    "reset_password": "5/15m/key,300/1h/ip",
    "reset_password_from_key": "300/1h/ip",
}
MFA_ADAPTER = "ledtrad.apps.people.adapters.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ledtråd"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION  # http://localhost
MFA_RATE_LIMITS = {"webauthn_login": None}  # there is nothing to guess
SOCIALACCOUNT_ADAPTER = "ledtrad.apps.people.adapters.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = providers(os.environ, is_production=IS_PRODUCTION)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds

# The people's pages stand below the apps that know what things are called.
TITLES_OF_OBJECTS = "ledtrad.site.ownables.titles"
TITLES_IN_LOG = "ledtrad.site.logged.titles"
SIGHT_IN_LOG = "ledtrad.site.log_sight.unseen"
# So do the indicators' pages, and what they are used for.
INDICATOR_USES = "ledtrad.site.indicator_uses.uses"
INDICATORS_IN_USE = "ledtrad.site.indicator_uses.in_use"

# Figures by area: which area is the city itself, and by what others are found to be like it.
CITY_AREA = os.environ.get("LEDTRAD_CITY_AREA", "").strip() or "0180"
SIMILAR_BY = tuple(listed(os.environ.get("LEDTRAD_SIMILAR_BY", "SCB.1,SCB.2,SCB.3")))

# Shared by all processes: codes that have been used, and how often something has been tried.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
globals().update(
    mail_settings(os.environ.get("LEDTRAD_SMTP", ""), VAR, os.environ.get("LEDTRAD_MAIL_FROM", "ledtrad@localhost"))
)

globals().update(neighbour_settings(os.environ))

ROOT_URLCONF = "ledtrad.site.urls"
WSGI_APPLICATION = "ledtrad.site.wsgi.application"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_PACKAGE / "site" / "jinja2"],
        "APP_DIRS": True,  # <app>/jinja2/<app>/…
        "OPTIONS": {"environment": "ledtrad.site.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL", ""), VAR / "ledtrad.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [_PACKAGE / "site" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns of a folder that is not there
STATICFILES_DIRS = [
    folder for folder in (_PACKAGE / "renderers" / "html" / "styles", _PACKAGE / "site" / "static") if folder.is_dir()
]
# Until collectstatic has been run, files are served from where they lie; afterwards by name with a fingerprint.
_IS_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not _IS_COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _IS_COLLECTED or IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = 0
if _is_on("LEDTRAD_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# A checked text may be 50 MB; it is refused by the reader with a sentence, not by Django with an error page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
# A whole grid sent without JavaScript: some 500 activities with several fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
