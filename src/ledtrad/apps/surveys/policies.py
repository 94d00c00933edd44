"""Who keeps surveys and who may come near their answers, and what must hold before; each as a sentence."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

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


def check_why(why: str, what: str) -> str:
    """Whoever comes near answers says why, in some words. `what` is "läses", "raderas" or the like."""
    why = why.strip()
    if len(why) < MIN_WORDS:
        raise Refused(f"Skriv varför svaren {what}, med minst {MIN_WORDS} tecken. Ingenting har ändrats.")
    return why


def check_new(what: str, codes: Sequence[str], taken: Collection[str]) -> None:
    """Everything has a code of its own. `what` is "Enkäten", "Frågan" or the like."""
    used = {code for code in codes if codes.count(code) > 1} | (set(codes) & set(taken))
    if used:
        raise Refused(f"{what} {min(used)} finns redan. Ingenting har sparats.")
    if not all(code.strip() for code in codes):
        raise Refused(f"{what} behöver en kod. Ingenting har sparats.")


def check_known(what: str, code: str, is_known: bool) -> None:
    """What is named must be there."""
    if not is_known:
        raise Refused(f"{what} {code} finns inte. Ingenting har sparats.")


def check_seen(what: str, code: str, is_known: bool) -> None:
    """A page of something that is not there is no page."""
    if not is_known:
        raise Unseen(f"{what} {code} finns inte.")


def check_texts(code: str, texts: Mapping[str, str]) -> None:
    """A question has words, in Swedish at least."""
    if not texts.get("sv", "").strip():
        raise Refused(f"Frågan {code} behöver sin lydelse på svenska. Ingenting har sparats.")
    odd = [name for name in texts if len(name) not in _LANGUAGE_LETTERS or not name.islower()]
    if odd:
        raise Refused(f"{odd[0]} är ingen språkkod: skriv till exempel sv, en eller so. Ingenting har sparats.")


def check_steps(code: str, steps: Iterable[str]) -> None:
    """A scale has at least two answers, each with a code of its own."""
    codes = list(steps)
    if len(codes) < 2 or len(set(codes)) < len(codes) or not all(codes):
        raise Refused(f"Skalan {code} behöver minst två svar, vart och ett med sin egen kod. Ingenting har sparats.")


def check_rewording(code: str, from_year: int, latest: int, breaks: str, because: str) -> None:
    """Other words hold from a later year, say why, and are a break of a known kind or none."""
    if from_year <= latest:
        raise Refused(f"Frågan {code} har redan en lydelse som gäller från {latest}. Ingenting har sparats.")
    if breaks and breaks not in WORDING_BREAKS:
        raise Refused(f"Brottet {breaks} är inte ett känt slag. Ingenting har sparats.")
    if not because.strip():
        raise Refused("Skriv varför frågan ändras. Ingenting har sparats.")


def check_nothing_published(code: str, year: int | None) -> None:
    """Years that have a published result keep the question that was answered. `year` is one such year."""
    if year is not None:
        raise Refused(f"Frågan {code} har ett publicerat resultat för {year} och behåller sin lydelse det året.")


def check_measure(code: str, statistic: str, levels: Sequence[str], known: Collection[str]) -> None:
    """A share counts answers that can be given; a mean counts none."""
    if statistic not in STATISTICS:
        raise Refused(f"Måttet {statistic} är inte känt: ange andel eller medelvärde. Ingenting har sparats.")
    if (statistic == "mean") == bool(levels):
        raise Refused(f"Ange vilka svar på frågan {code} som räknas i andelen. Ingenting har sparats.")
    unknown = [level for level in levels if level not in known]
    if unknown:
        raise Refused(f"Frågan {code} har inget svar med koden {unknown[0]}. Ingenting har sparats.")


def check_unit(indicator: str, statistic: str, unit: str) -> None:
    """A share is given in percent, so the indicator must be."""
    if statistic == "proportion" and unit != "percent":
        raise Refused(f"Indikatorn {indicator} mäts inte i procent och kan inte vara en andel. Ingenting har sparats.")


def check_population(population: str) -> None:
    """A wave is put to somebody."""
    if not population.strip():
        raise Refused("Skriv vilka enkäten vänder sig till: populationen. Ingenting har sparats.")


def check_modes(modes: Iterable[str], languages: Iterable[str]) -> None:
    """Modes are those that are known; languages are codes."""
    unknown = [mode for mode in modes if mode not in MODES]
    if unknown:
        raise Refused(f"Insamlingssättet {unknown[0]} är inte känt. Ingenting har sparats.")
    odd = [name for name in languages if len(name) not in _LANGUAGE_LETTERS]
    if odd:
        raise Refused(f"{odd[0]} är ingen språkkod: skriv till exempel sv, en eller so. Ingenting har sparats.")


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
            raise Refused(f"I stratumet {code} är fler dragna än det finns. Ingenting har sparats.")
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
            raise Refused(f"I gruppen {code or 'alla'} har fler svarat än som drogs. Ingenting har sparats.")


def check_has_answers(are_kept: bool) -> None:
    """What has been deleted, or never came, cannot be read."""
    if not are_kept:
        raise Refused("Omgången har inga svar som finns kvar. Ingenting har ändrats.")


def check_readable(trouble: str) -> None:
    """The file and its codebook can be read. `trouble` is the reader's own sentence, "" when they can."""
    if trouble:
        raise Refused(f"{trouble} Ingenting har lästs in.")


def check_waits(does_wait: bool) -> None:
    """There is a file to look through."""
    if not does_wait:
        raise Refused("Ingen fil väntar på att läsas in. Skicka den igen. Ingenting har ändrats.")


def check_nobody_is_named(found: Sequence[str]) -> None:
    """No personal identifiers come in, whatever anybody writes. `found` says where and of what kind."""
    if found:
        raise Refused(
            f"Filen innehåller personuppgifter som inte tas emot: {'; '.join(found)}. Ta bort dem och skicka filen "
            "igen. Ingenting av den har sparats."
        )


def check_accepted(misfits: int, seen: str, expected: str, accepted: str) -> None:
    """What does not fit the codebook is taken in only when somebody has seen just that, and says why in writing."""
    if not misfits:
        return
    if seen != expected:
        raise Refused(
            f"{misfits} saker i filen stämmer inte med kodboken. Rätta filen eller kodboken, eller godta just dem "
            "skriftligt. Ingenting har lästs in."
        )
    if len(accepted.strip()) < MIN_WORDS:
        raise Refused(
            f"Skriv varför svaren ska läsas in fast allt inte stämmer med kodboken, med minst {MIN_WORDS} tecken. "
            "Ingenting har lästs in."
        )


def check_columns_there(wanted: Iterable[str], there: Collection[str]) -> None:
    """The columns that the wave's design names are in the file. "rep*" stands for all that begin so."""
    for name in wanted:
        found = any(one.startswith(name[:-1]) for one in there) if name.endswith("*") else name in there
        if name and not found:
            raise Refused(
                f"Urvalsplanen för omgången nämner kolumnen {name}, som inte finns i filen. Ingenting har lästs in."
            )


def check_has_design(has_design: bool) -> None:
    """Uncertainty follows from how the sample was drawn: nothing is estimated before that is told."""
    if not has_design:
        raise Refused("Omgången saknar urvalsplan. Lägg in hur urvalet drogs först. Ingenting har publicerats.")


def check_has_figures(figures: int) -> None:
    """Something must have been asked."""
    if not figures:
        raise Refused("Inga av enkätens frågor finns i omgångens svar. Ingenting har publicerats.")


def check_weighable(trouble: str) -> None:
    """The answers can be weighed so. `trouble` is what stands in the way, "" when nothing does."""
    if trouble:
        raise Refused(f"{trouble} Ingenting har vägts.")


def check_weights_seen(seen: str, expected: str) -> None:
    """Weights are kept as they were seen."""
    if seen != expected:
        raise Refused("Vikterna är inte de som visades. Räkna om dem och se igenom dem igen. Ingenting har vägts.")


def check_calculated(trouble: str) -> None:
    """The estimates can be calculated. `trouble` is what stands in the way, "" when nothing does."""
    if trouble:
        raise Refused(f"{trouble} Ingenting har publicerats.")


def check_may_hide(title: str, year: int, multiple: int) -> None:
    """A weighted share beside a rounded number undoes the rounding. `multiple` is what is out, 0 when nothing is."""
    if multiple:
        raise Refused(
            f"Frågan {title} är publicerad avrundad till närmaste {multiple} för {year}, och vägda andelar bredvid "
            "skulle göra att antalen går att räkna ut. Den kan bara publiceras avrundad. Ingenting har publicerats."
        )


def check_may_round(title: str, year: int, is_hidden: bool, before: int, multiple: int) -> None:
    """Nothing is rounded beside weighted shares, nor to two multiples. `before` is the one that is out, 0 for none."""
    if is_hidden:
        raise Refused(
            f"Frågan {title} är publicerad med vägda andelar för {year}. Avrundade antal bredvid skulle göra att det "
            "som är dolt går att räkna ut. Den kan bara publiceras med döljning. Ingenting har publicerats."
        )
    if before not in (0, multiple):
        raise Refused(
            f"Frågan {title} är publicerad avrundad till närmaste {before} för {year}. Två avrundningar av samma antal "
            f"säger mer än var och en, så den avrundas fortfarande till närmaste {before}. Ingenting har publicerats."
        )


def check_can_be_rounded(title: str, has_answers: bool, is_offered: bool) -> None:
    """What is rounded is how many gave each answer, to a multiple that `is_offered`."""
    if not is_offered:
        raise Refused("Ange vad antalen ska avrundas till: ett heltal från 3 till 20. Ingenting har publicerats.")
    if not has_answers:
        raise Refused(f"Frågan {title} besvaras med tal och kan inte avrundas. Ingenting har publicerats.")


def check_same_counts(title: str, are_same: bool) -> None:
    """What has been rounded is not rounded again from other answers: the two together would say more."""
    if not are_same:
        raise Refused(
            f"Svaren på frågan {title}, eller hemligheten som de avrundas med, är inte desamma som förra gången, och en "
            "andra avrundning skulle säga för mycket. Det som är publicerat står kvar. Ingenting har publicerats."
        )
