"""Protections taken away, one at a time: the tests must then fail, or they show nothing."""

import io
import json
import threading


def _none(application):
    return application


def _acknowledge_early(application):
    """Says "saved" before anything is stored, as a server that writes later would."""

    def answer(environ, start_response):
        if environ["REQUEST_METHOD"] != "POST":
            return application(environ, start_response)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        sent = json.loads(body)
        later = {**environ, "wsgi.input": io.BytesIO(body)}
        threading.Timer(0.05, lambda: b"".join(application(later, lambda *_: None))).start()
        told = json.dumps({"version": sent["rests_on"] + 1}).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(told)))])
        return [told]

    return answer


def _in_pieces(application):
    """Every statement its own transaction: the row, its version and the log no longer come and go together."""
    from django.db import connections, transaction

    def pretend(is_inside):
        def step(self, *_):
            connections["default"].in_atomic_block = is_inside

        return step

    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = pretend(True), pretend(False)
    return application


def _last_one_wins(application):
    """Every save is taken to rest on whatever stands there: whoever comes last overwrites."""
    from dataclasses import replace

    from ledtrad.apps.reporting.actions import saving

    whole = saving._save
    saving._save = lambda row, report, save, by, at: whole(row, report, replace(save, rests_on=row.version), by, at)
    return application


WAYS = {
    "last_one_wins": _last_one_wins,
    "": _none,
    "acknowledge_early": _acknowledge_early,
    "in_pieces": _in_pieces,
}
