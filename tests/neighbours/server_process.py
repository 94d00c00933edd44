"""A neighbour of our own, in a process of its own: Kolada's API and PxWebApi in the shapes they were recorded in.

Plain standard library. Prints its port, then serves until it is ended. What it says is set by POST to /_set; whom it
has heard is told by /_heard. It can also misbehave: see `_mischief`.
"""

import gzip
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from urllib.parse import parse_qs, unquote, urlsplit

STATE = {"kpis": [], "municipalities": [], "values": [], "page": 5000, "style": "next_url", "fail": [], "slow": 0.0}
HEARD = []


class Neighbour(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path == "/_heard":
            return self._say(HEARD)
        HEARD.append(self.path)
        if self._fails():
            return None
        time.sleep(STATE["slow"])
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        steps = [unquote(step) for step in parts.path.strip("/").split("/")]
        if steps[0] == "v3":
            return self._kolada(steps[1:], asked, parts.path)
        if steps[0] == "px":
            return self._pxweb(steps[1:], asked)
        return self._mischief(steps, asked)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/_set":
            STATE.update(json.loads(body))
            HEARD.clear()
            return self._say({})
        HEARD.append(self.path)
        if self._fails():
            return None
        steps = urlsplit(self.path).path.strip("/").split("/")
        return self._data(json.loads(body)["selection"]) if steps[-1] == "data" else self._raw(404, b"")

    def _fails(self):
        """The next questions fail with the statuses that stand in line; 200 stands for one that does not."""
        if not STATE["fail"]:
            return False
        status = STATE["fail"].pop(0)
        if status == "drop":
            self.close_connection = True
            self.connection.close()
            return True
        if status == "junk":
            self._raw(200, b"<html>not json</html>")
            return True
        if status != 200:
            self._raw(status, b"{}", {"Retry-After": "1"} if status == 429 else {})
        return status != 200

    # ------------------------------------------------------------------------------------------------- Kolada

    def _kolada(self, steps, asked, path):
        if steps == ["kpi"]:
            word = asked.get("title", "").lower()
            return self._page([one for one in STATE["kpis"] if word in one["title"].lower()], path, asked)
        if steps[0] == "kpi":
            return self._page([one for one in STATE["kpis"] if one["id"] == steps[1]], path, asked)
        if steps == ["municipality"]:
            return self._page(STATE["municipalities"], path, asked)
        if steps[:2] == ["data", "kpi"] and steps[3] == "municipality":
            areas = set(steps[4].split(","))
            rows = [one for one in STATE["values"] if one["kpi"] == steps[2] and one["municipality"] in areas]
            return self._page([row | STATE.get("lie", {}) for row in rows], path, asked)
        return self._raw(404, b"")

    def _page(self, rows, path, asked):
        number, size = int(asked.get("page", 1)), STATE["page"]
        has_more = number * size < len(rows)
        answer = {"values": rows[(number - 1) * size : number * size], "count": len(rows), "previous_url": None}
        host = self.headers["Host"]
        if STATE["style"] == "next_url":
            answer["next_url"] = f"http://{host}{path}?page={number + 1}" if has_more else None
        else:
            answer["next_page"] = number + 1 if has_more else None
        return self._say(answer)

    # ------------------------------------------------------------------------------------------------- PxWeb

    def _pxweb(self, steps, asked):
        if steps == ["config"]:
            return self._say(STATE["config"])
        if steps == ["tables"]:
            return self._say(STATE["tables"])
        if steps[0] == "tables" and steps[2] == "metadata" and steps[1] == STATE["table"]:
            return self._say(STATE["metadata"])
        return self._raw(404, b"")

    def _data(self, selection):
        """The figures asked for: each is the sum of its codes' places, so that a test can tell them apart."""
        metadata = STATE["metadata"]
        asked = {one["variableCode"]: one["valueCodes"] for one in selection}
        names = [name for name in metadata["id"] if name in asked]
        places = [metadata["dimension"][name]["category"]["index"] for name in names]
        value = [
            sum(place[code] * 10**at for at, (place, code) in enumerate(zip(places, codes, strict=True)))
            for codes in product(*(asked[name] for name in names))
        ]
        dimension = {
            name: {
                **metadata["dimension"][name],
                "category": {
                    **metadata["dimension"][name]["category"],
                    "index": {code: at for at, code in enumerate(asked[name])},
                },
            }
            for name in names
        }
        sizes = [len(asked[name]) for name in names]
        answer = {**metadata, "id": names, "size": sizes, "dimension": dimension, "value": value}
        for place, status in STATE.get("statuses", {}).items():
            answer["value"][int(place)] = None
            answer.setdefault("status", {})[place] = status
        return self._say(answer)

    # ------------------------------------------------------------------------------------------------- mischief

    def _mischief(self, steps, asked):
        if steps == ["away"]:
            return self._raw(302, b"", {"Location": asked["to"]})
        if steps == ["round"]:
            return self._raw(302, b"", {"Location": "/round"})
        if steps == ["large"]:
            return self._large(int(asked["bytes"]), told=asked.get("told") == "1")
        if steps == ["bomb"]:
            return self._raw(200, gzip.compress(b" " * int(asked["bytes"])), {"Content-Encoding": "gzip"})
        if steps == ["drip"]:
            return self._drip(asked.get("head") == "1")
        if steps == ["packed"]:
            return self._raw(200, b"x", {"Content-Encoding": asked["as"]})
        return self._raw(200, json.dumps({"canary": self.path}).encode())

    def _large(self, size, *, told):
        self.send_response(200)
        if told:
            self.send_header("Content-Length", str(size))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        try:
            for _ in range(0, size, 65536):
                self.wfile.write(b" " * 65536)
        except OSError:
            self.close_connection = True

    def _drip(self, in_head):
        """A byte now and then, for ever: in the head or in the body."""
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"X: " if in_head else b"Content-Length: 100000\r\n\r\n"))
            while True:
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    # ------------------------------------------------------------------------------------------------- answering

    def _say(self, answer):
        return self._raw(200, json.dumps(answer, ensure_ascii=False).encode(), {"Content-Type": "application/json"})

    def _raw(self, status, body, headers=()):
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)
