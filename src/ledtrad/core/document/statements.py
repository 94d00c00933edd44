"""The sentences of "Måluppfyllelse för året" as templates: every figure is the id of a fact, never a number.

What somebody wrote, such as a reason, comes as BoundText: it is printed as it stands, braces and all.
"""

from collections.abc import Iterable, Iterator, Sequence

from ledtrad.core.assessment import CityVerdict, Decision, IndicatorResult, Tally, Verdict
from ledtrad.core.language.writing import (
    BoundText,
    CountStyle,
    capitalised,
    style_for,
    write_date,
    write_list,
    write_verdict,
)
from ledtrad.core.outcomes import Absence, AbsenceKind

_PARTS = {Verdict.MET: "met", Verdict.PARTLY: "partly", Verdict.NOT_MET: "not_met"}
_ABSENT = {
    AbsenceKind.NOT_MEASURED: "ingen mätning har gjorts",
    AbsenceKind.SUPPRESSED: "uppgiften omfattas av sekretess",
    AbsenceKind.NOT_APPLICABLE: "indikatorn är inte aktuell",
    AbsenceKind.LATE: "resultatet är inte klart",
}


def verdict_sentence(stem: str, year: int, verdict: CityVerdict | None) -> str:
    """What the city has concluded, or that it has not yet."""
    if verdict is None:
        return f"Målet för verksamhetsområdet är ännu inte bedömt för {year}."
    word = _slot(f"{stem}/verdict")
    if verdict.verdict is Verdict.NOT_MET:
        return f"Målet för verksamhetsområdet bedöms {word} ha uppfyllts under {year}."
    return f"Målet för verksamhetsområdet bedöms ha uppfyllts {word} under {year}."


def decision_sentence(decision: Decision) -> BoundText:
    """Where the verdict was decided: body, day, paragraph and case number."""
    paragraph = f", § {decision.paragraph.removeprefix('§').strip()}" if decision.paragraph else ""
    case = f" (dnr {decision.case_number})" if decision.case_number else ""
    return BoundText(f"Bedömningen beslutades av {decision.body} den {write_date(decision.day)}{paragraph}{case}.")


def board_sentence(stem: str, boards: Tally, style: CountStyle = CountStyle.DIGITS) -> str:
    """ "17 av 29 nämnder bedömer att … uppnås helt, 11 bedömer att målet …"; zero counts are left out."""
    if not boards.total:
        return ""
    counts = _Counts(f"{stem}/boards", boards, style)
    whole = f"av {counts.slot('total')} {'nämnd' if boards.total == 1 else 'nämnder'}"
    if not boards.answered:
        return f"Ingen {whole} har lämnat någon bedömning."
    parts: list[str] = []
    for verdict in counts.given:
        subject = f"{counts.slot(_PARTS[verdict])} {whole}" if not parts else counts.slot(_PARTS[verdict])
        goal = "målet" if parts else "kommunfullmäktiges mål för verksamhetsområdet"
        parts.append(f"{subject} bedömer att {goal} {_reached(verdict)}")
    if boards.without:
        parts.append(f"{counts.slot('no_outcome')} har inte lämnat någon bedömning")
    return _sentence(parts)


def company_sentence(stem: str, name: str, verdict: Verdict | None) -> str:
    """The company group's single verdict: "… bedömer att målet uppnås helt.\""""
    return f"{name} bedömer att målet {_reached(verdict, _slot(f'{stem}/company_group'))}." if verdict else ""


def indicator_sentences(
    stem: str, year: int, tally: Tally, results: Sequence[IndicatorResult], style: CountStyle = CountStyle.DIGITS
) -> Iterator[str | BoundText]:
    """How many indicators reached their target, how many have no outcome and why, and what is forecast."""
    if not tally.total:
        return
    yield _indicator_counts(f"{stem}/indicators", tally, results, style)
    yield from _reasons([result.absence for result in results if result.absence])
    if _hardly_followed_up(tally):
        yield from _followed_up(year, results)
    yield from _forecasts(year, results)


def _indicator_counts(stem: str, tally: Tally, results: Sequence[IndicatorResult], style: CountStyle) -> str:
    counts = _Counts(stem, tally, style)
    whole = f"av {counts.slot('total')} av kommunfullmäktiges indikatorer"
    unjudged = any(result.measured and not result.verdict for result in results)
    lacks = "saknar bedömning" if unjudged else "saknar utfall"  # the count holds both, and neither is judged
    if _hardly_followed_up(tally):
        return _sentence([f"{counts.slot('no_outcome')} {whole} {lacks}"])
    parts: list[str] = []
    for verdict in counts.given:
        subject = f"{counts.slot(_PARTS[verdict])} {whole}" if not parts else counts.slot(_PARTS[verdict])
        parts.append(f"för {subject} har {'det' if parts else 'årsmålet'} {_achieved(verdict)}")
    if tally.without:
        noun = "indikator" if tally.without == 1 else "indikatorer"
        parts.append(f"{counts.slot('no_outcome')} {noun} {lacks}")
    return _sentence(parts)


def _hardly_followed_up(tally: Tally) -> bool:
    """One outcome or none, among several: what is missing is then the news, and is said first."""
    return tally.answered <= 1 and tally.without > 0


def _reasons(absences: list[Absence]) -> Iterator[BoundText]:
    reasons = list(dict.fromkeys(_reason(absence) for absence in absences))
    if reasons:
        yield BoundText(f"Skäl som anges: {'; '.join(reasons)}.")


def _reason(absence: Absence) -> str:
    reason = absence.reason.strip().rstrip(".") or _ABSENT[absence.kind]
    return f"{reason} (väntas {absence.expected})" if absence.expected else reason


def _followed_up(year: int, results: Iterable[IndicatorResult]) -> Iterator[str]:
    for result in results:
        if result.measured and result.verdict:
            word = _slot(f"indicator:{result.code}/{year}/verdict")
            yield f"Den indikator som har följts upp visar att årsmålet {_reached(result.verdict, word)}."


def _forecasts(year: int, results: Iterable[IndicatorResult]) -> Iterator[str]:
    for result in results:
        if not result.measured and result.forecast and result.forecast.verdict:
            word = _slot(f"indicator:{result.code}/{year}/forecast.verdict")
            yield f"Enligt prognos uppnås årsmålet {word} för ”{result.name}”."


def overview_sentence(stem: str, goals: Tally, style: CountStyle = CountStyle.DIGITS) -> str:
    """How many of all the goals were met: "Av 5 mål för verksamhetsområdena har 2 uppfyllts helt och 3 delvis"."""
    counts = _Counts(stem, goals, style)
    of_all = f"Av {counts.slot('total')} mål för verksamhetsområdena"
    parts = []
    for verdict in counts.given:
        word = f"uppfyllts {write_verdict(verdict)}" if verdict is not Verdict.NOT_MET else "ej uppfyllts"
        parts.append(f"{counts.slot(_PARTS[verdict])} {word}")
    if goals.without:
        parts.append(f"{counts.slot('no_outcome')} ännu inte bedömts")
    return f"{of_all} har {write_list(parts)}."


class _Counts:
    """The counts of one tally as slots of a template, in words or digits for the whole sentence alike."""

    def __init__(self, stem: str, tally: Tally, style: CountStyle) -> None:
        self.given = [verdict for verdict in Verdict if tally.count(verdict)]
        shown = [tally.count(verdict) for verdict in self.given] + [tally.total]
        shown += [tally.without] if tally.without else []
        self._stem, self._style = stem, style_for(shown, style)

    def slot(self, part: str) -> str:
        return _slot(f"{self._stem}.{part}", "word" if self._style is CountStyle.WORDS else "")


def _slot(fact_id: str, style: str = "") -> str:
    return "{{" + (f"{fact_id}|{style}" if style else fact_id) + "}}"


def _reached(verdict: Verdict, word: str = "") -> str:
    """ "uppnås helt", "uppnås delvis", "ej uppnås": the order that Swedish wants in a subordinate clause."""
    word = word or write_verdict(verdict)
    return f"{word} uppnås" if verdict is Verdict.NOT_MET else f"uppnås {word}"


def _achieved(verdict: Verdict) -> str:
    return "ej uppnåtts" if verdict is Verdict.NOT_MET else f"uppnåtts {write_verdict(verdict)}"


def _sentence(parts: Sequence[str]) -> str:
    text = write_list(parts)
    if text.startswith("{{"):
        slot, rest = text.split("}}", 1)
        return f"{slot.replace('|word', '|Word')}}}}}{rest}."
    return capitalised(text) + "."
