"""The annual report: drafted, written, bound, checked, published; then it never changes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import universe
from tests.universe import AT, BY, NOT_MET, YEAR, percent

from ledtrad.apps.annual_report import actions
from ledtrad.apps.annual_report.models import (
    BoundSection,
    CheckRun,
    Citation,
    Edition,
    Finding,
    Part,
    Statement,
    Waiver,
)
from ledtrad.apps.annual_report.queries import document, editions, facts_of, findings, stale_citations, trace
from ledtrad.apps.annual_report.snapshots import from_text, to_text
from ledtrad.apps.audit.actions import record
from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.goals.actions import record_assessment
from ledtrad.apps.indicators.actions import record_outcome
from ledtrad.core.assessment import Decision
from ledtrad.core.document import Image, IndicatorBlock, NarrativePart
from ledtrad.core.outcomes import Measured

DECISION = Decision("Kommunfullmäktige", date(2021, 4, 26), "§ 3", "KF 2021/5")


def sentence_with(words, year=2020, goal="1.2"):
    return next(sentence for sentence in document(year, goal).sentences() if words in sentence.text)


def correct_an_outcome():
    value = Measured(percent("85"), percent("83"), percent("88"))
    record_outcome(code="1.2.2", period=YEAR, outcome=value, by=BY, at=AT)


def change_an_assessment():
    record_assessment(goal="1.2", unit="alvsjo", period=YEAR, verdict=NOT_MET, by=BY, at=AT)


def write(*sentences, goal="1.2", **more):
    actions.write_section(year=2020, goal=goal, narrative=[NarrativePart("Rubrik", (sentences,))], by=BY, at=AT, **more)


def bind(**more):
    actions.bind_sections(year=2020, by=BY, at=AT, **more)


def check(**more):
    return actions.record_checks(year=2020, by=BY, at=AT, **more)


def publish():
    return actions.publish_edition(year=2020, decision=DECISION, by=BY, at=AT)


@pytest.fixture
def published(report):
    publish()


# --- reading --------------------------------------------------------------------------------------


def test_there_is_something_to_read_before_any_edition(city):
    assert "3 av 5 nämnder" in sentence_with("nämnder").text
    assert document(2020).title == "Årsredovisning 2020"
    assert document(1999) is None
    assert document(2020, "9.9") is None
    assert document(2020, edition=7) is None


def test_figures_in_the_narrative_are_bound(report):
    sentence = sentence_with("otrygga på kvällen")
    assert sentence.text == "Andelen otrygga på kvällen är 10\u00a0procent."
    (cite,) = sentence.cites
    assert cite.fact == "indicator:B.1/2020/outcome.total"
    assert cite.fingerprint == facts_of("1.2", 2020)[cite.fact].fingerprint
    assert sentence.text[cite.start : cite.end] == "10\u00a0procent"


def test_the_year_holds_the_sections_as_they_stand_alone(report):
    whole = {section.id: section for section in document(2020).walk()}
    for goal in ("1.1", "1.2", "2.1"):
        (section,) = document(2020, goal).sections
        assert whole[section.id] == section


def test_sentence_ids_are_unique_in_the_whole_year(report):
    texts = {}
    for sentence in document(2020).sentences():
        assert texts.setdefault(sentence.id, sentence.text) == sentence.text


def test_bound_and_composed_are_the_same(report):
    bound = document(2020, "1.2")
    BoundSection.objects.all().delete()
    assert document.now(2020, "1.2") == bound


def test_a_document_survives_being_kept(report):
    whole = document(2020)
    assert from_text(to_text(whole)) == whole
    assert to_text(from_text(to_text(whole))) == to_text(whole)
    with pytest.raises(ValueError, match="does not hold a document"):
        from_text('{"is":"Notice","text":"x"}')
    with pytest.raises(ValueError, match="no such part"):
        from_text('{"is":"Popen"}')


def test_facts_include_what_the_section_cites_elsewhere(report):
    assert "goal:1.1/2020/verdict" not in facts_of("1.2", 2020)
    write("Skolan bedöms {{goal:1.1/2020/verdict}}.")
    bind()
    assert "goal:1.1/2020/verdict" in facts_of("1.2", 2020)
    assert len(facts_of("9.9", 2020)) == 0
    assert "goal:alla/2020/subgoals.met" in facts_of(None, 2020)


@pytest.mark.parametrize(
    "read", [lambda: document.now(2020), lambda: document.now(2020, "1.2"), lambda: facts_of.now("1.2", 2020)]
)
def test_reading_asks_a_fixed_number_of_questions(report, read):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            read()
        return len(caught)

    before = asked()
    write(*(f"Mening {number}." for number in range(50)))
    bind()
    assert asked() == before <= 20


# --- stale ----------------------------------------------------------------------------------------


def test_nothing_is_stale_when_just_bound(report):
    assert stale_citations(2020) == ()


def test_a_changed_assessment_makes_the_sentence_stale_until_it_is_bound_anew(report):
    change_an_assessment()
    stale = stale_citations(2020, goal="1.2")
    assert {one.fact for one in stale if one.kind == "sentence"} == {
        "goal:1.2/2020/boards.partly",
        "goal:1.2/2020/boards.total",
    }
    assert "1 bedömer att målet uppnås delvis" in sentence_with("nämnder").text  # nothing pushes
    bind(goals=["1.2"])
    assert stale_citations(2020) == ()
    assert "delvis" not in sentence_with("nämnder").text


def test_a_corrected_outcome_makes_blocks_stale_and_the_check_says_so(report):
    correct_an_outcome()
    assert "indicator" in {one.kind for one in stale_citations(2020)}
    found = check(goals=["1.2"])["1.2"].findings
    assert [one for one in found if one.kind == "stale" and "Andel ungdomar" in one.message]
    with pytest.raises(Refused, match="fel som varken är rättade"):
        publish()
    bind()
    check()
    assert publish() == 1


# --- drafting and writing ---------------------------------------------------------------------------


def test_a_year_is_drafted_once(report):
    with pytest.raises(Refused, match="har redan en utgåva"):
        actions.draft_edition(year=2020, by=BY, at=AT)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Det är {{goal:9.9/2020/boards.met}}.", "hänvisar till en uppgift som inte finns"),
        ("Det är {{goal:1.2/2020/boards.met.", "går inte att sammanställa"),
        ("Det är {{goal:1.2/2020/boards.met|baklänges}}.", "går inte att sammanställa"),
    ],
)
def test_a_text_that_cannot_be_bound_changes_nothing(report, sentence, told):
    before = document(2020, "1.2")
    write(sentence)
    with pytest.raises(Refused, match=told):
        bind()
    assert document(2020, "1.2") == before


def test_a_quote_must_stand_in_the_text(report):
    part = NarrativePart("Rubrik", (("En mening.",),), pull_quote="En annan mening.")
    actions.write_section(year=2020, goal="1.2", narrative=[part], by=BY, at=AT)
    with pytest.raises(Refused, match="går inte att sammanställa"):
        bind()


def test_a_picture_needs_words(report):
    with pytest.raises(Refused, match="Beskriv bilden med ord"):
        write("En mening.", image=Image(" ", "bild.jpg"))


def test_what_is_written_comes_back(report):
    write("Förskolan växer.", goal="1.1.F", image=Image("Ett sandslott."), activities=["Allt är gjort."])
    bind()
    section = document(2020, "1.1")
    assert [sentence.text for sentence in section.sentences() if "växer" in sentence.text] == ["Förskolan växer."]
    assert any(Image("Ett sandslott.") in one.blocks for one in section.walk())


def test_without_a_draft_nothing_is_written(city):
    with pytest.raises(Refused, match="inget utkast till årsredovisningen 2020"):
        write("En mening.")
    with pytest.raises(Refused, match="inget utkast"):
        publish()


# --- checking -------------------------------------------------------------------------------------


def test_what_a_check_found_is_kept(report):
    write("18 av 29 nämnder bedömer att målet uppnås helt.", "Men 17 av 30 nämnder bedömer att målet uppnås helt.")
    bind()
    result = check(goals=["1.2"])["1.2"]
    assert result.has_errors
    kept = findings(2020, "1.2")
    assert [(one.kind, one.severity, one.message) for one in kept] == [
        (one.kind, one.severity, one.message) for one in result.findings
    ]
    with pytest.raises(Refused, match=r"Avsnittet om mål 1\.2 har fel"):
        publish()


def test_somebody_can_answer_for_a_claim(report):
    write("Av nämnderna bedömer 4 av 5 att målet uppnås helt.")
    bind()
    first = check()["1.2"]
    assert first.has_errors
    mine = sentence_with("4 av 5").id
    for claim in first.claims:
        if claim.sentence == mine:
            actions.waive_claim(year=2020, sentence=mine, text=claim.text, because="Så räknar vi.", by=BY, at=AT)
    again = check()["1.2"]
    assert {claim.status for claim in again.claims if claim.sentence == mine} == {"waived"}
    assert not again.has_errors
    assert publish() == 1


def test_a_waiver_says_why_and_of_what(report):
    one = sentence_with("nämnder").id
    with pytest.raises(Refused, match="Skriv varför"):
        actions.waive_claim(year=2020, sentence=one, text="3 av 5", because=" ", by=BY, at=AT)
    with pytest.raises(Refused, match="Meningen finns inte"):
        actions.waive_claim(year=2020, sentence="s-ingen", text="3 av 5", because="Så är det.", by=BY, at=AT)


# --- publishing -----------------------------------------------------------------------------------


def test_what_is_not_bound_or_checked_is_not_published(report):
    bind(goals=["1.2"])
    write("En mening.")
    bind(goals=["1.2"])
    with pytest.raises(Refused, match=r"mål 1\.2 har ändrats sedan det granskades"):
        publish()
    BoundSection.objects.filter(objective__code="2.1").delete()
    with pytest.raises(Refused, match=r"mål 2\.1 är inte sammanställt"):
        publish()


def test_a_published_edition_reads_the_same_for_ever(published):
    before = to_text(document(2020))
    correct_an_outcome()
    change_an_assessment()
    assert to_text(document(2020)) == before
    assert stale_citations(2020) != ()


def test_a_published_edition_cannot_be_worked_on(published):
    for work in (lambda: write("x"), bind, check, publish):
        with pytest.raises(Refused, match="publicerad och ändras aldrig"):
            work()


LOCKED = (Edition, Part, BoundSection, Statement, Citation, CheckRun, Finding, Waiver)


def test_the_database_keeps_a_published_edition(report, subtests):
    """Past every action: no row of a published edition can be changed, removed or added."""
    sentence = sentence_with("nämnder").id
    actions.waive_claim(year=2020, sentence=sentence, text="3 av 5", because="Så är det.", by=BY, at=AT)
    _have_a_finding()
    publish()
    for model in LOCKED:
        table, column = model._meta.db_table, "year" if model is Edition else "edition_id"
        row = model.objects.order_by("pk").first()
        sentences = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
        for one in sentences:
            with subtests.test(one), pytest.raises(IntegrityError, match="published edition never changes"):
                _execute(one)
        if model is not Edition:
            row.pk = None
            with subtests.test(f"INSERT {table}"), pytest.raises(IntegrityError, match="never changes"):
                transaction.atomic(row.save)(force_insert=True)


def _have_a_finding():
    run = CheckRun.objects.first()
    Finding.objects.create(edition=run.edition, run=run, place=99, kind="x", severity="warning", message="x")


def _execute(sentence):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence)


def test_every_table_of_an_edition_is_locked():
    from django.apps import apps

    of_an_edition = {
        model
        for model in apps.get_app_config("annual_report").get_models()
        if model is Edition or any(field.name == "edition" for field in model._meta.fields)
    }
    assert of_an_edition == set(LOCKED)
    assert of_an_edition == set(apps.get_app_config("annual_report").get_models())


def test_a_row_cannot_be_moved_into_a_published_edition(published):
    actions.correct_edition(year=2020, because="Fel utfall.", by=BY, at=AT)
    old, new = Edition.objects.order_by("number")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Part.objects.filter(edition=new).update(edition=old, place=50)


# --- correcting -----------------------------------------------------------------------------------


def test_a_correction_is_numbered_and_the_first_edition_stays(published):
    first = to_text(document(2020))
    correct_an_outcome()
    assert actions.correct_edition(year=2020, because="Utfallet var fel.", by=BY, at=AT) == 2
    bind()
    assert to_text(document(2020)) == first  # readers see the published one until the next is published
    check()
    assert publish() == 2
    assert to_text(document(2020, edition=1)) == first
    block = next(block for block in document(2020, "1.2").indicators() if block.result.code == "1.2.2")
    assert isinstance(block, IndicatorBlock)
    assert block.result.measured.total.value == 85
    assert [(card.number, card.is_published, card.correction_note) for card in editions(2020)] == [
        (1, True, ""),
        (2, True, "Utfallet var fel."),
    ]
    assert "otrygga på kvällen" in first  # the narrative came along
    assert sentence_with("otrygga på kvällen")


def test_only_a_published_edition_is_corrected_and_with_a_reason(report):
    with pytest.raises(Refused, match="ingen publicerad utgåva för 2020"):
        actions.correct_edition(year=2020, because="Fel.", by=BY, at=AT)
    publish()
    with pytest.raises(Refused, match="Skriv vad som rättas"):
        actions.correct_edition(year=2020, because=" ", by=BY, at=AT)


# --- the thread -----------------------------------------------------------------------------------


def ids(knots):
    return [knot.id for knot in knots]


def test_from_a_sentence_down_to_each_boards_assessment(report):
    found = trace(sentence_with("nämnder bedömer").id)
    assert (found.knot.kind, found.knot.goal, found.knot.year) == ("sentence", "1.2", 2020)
    met = next(knot for knot in found.rests_on if knot.id == "goal:1.2/2020/boards.met")
    assert [knot.label for knot in met.onward] == ["Kommunstyrelsen", "Kulturnämnden", "Miljönämnden"]
    assert {knot.says for knot in met.onward} == {"met"}
    assert {(knot.note, knot.recorded_by, knot.invented) for knot in met.onward} == {
        ("Så har vi sett på saken.", BY, True)
    }


def test_from_a_sentence_down_to_the_survey(report):
    found = trace(sentence_with("otrygga på kvällen").id)
    (fact,) = found.rests_on
    (outcome,) = fact.onward
    assert (outcome.id, outcome.label) == ("outcome:B.1/2020", "Andel otrygga på kvällen")
    assert ids(outcome.onward) == ["Stockholmsenkäten 2020"]


def test_from_an_outcome_down_to_its_cell_and_up_to_what_shows_it(report):
    found = trace("outcome:2.1.1/2020")
    assert ids(found.rests_on) == ["utfall.xlsx#Blad1!C17"]
    assert found.rests_on[0].note == "ab" * 32
    assert "indicator:2.1.1/2020/outcome.total" in ids(found.used_by)
    total = next(knot for knot in found.used_by if knot.id == "indicator:2.1.1/2020/outcome.total")
    assert {knot.kind for knot in total.onward} >= {"indicator", "figure"}


def test_from_an_assessment_up_to_the_sentences_that_use_it(report):
    found = trace("assessment:1.2/2020/alvsjo")
    assert (found.knot.label, found.knot.says) == ("Älvsjö stadsdelsnämnd", "partly")
    assert ids(found.used_by) == ["goal:1.2/2020/boards.partly", "goal:1.2/2020/boards.total"]
    said = {knot.says for fact in found.used_by for knot in fact.onward if knot.kind == "sentence"}
    assert said == {sentence_with("nämnder bedömer").text}


def test_a_board_that_has_not_answered_has_a_thread_too(report):
    found = trace("assessment:1.2/2020/arsta")
    assert (found.knot.label, found.knot.says) == ("Årsta stadsdelsnämnd", "")
    assert "goal:1.2/2020/boards.no_outcome" in ids(found.used_by)


def test_from_the_goals_above_down_through_the_goals_beneath(report):
    found = trace("goal:1/2020/subgoals.partly")
    (verdict,) = found.rests_on
    assert verdict.id == "goal:1.2/2020/verdict"
    assert verdict.onward[0].note == "Utvecklingen går åt rätt håll, men trenden är svag."
    assert "sentence" in {knot.kind for knot in found.used_by}


def test_a_fact_leads_both_ways(report):
    found = trace("indicator:B.1/2020/outcome.total")
    assert ids(found.rests_on) == ["outcome:B.1/2020"]
    assert [knot.says for knot in found.used_by if knot.kind == "sentence"] == [
        "Andelen otrygga på kvällen är 10\u00a0procent."
    ]


def test_the_thread_says_what_is_stale(report):
    sentence = sentence_with("nämnder bedömer").id
    change_an_assessment()
    stale = {knot.id for knot in trace(sentence).rests_on if knot.is_stale}
    assert stale == {"goal:1.2/2020/boards.partly", "goal:1.2/2020/boards.total"}
    assert all(
        knot.is_stale
        for fact in trace("assessment:1.2/2020/alvsjo").used_by
        for knot in fact.onward
        if fact.id.endswith("total")
    )


@pytest.mark.parametrize(
    "unknown",
    ["", "x", "s-2020-1-2-0000000000", "goal:1.2/2020/boards.none", "goal:9.9/2020/verdict", "outcome:9.9/2020",
     "assessment:1.2/2020/kf", "assessment:1.2/2020", "indicator:1.2.2/1999/outcome", "goal:1.2/99999/verdict"],
)  # fmt: skip
def test_there_is_no_thread_to_what_does_not_exist(report, unknown):
    assert trace(unknown) is None


@pytest.mark.parametrize("wanted", ["assessment:1.2/2020/alvsjo", "goal:1.2/2020/boards.total", "outcome:1.2.2/2020"])
def test_the_thread_asks_a_fixed_number_of_questions(report, wanted):
    from tests.apps.test_goals import more_boards

    def asked():
        record(by=BY, at=AT, action="test.act", objects=())  # so that no kept answer helps
        with CaptureQueriesContext(connection) as caught:
            assert trace(wanted)
        return len(caught)

    before = asked()
    more_boards(30)
    bind()
    assert asked() == before <= 24


def test_the_demo_of_the_tests_is_wholly_bound(report):
    """Every figure of a generated sentence is a citation; the universe has no loose ends."""
    assert Statement.objects.filter(kind="sentence", text__contains="av 5 nämnder", citations__isnull=False).exists()
    assert universe.BY in set(Edition.objects.values_list("created_by", flat=True))
