"""The core's calculations once more, slowly and in another way: fractions, sorted lists, digits one by one.

Nothing here is fast or shared with the product. `test_second_opinions.py` lets Hypothesis look for a difference.
"""

from collections import Counter
from fractions import Fraction

from ledtrad.core.assessment import Sense, Verdict

BEST_FIRST = [Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET]


def rounded(value, decimals):
    """Halves away from zero, by counting whole steps."""
    steps = abs(Fraction(value)) * 10**decimals
    whole = int(steps)
    whole += 1 if steps - whole >= Fraction(1, 2) else 0
    return Fraction(whole, 10**decimals) * (-1 if value < 0 else 1)


def written(value, decimals):
    """Swedish digits put together one by one from the right."""
    exact = rounded(value, decimals)
    digits = str(int(abs(exact) * 10**decimals)).rjust(decimals + 1, "0")
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    grouped = ""
    for place, digit in enumerate(reversed(whole)):
        grouped = digit + ("\u00a0" if place and place % 3 == 0 else "") + grouped
    return ("−" if exact < 0 else "") + grouped + ("," + fraction if decimals else "")


def outside(value, target):
    """How far outside the target, and on which side."""
    value = Fraction(value)
    low = Fraction(target.low.value) if target.low else value
    high = Fraction(target.high.value) if target.high else value
    return max(low - value, value - high, Fraction(0))


def judged_by_distance(value, target, tolerance):
    distance = outside(value, target)
    if distance == 0:
        return Verdict.MET
    if target.sense is Sense.BAND:
        scale = (Fraction(target.high.value) - Fraction(target.low.value)) / 2
    else:
        scale = abs(Fraction((target.low or target.high).value))
    if scale * Fraction(tolerance) == 0:
        return Verdict.NOT_MET
    return Verdict.PARTLY if distance / scale <= Fraction(tolerance) else Verdict.NOT_MET


def judged_by_each_sex(total, women, men, target, tolerance):
    verdicts = [judged_by_distance(total, target, tolerance)]
    for value, own in ((women, target.women), (men, target.men)):
        if value is not None:
            verdicts.append(judged_by_distance(value, own or target, tolerance))
    return max(verdicts, key=BEST_FIRST.index)


def judged_by_change(value, earlier, target, tolerance):
    if target.sense is Sense.MORE:
        better = Fraction(value) - Fraction(earlier)
    elif target.sense is Sense.LESS:
        better = Fraction(earlier) - Fraction(value)
    else:
        better = outside(earlier, target) - outside(value, target)
    if abs(better) <= abs(Fraction(earlier)) * Fraction(tolerance):
        return Verdict.PARTLY
    return Verdict.MET if better > 0 else Verdict.NOT_MET


def judged_by_progress(value, baseline, target, share):
    left, whole = outside(value, target), outside(baseline, target)
    if left == 0:
        return Verdict.MET
    if whole == 0:
        return Verdict.NOT_MET
    return Verdict.PARTLY if 1 - left / whole >= Fraction(share) and Fraction(share) < 1 else Verdict.NOT_MET


def by_majority(verdicts):
    """The verdict that stands at the middle however the answers are lined up, if one does; else partly."""
    answered = [verdict for verdict in verdicts if verdict]
    if not answered:
        return None
    verdict, count = Counter(answered).most_common(1)[0]
    return verdict if count > len(answered) - count else Verdict.PARTLY


def lowest(verdicts):
    given = sorted((verdict for verdict in verdicts if verdict), key=BEST_FIRST.index)
    return given[-1] if given else None


def proposed(boards, indicators, company_group):
    """What each rule proposes, from the answers themselves (None for a board or an indicator without one)."""
    by_boards, by_indicators = by_majority(boards), by_majority(indicators)
    blind = indicators.count(None) > len(indicators) - indicators.count(None)
    return {
        "indikatorernas-flertal": by_indicators,
        "namndernas-flertal": by_boards,
        "samst-av-alla": lowest([*boards, *indicators, company_group]),
        "bada-flertalen": lowest([by_boards, by_indicators]) if by_boards and by_indicators else None,
        "namnderna-om-inte-blint": Verdict.PARTLY if blind and by_boards is Verdict.MET else by_boards,
    }


def proposed_from_subgoals(verdicts):
    if not verdicts or None in verdicts:
        return None
    return verdicts[0] if len(set(verdicts)) == 1 else Verdict.PARTLY


def brier(percents, came):
    """One forecast's score by writing out both as lists of shares, best verdict first."""
    said = [Fraction(percent, 100) for percent in percents]
    truth = [Fraction(1) if verdict is came else Fraction(0) for verdict in BEST_FIRST]
    total = Fraction(0)
    for one, other in zip(said, truth, strict=True):
        total += (one - other) * (one - other)
    return total


def scored(forecasts):
    """Count, waiting and mean (None below ten) of forecasts as (percents, verdict or None)."""
    compared, waiting = [], 0
    for percents, came in forecasts:
        if came is None:
            waiting += 1
        else:
            compared.append(brier(percents, came))
    mean = None
    if len(compared) > 9:
        mean = Fraction(0)
        for place, one in enumerate(compared, 1):
            mean += (one - mean) / place  # a running mean, exact in fractions
    return len(compared), waiting, mean
