"""Write the documents that are generated from the code. Run by the virtual environment's Python.

With --check, write nothing; complain about those that are no longer what the code says.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND_LINE = ROOT / "docs" / "command-line.md"
METHOD = ROOT / "docs" / "method"


def main():
    wanted = dict(_documents())
    stale = [path for path in sorted({*wanted, *_kept()}) if _kept().get(path) != wanted.get(path)]
    if "--check" in sys.argv:
        print("\n".join(f"{path.relative_to(ROOT)} is out of date: run script/handbook" for path in stale))
        return 1 if stale else 0
    for path in stale:
        _replace(path, wanted.get(path))
    return 0


def _documents():
    """Every generated document, by where it lies."""
    sys.path.insert(0, str(ROOT))
    from tests import handbook

    yield COMMAND_LINE, command_line()
    for name, text in handbook.pages().items():
        yield METHOD / name, text


def _kept():
    files = [path for path in (COMMAND_LINE, *METHOD.glob("*.md")) if path.exists()]
    return {path: path.read_text(encoding="utf-8") for path in files}


def _replace(path, content):
    if content is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


def command_line():
    """What every command says of itself."""
    from typer.main import get_command

    from ledtrad.site.command_line.application import app

    chapters = (f"## `{name}`\n\n```\n{_help(app, name)}\n```" for name in _commands(get_command(app), "ledtrad"))
    return (
        "\n\n".join(["<!-- Made by script/handbook from the commands themselves. -->", "# `ledtrad`", *chapters]) + "\n"
    )


def _commands(command, name):
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name
    for key in inner or ():
        yield from _commands(inner[key], f"{name} {key}")


def _help(app, name):
    from typer.testing import CliRunner

    asked = [*name.split()[1:], "--help"]
    answer = CliRunner().invoke(app, asked, prog_name="ledtrad", env={"COLUMNS": "100"}).stdout
    return "\n".join(line.rstrip() for line in answer.strip().splitlines())


if __name__ == "__main__":
    sys.exit(main())
