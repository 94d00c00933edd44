"""The page about the site says that it is a demonstration where it is one, and nowhere else."""

import pytest
from django.test import Client
from tests import universe

from ledtrad.apps.audit.actions import record
from ledtrad.site.demo_city import building
from ledtrad.site.pages import BUILT

pytestmark = pytest.mark.django_db
SAID = "Det här är en demonstration"


def about() -> str:
    return Client().get("/om/").content.decode()


def test_only_a_city_that_was_built_for_demonstration_says_so():
    record(by="Kim", at=universe.AT, action="test.saved", objects=("row:1",))
    assert SAID not in about()
    record(by=building.BUILDER, at=universe.AT, action=building._ACTION, objects=("demo_city",))
    assert SAID in about()
    assert building._ACTION == BUILT
