"""Run one bench and print its answer; called by script/bench with the virtual environment's Python."""

import importlib
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

KEYS = ("name", "figure", "unit", "peer", "peer_figure", "ratio", "conditions")


def main():
    name, as_json = sys.argv[1], "--json" in sys.argv[2:]
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with redirect_stdout(sys.stderr):
        answer = importlib.import_module(f"benches.{name}").run()
    missing = [key for key in KEYS if key not in answer]
    if missing:
        return f"the bench {name} did not say: {', '.join(missing)}"
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, default=str))
    else:
        width = max(map(len, answer))
        print("\n".join(f"{key:<{width}}  {value}" for key, value in answer.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
