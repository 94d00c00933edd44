"""A published edition never changes: database triggers that refuse it, as a migration operation."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_REFUSAL = "a published edition never changes"


class LockPublished(Operation):
    """Rows of `model_name` that belong to a published edition can be neither added, changed nor deleted.

    For the edition itself (`is_edition`): once it is published it can be neither changed nor deleted.
    """

    reversible = True

    def __init__(self, model_name: str, *, is_edition: bool = False) -> None:
        self.model_name = model_name
        self.is_edition = is_edition

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are: only the database gains something."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        editions = to_state.apps.get_model(app_label, "edition")._meta.db_table
        _unlock(schema_editor, table)
        make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for statement in make(table, "" if self.is_edition else editions):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        _unlock(schema_editor, from_state.apps.get_model(app_label, self.model_name)._meta.db_table)

    def describe(self) -> str:
        return f"Lock {self.model_name} once the edition is published"


def _events(editions: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Which version of the row is asked for its edition. A move into or out of a published edition is refused too."""
    change = (("update", ("OLD", "NEW") if editions else ("OLD",)), ("delete", ("OLD",)))
    return (("insert", ("NEW",)), *change) if editions else change


def _is_published(row: str, editions: str) -> str:
    if not editions:
        return f"{row}.state = 'published'"
    return f"EXISTS (SELECT 1 FROM {editions} WHERE id = {row}.edition_id AND state = 'published')"


def _sqlite(table: str, editions: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_locked_{event} BEFORE {event.upper()} ON {table} "
        f"WHEN {' OR '.join(_is_published(row, editions) for row in rows)} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: {_REFUSAL}'); END"
        for event, rows in _events(editions)
    ]


def _postgresql(table: str, editions: str) -> list[str]:
    # A trigger's WHEN may not ask other tables on PostgreSQL, so each table has a function of its own.
    statements = []
    for event, rows in _events(editions):
        published = " OR ".join(_is_published(row, editions) for row in rows)
        name = f"{table}_locked_{event}"
        statements += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {published} THEN "
            f"RAISE EXCEPTION '{table}: {_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {'OLD' if event == 'delete' else 'NEW'}; END $$",
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return statements


def _unlock(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    on_table = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    for event in ("insert", "update", "delete"):
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_locked_{event}{on_table}", params=None)
