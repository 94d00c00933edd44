"""Write the documents that are generated from the code. Run by the virtual environment's Python.

With --check, write nothing; complain about those that are no longer what the code says.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    stale = [path for path, content in _documents() if _differs(path, content)]
    if "--check" in sys.argv:
        print("\n".join(f"{path.relative_to(ROOT)} is stale: run script/documents.py" for path in stale))
        return 1 if stale else 0
    for path, content in _documents():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return 0


def _documents():
    yield ROOT / "docs" / "command-line.md", command_line()


def _differs(path, content):
    return not path.exists() or path.read_text(encoding="utf-8") != content


def command_line():
    """Every command with its arguments, from the commands themselves."""
    from typer.main import get_command

    from ledtrad.site.command_line.application import app

    return "# `ledtrad`\n\n" + "\n\n".join(_describe(get_command(app), "ledtrad")) + "\n"


def _describe(command, name):
    for key, inner in getattr(command, "commands", {}).items():
        yield from _describe(inner, f"{name} {key}")
    if not hasattr(command, "commands"):
        yield f"## `{name}`\n\n{command.help}\n\n```\n{_usage(command, name)}\n```"


def _usage(command, name):
    from typer.core import TyperArgument

    parts = [part for one in command.params for part in _parameter(one, isinstance(one, TyperArgument))]
    return " ".join([name, *parts])


def _parameter(parameter, is_argument):
    if is_argument:
        return [parameter.human_readable_name]
    flag = parameter.opts[0] if parameter.is_flag else f"{parameter.opts[0]} {parameter.human_readable_name.upper()}"
    return [flag if parameter.required else f"[{flag}]"]


if __name__ == "__main__":
    sys.exit(main())
