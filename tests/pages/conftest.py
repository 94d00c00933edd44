"""What the tests of pages share: Lillköping with a report, and a reader who asks for pages in either language."""

import pytest
from django.db import transaction
from django.test import Client
from lxml import html
from tests import figures_by_area, universe
from tests.apps import surveyed_city

# What the city gave as its reason for goal 1.2 in 2020.
MOTIVE = "Utvecklingen går åt rätt håll, men trenden är svag."
ADDRESSES = (
    "/2020/",
    "/2019/",
    "/2020/mal/1.2/",
    "/2020/mal/1.1/",
    "/2019/mal/1.2/",
    "/2020/matris/",
    "/2020/matris/?slag=district_board&jamfor=1",
    "/2020/indikator/1.2.1/",
    "/2020/indikator/1.2.2/",
    "/2021/indikator/1.2.2/",
    "/2021/indikator/2.1.1/",
    "/2020/indikator/2.1.2/",
    "/2020/indikator/Y.1/",
    "/indikator/Y.1/jamfor/",
    "/indikator/Y.1/jamfor/?ar=2020&med=0184",
    "/trad/goal:1.2/2020/boards.met",
    "/trad/assessment:1.2/2020/alvsjo",
    "/trad/outcome:1.2.1/2020",
    "/trad/outcome:1.2.2/2020",
    "/trad/indicator:1.2.2/2020/outcome.women",
    "/trad/goal:1.2/2020/verdict",
    "/enkater/",
    "/enkater/trygghet/2018/",
    "/enkater/trygghet/2018/kvall/",
    "/granska/",
    "/oppna-data/",
    "/om/",
    "/tillganglighet/",
    "/finns-inte/",
)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Lillköping with a draft of its annual report for 2020: built once for a file, for pages only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        figures_by_area.build_areas()
        figures_by_area.build_figures()
        universe.build_report()
        surveyed_city.build(measured_from=2030)
        yield
        transaction.set_rollback(True)


class Reader:
    """Asks for pages, in Swedish unless another language has been chosen."""

    def __init__(self) -> None:
        self.client = Client()

    def choose(self, language: str) -> "Reader":
        self.client.post("/sprak/", {"language": language, "next": "/om/"})
        return self

    def get(self, address, **headers):
        return self.client.get(address, headers=headers)

    def page(self, address, **headers):
        """The page as a tree."""
        return html.fromstring(self.get(address, **headers).content.decode())


@pytest.fixture
def reader():
    return Reader()


def words(element):
    """The text of an element, spaces made one."""
    return " ".join(element.text_content().split())
