"""An indicator as a cube: area × sex (× group) × what is counted × year."""

from collections.abc import Iterable, Sequence

from django.conf import settings

from ledtrad.apps.open_data.queries import Figure, OpenArea, OpenIndicator, Span
from ledtrad.core.observations import Sex
from ledtrad.renderers.tables import About, Cube, Dimension, Missing, Number

SEX_CODES = {Sex.ALL: "T", Sex.WOMEN: "K", Sex.MEN: "M"}
EVERYBODY = "alla"
INVENTED = "Uppgifterna är påhittade för en demonstration och säger ingenting om den verkliga staden."
PARTLY_INVENTED = "Uppgifter är påhittade för en demonstration."
_WORDS = {
    "sv": ("område", "kön", "grupp", "tabellinnehåll", "år", {"T": "totalt", "K": "kvinnor", "M": "män"}, "alla"),
    "en": ("area", "sex", "group", "observations", "year", {"T": "total", "K": "women", "M": "men"}, "all"),
}
LANGUAGES = tuple(_WORDS)
# The value that stands for the whole of a variable: what is told when nobody asks for a part.
WHOLE = {"Kon": "T", "Grupp": EVERYBODY}


def cube_of(
    one: OpenIndicator,
    figures: Sequence[Figure],
    areas: dict[str, OpenArea],
    span: Span | None = None,
    language: str = "sv",
    address: str = "",
) -> Cube:
    """Everything that is known of the indicator for whole years."""
    whole = [figure for figure in figures if figure.place.tertial == 0]
    return Cube(
        about=about(one, whole, address),
        dimensions=_dimensions(one, whole, areas, language),
        cells=_cells(one.code, whole),
        updated=span.updated.strftime("%Y-%m-%dT%H:%M:%SZ") if span else "",
    )


def about(one: OpenIndicator, figures: Iterable[Figure], address: str = "") -> About:
    """What a file with these figures tells of itself."""
    told, latest = tuple(figures), one.latest
    sources = dict.fromkeys(figure.source for figure in told if figure.source)
    notes = [note for note in (invented_note(told), latest.question, latest.change_note) if note]
    notes += [
        f"Från {version.from_year} kan siffrorna inte jämföras med dem dessförinnan: {version.change_note}"
        for version in one.versions
        if version.breaks
    ]
    return About(
        latest.title,
        settings.OPEN_DATA["publisher"],
        ", ".join([*sources][:5]) or latest.source,
        settings.OPEN_DATA["licence"],
        address,
        tuple(notes),
        any(figure.invented for figure in told),
    )


def invented_note(figures: Sequence[Figure]) -> str:
    invented = sum(figure.invented for figure in figures)
    return "" if not invented else INVENTED if invented == len(figures) else PARTLY_INVENTED


def _cells(code: str, figures: Iterable[Figure]) -> dict[tuple[str, ...], Number | Missing]:
    figures = tuple(figures)
    by_group = any(figure.place.group for figure in figures)
    cells = {}
    for figure in figures:
        place = figure.place
        group = (place.group or EVERYBODY,) if by_group else ()
        cells[place.area, SEX_CODES[place.sex], *group, code, str(place.year)] = figure.said
    return cells


def _dimensions(
    one: OpenIndicator, figures: Sequence[Figure], areas: dict[str, OpenArea], language: str
) -> tuple[Dimension, ...]:
    area, sex, group, contents, year, sexes, everybody = _WORDS[language]
    present = {figure.place.area for figure in figures}
    groups = sorted({figure.place.group for figure in figures if figure.place.group})
    told = {SEX_CODES[figure.place.sex] for figure in figures}
    latest = one.latest
    years = _years(figures)
    all_groups = [(EVERYBODY, everybody), *((name, name) for name in groups)]
    sides = [
        Dimension("Region", area, tuple((code, areas[code].name) for code in areas if code in present), "geo"),
        Dimension("Kon", sex, tuple((code, word) for code, word in sexes.items() if code in told), "", (), "T" in told),
        Dimension("Grupp", group, tuple(all_groups), "", (), True),
        Dimension(
            "ContentsCode",
            contents,
            ((one.code, latest.title),),
            "metric",
            ((one.code, latest.unit.symbol or "antal", latest.decimals),),
        ),
        Dimension("Tid", year, tuple((str(when), str(when)) for when in years), "time", shows="code"),
    ]
    return tuple(side for side in sides if side.id != "Grupp" or groups)


def _years(figures: Sequence[Figure]) -> range:
    found = {figure.place.year for figure in figures}
    return range(min(found), max(found) + 1) if found else range(0)
