"""What must hold before something is said of a goal, each as a sentence."""

from collections.abc import Iterable, Mapping

from ledtrad.apps.audit.policies import Refused
from ledtrad.core.assessment import CityVerdict, Verdict


def check_goals_known(codes: Iterable[str], year: int, known: Mapping[str, object]) -> None:
    """A goal that is named must hold in the year."""
    missing = set(codes) - set(known)
    if missing:
        raise Refused(f"Målet {min(missing)} finns inte {year}. Ingenting har sparats.")


def check_code_is_free(code: str, first: int, last: int | None, taken: Iterable[tuple[int, int | None]]) -> None:
    """A code names one goal at a time."""
    for begins, ends in taken:
        if (last is None or begins <= last) and (ends is None or ends >= first):
            raise Refused(f"Målnumret {code} används redan för {begins}–{ends or 'tills vidare'}.")


def check_obliged(goal: str, year: int, unit: str, obliged: Mapping[tuple[str, str], object]) -> None:
    """Only a unit that must assess a goal may assess it: otherwise the count of those asked would be wrong."""
    if (goal, unit) not in obliged:
        raise Refused(f"Enheten {unit} ska inte bedöma mål {goal} för {year}. Ingenting har sparats.")


def check_city_verdict(verdict: Verdict, motive: str, grounds: Iterable[str]) -> None:
    """The city's verdict rests on a written motive that names what weighed."""
    if not motive.strip():
        raise Refused(f"Skriv en motivering till bedömningen {_WORDS[verdict]}. Ingenting har sparats.")
    if not tuple(grounds):
        raise Refused("Ange vad som vägde i bedömningen. Ingenting har sparats.")


def check_decision_is_whole(verdict: CityVerdict) -> None:
    """A decision is named with body, day, paragraph and case number, so that it can be found."""
    decision = verdict.decision
    if decision and not (decision.body.strip() and decision.paragraph.strip() and decision.case_number.strip()):
        raise Refused("Ange beslutande organ, paragraf och diarienummer för beslutet. Ingenting har sparats.")


_WORDS = {Verdict.MET: "helt", Verdict.PARTLY: "delvis", Verdict.NOT_MET: "ej"}
