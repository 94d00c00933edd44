"""Those who come to the pages of plans, and what they find there."""

from datetime import UTC, date, datetime

from django.test import Client
from lxml import html
from tests import reporting_year as year
from tests.pages.conftest import words
from tests.reporting_year import BUILDER, IN_PLANNING, YEAR

from ledtrad.apps.steering import actions as steering
from ledtrad.core.assessment import Decision

DECISION = {"body": "Kulturnämnden", "day": "2021-01-09", "paragraph": "§ 3", "case_number": "KUN 2021/2"}
ADOPTION = Decision("Kulturnämnden", date(2021, 1, 9), "§ 3", "KUN 2021/2")
IN_JUNE = datetime(2021, 6, 8, 9, 0, tzinfo=UTC)
OWN = "/plan/2021/kultur/"


def adopt():
    steering.adopt_plan(unit="kultur", year=YEAR, decision=ADOPTION, by=BUILDER, at=IN_PLANNING)


class Visitor:
    def __init__(self, name=""):
        self.client = Client()
        if name:
            self.client.force_login(year.person(name))

    def get(self, address):
        return self.client.get(address)

    def page(self, address):
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return html.fromstring(answer.content.decode())

    def post(self, address, **data):
        return self.client.post(address, data)


def said(answer):
    return words(html.fromstring(answer.content.decode()).xpath("//main")[0])


def grid(*rows, **more):
    cells = {
        f"{name}-{at}": cell
        for at, row in enumerate(rows)
        for name, cell in zip(("goal", "title", "starts", "ends"), row, strict=True)
    }
    return {**cells, **more}
