"""Counts by verdict in a sentence: "17 av 29 nämnder bedömer … helt, 11 … delvis och 1 … ej".

A sentence is read as a stream of counts and verdict words, and each count takes the verdict words up to the next
one. The order of the words, and whether the numbers are digits or words, then does not matter.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from ledtrad.core.checking.stream import Count, Passage, just_before
from ledtrad.core.language.reading import Mention, MentionKind, number_of_word

_NOUN = re.compile(
    r"\b(?:(?P<district_boards>stadsdels(?:nämnd|förvaltning)\w*)|(?P<specialist_boards>fack(?:nämnd|förvaltning)\w*)|"
    r"(?P<boards>\w*nämnd(?!es|e\b|a\b|ing|mål)\w*)|(?P<indicators>\w*indikator\w*)|"
    r"(?P<subgoals>underliggande (?:verksamhetsområdes)?mål\w*|delmål\w*|verksamhetsområdesmål(?:en)?\b|"
    r"mål(?:en)? för verksamhetsområdena|(?<=\d )mål(?=\s(?:har|är|uppfyll|uppnå|bedöms))|"
    r"mål(?= under inriktningsmålet))|"
    r"(?P<companies>(?:bolag|bolagsstyrelse)(?:en|er|erna|s)?)\b)"
)
_EVENT = re.compile(
    r"(?P<no_outcome>sakna(?:r|s|de|t)(?: \w+){0,2} utfall|utfall(?:et|en)? (?:\w+ )?sakna(?:s|des|ts)|"
    r"utan utfall|utfall (?:ännu )?(?:inte|ej) |"
    r"(?:inte|ej|inget|inga|kunde inte)\b[^.,;:]{0,45}?(?:följ(?:a|as|ts|t|des)\b(?: upp)?|mät(?:a|as|ts|t|"
    r"des|s)\b|mäts|redovisa\w*|"
    r"utfall|genomför\w*|uppföljning)|följts inte upp|(?:inte|ej) uppföljd\w*|mäts (?:ej|inte)|senarelag\w+|"
    r"sk(?:juts|jutits) upp|redovisas (?:först )?i tertial\w*|"
    r"presenteras (?:först|senare)|(?:inte|ej) (?:är )?klar\w*|försena\w+|ännu inte)"
    r"|(?P<forecast>prognos\w*|beräknas|väntas|förväntas)"
    r"|(?P<unanswered>(?:inte|ej|ingen) (?:har )?(?:lämna[tr]|svara[tr]|bedöm(?:t|ning)|redovisat|"
    r"gjort)[^.,;]*|(?:har )?avstått)"
    r"|(?P<unclear>(?:inte|ej)(?: \w+){0,2} helt\b)"
    r"|(?P<either>helt eller delvis|delvis eller helt)"
    r"|(?P<partly>\bdelvis\b|\btill (?:viss )?del\b)"
    r"|(?P<met>\bhelt\b|\bfullt ut\b|\bi sin helhet\b)"
    r"|(?P<not_met>\bej\b|\binte\b(?: alls)?|\bicke\b)"
    r"|(?P<measured>(?:har |kunnat |kunde )?(?:följts|följas|följdes) upp|har (?:ett )?utfall)"
    r"|(?P<verb>uppnå\w*|uppfyll(?!els)\w*|\bnå(?:s|tts?|r)?\b)"
)
# Words that may stand right after a count in such a sentence; before anything else ("13 stadsdelar") it is no count.
_GOES_ON = re.compile(
    r"\s*(?:$|[,.;:)(–-]|(?:av|bedöm\w*|bedömde|har|hade|att|uppn\w+|uppfyll\w*|anser|anger|ansåg|ej|inte|"
    r"inte alls|delvis|helt|sakna\w*|"
    r"prognos\w*|som|och|är|var|nås?|når|redovisa\w*|beräkna\w*|fått|gjort|svarat|för|målet|årsmålet|det|följ\w*|kunde|kan|blev|till|"
    r"utfall|mäts|uppges|rapporter\w+|fler|ännu|vänta\w*|utan|med)\b|\s*(?:av\s+)?(?:kommunfullmäktiges |"
    r"stadens |kommunens |de |dessa |"
    r"berörda |ansvariga |tillfrågade |totalt |obligatoriska |samtliga |våra |rapporterande |övriga |andra |"
    r"uppföljda |mätta |mätbara |nya )*"
    r"(?:\w*nämnd(?:er|erna|ernas|s|en)?|\w*indikator(?:er|erna|n|ernas)?|underliggande|delmål\w*|verksamhetsområdesmål\w*|mål|målen|"
    r"bolag\w*|stadsdels\w+|facknämnd\w*|stycken|st)\b)"
)
_OF_TOTAL = re.compile(
    r"\s*(?:\(?\s*av\s+(?:de\s+|totalt\s+|sammanlagt\s+|stadens\s+|kommunens\s+|kommunfullmäktiges\s+|våra\s+|samtliga\s+)*|/)$"
)
_OF_NUMBER = re.compile(r"\s+av\s+(?:de\s+|totalt\s+|sammanlagt\s+|stadens\s+|kommunens\s+)*(?P<number>\w+)")
_WITH_PARTS = re.compile(
    r"\s+\w*(?:nämnder|indikatorer|bolag|mål)\w*,?\s+(?:varav|där)\b|\s+\w*(?:nämnder|indikatorer|bolag)\w*\s*:"
)
_TOTAL_BEFORE = re.compile(
    r"(?:\bav(?:\s+(?:de|totalt|sammanlagt|stadens|kommunens|samtliga|alla|kommunfullmäktiges|våra|dessa|budgetens))*|\btotalt(?:\s+har)?|\bsammanlagt|"
    r"\bbland(?:\s+de)?|\b(?:från|hos|i)\s+(?:de|samtliga|alla|stadens)|\bde)\s+$"
)
_ALL_BEFORE = re.compile(r"\b(?:samtliga|alla)(?:\s+(?:de|stadens|kommunens))?\s+$")
_ARTICLE_BEFORE = re.compile(
    r"(?:^|[,;:(]|\b(?:och|för|av|samt|har|bedömer|medan|men|endast|bara|utom|enligt|hos|varav|i))\s*$"
)
_NOT_ONE = re.compile(r"\s+(?:och\b|som\b(?! (?:ej|inte|helt|delvis)))")
_WORDS_OF_COUNT = re.compile(
    r"\b(?P<none>ingen|inget|inga)(?=\s(?:av\s)?(?:\w+\s){0,2}(?:\w*nämnd|\w*indikator|bolag))"
    r"|\b(?P<rest>(?:de )?(?:övriga|resterande|återstående)|resten)\b(?! kommun| \d)"
    r"|\b(?P<all>samtliga|alla)(?=\s(?:(?:av|de|stadens|kommunens|kommunfullmäktiges|berörda|ansvariga)\s){0,2}(?:\w*nämnd|\w*indikator|bolag|underliggande))"
    r"|\b(?P<single>(?:för )?den (?:enda |ena |återstående |kvarvarande )?(?:av (?:de |kommunfullmäktiges |"
    r"stadens )?indikatorer(?:na)?|indikator)"
    r"(?= som)(?P<followed>[^.,;]{0,25}(?:följts upp|följdes upp|kunde? följ|kunnat följ|mätts|"
    r"har (?:ett )?utfall|går att))?"
    r"|den (?:enda )?(?P<done>uppföljda|mätta) indikatorn)"
)
_LABEL_FIRST = re.compile(r"(?:helt|delvis|\bej|\binte(?: alls)?|utfall)\s*[:=–-]?\s*\(?$")
_ASSIGNED = re.compile(r"(?:helt|delvis|\bej|\binte(?: alls)?|utfall|saknas)\s(?:för|av|enligt|hos|i)\s$")
_FOLLOWED_UP = re.compile(
    r"\s\w*indikator\w*\ssom\s[^.,;]{0,25}(?:följts upp|följdes upp|kunnat följ|mätts|har (?:ett )?utfall)"
)


_OF_THESE = re.compile(r"\bav (?:dessa|dem)\b.{0,40}\b(?:bedöm|anse)|\b(?:bedöm|anse)\w* .{0,40}\bav (?:dessa|dem)\b")
_THOSE_WHO = re.compile(r"\s(?:\w*nämnder|\w*indikatorer)\w*\ssom\s")


def counts_in(passage: Passage) -> list[Count]:
    """The counts of one sentence; empty when it speaks of no boards, indicators or goals."""
    if passage.counts is None:
        passage.counts = _counts(passage)
    return passage.counts


_COUNTING_WORDS = frozenset(
    ["ingen", "inget", "inga", "övriga", "resterande", "återstående", "resten", "samtliga", "alla", "den"]
)


def _counts(passage: Passage) -> list[Count]:
    lower = passage.lower
    # Cheap questions first: most sentences count nothing, and speak of none of these.
    if not passage.mentions and _COUNTING_WORDS.isdisjoint(passage.tokens):
        return []
    if not ("nämnd" in lower or "indikator" in lower or "bolag" in lower or "mål" in lower or "stadsdelsf" in lower):
        return []
    nouns = [(match.start(), match.end(), match.lastgroup or "") for match in _NOUN.finditer(lower)]
    if not nouns and _OF_THESE.search(lower):
        # "Av dessa bedömer 20 …" goes on about the boards of the sentence before.
        nouns = [(0, 0, "boards")]
    if not nouns:
        return []
    counts = list(_raw_counts(passage, nouns))
    if not counts:
        return []
    _give_nouns(lower, counts, nouns)
    if all(count.slot == "total" for count in counts):
        _give_whole(lower, counts)
    else:
        _give_slots(lower, counts)
    _mark_subtotals(lower, counts)
    for count in counts:
        _doubt(lower, count)
    return counts


_REST_BEFORE = re.compile(r"\b(?:resterande|övriga|återstående)\s+$")


def _mark_subtotals(lower: str, counts: list[Count]) -> None:
    """ "Övriga 12 nämnder … delvis (11) eller inte alls (1)": the twelve are divided further, and count no more."""
    for index, count in enumerate(counts[:-1]):
        if _REST_BEFORE.search(just_before(lower, count.start)) and count.value is not None:
            following = [other.value for other in counts[index + 1 :] if other.value is not None and other.slot]
            if sum(following, Decimal(0)) == count.value:
                count.slot, count.word = "", "subtotal"


_ASSESSED = re.compile(r"bedöm|\banse|\benligt|uppfyll|uppnå|\buppger|redovisa|rapportera|\bmenar|\bangett?r?\b")
_FOLLOWED = re.compile(r"mål|utfall|uppnå|uppfyll|följ|mät|prognos|skjut|senarelag|utgå|redovisa")


def _doubt(lower: str, count: Count) -> None:
    """Take back a verdict that the sentence does not speak of: "Två nämnder har inte genomfört åtgärden"."""
    before = just_before(lower, count.start)
    if before.endswith("utom "):
        # "Alla nämnder utom två": what the two say is left unsaid.
        count.slot = "unclear"
        return
    if count.slot in ("total", "unanswered") and not count.word.startswith("all:"):
        return
    if count.noun == "indicators":
        holds = _FOLLOWED.search(lower) is not None
    elif count.noun == "subgoals":
        holds = True
    else:
        holds = "mål" in lower and _ASSESSED.search(lower) is not None and count.slot != "no_outcome"
    if not holds:
        count.slot, count.word = ("total", "") if count.slot == "total" else ("", count.word)


def _give_whole(lower: str, counts: list[Count]) -> None:
    """Only totals: "De 29 nämnderna bedömer … helt" speaks of all, "De två indikatorer som följts upp" of those."""
    if len(counts) > 1:
        return
    count = counts[0]
    slot, forecast = _slot(list(_EVENT.finditer(lower, count.end)))
    if not slot:
        return
    if _THOSE_WHO.match(lower, count.end) and not _FOLLOWED_UP.match(lower, count.end):
        count.slot, count.forecast = slot, forecast
        return
    if _FOLLOWED_UP.match(lower, count.end):
        count.word, count.slot, count.forecast = "followed", slot, forecast
    else:
        count.word = f"all:{slot}"


def _raw_counts(passage: Passage, nouns: list[tuple[int, int, str]]) -> Iterator[Count]:
    lower = passage.lower
    found = [(mention.start, mention.end, mention, "") for mention in passage.mentions if _may_count(lower, mention)]
    singles = [(match.start(), match.end(), None, _word_of(match)) for match in _WORDS_OF_COUNT.finditer(lower)]
    taken = [(start, end) for start, end, _, _ in found]
    pieces = found + [piece for piece in singles if not any(a < piece[1] and piece[0] < b for a, b in taken)]
    last_end = -1
    for start, end, mention, name in sorted(pieces, key=lambda piece: piece[0]):
        value = mention.value if mention is not None else Decimal(1) if name in ("single", "followed") else None
        if name == "none":
            value = Decimal(0)
        between = lower[last_end:start] if last_end >= 0 else ""
        slot = "total" if mention is not None and _is_total(lower, start, end, between) else ""
        yield Count(
            start, end, value, "", slot, "all" if mention and _ALL_BEFORE.search(just_before(lower, start)) else name
        )
        last_end = end


def _word_of(match: re.Match[str]) -> str:
    if match["single"]:
        return "followed" if match["followed"] or match["done"] else "single"
    return match.lastgroup or ""


def _may_count(lower: str, mention: Mention) -> bool:
    if mention.kind is not MentionKind.NUMBER or mention.high is not None or mention.ambiguous:
        return False
    if mention.value != mention.value.to_integral_value() or mention.value < 0 or mention.value > 9999:
        return False
    if _GOES_ON.match(lower, mention.end) is None or _of_other_things(lower, mention.end):
        return False
    if mention.in_words and mention.value == 1:
        before = just_before(lower, mention.start)
        is_counted = _ARTICLE_BEFORE.search(before) is not None and not _NOT_ONE.match(lower, mention.end)
        return is_counted or _ASSIGNED.search(before) is not None
    return True


def _of_other_things(lower: str, end: int) -> bool:
    """ "12 av 14 åtgärder": a part of something that is neither boards nor indicators nor goals."""
    of = _OF_NUMBER.match(lower, end)
    if of is None or (not of["number"].isdigit() and number_of_word(of["number"]) is None):
        return False
    return _GOES_ON.match(lower, of.end()) is None


def _is_total(lower: str, start: int, end: int, between: str) -> bool:
    if between and _OF_TOTAL.fullmatch(between.rjust(1)) is not None:
        return True
    if re.match(
        r"\s*(?:av|/)\s+(?:de\s+|totalt\s+|stadens\s+|kommunens\s+)*(?:\d|\w+\s+nämnd)", lower[end:]
    ) and not _NOUN.match(lower, end + 1):
        return False
    if _WITH_PARTS.match(lower, end):
        return True
    return (
        _TOTAL_BEFORE.search(just_before(lower, start)) is not None
        or _ALL_BEFORE.search(just_before(lower, start)) is not None
    )


def _give_nouns(lower: str, counts: list[Count], nouns: list[tuple[int, int, str]]) -> None:
    """Each count speaks of the noun right after it, else of what the count before spoke of, else of the first noun."""
    said = ""
    for index, count in enumerate(counts):
        limit = counts[index + 1].start if index + 1 < len(counts) else len(lower)
        near = next((name for start, _, name in nouns if count.start <= start < min(limit, count.end + 48)), "")
        if near and not re.match(r"[^.;:]*?\b(?:bedöm|att|har|uppn|uppf)", lower[count.end : _position(nouns, count)]):
            said = near
        elif count.slot != "total" and index + 1 < len(counts) and counts[index + 1].slot == "total" and near == "":
            following = next((name for start, _, name in nouns if start >= counts[index + 1].start), "")
            said = following if following and not said else said or following
        count.noun = said or next((name for start, _, name in reversed(nouns) if start < count.start), nouns[0][2])
        said = count.noun


def _position(nouns: list[tuple[int, int, str]], count: Count) -> int:
    return next((start for start, _, _ in nouns if start >= count.start), count.end)


def _give_slots(lower: str, counts: list[Count]) -> None:
    open_counts = [count for count in counts if count.slot != "total" or count.word == "all"]
    labelled = [count for count in open_counts if _LABEL_FIRST.search(just_before(lower, count.start))]
    if labelled and len(labelled) * 2 > len(open_counts) and not _verdict_after(lower, open_counts[-1]):
        _give_labels(lower, open_counts, labelled)
        return
    assigned = [count for count in open_counts if _ASSIGNED.search(just_before(lower, count.start))]
    if assigned:
        _give_labels(lower, open_counts, assigned)
        return
    for index, count in enumerate(open_counts):
        end = open_counts[index + 1].start if index + 1 < len(open_counts) else len(lower)
        begin = open_counts[index - 1].end if index else 0
        after = list(_EVENT.finditer(lower, count.end, end))
        slot, forecast = _slot(after)
        if not slot and (index == 0 or len(open_counts) == 1):
            slot, forecast = _slot(list(_EVENT.finditer(lower, begin, count.start)))
        _set(count, slot, forecast)
        if count.word in ("single", "followed") and after:
            # "Den indikator som följts upp … delvis" has no digit; the claim is the whole phrase.
            count.end = after[-1].end()


def _verdict_after(lower: str, count: Count) -> bool:
    return re.search(r"\b(?:helt|delvis|ej)\b", lower[count.end :]) is not None


def _give_labels(lower: str, counts: list[Count], labelled: list[Count]) -> None:
    """Verdict words that stand before their counts: "helt för två", "delvis: 11"."""
    for index, count in enumerate(counts):
        if count in labelled:
            begin = counts[index - 1].end if index else 0
            events = list(_EVENT.finditer(lower, begin, count.start))
        else:
            events = list(
                _EVENT.finditer(lower, count.end, counts[index + 1].start if index + 1 < len(counts) else len(lower))
            )
        slot, forecast = _slot(events)
        _set(count, slot, forecast)


def _set(count: Count, slot: str, forecast: bool) -> None:
    if count.slot == "total" and count.word == "all":
        # "Samtliga 14 nämnder … helt": the total and the part are one number.
        count.word = f"all:{slot}" if slot else "all"
        return
    count.slot, count.forecast = slot, forecast


def _slot(events: list[re.Match[str]]) -> tuple[str, bool]:
    """The verdict that a run of verdict words amounts to, and whether it is a forecast."""
    names = {event.lastgroup or "" for event in events}
    forecast = "forecast" in names
    if "no_outcome" in names or forecast:
        return "no_outcome", forecast
    for name in ("unanswered", "unclear", "either", "partly"):
        if name in names:
            return name, False
    if "not_met" in names and "met" not in names:
        return "not_met", False
    if "met" in names or "verb" in names:
        return "met", False
    return "measured" if "measured" in names else "", False


def verdict_slot(lower: str, start: int) -> str:
    """The verdict that the words from `start` on amount to: "met", "no_outcome", … or "" for none."""
    return _slot(list(_EVENT.finditer(lower, start)))[0]
