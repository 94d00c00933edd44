"""What is refused in a plan is told in the language of the page, in forms and at buttons."""

import pytest
from lxml import html
from tests.pages.conftest import words
from tests.pages.plan.visiting import OWN, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]

MAY_NOT = {
    "sv": "Bara rapportörer och nämndsekreterare för Kulturnämnden kan ändra Kulturnämndens plan.",
    "en": "Only reporters and board secretaries of Kulturnämnden can change the plan of Kulturnämnden.",
}
FORMS = [
    # form, what is sent, the sentences in Swedish and in English
    (
        "nytt-mal/",
        {"title": "x" * 401, "level": "board", "parent": "1.1"},
        "Målet har en rubrik på 401 tecken; högst 400 får plats. Ingenting har sparats.",
        "The goal has a title of 401 characters; there is room for 400 at most. Nothing has been saved.",
    ),
    (
        "aktiviteter/",
        {"save": "1"},
        "Skriv minst en aktivitet. Ingenting har sparats.",
        "Write at least one activity. Nothing has been saved.",
    ),
    (
        "anta/",
        {},
        "Ange organ, datum, paragraf och diarienummer för beslutet. Ingenting har sparats.",
        "Give the body, date, paragraph and case number of the decision. Nothing has been saved.",
    ),
]


def _visitor(name, language):
    visitor = Visitor(name)
    visitor.client.cookies["django_language"] = language
    return visitor


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_button_that_cannot_be_pressed_says_why(language):
    visitor = _visitor("lars", language)
    assert words(visitor.page(OWN).get_element_by_id("why-not-change")) == MAY_NOT[language]
    answer = visitor.get(f"{OWN}nytt-mal/")
    assert (answer.status_code, MAY_NOT[language] in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(("form", "sent", "swedish", "english"), FORMS)
def test_a_form_says_why_nothing_was_saved(form, sent, swedish, english):
    for language, expected in (("sv", swedish), ("en", english)):
        answer = _visitor("sara", language).post(f"{OWN}{form}", **sent)
        (sentence,) = html.fromstring(answer.content.decode()).xpath("//*[@role='alert']//p")
        assert (answer.status_code, words(sentence), sentence.get("lang")) == (422, expected, None)
