"""A worker that is killed in the middle of a fetch leaves nothing half-stored, and the next one does it all."""

import json
import signal
import subprocess
import sys
import time

from tests.fresh_databases import ROOT, environment
from tests.fresh_databases import migrated_database as migrated_database
from tests.neighbours.conftest import kpi, value

_SET_UP = """
import django; django.setup()
from tests.neighbours.conftest import AREAS, AT, PROGRAM, subscribed
from ledtrad.apps.indicators.actions import Definition, NewIndicator, define_indicators, register_areas
from ledtrad.apps.neighbours.actions import ask_fetch
from ledtrad.core.assessment import Sense
from ledtrad.core.quantities import COUNT
register_areas(areas=AREAS, by=PROGRAM, at=AT)
define_indicators(indicators=[NewIndicator("1.2.2", 2015, Definition("Brott", COUNT, Sense.LESS))], by="x", at=AT)
subscribed()
print(ask_fetch(name="valdsbrott", by=PROGRAM, at=AT))
"""
_LOOK = """
import django, json; django.setup()
from ledtrad.apps.audit.models import Entry
from ledtrad.apps.indicators.models import Batch, Observation
from ledtrad.apps.neighbours.models import Fetch
(fetch,) = Fetch.objects.all()
print(json.dumps({"state": fetch.state, "takes": fetch.takes, "batches": Batch.objects.count(),
    "figures": Observation.objects.count(),
    "logged": Entry.objects.filter(action="indicators.record_observations").count()}))
"""
# The next worker, a while later: the clock is put forward instead of waiting.
_NEXT = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from ledtrad.apps.neighbours.actions import LEASE, Job, run_fetch, take_next
now = lambda: timezone.now() + LEASE + timedelta(seconds=5)
assert take_next(worker="early", at=timezone.now()) is None
number = take_next(worker="next", at=now())
print(run_fetch(Job(number, "next", now)))
"""


def test_killed_in_the_middle(migrated_database, process, tmp_path):
    process.say(values=[value(year, year) for year in range(2016, 2026)], page=2, slow=0.3, style="next_url",
                fail=[], lie={}, kpis=[kpi()])  # fmt: skip
    around = environment(migrated_database, tmp_path) | {
        "LEDTRAD_KOLADA": f"{process.address}/v3/",
        "LEDTRAD_NEIGHBOURS_INSIDE": process.address,
        "LEDTRAD_NEIGHBOURS_PACE": "0",
        "DJANGO_SETTINGS_MODULE": "ledtrad.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }

    def python(program):
        done = subprocess.run(
            [sys.executable, "-c", program], env=around, cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1]

    python(_SET_UP)
    command = [sys.executable, "-c", "from ledtrad.site.command_line import main; main()", "work"]
    worker = subprocess.Popen(command, env=around, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 90
    while sum("/data/" in path for path in process.heard) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    assert sum("/data/" in path for path in process.heard) in (3, 4), "it was killed between two pages"
    held = json.loads(python(_LOOK))
    assert held == {"state": "running", "takes": 1, "batches": 0, "figures": 0, "logged": 0}
    process.say(slow=0.0)
    assert python(_NEXT) == "done"
    held = json.loads(python(_LOOK))
    assert held == {"state": "done", "takes": 2, "batches": 1, "figures": 10, "logged": 1}
