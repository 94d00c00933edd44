"""How the answers of a wave are to be weighed, as it is sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ledtrad.apps.audit.phrases import Phrase
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.surveys.queries.weighing import Weighting

_MOST_CODES = 40


@dataclass(frozen=True, slots=True)
class MarginField:
    """A column that may be weighed to: the codes with their meanings and the totals that are known of them."""

    name: str
    label: str
    codes: tuple[tuple[str, str], ...]
    known: Mapping[str, int]

    @property
    def is_long(self) -> bool:
        """Too many codes to be filled in: then the totals must be known from the plan."""
        return len(self.codes) > _MOST_CODES


def read_weighting(sent: Mapping[str, str], fields: Sequence[MarginField]) -> Weighting:
    """The weighting that was sent. Refused with a sentence for a total or a bound that is no number."""
    chosen = [one for one in fields if sent.get(f"efter-{one.name}")]
    margins = tuple((one.name, tuple(_totals(sent, one))) for one in chosen)
    is_trimmed = bool(sent.get("trimma"))
    least = _number(sent.get("minst", ""), Phrase("Den minsta faktorn")) if is_trimmed else 0.0
    most = _number(sent.get("mest", ""), Phrase("Den största faktorn")) if is_trimmed else float("inf")
    if is_trimmed and not 0 <= least < 1 < most:
        raise Refused("Vikterna trimmas mellan en faktor under 1 och en faktor över 1. Ingenting har vägts.")
    if not margins and sent.get("start") != "strata":
        raise Refused("Välj stratan eller någon kolumn att väga efter. Ingenting har vägts.")
    return Weighting(sent.get("start") == "strata", margins, least, most)


def _totals(sent: Mapping[str, str], field: MarginField) -> Iterator[tuple[str, float]]:
    for place, (code, meaning) in enumerate(field.codes):
        written = sent.get(f"antal-{field.name}-{place}", "").strip()
        if written or code not in field.known:
            yield code, _total(written, field.label or field.name, meaning or code)
        else:
            yield code, float(field.known[code])


def _total(written: str, column: str, code: str) -> float:
    if not written:
        raise Refused("Skriv hur många som finns i {code} ({column}). Ingenting har vägts.", code=code, column=column)
    return _number(written, Phrase("Antalet i {code} ({column})", code=code, column=column))


def _number(written: str, what: Phrase) -> float:
    plain = written.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".").strip()
    try:
        found = float(plain)
    except ValueError:
        found = float("nan")
    if not 0 <= found < float("inf"):
        raise Refused("{what} ska vara ett tal som inte är mindre än noll. Ingenting har vägts.", what=what)
    return found
