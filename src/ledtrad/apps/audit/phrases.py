"""What a refusal says, in the language of the page: written in Swedish, and looked up in a phrase book in English."""

import gettext
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, override

from ledtrad.core.language.writing import Language, write_date, write_number

_LARGE = 10_000  # from here on with separators; below stand years too


class Phrase:
    """A Swedish sentence, or a word of one, with its values: Phrase("Året {year} är stängt.", year=2025).

    `str` says it in the language of the page. The template stands in site/locale/en/LC_MESSAGES/refusals.po with its
    English; script/refusals.py holds the two together, and therefore the template is always written out where it is
    used. Values are said in the same language: days, times, large numbers, other phrases. The rest stands as it is.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = values

    @property
    def language(self) -> Language:
        """What it is said in now: the language of the page, or Swedish for what holds something Swedish."""
        return "sv" if page_language() == "sv" or self._is_swedish else "en"

    @property
    def _is_swedish(self) -> bool:
        return any(
            isinstance(value, Swedish) or (isinstance(value, Phrase) and value._is_swedish)
            for value in self.values.values()
        )

    def __str__(self) -> str:
        language = self.language
        template = self.template if language == "sv" else _phrase_book().gettext(self.template)
        if not self.values:
            return template
        return template.format_map({name: _said(value, language) for name, value in self.values.items()})

    def __repr__(self) -> str:
        return f"Phrase({self.template!r}, **{self.values!r})"

    def in_both(self) -> "Bilingual":
        """To be kept, and read in either language."""
        with override("en"):
            english = "" if self._is_swedish else str(self)
        with override("sv"):
            return Bilingual(str(self), english)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A phrase that has been said in both languages. `english` is "" for one that is Swedish on every page."""

    swedish: str = ""
    english: str = ""

    @property
    def language(self) -> Language:
        return "en" if self.english and page_language() == "en" else "sv"

    def __str__(self) -> str:
        return self.english if self.language == "en" else self.swedish

    def __bool__(self) -> bool:
        return bool(self.swedish)


NOTHING = Bilingual()


class Swedish(str):
    """A sentence that is Swedish on every page, as those of the core's errors are.

    A phrase that holds one is said in Swedish throughout, so that the page can mark it as such (`lang_of`).
    """

    __slots__ = ()


def page_language() -> Language:
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def named(names: Sequence[str], most: int = 3) -> Phrase | str:
    """The first `most` names, and how many there are beside them: "A, B, C och 4 till"."""
    first = ", ".join(names[:most])
    return Phrase("{names} och {more} till", names=first, more=len(names) - most) if len(names) > most else first


@cache
def _phrase_book() -> gettext.NullTranslations:
    return gettext.translation("refusals", settings.LOCALE_PATHS[0], ["en"])


def _said(value: object, language: Language) -> str:
    if type(value) is str:
        return value
    if isinstance(value, date):
        return write_date(value) if language == "sv" else date_format(value, "j F Y")
    if isinstance(value, time):
        return f"{value:%H.%M}" if language == "sv" else f"{value:%H:%M}"
    if isinstance(value, int) and abs(value) >= _LARGE:
        return write_number(Decimal(value), language=language)
    return str(value)
