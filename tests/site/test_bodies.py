"""What is too large is answered with a sentence before anything of it is stored; what is not comes through."""

import io

import pytest
from django.conf import settings
from django.core.files import uploadhandler
from django.test import Client
from tests import reporting_year, universe

from ledtrad.apps.indicators.models import Upload
from ledtrad.site import bodies
from ledtrad.site.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("connection_stays")]
BOUNDARY = "b0undary"
KIND = f"multipart/form-data; boundary={BOUNDARY}"


class Endless(io.RawIOBase):
    """A body without end that counts how much of it was read."""

    def __init__(self):
        self.count = 0

    def read(self, size=-1):
        self.count += size
        return b"x" * size


@pytest.fixture
def small(monkeypatch):
    """No page takes more than 10 000 bytes, and 1 000 beside; and nothing may reach a temporary file."""
    monkeypatch.setattr(bodies, "_BESIDE", 1_000)
    monkeypatch.setattr(bodies, "MOST", dict.fromkeys(bodies.MOST, 10_000))
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 10_000)

    def stored(*_):
        raise AssertionError("something of it was stored")

    for handler in (uploadhandler.TemporaryFileUploadHandler, uploadhandler.MemoryFileUploadHandler):
        monkeypatch.setattr(handler, "new_file", stored)


def ask(path, body, **headers):
    """The site's answer, and what of the body was read."""
    told = {}

    def start(status, headers, _trouble=None):
        told["status"], told["headers"] = int(status[:3]), dict(headers)

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": body,
        "CONTENT_TYPE": KIND,
        **headers,
    }
    answer = application(environ, start)
    content = b"".join(answer).decode()
    answer.close()
    return told["status"], content


@pytest.mark.parametrize("path", ["/inlasning/", "/granska/", "/sprak/"])
@pytest.mark.parametrize("how", [{"CONTENT_LENGTH": str(10**12)}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_what_is_too_large_is_refused_unread(small, path, how):
    body = Endless()
    status, content = ask(path, body, **how)
    assert status == 413
    assert "för stort: sidan tar emot högst" in content
    assert "Ingenting har sparats" in content
    assert body.count < 200_000, "some is let come, so that a browser sees the answer; not all"


def test_a_program_is_answered_as_programs_are(small):
    status, content = ask("/inlasning/", Endless(), CONTENT_LENGTH=str(10**12), HTTP_ACCEPT="application/json")
    assert (status, '"refused"' in content) == (413, True)


@pytest.mark.parametrize("name", sorted(bodies.MOST))
def test_every_page_with_a_bound_of_its_own_is_there(name):
    from django.urls import get_resolver

    assert name in {key for key in get_resolver().reverse_dict if isinstance(key, str)}


def test_a_body_of_unstated_size_comes_through(client, settings, tmp_path):
    settings.VAR = tmp_path
    universe.build_city()
    reporting_year.build()
    browser = Client()
    browser.force_login(reporting_year.person("rut"))
    cookies = "; ".join(f"{name}={one.value}" for name, one in browser.cookies.items())
    token = "a" * 32
    file = "Indikator;2020\n1.2.2;85,0\n"
    parts = [
        f'Content-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}',
        f'Content-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n{file}',
    ]
    body = "".join(f"--{BOUNDARY}\r\n{part}\r\n" for part in parts) + f"--{BOUNDARY}--\r\n"
    cookie = f"{cookies}; csrftoken={token}"
    status, content = ask(
        "/inlasning/", io.BytesIO(body.encode()), HTTP_TRANSFER_ENCODING="chunked", HTTP_COOKIE=cookie
    )
    assert status == 302, content[:500]
    assert Upload.objects.get().size == len(file)
