"""What publishing a wave in rounded numbers would let out: just what readers will see; and which way is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledtrad.apps.audit.policies import why_not
from ledtrad.apps.surveys.presenters.rounded import RoundedTable, present_tables, sum_words, to_words
from ledtrad.apps.surveys.publishing_policies import check_may_hide, check_may_round
from ledtrad.apps.surveys.queries.pages import WavePage
from ledtrad.apps.surveys.queries.rounded import RoundedResult, previewed
from ledtrad.apps.surveys.queries.rounding import RoundedQuestion
from ledtrad.apps.surveys.queries.ways import Way
from ledtrad.core.language.writing import Language


@dataclass(frozen=True, slots=True)
class PreviewedQuestion:
    """A question with its tables as they would be seen. `left_out` says which groups too few answered in."""

    title: str
    to: str
    sums: str
    left_out: tuple[str, ...]
    answers: tuple[str, ...]
    tables: tuple[RoundedTable, ...]


@dataclass(frozen=True, slots=True)
class PreviewedRounding:
    questions: tuple[PreviewedQuestion, ...]
    figures: int


def present_preview(
    found: Sequence[RoundedQuestion], groups: frozenset[str], page: WavePage, language: Language
) -> PreviewedRounding:
    """Question by question."""
    questions = tuple(_question(one, groups, previewed(one, page), language) for one in found)
    return PreviewedRounding(questions, sum(len(one.figures) for one in found))


def _question(
    one: RoundedQuestion, groups: frozenset[str], shown: RoundedResult, language: Language
) -> PreviewedQuestion:
    answers, tables = present_tables(shown, language)
    return PreviewedQuestion(
        one.title, to_words(one.multiple), sum_words(shown), tuple(_left_out(one, groups)), answers, tables
    )


def _left_out(one: RoundedQuestion, groups: frozenset[str]) -> list[str]:
    """So few answered that rounding would not hide them: these groups have no numbers."""
    there = {axis for _answer, at, _count in one.cells for axis in at}
    words = {"sex": _("women and men"), "district": _("districts"), "age": _("age groups")}
    gone = [words[axis] for axis in words if axis in groups and axis not in there and axis in one.divided]
    if not gone:
        return []
    return [_("Left out, since so few answered that rounding would not protect them: %(groups)s.")
            % {"groups": ", ".join(gone)}]  # fmt: skip


def closed_ways(ways: Mapping[int, Way]) -> dict[int, str]:
    """Why a question that is out can be published in one way alone, in the words of the refusal."""
    told = {key: why_not(check_may_hide, one.title, one.year, one.multiple) for key, one in ways.items()}
    more = {key: why_not(check_may_round, one.title, one.year, one.is_hidden, 0, 0) for key, one in ways.items()}
    return {key: told[key] or more[key] for key in ways if told[key] or more[key]}


def why_not_ways(ways: Mapping[int, Way]) -> tuple[str, str]:
    """Why nothing can be hidden, and why nothing rounded: when every question is out in the other way; else ""."""
    hide = [why_not(check_may_hide, one.title, one.year, one.multiple) for one in ways.values()]
    to_round = [why_not(check_may_round, one.title, one.year, one.is_hidden, 0, 0) for one in ways.values()]
    first = hide[0] if hide and all(hide) else ""
    return first, to_round[0] if to_round and all(to_round) else ""
