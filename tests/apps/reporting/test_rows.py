"""Rows saved against versions: nothing is overwritten, nothing is lost."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests import reporting_year as year
from tests.apps.reporting.steps import IN_TIME, row, save

from ledtrad.apps.audit.policies import Forbidden, Refused, Unseen
from ledtrad.apps.audit.queries import entries_about, verify
from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.models import RowVersion, SetAside
from ledtrad.apps.reporting.queries import (
    kept_text,
    kept_texts_of,
    versions_of,
)

pytestmark = pytest.mark.django_db
CITY = ZoneInfo("Europe/Stockholm")


def test_a_save_is_a_new_version_and_stands_in_the_log(report):
    first = row(report, "K.1")
    saved = save(first, {"total": "61,5"})
    assert (saved.version, saved.content.fields["total"], saved.saved_at) == (1, "61,5", IN_TIME)
    assert row(report, "K.1").saved_by == year.actor("rut").key
    assert "reporting.save_rows" in [entry.action for entry in entries_about(f"row:{first.id}")]
    assert verify().is_whole


def test_the_second_save_is_set_aside_and_nothing_is_overwritten(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Ruts text"}, by="rut", key="a")
    clash = save(seen, {"result": "Rolfs text"}, by="rolf", key="b")
    assert isinstance(clash, reporting.Clash)
    assert row(report, "1.1").content.fields["result"] == "Ruts text"
    kept = kept_text(clash.set_aside_id)
    assert (kept.fields["result"], kept.written_by) == ("Rolfs text", year.actor("rolf").key)
    assert kept_texts_of(year.actor("rolf").key, report) == ((clash.set_aside_id, seen.id),)


def test_a_clash_keeps_what_its_writer_saw_in_the_fields_that_were_not_sent(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Först", "risk": "Liten"}, key="a")
    later = row(report, "1.1")
    save(later, {"risk": "Stor"}, key="b")
    clash = save(later, {"result": "Sedan"}, by="rolf", key="c")
    kept = kept_text(clash.set_aside_id).fields
    assert (kept["result"], kept["risk"]) == ("Sedan", "Liten")


def test_a_save_that_is_sent_again_is_the_same_save(report):
    seen = row(report, "K.1")
    first = save(seen, {"total": "61,5"}, key="once")
    again = save(seen, {"total": "61,5"}, key="once")
    assert (again.version, again.again, first.again) == (1, True, False)
    assert RowVersion.objects.filter(row_id=seen.id).count() == 1


def test_a_save_sent_again_after_a_later_one_neither_duplicates_nor_conflicts(report):
    seen = row(report, "K.1")
    save(seen, {"total": "61,5"}, key="once")
    save(row(report, "K.1"), {"total": "62"}, key="twice")
    again = save(seen, {"total": "61,5"}, key="once")
    assert (again.version, again.again, row(report, "K.1").content.fields["total"]) == (1, True, "62")
    assert not SetAside.objects.exists()


def test_a_clash_sent_again_is_the_same_clash(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Rut"}, key="a")
    first = save(seen, {"result": "Rolf"}, by="rolf", key="b")
    assert save(seen, {"result": "Rolf"}, by="rolf", key="b") == first
    assert SetAside.objects.count() == 1


def test_a_key_is_its_writers_own(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Rut"}, key="a")
    with pytest.raises(Forbidden, match="någon annans"):
        save(seen, {"result": "Rolf"}, by="rolf", key="a")


def test_two_who_write_the_same_do_not_clash(report):
    seen = row(report, "K.1")
    save(seen, {"total": "61,5"}, key="a")
    assert save(seen, {"total": "61,5"}, by="rolf", key="b").version == 1


def test_undo_is_a_new_version(report):
    seen = row(report, "K.1")
    save(seen, {"total": "61,5"}, key="a")
    save(row(report, "K.1"), {"total": "99"}, key="b")
    undone = reporting.restore_row(row_id=seen.id, number=1, rests_on=2, save_key="c", by=year.actor("rut"), at=IN_TIME)
    assert (undone.version, row(report, "K.1").content.fields["total"]) == (3, "61,5")
    assert [version.fields["total"] for version in versions_of(seen.id)] == ["61,5", "99", "61,5"]


def test_a_text_set_aside_is_used_or_let_go_by_its_writer_only(report):
    seen = row(report, "1.1")
    save(seen, {"result": "Rut"}, key="a")
    clash = save(seen, {"result": "Rolf"}, by="rolf", key="b")

    def settle(who, fields):
        return reporting.settle(
            set_aside_id=clash.set_aside_id, fields=fields, rests_on=1, by=year.actor(who), at=IN_TIME
        )

    with pytest.raises(Unseen):
        settle("rut", None)
    assert settle("rolf", {"result": "Rut och Rolf"}).version == 2
    assert kept_texts_of(year.actor("rolf").key, report) == ()
    with pytest.raises(Refused, match="redan använd"):
        settle("rolf", None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"verdict": "met"}, "Fältet verdict finns inte på raden"),
        ({"total": 61}, "ska vara text"),
        ({"comment": "a" * 1_000_000}, "1000000 tecken"),
        ({"comment": "a\x00b"}, "styrtecken"),
        ({"comment": "a\ud800b"}, "styrtecken"),
        ({"forecast_verdict": "kanske"}, "finns inte"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(report, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        save(row(report, "K.1"), {"women": "66", **fields})
    assert row(report, "K.1").version == 0
    assert not RowVersion.objects.exists()


def test_a_figure_that_is_none_is_kept_as_typed_and_said(report):
    saved = save(row(report, "K.1"), {"total": "6l,5"})
    assert (saved.content.fields["total"], saved.content.is_complete) == ("6l,5", False)
    assert "inget tal" in saved.content.problems["total"]


def test_text_is_stored_in_nfc_with_plain_line_breaks(report):
    saved = save(row(report, "1.1"), {"result": "A\u030arsta\r\nrad två "})
    assert saved.content.fields["result"] == "Årsta\nrad två"


@pytest.mark.parametrize("rests_on", [-1, 7])
def test_a_forged_version_is_refused(report, rests_on):
    with pytest.raises(Refused, match="aldrig haft den versionen"):
        save(row(report, "K.1"), {"total": "1"}, rests_on=rests_on)


@pytest.mark.parametrize("key", ["", "x" * 65, "å", "a\nb"])
def test_a_save_needs_a_key(report, key):
    with pytest.raises(Refused, match="giltig nyckel"):
        save(row(report, "K.1"), {"total": "1"}, key=key)


def test_another_boards_row_is_not_there(report):
    with pytest.raises(Unseen):
        save(row(report, "K.1"), {"total": "1"}, by="ove")
    with pytest.raises(Unseen):
        reporting.save_row(row_id=987_654, fields={}, rests_on=0, save_key="k", by=year.actor("rut"), at=IN_TIME)


@pytest.mark.parametrize("who", ["lars", "carl", "rakel"])
def test_those_who_may_read_may_not_write(report, who):
    with pytest.raises(Forbidden, match="Bara nämndens rapportörer"):
        save(row(report, "K.1"), {"total": "1"}, by=who)


@pytest.mark.parametrize(
    ("moment", "received"),
    [
        (datetime(2022, 1, 2, 23, 59, 59, tzinfo=CITY), False),
        (datetime(2022, 1, 3, 0, 0, 0, tzinfo=CITY), True),
        (datetime(2022, 2, 28, 23, 59, 59, 999999, tzinfo=CITY), True),
        (datetime(2022, 3, 1, 0, 0, 0, tzinfo=CITY), False),
    ],
)
def test_rows_are_written_while_the_phase_receives(report, moment, received):
    if received:
        assert save(row(report, "K.1"), {"total": "1"}, at=moment).version == 1
    else:
        with pytest.raises(Refused, match=r"öppnar|stängde"):
            save(row(report, "K.1"), {"total": "1"}, at=moment)


def test_a_whole_grid_is_saved_or_nothing(report):
    first, second = row(report, "K.1"), row(report, "K.2")
    with pytest.raises(Refused):
        reporting.save_rows(
            saves=[
                reporting.RowSave(first.id, {"total": "1"}, 0, "a"),
                reporting.RowSave(second.id, {"total": "\x07"}, 0, "b"),
            ],
            by=year.actor("rut"),
            at=IN_TIME,
        )
    assert row(report, "K.1").version == 0
