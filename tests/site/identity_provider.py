"""A city's SAML identity provider, as far as answers go: it signs what it says with a key of its own."""

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils

ENTITY = "https://idp.lillkoping.example/metadata"
SIGN_IN = "https://idp.lillkoping.example/sign-in"
_EMAIL = "urn:oid:0.9.2342.19200300.100.1.3"


@dataclass
class IdentityProvider:
    """`key` and `certificate` as text; another provider has others."""

    key: str = ""
    certificate: str = ""
    asked: list = field(default_factory=list)

    def __post_init__(self):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.lillkoping.example")])
        begins = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251  # a certificate is of the real day
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=30))
            .sign(key, hashes.SHA256())
        )
        shape = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        self.key = key.private_bytes(serialization.Encoding.PEM, *shape).decode()
        self.certificate = certificate.public_bytes(serialization.Encoding.PEM).decode()

    def metadata(self):
        bare = "".join(self.certificate.splitlines()[1:-1])
        return f"""<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
 entityID="{ENTITY}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{bare}</ds:X509Certificate></ds:X509Data>
</ds:KeyInfo></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{SIGN_IN}"/>
</md:IDPSSODescriptor></md:EntityDescriptor>"""

    def answer(self, question, email, *, name="", signs=True, minutes=5, audience="", **other):
        """The form value with which the browser comes back. `question` is the address that it was sent to."""
        asked = parse_qs(urlsplit(question).query)["SAMLRequest"][0]
        request = etree.fromstring(zlib.decompress(base64.b64decode(asked), -15))
        now = datetime.now(UTC)  # noqa: TID251  # the library compares with the real clock
        values = {
            "id": Utils.generate_unique_id(),
            "assertion": Utils.generate_unique_id(),
            "now": _stamp(now),
            "until": _stamp(now + timedelta(minutes=minutes)),
            "since": _stamp(now - timedelta(minutes=10)),
            "to": request.get("AssertionConsumerServiceURL"),
            "audience": audience or request.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer"),
            "in_reply_to": request.get("ID"),
            "name": name or email,
            "email": email,
            "issuer": ENTITY,
            **other,
        }
        written = _RESPONSE.format(**values)
        if signs:
            assertion = etree.fromstring(written).find("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
            signed = Utils.add_sign(
                etree.tostring(assertion), self.key, self.certificate, False, Constants.RSA_SHA256, Constants.SHA256
            )
            written = written.replace(
                written[written.index("<saml:Assertion") : written.index("</samlp:Response>")], signed.decode()
            )
        return base64.b64encode(written.encode()).decode()


def _stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


_RESPONSE = (
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
    'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" IssueInstant="{now}" '
    'Destination="{to}" InResponseTo="{in_reply_to}"><saml:Issuer>{issuer}</saml:Issuer><samlp:Status>'
    '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{assertion}" Version="2.0" '
    'IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>'
    '<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{name}</saml:NameID>'
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData '
    'NotOnOrAfter="{until}" Recipient="{to}" InResponseTo="{in_reply_to}"/></saml:SubjectConfirmation></saml:Subject>'
    '<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction>'
    "<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
    '<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="{id}"><saml:AuthnContext><saml:AuthnContextClassRef>'
    "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>"
    '</saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="' + _EMAIL + '">'
    "<saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"
    "</samlp:Response>"
)
