"""Quantities: an exact value with its unit and printed precision. Rounding happens here and nowhere else."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value counts. `symbol` is what stands after the number in Swedish print ("" for a bare number)."""

    code: str
    symbol: str

    @property
    def is_summed(self) -> bool:
        """Whether a total is the sum of its parts, as for counts and amounts; a share or an index is a mean."""
        return self.code in _SUMMED


PERCENT = Unit("percent", "%")
PERCENTAGE_POINTS = Unit("percentage_points", "procentenheter")
COUNT = Unit("count", "")
INDEX = Unit("index", "index")
KRONOR = Unit("kronor", "kronor")
THOUSAND_KRONOR = Unit("thousand_kronor", "tkr")
MILLION_KRONOR = Unit("million_kronor", "mnkr")
BILLION_KRONOR = Unit("billion_kronor", "mdkr")
TONNES = Unit("tonnes", "ton")
MINUTES = Unit("minutes", "minuter")
DAYS = Unit("days", "dagar")

_SUMMED = frozenset(unit.code for unit in (COUNT, KRONOR, THOUSAND_KRONOR, MILLION_KRONOR, BILLION_KRONOR, TONNES))

UNITS = (
    PERCENT,
    PERCENTAGE_POINTS,
    COUNT,
    INDEX,
    KRONOR,
    THOUSAND_KRONOR,
    MILLION_KRONOR,
    BILLION_KRONOR,
    TONNES,
    MINUTES,
    DAYS,
)
_BY_NAME = {name: unit for unit in UNITS for name in (unit.code, unit.symbol)} | {
    "procent": PERCENT,
    "procentenhet": PERCENTAGE_POINTS,
    "kr": KRONOR,
    "krona": KRONOR,
    "minut": MINUTES,
    "dag": DAYS,
    "miljoner kronor": MILLION_KRONOR,
    "miljarder kronor": BILLION_KRONOR,
}


def unit_named(name: str) -> Unit:
    """The unit with this code, symbol or Swedish name; an unknown name becomes a unit of its own."""
    name = name.strip()
    return _BY_NAME.get(name.lower()) or Unit(name, name)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` with `decimals` decimals, halves away from zero (the rule of Swedish official statistics)."""
    digits = max(1, value.adjusted() + decimals + 2)  # room for every digit: the ambient precision must not decide
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=Context(prec=digits))


def plain(value: Decimal) -> str:
    """The value in plain digits with a point and no idle zeros, so that 84, 84.0 and 84.000 are written alike."""
    if not value:
        return "0"
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def decimals_of(value: Decimal) -> int:
    """How many decimals `value` is written with: 2 for Decimal("1.50")."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"not a finite number: {value}")
    return max(0, -exponent)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact value, its unit, and the decimals it is printed with.

    `numerator` and `denominator` are kept where a share is known from its counts. An estimate from a sample has a
    `margin` of error (half its 95 % interval, in the same unit) and the `base` of answers that it rests on.
    ValueError for NaN and infinity, and for a negative number of decimals or margin.
    """

    value: Decimal
    unit: Unit = COUNT
    decimals: int = 0
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    margin: Decimal | None = None
    base: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal):
            raise TypeError(f"a quantity is a Decimal, not {type(self.value).__name__}")
        if not self.value.is_finite():
            raise ValueError(f"not a finite number: {self.value}")
        if not 0 <= self.decimals <= 12:
            raise ValueError(f"a quantity has 0 to 12 decimals, not {self.decimals}")
        if self.denominator is not None and self.denominator <= 0:
            raise ValueError(f"a share needs a positive denominator, not {self.denominator}")
        if self.margin is not None and not (self.margin.is_finite() and self.margin >= 0):
            raise ValueError(f"a margin of error is not negative: {self.margin}")

    @property
    def printed(self) -> Decimal:
        """The value as it is printed, rounded to its declared decimals."""
        return rounded(self.value, self.decimals)

    def agrees_with(self, printed: Decimal) -> bool:
        """Whether `printed` is this value rounded to the decimals that `printed` itself is written with."""
        return rounded(self.value, decimals_of(printed)) == printed


def quantity(written: str, unit: Unit = COUNT) -> Quantity:
    """A quantity from plain digits with a point, its decimals taken as written: quantity("88.5", PERCENT).

    ValueError for text that is no number.
    """
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise ValueError(f"not a number: {written!r}") from None
    return Quantity(value, unit, decimals_of(value))


def share(numerator: Decimal, denominator: Decimal, decimals: int = 0) -> Quantity:
    """A percentage that keeps its counts. ValueError when the denominator is not positive."""
    if denominator <= 0:
        raise ValueError("a share needs a positive denominator")
    return Quantity(100 * numerator / denominator, PERCENT, decimals, numerator, denominator)


def difference(later: Quantity, earlier: Quantity) -> Quantity:
    """`later` − `earlier`. Between two percentages the answer is in percentage points, never in percent."""
    if later.unit != earlier.unit:
        raise ValueError(f"cannot compare {later.unit.code} with {earlier.unit.code}")
    unit = PERCENTAGE_POINTS if later.unit == PERCENT else later.unit
    return Quantity(later.value - earlier.value, unit, max(later.decimals, earlier.decimals))


def relative_change(later: Quantity, earlier: Quantity, decimals: int = 0) -> Quantity:
    """The change in percent of `earlier`. ValueError when `earlier` is zero."""
    if later.unit != earlier.unit:
        raise ValueError(f"cannot compare {later.unit.code} with {earlier.unit.code}")
    if earlier.value == 0:
        raise ValueError("no relative change from zero")
    return Quantity(100 * (later.value - earlier.value) / abs(earlier.value), PERCENT, decimals)


def is_sure_difference(one: Quantity, other: Quantity) -> bool | None:
    """Whether two values differ by more than chance makes them; None where neither knows its margin of error.

    The margins are laid together as those of two independent samples: the root of the sum of their squares. A value
    without a margin is taken as exact.
    """
    if one.margin is None and other.margin is None:
        return None
    return abs(one.value - other.value) > joint_margin(one, other)


def joint_margin(one: Quantity, other: Quantity) -> Decimal:
    """The margin of error of a difference between two values from independent samples."""
    return sum(((part.margin or Decimal(0)) ** 2 for part in (one, other)), Decimal(0)).sqrt()
