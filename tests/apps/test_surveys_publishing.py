"""From answers to outcomes: what is published knows its uncertainty, and what rests on few is held back."""

import json
import math
from decimal import Decimal

import pytest
from tests.apps import surveyed_city as survey
from tests.apps.surveyed_city import AT, BUILDER

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Forbidden, Refused
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import AreaKind, Observation, Outcome
from ledtrad.apps.indicators.queries.reading import outcome_of
from ledtrad.apps.people.actors import NOBODY
from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.models import PublishedEstimate
from ledtrad.apps.surveys.queries.releasing import HELD_BACK

# Of the sixty answers every sixth, in the south, is "vet inte": thirty count in the north and twenty in the south.
COUNTED = [(row, (1, 2, 2, 3, 1, 9)[row % 6]) for row in range(60)]


@pytest.fixture
def surveyed(city, tmp_path, settings):
    settings.ANSWERS_DIR = tmp_path / "answers"
    survey.build()
    survey.plan(2019, because="")
    indicators.register_areas(
        areas=[
            indicators.NewArea("01", AreaKind.DISTRICT, "Norrtullen"),
            indicators.NewArea("S9", AreaKind.DISTRICT, "Söder"),
        ],
        by=BUILDER,
        at=AT,
    )


def publish(data=None, year=2019):
    survey.receive(survey.answers() if data is None else data, year)
    return surveys.publish_estimates(survey="trygghet", year=year, by=BUILDER, at=AT)


def share(rows, levels=(1, 2)):
    """The weighted share and its linearised standard error, told slowly: strata with replacement of their sizes."""
    weight = {0: 133.25, 1: 200.0}
    size = {0: 4000, 1: 6000}
    counted = [(row, said) for row, said in COUNTED if said != 9 and row in rows]
    total = sum(weight[row % 2] for row, _ in counted)
    p = sum(weight[row % 2] for row, said in counted if said in levels) / total
    variance = 0.0
    for stratum in (0, 1):
        z = [
            weight[row % 2] * ((said in levels) - p) / total if said != 9 and row in rows else 0.0
            for row, said in COUNTED
            if row % 2 == stratum
        ]
        n, mean = len(z), sum(z) / len(z)
        variance += (1 - n / size[stratum]) * n / (n - 1) * sum((one - mean) ** 2 for one in z)
    return 100 * p, 100 * math.sqrt(variance)


def estimate(**where):
    found = {"area": "", "sex": "", "group": "", "levels": "1 2"} | where
    return PublishedEstimate.objects.get(is_current=True, question__code="kvall", **found)


def test_an_estimate_is_the_one_that_a_slow_calculation_gives(surveyed):
    publish()
    whole = estimate()
    wanted, se = share(range(60))
    assert (whole.base, whole.state) == (50, "shown")
    assert whole.estimate == pytest.approx(wanted, rel=1e-9)
    assert whole.se == pytest.approx(se, rel=1e-9)
    assert whole.low < whole.estimate < whole.high
    assert whole.df == 58


def test_publishing_feeds_the_indicator_with_margin_base_and_source(surveyed):
    done = publish()
    assert done.indicators == 1
    row = Outcome.objects.get(indicator__code="1.2.1", year=2019, is_current=True)
    said = outcome_of(row)
    whole = estimate()
    assert said.total.value == Decimal(repr(round(whole.estimate, 1)))  # as printed: more digits would tell more
    assert said.total.margin == Decimal(repr(round((whole.high - whole.low) / 2, 1)))
    assert said.total.base == 50
    assert row.source_name == "Trygghetsmätningen 2019"
    women = estimate(sex="women")
    assert said.women.base == women.base
    assert said.women.margin > 0


def test_districts_become_observations_by_code_or_by_name(surveyed):
    publish()
    rows = Observation.objects.filter(is_current=True, sex="").select_related("area", "batch")
    held = {one.area.code: one for one in rows}
    assert set(held) == {"01", "S9"}
    north = estimate(area="01")
    assert held["01"].value == Decimal(repr(round(north.estimate, 1)))
    assert held["01"].margin > 0
    assert held["S9"].batch.source_name == "Trygghetsmätningen 2019"
    assert north.state == "uncertain"  # 30 answers


def few(rows=60, others=19):
    """North has only `others` answers that count."""
    north = [row for row, said in COUNTED if row % 2 == 0 and said != 9]
    return survey.answers(rows, kvall=dict.fromkeys(north[others:], "9"))


def test_what_rests_on_fewer_than_twenty_is_held_back_and_holds_no_number(surveyed):
    publish(few())
    north = estimate(area="01")
    assert (north.state, north.reason) == ("suppressed", HELD_BACK)
    assert [north.estimate, north.se, north.low, north.high, north.df, north.deff, north.base] == [None] * 7
    observed = Observation.objects.get(area__code="01", sex="", is_current=True)
    assert (observed.value, observed.absence) == (None, "suppressed")


def test_with_it_goes_the_part_by_which_it_could_be_had(surveyed):
    publish(few())
    south = estimate(area="S9")
    assert (south.state, south.reason, south.base) == ("suppressed", HELD_BACK, None)
    assert estimate().state == "uncertain"  # the whole: 39 answers


def test_twenty_are_enough(surveyed):
    publish(few(others=20))
    assert estimate(area="01").base == 20
    assert estimate(area="S9").state == "uncertain"


def test_who_publishes_sees_what_will_be_held_back_and_why(surveyed):
    survey.receive(few(), 2019)
    found = surveys.work_out_estimates(survey="trygghet", year=2019, by=BUILDER, at=AT)
    held = {
        (one.code, one.reason)
        for one in found
        if one.kind == "district" and one.figure.levels == ("1", "2") and not one.estimate
    }
    assert held == {
        ("01", "Färre än 20 har svarat, så ingen andel visas."),
        ("02", "Dold för att en annan dold cell annars går att räkna ut."),
    }
    assert not PublishedEstimate.objects.exists()


def test_each_answer_and_each_number_has_its_figure(surveyed):
    publish()
    levels = PublishedEstimate.objects.filter(area="", sex="", group="", question__code="kvall").values_list(
        "levels", flat=True
    )
    assert sorted(levels) == ["1", "1 2", "2", "3", "4"]
    mean = PublishedEstimate.objects.get(area="", sex="", group="", question__code="besok")
    assert mean.statistic == "mean"
    assert mean.estimate == pytest.approx(3.5, abs=0.5)
    shares = [one.estimate for one in PublishedEstimate.objects.filter(area="", sex="", levels__in="1234")]
    assert sum(shares) == pytest.approx(100)


def test_published_again_the_later_takes_over(surveyed):
    publish()
    before = estimate()
    publish(few())
    assert estimate().supersedes_id == before.pk
    assert estimate().base == 39


def test_figures_stay_when_the_answers_are_deleted(surveyed):
    publish()
    before = estimate().estimate
    surveys.delete_answers(survey="trygghet", year=2019, why="Gallras enligt beslut.", by=BUILDER, at=AT)
    assert estimate().estimate == before
    assert Outcome.objects.get(indicator__code="1.2.1", year=2019, is_current=True).state == "measured"
    with pytest.raises(Refused, match="inga svar som finns kvar"):
        surveys.publish_estimates(survey="trygghet", year=2019, by=BUILDER, at=AT)


def test_publishing_reads_answers_and_the_log_says_so(surveyed):
    publish()
    read = Entry.objects.get(action="surveys.read_answers")
    assert json.loads(read.change_json)["to"]["why"] == "Publicering av omgångens resultat"
    told = json.loads(Entry.objects.get(action="surveys.publish_estimates").change_json)["to"]
    assert told["indicators"] == 1


def test_a_wave_without_answers_or_by_somebody_else_publishes_nothing(surveyed):
    with pytest.raises(Refused, match="inga svar"):
        surveys.publish_estimates(survey="trygghet", year=2019, by=BUILDER, at=AT)
    with pytest.raises(Forbidden):
        surveys.publish_estimates(survey="trygghet", year=2019, by=NOBODY, at=AT)


def test_a_wave_with_results_is_not_cancelled_and_its_question_stays(surveyed):
    publish()
    with pytest.raises(Refused, match="har publicerade resultat"):
        survey.cancel(2019)


def test_what_is_hidden_is_decided_with_what_answers_weigh(surveyed, monkeypatch):
    """Without the weights nobody would try whether the whole's share gives a district away (0026)."""
    from ledtrad.core.surveys import releases

    decided, decide = [], releases.decide
    monkeypatch.setattr(releases, "decide", lambda tally, *rest: decided.append(tally) or decide(tally, *rest))
    publish()
    tally = next(one for one in decided if sum(one.counts.values()) == 50)
    assert tally.weights.keys() == tally.counts.keys()
    assert {round(weight / tally.counts[key], 6) for key, weight in tally.weights.items()} == {133.25, 200.0}
