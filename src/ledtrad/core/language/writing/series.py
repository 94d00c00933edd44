"""Breaks, comparisons and places as sentences."""

from collections.abc import Sequence
from decimal import Decimal

from ledtrad.core.language.writing.numbers import CountStyle, Language, write_count, write_number
from ledtrad.core.language.writing.phrases import write_list
from ledtrad.core.language.writing.units import write_quantity
from ledtrad.core.quantities import Quantity, Unit, rounded
from ledtrad.core.series import Break, BreakKind, Distribution, Similar, Standing

_BECAUSE = {
    "sv": {
        BreakKind.WORDING: "frågan ändrades",
        BreakKind.MODE: "sättet att samla in uppgifterna ändrades",
        BreakKind.AREA: "området som mäts ändrades",
        BreakKind.SOURCE: "uppgifterna hämtas från en annan källa",
        BreakKind.METHOD: "metoden ändrades",
    },
    "en": {
        BreakKind.WORDING: "the question was changed",
        BreakKind.MODE: "the way of collecting was changed",
        BreakKind.AREA: "the area measured was changed",
        BreakKind.SOURCE: "the figures come from another source",
        BreakKind.METHOD: "the method was changed",
    },
}
_SENTENCE = {
    "sv": "Siffrorna från {year} kan inte jämföras med tidigare år, eftersom {because}.",
    "en": "Figures from {year} on cannot be compared with earlier years, because {because}.",
}
_OUTCOME = {
    "sv": "Utfallet {year} kan inte jämföras med tidigare år, eftersom {because}{when}.",
    "en": "The outcome of {year} cannot be compared with earlier years, because {because}{when}.",
}


def break_word(kind: BreakKind, language: Language = "sv") -> str:
    """Why a series breaks, in a few words: "frågan ändrades"."""
    return _BECAUSE[language][kind]


def write_break(one: Break, language: Language = "sv") -> str:
    """The sentence beside a series that breaks."""
    return _SENTENCE[language].format(year=one.year, because=break_word(one.kind, language))


def write_incomparable(year: int, one: Break, language: Language = "sv") -> str:
    """Why the outcome of `year` says nothing about a change: "… eftersom frågan ändrades 2019"."""
    when = f" {one.year}" if one.year != year else ""
    return _OUTCOME[language].format(year=year, because=break_word(one.kind, language), when=when)


# --- among many areas ----------------------------------------------------------------------------

_PLACE = {
    "sv": {
        "alone": "{name} har plats {place} av {of}, räknat från den {first} siffran.",
        "shared": "{name} delar plats {place} av {of} med {sharing}, räknat från den {first} siffran.",
        "highest": "högsta",
        "lowest": "lägsta",
        "other": "en annan",
        "others": "{count} andra",
    },
    "en": {
        "alone": "{name} is number {place} of {of}, counted from the {first} figure.",
        "shared": "{name} shares place {place} of {of} with {sharing}, counted from the {first} figure.",
        "highest": "highest",
        "lowest": "lowest",
        "other": "one other",
        "others": "{count} others",
    },
}
_SPREAD = {
    "sv": {
        "all": "Medianen är {median}. Hälften av kommunerna ligger mellan {low} och {high}.",
        "few": "Medianen är {median}.",
        "one": "En kommun saknar uppgift.",
        "many": "{count} kommuner saknar uppgift.",
    },
    "en": {
        "all": "The median is {median}. Half of the municipalities lie between {low} and {high}.",
        "few": "The median is {median}.",
        "one": "One municipality has no figure.",
        "many": "{count} municipalities have no figure.",
    },
}
_SIMILAR = {
    "sv": {
        "chosen": "Liknande kommuner är de {count} som ligger närmast {name} i {measures}.",
        "weighed": "Folkmängden, jämförd som kvot, väger lika mycket som {all} tillsammans.",
        "one": "Folkmängden, jämförd som kvot, väger lika mycket som {all}.",
        "left": "{count} kommuner kunde inte prövas, eftersom de saknar uppgift.",
    },
    "en": {
        "chosen": "Similar municipalities are the {count} nearest to {name} in {measures}.",
        "weighed": "Population, compared as a ratio, weighs as much as {all} together.",
        "one": "Population, compared as a ratio, weighs as much as {all}.",
        "left": "{count} municipalities could not be tried, since they lack figures.",
    },
}
_FEW = 4


def write_standing(name: str, found: Standing, *, lowest_first: bool, language: Language = "sv") -> str:
    """ "Stockholm har plats 12 av 287, räknat från den högsta siffran."; a shared place says with how many."""
    words = _PLACE[language]
    sharing = words["other"] if found.sharing == 1 else words["others"].format(count=found.sharing)
    return words["shared" if found.sharing else "alone"].format(
        name=name,
        place=write_number(Decimal(found.place), language=language),
        of=write_number(Decimal(found.of), language=language),
        sharing=sharing,
        first=words["lowest" if lowest_first else "highest"],
    )


def write_spread(found: Distribution, unit: Unit, decimals: int, language: Language = "sv") -> str:
    """The median and the middle half, and how many have no figure. Among few, no half is spoken of."""
    words = _SPREAD[language]
    median, low, high = (
        write_quantity(Quantity(rounded(value, decimals), unit, decimals), language)
        for value in (found.median, found.lower_quartile, found.upper_quartile)
    )
    said = words["all" if found.count >= _FEW else "few"].format(median=median, low=low, high=high)
    if found.missing:
        said += " " + words["one" if found.missing == 1 else "many"].format(count=found.missing)
    return said


def write_similar(name: str, size: str, measures: Sequence[str], found: Similar, language: Language = "sv") -> str:
    """How the similar municipalities were chosen. `size` and `measures` are names: "folkmängd 2005"."""
    words = _SIMILAR[language]
    named = write_list([size, *measures], language)
    said = words["chosen"].format(count=write_count(len(found.areas), CountStyle.DIGITS), name=name, measures=named)
    if measures:
        together = write_list(list(measures), language)
        said += " " + words["one" if len(measures) == 1 else "weighed"].format(all=together)
    if found.without:
        said += " " + words["left"].format(count=len(found.without))
    return said
