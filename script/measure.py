"""Run one bench and print its answer; called by script/bench with the virtual environment's Python."""

import argparse
import importlib
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

KEYS = ("name", "figure", "unit", "peer", "peer_figure", "ratio", "conditions")


def main():
    name = sys.argv[1]
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    bench = importlib.import_module(f"benches.{name}")
    asked = _asked(bench)
    with redirect_stdout(sys.stderr):
        answer = bench.run(asked) if hasattr(bench, "options") else bench.run()
    missing = [key for key in KEYS if key not in answer]
    if missing:
        return f"the bench {name} did not say: {', '.join(missing)}"
    if asked.json:
        print(json.dumps(answer, ensure_ascii=False, default=str))
    else:
        width = max(map(len, answer))
        print("\n".join(f"{key:<{width}}  {value}" for key, value in answer.items()))
    return 0


def _asked(bench):
    """What was asked on the command line, in the bench's own words where it has some."""
    parser = argparse.ArgumentParser(prog=f"script/bench {sys.argv[1]}", description=bench.__doc__)
    parser.add_argument("--json", action="store_true", help="answer with JSON and nothing else")
    if hasattr(bench, "options"):
        bench.options(parser)
    return parser.parse_args(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
