"""Who may do what with people, as sentences; and what the log says of it afterwards."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import reporting_year as year
from tests import universe

from ledtrad.apps.audit.models import Entry
from ledtrad.apps.audit.policies import Forbidden, Refused, why_not
from ledtrad.apps.audit.queries import entries_about, verify
from ledtrad.apps.organisation.queries import beneath, chain
from ledtrad.apps.people import actions as people
from ledtrad.apps.people.actors import NOBODY
from ledtrad.apps.people.models import Answering, Person, Responsibility, Role, RoleGrant
from ledtrad.apps.people.naming import clean_name
from ledtrad.apps.people.policies import (
    WRITING_ROLES,
    check_may_give_role,
    check_may_manage_people,
    check_may_see_people,
)
from ledtrad.apps.people.queries import Ownable, actor, find_people, names, orphans, responsible

pytestmark = pytest.mark.django_db
AT = datetime(2021, 6, 1, 10, 0, tzinfo=UTC)
TODAY = date(2021, 6, 1)


@pytest.fixture(autouse=True)
def lillkoping(db):
    universe.build_organisation()
    year.build_units()
    year.build_people()


def give(person, role, unit, by, first=TODAY, last=None):
    people.give_roles(grants=[people.NewGrant(person, role, unit, first, last)], by=year.actor(by), at=AT)


# --- units ----------------------------------------------------------------------------------------


def test_a_unit_is_part_of_its_board_and_of_all_above():
    assert chain("bibliotek") == ("bibliotek", "kultur")
    assert chain("ks") == ("ks", "kf")
    assert beneath(["kultur"]) == {"kultur", "bibliotek", "scenen"}
    with pytest.raises(Refused, match="Enheten nowhere finns inte"):
        chain("nowhere")


# --- who may give which role ----------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in year.PEOPLE if name not in ("ada", "sara")])
def test_only_administrators_and_secretaries_give_roles(name):
    with pytest.raises(Forbidden, match="Bara administratörer ger roller"):
        give("lars", Role.REPORTER, "kultur", name) if name != "lars" else give("rut", Role.READER, "miljo", name)


def test_a_secretary_lets_readers_and_reporters_into_her_own_board_and_its_units():
    give("lars", Role.REPORTER, "kultur", "sara")
    give("ove", Role.READER, "bibliotek", "sara")
    assert year.actor("lars").holds_for(("kultur",), Role.REPORTER)


@pytest.mark.parametrize(
    ("role", "unit", "sentence"),
    [
        (Role.READER, "miljo", "i sin egen nämnd"),
        (Role.READER, "kf", "i sin egen nämnd"),
        (Role.BOARD_SECRETARY, "kultur", "Rollen nämndsekreterare ges av en administratör"),
        (Role.UNIT_HEAD, "bibliotek", "Rollen enhetschef ges av en administratör"),
        (Role.ADMINISTRATOR, "kf", "Rollen administratör ges av en administratör"),
    ],
)
def test_and_no_more_than_that(role, unit, sentence):
    with pytest.raises(Forbidden, match=sentence):
        give("lars", role, unit, "sara")
    assert not RoleGrant.objects.filter(person__key="lars", role=role, unit__slug=unit).exists()


@pytest.mark.parametrize("name", ["ada", "sara"])
def test_nobody_gives_herself_a_role(name):
    with pytest.raises(Forbidden, match="Ingen ger sig själv en roll"):
        give(name, Role.READER, "kultur", name)


@pytest.mark.parametrize("role", WRITING_ROLES)
def test_auditors_get_no_role_that_writes(role):
    unit = "kf" if role in (Role.CENTRAL_CONTROLLER, Role.EDITOR, Role.ADMINISTRATOR) else "kultur"
    with pytest.raises(Refused, match="är revisor och kan inte samtidigt"):
        give("rakel", role, unit, "ada")
    give("rakel", Role.READER, "kultur", "ada")


def test_whoever_writes_becomes_no_auditor_until_the_role_has_ended():
    with pytest.raises(Refused, match="kan inte samtidigt vara revisor"):
        give("rut", Role.AUDITOR, "kf", "ada")
    grant = RoleGrant.objects.get(person__key="rut")
    people.end_role(grant=grant.pk, last_day=TODAY, by=year.actor("ada"), at=AT)
    with pytest.raises(Refused, match="kan inte samtidigt vara revisor"):
        give("rut", Role.AUDITOR, "kf", "ada", first=TODAY)
    give("rut", Role.AUDITOR, "kf", "ada", first=TODAY + timedelta(days=1))


def test_the_sentence_of_a_greyed_out_button_is_the_refusals():
    said = why_not(check_may_give_role, year.actor("sara"), Role.READER, ("miljo",), "lars")
    with pytest.raises(Forbidden) as refused:
        give("lars", Role.READER, "miljo", "sara")
    assert said == str(refused.value) != ""


def test_who_has_not_signed_in_may_nothing():
    for check in (check_may_manage_people, check_may_see_people):
        with pytest.raises(Forbidden):
            check(NOBODY)


def test_several_roles_are_given_all_or_none():
    grants = [
        people.NewGrant("lars", Role.READER, "miljo", TODAY),
        people.NewGrant("lars", Role.AUDITOR, "miljo", TODAY),
    ]
    before = RoleGrant.objects.count(), Entry.objects.count()
    with pytest.raises(Refused):
        people.give_roles(grants=grants, by=year.actor("ada"), at=AT)
    assert (RoleGrant.objects.count(), Entry.objects.count()) == before


# --- from a day to a day --------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "holds"), [(-1, False), (0, True), (9, True), (10, False)])
def test_a_role_holds_from_its_first_day_to_its_last(day, holds):
    give("lars", Role.REPORTER, "miljo", "ada", first=TODAY, last=TODAY + timedelta(days=9))
    found = actor("lars", TODAY + timedelta(days=day))
    assert found.holds_for(("miljo",), Role.REPORTER) is holds


def test_the_last_administrator_cannot_be_taken_away():
    grant = RoleGrant.objects.get(person__key="ada")
    with pytest.raises(Refused, match="minst en administratör"):
        people.end_role(grant=grant.pk, last_day=TODAY, by=year.actor("ada"), at=AT)
    with pytest.raises(Refused, match="minst en administratör"):
        people.deactivate(person="ada", by=year.BUILDER, at=AT)
    assert Person.objects.get(key="ada").is_active
    give("carl", Role.ADMINISTRATOR, "kf", "ada")
    people.end_role(grant=grant.pk, last_day=TODAY, by=year.actor("ada"), at=AT)


def test_a_role_ends_no_earlier_than_yesterday_and_one_not_begun_is_taken_away():
    grant = RoleGrant.objects.get(person__key="rut")
    with pytest.raises(Refused, match="bakåt i tiden"):
        people.end_role(grant=grant.pk, last_day=TODAY - timedelta(days=2), by=year.actor("ada"), at=AT)
    give("rut", Role.READER, "miljo", "ada", first=TODAY + timedelta(days=5))
    later = RoleGrant.objects.get(person__key="rut", role=Role.READER)
    people.end_role(grant=later.pk, last_day=TODAY, by=year.actor("ada"), at=AT)
    assert not RoleGrant.objects.filter(pk=later.pk).exists()


# --- what is answered for -------------------------------------------------------------------------


def make(object_id, person, first=date(2021, 1, 1), answering=Answering.OWNER, unit="", by=None):
    new = people.NewResponsibility(object_id, person, first, answering, unit)
    people.make_responsible(responsibilities=[new], by=by or year.BUILDER, at=AT)


def test_one_answers_at_a_time_and_the_one_before_ends_the_day_before():
    make("goal:1.1", "rut")
    make("goal:1.1", "rolf", first=TODAY)
    make("goal:1.1", "lars", answering=Answering.STAND_IN)
    before = responsible(["goal:1.1"], TODAY - timedelta(days=1))["goal:1.1"]
    now = responsible(["goal:1.1", "goal:9"], TODAY)
    assert (before[0].key, now["goal:1.1"][0].key, now["goal:1.1"][1].key) == ("rut", "rolf", "lars")
    assert now["goal:9"] == (None, None)


def test_a_board_appoints_for_its_own_and_not_for_others():
    make("activity:1", "rut", unit="bibliotek", by=year.actor("sara"))
    make("activity:2", "rut", unit="bibliotek", by=year.actor("ulla"))
    with pytest.raises(Forbidden, match="Ansvariga utses av"):
        make("activity:3", "rut", unit="miljo", by=year.actor("sara"))
    with pytest.raises(Forbidden, match="Ansvariga utses av"):
        make("goal:1.1", "rut", by=year.actor("sara"))
    with pytest.raises(Forbidden, match="Ansvariga utses av"):
        make("activity:4", "rut", unit="kultur", by=year.actor("rut"))


def test_everything_is_handed_over_from_a_day():
    for number in range(3):
        make(f"activity:{number}", "rut")
    moved = people.hand_over(from_person="rut", to_person="rolf", day=TODAY, by=year.actor("carl"), at=AT)
    assert moved == 3
    found = responsible([f"activity:{number}" for number in range(3)], TODAY)
    assert {owner.key for owner, _ in found.values()} == {"rolf"}


def test_leaving_is_refused_with_the_list_until_there_are_heirs():
    make("goal:1.1", "rut")
    make("activity:1", "rut", answering=Answering.STAND_IN)
    with pytest.raises(people.Orphaned) as refused:
        people.deactivate(person="rut", heirs={"goal:1.1": "rolf"}, by=year.actor("ada"), at=AT)
    assert refused.value.objects == ("activity:1",)
    assert Person.objects.get(key="rut").is_active
    assert Responsibility.objects.filter(valid_to=None, person__key="rut").count() == 2
    heirs = {"goal:1.1": "rolf", "activity:1": "sara"}
    people.deactivate(person="rut", heirs=heirs, by=year.actor("ada"), at=AT)
    assert responsible(["activity:1"], TODAY)["activity:1"][1].key == "sara"
    assert actor("rut", TODAY) == NOBODY


def test_orphans_name_who_was_last():
    for one, person in (("goal:1", "rut"), ("goal:2", "rolf")):
        make(one, person)
    people.deactivate(person="rut", orphans_remain="Ingen än.", by=year.actor("ada"), at=AT)
    wanted = [Ownable("goal:1", "Ett"), Ownable("goal:2", "Två"), Ownable("goal:3", "Tre", "kultur")]
    found = orphans(wanted, TODAY)
    assert [(one.object_id, one.last_name, one.until) for one in found] == [
        ("goal:1", "Rut Lillqvist", TODAY),
        ("goal:3", "", None),
    ]


# --- names ----------------------------------------------------------------------------------------


def test_names_are_answered_for_people_and_programs():
    found = names(["person:rut", "Demostaden", "person:nobody"])
    assert found == {"person:rut": "Rut Lillqvist", "Demostaden": "Demostaden", "person:nobody": "person:nobody"}


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=250))
def test_a_name_is_stored_clean_or_refused(written):
    try:
        name = clean_name(written)
    except Refused:
        return
    assert name == clean_name(name)
    assert name.strip()
    assert not any(ord(letter) < 32 or letter in "\u202e\u200b\x7f" for letter in name)
    assert len(name) <= 200


def test_composed_and_decomposed_letters_are_one_name():
    assert clean_name("A\u030asa  O\u0308man ") == "Åsa Öman"


def test_the_list_is_in_swedish_order():
    for number, name in enumerate(["Örjan", "Åke", "Ärla", "Zeth", "Aron"]):
        new = people.NewPerson(f"o{number}@x.se", f"{name} Ordnad")
        people.register_people(people=[new], by=year.BUILDER, at=AT)
    found = find_people(words="ordnad", day=TODAY)
    assert [row.name.split()[0] for row in found.rows] == ["Aron", "Zeth", "Åke", "Ärla", "Örjan"]


# --- the log --------------------------------------------------------------------------------------


def test_the_log_names_a_key_and_forgets_the_rest_when_a_person_is_erased():
    new = people.NewPerson("hemlig.person@x.se", "Hemlig Person")
    (key,) = people.register_people(people=[new], by=year.BUILDER, at=AT)
    give(key, Role.READER, "kultur", "ada")
    with pytest.raises(Refused, match="Avsluta Hemlig Person"):
        people.erase_person(person=key, by=year.actor("ada"), at=AT)
    people.deactivate(person=key, by=year.actor("ada"), at=AT)
    people.erase_person(person=key, by=year.actor("ada"), at=AT)
    gone = Person.objects.get(key=key)
    assert (gone.name, gone.email, gone.search_text) == ("Raderad person", f"{key}@raderad.invalid", "")
    everything = json.dumps([list(map(str, row)) for row in Entry.objects.values_list()])
    assert "hemlig" not in everything.lower()
    assert verify().is_whole
    assert "people.give_roles" in [entry.action for entry in entries_about(f"person:{key}")]
    with pytest.raises(Refused, match="redan raderad"):
        people.erase_person(person=key, by=year.actor("ada"), at=AT)


def test_each_act_says_who_did_it_and_what_changed():
    give("lars", Role.REPORTER, "kultur", "sara")
    (entry,) = entries_about("person:lars", limit=1)
    assert (entry.by, entry.action) == ("person:sara", "people.give_roles")
    assert entry.after == {"role": "reporter", "unit": "kultur", "from": "2021-06-01", "to": None}


@pytest.mark.parametrize(
    "act",
    [
        lambda by: people.register_people(people=[people.NewPerson("x@x.se", "X Y")], by=by, at=AT),
        lambda by: people.deactivate(person="lars", by=by, at=AT),
        lambda by: people.reactivate(person="lars", by=by, at=AT),
        lambda by: people.erase_person(person="lars", by=by, at=AT),
        lambda by: people.rename_person(person="lars", name="L", email="l@x.se", by=by, at=AT),
        lambda by: people.set_password(person="lars", password="sju-blå-spårvagnar", by=by, at=AT),
        lambda by: people.note_invitation(person="lars", by=by, at=AT),
    ],
)
@pytest.mark.parametrize("name", ["rut", "sara", "ulla", "carl", "edit", "rakel", "lars"])
def test_managing_people_is_for_administrators(act, name):
    before = list(Person.objects.order_by("pk").values()), Entry.objects.count()
    with pytest.raises(Forbidden, match="Bara administratörer lägger upp, avslutar och raderar"):
        act(year.actor(name))
    assert (list(Person.objects.order_by("pk").values()), Entry.objects.count()) == before
