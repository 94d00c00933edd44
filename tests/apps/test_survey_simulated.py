"""A simulated wave of the safety survey is taken in as any other, and is marked as invented all the way."""

from datetime import UTC, datetime

import pytest

from ledtrad.apps.indicators.models import Observation, Outcome
from ledtrad.apps.people.actors import program
from ledtrad.apps.surveys.models import (
    AnswerSet,
    PublishedEstimate,
    Question,
    ResponseGroup,
    Scale,
    Survey,
    WaveDesign,
    WaveState,
)
from ledtrad.site.demo_city.loading import survey

AT = datetime(2023, 6, 1, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_wave_is_taken_in_and_its_results_are_nobodys_outcome(tmp_path, settings):
    settings.ANSWERS_DIR = tmp_path / "answers"
    survey.load([2020], by=program("Demostaden"), at=AT)
    assert Survey.objects.get().invented
    assert (Question.objects.count(), Scale.objects.count()) == (8, 3)
    answers = AnswerSet.objects.get()
    assert (answers.rows, answers.misfits) == (15_000, "")
    design = WaveDesign.objects.get()
    assert design.invented
    assert design.parts.count() == 130
    assert "Simulerade svar" in design.population
    assert all(ResponseGroup.objects.values_list("invented", flat=True))
    assert ResponseGroup.objects.filter(kind="district").count() == 130
    assert WaveState.objects.get(is_current=True).state == "held"
    assert list((tmp_path / "answers" / "trygghet" / "2020").glob("*.parquet"))
    done = survey.publish(2020, by=program("Demostaden"), at=AT)
    assert done.indicators == 0
    assert not Outcome.objects.exists()
    assert not Observation.objects.exists()
    shown = PublishedEstimate.objects.filter(question__code="otrygg", levels="1", sex="", group="").exclude(area="")
    assert shown.count() == 130
    assert PublishedEstimate.objects.filter(state="suppressed").exists()
    city = PublishedEstimate.objects.get(levels="1", area="", sex="", group="", question__code="otrygg")
    assert round(city.estimate) == 10  # as the city published it
