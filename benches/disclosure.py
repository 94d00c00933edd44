"""Hiding cells: how many beside τ-ARGUS' optimum on the same tables, and the time at the safety survey's size.

The tables are those of the tests. τ-ARGUS protects upwards and downwards by fixed amounts; here a hidden count needs
an interval of five wherever it lies, so it is run with three ways of dividing the five and its fewest counts. Where
it is not installed (`pytauargus`, in this Python or the one given with --argus) the peer is left out, and said so.

The survey's size is drawn by chance: 130 districts in 14 areas, two sexes, six ages, four answers, about 135 answers a
district; the views that a page offers are by sex, by age, and all crossed for the areas.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from tests.core.surveys.disclosure.random_tables import random_table

from ledtrad.core.surveys.disclosure import Rule, Table, counted, flat, protect, too_closely_known, tree, view
from ledtrad.core.surveys.disclosure.linking import link

RULE = Rule()
BAR = 1.3
DIVISIONS = ("up", "mostly up", "down to nothing")


def options(parser) -> None:  # type: ignore[no-untyped-def]
    parser.add_argument("--tables", type=int, default=50)
    parser.add_argument("--argus", default=sys.executable, help="a Python that has pytauargus")
    parser.add_argument("--without-survey", action="store_true", help="only the comparison")


def run(asked: Any) -> dict[str, Any]:
    tables = [random_table(seed) for seed in range(asked.tables)]
    start = time.process_time()
    ours = [len(protect([table], RULE).why) for table in tables]
    seconds = time.process_time() - start
    peer = _fewest_by_peer(tables, asked.argus)
    return {
        "name": "disclosure",
        "figure": sum(ours),
        "unit": f"cells hidden in {len(tables)} tables",
        "peer": "τ-ARGUS OPT" if peer else "τ-ARGUS is not installed: not compared",
        "peer_figure": sum(peer) if peer else None,
        "ratio": round(sum(ours) / sum(peer), 3) if peer else None,
        "meets_bar": sum(ours) <= BAR * sum(peer) if peer else None,
        "worst_table": round(max(own / other for own, other in zip(ours, peer, strict=True) if other), 2)
        if peer
        else None,
        "cpu_ms_for_each_table": round(1000 * seconds / len(tables), 1),
        "survey": None if asked.without_survey else _survey(),
        "conditions": {"cores": os.cpu_count(), "load_average": round(os.getloadavg()[0], 1)},
    }


def _fewest_by_peer(tables: list[Table], python: str) -> list[int]:
    """The fewest cells that the peer hides in each table, over the ways of dividing; empty when it is not there."""
    if subprocess.run([python, "-c", "import pytauargus"], capture_output=True, check=False).returncode:
        return []
    cases = [_case(table, division) for table in tables for division in DIVISIONS]
    script = Path(__file__).with_name("_disclosure_peer.py")
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    done = subprocess.run([python, str(script)], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    hidden = [_number(case, answer) for case, answer in zip(cases, answers, strict=True)]
    return [min(hidden[place : place + len(DIVISIONS)]) for place in range(0, len(hidden), len(DIVISIONS))]


def _number(case: dict[str, Any], answer: dict[str, Any]) -> int:
    primary = {number for number, (low, up) in enumerate(zip(case["low"], case["up"], strict=True)) if low or up}
    return len(primary | set(answer["cells"]))


def _case(table: Table, division: str) -> dict[str, Any]:
    linked = link([table], RULE)
    sums, primary = linked.frame.sums, linked.case.primary
    values = [int(value) for value in linked.case.values]
    down = {"up": lambda value: 0, "mostly up": lambda value: 1, "down to nothing": lambda value: value}[division]
    low = [down(value) if few else 0 for value, few in zip(values, primary, strict=True)]
    up = [RULE.width - below if few else 0 for below, few in zip(low, primary, strict=True)]
    terms = [range(sums.starts[row], sums.starts[row + 1]) for row in range(sums.number)]
    rows = [[(int(sums.places[term]), int(sums.factors[term])) for term in row] for row in terms]
    return {"values": values, "low": low, "up": up, "rows": rows}


def _survey() -> dict[str, Any]:
    crossed = _crossed()
    areas = [code for code in crossed.codes[0] if not code.startswith("district")]
    offered = [crossed.without("age"), crossed.without("sex"), crossed.part({"place": areas})]
    start = time.process_time()
    protection = protect(offered, RULE)
    protected = time.process_time()
    known = too_closely_known(protection)
    attacked = time.process_time()
    return {
        "cells": sum(table.values.size for table in offered),
        "hidden": len(protection.why),
        "unprotected": len(protection.unprotected),
        "found_by_attack": len(known),
        "protect_cpu_s": round(protected - start, 1),
        "attack_cpu_s": round(attacked - protected, 1),
        "view_ms": _view_ms(protection, offered[0]),
    }


def _view_ms(protection: Any, table: Table) -> float:
    """The whole of the largest table as a view: every district by sex and answer, with shares."""
    by = list(zip(table.groupings, table.codes, strict=True))
    view(protection, table.of, by, shares_of="answer")
    start = time.process_time()
    view(protection, table.of, by, shares_of="answer")
    return round(1000 * (time.process_time() - start), 1)


def _crossed() -> Table:
    chance = np.random.default_rng(1)
    areas = [f"area {number}" for number in range(14)]
    pairs = [(area, "total") for area in areas] + [(f"district {n}", areas[n % 14]) for n in range(130)]
    groupings = [tree("place", pairs), flat("sex", "wm"), flat("age", "123456"), flat("answer", "abcd")]
    answers = chance.gamma(20, 135 / 20, (130, 1, 1, 1)) * np.array([0.53, 0.47]).reshape(1, 2, 1, 1)
    ages = chance.dirichlet([8, 12, 14, 15, 14, 10], 130).reshape(130, 1, 6, 1)
    shares = chance.dirichlet([3, 8, 12, 4], 130).reshape(130, 1, 1, 4)
    return counted("answers", groupings, chance.poisson(answers * ages * shares), "answer")
