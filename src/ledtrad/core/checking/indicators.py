"""The indicator list: target against outcome against verdict, and the total against women and men."""

import re
from decimal import Decimal

from ledtrad.core.assessment import IndicatorResult, Sense, Verdict
from ledtrad.core.checking.claims import ClaimKind, NotUnderstood
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.messages import word
from ledtrad.core.checking.senses import sense_of
from ledtrad.core.checking.stream import Passage, Role, Scope
from ledtrad.core.document import IndicatorBlock
from ledtrad.core.language.reading import Mention, MentionKind
from ledtrad.core.language.writing import write_quantity
from ledtrad.core.outcomes import Measured, implied_share_of_women, total_lies_between
from ledtrad.core.quantities import Quantity, rounded

_LABEL = re.compile(
    r"(?P<verdict>måluppfyl|bedömning)|(?P<target>årsmål|mål(?:värde|nivå|et)?)|(?P<outcome>utfall|resultat)|"
    r"(?P<forecast>prognos)"
)
_WOMEN = re.compile(r"\b(?:kvinnor|flickor|tjejer|k)\b")
_MEN = re.compile(r"\b(?:män|pojkar|killar|m)\b")
_VERDICT = re.compile(
    r"(?:uppnå\w*\s|uppfyll\w*\s)?(?:helt|delvis|ej|inte(?: alls)?)(?:\suppn\w+|\suppf\w+)?|uppnå\w*|uppfyll\w*|ja\b",
    re.IGNORECASE,
)


def find_indicators(scope: Scope, desk: Desk) -> dict[str, dict[str, Draft]]:
    """Claims for the printed fields, by block id and part: "target", "total", "women", "men", "verdict", "absence"."""
    found: dict[str, dict[str, Draft]] = {}
    for passage in scope.passages:
        if passage.role != Role.FIELD or passage.indicator is None:
            continue
        parts = found.setdefault(passage.indicator.id, {})
        label = _LABEL.match(passage.lower)
        if label is not None:
            _read_field(label.lastgroup or "", passage, passage.indicator, scope, parts, desk)
    return found


def _read_field(
    label: str, passage: Passage, block: IndicatorBlock, scope: Scope, parts: dict[str, Draft], desk: Desk
) -> None:
    begin = passage.text.find(":") + 1
    if label == "verdict":
        match = _VERDICT.search(passage.text, begin)
        if match is not None and block.result.verdict is not None:
            kind = ClaimKind.INDICATOR_VERDICT
            parts["verdict"] = desk.add(
                Draft(kind, passage, *match.span(), block.result.verdict, "verdict", scope=scope)
            )
        return
    mentions = [mention for mention in passage.mentions if mention.start >= begin and _is_value(mention)]
    if label == "target":
        _values(ClaimKind.INDICATOR_TARGET, "target", mentions, passage, scope, parts, desk)
    elif label == "outcome" and block.result.measured is not None:
        _values(ClaimKind.INDICATOR_OUTCOME, "total", mentions, passage, scope, parts, desk)
    elif label == "outcome" and block.result.absence is not None:
        start = begin if begin < len(passage.text) else 0
        parts["absence"] = desk.add(
            Draft(ClaimKind.INDICATOR_ABSENCE, passage, start, len(passage.text), None, "outcome", scope=scope)
        )
    elif label == "outcome" and passage.text[begin:].strip(" –-.…"):
        # Something stands there that is neither a figure nor a reason: a person must read it.
        desk.not_understood.append(NotUnderstood(passage.text[begin:].strip(), passage.id, begin, len(passage.text)))
        parts["unread"] = Draft(ClaimKind.INDICATOR_OUTCOME, passage, begin, len(passage.text))
    elif label == "forecast":
        _values(ClaimKind.INDICATOR_OUTCOME, "forecast", mentions, passage, scope, parts, desk)


def _is_value(mention: Mention) -> bool:
    return mention.kind in (
        MentionKind.NUMBER,
        MentionKind.PERCENT,
        MentionKind.AMOUNT,
        MentionKind.POINTS,
        MentionKind.YEAR,
    )


def _values(
    kind: ClaimKind,
    first: str,
    mentions: list[Mention],
    passage: Passage,
    scope: Scope,
    parts: dict[str, Draft],
    desk: Desk,
) -> None:
    for mention in mentions:
        name = first
        if first == "total":
            before = passage.lower[: mention.start]
            women, men = _last(_WOMEN, before), _last(_MEN, before)
            name = "women" if women > men else "men" if men > women else "total"
        elif first == "target" and "target" in parts:
            name = "target.high"
        draft = Draft(
            kind, passage, mention.start, mention.end, mention.value, name, mention.unit, mention.high, scope=scope
        )
        parts.setdefault(name, desk.add(draft))


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def check_indicators(scope: Scope, found: dict[str, dict[str, Draft]], desk: Desk) -> None:
    """Every printed indicator against itself."""
    for block in scope.indicators:
        parts = found.get(block.id, {})
        result = block.result
        if result.measured is not None:
            _check_sexes(result.measured, parts, desk)
            _check_verdict(result, parts, desk)
        elif parts:
            _check_absence(result, parts, desk)


def _check_absence(result: IndicatorResult, parts: dict[str, Draft], desk: Desk) -> None:
    if "unread" in parts:
        return
    if result.outcome is None:
        drafts = tuple(parts[name] for name in ("target",) if name in parts)
        desk.warn("outcome_without_reason", drafts, desk.say("no_outcome_no_reason", name=result.name))
    elif "absence" in parts:
        desk.support(parts["absence"], desk.say("absence_explained"))
    if "verdict" in parts and result.verdict is not None and result.forecast is None:
        because = desk.say("verdict_without_outcome", verdict=word(desk.language, result.verdict.value))
        desk.contradict("verdict_without_outcome", (parts["verdict"],), because)


def _check_sexes(outcome: Measured, parts: dict[str, Draft], desk: Desk) -> None:
    drafts = tuple(parts[name] for name in ("total", "women", "men") if name in parts)
    if not outcome.by_sex or len(drafts) < 3:
        return
    shown = {"total": write_quantity(outcome.total), "women": _shown(outcome.women), "men": _shown(outcome.men)}
    if not total_lies_between(outcome):
        desk.contradict("total_outside_sexes", drafts, desk.say("not_between_sexes", **shown))
        return
    share = implied_share_of_women(outcome)
    if share is None:
        because = desk.say("same_as_sexes")
    else:
        percent = rounded(share * 100, 0)
        because = desk.say("between_sexes", share=percent, **shown)
        if _is_odd(outcome):
            desk.warn("odd_share_of_sexes", drafts, desk.say("odd_share", share=percent, **shown))
    for draft in drafts:
        desk.support(draft, because)


def _is_odd(outcome: Measured) -> bool:
    """Whether no share of women between a quarter and three quarters gives the total, rounding allowed for."""
    women, men, total = outcome.women, outcome.men, outcome.total
    assert isinstance(women, Quantity)
    assert isinstance(men, Quantity)
    slack = Decimal(1).scaleb(-min(women.decimals, men.decimals, total.decimals))
    quarter = (women.value - men.value) / 4
    low, high = sorted((men.value + quarter, women.value - quarter))
    return not low - slack <= total.value <= high + slack


def _shown(part: object) -> str:
    return write_quantity(part) if isinstance(part, Quantity) else "–"


def _check_verdict(result: IndicatorResult, parts: dict[str, Draft], desk: Desk) -> None:
    """Met means that the target is met, anything else that it is not. Where "delvis" ends is for the city to say."""
    sense, outcome, target = sense_of(result), result.measured, result.target
    if sense is None or outcome is None or target is None:
        return
    if result.verdict is None:
        desk.warn(
            "outcome_without_verdict",
            tuple(parts[name] for name in ("total",) if name in parts),
            desk.say("no_verdict"),
        )
        return
    if outcome.total.unit != target.unit:
        return
    is_met = _meets(outcome.total, result, sense[0])
    shown = {
        "outcome": write_quantity(outcome.total),
        "target": write_quantity(target.stated) if target.stated else _band(result),
        "verdict": word(desk.language, result.verdict.value),
    }
    drafts = tuple(parts[name] for name in ("target", "total", "verdict") if name in parts)
    because = desk.say("target_met_verdict" if is_met else "target_missed_verdict", **shown)
    if is_met == (result.verdict is Verdict.MET):
        for draft in drafts:
            desk.support(draft, because)
    elif sense[1] or outcome.total.value == (target.stated.value if target.stated else None):
        desk.contradict("verdict_against_target", drafts, because)
    else:
        other = word(desk.language, "lower" if sense[0] is Sense.MORE else "higher")
        desk.warn("sense_unsure", drafts, desk.say("sense_unsure", sense=other, **shown))


def _meets(value: Quantity, result: IndicatorResult, sense: Sense) -> bool:
    target = result.target
    assert target is not None
    if sense is Sense.BAND or target.stated is None:
        return target.is_met_by(value)
    return value.value >= target.stated.value if sense is Sense.MORE else value.value <= target.stated.value


def _band(result: IndicatorResult) -> str:
    target = result.target
    assert target is not None
    assert target.low is not None
    assert target.high is not None
    return f"{write_quantity(target.low)}–{write_quantity(target.high)}"
