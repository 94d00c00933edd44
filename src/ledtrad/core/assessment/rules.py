"""Indicator rules as data: named, versioned, each with its source.

No Swedish city that we have found publishes the threshold between "delvis" and "ej". A rule is therefore
configuration, and every judgement names the rule and the threshold that decided.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class RuleKind(StrEnum):
    """What an outcome that misses its target is measured against."""

    DISTANCE = "distance"  # how far outside the target, as a share of the bound
    CHANGE = "change"  # better, unchanged or worse than last time
    PROGRESS = "progress"  # how much of the way from a baseline to the target


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """When an indicator is met, partly met or not met.

    `tolerance` is a share (0–1), never percentage points. DISTANCE: "partly" while the outcome misses by at most
    this share of the bound, for a band of half its width; `absolute` adds a fixed margin in the outcome's unit,
    for bounds of zero. CHANGE: changes within this share of the earlier value are "unchanged". PROGRESS: "partly"
    from this share of the way. With `each_sex` the lowest of total, women and men decides, where there is a split.
    """

    name: str
    version: int
    kind: RuleKind
    title: str
    source: str
    tolerance: Decimal = Decimal(0)
    absolute: Decimal = Decimal(0)
    each_sex: bool = False
    title_en: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.tolerance <= 1:
            raise ValueError(f"a tolerance is a share between 0 and 1, not {self.tolerance}")
        if self.absolute < 0:
            raise ValueError("a margin is not negative")
        if self.each_sex and self.kind is not RuleKind.DISTANCE:
            raise ValueError("only a rule of distance judges each sex: earlier values and baselines are totals")


_UNPUBLISHED = "Antagande: ingen kommun har publicerat sin tröskel. "

DEFAULT_RULE = IndicatorRule(
    "nio-tiondelar",
    1,
    RuleKind.DISTANCE,
    "Helt när årsmålet nås, delvis när utfallet missar det med högst en tiondel, annars ej",
    _UNPUBLISHED + "Stockholm bedömde 84 mot 88,5 % (95 % av årsmålet) som delvis i årsredovisningen 2020, "
    "och räknade 2022 varken 100,4 % mot 100 % eller −1,1 % mot ±1 % som helt.",
    tolerance=Decimal("0.10"),
    title_en="Met when the target is reached, partly when it is missed by at most a tenth, otherwise not met",
)

INDICATOR_RULES = (
    DEFAULT_RULE,
    IndicatorRule(
        "tre-fjardedelar",
        1,
        RuleKind.DISTANCE,
        "Helt när årsmålet nås, delvis när utfallet missar det med högst en fjärdedel, annars ej",
        _UNPUBLISHED + "En vidare gräns att pröva bredvid nio tiondelar.",
        tolerance=Decimal("0.25"),
        title_en="Met when the target is reached, partly when it is missed by at most a quarter, otherwise not met",
    ),
    IndicatorRule(
        "antingen-eller",
        1,
        RuleKind.DISTANCE,
        "Helt när årsmålet nås, annars ej",
        "Vansbro kommun 2021: indikatorer märkta + eller − mot ett mål.",
        title_en="Met when the target is reached, otherwise not met",
    ),
    IndicatorRule(
        "bada-konen",
        1,
        RuleKind.DISTANCE,
        "Som nio tiondelar, men det lägsta av totalen, kvinnor och män avgör",
        _UNPUBLISHED + "Stockholm redovisar individbaserade indikatorer efter kön; 2020 låg både kvinnor (82 %) och "
        "män (87 %) under årsmålet 88,5 %, och bedömningen blev delvis.",
        tolerance=Decimal("0.10"),
        each_sex=True,
        title_en="As nine tenths, but the lowest of the total, women and men decides",
    ),
    IndicatorRule(
        "mot-foregaende-utfall",
        1,
        RuleKind.CHANGE,
        "Helt när utfallet förbättrats, delvis när det är oförändrat, ej när det försämrats",
        "Malmö stad 2014: förbättrad, oförändrad eller försämrad; tomt där det inte går att mäta eller metoden "
        "ändrats. Att en hundradels förändring räknas som oförändrad är ett antagande.",
        tolerance=Decimal("0.01"),
        title_en="Met when better than last time, partly when unchanged, not met when worse",
    ),
    IndicatorRule(
        "vag-fran-utgangslaget",
        1,
        RuleKind.PROGRESS,
        "Helt när årsmålet nås, delvis när minst halva vägen från utgångsläget är gången, annars ej",
        "Helsingborg 2012 (stämmer, stämmer inte helt, ingen eller begränsad framgång) och Västerås barometer "
        "(utgångsläge mot senaste värde); halva vägen är ett antagande.",
        tolerance=Decimal("0.5"),
        title_en="Met when the target is reached, partly from half the way from the baseline, otherwise not met",
    ),
)


def rule_named(name: str) -> IndicatorRule:
    """The preset with this name. KeyError when there is none."""
    for rule in INDICATOR_RULES:
        if rule.name == name:
            return rule
    raise KeyError(name)
