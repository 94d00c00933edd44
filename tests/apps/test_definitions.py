"""Definitions that hold still: who may change one, from when, and what belongs to which version."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from tests import reporting_year, universe
from tests.reporting_year import BEFORE, IN_PLANNING, IN_TERTIAL_1
from tests.universe import AT, BY, percent

from ledtrad.apps.audit.policies import Conflict, Forbidden, Refused
from ledtrad.apps.audit.queries import entries_about
from ledtrad.apps.indicators import actions
from ledtrad.apps.indicators.models import IndicatorVersion, Outcome
from ledtrad.apps.indicators.queries import indicator_ids, indicator_page, indicator_years, outcome_history
from ledtrad.apps.steering.queries import decisions_about
from ledtrad.core.assessment import Decision, Sense, at_least, at_most
from ledtrad.core.outcomes import Measured
from ledtrad.core.periods import Period, Periodicity
from ledtrad.core.quantities import COUNT, PERCENT, quantity

pytestmark = pytest.mark.django_db

DECISION = Decision("Kulturnämnden", date(2021, 4, 14), "§ 31", "KUN 2021/77")
NEW = actions.Definition("Andel unga som läser varje vecka", PERCENT, Sense.MORE, 1, by_sex=True)


@pytest.fixture(scope="module")
def lillkoping(django_db_setup, django_db_blocker):
    """Lillköping with its people, calendar and plans. Built once: tests undo what they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        universe.build_city()
        reporting_year.build()
        yield
        transaction.set_rollback(True)


def change(code="K.1", from_year=2021, definition=NEW, by="rut", at=IN_PLANNING, **more):
    said = {"because": "Frågan ställs på ett annat sätt.", "breaks": "wording"} | more
    actor = reporting_year.actor(by) if isinstance(by, str) else by
    actions.change_definition(code=code, from_year=from_year, definition=definition, by=actor, at=at, **said)


def versions(code="K.1"):
    rows = IndicatorVersion.objects.filter(indicator__code=code).order_by("number")
    return list(rows.values_list("number", "from_year", "breaks"))


# --- who, and with which decision -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "code", "may"),
    [
        ("rut", "K.1", True),
        ("sara", "K.1", True),
        ("carl", "1.1.1", True),
        ("rut", "1.1.1", False),  # the council's
        ("ove", "K.1", False),  # another board's
        ("lars", "K.1", False),
        ("ulla", "K.1", False),
        ("rakel", "K.1", False),
        ("ada", "1.1.1", False),
        ("carl", "K.1", False),  # the centre plans for the council, not for a board
    ],
)
def test_whoever_may_change_the_plan_may_change_the_question(lillkoping, who, code, may):
    if may:
        change(code, by=who)
        assert versions(code)[-1][:2] == (2, 2021)
    else:
        with pytest.raises(Forbidden):
            change(code, by=who)
        assert len(versions(code)) == 1


def adopt(unit, who):
    """The body adopts its plan for 2021 in the middle of the planning."""
    from ledtrad.apps.steering.actions import adopt_plan

    adopted = Decision("Organet", date(2021, 1, 8), "§ 2", "DNR 2021/3")
    adopt_plan(unit=unit, year=2021, decision=adopted, by=reporting_year.actor(who), at=IN_PLANNING)


@pytest.mark.parametrize(
    ("at", "adopted", "needs"),
    [
        (IN_PLANNING, False, False),
        (IN_PLANNING, True, True),  # adopted: a change is a decision
        (BEFORE.replace(month=10), False, True),  # plans are not made yet
        (IN_TERTIAL_1, False, True),  # the year goes on
        (IN_TERTIAL_1, True, True),
    ],
)
def test_a_change_during_the_year_is_a_decision(lillkoping, at, adopted, needs):
    if adopted:
        adopt("kultur", "sara")
    if needs:
        with pytest.raises(Refused, match=r"kräver ett beslut|kräver en ändring ett beslut"):
            change(by="sara", at=at)
    else:
        change(by="sara", at=at)


def test_the_decision_is_kept_and_tells_what_it_was_about(lillkoping):
    change(by="sara", at=IN_TERTIAL_1, decision=DECISION)
    (found,) = decisions_about(["indicator:K.1"])
    assert (found.unit, found.year, found.decision) == ("kultur", 2021, DECISION)
    assert found.motive == "Frågan ställs på ett annat sätt."
    assert versions() == [(1, 2019, ""), (2, 2021, "wording")]


def test_half_a_decision_is_none(lillkoping):
    with pytest.raises(Refused, match="Ange organ, datum, paragraf och diarienummer"):
        change(by="sara", at=IN_TERTIAL_1, decision=replace(DECISION, paragraph=" "))
    assert len(versions()) == 1


def test_a_year_that_is_over_keeps_its_definition(lillkoping):
    with pytest.raises(Refused, match="Planen ändras inte längre"):
        change(by="sara", at=reporting_year.AFTER, decision=DECISION)


def test_two_who_change_at_once(lillkoping):
    change(rests_on=1)
    with pytest.raises(Conflict, match="Någon annan ändrade definitionen"):
        change(from_year=2022, by="sara", rests_on=1, at=IN_TERTIAL_1, decision=DECISION)
    assert len(versions()) == 2


def test_the_log_tells_the_whole_definition_before_and_after(lillkoping):
    change(definition=replace(NEW, splits=("age", "provider"), numerator="Unga som läser", denominator="Unga"))
    told = entries_about("indicator:K.1")[0]
    assert told.by == f"person:{reporting_year.person('rut').key}"
    assert (told.before["title"], told.before["version"]) == ("Andel unga som läser varje dag", 1)
    assert told.after["title"] == "Andel unga som läser varje vecka"
    assert (told.after["splits"], told.after["numerator"]) == (["age", "provider"], "Unga som läser")
    assert (told.after["breaks"], told.after["from"]) == ("new_wording", 2021)


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"code": "K.9"}, "Indikatorn K.9 finns inte. Ingenting har sparats."),
        ({"because": "  "}, "Skriv varför indikatorn ändras. Ingenting har sparats."),
        ({"breaks": "boredom"}, "Brottet boredom är inte ett känt slag. Ingenting har sparats."),
        (
            {"definition": replace(NEW, splits=("shoe size",))},
            "Uppdelningen shoe size är inte känd. Ingenting har sparats.",
        ),
        (
            {"definition": replace(NEW, rule="gissning")},
            "Regeln gissning finns inte. Ingenting har sparats.",
        ),
        (
            {"definition": replace(NEW, unit=COUNT), "breaks": ""},
            "En ny måttenhet bryter serien: ange på vilket sätt. Ingenting har sparats.",
        ),
    ],
)
def test_what_cannot_be(lillkoping, said, sentence):
    with pytest.raises(Refused) as refused:
        change(**said)
    assert str(refused.value) == sentence
    assert versions() == [(1, 2019, "")]


def revise(code="1.1.1", from_year=2021, definition=None, **more):
    """Past the plan: what holds for everybody, programs too."""
    said = {"because": "Ny fråga.", "breaks": "wording"} | more
    definition = definition or actions.Definition("Andel elever som trivs", PERCENT, Sense.MORE)
    actions.revise_indicator(code=code, from_year=from_year, definition=definition, by=BY, at=AT, **said)


@pytest.mark.parametrize(
    ("code", "from_year", "sentence"),
    [
        (
            "1.1.1",
            2020,
            "har ett utfall för 2020, som svarar på frågan som den var. En ny definition kan gälla från 2021",
        ),
        ("1.1.1", 2018, "har ett utfall för 2020"),  # a later outcome than the change
        ("2.1.1", 2021, "har ett utfall för 2021"),  # zero is an outcome
        ("1.2.1", 2020, "har ett utfall för 2020"),  # so is "not measured"
        ("1.1.1", 2015, "gäller från 2015"),
    ],
)
def test_a_year_that_has_its_outcome_keeps_its_question(lillkoping, code, from_year, sentence):
    with pytest.raises(Refused, match=sentence):
        revise(code, from_year)
    assert len(versions(code)) == 1


def test_an_outcome_of_a_tertial_does_not_stop_a_decision_in_the_middle_of_the_year(lillkoping):
    first = Period(2021, 1)
    actions.record_outcome(code="1.1.1", period=first, outcome=Measured(percent("70")), by=BY, at=AT)
    revise()
    assert Outcome.objects.get(indicator__code="1.1.1", year=2021, tertial=1).version.number == 1


def test_what_is_followed_no_longer_asks_nothing_new(lillkoping):
    new = actions.NewIndicator("G.1", 2015, NEW, last_year=2019)
    actions.define_indicators(indicators=[new], by=BY, at=AT)
    with pytest.raises(Refused, match="följdes till och med 2019"):
        revise("G.1", 2020)


@pytest.mark.parametrize(
    ("definition", "refused"),
    [
        (actions.Definition("Antal unga som läser", COUNT, Sense.MORE), True),
        (actions.Definition("Andel unga som inte läser", PERCENT, Sense.LESS), True),
        (actions.Definition("Andel unga som läser böcker", PERCENT, Sense.MORE), False),
    ],
)
def test_a_target_is_never_left_in_another_unit_or_direction(lillkoping, definition, refused):
    if not refused:
        change(definition=definition)
        return
    with pytest.raises(Refused, match="har ett årsmål för 2021 i den gamla måttenheten eller riktningen"):
        change(definition=definition)
    actions.set_targets(targets=[actions.NewTarget("K.1", 2021, None)], by=BY, at=IN_PLANNING)
    change(definition=definition)
    bound = at_most if definition.sense is Sense.LESS else at_least
    target = bound(quantity("5", definition.unit))
    actions.set_targets(targets=[actions.NewTarget("K.1", 2021, target)], by=BY, at=IN_PLANNING)


# --- what belongs to which version ----------------------------------------------------------------


def found(code, year):
    (row,) = [row.found for row in indicator_page(code).years if row.year == year]
    return row


def test_an_outcome_belongs_to_the_version_under_which_it_was_approved(lillkoping):
    revise()
    actions.record_outcome(code="1.1.1", period=Period(2021), outcome=Measured(percent("60")), by=BY, at=AT)
    revise(from_year=2022, definition=actions.Definition("Andel elever som stannar", PERCENT, Sense.MORE))
    actions.record_outcome(code="1.1.1", period=Period(2022), outcome=Measured(percent("50")), by=BY, at=AT)
    assert [(found("1.1.1", year).version, found("1.1.1", year).result.name) for year in (2020, 2021, 2022)] == [
        (1, "Andel elever som når målen"),
        (2, "Andel elever som trivs"),
        (3, "Andel elever som stannar"),
    ]


def test_a_correction_stays_under_the_question_that_it_answers(lillkoping):
    revise()
    actions.record_outcome(code="1.1.1", period=Period(2020), outcome=Measured(percent("73")), by=BY, at=AT)
    numbers = Outcome.objects.filter(indicator__code="1.1.1", year=2020).values_list("version__number", flat=True)
    assert list(numbers) == [1, 1]
    assert {record.title for record in outcome_history("1.1.1", 2020)} == {"Andel elever som når målen"}


def test_it_is_the_stored_version_that_counts_and_not_the_year(lillkoping):
    """Were a version put in past the actions, from a year that has its outcome, the outcome would keep its own."""
    row = IndicatorVersion.objects.get(indicator__code="1.1.1")
    row.pk, row.number, row.from_year, row.title = None, 2, 2020, "En helt annan fråga"
    row.save(force_insert=True)
    years = indicator_years(indicator_ids(["1.1.1"]).values())
    assert years["1.1.1", 2020].result.name == "Andel elever som når målen"
    assert years["1.1.1", 2020].version == 1


def test_everything_that_a_definition_says_is_kept(lillkoping):
    whole = actions.Definition(
        "Andel unga som läser",
        PERCENT,
        Sense.BAND,
        decimals=2,
        by_sex=True,
        periodicity=Periodicity(3, 2021),
        question="Hur ofta läser du?",
        rule="tre-fjardedelar",
        source="Ungdomsenkäten",
        splits=("district", "age"),
        numerator="Unga som läser",
        denominator="Alla unga",
    )
    actions.define_indicators(indicators=[actions.NewIndicator("G.2", 2021, whole)], by=BY, at=AT)
    assert actions.definition_of(IndicatorVersion.objects.get(indicator__code="G.2")) == whole
