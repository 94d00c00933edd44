"""Which way is better, judged from an indicator's name where the target does not say."""

import re

from ledtrad.core.assessment import IndicatorResult, Sense

_BAD = re.compile(
    r"utsatt|utsätt|otrygg|\boro|sjukfrånvaro|sjukskriv|bistånd|utsläpp|nedskräp|klotter|avhopp|vräk|olyck|skadad|\bbrott|\bvåld|\bhot\b|"
    r"arbetslös|kostnad|väntetid|kötid|klagomål|hemlös|fattigdom|buller|fel(?:parker|aktig)|försen|bränder|stöld|missbruk|återfall|vakans|"
    r"energianvändning|förbrukning|svinn|avbrott|avvikelse|frånvaro|underskott|personalomsättning|restid"
)
_GOOD = re.compile(
    r"trygghet|trygga?\b|nöjd|behörig|godkän|kunskap|delaktig|upplever|kvalitet|andel.{0,40}\bnår\b|tillgänglig|förtroende|god\b|goda\b|"
    r"deltag|återvinn|cykl|påbörjade|nybygg|elever som|behörighet|legitimera|kontinuitet|rekommender|nöjdhet|"
    r"bemötande|självförsörj|"
    r"kollektivtrafik|framkomlighet|service|miljöbil|ekologisk|digital"
)
_NOT = re.compile(
    r"\b(?:inte|ej|utan|aldrig|slipper|fri från|minska\w*|slupp\w+|slipp\w+|undvik\w*|undvek|klarat sig)\b"
)


def sense_of_name(name: str) -> Sense | None:
    """MORE or LESS where the name's words decide it ("inte utsatta" is more is better); None where they do not."""
    name = name.lower()
    bad, good = _BAD.search(name) is not None, _GOOD.search(name) is not None
    if bad == good:
        return None if not bad else _mixed(name)
    if _NOT.search(name):
        bad = not bad
    return Sense.LESS if bad else Sense.MORE


def _mixed(name: str) -> Sense | None:
    """Good and bad words together ("upplever otrygghet"): the bad word is what is measured."""
    return Sense.MORE if _NOT.search(name) else Sense.LESS


def sense_of(result: IndicatorResult) -> tuple[Sense, bool] | None:
    """The indicator's sense and whether it is sure; None without a target."""
    if result.target is None:
        return None
    if result.sense_known:
        return result.target.sense, True
    guess = sense_of_name(result.name)
    return (guess or result.target.sense), guess is not None
