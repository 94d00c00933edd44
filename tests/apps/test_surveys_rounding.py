"""A question published rounded in place of hiding: once one, never the other, and the same numbers always."""

import json
import shutil

import pytest
from django.db import transaction
from django.test import override_settings
from tests import universe
from tests.apps import guarded_survey as guarded
from tests.apps import surveyed_city as survey
from tests.apps.surveyed_city import AT, BUILDER

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Forbidden, Refused
from ledtrad.apps.indicators.models import Observation, Outcome
from ledtrad.apps.people.actors import NOBODY
from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.keeping import answers_folder
from ledtrad.apps.surveys.models import PublishedDifference, PublishedEstimate, Question, RoundedCells, ShownCells
from ledtrad.apps.surveys.queries.pages import first_published, wave_page
from ledtrad.apps.surveys.queries.rounded import rounded_result
from ledtrad.apps.surveys.queries.tables import Spot


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Lillköping with the answers of 2019, of which nothing is out; answers where they lie."""
    folder = tmp_path_factory.mktemp("answers")
    with django_db_blocker.unblock(), override_settings(ANSWERS_DIR=folder), transaction.atomic():
        universe.build_city()
        guarded.build()
        survey.receive(guarded.csv_of(guarded.people()), 2019, codebook=guarded.CODEBOOK)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def surveyed(world, db, tmp_path, settings):
    settings.ANSWERS_DIR = shutil.copytree(world, tmp_path / "answers")


def key(code="kvall"):
    return Question.objects.get(code=code).pk


def about(questions=("kvall",), groups=("sex", "district", "age")):
    chosen = surveys.Chosen(frozenset(map(key, questions)), frozenset(groups))
    return {"survey": "trygghet", "year": 2019, "chosen": chosen, "by": BUILDER, "at": AT}


def publish(multiple=5, **named):
    return surveys.publish_rounded(multiple=multiple, **about(**named))


def hide(**named):
    return surveys.publish_estimates(**about(**named))


def counts():
    return {(one[0], *one[1:4]): one[4] for one in json.loads(row().figures)}


def row():
    return RoundedCells.objects.get(is_current=True)


def true(levels="", area="", sex="", group=""):
    return sum(
        (not levels or answer in levels.split())
        and area in ("", district)
        and sex in ("", guarded.SEXES[s])
        and group in ("", guarded.AGES[age])
        for answer, district, s, age, _times in guarded.people()
        if answer != "9"
    )


def test_every_cell_has_a_number_near_the_true_one(surveyed):
    done = publish()
    told = counts()
    assert (done.questions, done.figures, done.not_adding) == (1, len(told), 0)
    kinds = {tuple(map(bool, place)) for _levels, *place in told}
    assert kinds == {(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0, 1, 1)}
    assert {levels for levels, *_place in told} == {"", "1", "2", "3", "4", "1 2"}
    for (levels, *place), count in told.items():
        assert count % 5 == 0
        assert abs(count - true(levels, *place)) < 5, (levels, place)
    assert any(0 < true(levels, *place) < 5 for levels, *place in told)


def test_nothing_is_estimated_and_no_indicator_gets_anything(surveyed):
    before = Outcome.objects.count(), Observation.objects.count()
    publish()
    assert (Outcome.objects.count(), Observation.objects.count()) == before
    assert not PublishedEstimate.objects.exists()
    assert not PublishedDifference.objects.exists()
    assert not ShownCells.objects.exists()


def test_published_again_every_number_is_the_same_and_groups_are_added(surveyed):
    publish(groups=("sex",))
    first = counts()
    assert {bool(area) for _levels, area, _sex, _group in first} == {False}
    publish(groups=("district",))
    second = counts()
    assert first.items() <= second.items()
    assert ("", "01", "women", "") in second
    assert RoundedCells.objects.count() == 2


def test_another_weight_changes_nothing_and_another_answer_is_refused(surveyed):
    publish()
    before = counts()
    data = guarded.csv_of(guarded.people())
    survey.receive(data.replace(b";10;", b";11;"), 2019, codebook=guarded.CODEBOOK)
    publish()
    assert counts() == before
    survey.receive(guarded.csv_of(guarded.people(late=1)), 2019, codebook=guarded.CODEBOOK)
    with pytest.raises(Refused, match="inte desamma som förra gången"):
        publish()
    assert counts() == before


def test_the_secret_outlives_the_answers_and_its_loss_is_said(surveyed):
    publish()
    before = counts()
    secret = answers_folder() / ".rounding"
    assert secret.stat().st_mode & 0o077 == 0
    surveys.delete_answers(survey="trygghet", year=2019, why="Gallras enligt beslut.", by=BUILDER, at=AT)
    assert counts() == before
    survey.receive(guarded.csv_of(guarded.people()), 2019, codebook=guarded.CODEBOOK)
    publish()
    assert counts() == before
    secret.unlink()
    with pytest.raises(Refused, match="hemligheten"):
        publish()
    assert counts() == before


def test_another_secret_rounds_in_another_way(surveyed):
    preview = {"multiple": 5, **about()}
    one = surveys.work_out_rounded(**preview)[0].cells
    assert surveys.work_out_rounded(**preview)[0].cells == one
    (answers_folder() / ".rounding").unlink()
    assert surveys.work_out_rounded(**preview)[0].cells != one


def test_what_is_out_with_weights_is_not_rounded_and_the_other_way_about(surveyed):
    hide()
    with pytest.raises(Refused, match=r"är publicerad med vägda andelar för 2019\. .*bara publiceras med döljning"):
        publish()
    assert not RoundedCells.objects.exists()


def test_what_is_out_rounded_is_not_weighted(surveyed):
    publish()
    with pytest.raises(Refused, match=r"är publicerad avrundad till närmaste 5 för 2019.*bara publiceras avrundad"):
        hide()
    with pytest.raises(Refused, match="publicerad avrundad"):
        surveys.publish_estimates(survey="trygghet", year=2019, by=BUILDER, at=AT)  # everything
    with pytest.raises(Refused, match="publicerad avrundad"):
        surveys.work_out_estimates(**about())  # nor is a look at them
    assert not PublishedEstimate.objects.exists()


def test_one_question_may_be_rounded_and_another_hidden(surveyed):
    publish()
    hide(questions=("besok",))
    page = wave_page("trygghet", 2019)
    assert [(one.code, one.has_results, one.rounded_to) for one in page.questions] == [
        ("kvall", True, 5), ("besok", True, 0),
    ]  # fmt: skip
    assert first_published("trygghet", 2019) == "kvall"


@pytest.mark.parametrize("multiple", [2, 0, 21, -5])
def test_a_multiple_is_three_to_twenty(surveyed, multiple):
    with pytest.raises(Refused, match="från 3 till 20"):
        publish(multiple)


def test_another_multiple_is_refused_once_something_is_out(surveyed):
    publish(5)
    with pytest.raises(Refused, match="avrundas fortfarande till närmaste 5"):
        publish(10)


def test_a_number_is_not_rounded(surveyed):
    with pytest.raises(Refused, match="Gånger ute besvaras med tal"):
        publish(questions=("kvall", "besok"))
    assert not RoundedCells.objects.exists()


def test_who_may_not_publish_rounds_nothing(surveyed):
    with pytest.raises(Forbidden):
        surveys.publish_rounded(**about() | {"by": NOBODY})


def test_the_log_says_what_was_let_out(surveyed):
    publish(10)
    told = json.loads(Entry.objects.get(action="surveys.publish_rounded").change_json)["to"]
    assert told == {"questions": ["kvall"], "multiple": 10, "figures": len(counts())}
    read = Entry.objects.get(action="surveys.read_answers")
    assert "avrundade" in json.loads(read.change_json)["to"]["why"]


def test_a_wave_with_rounded_numbers_is_not_cancelled_and_its_question_stays(surveyed):
    publish()
    with pytest.raises(Refused, match="har publicerade resultat"):
        survey.cancel(2019)
    with pytest.raises(Refused, match="publicerat resultat för 2019"):
        surveys.reword_question(
            survey="trygghet", code="kvall", from_year=2019, texts={"sv": "Annat?"}, scale="kvall", because="Bättre.",
            by=BUILDER, at=AT,
        )  # fmt: skip


def test_a_reader_meets_the_numbers_and_shares_of_them_alone(surveyed):
    publish()
    found = rounded_result("trygghet", 2019, "kvall")
    assert found.levels == ("1", "2", "3", "4", "1 2")
    for levels, spot in found.counts:
        count, of = found.at(levels, spot), found.at("", spot)
        share = found.percent(levels, spot)
        assert (share is None) == (of < 20)
        assert share is None or abs(share - 100 * count / of) <= 0.5
    assert found.areas["01"] == "Del 1"
    assert found.at("1", Spot("99")) is None


def test_no_change_is_claimed_where_one_wave_is_rounded(surveyed):
    """Both waves ask the same people; the earlier is rounded, so that nothing is estimated between them."""
    survey.plan(2021, guarded.PLAN)
    publish()
    survey.receive(guarded.csv_of(guarded.people(2)), 2021, codebook=guarded.CODEBOOK)
    surveys.publish_estimates(survey="trygghet", year=2021, by=BUILDER, at=AT)
    assert not PublishedDifference.objects.filter(first__startswith="wave:").exists()
