"""Statements that are composed once give what the query set gives, whatever they are asked with."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import EmptyResultSet
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledtrad.apps.audit.composed import Composed, inserting, updating
from ledtrad.apps.organisation.models import Unit
from ledtrad.apps.people.sessions import SessionStore

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def units():
    council = Unit.objects.create(slug="kf", name="Kommunfullmäktige", kind="council", valid_from="2000-01-01")
    board = Unit.objects.create(
        slug="kultur", name="Kultur", kind="specialist_board", parent=council, valid_from="2001-02-03"
    )
    return council, board


def _shown(rows):
    return [{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]


@pytest.mark.parametrize("wanted", [(0,), (1,), (0, 1), (1, 1), (0, 1, -1)])
def test_the_same_objects_as_from_the_query_set(units, wanted):
    keys = [units[place].pk if place >= 0 else 0 for place in wanted]
    ask = Composed(lambda *ids: Unit.objects.filter(pk__in=ids).order_by("-slug"))
    keys = sorted(set(keys))
    for _ in range(2):  # composed, and then kept
        assert _shown(ask(*keys)) == _shown(Unit.objects.filter(pk__in=keys).order_by("-slug"))


def test_what_is_joined_comes_along_without_another_question(units):
    ask = Composed(lambda slug: Unit.objects.filter(slug=slug).select_related("parent"))
    ask("kf")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        (board,) = ask("kultur")
        assert board.parent.name == "Kommunfullmäktige"
        (council,) = ask("kf")
        assert council.parent is None
    assert len(asked) == 2


def test_objects_can_be_changed_and_stored(units):
    (board,) = Composed(lambda slug: Unit.objects.filter(slug=slug))("kultur")
    board.name = "Kultur och fritid"
    board.save()
    assert Unit.objects.get(slug="kultur").name == "Kultur och fritid"


def test_a_lock_needs_a_transaction_and_is_kept_in_the_statement(units):
    ask = Composed(lambda pk: Unit.objects.select_for_update().filter(pk=pk))
    with transaction.atomic():
        assert [unit.pk for unit in ask(units[0].pk)] == [units[0].pk]
        with CaptureQueriesContext(connection) as asked:
            ask(units[1].pk)
    assert ("FOR UPDATE" in asked[0]["sql"]) == (connection.vendor == "postgresql")


@pytest.mark.parametrize(
    "build",
    [
        lambda slug, name: Unit.objects.filter(name=name, slug=slug).order_by("pk"),  # in another order
        lambda slug, name: Unit.objects.filter(slug__startswith=slug, name=name),  # not as given
        lambda slug, name: Unit.objects.filter(slug=slug),  # one lacks
        lambda slug, name: Unit.objects.filter(name=name, slug=slug)[:7],  # one of its own
    ],
)
def test_values_that_do_not_stand_as_given_are_refused(units, build):
    with pytest.raises(TypeError, match="the values stand as"):
        Composed(build)("kultur", "Kultur")


def test_nothing_to_ask_for_is_said_as_django_says_it(units):
    with pytest.raises(EmptyResultSet):
        Composed(lambda *ids: Unit.objects.filter(pk__in=ids))()


# --- writing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rows_are_added_and_changed_with_their_moments(count):
    add = inserting(Session, "session_key", "session_data", "expire_date")
    add(*((f"key{number}", "början", NOON) for number in range(count)))
    change = updating(Session, "session_data", "expire_date")
    later = NOON + timedelta(days=1)
    change(*((f"åäö {number}", later, f"key{number}") for number in range(count)))
    found = Session.objects.order_by("session_key").values_list("session_key", "session_data", "expire_date")
    assert list(found) == [(f"key{number}", f"åäö {number}", later) for number in range(count)]


def test_what_the_database_refuses_is_refused():
    add = inserting(Session, "session_key", "session_data", "expire_date")
    add(("key", "", NOON))
    with pytest.raises(IntegrityError), transaction.atomic():
        add(("key", "", NOON))


# --- sessions -----------------------------------------------------------------------------------------------------


def test_a_session_is_found_until_it_ends():
    store = SessionStore()
    store["who"] = "Åsa"
    store.create()
    assert SessionStore(store.session_key)["who"] == "Åsa"
    assert SessionStore(store.session_key)["who"] == "Åsa"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    ended = SessionStore(store.session_key)
    assert ended.get("who") is None
    assert ended.session_key is None
    assert SessionStore("there is none").get("who") is None
