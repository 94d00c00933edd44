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
    With `erasable`, another: the text columns named there may be emptied, and nothing else in the same breath.
    """

    reversible = True

    def __init__(self, model_name: str, *, retirable: bool = False, erasable: tuple[str, ...] = ()) -> None:
        self.model_name = model_name
        self.retirable = retirable
        self.erasable = erasable

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are: only the database gains something."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        vendor = schema_editor.connection.vendor
        for statement in forbidding(vendor, model, retirable=self.retirable, erasable=self.erasable):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        for statement in allowing(schema_editor.connection.vendor, model):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Keep every row of {self.model_name} forever"


def forbidding(
    vendor: str, model: type[models.Model], *, retirable: bool = False, erasable: tuple[str, ...] = ()
) -> list[str]:
    """The SQL that sets up the triggers for `model`; any earlier ones are replaced."""
    table = model._meta.db_table
    columns = sorted(field.column for field in model._meta.concrete_fields)
    same = _same_on_postgresql if vendor == "postgresql" else _same_on_sqlite
    allowed = []
    if retirable:
        allowed.append(f"OLD.is_current AND NOT NEW.is_current AND {same(columns, ('is_current',))}")
    if erasable:
        allowed.append(f"{_only_emptied(erasable)} AND {same(columns, erasable)}")
    when = f"WHEN (NOT ({' OR '.join(f'({change})' for change in allowed)})) " if allowed else ""
    make = _postgresql if vendor == "postgresql" else _sqlite
    return [*allowing(vendor, model), *make(table, when)]


def allowing(vendor: str, model: type[models.Model]) -> list[str]:
    """The SQL that removes the triggers for `model`."""
    table = model._meta.db_table
    on_table = f" ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {table}_no_{event}{on_table}" for event in ("update", "delete", "truncate")]


def _only_emptied(columns: tuple[str, ...]) -> str:
    return " AND ".join(f'NEW."{column}" IN (OLD."{column}", \'\')' for column in columns)


def _same_on_sqlite(columns: list[str], but: tuple[str, ...]) -> str:
    return " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in columns if column not in but)


def _same_on_postgresql(columns: list[str], but: tuple[str, ...]) -> str:
    """The whole row but for a few columns: so a column that is added later is covered too."""
    names = ", ".join(f"'{column}'" for column in but)
    return f"to_jsonb(OLD) - ARRAY[{names}] = to_jsonb(NEW) - ARRAY[{names}]"


def _sqlite(table: str, when: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is {REFUSAL}'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when}{refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
    ]


def _postgresql(table: str, when: str) -> list[str]:
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
