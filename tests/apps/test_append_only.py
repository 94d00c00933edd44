"""Records are never changed: only followed by newer ones. The database itself sees to it, for every such table."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from tests import reporting_year
from tests.apps import surveyed_city

from ledtrad.apps.audit.append_only import KeepForever, allowing, forbidding
from ledtrad.apps.audit.models import Entry, Record
from ledtrad.apps.goals.models import Assessment
from ledtrad.apps.indicators.actions import NewArea, register_areas
from ledtrad.apps.indicators.models import AreaKind
from ledtrad.apps.surveys import actions as surveys
from ledtrad.apps.surveys.models import Question

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]


def _kept_forever():
    """The append-only models, each with the promise that the latest migration gives of it."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    promises = {}
    for app, name in graph._generate_plan(graph.leaf_nodes(), at_end=True):
        for operation in graph.nodes[app, name].operations:
            if isinstance(operation, KeepForever):
                promises[apps.get_model(app, operation.model_name)] = operation
    return promises


KEPT = _kept_forever()


def names(models):
    return [model.__name__ for model in models]


def test_every_record_is_kept_forever_and_so_is_the_log():
    assert not {*RECORDS, Entry} - set(KEPT), names({*RECORDS, Entry} - set(KEPT))
    assert len(KEPT) > len(RECORDS) >= 7


def test_the_triggers_are_those_that_the_models_ask_for_today(db, subtests):
    """A later migration that rebuilt a table, or gave it a column, must have named the promise again."""
    for model, promise in KEPT.items():
        with subtests.test(model.__name__):
            there = _triggers(model)
            assert len(there) == (3 if connection.vendor == "postgresql" else 2)
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in forbidding(
                    connection.vendor, model, retirable=promise.retirable, erasable=promise.erasable
                ):
                    cursor.execute(statement)
                assert _triggers(model) == there


def _triggers(model):
    """What the database says of the triggers of a table."""
    asked = (
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [model._meta.db_table])
        return sorted(row[0] for row in cursor.fetchall())


@pytest.fixture
def year(report, tmp_path, settings):
    """Lillköping after a year in which everything happened: every table that only grows has rows."""
    reporting_year.build()
    reporting_year.play()
    settings.ANSWERS_DIR = tmp_path / "answers"
    play_a_survey()
    lacking = [model.__name__ for model in KEPT if not model.objects.exists()]
    assert not lacking, lacking


def play_a_survey():
    """One wave from its plan to what is published of it, one in rounded numbers, and one that is cancelled."""
    by, at = surveyed_city.BUILDER, surveyed_city.AT
    surveyed_city.build()
    surveyed_city.plan(2019)
    districts = [NewArea(code, AreaKind.DISTRICT, code) for code in ("01", "02")]
    register_areas(areas=districts, by=by, at=at)
    surveys.record_responses(survey="trygghet", year=2019, groups=[surveys.Responded(441, 800)], by=by, at=at)
    surveyed_city.receive(year=2019)
    surveys.publish_estimates(survey="trygghet", year=2019, by=by, at=at)
    surveyed_city.plan(2021)
    surveyed_city.receive(year=2021)
    evening = surveys.Chosen(frozenset((Question.objects.get(code="kvall").pk,)))
    surveys.publish_rounded(survey="trygghet", year=2021, chosen=evening, by=by, at=at)
    surveyed_city.cancel(2018)


def test_no_column_can_be_changed(year, subtests):
    """Column by column, of every model."""
    tried = 0
    for model in KEPT:
        row = model.objects.order_by("pk").last()
        for field in model._meta.concrete_fields:
            if field.primary_key or field.name == "is_current":
                continue
            tried += 1
            with subtests.test(f"{model.__name__}.{field.name}"):
                refused(_change(model, field.column), [row.pk])
    assert tried >= 150


def refused(sentence, values=()):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence, values)


def _change(model, column):
    """Something else than what stands there, of a type that both databases take."""
    table, pk = model._meta.db_table, model._meta.pk.column
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    kind = field.get_internal_type()
    if kind in ("BooleanField",):
        return f'UPDATE {table} SET "{column}" = NOT "{column}" WHERE {pk} = %s'
    if kind == "DateTimeField":
        return f"UPDATE {table} SET \"{column}\" = '1999-12-31 00:00:00+00:00' WHERE {pk} = %s"
    if kind == "DateField":
        return f"UPDATE {table} SET \"{column}\" = '1999-12-31' WHERE {pk} = %s"
    if kind in ("CharField", "TextField"):
        return f"UPDATE {table} SET \"{column}\" = 'zz' WHERE {pk} = %s"
    return f'UPDATE {table} SET "{column}" = 77 WHERE {pk} = %s'


def test_no_row_can_be_deleted(year, subtests):
    for model in KEPT:
        with subtests.test(model.__name__):
            refused(f"DELETE FROM {model._meta.db_table}")


def test_without_its_triggers_a_table_can_be_changed(city):
    """So it is the triggers, and nothing else, that the tests above have met."""
    with connection.cursor() as cursor:
        for statement in allowing(connection.vendor, Assessment):
            cursor.execute(statement)
        cursor.execute("UPDATE goals_assessment SET analysis = 'zz'")
        assert cursor.rowcount > 0


def test_a_record_may_be_retired_but_never_revived(city):
    one = Assessment.objects.filter(is_current=True).first()
    Assessment.objects.filter(pk=one.pk).update(is_current=False)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Assessment.objects.filter(pk=one.pk).update(is_current=True)


def test_a_record_cannot_be_retired_and_changed_at_once(city):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Assessment.objects.filter(is_current=True).update(is_current=False, analysis="Något annat.")
