"""The shapes of the read API, as its description (OpenAPI) tells them."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

# JSON numbers are binary to most programs, so an exact number is a string.
Exact = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]+(\.[0-9]+)?$",
        description="Ett exakt decimaltal som sträng med decimalpunkt, så att inget program avrundar det.",
        examples=["84.0"],
        json_schema_extra={"format": "decimal"},
    ),
]
Code = Annotated[str, Field(max_length=40)]
AbsenceCode = Literal["not_measured", "suppressed", "not_applicable", "late"]
SexCode = Literal["all", "women", "men"]
SenseCode = Literal["more_is_better", "less_is_better", "within_band"]
VerdictCode = Literal["met", "partly", "not_met"]


class Shape(Schema):
    model_config = ConfigDict(extra="forbid")


class Wrong(Shape):
    """Ett fel i en fråga: var, och vad."""

    where: str
    what: str


class Problem(Shape):
    """Vad som gick fel, med en hel mening."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] = Field(default_factory=list)


class Page(Shape):
    """En sida av ett längre svar. `next` och `previous` är hela adresser, null i var ände."""

    count: int
    page: int
    per_page: int
    next: str | None
    previous: str | None
    licence: str


class Version(Shape):
    """Vad en indikator frågar efter från och med ett år. En ändrad fråga är en ny version."""

    indicator: Code
    number: int
    from_year: int
    title: str
    question: str
    unit: str = Field(description="percent, count, kronor … eller enhetens eget namn.")
    unit_symbol: str
    decimals: int = Field(description="Så många decimaler som utfallen trycks med.")
    sense: SenseCode = Field(description="Åt vilket håll som är bättre.")
    by_sex: bool = Field(description="Om utfallen gäller personer och därför delas upp på kön.")
    splits: list[str]
    every_years: int
    rhythm_from: int | None
    rule: str
    source: str
    change_note: str
    breaks: str = Field(description="Varför utfallen inte kan jämföras med versionen före; tom när de kan.")
    numerator: str
    denominator: str


class Indicator(Shape):
    """En indikator med sin senaste definition."""

    code: Code
    title: str
    question: str
    unit: str
    unit_symbol: str
    decimals: int
    sense: SenseCode
    by_sex: bool
    owner: str = Field(description="Nämnden eller bolaget som svarar för den; tom för kommunfullmäktige.")
    owner_name: str
    part_of: str = Field(description="Fullmäktiges indikator som den är en nämnds del av; annars tom.")
    first_year: int
    last_year: int | None
    version: int
    source: str
    page: str = Field(description="Sidan för människor.")


class Part(Shape):
    """En siffra eller varför den saknas: antingen `value` eller `absence`, aldrig båda."""

    value: Exact | None
    decimals: int | None
    numerator: Exact | None = None
    denominator: Exact | None = None
    absence: AbsenceCode | None
    reason: str


class Outcome(Shape):
    """Stadens eget utfall. `women` och `men` är null när det inte delas upp på kön."""

    indicator: Code
    version: int
    year: int
    tertial: int = Field(description="0 för hela året.")
    total: Part
    women: Part | None
    men: Part | None
    said_by: str
    expected: str
    source: str
    recorded_at: datetime
    is_correction: bool
    invented: bool = Field(description="Påhittad för demonstration.")


class Observation(Shape):
    """Vad en indikator var i ett område, för ett kön eller en grupp."""

    indicator: Code
    version: int
    area: Code
    year: int
    tertial: int
    sex: SexCode
    group: str = Field(description="Tom för alla; annars slag och grupp, till exempel age:65-79.")
    value: Exact | None
    decimals: int | None
    margin: Exact | None = Field(description="Felmarginalen åt vardera hållet, där den är känd.")
    absence: AbsenceCode | None
    mark: str = Field(description="Tecknet som stod i källan där siffran saknas.")
    source: str
    recorded_at: datetime
    invented: bool


class Target(Shape):
    """Årsmålet: från `low`, till `high`, eller mellan dem. Utan gränser följs indikatorn utan mål."""

    indicator: Code
    version: int
    year: int
    sense: SenseCode
    low: Exact | None
    high: Exact | None
    women_low: Exact | None
    women_high: Exact | None
    men_low: Exact | None
    men_high: Exact | None
    decimals: int
    is_new: bool
    recorded_at: datetime
    invented: bool


class Boards(Shape):
    """Hur många nämnder som har bedömt målet som vad."""

    met: int
    partly: int
    not_met: int
    none: int


class Goal(Shape):
    """Ett av fullmäktiges mål under ett år, med stadens bedömning när den är beslutad."""

    code: Code
    year: int
    title: str
    aim: str
    level: str
    parent: str
    verdict: VerdictCode | None
    motive: str
    boards: Boards
    indicators: list[Code]
    invented: bool
    page: str


class Area(Shape):
    """Ett område som siffror kan gälla."""

    code: Code
    kind: Literal["nation", "county", "municipality", "district", "neighbourhood"]
    name: str
    parent: str
    first_year: int | None
    last_year: int | None
    source: str


class Edition(Shape):
    """En publicerad utgåva av årsredovisningen. Nummer 2 och uppåt är rättelser."""

    year: int
    number: int
    title: str
    publisher: str
    published_at: datetime
    correction_note: str
    pdf: str
    docx: str
    html: str


class Indicators(Page):
    items: list[Indicator]


class Versions(Page):
    items: list[Version]


class Outcomes(Page):
    items: list[Outcome]


class Observations(Page):
    items: list[Observation]


class Targets(Page):
    items: list[Target]


class Goals(Page):
    items: list[Goal]


class Areas(Page):
    items: list[Area]


class Editions(Page):
    items: list[Edition]


class Start(Shape):
    """Var allt finns."""

    title: str
    publisher: str
    licence: str
    rate_limit: str
    description: str
    addresses: dict[str, str]
