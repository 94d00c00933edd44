"""What can be asked of a table: columns that are there and are numbers, levels that occur, and what to shift by."""

from collections.abc import Sequence

from ibis.expr.types import Table

from ledtrad.core.surveys.asked import Ask, Asked, Target
from ledtrad.core.surveys.designs import Design
from ledtrad.core.surveys.estimates import Interval, Question, Rules, Statistic
from ledtrad.core.surveys.moments import answers, centres
from ledtrad.core.surveys.refusals import SurveyError

_SHARES = (Statistic.PROPORTION, Statistic.QUANTILE)


def check(table: Table, questions: Sequence[Question], design: Design, by: Sequence[str], rules: Rules) -> None:
    """Refuses columns that are not there, text where numbers are needed, and intervals that are not for the figure."""
    types = table.schema()
    for name in (*design.columns, *by, *(name for question in questions for name in question.columns)):
        if name not in types:
            raise SurveyError(f"Det finns ingen kolumn {name}; det finns {', '.join(table.columns)}.")
    numbers = [name for question in questions for name in _numbers(question)]
    replicates = design.replicates.columns if design.replicates else ()
    weights = [*([design.weight] if design.weight else []), *design.fpc, *replicates]
    for name in (*numbers, *weights):
        kind = types[name]
        if not kind.is_numeric() and not kind.is_boolean():
            raise SurveyError(f"Kolumnen {name} har text där det ska stå tal.")
    for question in questions:
        _check_level(table, question)
        if rules.interval is not Interval.WALD and question.statistic not in _SHARES:
            raise SurveyError(f"Intervallet {rules.interval} är för andelar och kvantiler: välj wald för övriga mått.")


def _numbers(question: Question) -> tuple[str, ...]:
    return () if question.statistic is Statistic.PROPORTION else question.columns


def _check_level(table: Table, question: Question) -> None:
    if question.statistic is Statistic.QUANTILE:
        share(question)
    elif question.level is not None and table[question.of].type().is_numeric() and _float(question.level) is None:
        raise SurveyError(f"Kolumnen {question.of} har tal, och {question.level} är inget tal.")


def share(question: Question) -> float:
    """The share below a quantile: a half where nothing is said."""
    found = _float(question.level or "0.5")
    if found is None or not 0 < found < 1:
        raise SurveyError(f"En kvantil har en andel mellan 0 och 1 under sig, och {question.level} är ingen sådan.")
    return found


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def text(value: object) -> str:
    """A value of a column as text: whole numbers without decimals, whatever the engine keeps them as."""
    return number(value) if isinstance(value, float) else str(value)


def number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def targets(table: Table, questions: Sequence[Question], ask: Ask) -> list[Target]:
    """What to sum: each question, or each of its answers where a share is asked without a level."""
    middle = _middles(table, questions, ask)
    found = []
    for asked, question in enumerate(questions):
        if question.statistic is Statistic.PROPORTION:
            levels = [question.level] if question.level is not None else _levels(table, question, ask)
            found += [Target(question, level, asked=asked) for level in levels]
        else:
            found.append(Target(question, shift=_shift(question, middle), asked=asked))
    return found


def _levels(table: Table, question: Question, ask: Ask) -> list[str]:
    found = ask(Asked(("answers", question.of), lambda: answers(table, question.of)))
    return [text(level) for level in found["level"].tolist()]


def _middles(table: Table, questions: Sequence[Question], ask: Ask) -> dict[str, float]:
    names = tuple(dict.fromkeys(name for question in questions for name in _numbers(question)))
    if not names:
        return {}
    found = ask(Asked(("centres", names), lambda: centres(table, names)))
    return {name: float(found[f"m{place}"][0]) for place, name in enumerate(names)}


def _shift(question: Question, middle: dict[str, float]) -> float:
    """Somewhere near the figure. A few digits: the same shift must not be another expression after each new row."""
    of, over = middle[question.of], 1.0 if question.over is None else middle[question.over]
    if of != of or over != over or not over:
        return 0.0
    return float(f"{of / over:.2g}")
