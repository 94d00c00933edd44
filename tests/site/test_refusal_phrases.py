"""Every sentence of a refusal has its English, and nothing can be refused in a way that cannot be looked up."""

import pytest
from babel.messages.catalog import Catalog
from script import refusals

KNOWN = {"Året {year} är stängt.": "The year {year} is closed.", "låst": "locked"}
SAYS = """
CLOSED = Phrase("låst")
def check(year):
    raise Refused("Året {year} är stängt.", year=year)
"""


def _problems(code: str, book: dict[str, str]) -> list[str]:
    catalogue = Catalog(locale="en")
    for swedish, english in book.items():
        catalogue.add(swedish, english)
    return refusals.problems(refusals.collected({"apps/a.py": code}), catalogue)


def test_every_sentence_in_the_code_has_its_english():
    found = refusals.collected(refusals.sources())
    assert len({one.template for one in found}) > 350
    assert refusals.problems(found, refusals.stored()) == []


def test_what_is_in_order_is_not_complained_of():
    assert _problems(SAYS, KNOWN) == []


@pytest.mark.parametrize(
    ("book", "problem"),
    [
        ({"låst": "locked"}, "no English: 'Året {year} är stängt.'"),
        ({**KNOWN, "Året {year} är stängt.": ""}, "no English: 'Året {year} är stängt.'"),
        ({**KNOWN, "Året {year} är stängt.": "The year is closed."}, "other placeholders"),
        ({**KNOWN, "Året {year} är stängt.": "The year {years} is closed."}, "other placeholders"),
        ({**KNOWN, "Året {year} är stängt.": "The year {year is closed."}, "other placeholders"),
        ({**KNOWN, "Ingen säger detta.": "Nobody says this."}, "nobody says it any more: 'Ingen säger detta.'"),
    ],
)
def test_a_book_that_does_not_fit_the_code_is_complained_of(book, problem):
    (told,) = _problems(SAYS, book)
    assert problem in told


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ('Refused(f"Året {year} är stängt.")', "put together beforehand"),
        ('Refused("Året " + str(year))', "put together beforehand"),
        ('Refused("Året {year} är stängt.".format(year=year))', "put together beforehand"),
        ("Refused(sentence)", "put together beforehand"),
        ("policies.Conflict(str(trouble))", "put together beforehand"),
        ('Phrase(f"{count} rader")', "put together beforehand"),
        ('Refused("Året {year} är stängt.")', "its values are none"),
        ('Refused("Året {year} är stängt.", yaer=year)', "its values are yaer"),
        ('Refused("Året {year} är stängt.", **values)', "its values are None"),
        ('TooSoon(f"Året {year}")', "put together beforehand"),
        ('super().__init__(f"Utan {name} svarar ingen.")', "put together beforehand"),
    ],
)
def test_what_cannot_be_looked_up_is_complained_of(code, problem):
    classes = "class Conflict(Refused): pass\nclass Early(policies.Refused): pass\nclass TooSoon(Early): pass\n"
    told = _problems(f'{classes}{code}\nRefused("Året {{year}} är stängt.", year=1)\nPhrase("låst")', KNOWN)
    assert [one for one in told if one.startswith("apps/a.py:4: ") and problem in one]
    assert len(told) == 1


@pytest.mark.parametrize(
    "code", ['KEPT = Phrase("låst")\nRefused(KEPT)', 'Refused(Phrase("låst"))', 'Phrase("låst")\nRefused(other.phrase)']
)
def test_a_phrase_may_be_kept_and_passed_on(code):
    assert _problems(code, {"låst": "locked"}) == []
