"""Seconds to publish 250 indicators as page, CSV and JSON, against Django templates and model objects.

15 areas × 15 years × 3 sexes each. Both write the same cells, which is held against each other cell by cell; the chart
is drawn by the same code, with nothing kept from before. Then one indicator is changed, and only it is published anew.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benches._publishing import DISTRICTS, INDICATORS, ROUNDS, YEARS

ROOT = Path(__file__).resolve().parent.parent


def options(parser) -> None:  # type: ignore[no-untyped-def]
    parser.add_argument("--indicators", type=int, default=INDICATORS)


def run(asked) -> dict[str, object]:  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {
            **os.environ,
            "LEDTRAD_VAR": folder,
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "ledtrad.site.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        command = [sys.executable, "-m", "benches._publishing", folder, str(asked.indicators)]
        printed = subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(printed.stdout.splitlines()[-1])
    return {
        "name": "publish",
        "figure": round(found["ours"], 2),
        "unit": "seconds",
        "peer": "Django template and model objects",
        "peer_figure": round(found["peer"], 2),
        "ratio": round(found["peer"] / found["ours"], 1),
        "conditions": {
            "indicators": asked.indicators,
            "figures_each": (DISTRICTS + 1) * len(YEARS) * 3,
            "cells_compared": found["cells"],
            "megabytes": found["megabytes"],
            "seconds_when_one_has_changed": round(found["one"], 4),
            "share_when_one_has_changed": f"{100 * found['one'] / found['ours']:.2f} %",
            "seconds_when_none_has_changed": round(found["none"], 4),
            "processor_seconds": {name: round(seconds, 3) for name, seconds in found["processor"].items()},
            "ratio_of_processor": round(found["processor"]["peer"] / found["processor"]["ours"], 2),
            "rounds": ROUNDS,
            "cores": os.cpu_count(),
            "load_average": round(os.getloadavg()[0], 1),
        },
    }
