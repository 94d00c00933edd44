"""The page of a definition: each version in words, and what differs from the one before."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledtrad.apps.indicators.definition_words import SENSES, SPLIT_WORDS
from ledtrad.apps.indicators.queries.definition import AskedVersion, DefinitionPage
from ledtrad.core.assessment import rule_named
from ledtrad.core.language.writing import Language, capitalised, write_break
from ledtrad.core.series import Break, BreakKind

_MINUTES_IN_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a version says. `is_swedish` for what people have written, in whatever language the page is."""

    name: str
    words: str
    is_swedish: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that a version says otherwise than the one before."""

    name: str
    before: str
    after: str
    is_swedish: bool


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version as the page tells of it. `broken` says why its figures stand alone, "" when they do not."""

    asked: AskedVersion
    years: str
    said: tuple[Said, ...]
    changes: tuple[Changed, ...]
    broken: str


@dataclass(frozen=True, slots=True)
class ShownDefinition:
    """`now` holds in the year that it is; `versions` are all of them, newest first."""

    page: DefinitionPage
    now: ShownVersion
    versions: tuple[ShownVersion, ...]
    cost: str
    why_not_change: str
    why_not_estimate: str


def present_definition(
    page: DefinitionPage, year: int, language: Language, *, why_not_change: str, why_not_estimate: str
) -> ShownDefinition:
    """The page as it stands in `year`. The sentences say why whoever reads may change nothing; "" for who may."""
    said = [tuple(_said(version, language)) for version in page.versions]
    shown = [
        ShownVersion(version, _years(version), said[place], _changes(said, place), _broken(version, language))
        for place, version in enumerate(page.versions)
    ]
    now = shown[page.versions.index(page.in_year(year))]
    cost = time_taken(page.costs[0].minutes) if page.costs else ""
    return ShownDefinition(page, now, tuple(reversed(shown)), cost, why_not_change, why_not_estimate)


def _years(version: AskedVersion) -> str:
    if version.until is None:
        return _("from %(year)s") % {"year": version.from_year}
    if version.until == version.from_year:
        return _("only %(year)s") % {"year": version.from_year}
    return f"{version.from_year}–{version.until}"


def _broken(version: AskedVersion, language: Language) -> str:
    return write_break(Break(version.from_year, BreakKind(version.breaks)), language) if version.breaks else ""


def _changes(said: list[tuple[Said, ...]], place: int) -> tuple[Changed, ...]:
    if place == 0:
        return ()
    pairs = zip(said[place - 1], said[place], strict=True)
    return tuple(
        Changed(after.name, before.words, after.words, before.is_swedish or after.is_swedish)
        for before, after in pairs
        if before.words != after.words
    )


def _said(version: AskedVersion, language: Language) -> Iterator[Said]:
    """Everything that a version says, in one order, so that two can be laid side by side."""
    yield Said(_("What is measured"), version.title, True)
    yield Said(_("The question"), version.question, True)
    yield Said(_("Unit"), version.unit.symbol or _("number"), bool(version.unit.symbol))
    yield Said(_("Decimals"), str(version.decimals))
    yield Said(_("Better"), str(dict(SENSES)[version.sense.value]))
    yield Said(_("About persons"), _("yes, split by sex") if version.by_sex else _("no, not split by sex"))
    yield Said(_("Also split by"), ", ".join(str(SPLIT_WORDS.get(one, one)) for one in version.splits))
    yield Said(_("How often"), _rhythm(version))
    yield Said(_("Numerator"), version.numerator, True)
    yield Said(_("Denominator"), version.denominator, True)
    yield Said(_("Source"), version.source, True)
    yield Said(_("Rule for the proposal"), *_rule(version.rule, language))


def _rule(name: str, language: Language) -> tuple[str, bool]:
    rule = rule_named(name)
    in_english = language == "en" and bool(rule.title_en)
    return (rule.title_en, False) if in_english else (rule.title, True)


def _rhythm(version: AskedVersion) -> str:
    every = version.periodicity.every_years
    if every == 1:
        return _("every year")
    first = version.periodicity.first_year
    return _("every %(count)s years, counted from %(year)s") % {"count": every, "year": first}


def time_taken(minutes: int) -> str:
    """Minutes as a person says them: "3 timmar och 20 minuter om året"."""
    hours, rest = divmod(minutes, _MINUTES_IN_AN_HOUR)
    parts = (
        [ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": f"{hours:,}".replace(",", "\u00a0")}]
        if hours
        else []
    )
    if rest or not hours:
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", rest) % {"num": rest})
    return capitalised(_(" and ").join(parts))
