"""Verdicts on the goal, by the company group and by single boards: is the same thing said everywhere?"""

import re

from ledtrad.core.assessment import Tally, Verdict, propose_from_subgoals
from ledtrad.core.checking.among import other_year
from ledtrad.core.checking.claims import ClaimKind
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.messages import word
from ledtrad.core.checking.stream import Passage, Role, Scope, just_before
from ledtrad.core.checking.tallies import Group, subgoals_in
from ledtrad.core.language.reading import MentionKind

_ADVERB = r"(?P<adverb>delvis|till viss del|till del|helt|fullt ut|i sin helhet|ej|inte alls|inte)"
_VERB = r"(?:uppfyll\w*|uppnå\w*|nås|nåtts)"
_STATED = re.compile(
    rf"(?:{_ADVERB}\s(?:har\s|ha\s|blivit\s|är\s|att\s)*{_VERB}|{_VERB}(?:\s(?:alltså|därmed|således|också|"
    rf"dock))?\s{_ADVERB.replace('adverb', 'after')})(?!\s+(?:på grund|för att))"
)
_DIRECTION = re.compile(r"(?:(?P<how>delvis|inte|ej|helt|i huvudsak) )?(?:åt|i) (?P<way>rätt|fel) (?:håll|riktning)")
_SUBJECT_GOAL = re.compile(
    r"\b(?:(?:inriktnings|verksamhetsområdes)mål(?:et)?|mål(?:et)?(?: för verksamhetsområdet)?|målen)\b"
)
_GROUP = re.compile(
    r"\b(?:stadshus ab|\w*\s?(?:stadshus|rådhus|kommunhus|kommunförvaltning|kommunala bolag|förvaltnings|"
    r"holding|koncern)\w* ab|"
    r"bolagskoncernen|koncernstyrelsen|kommunkoncernen|moderbolaget|koncernen)\b"
)
_BOARDS_SAY = re.compile(r"\b\w*nämnder(?:na)?\b[^.;:]{0,120}\b(?:bedömer|bedömde|bedömt|anser|ansåg)\b")
_BOARD = re.compile(r"\b\w*(?:nämnd(?:en)?|styrelsen)\b")
_CITY = re.compile(
    r"\b(?:stadsledningskontoret|kommunstyrelsen|kommunledningskontoret|staden|kommunen|kommunfullmäktige|"
    r"samlade bedömning)"
)
_COMPANY = re.compile(r"\bab\s\w+|\w+\sab\b|\bbolaget\b")
_OPENS = re.compile(
    r"(?:kommunfullmäktiges |nämndens )?(?:mål(?:et)?|inriktningsmålet|"
    r"verksamhetsområdesmålet)(?: för verksamhetsområdet)? "
    r"(?:har|är|uppfyll(?:s|des)|uppnå(?:s|ddes)|nås|bedöms)\b"
)
_FIELD = re.compile(r"(?:måluppfyllelse|samlad bedömning|bedömning)(?: \d{4})?:\s*(helt|delvis|ej|inte)\b")
_HEDGED = re.compile(r"\b(?:inte|ej|nära att|på väg att|i huvudsak|i stort sett|nästan)\s(?:\w+\s)?$")
_COUNTED_AFTER = re.compile(r"\s+(?:att|bedöm\w*|anser)\b")
_COUNTED_BEFORE = re.compile(r"\b(?:bedömer|bedömde|anser|ansåg)\s+$")
_MODAL = re.compile(
    r"\b(?:nära att|på väg|i huvudsak|nästan|ska|skall|kan|kunna|skulle|bör|måste|för att|om|när|behöver|"
    r"syftar|krävs)\b"
)
_SAYS = re.compile(r"bedöm|anser|samlad|sammantaget|slutsats")


def find_verdicts(scope: Scope, desk: Desk) -> None:
    """A claim for every verdict that a sentence gives the goal, unless the sentence counts boards or indicators."""
    for passage in scope.passages:
        if passage.role == Role.FIELD or passage.taken or not _may_tell(passage.lower):
            continue
        _find_in(passage, scope, desk)


def _may_tell(lower: str) -> bool:
    return "uppfyll" in lower or "uppnå" in lower or " nås" in lower or " håll" in lower or "rätt riktning" in lower


def _find_in(passage: Passage, scope: Scope, desk: Desk) -> None:
    lower = passage.lower
    field = _FIELD.match(lower)
    if field is not None:
        _add(ClaimKind.GOAL_VERDICT, passage, field.start(1), field.end(1), _verdict(field[1]), scope, desk)
        return
    kind = _kind(lower)
    if kind is None or (kind is not ClaimKind.COMPANY_VERDICT and _counts_boards(passage)):
        return
    stated = _STATED.search(lower)
    if stated is not None and _HEDGED.search(just_before(lower, stated.start())):
        return
    if stated is not None:
        adverb = stated["adverb"] or stated["after"]
        _add(kind, passage, stated.start(), stated.end(), _verdict(adverb), scope, desk)
    elif kind is ClaimKind.GOAL_VERDICT and (_SAYS.search(lower) or _OPENS.match(lower)) and not _MODAL.search(lower):
        bare = re.search(_VERB, lower)
        if bare is not None:
            _add(kind, passage, bare.start(), bare.end(), Verdict.MET, scope, desk)
    if kind is ClaimKind.GOAL_VERDICT:
        way = _DIRECTION.search(lower)
        if way is not None and way["how"]:
            _add(kind, passage, way.start(), way.end(), _direction(way), scope, desk)


def _counts_boards(passage: Passage) -> bool:
    """ "Av dessa bedömer 20 att målet uppnås helt": a sentence that counts who says so is not the city's verdict."""
    numbers = (mention for mention in passage.mentions if mention.kind is MentionKind.NUMBER)
    return any(
        _COUNTED_AFTER.match(passage.lower, number.end)
        or _COUNTED_BEFORE.search(just_before(passage.lower, number.start))
        for number in numbers
    )


def _kind(lower: str) -> ClaimKind | None:
    """Whose verdict the sentence gives: the company group's, one board's, or the city's on its goal."""
    group, board = _GROUP.search(lower), _BOARD.search(lower)
    subject = lower.find("bedöm")
    company = _COMPANY.search(lower)
    if company is not None and group is None and 0 <= company.start() < max(subject, lower.find("anser")):
        return ClaimKind.BOARD_VERDICT
    if group is not None and (subject < 0 or group.start() < subject + 60):
        return ClaimKind.COMPANY_VERDICT
    if _SUBJECT_GOAL.search(lower) is None or "årsmål" in lower or "indikator" in lower:
        return None
    if _BOARDS_SAY.search(lower) is not None:
        return None
    if board is not None and 0 <= board.start() < subject and _CITY.search(lower) is None:
        return ClaimKind.BOARD_VERDICT
    if (
        subject < 0
        and _OPENS.match(lower) is None
        and _CITY.search(lower) is None
        and "inriktningsmål" not in lower
        and "för verksamhetsområdet" not in lower
    ):
        return None
    return ClaimKind.GOAL_VERDICT


def _verdict(adverb: str) -> Verdict:
    if adverb in ("delvis", "till viss del", "till del"):
        return Verdict.PARTLY
    return Verdict.NOT_MET if adverb.startswith(("ej", "inte")) else Verdict.MET


def _direction(way: re.Match[str]) -> Verdict:
    """The published meaning: right way is met, partly the right way is partly, wrong way is not met."""
    if way["way"] == "fel" or way["how"] in ("inte", "ej"):
        return Verdict.NOT_MET
    return Verdict.PARTLY if way["how"] == "delvis" else Verdict.MET


def _add(kind: ClaimKind, passage: Passage, start: int, end: int, verdict: Verdict, scope: Scope, desk: Desk) -> None:
    slot = {ClaimKind.GOAL_VERDICT: "verdict", ClaimKind.COMPANY_VERDICT: "company_group"}.get(kind, "")
    if slot and (other := other_year(passage, start, scope.year)) and not _OWN_AFTER.match(passage.lower, end):
        # What was said of another year stands by itself.
        slot = f"{other}/{slot}"
    if kind is ClaimKind.GOAL_VERDICT and "inriktningsmål" in passage.lower:
        # The goal above has a verdict of its own, which may well differ.
        slot = "overall_verdict"
    desk.add(Draft(kind, passage, start, end, verdict, slot, scope=scope))


_SAID_OF_A_GOAL = (ClaimKind.GOAL_VERDICT, ClaimKind.COMPANY_VERDICT)


_OWN_AFTER = re.compile(r"\s(?:under|för)\s(?:år\s)?\d{4}")


def check_verdicts(drafts: list[Draft], groups: dict[str, Group], desk: Desk) -> None:
    """`drafts` are those of one scope."""
    for slot, key, finding in (
        ("verdict", "verdicts_differ", "verdict_differs"),
        ("overall_verdict", "verdicts_differ", "verdict_differs"),
        ("company_group", "company_differs", "company_verdict_differs"),
    ):
        same = [draft for draft in drafts if draft.slot == slot and draft.kind in _SAID_OF_A_GOAL]
        values = {draft.value for draft in same}
        if len(values) > 1:
            desk.contradict(finding, tuple(same), desk.say(key, values=", ".join(f"”{draft.text}”" for draft in same)))
        elif len(same) > 1:
            for draft in same:
                desk.support(draft, desk.say("verdicts_agree"))
    goals = [draft for draft in drafts if draft.kind is ClaimKind.GOAL_VERDICT]
    goal = next((draft for draft in goals if draft.slot == "overall_verdict"), goals[0] if goals else None)
    subgoals = subgoals_in(groups)
    if goal is not None and subgoals is not None and subgoals.heading == goal.passage.heading:
        _check_subgoals(goal, subgoals, desk)


def _check_subgoals(goal: Draft, group: Group, desk: Desk) -> None:
    """The rule proposes and the city decides, so a difference is pointed out and not called wrong."""
    counts = {slot: group.value(slot) or 0 for slot in ("met", "partly", "not_met")}
    total = group.total or sum(counts.values())
    if not 0 < sum(counts.values()) <= total:
        return
    proposal = propose_from_subgoals(Tally(counts["met"], counts["partly"], counts["not_met"], total)).verdict
    text = ", ".join(f"{count} {word(desk.language, slot)}" for slot, count in counts.items() if count)
    if proposal is None:
        return
    if proposal is goal.value:
        desk.support(goal, desk.say("subgoal_rule_agrees", sum=text))
    else:
        printed = word(desk.language, goal.value.value) if isinstance(goal.value, Verdict) else ""
        proposed = word(desk.language, proposal.value)
        desk.warn(
            "subgoal_rule_differs",
            (goal,),
            desk.say("subgoal_rule_differs", sum=text, proposed=proposed, printed=printed),
        )
