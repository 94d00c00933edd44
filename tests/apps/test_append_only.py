"""Records are never changed: only followed by newer ones. The database itself sees to it, for every such table."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from tests import universe

from ledtrad.apps.audit.models import Entry, Record
from ledtrad.apps.goals.models import Assessment
from ledtrad.apps.indicators import actions
from ledtrad.apps.indicators.models import IndicatorVersion
from ledtrad.core.assessment import Forecast, Verdict
from ledtrad.core.periods import Period

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
APPEND_ONLY = [Entry, IndicatorVersion, *RECORDS]


def names(models):
    return [model.__name__ for model in models]


def test_every_kind_of_record_is_among_those_tested():
    assert len(RECORDS) == 7, names(RECORDS)


def test_no_column_can_be_changed(city, subtests):
    """Column by column: a trigger that forgot one, say one added later, would let it through."""
    _give_a_forecast()
    for model in APPEND_ONLY:
        row = model.objects.order_by("pk").last()
        for field in model._meta.concrete_fields:
            if field.primary_key or field.name == "is_current":
                continue
            with subtests.test(f"{model.__name__}.{field.name}"):
                refused(_change(model, field.column), [row.pk])


def refused(sentence, values=()):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence, values)


def _give_a_forecast():
    """Forecasts are the only records that Lillköping lacks."""
    new = actions.NewForecast("1.1.1", Period(2020, 2), Forecast(verdict=Verdict.MET))
    actions.record_forecasts(forecasts=[new], by=universe.BY, at=universe.AT)


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


def test_no_row_can_be_deleted(city, subtests):
    _give_a_forecast()
    for model in APPEND_ONLY:
        with subtests.test(model.__name__):
            refused(f"DELETE FROM {model._meta.db_table}")


def test_a_record_may_be_retired_but_never_revived(city):
    one = Assessment.objects.filter(is_current=True).first()
    Assessment.objects.filter(pk=one.pk).update(is_current=False)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Assessment.objects.filter(pk=one.pk).update(is_current=True)


def test_a_record_cannot_be_retired_and_changed_at_once(city):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Assessment.objects.filter(is_current=True).update(is_current=False, analysis="Något annat.")
