"""Asking for every address of the site, as everybody, in every way."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from copy import deepcopy
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.reporting_year import person
from tests.site.authorisation_world import ROLES, World, arguments, forms, sent_as_json

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAFE = ("GET", "HEAD", "OPTIONS")
# Where it is kept who is signed in, and how often somebody has guessed: not the city's data.
_OF_SESSIONS = ("django_session", "usersessions_usersession", "shared_cache")


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address that the site answers, with its pattern as written."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


@dataclass(frozen=True)
class Answer:
    """What was answered to one question. `wrote` are the statements that changed something in the city's tables."""

    role: str
    method: str
    status: int
    location: str
    headers: dict[str, str] = field(hash=False)
    wrote: tuple[str, ...]
    text: str = field(repr=False)

    @property
    def cell(self) -> str:
        """As the table writes it: the status, "in" for the way to signing in, "on" for the way to another page."""
        if self.status not in (301, 302, 303):
            return str(self.status)
        return "in" if self.location.startswith("/konto/logga-in/") else "on"


@dataclass
class Asker:
    """Asks as each role; whatever is changed by an answer is undone before the next question."""

    world: World
    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for role, name in ROLES.items():
            self.clients[role] = Client()
            if name:
                self.clients[role].force_login(person(name))
        self._cookies = {role: deepcopy(client.cookies) for role, client in self.clients.items()}

    def address(self, name: str, parts: list[str], **changed: object) -> str:
        known = arguments(self.world)
        values = {**known[""], **known.get(name, {}), **changed}
        return reverse(name, kwargs={part: values[part] for part in parts})

    def ask(
        self,
        role: str,
        method: str,
        name: str,
        address: str,
        body: dict[str, object] | None = None,
        *,
        keep: bool = False,
        then: Callable[[], None] = lambda: None,
    ) -> Answer:
        """One question. What it changed is undone, unless it is to be kept; `then` looks before that."""
        client = self.clients[role]
        client.cookies = deepcopy(self._cookies[role])
        with nullcontext() if keep else undone(), written() as wrote:
            response = client.generic(method, address, **self._sent(name, method, body))
            then()
        return Answer(
            role,
            method,
            response.status_code,
            response.headers.get("Location", ""),
            dict(response.headers),
            tuple(wrote),
            _text(response),
        )

    def _sent(self, name: str, method: str, body: dict[str, object] | None) -> dict[str, object]:
        """Only a post carries a body: what comes with another method is turned away before it is read."""
        if method != "POST":
            return {}
        as_json = sent_as_json(self.world)
        if name in as_json:
            return {"data": json.dumps({**as_json[name], **(body or {})}), "content_type": "application/json"}
        form = {**forms(self.world).get(name, {}), **(body or {})}
        return {"data": encode_multipart(BOUNDARY, form), "content_type": MULTIPART_CONTENT}


def _text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace")


@contextmanager
def undone() -> Iterator[None]:
    """What happens within is as if it had not been."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements within that write to the city's tables."""
    found: list[str] = []

    def hear(execute, sql, params, many, context):
        words = sql.split(None, 3)
        is_write = bool(words) and words[0].upper() in ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE")
        if is_write and not any(table in sql for table in _OF_SESSIONS):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield found
