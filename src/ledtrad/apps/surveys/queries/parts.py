"""What the codes of a wave's answers mean: which are women and men, which area each district is, and the ages."""

import re
from collections.abc import Mapping

from ledtrad.apps.indicators.models import Area
from ledtrad.apps.surveys.models import AnswerSet, Wave, WaveDesign
from ledtrad.core.surveys.answers import Codebook, codebook_from_json
from ledtrad.core.surveys.axes import AGE, DISTRICT, SEX

_AGES = re.compile(r"(\d+)\s*[-\u2013]\s*(\d+)")
_AND_OVER = re.compile(r"(\d+)\s*(?:[-\u2013+]|år och|och)")
_MOST_AGES = 12


def codebook_of(wave: Wave) -> Codebook:
    """The codebook of the answers that a wave has now."""
    return codebook_from_json(AnswerSet.objects.get(wave=wave, is_current=True).codebook)


def age_column(design: WaveDesign, codebook: Codebook) -> str:
    """The column of ages where they are given in groups, "" where they are given in years or not at all."""
    variable = codebook.named(design.age) if design.age else None
    return design.age if variable and 0 < len(variable.codes) <= _MOST_AGES else ""


class Parts:
    """The parts of a wave as published figures name them."""

    def __init__(self, wave: Wave, design: WaveDesign) -> None:
        book = codebook_of(wave)
        self.sexes = {design.women: "women", design.men: "men"} if design.women and design.men else {}
        self.areas: Mapping[str, str] = _areas(_meanings(book, design.district))
        ages = _meanings(book, age_column(design, book))
        self.ages: Mapping[str, str] = {code: f"age:{_age(meaning or code)}"[:60] for code, meaning in ages.items()}

    def place(self, at: Mapping[str, str]) -> tuple[str, str, str]:
        """Area, sex and group. What nobody knows the meaning of keeps the code that it has in the answers."""
        area = self.areas.get(at[DISTRICT], at[DISTRICT]) if DISTRICT in at else ""
        sex = self.sexes.get(at[SEX], "") if SEX in at else ""
        groups = [self.ages.get(at[AGE], f"age:{at[AGE]}")] if AGE in at else []
        groups += [f"sex:{at[SEX]}"] if SEX in at and not sex else []
        return area, sex, " ".join(groups)


def _meanings(book: Codebook, column: str) -> dict[str, str]:
    variable = book.named(column) if column else None
    return {code.code: code.meaning for code in variable.codes} if variable else {}


def _areas(meanings: Mapping[str, str]) -> dict[str, str]:
    """Which area each district is: by its code, else by its name."""
    codes = dict.fromkeys(Area.objects.filter(code__in=meanings).values_list("code", flat=True))
    named = {name.casefold(): code for code, name in Area.objects.exclude(code__in=codes).values_list("code", "name")}
    return {
        code: code if code in codes else named[meaning.casefold()]
        for code, meaning in meanings.items()
        if code in codes or meaning.casefold() in named
    }


def _age(meaning: str) -> str:
    """An age group as figures name it: "16–29 år" is 16-29, "65 år och äldre" is 65-."""
    if both := _AGES.search(meaning):
        return f"{both[1]}-{both[2]}"
    over = _AND_OVER.search(meaning)
    return f"{over[1]}-" if over else meaning
