"""All other figures: percentages, amounts, counts, dates, years. Each becomes a claim; impossible ones are errors."""

import re
from collections import Counter
from decimal import Decimal

from ledtrad.core.checking.claims import ClaimKind, Severity
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.stream import Role, Scope, just_before
from ledtrad.core.language.reading import Mention, MentionKind, read_number
from ledtrad.core.language.writing import write_number
from ledtrad.core.quantities import decimals_of

_KINDS = {
    MentionKind.NUMBER: ClaimKind.COUNT,
    MentionKind.PERCENT: ClaimKind.SHARE,
    MentionKind.POINTS: ClaimKind.CHANGE,
    MentionKind.FRACTION: ClaimKind.SHARE,
    MentionKind.AMOUNT: ClaimKind.AMOUNT,
    MentionKind.DATE: ClaimKind.DATE,
    MentionKind.YEAR: ClaimKind.YEAR,
    MentionKind.YEARS: ClaimKind.YEAR,
    MentionKind.REFERENCE: ClaimKind.REFERENCE,
}
_PROBLEMS = {"date": ("impossible_date", "impossible_date"), "years": ("period_backwards", "years_backwards")}
# A year here is the section's own year, whatever else the text looks back on.
_OWN_YEAR = re.compile(
    r"\bny indikator (?:för )?$|(?:uppf|uppnå)\w+(?:\s(?:helt|delvis|ej|inte))? (?:under|för|år)\s(?:år\s)?$|"
    r"\b(?:inte|ej) (?:kunnat )?genomför\w+ (?:under )?$"
)


def find_figures(scope: Scope, desk: Desk) -> list[Draft]:
    """Claims for every number that no other kind has taken."""
    found = []
    for passage in scope.passages:
        if not passage.mentions or passage.role == Role.QUOTE:
            continue
        for mention in passage.mentions:
            if passage.is_taken(mention.start, mention.end) or _is_article(mention):
                continue
            draft = Draft(
                _KINDS[mention.kind],
                passage,
                mention.start,
                mention.end,
                mention.value,
                "",
                mention.unit,
                mention.high,
                scope=scope,
            )
            found.append(desk.add(draft))
            _check(draft, mention, desk)
    return found


def _is_article(mention: Mention) -> bool:
    """ "en" and "ett" alone are articles far more often than numbers."""
    return mention.in_words and mention.value == 1 and mention.end - mention.start <= 3


def _check(draft: Draft, mention: Mention, desk: Desk) -> None:
    if (
        mention.kind is MentionKind.PERCENT
        and mention.value > 100
        and _OF_PEOPLE.match(draft.passage.lower, mention.end)
    ):
        desk.contradict("over_hundred", (draft,), desk.say("over_hundred", text=draft.text))
    elif mention.problem:
        kind, key = _PROBLEMS[mention.problem]
        desk.contradict(kind, (draft,), desk.say(key, text=draft.text))
    elif mention.ambiguous:
        bare = re.sub(r"[^\d.,]", "", draft.text)
        whole, _, part = bare.replace(".", ",").rpartition(",")
        shown = {"thousand": f"{whole.replace(',', ' ')} {part}", "decimal": f"{whole.replace(',', '')},{part}"}
        because = desk.say("ambiguous_number", text=draft.text, **shown)
        draft.because = because
        desk.warn("ambiguous_number", (draft,), because)
    elif _is_backwards(draft, mention):
        desk.contradict("range_backwards", (draft,), desk.say("range_backwards", text=draft.text))


_VERDICT_YEAR = re.compile(r"(?:uppf|uppnå)\w+(?:\s(?:helt|delvis|ej|inte))? (?:under|för|år)\s(?:år\s)?$")


def _is_backwards(draft: Draft, mention: Mention) -> bool:
    """A range that falls, unless it is a change: "från 11 till 9"."""
    if mention.high is None or mention.high >= mention.value or mention.kind is MentionKind.YEARS:
        return False
    return not just_before(draft.passage.lower, draft.start).endswith("från ")


_DIGITS = re.compile(r"[\d\s,]*\d")
_OF_PEOPLE = re.compile(
    r"\s+av\s+(?:de\s+|alla\s+|samtliga\s+|stadens\s+)*(?:elev|invånar|kvinn|män|flick|pojk|nämnd|svarande|medborg|boende|"
    r"brukar|barn|ungdom|personer|hushåll|medarbet|stockholmar|indikator)"
)
_INCLUDING = re.compile(r"\bvarav\b|\bfördelat på\b")


def check_parts(scope: Scope, figures: list[Draft], desk: Desk) -> None:
    """ "120 mnkr, varav 80 … och 30 …": the parts that follow may not exceed the whole that comes before."""
    by_passage: dict[int, list[Draft]] = {}
    for draft in figures:
        if draft.kind in (ClaimKind.AMOUNT, ClaimKind.COUNT) and draft.high is None and draft.passage.role == Role.TEXT:
            by_passage.setdefault(id(draft.passage), []).append(draft)
    for drafts in by_passage.values():
        including = _INCLUDING.search(drafts[0].passage.lower)
        if including is not None and len(drafts) > 1:
            _check_parts(drafts, including.start(), desk)


def _check_parts(drafts: list[Draft], at: int, desk: Desk) -> None:
    before = [draft for draft in drafts if draft.end <= at]
    end = re.compile(r"[.;:]\s|$").search(drafts[0].passage.text, at)
    after = [draft for draft in drafts if draft.start > at and end is not None and draft.start < end.start()]
    parts = [draft for draft in after if before and draft.unit == before[-1].unit]
    if not before or not parts:
        return
    whole = before[-1]
    result = sum((draft.value for draft in parts if isinstance(draft.value, Decimal)), Decimal(0))
    shown = {"sum": " + ".join(draft.text for draft in parts), "result": _like(whole, result), "total": whole.text}
    if result > whole.value:  # type: ignore[operator]
        # Money is divided; people may be counted in two groups.
        severity = Severity.ERROR if whole.kind is ClaimKind.AMOUNT else Severity.WARNING
        desk.contradict("parts_exceed_whole", (*parts, whole), desk.say("parts_exceed", **shown), severity)
    elif result == whole.value:
        for draft in (*parts, whole):
            desk.support(draft, desk.say("parts_agree", **shown))


def _like(whole: Draft, value: Decimal) -> str:
    """`value` in the unit that the whole is printed in: 130 000 000 kronor beside "120 mnkr" is "130 mnkr"."""
    digits = _DIGITS.match(whole.text)
    if digits is None or not isinstance(whole.value, Decimal):
        return write_number(value, decimals_of(value))
    number, _ = read_number(digits.group())
    scaled = (value * number / whole.value).normalize() if whole.value else value
    return write_number(scaled, decimals_of(scaled)) + whole.text[digits.end() :]


def check_years(scope: Scope, figures: list[Draft], desk: Desk) -> None:
    """The section is about the year it names most; its verdict and its new indicators are of that year."""
    years = [draft for draft in figures if draft.kind is ClaimKind.YEAR and draft.high is None]
    own = scope.year
    if own is None:
        return
    for draft in years:
        is_own = _OWN_YEAR.search(just_before(draft.passage.lower, draft.start)) is not None
        if is_own and draft.value == own:
            desk.support(draft, desk.say("report_year", year=own))
        elif is_own:
            # A look back at an older survey may be meant; the verdict's own year may not differ.
            severity = (
                Severity.ERROR
                if _VERDICT_YEAR.search(just_before(draft.passage.lower, draft.start))
                else Severity.WARNING
            )
            desk.contradict("other_year", (draft,), desk.say("other_year", year=own, printed=draft.text), severity)


def report_year(scope: Scope) -> int | None:
    """The year that the section is about: its verdict's, unless another is named far more often; None when unclear."""
    years: Counter[int] = Counter()
    stated: int | None = None
    for passage in scope.passages:
        for mention in passage.mentions:
            if mention.kind is MentionKind.YEAR:
                years[int(mention.value)] += 1
                if stated is None and _VERDICT_YEAR.search(just_before(passage.lower, mention.start)):
                    stated = int(mention.value)
    ranked = years.most_common(2)
    if stated is not None:
        return ranked[0][0] if ranked[0][1] >= 3 + years[stated] else stated
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
