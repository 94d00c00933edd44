"""What a comment or a sentence says of its indicator's own figures: the verdict, the distance, the sexes."""

import re
from decimal import Decimal

from ledtrad.core.assessment import IndicatorResult, Verdict
from ledtrad.core.checking.claims import ClaimKind
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.messages import word
from ledtrad.core.checking.stream import Passage, Role, Scope
from ledtrad.core.language.reading import Mention, MentionKind, read_verdict
from ledtrad.core.language.writing import write_number
from ledtrad.core.outcomes import Measured, total_lies_between
from ledtrad.core.quantities import PERCENT, Quantity, decimals_of

_TARGET_MET = re.compile(
    r"\bårsmålet (?P<verdict>(?:har |är )?(?:därmed |alltså )?(?:(?:delvis|helt|inte|ej) )?"
    r"(?:uppnå\w+|uppfyll\w+|nås|nåddes|nåtts)(?: (?:helt|delvis|inte|ej)\b)?)"
)
_HYPOTHETICAL = re.compile(r"\b(?:ska|skulle|kan|för att|om)\b")
_BETWEEN_SEXES = re.compile(r"könen|kvinnor och män|flickor och pojkar|män och kvinnor|pojkar och flickor")
_WOMEN = re.compile(r"kvinnor|flickor|tjejer")
_MEN = re.compile(r"\bmän\b|\bmännen\b|pojkar|killar")


def find_comments(scope: Scope, desk: Desk) -> None:
    """Claims in comments about the indicator's own figures, and totals by sex written out in any sentence."""
    for passage in scope.passages:
        if passage.role == Role.COMMENT and passage.indicator is not None:
            _verdict(passage, passage.indicator.result, scope, desk)
            _distance(passage, passage.indicator.result, scope, desk)
        if passage.role != Role.FIELD:
            _sexes(passage, scope, desk)


def _verdict(passage: Passage, result: IndicatorResult, scope: Scope, desk: Desk) -> None:
    match = _TARGET_MET.search(passage.lower)
    if match is None or _HYPOTHETICAL.search(passage.lower) or result.verdict is None:
        return
    said = read_verdict(match["verdict"])
    draft = desk.add(Draft(ClaimKind.INDICATOR_VERDICT, passage, *match.span("verdict"), said, scope=scope))
    because = desk.say("comment_verdict", verdict=word(desk.language, result.verdict.value), printed=draft.text)
    # "Årsmålet nås inte" is said of what is partly met too.
    is_loose = said is Verdict.NOT_MET and result.verdict is Verdict.PARTLY
    if said is result.verdict or is_loose:
        desk.support(draft, because)
    elif said is not None:
        desk.contradict("comment_verdict", (draft,), because)


def _distance(passage: Passage, result: IndicatorResult, scope: Scope, desk: Desk) -> None:
    points = [mention for mention in passage.mentions if mention.kind is MentionKind.POINTS]
    if len(points) != 1 or result.measured is None or passage.is_taken(points[0].start, points[0].end):
        return
    ends = _ends(passage.lower, result, result.measured)
    if ends is None:
        return
    draft = desk.add(Draft(ClaimKind.CHANGE, passage, points[0].start, points[0].end, points[0].value, scope=scope))
    difference = abs(ends[0].value - ends[1].value)
    numbers = sorted(end.value for end in ends)
    shown = {"later": _shown(numbers[1]), "earlier": _shown(numbers[0]), "difference": _shown(difference)}
    if points[0].value == difference:
        desk.support(draft, desk.say("size_agrees", **shown))
    else:
        desk.contradict("change_size", (draft,), desk.say("size_disagrees", relative="", printed=draft.text, **shown))


def _ends(lower: str, result: IndicatorResult, measured: Measured) -> tuple[Quantity, Quantity] | None:
    """The two figures that the distance lies between: the sexes, or the outcome and the target."""
    if _BETWEEN_SEXES.search(lower):
        women, men = measured.women, measured.men
        return (women, men) if isinstance(women, Quantity) and isinstance(men, Quantity) else None
    stated = result.target.stated if result.target else None
    return (measured.total, stated) if stated is not None and "årsmålet" in lower else None


def _shown(value: Decimal) -> str:
    return write_number(value, decimals_of(value))


def _sexes(passage: Passage, scope: Scope, desk: Desk) -> None:
    """ "89 procent (kvinnor 82 procent, män 87 procent)": the first is the total of the other two."""
    shares = [mention for mention in passage.mentions if mention.kind is MentionKind.PERCENT and mention.high is None]
    if len(shares) != 3 or any(passage.is_taken(mention.start, mention.end) for mention in shares):
        return
    women, men = _WOMEN.search(passage.lower), _MEN.search(passage.lower)
    if women is None or men is None or min(women.start(), men.start()) < shares[0].end:
        return
    values = [Quantity(mention.value, PERCENT, decimals_of(mention.value)) for mention in shares]
    first_is_women = women.start() < men.start()
    outcome = Measured(
        values[0], values[1] if first_is_women else values[2], values[2] if first_is_women else values[1]
    )
    _judge(passage, shares, outcome, scope, desk)


def _judge(passage: Passage, shares: list[Mention], outcome: Measured, scope: Scope, desk: Desk) -> None:
    drafts = tuple(
        desk.add(Draft(ClaimKind.SHARE, passage, mention.start, mention.end, mention.value, unit=PERCENT, scope=scope))
        for mention in shares
    )
    assert isinstance(outcome.women, Quantity)
    assert isinstance(outcome.men, Quantity)
    names = {"total": outcome.total, "women": outcome.women, "men": outcome.men}
    shown = {name: f"{_shown(value.value)} %" for name, value in names.items()}
    if total_lies_between(outcome):
        for draft in drafts:
            desk.support(draft, desk.say("lies_between", **shown))
    else:
        desk.contradict("total_outside_sexes", drafts, desk.say("not_between_sexes", **shown))
