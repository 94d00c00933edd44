"""Names and e-mail addresses as they are stored: one spelling for what looks the same, and nothing that is unseen."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.organisation.sorting import folded

_LONGEST_NAME = 200
# Control characters, marks that turn the reading direction, unpaired surrogates, and what Unicode has not given out.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(written: str) -> str:
    """The name with composed letters and single spaces. Refused when empty, too long, or holding unseen characters."""
    name = " ".join(part for part in unicodedata.normalize("NFC", written).split(" ") if part)
    if any(unicodedata.category(letter) in _UNSEEN for letter in name):
        raise Refused("Namnet har tecken som inte syns, till exempel en radbrytning. Skriv det på nytt.")
    if not folded(name):
        raise Refused("Ange personens namn. Ingenting har sparats.")
    if len(name) > _LONGEST_NAME:
        raise Refused("Namnet är längre än {most} tecken. Ingenting har sparats.", most=_LONGEST_NAME)
    return name


def clean_email(written: str) -> str:
    """The address in small letters. Refused when it is none."""
    email = unicodedata.normalize("NFC", written).strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused("”{written}” är ingen e-postadress. Ingenting har sparats.", written=written[:100]) from error
    if len(email) > 254:
        raise Refused("E-postadressen är för lång. Ingenting har sparats.")
    return email


def search_text(name: str, email: str) -> str:
    """What a person is found by: the folded name, and the address."""
    return f"{folded(name)} {email}"
