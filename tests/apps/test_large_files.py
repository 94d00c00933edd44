"""A large file is read by a process of its own: the page says how it goes, and all ends as with a small one."""

import json

import pytest
from tests.fresh_databases import migrated_database as migrated_database
from tests.fresh_databases import python

_SITE = r"""
import django, json, time; django.setup()
from datetime import UTC, datetime
from django.conf import settings
from django.test import Client
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from ledtrad.apps.indicators import actions as indicators, apart
from ledtrad.apps.indicators.models import AreaKind, Observation, Upload
from ledtrad.apps.people import actions as people
from ledtrad.apps.people.actors import program
from ledtrad.apps.people.models import Person
from ledtrad.core.assessment import Sense
from ledtrad.core.quantities import COUNT
from tests import universe, reporting_year
apart.LARGE = 10
settings.ALLOWED_HOSTS = ["*"]
universe.build_city()
reporting_year.build()
BY, AT = program("x"), datetime(2022, 1, 2, tzinfo=UTC)
areas = [("0180", AreaKind.MUNICIPALITY, "Stockholm"), ("D1", AreaKind.DISTRICT, "Norra staden", "0180")]
indicators.register_areas(areas=[indicators.NewArea(*one) for one in areas], by=BY, at=AT)
brott = indicators.Definition("Brott", COUNT, Sense.LESS)
indicators.define_indicators(indicators=[indicators.NewIndicator("C.1", 1900, brott)], by="x", at=AT)
carl = Client()
carl.force_login(reporting_year.person("carl"))
seen = []

def look(address, until="", **post):
    answer = carl.post(address, post) if post else carl.get(address)
    end = time.monotonic() + 200
    while time.monotonic() < end:
        answer = carl.get(address.replace("las-in/", ""))
        text = answer.content.decode()
        seen.append("lasning" if 'id="lasning"' in text else "page")
        if 'id="lasning"' not in text:
            return answer.status_code, text
        time.sleep(0.3)
    raise SystemExit("it never ended")

def send(name, text):
    file = SimpleUploadedFile(name, text.encode())
    return carl.post("/inlasning/", {"file": file}).headers["Location"]

told = {}
good = send("a.csv", "Indikator;Område;År;Värde\nC.1;Norra staden;2019;7\nC.1;Norra stan;2020;8\n")
status, text = look(good)
told["preview"] = [status, "1 cell" in text, seen[0]]
status, text = look(good, **{"name-0": "Norra stan", "kind-0": "area", "code-0": "Norra staden"})
told["chosen"] = [status, 'name="seen"' in text]
import re
mark = re.search('name="seen" value="([0-9a-f]{64})"', text)[1]
status, text = look(good + "las-in/", seen="0" * 64)
told["conflict"] = [status, "\u00e4ndrats" in text or "ndrats" in text]
status, text = look(good + "las-in/", seen=mark)
told["done"] = [status, Upload.objects.get(name="a.csv").state, Observation.objects.count()]
bad = send("b.pdf", "%PDF-1.7 abc")
status, text = look(bad)
told["unreadable"] = [status, "PDF-fil" in text]
upload = Upload.objects.get(name="b.pdf")
apart.tell(upload, apart.Work("preview", "reading", 1, 2))
status, text = look(bad)
told["died"] = [status, "avbr\u00f6ts" in text]
carl.cookies["django_language"] = "en"
status, text = look(bad)
told["died in English"] = [status, "was broken off" in text]
none = send("c.csv", "Indikator;Omr\u00e5de;2019\n")
status, text = look(none)
told["refused in English"] = [status, "has no table with at least two rows" in text]
print(json.dumps(told))
"""


@pytest.mark.nightly
def test_from_the_file_to_the_figures_beside_the_site(migrated_database, tmp_path):
    done = python("-c", _SITE, address=migrated_database, folder=tmp_path, timeout=500)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "preview": [200, True, "lasning"],
        "chosen": [200, True],
        "conflict": [200, True],
        "done": [200, "confirmed", 2],
        "unreadable": [422, True],
        "died": [422, True],
        "died in English": [422, True],
        "refused in English": [422, True],
    }


_KILLED = r"""
import django, os, signal, sys; django.setup()
from datetime import UTC, datetime
from ledtrad.apps.audit.queries import entries_about, head
from ledtrad.apps.indicators import actions as indicators
from ledtrad.apps.indicators.actions import uploads
from ledtrad.apps.indicators.models import AreaKind, Batch, Observation, Upload
from ledtrad.apps.indicators.queries.examining import examine
from ledtrad.apps.people.actors import program
from ledtrad.core.assessment import Sense
from ledtrad.core.quantities import COUNT
BY, AT = program("x"), datetime(2022, 1, 2, tzinfo=UTC)

def confirm():
    upload = Upload.objects.get()
    return indicators.confirm_upload(upload_id=upload.pk, seen=examine(upload, BY).fingerprint, by=BY, at=AT)

if sys.argv[1] == "kill":
    indicators.register_areas(areas=[indicators.NewArea("D1", AreaKind.DISTRICT, "Norra staden")], by=BY, at=AT)
    brott = indicators.Definition("Brott", COUNT, Sense.LESS)
    indicators.define_indicators(indicators=[indicators.NewIndicator("C.1", 1900, brott)], by="x", at=AT)
    table = "Indikator;Omr\u00e5de;2019;2020\nC.1;Norra staden;7;8\n"
    indicators.receive_upload(pieces=[table.encode()], name="a.csv", by=BY, at=AT)
    def dying(*_):
        assert Observation.objects.count() == 2
        os.kill(os.getpid(), signal.SIGKILL)
    print(head(), flush=True)
    uploads._remember = dying
    confirm()
print(head(), Upload.objects.get().state, Batch.objects.count(), Observation.objects.count(), confirm().new)
"""


@pytest.mark.nightly
def test_one_that_is_killed_in_the_middle_leaves_nothing_and_can_be_begun_again(migrated_database, tmp_path):
    """All figures are in the table and nothing is committed when the process is killed."""
    killed = python("-c", _KILLED, "kill", address=migrated_database, folder=tmp_path)
    assert killed.returncode == -9, killed.stderr[-2000:]
    after = python("-c", _KILLED, "look", address=migrated_database, folder=tmp_path)
    assert after.returncode == 0, after.stderr[-2000:]
    assert after.stdout.split() == [killed.stdout.strip(), "waiting", "0", "0", "2"]
