"""What is locked is corrected in the open, with a number and a reason."""

import pytest
from tests import reporting_year as year
from tests.apps.reporting.steps import IN_TIME, row

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.goals.models import Assessment
from ledtrad.apps.indicators.models import Outcome
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import Correction

pytestmark = pytest.mark.django_db


def correct(found, fields, *, why="Ett tal hade skrivits fel.", by="sara", rests_on=None):
    return reporting.correct_row(
        row_id=found.id,
        fields=fields,
        why=why,
        rests_on=found.version if rests_on is None else rests_on,
        by=year.actor(by),
        at=IN_TIME,
    )


def test_a_correction_is_numbered_and_names_the_facts_that_it_touches(locked):
    assert correct(row(locked, "K.1"), {"total": "60,5"}) == 1
    assert correct(row(locked, "1.2"), {"verdict": "not_met"}, by="carl") == 2
    first, second = Correction.objects.order_by("number")
    assert "indicator:K.1/2021/outcome.total" in first.facts.split()
    assert second.facts.split() == ["goal:1.2/2021/boards.partly", "goal:1.2/2021/boards.not_met"]
    current = Outcome.objects.get(indicator__code="K.1", year=2021, is_current=True)
    assert (str(current.total), str(current.supersedes.total)) == ("60.5", "61.5")
    assert Assessment.objects.get(
        obligation__objective__code="1.2", obligation__year=2021, is_current=True
    ).verdict == ("not_met")


def test_a_correction_touches_one_row_only(locked):
    before = Outcome.objects.filter(indicator__code="K.2").count()
    correct(row(locked, "K.1"), {"total": "60,5"})
    assert Outcome.objects.filter(indicator__code="K.2").count() == before


@pytest.mark.parametrize(
    ("fields", "why", "who", "trouble", "sentence"),
    [
        ({"total": "60,5"}, " ", "sara", Refused, "varför"),
        ({"total": "61,5"}, "Fel", "sara", Refused, "ändrar ingenting"),
        ({"total": ""}, "Fel", "sara", Refused, "Ange utfallet"),
        ({"total": "sextio"}, "Fel", "sara", Refused, "inget tal"),
        ({"total": "60,5"}, "Fel", "rut", Forbidden, "sekreterare eller en central"),
        ({"total": "60,5"}, "Fel", "rakel", Forbidden, "sekreterare eller en central"),
    ],
)
def test_corrections_that_are_refused(locked, fields, why, who, trouble, sentence):
    with pytest.raises(trouble, match=sentence):
        correct(row(locked, "K.1"), fields, why=why, by=who)
    assert not Correction.objects.exists()
    assert row(locked, "K.1").content.fields["total"] == "61,5"


def test_a_correction_rests_on_what_was_seen(locked):
    seen = row(locked, "K.1")
    correct(seen, {"total": "60,5"})
    with pytest.raises(Conflict, match="har rättats sedan"):
        correct(seen, {"total": "60"}, rests_on=seen.version)


def test_an_open_report_is_not_corrected_but_written(report):
    with pytest.raises(Refused, match="låsta rapporter"):
        correct(row(report, "K.1"), {"total": "1"})
