"""When an edition may be changed and published, each as a sentence."""

from collections.abc import Iterable

from ledtrad.apps.annual_report.models import Edition
from ledtrad.apps.audit.policies import Refused


def check_is_draft(edition: Edition | None, year: int) -> Edition:
    """Only a draft can be changed. A published edition is corrected with a new one, numbered and public."""
    if edition is None:
        raise Refused("Det finns inget utkast till årsredovisningen {year}. Skapa ett först.", year=year)
    if edition.state != Edition.State.DRAFT:
        raise Refused("Utgåvan är publicerad och ändras aldrig. Gör en rättelse i stället.")
    return edition


def check_no_edition_yet(year: int, exists: bool) -> None:
    """A year's first edition is drafted once; later ones are corrections."""
    if exists:
        raise Refused("Årsredovisningen {year} har redan en utgåva. Gör en rättelse i stället.", year=year)


def check_may_correct(latest: Edition | None, year: int, because: str) -> Edition:
    """A correction follows a published edition, and says what is corrected."""
    if latest is None or latest.state != Edition.State.PUBLISHED:
        raise Refused("Det finns ingen publicerad utgåva för {year} att rätta.", year=year)
    if not because.strip():
        raise Refused("Skriv vad som rättas. Ingenting har sparats.")
    return latest


def check_may_publish(unbound: Iterable[str], unchecked: Iterable[str], erring: Iterable[str]) -> None:
    """An edition is published when every section is bound, has been checked as it stands, and has no error left."""
    for code in sorted(unbound)[:1]:
        raise Refused("Avsnittet om mål {code} är inte sammanställt. Utgåvan är inte publicerad.", code=code)
    for code in sorted(unchecked)[:1]:
        raise Refused(
            "Avsnittet om mål {code} har ändrats sedan det granskades. Granska det igen. Utgåvan är inte publicerad.",
            code=code,
        )
    for code in sorted(erring)[:1]:
        raise Refused(
            "Avsnittet om mål {code} har fel som varken är rättade eller undantagna. Utgåvan är inte publicerad.",
            code=code,
        )


def check_waiver(because: str, sentence_is_there: bool) -> None:
    """Whoever waives a claim says why, and the claim must stand in the report."""
    if not because.strip():
        raise Refused("Skriv varför påståendet får stå kvar. Ingenting har sparats.")
    if not sentence_is_there:
        raise Refused("Meningen finns inte i utkastet. Ingenting har sparats.")


def check_picture(alt: str) -> None:
    """Every picture is described in words, for those who cannot see it."""
    if not alt.strip():
        raise Refused("Beskriv bilden med ord, för den som inte ser den. Ingenting har sparats.")
