"""The page of the steering calendar."""

from datetime import date

import pytest
from tests.pages.conftest import words
from tests.pages.plan.visiting import Visitor, said

from ledtrad.apps.steering.queries import phase
from ledtrad.core.calendar import PhaseKind

pytestmark = pytest.mark.django_db


# --- the calendar ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plan")
def test_the_calendar_says_where_the_year_is():
    page = Visitor("lars").page("/kalender/2021/")
    lead = words(page.xpath("//p[@class='lead']")[0]).replace("\xa0", " ")
    assert lead == "Öppet nu: Verksamhetsplan, som ska vara klar den 15 januari 2021."
    assert not page.xpath("//form[contains(@action,'kalender')]")
    assert Visitor("lars").post("/kalender/2021/").status_code == 403
    assert Visitor().get("/kalender/2021/").status_code == 302


def _days(opens, due, closes, kind="tertial_1"):
    return {f"{kind}_opens": opens, f"{kind}_due": due, f"{kind}_closes": closes}


@pytest.mark.usefixtures("plan")
def test_the_centre_moves_a_day_and_the_old_one_stays_in_the_history():
    carl = Visitor("carl")
    assert carl.post("/kalender/2021/", **_days("2021-04-26", "2021-05-14", "2021-06-01")).status_code == 302
    assert phase(2021, PhaseKind.TERTIAL_1).due == date(2021, 5, 14)
    assert "klar 10 maj 2021" in words(carl.page("/kalender/2021/")).replace("\xa0", " ")


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (_days("2021-04-26", "2021-02-30", "2021-06-01"), "Dagen måste finnas"),
        (_days("2021-04-26", "", "2021-06-01"), "Fyll i alla tre dagarna"),
        (_days("2021-06-26", "2021-05-14", "2021-06-01"), "i den ordningen"),
        (_days("2021-04-26", "2021-09-30", "2021-10-05"), "ska vara klar efter"),
        (_days("2031-04-26", "2031-05-14", "2031-06-01"), "ska ligga mellan den"),
    ],
)
def test_days_that_do_not_hold_are_refused_and_kept_in_the_form(days, sentence):
    answer = Visitor("carl").post("/kalender/2021/", **days)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert days["tertial_1_opens"] in answer.content.decode()
    assert phase(2021, PhaseKind.TERTIAL_1).due == date(2021, 5, 10)


@pytest.mark.usefixtures("plan")
def test_a_new_years_calendar_begins_as_a_proposal_on_weekdays():
    page = Visitor("carl").page("/kalender/2022/")
    proposed = page.xpath("//input[@type='date']/@value")
    assert len(proposed) == 12
    assert all(date.fromisoformat(day).weekday() < 5 for day in proposed)
    assert phase(2022, PhaseKind.PLAN) is None
