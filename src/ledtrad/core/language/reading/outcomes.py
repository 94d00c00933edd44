"""Outcomes and targets as they are printed in a field: "Totalt 84 %. Varav kvinnor 82 %, män 87 %", "högst 1,5 %"."""

import re
from decimal import Decimal

from ledtrad.core.assessment import Sense, Target
from ledtrad.core.language.reading.digits import read_number
from ledtrad.core.language.reading.words import number_of_word
from ledtrad.core.outcomes import Absence, AbsenceKind, Measured, Outcome
from ledtrad.core.quantities import COUNT, Quantity, Unit, decimals_of, unit_named

_SPACE = "[ \u00a0\u202f\u2009]"
_SIGN = rf"(?P<sign>[−–-](?=\d)|±|\+/[-−–]{_SPACE}?)?"
_NUMBER = rf"{_SIGN}(?P<digits>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*)"
_UNIT = rf"(?:{_SPACE}*(?P<unit>%-?enheter|%|[^\W\d_][^\s,.;:()]*(?:{_SPACE}(?:kronor|per{_SPACE}[^\s,.;:()]+))?))?"
_VALUE = re.compile(rf"(?<![\w.,]){_NUMBER}{_UNIT}")
_WOMEN = r"(?:kvinnor|flickor|tjejer|kvinnliga|K)"
_MEN = r"(?:män|pojkar|killar|manliga|M)"
_SEX = re.compile(rf"\b(?:(?P<women>{_WOMEN})|(?P<men>{_MEN})|(?P<total>totalt|samtliga|alla|T))\b:?", re.IGNORECASE)
_NOT_UNITS = frozenset(
    [
        "varav",
        "och",
        "men",
        "kvinnor",
        "män",
        "flickor",
        "pojkar",
        "totalt",
        "jämfört",
        "mot",
        "under",
        "i",
        "år",
        "av",
        "k",
        "m",
        "tjejer",
        "killar",
    ]
)

_NOTHING = re.compile(r"[\s–—−.-]*|x+", re.IGNORECASE)
_ABSENCES = (
    (AbsenceKind.SUPPRESSED, r"sekretess|för få (?:svar|personer)|skydda"),
    (AbsenceKind.NOT_APPLICABLE, r"ej aktuell|inte aktuell|ej tillämplig|ej relevant"),
    (
        AbsenceKind.LATE,
        r"ej klar|inte (?:är )?klar|är inte klart|försena|redovisas (?:först )?(?:i|vid) (?:tertial|T\d)|"
        r"senarelag|skjut(?:s|its) upp|"
        r"presenteras (?:först|senare|i)|publiceras (?:först|senare)",
    ),
    (
        AbsenceKind.NOT_MEASURED,
        r"(?:ej|inte) (?:upp)?mät|mäts (?:ej|inte)|sakna|(?:ej|inte) (?:kunnat )?(?:genomför|följ)|"
        r"ställts? in|inställd|utgår",
    ),
)
_ABSENCE = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ABSENCES)
_STATED = re.compile(
    r"(?P<word>Ej mätt|Sekretess|Ej aktuellt|Ej klart)(?:, väntas (?P<early>[^–(]+?))?(?: [–-] (?P<reason>.*?))?"
    r"(?:\s\(uppgift:\s(?P<by>[^()]*(?:\([^()]*\)[^()]*)*)\))?(?:, väntas (?P<expected>[^,()]+?))?\.?",
    re.DOTALL,
)
_STATED_KINDS = {
    "Ej mätt": AbsenceKind.NOT_MEASURED,
    "Sekretess": AbsenceKind.SUPPRESSED,
    "Ej aktuellt": AbsenceKind.NOT_APPLICABLE,
    "Ej klart": AbsenceKind.LATE,
}


# "Redovisas i tertialrapport 1" holds a digit but no figure; an outcome begins with its figure or with whose it is.
_FIGURE_FIRST = re.compile(rf"\W*(?:(?:totalt|samtliga|alla|{_WOMEN}|{_MEN})\W*)?[−–-]?\d", re.IGNORECASE)


def is_blank(text: str) -> bool:
    """Whether a field holds nothing but a sign for nothing: "", "–", "..", "XX"."""
    return _NOTHING.fullmatch(text) is not None


def absence_kind(text: str) -> AbsenceKind | None:
    """What sort of absence the words speak of; None when they speak of none."""
    return next((kind for kind, pattern in _ABSENCE if pattern.search(text)), None)


def read_outcome(text: str, comment: str = "") -> Outcome | None:
    """The outcome that a field states. An empty field takes its reason from the comment.

    None when neither says anything, or when figures stand without a total.
    """
    text = text.strip()
    stated = _STATED.fullmatch(text)
    if stated is not None:
        return _stated_absence(stated)
    if absence_kind(text) is not None and _FIGURE_FIRST.match(text) is None:
        return Absence(absence_kind(text) or AbsenceKind.NOT_MEASURED, text)
    spelled = number_of_word(text.rstrip("."))
    if spelled is not None:
        return Measured(Quantity(Decimal(spelled)))
    if any("." in match["digits"] and read_number(match["digits"])[1] for match in _VALUE.finditer(text)):
        # "1.250" may be a thousand or one and a quarter: it is left for a person to say. "1,250" is Swedish.
        return None
    parts = read_parts(text)
    if "total" in parts:
        return _measured(parts, text)
    if parts:
        return None
    said = text if not is_blank(text) else comment
    if not said.strip():
        return None
    kind = absence_kind(said)
    if kind is None and not is_blank(text):
        return None
    return Absence(kind or AbsenceKind.NOT_MEASURED, said.strip())


def _stated_absence(stated: re.Match[str]) -> Absence:
    kind = _STATED_KINDS[stated["word"]]
    expected = (stated["expected"] or stated["early"] or "").strip()
    reason = (stated["reason"] or "").strip()
    if kind is AbsenceKind.NOT_MEASURED and not reason:
        reason = stated["word"]
    return Absence(kind, reason, (stated["by"] or "").strip(), expected)


def read_parts(text: str) -> dict[str, Quantity]:
    """The figures of an outcome field under "total", "women" and "men"; a figure without a word is the total."""
    parts: dict[str, Quantity] = {}
    labels = [(match.start(), match.lastgroup or "") for match in _SEX.finditer(text)]
    unit: Unit | None = None
    for match in _VALUE.finditer(text):
        before = [name for position, name in labels if position < match.start()]
        name = before[-1] if before else "total"
        value = _quantity(match)
        unit = unit or (value.unit if value.unit != COUNT else None)
        parts.setdefault(name, value)
    # "84 % (K 82, M 87)": the unit is written once and holds for all.
    if unit is None:
        return parts
    return {name: Quantity(part.value, unit, part.decimals) for name, part in parts.items()}


def _quantity(match: re.Match[str]) -> Quantity:
    value, _ = read_number(match["digits"])
    if match["sign"] and match["sign"] in "−–-":
        value = -value
    unit = (match["unit"] or "").strip()
    if unit.lower() in _NOT_UNITS or unit.lower() == "st":
        unit = ""
    return Quantity(value, unit_named(unit) if unit else COUNT, decimals_of(value))


def _measured(parts: dict[str, Quantity], text: str) -> Measured:
    sexes: dict[str, Quantity | Absence | None] = {name: parts.get(name) for name in ("women", "men")}
    for name, words in (("women", _WOMEN), ("men", _MEN)):
        hidden = re.search(
            rf"\b{words}:?\s(Sekretess|Ej mätt|Ej klart|Ej aktuellt)(?: [–-] ([^,.;]*))?", text, re.IGNORECASE
        )
        if sexes[name] is None and hidden is not None:
            kind = _STATED_KINDS[hidden[1].capitalize()]
            reason = hidden[2] or (hidden[1] if kind is AbsenceKind.NOT_MEASURED else "")
            sexes[name] = Absence(kind, reason.strip())
    return Measured(parts["total"], sexes["women"], sexes["men"])


_AT_MOST = re.compile(r"högst|max|under|≤|<|som mest|ej över", re.IGNORECASE)
_AT_LEAST = re.compile(r"minst|lägst|över|≥|>", re.IGNORECASE)
_BAND = re.compile(r"±|\+/[-−–]|\bmellan\b|\d\s?[–-]\s?[\d−]", re.IGNORECASE)


def read_target(text: str) -> tuple[Target, bool] | None:
    """The target of a field and whether the text says which way is better; None when it states no figure.

    A bare number is taken as "more is better", which the second value then marks as a guess (False).
    """
    text = _SEX_SUFFIX.sub("", text) if _SEX_SUFFIX.search(text) else text
    values = [_quantity(match) for match in _VALUE.finditer(_BAND_DASH.sub(r"\1 och ", text))]
    if not values:
        return None
    unit = next((value.unit for value in values if value.unit != COUNT), COUNT)
    low = Quantity(values[0].value, unit, values[0].decimals)
    if _BAND.search(text):
        return _band(low, values, unit, is_plus_minus="±" in text or "+/" in text), True
    if _AT_MOST.search(text):
        return Target(Sense.LESS, high=low), True
    return Target(Sense.MORE, low=low), _AT_LEAST.search(text) is not None


_BAND_DASH = re.compile(r"(\d)\s?[–-]\s?(?=[\d−])")
_SEX_SUFFIX = re.compile(rf"[.,(;]?\s*(?:varav\s+)?\b(?:{_WOMEN}|{_MEN})\b.*$", re.DOTALL)


def _band(low: Quantity, values: list[Quantity], unit: Unit, *, is_plus_minus: bool) -> Target:
    if is_plus_minus or len(values) == 1:
        bound = abs(low.value)
        return Target(Sense.BAND, Quantity(-bound, unit, low.decimals), Quantity(bound, unit, low.decimals))
    ends = sorted([low.value, values[1].value])
    decimals = max(low.decimals, values[1].decimals)
    return Target(Sense.BAND, Quantity(ends[0], unit, decimals), Quantity(ends[1], unit, decimals))
