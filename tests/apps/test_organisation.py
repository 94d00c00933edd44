"""Units, their order in Swedish, and what happens when boards merge."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import reporting_year, universe
from tests.universe import AT, BY

from ledtrad.apps.audit.policies import Refused
from ledtrad.apps.organisation.actions import NewUnit, merge_units, register_units
from ledtrad.apps.organisation.models import Unit, UnitKind
from ledtrad.apps.organisation.queries import beneath, chains, unit, units
from ledtrad.apps.organisation.sorting import code_key, swedish_key


def in_order(*names):
    return sorted(names, key=swedish_key)


def test_swedish_letters_come_last():
    assert in_order("Östermalm", "Årsta", "Älvsjö", "Zinkensdamm", "Bromma") == [
        "Bromma",
        "Zinkensdamm",
        "Årsta",
        "Älvsjö",
        "Östermalm",
    ]


def test_case_accents_and_hyphens_come_second():
    assert in_order("vantör", "Vantör", "Vasastan") == ["Vantör", "vantör", "Vasastan"]
    assert in_order("Linde", "Lindén", "Lindes") == ["Linde", "Lindén", "Lindes"]
    assert in_order("Hägersten-Älvsjö", "Hägersten-Liljeholmen") == ["Hägersten-Liljeholmen", "Hägersten-Älvsjö"]
    assert in_order("Møller", "Mylla", "Mösseberg", "Müller") == ["Mylla", "Müller", "Møller", "Mösseberg"]


def test_w_is_a_letter_of_its_own():
    assert in_order("Wallin", "Vilhelm", "Värmdö") == ["Vilhelm", "Värmdö", "Wallin"]


def test_composed_and_decomposed_letters_are_one():
    assert swedish_key("A\u030arsta") == swedish_key("Årsta")


@given(st.text(), st.text())
def test_the_key_is_ascii_and_tells_different_words_apart(one, other):
    import unicodedata

    key = swedish_key(one)
    assert set(key) <= set("0123456789abcdef")
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (key == swedish_key(other)) is same


@given(st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyzåäö "), max_size=6), st.sampled_from("abcåäö"))
def test_a_longer_word_comes_after_its_beginning(letters, more):
    word = "".join(letters).strip()
    assert swedish_key(word) < swedish_key(word + more)


def test_codes_sort_by_their_numbers():
    assert sorted(["1.10", "1.2.1", "2", "1.2", "1", "1.2.F"], key=code_key) == [
        "1",
        "1.2",
        "1.2.1",
        "1.2.F",
        "1.10",
        "2",
    ]


def test_the_database_gives_swedish_order(city):
    names = [card.name for card in units(2020, ("district_board",))]
    assert names == ["Årsta stadsdelsnämnd", "Älvsjö stadsdelsnämnd"]


def test_merged_boards_end_where_the_new_one_begins(city):
    assert [card.slug for card in units(2020, ("district_board",))] == ["arsta", "alvsjo"]
    assert [card.slug for card in units(2021, ("district_board",))] == ["arsta-alvsjo"]
    old, new = unit("alvsjo"), unit("arsta-alvsjo")
    assert old.valid_to == date(2020, 12, 31)
    assert (old.later, set(new.earlier)) == (("arsta-alvsjo",), {"alvsjo", "arsta"})


def test_units_exist_on_their_days_only(city):
    on_the_last_day = Unit.objects.on(date(2020, 12, 31)).values_list("slug", flat=True)
    assert "alvsjo" in on_the_last_day
    assert "arsta-alvsjo" not in on_the_last_day
    assert "alvsjo" not in Unit.objects.on(date(2021, 1, 1)).values_list("slug", flat=True)


def new(slug="ny", **more):
    return NewUnit(slug, "Nya nämnden", UnitKind.SPECIALIST_BOARD, date(2020, 1, 1), **more)


@pytest.mark.parametrize(
    ("registered", "sentence"),
    [
        ([new("ks")], "Kortnamnet ks är upptaget"),
        ([new(), new()], "Kortnamnet ny är upptaget"),
        ([new(parent="ingen")], "Enheten ingen finns inte"),
    ],
)
def test_what_cannot_be_registered(city, registered, sentence):
    before = Unit.objects.count()
    with pytest.raises(Refused, match=sentence):
        register_units(units=registered, by=BY, at=AT)
    assert Unit.objects.count() == before


def test_a_unit_can_belong_to_one_in_the_same_list(city):
    register_units(units=[new("a"), new("b", parent="a")], by=BY, at=AT)
    assert Unit.objects.get(slug="b").parent.slug == "a"


def test_a_board_that_has_ended_does_not_merge_again(city):
    with pytest.raises(Refused, match="upphörde den 2020-12-31"):
        merge_units(predecessors=["alvsjo"], successor="kultur", day=date(2022, 1, 1), by=BY, at=AT)
    with pytest.raises(Refused, match="finns inte"):
        merge_units(predecessors=["kultur"], successor="ingen", day=date(2022, 1, 1), by=BY, at=AT)


@pytest.mark.django_db
def test_what_is_beneath_a_unit_is_what_has_it_above_itself():
    """Found from the top as from the bottom."""
    universe.build_city()
    reporting_year.build()
    above = chains()
    assert max(map(len, above.values())) > 1
    naive = {top: frozenset(slug for slug, chain in above.items() if top in chain) for top in above}
    assert {top: beneath([top]) for top in above} == naive
    assert beneath(["kultur", "miljo", "finns-inte"]) == naive["kultur"] | naive["miljo"]
    assert beneath([]) == frozenset()
