"""Who keeps surveys and who may come near their answers, and what must hold before; each as a sentence."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce

from ledtrad.apps.audit.phrases import Phrase, Swedish
from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen
from ledtrad.apps.people.actors import Actor
from ledtrad.apps.people.models import Role
from ledtrad.apps.surveys.models import MODES, STATISTICS, WORDING_BREAKS

MIN_WORDS = 10
_LANGUAGE_LETTERS = 2, 3


def check_keeps_surveys(actor: Actor) -> None:
    """The centre defines surveys, plans and cancels waves, and publishes what came out."""
    if not actor.holds(Role.CENTRAL_CONTROLLER):
        raise Forbidden("Bara centrala controllers lägger upp enkäter och publicerar deras resultat.")


def check_handles_answers(actor: Actor) -> None:
    """Answers are taken in, read and deleted by the centre alone; every time is written in the log."""
    if not actor.holds(Role.CENTRAL_CONTROLLER):
        raise Forbidden("Bara centrala controllers läser in, läser och raderar enkätsvar.")


def check_sees_answers(actor: Actor) -> None:
    """What is known of answers, and who has read them, is for the centre and the auditors."""
    if not actor.holds(Role.CENTRAL_CONTROLLER, Role.AUDITOR):
        raise Forbidden("Bara centrala controllers och revisorer ser hur enkätsvaren hanteras.")


def check_why(why: str, what: Phrase) -> str:
    """Whoever comes near answers says why, in some words. `what` is Phrase("läses"), Phrase("raderas") or the like."""
    why = why.strip()
    if len(why) < MIN_WORDS:
        raise Refused(
            "Skriv varför svaren {what}, med minst {least} tecken. Ingenting har ändrats.", what=what, least=MIN_WORDS
        )
    return why


def check_new(what: Phrase, codes: Sequence[str], taken: Collection[str]) -> None:
    """Everything has a code of its own. `what` is Phrase("Enkäten") or the like."""
    used = {code for code in codes if codes.count(code) > 1} | (set(codes) & set(taken))
    if used:
        raise Refused("{what} {code} finns redan. Ingenting har sparats.", what=what, code=min(used))
    if not all(code.strip() for code in codes):
        raise Refused("{what} behöver en kod. Ingenting har sparats.", what=what)


def check_known(what: Phrase, code: str, is_known: bool) -> None:
    """What is named must be there."""
    if not is_known:
        raise Refused("{what} {code} finns inte. Ingenting har sparats.", what=what, code=code)


def check_seen(what: Phrase, code: str, is_known: bool) -> None:
    """A page of something that is not there is no page."""
    if not is_known:
        raise Unseen("{what} {code} finns inte.", what=what, code=code)


def check_texts(code: str, texts: Mapping[str, str]) -> None:
    """A question has words, in Swedish at least."""
    if not texts.get("sv", "").strip():
        raise Refused("Frågan {code} behöver sin lydelse på svenska. Ingenting har sparats.", code=code)
    odd = [name for name in texts if len(name) not in _LANGUAGE_LETTERS or not name.islower()]
    if odd:
        raise Refused(
            "{language} är ingen språkkod: skriv till exempel sv, en eller so. Ingenting har sparats.", language=odd[0]
        )


def check_steps(code: str, steps: Iterable[str]) -> None:
    """A scale has at least two answers, each with a code of its own."""
    codes = list(steps)
    if len(codes) < 2 or len(set(codes)) < len(codes) or not all(codes):
        raise Refused(
            "Skalan {code} behöver minst två svar, vart och ett med sin egen kod. Ingenting har sparats.", code=code
        )


def check_rewording(code: str, from_year: int, latest: int, breaks: str, because: str) -> None:
    """Other words hold from a later year, say why, and are a break of a known kind or none."""
    if from_year <= latest:
        raise Refused(
            "Frågan {code} har redan en lydelse som gäller från {year}. Ingenting har sparats.", code=code, year=latest
        )
    if breaks and breaks not in WORDING_BREAKS:
        raise Refused("Brottet {breaks} är inte ett känt slag. Ingenting har sparats.", breaks=breaks)
    if not because.strip():
        raise Refused("Skriv varför frågan ändras. Ingenting har sparats.")


def check_nothing_published(code: str, year: int | None) -> None:
    """Years that have a published result keep the question that was answered. `year` is one such year."""
    if year is not None:
        raise Refused(
            "Frågan {code} har ett publicerat resultat för {year} och behåller sin lydelse det året.",
            code=code,
            year=year,
        )


def check_measure(code: str, statistic: str, levels: Sequence[str], known: Collection[str]) -> None:
    """A share counts answers that can be given; a mean counts none."""
    if statistic not in STATISTICS:
        raise Refused(
            "Måttet {statistic} är inte känt: ange andel eller medelvärde. Ingenting har sparats.", statistic=statistic
        )
    if (statistic == "mean") == bool(levels):
        raise Refused("Ange vilka svar på frågan {code} som räknas i andelen. Ingenting har sparats.", code=code)
    unknown = [level for level in levels if level not in known]
    if unknown:
        raise Refused(
            "Frågan {code} har inget svar med koden {unknown}. Ingenting har sparats.", code=code, unknown=unknown[0]
        )


def check_unit(indicator: str, statistic: str, unit: str) -> None:
    """A share is given in percent, so the indicator must be."""
    if statistic == "proportion" and unit != "percent":
        raise Refused(
            "Indikatorn {indicator} mäts inte i procent och kan inte vara en andel. Ingenting har sparats.",
            indicator=indicator,
        )


def check_population(population: str) -> None:
    """A wave is put to somebody."""
    if not population.strip():
        raise Refused("Skriv vilka enkäten vänder sig till: populationen. Ingenting har sparats.")


def check_modes(modes: Iterable[str], languages: Iterable[str]) -> None:
    """Modes are those that are known; languages are codes."""
    unknown = [mode for mode in modes if mode not in MODES]
    if unknown:
        raise Refused("Insamlingssättet {unknown} är inte känt. Ingenting har sparats.", unknown=unknown[0])
    odd = [name for name in languages if len(name) not in _LANGUAGE_LETTERS]
    if odd:
        raise Refused(
            "{language} är ingen språkkod: skriv till exempel sv, en eller so. Ingenting har sparats.", language=odd[0]
        )


def check_days(opened: date | None, closed: date | None) -> None:
    """A collection begins before it ends."""
    if opened and closed and closed < opened:
        raise Refused("Insamlingen slutar innan den börjar. Ingenting har sparats.")


def check_strata(strata: Iterable[tuple[str, int, int | None]]) -> None:
    """Strata have codes of their own, and none has more drawn than it holds. Each is code, population, drawn."""
    seen: set[str] = set()
    for code, population, drawn in strata:
        if not code.strip() or code in seen:
            raise Refused("Varje stratum behöver en egen kod. Ingenting har sparats.")
        if population < 0 or (drawn is not None and not 0 <= drawn <= population):
            raise Refused("I stratumet {code} är fler dragna än det finns. Ingenting har sparats.", code=code)
        seen.add(code)


def check_mode_change(before: str, after: str, because: str) -> None:
    """Asking in another way is a break, and says why."""
    if set(before.split()) != set(after.split()) and not because.strip():
        raise Refused(
            "Insamlingssättet är ett annat än i förra omgången, vilket bryter serien. Skriv varför. Ingenting har "
            "sparats."
        )


def check_may_cancel(state: str, has_estimates: bool, reason: str) -> None:
    """A wave that has given results was held; one that was not says why."""
    if has_estimates:
        raise Refused("Omgången har publicerade resultat och kan inte ställas in. Ingenting har sparats.")
    if state == "cancelled":
        raise Refused("Omgången är redan inställd. Ingenting har sparats.")
    if not reason.strip():
        raise Refused("Skriv varför omgången ställs in. Ingenting har sparats.")


def check_is_on(state: str) -> None:
    """A cancelled wave has no answers."""
    if state == "cancelled":
        raise Refused("Omgången är inställd. Ingenting har sparats.")


def check_responses(groups: Iterable[tuple[str, str, int | None, int]]) -> None:
    """No more answer than were drawn. Each is kind, code, drawn, answered."""
    for kind, code, drawn, answered in groups:
        if bool(kind) != bool(code):
            raise Refused("Ange både slag och grupp, eller ingetdera för hela omgången. Ingenting har sparats.")
        if answered < 0 or (drawn is not None and answered > drawn):
            raise Refused(
                "I gruppen {code} har fler svarat än som drogs. Ingenting har sparats.", code=code or Phrase("alla")
            )


def check_has_answers(are_kept: bool) -> None:
    """What has been deleted, or never came, cannot be read."""
    if not are_kept:
        raise Refused("Omgången har inga svar som finns kvar. Ingenting har ändrats.")


def check_readable(trouble: str) -> None:
    """The file and its codebook can be read. `trouble` is the reader's own sentence, "" when they can."""
    if trouble:
        raise Refused("{trouble} Ingenting har lästs in.", trouble=Swedish(trouble))


def check_waits(does_wait: bool) -> None:
    """There is a file to look through."""
    if not does_wait:
        raise Refused("Ingen fil väntar på att läsas in. Skicka den igen. Ingenting har ändrats.")


def check_nobody_is_named(found: Sequence[Phrase]) -> None:
    """No personal identifiers come in, whatever anybody writes. `found` says where and of what kind."""
    if found:
        raise Refused(
            "Filen innehåller personuppgifter som inte tas emot: {found}. Ta bort dem och skicka filen "
            "igen. Ingenting av den har sparats.",
            found=reduce(lambda first, rest: Phrase("{first}; {next}", first=first, next=rest), found),
        )


def check_accepted(misfits: int, seen: str, expected: str, accepted: str) -> None:
    """What does not fit the codebook is taken in only when somebody has seen just that, and says why in writing."""
    if not misfits:
        return
    if seen != expected:
        raise Refused(
            "{misfits} saker i filen stämmer inte med kodboken. Rätta filen eller kodboken, eller godta just dem "
            "skriftligt. Ingenting har lästs in.",
            misfits=misfits,
        )
    if len(accepted.strip()) < MIN_WORDS:
        raise Refused(
            "Skriv varför svaren ska läsas in fast allt inte stämmer med kodboken, med minst {least} tecken. "
            "Ingenting har lästs in.",
            least=MIN_WORDS,
        )


def check_columns_there(wanted: Iterable[str], there: Collection[str]) -> None:
    """The columns that the wave's design names are in the file. "rep*" stands for all that begin so."""
    for name in wanted:
        found = any(one.startswith(name[:-1]) for one in there) if name.endswith("*") else name in there
        if name and not found:
            raise Refused(
                "Urvalsplanen för omgången nämner kolumnen {name}, som inte finns i filen. Ingenting har lästs in.",
                name=name,
            )
