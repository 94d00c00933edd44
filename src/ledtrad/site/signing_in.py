"""Settings for signing in, read from the environment.

LEDTRAD_OIDC_URL        the directory's address; OpenID Connect is offered when it is set
LEDTRAD_OIDC_CLIENT     the name, and
LEDTRAD_OIDC_SECRET     the secret, under which the directory knows this site
LEDTRAD_OIDC_NAME       what the button says                                     (Stadens inloggning)
LEDTRAD_OIDC_DOMAINS    mail domains whose addresses the directory vouches for, with commas
LEDTRAD_OIDC_ORIGINS    further origins that the directory's sign-in page passes through, with commas
LEDTRAD_SAML_METADATA   a file with the metadata of the city's identity provider; SAML is offered when it is set
LEDTRAD_SAML_NAME       what the button says                                     (Stadens inloggning)
LEDTRAD_SAML_DOMAINS    mail domains whose addresses the identity provider vouches for, with commas
LEDTRAD_SAML_KEY, LEDTRAD_SAML_CERTIFICATE   files with a key of our own, to sign requests (may be left out)
LEDTRAD_OFFICE_NETWORKS networks that many people share, such as the city hall's, with commas
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError, fromstring

OIDC, SAML = "stad", "stad"
_NAME = "Stadens inloggning"
_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"


class WrongSignInSettings(RuntimeError):
    """What the environment says of single sign-on does not hold together."""


@dataclass(frozen=True, slots=True)
class SignInWay:
    """A button on the sign-in page: where it leads, and which origins the browser passes on the way."""

    url_name: str
    slug: str
    name: str
    origins: tuple[str, ...]


def listed(written: str) -> list[str]:
    """What stands between commas."""
    return [part.strip() for part in written.split(",") if part.strip()]


def providers(environment: Mapping[str, str], *, is_production: bool) -> dict[str, Any]:
    """allauth's SOCIALACCOUNT_PROVIDERS."""
    found = {}
    if environment.get("LEDTRAD_OIDC_URL"):
        found["openid_connect"] = _openid_connect(environment, is_production)
    if environment.get("LEDTRAD_SAML_METADATA"):
        found["saml"] = _saml(environment)
    return found


def sign_in_ways(environment: Mapping[str, str]) -> tuple[SignInWay, ...]:
    """The buttons beside the password."""
    ways = []
    if environment.get("LEDTRAD_OIDC_URL"):
        origins = (_origin(environment["LEDTRAD_OIDC_URL"]), *listed(environment.get("LEDTRAD_OIDC_ORIGINS", "")))
        ways.append(SignInWay("openid_connect_login", OIDC, environment.get("LEDTRAD_OIDC_NAME") or _NAME, origins))
    if environment.get("LEDTRAD_SAML_METADATA"):
        idp = _identity_provider(Path(environment["LEDTRAD_SAML_METADATA"]))
        name = environment.get("LEDTRAD_SAML_NAME") or _NAME
        ways.append(SignInWay("saml_login", SAML, name, (_origin(idp["sso_url"]),)))
    return tuple(ways)


def _openid_connect(environment: Mapping[str, str], is_production: bool) -> dict[str, Any]:
    url = environment["LEDTRAD_OIDC_URL"].rstrip("/")
    if is_production and not url.startswith("https://"):
        raise WrongSignInSettings("LEDTRAD_OIDC_URL måste börja med https:// i skarp drift.")
    client, secret = environment.get("LEDTRAD_OIDC_CLIENT", ""), environment.get("LEDTRAD_OIDC_SECRET", "")
    if not (client and secret):
        raise WrongSignInSettings("LEDTRAD_OIDC_URL kräver också LEDTRAD_OIDC_CLIENT och LEDTRAD_OIDC_SECRET.")
    domains = listed(environment.get("LEDTRAD_OIDC_DOMAINS", ""))
    return {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": OIDC,
                "name": environment.get("LEDTRAD_OIDC_NAME") or _NAME,
                "client_id": client,
                "secret": secret,
                "settings": {"server_url": url, **_vouching(domains)},
            }
        ],
    }


def _vouching(domains: list[str]) -> dict[str, Any]:
    """Without domains, only an address that the directory itself calls verified counts."""
    return {"email_authentication": True, **({"verified_email": domains} if domains else {})}


def _saml(environment: Mapping[str, str]) -> dict[str, Any]:
    domains = listed(environment.get("LEDTRAD_SAML_DOMAINS", ""))
    return {
        "APPS": [
            {
                "provider_id": f"saml-{SAML}",
                "name": environment.get("LEDTRAD_SAML_NAME") or _NAME,
                "client_id": SAML,
                "settings": {
                    "idp": _identity_provider(Path(environment["LEDTRAD_SAML_METADATA"])),
                    "advanced": {**_REQUIRED, **_own_key(environment)},
                    **_vouching(domains),
                },
            }
        ]
    }


_REQUIRED = {
    "strict": True,
    "want_assertion_signed": True,
    "reject_idp_initiated_sso": True,
    "reject_deprecated_algorithm": True,
}


def _own_key(environment: Mapping[str, str]) -> dict[str, Any]:
    key, certificate = environment.get("LEDTRAD_SAML_KEY", ""), environment.get("LEDTRAD_SAML_CERTIFICATE", "")
    if not (key and certificate):
        return {}
    return {
        "private_key": _read(Path(key)),
        "x509cert": _read(Path(certificate)),
        "authn_request_signed": True,
        "metadata_signed": True,
    }


def _identity_provider(file: Path) -> dict[str, str]:
    """Who the identity provider is, where it signs people in, and the certificate that its answers are held against."""
    try:
        root = fromstring(_read(file))
    except ParseError as error:
        raise WrongSignInSettings(f"{file} är inte läsbar som SAML-metadata.") from error
    entity = root if root.tag == f"{_MD}EntityDescriptor" else root.find(f"{_MD}EntityDescriptor")
    provider = entity.find(f"{_MD}IDPSSODescriptor") if entity is not None else None
    if entity is None or provider is None:
        raise WrongSignInSettings(f"{file} beskriver ingen identitetsleverantör.")
    return {
        "entity_id": entity.get("entityID", ""),
        "sso_url": _sign_in_address(provider, file),
        "x509cert": _certificate(provider, file),
    }


def _sign_in_address(provider: Element, file: Path) -> str:
    for service in provider.findall(f"{_MD}SingleSignOnService"):
        if service.get("Binding") == _REDIRECT and service.get("Location"):
            return str(service.get("Location"))
    raise WrongSignInSettings(f"{file} saknar en adress för inloggning med HTTP-Redirect.")


def _certificate(provider: Element, file: Path) -> str:
    for key in provider.findall(f"{_MD}KeyDescriptor"):
        found = key.find(f".//{_DS}X509Certificate")
        if key.get("use", "signing") == "signing" and found is not None and found.text:
            return "".join(found.text.split())
    raise WrongSignInSettings(f"{file} saknar ett certifikat för signering.")


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise WrongSignInSettings(f"Filen {file} går inte att läsa.") from error


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
