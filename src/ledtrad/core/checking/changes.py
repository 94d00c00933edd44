"""Changes over time: "minskat från 11 till 9 procent". The word, the two figures and the difference must agree."""

import itertools
import re
from decimal import Decimal

from ledtrad.core.checking.broken import OVER_TIME
from ledtrad.core.checking.claims import ClaimKind, Severity
from ledtrad.core.checking.drafts import Desk, Draft
from ledtrad.core.checking.messages import word
from ledtrad.core.checking.stream import Passage, Role, Scope, just_before
from ledtrad.core.language.reading import Mention, MentionKind
from ledtrad.core.language.writing import write_number
from ledtrad.core.quantities import rounded

_WORD = re.compile(
    r"\b(?P<up>(?:har |hade )?(?:ökat|stigit|växt|fördubblats|fördubblades|ökade|steg|växte|ökar)|(?:en )?(?:ökning|"
    r"uppgång)(?= (?:från|med|på|till))|fler än)\b"
    r"|\b(?P<down>(?:har |hade )?(?:minskat|sjunkit|halverats|halverades|avtagit|minskade|sjönk|avtog|"
    r"minskar)|gått ner|"
    r"gått ned|gick ned|(?:en )?(?:minskning|nedgång)(?= (?:från|med|på|till)))\b"
    r"|\b(?P<flat>avstannat|oförändra\w+|legat still|planat ut|legat kvar|ligger kvar|avstannade)\b"
)
_TELLING = frozenset(
    [
        *(
            "ökat",
            "ökade",
            "ökar",
            "ökning",
            "stigit",
            "steg",
            "växt",
            "växte",
            "fördubblats",
            "fördubblades",
            "uppgång",
        ),
        *(
            "minskat",
            "minskade",
            "minskar",
            "minskning",
            "sjunkit",
            "sjönk",
            "halverats",
            "halverades",
            "avtagit",
            "avtog",
        ),
        *("nedgång", "gått", "gick", "avstannat", "avstannade", "oförändrad", "oförändrat", "oförändrade", "legat"),
        *("ligger", "planat", "fler"),
    ]
)
_HYPOTHETICAL = re.compile(r"\b(?:ska|skall|kan|bör|skulle|att|väntas|förväntas|beräknas)\s(?:ha\s|inte\s)?(?:\w+\s)?$")
_YEAR_AFTER = re.compile(r"\s(?:år\s)?((?:19|20)\d\d)\b")
_COMPARED = re.compile(r"(?:jämfört med|mot|från|att jämföra med)\s+(?:knappt |drygt |cirka )?$")
_VALUES = (MentionKind.NUMBER, MentionKind.PERCENT, MentionKind.AMOUNT)


def find_changes(scope: Scope, desk: Desk) -> None:
    """A claim for each change in the running text, checked where the figures stand in the same sentence."""
    for passage in scope.passages:
        if passage.role == Role.FIELD:
            continue
        pair = _pair(passage) if passage.mentions else None
        match = _nearest_word(passage, pair) if not _TELLING.isdisjoint(passage.tokens) else None
        if match is not None and _HYPOTHETICAL.search(just_before(passage.lower, match.start())):
            match = None
        if match is None and pair is None:
            continue
        _add(passage, match, pair, scope, desk)


def direction_of(passage: Passage, start: int) -> str:
    """Which way the word of change at `start` says that it went: "up", "down" or "flat"; "" for no such word."""
    match = _WORD.match(passage.lower, start)
    return match.lastgroup or "" if match else ""


_BESIDE = re.compile(r"\b(?:under|över|lägre än|högre än|från|ifrån|skillnad|mellan)\b")


def find_distances(scope: Scope, desk: Desk) -> None:
    """ "84 procent, 4,5 procentenheter under årsmålet på 88,5 procent": the distance must be the difference."""
    for passage in scope.passages:
        if passage.role == Role.FIELD or "procentenhet" not in passage.lower or not _BESIDE.search(passage.lower):
            continue
        shares = [
            mention for mention in passage.mentions if mention.kind is MentionKind.PERCENT and mention.high is None
        ]
        points = [mention for mention in passage.mentions if mention.kind is MentionKind.POINTS]
        if len(shares) == 2 and len(points) == 1 and not passage.is_taken(points[0].start, points[0].end):
            (size,) = points
            draft = desk.add(Draft(ClaimKind.CHANGE, passage, size.start, size.end, size.value, scope=scope))
            _judge_size(draft, size, shares[0], shares[0].value, shares[1].value, desk)


def _nearest_word(passage: Passage, pair: tuple[Mention, Decimal, Decimal] | None) -> re.Match[str] | None:
    """The word of change that the two figures belong to: the last one before them, else the first of the sentence."""
    if pair is None:
        return _WORD.search(passage.lower)
    before = list(_WORD.finditer(passage.lower, 0, pair[0].start))
    return before[-1] if before else _WORD.search(passage.lower)


def _add(
    passage: Passage,
    match: re.Match[str] | None,
    pair: tuple[Mention, Decimal, Decimal] | None,
    scope: Scope,
    desk: Desk,
) -> None:
    start, end = match.span() if match else (pair[0].start, pair[0].end)  # type: ignore[index]
    if match is not None and match.group().startswith(("har ", "hade ")):
        start += match.group().index(" ") + 1
    if passage.is_taken(start, end):
        return
    draft = desk.add(Draft(ClaimKind.CHANGE, passage, start, end, slot=OVER_TIME, scope=scope))
    drafts = [draft]
    if pair is None:
        return
    mention, earlier, later = pair
    if match is not None and not passage.is_taken(mention.start, mention.end):
        drafts.append(desk.add(Draft(ClaimKind.CHANGE, passage, mention.start, mention.end, scope=scope)))
    _check_direction(drafts, match, mention, earlier, later, desk)
    _check_size(passage, drafts, mention, earlier, later, desk, scope)


def _pair(passage: Passage) -> tuple[Mention, Decimal, Decimal] | None:
    """ "från 11 till 9 procent", or "9 (11) procent": the mention that holds both, the earlier and the later value."""
    mentions = [mention for mention in passage.mentions if mention.kind in _VALUES]
    for mention in mentions:
        if mention.high is not None and re.search(r"\bfrån\s+$", just_before(passage.lower, mention.start)):
            return mention, mention.value, mention.high
    for first, second in itertools.pairwise(mentions):
        between = passage.lower[first.end : second.start]
        if re.search(r"\bfrån\s+$", just_before(passage.lower, first.start)) and re.fullmatch(
            r"[^.;]{0,40}\btill\s+", between
        ):
            return _joined(first, second), first.value, second.value
        years = _YEAR_AFTER.match(passage.lower, first.end), _YEAR_AFTER.match(passage.lower, second.end)
        if years[0] and years[1] and first.kind is second.kind and years[0][1] < years[1][1]:
            return _joined(first, second), first.value, second.value
        if between == " (" and passage.lower[second.end : second.end + 1] == ")":
            return _joined(first, second), second.value, first.value
        if (
            first.kind is second.kind
            and _COMPARED.search(between)
            and _COMPARED.search(just_before(passage.lower, second.start))
        ):
            return _joined(first, second), second.value, first.value
    return None


def _joined(first: Mention, second: Mention) -> Mention:
    unit = second.unit if second.kind is not MentionKind.NUMBER else first.unit
    kind = second.kind if second.kind is not MentionKind.NUMBER else first.kind
    return Mention(kind, first.start, second.end, first.value, unit, second.value)


def _number(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    return write_number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


_ABOUT = re.compile(r"\b(?:cirka|ca|drygt|knappt|nästan|närmare|omkring|ungefär|runt|över|mer än)\s+$")
_FACTORS = {
    "fördubblats": Decimal(2),
    "fördubblades": Decimal(2),
    "halverats": Decimal("0.5"),
    "halverades": Decimal("0.5"),
}


def _check_direction(
    drafts: list[Draft], match: re.Match[str] | None, mention: Mention, earlier: Decimal, later: Decimal, desk: Desk
) -> None:
    actual = "up" if later > earlier else "down" if later < earlier else "flat"
    shown = {"earlier": _number(earlier), "later": _number(later), "direction": word(desk.language, actual)}
    if match is None:
        return
    factor = next((factor for word_, factor in _FACTORS.items() if word_ in match.group()), None)
    more = just_before(drafts[0].passage.lower, drafts[0].start).rstrip().endswith(("mer än", "mer än har", "än"))
    if factor is not None and earlier and not (more and later / earlier >= factor) and _is_off(later / earlier, factor):
        shown["direction"] = f"{_number(rounded(later / earlier, 1))} {word(desk.language, 'times')}"
        because = desk.say("change_disagrees", word=match.group().strip(), **shown)
        desk.contradict("change_size", tuple(drafts), because)
    elif match.lastgroup == actual:
        for draft in drafts:
            desk.support(draft, desk.say("change_agrees", **shown))
    else:
        because = desk.say("change_disagrees", word=match.group().strip(), **shown)
        desk.contradict("change_direction", tuple(drafts), because)


def _is_off(ratio: Decimal, factor: Decimal) -> bool:
    return abs(ratio - factor) > factor / 10


_SIZE_BEFORE = re.compile(r"\b(?:med|på|alltså|motsvarar|dvs\.?)\s+(?:cirka |ca |drygt |knappt |nästan )?$")


def _check_size(
    passage: Passage, drafts: list[Draft], pair: Mention, earlier: Decimal, later: Decimal, desk: Desk, scope: Scope
) -> None:
    for mention in passage.mentions:
        outside = mention.end <= pair.start or mention.start >= pair.end
        is_size = mention.kind in (*_VALUES, MentionKind.POINTS) and _SIZE_BEFORE.search(
            just_before(passage.lower, mention.start)
        )
        if outside and is_size and not passage.is_taken(mention.start, mention.end):
            draft = desk.add(Draft(ClaimKind.CHANGE, passage, mention.start, mention.end, mention.value, scope=scope))
            _judge_size(draft, mention, pair, earlier, later, desk)


def _judge_size(draft: Draft, mention: Mention, pair: Mention, earlier: Decimal, later: Decimal, desk: Desk) -> None:
    difference = abs(later - earlier)
    slack = Decimal(1).scaleb(-max(_decimals(earlier), _decimals(later)))
    shown = {
        "earlier": _number(min(earlier, later)),
        "later": _number(max(earlier, later)),
        "difference": _number(difference),
    }
    if mention.kind is MentionKind.PERCENT:
        _judge_percent(draft, mention, pair, earlier, later, shown, slack, desk)
    elif mention.value == difference or (
        _ABOUT.search(just_before(draft.passage.lower, draft.start))
        and abs(mention.value - difference) <= difference / 10
    ):
        desk.support(draft, desk.say("size_agrees", **shown))
    else:
        because = desk.say("size_disagrees", relative="", printed=draft.text, **shown)
        # The unrounded figures may give what is printed; the printed ones do not, and a reader has only those.
        severity = Severity.WARNING if abs(difference - mention.value) <= slack else Severity.ERROR
        desk.contradict("change_size", (draft,), because, severity)


def _judge_percent(
    draft: Draft,
    mention: Mention,
    pair: Mention,
    earlier: Decimal,
    later: Decimal,
    shown: dict[str, str],
    slack: Decimal,
    desk: Desk,
) -> None:
    if earlier == 0:
        return
    exact = abs(later - earlier) / abs(earlier) * 100
    about = _ABOUT.search(just_before(draft.passage.lower, draft.start)) is not None
    # Both figures are rounded, so the change in percent may lie anywhere that the unrounded ones allow.
    spread = (slack / abs(earlier)) * (100 + exact)
    percent = f"{_number(rounded(exact, 1))} procent"
    if abs(exact - mention.value) <= spread + (max(Decimal(1), exact / 10) if about else Decimal("0.5")):
        desk.support(draft, desk.say("size_agrees", **shown | {"difference": f"{shown['difference']} ({percent})"}))
    elif pair.kind is MentionKind.PERCENT and abs(abs(later - earlier) - mention.value) <= slack:
        desk.contradict("points_not_percent", (draft,), desk.say("points_not_percent", percent=percent, **shown))
    else:
        because = desk.say("size_disagrees", relative=f" ({percent})", printed=draft.text, **shown)
        desk.contradict("change_size", (draft,), because)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
