"""Surveys and their waves: what is said of them, and what that does to the indicators that they measure."""

import json
from dataclasses import replace

import pytest
from tests.apps import surveyed_city as survey
from tests.apps.surveyed_city import AT, BUILDER

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Forbidden, Refused
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.models import IndicatorVersion, Outcome
from ledtrad.apps.people.actors import NOBODY
from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.models import ResponseGroup, WaveDesign, WaveState, Wording
from ledtrad.core.outcomes import Measured
from ledtrad.core.periods import Period
from ledtrad.core.quantities import PERCENT, quantity


@pytest.fixture
def surveyed(city):
    survey.build()


def outcome(code, year):
    return Outcome.objects.filter(indicator__code=code, year=year, tertial=0, is_current=True).first()


def versions(code):
    found = IndicatorVersion.objects.filter(indicator__code=code).order_by("number")
    return list(found.values_list("from_year", "breaks"))


def reword(from_year=2022, **named):
    surveys.reword_question(
        **(
            {
                "survey": "trygghet",
                "code": "kvall",
                "from_year": from_year,
                "texts": {"sv": "Hur trygg känner du dig ute sent en kväll?"},
                "scale": "kvall",
                "because": "Samma ord som i länets enkät.",
                "by": BUILDER,
                "at": AT,
            }
            | named
        )
    )


# --- cancelled -------------------------------------------------------------------------------------


def test_a_cancelled_wave_leaves_its_indicators_not_measured_with_the_reason(surveyed):
    survey.plan(2021)
    assert outcome("1.2.1", 2021) is None
    assert survey.cancel(2021) == 1
    said = outcome("1.2.1", 2021)
    assert (said.state, said.source_name) == ("not_measured", "Trygghetsmätningen 2021")
    assert said.reason == "Trygghetsmätningen 2021 genomfördes inte: Upphandlingen överklagades."
    assert said.said_by == "Ledningen"


def test_a_measure_that_comes_after_the_cancellation_is_told_of_it(surveyed):
    survey.cancel(2021)
    assert outcome("1.1.1", 2021) is None
    survey.measure("1.1.1")
    assert outcome("1.1.1", 2021).state == "not_measured"


def test_a_figure_from_elsewhere_is_not_taken_away(surveyed):
    measured = Measured(quantity("77", PERCENT))
    indicators.record_outcome(code="1.2.1", period=Period(2021), outcome=measured, by="Kim", at=AT)
    assert survey.cancel(2021) == 0
    assert outcome("1.2.1", 2021).state == "measured"


def test_years_before_the_indicator_are_left_alone(surveyed):
    assert survey.cancel(2010) == 0  # the indicator came in 2019


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("", "Skriv varför omgången ställs in. Ingenting har sparats."), ("  ", "Skriv varför omgången ställs in.")],
)
def test_a_cancellation_says_why(surveyed, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        survey.cancel(2021, reason)
    assert outcome("1.2.1", 2021) is None
    assert not WaveState.objects.filter(state="cancelled").exists()


def test_what_is_cancelled_is_neither_planned_nor_answered_nor_cancelled_again(surveyed):
    survey.cancel(2018)
    for act in (lambda: survey.plan(2018), lambda: survey.receive(), lambda: survey.cancel(2018)):
        with pytest.raises(Refused, match="inställd"):
            act()


# --- breaks ----------------------------------------------------------------------------------------


def test_other_words_break_the_series_of_the_indicator(surveyed):
    reword()
    assert Wording.objects.get(number=2).breaks == "wording"
    assert versions("1.2.1")[-1] == (2022, "wording")
    asked = IndicatorVersion.objects.filter(indicator__code="1.2.1").order_by("-number")[0]
    assert asked.question == "Hur trygg känner du dig ute sent en kväll?"
    assert "länets enkät" in asked.change_note


def test_another_scale_breaks_it_too(surveyed):
    fewer = surveys.NewScale("kvall-2", survey.EVENING.steps[:3])
    surveys.define_scales(survey="trygghet", scales=[fewer], by=BUILDER, at=AT)
    reword(texts=survey.ASKED, scale="kvall-2")
    assert Wording.objects.get(number=2).breaks == "scale"
    assert versions("1.2.1")[-1] == (2022, "wording")


def test_a_translation_breaks_nothing(surveyed):
    before = versions("1.2.1")
    reword(texts=survey.ASKED | {"so": "Intee ayaad ku dareemaysaa ammaan?"})
    assert Wording.objects.get(number=2).breaks == ""
    assert versions("1.2.1") == before


def test_another_mode_breaks_every_indicator_of_the_survey(surveyed):
    survey.measure("1.1.1", ("1",))
    survey.plan(2022, replace(survey.PLAN, modes=("web",), opened=None, closed=None), because="Bara webb från 2022.")
    assert versions("1.2.1")[-1] == versions("1.1.1")[-1] == (2022, "mode")
    assert WaveDesign.objects.get(wave__year=2022).breaks == "mode"


def test_the_mode_is_held_against_the_latest_wave_that_was_not_cancelled(surveyed):
    survey.plan(2021, replace(survey.PLAN, modes=("phone",)), because="På prov per telefon.")
    survey.cancel(2021)
    survey.plan(2022)
    assert WaveDesign.objects.get(wave__year=2022).breaks == ""


def test_another_mode_says_why(surveyed):
    with pytest.raises(Refused, match=r"bryter serien\. Skriv varför"):
        survey.plan(2022, replace(survey.PLAN, modes=("web",)))
    assert not WaveDesign.objects.filter(wave__year=2022).exists()


def test_words_and_mode_in_the_same_year_are_one_break(surveyed):
    reword()
    survey.plan(2022, replace(survey.PLAN, modes=("web",)), because="Bara webb från 2022.")
    assert versions("1.2.1")[-1] == (2022, "wording")
    assert len(versions("1.2.1")) == 2


# --- what is said ----------------------------------------------------------------------------------


def test_a_plan_that_is_said_again_takes_over_and_the_older_one_stays(surveyed):
    survey.plan(2018, replace(survey.PLAN, drawn=900))
    rows = WaveDesign.objects.filter(wave__year=2018).order_by("id")
    assert [(row.drawn, row.is_current) for row in rows] == [(800, False), (900, True)]
    assert WaveDesign.objects.known(AT).get(wave__year=2018).drawn == 900


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ({"population": " "}, "Skriv vilka enkäten vänder sig till"),
        ({"modes": ("pigeon",)}, "Insamlingssättet pigeon är inte känt"),
        ({"languages": ("svenska",)}, "svenska är ingen språkkod"),
        ({"closed": survey.date(2018, 1, 1)}, "slutar innan den börjar"),
        ({"sizes": (surveys.StratumSize("1", 10, 11),)}, "fler dragna än det finns"),
        ({"sizes": (surveys.StratumSize("1", 9), surveys.StratumSize("1", 9))}, "egen kod"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(surveyed, plan, sentence):
    with pytest.raises(Refused, match=sentence):
        survey.plan(2019, replace(survey.PLAN, **plan))


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"levels": ()}, "vilka svar"),
        ({"levels": ("7",)}, "inget svar med koden 7"),
        ({"statistic": "mean", "levels": ("1",)}, "vilka svar"),
        ({"statistic": "median"}, "inte känt"),
        ({"indicator": "2.1.1"}, "inte i procent"),
        ({"indicator": "9.9"}, "finns inte"),
        ({"question": "nej"}, "finns inte"),
        ({"survey": "nej"}, "finns inte"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(surveyed, named, sentence):
    right = {"indicator": "1.1.1", "survey": "trygghet", "question": "kvall", "levels": ("1",), "from_year": 2018}
    with pytest.raises(Refused, match=sentence):
        surveys.measure_indicator(**(right | named), by=BUILDER, at=AT)


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"from_year": 2018}, "gäller från 2018"),
        ({"because": " "}, "Skriv varför"),
        ({"texts": {"en": "How?"}}, "på svenska"),
        ({"texts": {"sv": "Hur?", "Swedish": "x"}}, "ingen språkkod"),
        ({"breaks": "tone"}, "inte ett känt slag"),
        ({"scale": "nej"}, "Skalan nej finns inte"),
    ],
)
def test_a_rewording_that_cannot_be_is_refused(surveyed, named, sentence):
    with pytest.raises(Refused, match=sentence):
        reword(**named)
    assert not Wording.objects.filter(number=2).exists()


def test_who_answered_is_said_group_by_group(surveyed):
    groups = [
        surveys.Responded(440, 800),
        surveys.Responded(240, 400, "district", "01", "Norr"),
        surveys.Responded(200, 400, "district", "02", "Söder"),
    ]
    surveys.record_responses(survey="trygghet", year=2018, groups=groups, by=BUILDER, at=AT)
    surveys.record_responses(survey="trygghet", year=2018, groups=[surveys.Responded(441, 800)], by=BUILDER, at=AT)
    held = ResponseGroup.objects.filter(is_current=True).order_by("kind", "code")
    assert list(held.values_list("code", "drawn", "answered")) == [("", 800, 441), ("01", 400, 240), ("02", 400, 200)]
    with pytest.raises(Refused, match="fler svarat än som drogs"):
        surveys.record_responses(survey="trygghet", year=2018, groups=[surveys.Responded(9, 8)], by=BUILDER, at=AT)


def test_only_the_centre_keeps_surveys(surveyed):
    for act in (
        lambda: surveys.define_surveys(surveys=[surveys.NewSurvey("x", "X")], by=NOBODY, at=AT),
        lambda: surveys.plan_wave(survey="trygghet", year=2030, plan=survey.PLAN, by=NOBODY, at=AT),
        lambda: surveys.cancel_wave(survey="trygghet", year=2018, reason="x", by=NOBODY, at=AT),
        lambda: reword(by=NOBODY),
        lambda: surveys.define_questions(survey="trygghet", questions=[], by=NOBODY, at=AT),
        lambda: surveys.define_scales(survey="trygghet", scales=[], by=NOBODY, at=AT),
        lambda: surveys.record_responses(survey="trygghet", year=2018, groups=[], by=NOBODY, at=AT),
    ):
        with pytest.raises(Forbidden):
            act()


def test_codes_are_taken_once(surveyed):
    with pytest.raises(Refused, match="Enkäten trygghet finns redan"):
        surveys.define_surveys(surveys=[surveys.NewSurvey("trygghet", "Ännu en")], by=BUILDER, at=AT)
    with pytest.raises(Refused, match="Skalan kvall finns redan"):
        surveys.define_scales(survey="trygghet", scales=[survey.EVENING], by=BUILDER, at=AT)
    one = surveys.NewScale("en", survey.EVENING.steps[:1])
    with pytest.raises(Refused, match="minst två svar"):
        surveys.define_scales(survey="trygghet", scales=[one], by=BUILDER, at=AT)


def test_the_log_tells_of_it_all(surveyed):
    survey.cancel(2021)
    deeds = set(Entry.objects.filter(action__startswith="surveys.").values_list("action", flat=True))
    assert deeds >= {
        "surveys.define_surveys",
        "surveys.define_scales",
        "surveys.define_questions",
        "surveys.measure_indicator",
        "surveys.plan_wave",
        "surveys.cancel_wave",
    }
    told = Entry.objects.get(action="surveys.cancel_wave")
    assert json.loads(told.objects_json) == ["wave:trygghet/2021"]
