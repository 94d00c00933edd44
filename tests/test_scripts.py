"""The set-up that the scripts share, and the driver of the benches."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _load(name):
    spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / "script" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """The set-up, pointed at an empty checkout with small requirements and an environment without packages."""
    module = _load("environment")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    (tmp_path / "requirements").mkdir()
    for name in module.SETS:
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / ".venv" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    return module


@pytest.fixture
def installed(environment, monkeypatch):
    """What the set-up has asked to be installed, in order."""
    names = []
    monkeypatch.setattr(environment, "_install", names.append)
    monkeypatch.setattr(environment, "run", lambda *command: None)
    return names


def test_a_second_set_up_installs_nothing(environment, installed):
    environment.ready("run")
    environment.ready("run")
    assert installed == ["run"]


def test_the_larger_set_holds_the_smaller(environment, installed):
    environment.ready("dev")
    environment.ready("run")
    environment.ready("bench")
    assert installed == ["dev", "bench"]


def test_changed_requirements_are_installed_anew(environment, installed):
    environment.ready("run")
    (environment.ROOT / "requirements" / "run.txt").write_text("run==2\n")
    environment.ready("run")
    assert installed == ["run", "run"]


def test_a_set_up_that_fails_is_not_taken_for_done(environment, monkeypatch):
    monkeypatch.setattr(environment, "run", lambda *command: None)
    monkeypatch.setattr(environment, "_install", lambda name: sys.exit(1))
    with pytest.raises(SystemExit):
        environment.ready("run")
    assert not environment._is_stamped("run")


def test_the_environment_finds_ledtrad_where_it_stands(environment, installed):
    environment.ready("run")
    path = environment.VENV / "lib" / "python3.11" / "site-packages" / "ledtrad.pth"
    assert path.read_text() == f"{environment.ROOT / 'src'}\n"
    launcher = environment.VENV / "bin" / "ledtrad"
    assert launcher.stat().st_mode & 0o111
    assert launcher.read_text().startswith(f"#!{environment.VENV}/bin/python\n")


def test_a_command_that_fails_ends_the_script_with_its_code(environment):
    with pytest.raises(SystemExit) as ended:
        environment.run(sys.executable, "-c", "import sys; sys.exit(3)")
    assert ended.value.code == 3


# --- benches ------------------------------------------------------------------------------------------------------

ANSWER = '{"name": "n", "figure": 2, "unit": "u", "peer": "p", "peer_figure": 1, "ratio": 2.0, "conditions": "c"}'


def _measure(tmp_path, body, *arguments):
    """Run a bench of our own in a copy of the driver's surroundings."""
    (tmp_path / "script").mkdir()
    (tmp_path / "benches").mkdir()
    (tmp_path / "script" / "measure.py").write_text((ROOT / "script" / "measure.py").read_text())
    (tmp_path / "benches" / "sample.py").write_text(body)
    command = [sys.executable, tmp_path / "script" / "measure.py", "sample", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_bench_answers_with_json_and_nothing_else(tmp_path):
    done = _measure(tmp_path, f"def run():\n    print('warming up')\n    return {ANSWER}\n", "--json")
    assert json.loads(done.stdout) == json.loads(ANSWER)
    assert "warming up" in done.stderr


def test_a_bench_that_keeps_something_back_fails(tmp_path):
    done = _measure(tmp_path, "def run():\n    return {'name': 'sample', 'figure': 1}\n")
    assert done.returncode == 1
    assert "ratio" in done.stderr


def test_a_bench_may_be_asked_for_more(tmp_path):
    body = (
        "def options(parser):\n    parser.add_argument('--size', type=int, default=1)\n"
        f"def run(asked):\n    return {{**{ANSWER}, 'figure': asked.size}}\n"
    )
    done = _measure(tmp_path, body, "--json", "--size", "7")
    assert json.loads(done.stdout)["figure"] == 7


def test_a_bench_refuses_what_it_does_not_know(tmp_path):
    done = _measure(tmp_path, f"def run():\n    return {ANSWER}\n", "--size", "7")
    assert done.returncode == 2
    assert "--size" in done.stderr


def _bench(*arguments):
    command = [sys.executable, ROOT / "script" / "bench", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_benches_are_listed_with_what_they_measure():
    listed = dict(line.split(maxsplit=1) for line in _bench().stdout.splitlines())
    assert set(listed) == {path.stem for path in (ROOT / "benches").glob("[!_]*.py")}


def test_an_unknown_bench_is_answered_with_those_there_are():
    done = _bench("nothing")
    assert done.returncode == 1
    assert "There is no bench nothing" in done.stderr
