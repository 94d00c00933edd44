"""Signs people in and gives each a row of a draft that is hers to write in; or, in the peer, a text. Prints JSON.

python -m benches._deadline_users ours 300
python -m benches._deadline_users peer 300
"""

import json
import sys
from collections.abc import Iterator
from typing import Any


def main(whose: str, count: int) -> None:
    import django

    django.setup()
    users = list(_ours(count) if whose == "ours" else _peers(count))
    if len(users) < count:
        raise SystemExit(f"only {len(users)} people have something to write in, of {count}")
    print(json.dumps(users))


def _signed_in(person: Any) -> str:
    """The cookie of a session like the one that signing in makes."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


# --- ours ------------------------------------------------------------------------------------------------------


def _ours(count: int) -> Iterator[dict[str, Any]]:
    """Reporters of boards and heads of units with drafts of the year report, an unshared row for each."""
    from django.db import transaction

    from ledtrad.apps.people.models import Person
    from ledtrad.apps.reporting.models import Row

    rows = _rows_by_unit()
    people = Person.objects.filter(grants__role__in=("reporter", "unit_head"), grants__unit_id__in=rows)
    with transaction.atomic():
        for person, unit in people.values_list("pk", "grants__unit_id").order_by("pk")[: 2 * count]:
            if count and rows[unit]:
                row: Row = rows[unit].pop()
                count -= 1
                cookie = _signed_in(Person.objects.get(pk=person))
                yield {"cookie": cookie, "row": row.pk, "version": row.version, "kind": row.kind}


def _rows_by_unit() -> dict[int, list[Any]]:
    """Rows of drafts of the running year, those with long texts last, to be dealt first."""
    from ledtrad.apps.reporting.models import Row
    from ledtrad.site.demo_city.tables import RUNNING

    drafts = Row.objects.filter(report__year=RUNNING, report__tertial=0, report__state="draft", is_withdrawn=False)
    found: dict[int, list[Any]] = {}
    for row in drafts.select_related("report").order_by("place"):
        if row.kind in ("activity", "assessment"):
            found.setdefault(row.report.unit_id, []).append(row)
    return found


# --- the peer --------------------------------------------------------------------------------------------------


def _peers(count: int) -> Iterator[dict[str, Any]]:
    from benches.deadline_peer.models import Text
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0, interactive=False)
    with connection.schema_editor() as editor:
        editor.create_model(Text)
    with transaction.atomic():
        for number in range(count):
            person = User.objects.create(username=f"person{number}")
            text = Text.objects.create(content="Början. " * 20)
            yield {"cookie": _signed_in(person), "row": text.pk, "version": 0, "kind": "assessment"}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
