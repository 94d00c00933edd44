"""Tables that only grow: database triggers that refuse changes, as migration operations.

On SQLite a later migration that alters such a table rebuilds it and so drops its triggers: such a migration
must name the operation again at its end. `tests/apps/test_append_only.py` fails when one is forgotten.
"""

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

REFUSAL = "append-only"


class KeepForever(Operation):
    """Rows of `model_name` can be neither changed nor deleted.

    With `retirable`, one change remains: `is_current` may go from true to false, when a later row takes over.
    """

    reversible = True

    def __init__(self, model_name: str, *, retirable: bool = False) -> None:
        self.model_name = model_name
        self.retirable = retirable

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are: only the database gains something."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for statement in forbidding(schema_editor.connection.vendor, model, retirable=self.retirable):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        for statement in allowing(schema_editor.connection.vendor, model):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Keep every row of {self.model_name} forever"


def forbidding(vendor: str, model: type[models.Model], *, retirable: bool) -> list[str]:
    """The SQL that sets up the triggers for `model`; any earlier ones are replaced."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    make = _postgresql if vendor == "postgresql" else _sqlite
    return [*allowing(vendor, model), *make(table, columns, retirable)]


def allowing(vendor: str, model: type[models.Model]) -> list[str]:
    """The SQL that removes the triggers for `model`."""
    table = model._meta.db_table
    on_table = f" ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {table}_no_{event}{on_table}" for event in ("update", "delete", "truncate")]


def _sqlite(table: str, columns: list[str], retirable: bool) -> list[str]:
    same = " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in columns if column != "is_current")
    retires = f"OLD.is_current = 1 AND NEW.is_current = 0 AND {same}"
    when = f"WHEN NOT ({retires}) " if retirable else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is {REFUSAL}'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when}{refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
    ]


def _postgresql(table: str, columns: list[str], retirable: bool) -> list[str]:
    same = "to_jsonb(OLD) - 'is_current' = to_jsonb(NEW) - 'is_current'"
    when = f"WHEN (NOT (OLD.is_current AND NOT NEW.is_current AND {same})) " if retirable else ""
    return [
        "CREATE OR REPLACE FUNCTION ledtrad_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '% is {REFUSAL}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {when}"
        "EXECUTE FUNCTION ledtrad_append_only()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW "
        "EXECUTE FUNCTION ledtrad_append_only()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        "EXECUTE FUNCTION ledtrad_append_only()",
    ]
