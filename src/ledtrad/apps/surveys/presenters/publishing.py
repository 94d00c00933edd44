"""What publishing a wave would let out, and what it would hide and why."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledtrad.apps.surveys.models import Wording
from ledtrad.apps.surveys.presenters.figures import counted, written
from ledtrad.apps.surveys.queries.figuring import AGE, AGE_SEX, DISTRICT, DISTRICT_SEX, SEX, WHOLE
from ledtrad.apps.surveys.queries.handling import HandledAnswers, asked_questions
from ledtrad.apps.surveys.queries.releasing import Release
from ledtrad.core.language.writing import Language
from ledtrad.core.surveys.estimates import Estimate


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """An estimate as it would be let out: with interval and base, or `hidden` that says why it is not."""

    group: str
    estimate: str = ""
    interval: str = ""
    base: str = ""
    hidden: str = ""
    is_uncertain: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """A figure of a question: the answers that are counted, in words, and a line for each group."""

    question: str
    answers: str
    lines: tuple[ReleaseLine, ...]

    @property
    def hidden(self) -> int:
        return sum(bool(line.hidden) for line in self.lines)


@dataclass(frozen=True, slots=True)
class ShownReleases:
    """All figures, and how many lines are shown, shown as uncertain and hidden."""

    figures: tuple[ReleasedFigure, ...]
    shown: int
    uncertain: int
    hidden: int


def present_releases(releases: Sequence[Release], handled: HandledAnswers, language: Language) -> ShownReleases:
    """Figure by figure, in the order of the questions."""
    wordings = {one.question_id: one for one in asked_questions(handled.wave)}
    together: dict[tuple[int, tuple[str, ...]], list[Release]] = {}
    for one in releases:
        together.setdefault((one.figure.question, one.figure.levels), []).append(one)
    names = _names(handled)
    figures = tuple(
        ReleasedFigure(
            wordings[question].question.title,
            _answers(wordings[question], levels),
            tuple(_line(one, names, language) for one in sorted(found, key=_order)),
        )
        for (question, levels), found in sorted(together.items(), key=lambda pair: (pair[0][0], -len(pair[0][1])))
    )
    states = [one.state for one in releases]
    return ShownReleases(figures, states.count("shown"), states.count("uncertain"), states.count("suppressed"))


_ORDER = (WHOLE, SEX, AGE, AGE_SEX, DISTRICT, DISTRICT_SEX)


def _order(one: Release) -> tuple[int, str, str]:
    return _ORDER.index(one.kind), one.code, one.sex


def _answers(wording: Wording, levels: tuple[str, ...]) -> str:
    steps = json.loads(wording.scale.steps) if wording.scale else []
    words = {step["code"]: step["words"].get("sv", step["code"]) for step in steps}
    return ", ".join(words.get(code, code) for code in levels)


def _names(handled: HandledAnswers) -> dict[tuple[str, str], str]:
    """What the codes of groups are called in the codebook."""
    book, design = handled.codebook, handled.design
    found = {}
    columns = ((SEX, design.sex), (DISTRICT, design.district), (AGE, design.age)) if book and design else ()
    for kind, column in columns:
        variable = book.named(column) if book else None
        for code in variable.codes if variable else ():
            found[kind, code.code] = code.meaning or code.code
    return found


def _line(one: Release, names: dict[tuple[str, str], str], language: Language) -> ReleaseLine:
    group = ", ".join(names.get((axis, code), code) for axis, code in one.at.items()) or _("All")
    if one.estimate is None or one.estimate.estimate is None:
        return ReleaseLine(group, hidden=one.reason)
    scale = 100 if one.figure.levels else 1
    return ReleaseLine(
        group,
        written(one.estimate.estimate * scale, language),
        _interval(one.estimate, scale, language),
        counted(one.estimate.n, language),
        is_uncertain=one.state == "uncertain",
    )


def _interval(found: Estimate, scale: int, language: Language) -> str:
    if found.low is None or found.high is None:
        return ""
    return "–".join(written(end * scale, language) for end in (found.low, found.high))
