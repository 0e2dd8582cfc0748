"""The name parley: the same objects as sim's, found beside folders and files of the same names."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import parley
import parley.scenario.scenario
import sim
import sim.scenario
from parley.parameters import DIALS
from sim.sweeps.executors import _begin_worker

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = "raise SystemExit('a namesake was imported')\n"
OF_A_SWEEP = """
import parley
of = {"scenario": "paris-call-2018", "levers": {"monitoring": [0.1]}, "outcomes": ["signatories"]}
print(parley.sweep(of, replicates=1, executor="processes", workers=1).runs)
"""


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The interpreter in *cwd*, which comes first on its path, with these sources after it."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(params=["sim/__init__.py", "sim.py", "scenarios/__init__.py", "dashboard.py"])
def beside(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with a file of one's own, under a name of ours."""
    file = tmp_path / request.param
    file.parent.mkdir(exist_ok=True)
    file.write_text(FOREIGN, encoding="utf-8")
    return tmp_path


def test_parley_has_the_objects_of_sim():
    assert parley is sim
    assert parley.scenario.scenario.Scenario is sim.Scenario
    assert DIALS is sim.DIALS
    assert sys.modules["parley.scenario"] is sim.scenario
    assert sim.scenario.__spec__.name == "sim.scenario"
    scenario = parley.load("paris-call-2018")
    assert type(pickle.loads(pickle.dumps(scenario))) is sim.Scenario


def test_an_unknown_name_is_refused_as_of_any_module():
    with pytest.raises(ModuleNotFoundError, match=r"sim\.nothing"):
        __import__("parley.nothing")
    with pytest.raises(AttributeError, match=r"Parley's package sim \(.*\) has no attribute"):
        _ = parley.nothing


def test_a_script_imports_parley_beside_namesakes(beside):
    script = beside / "script.py"
    script.write_text(
        "import parley\nfrom parley.errors import InputError\nimport sim.errors\n"
        "assert sim.errors.InputError is InputError is parley.InputError\n"
        "print(parley.load('paris-call-2018').title, parley.__file__)\n",
        encoding="utf-8",
    )
    process = python("script.py", cwd=beside)
    assert process.stdout.split() == ["The", "Paris", "Call,", "2018", str(Path(sim.__file__))]
    assert process.stderr == ""


def test_the_command_runs_beside_namesakes(beside):
    process = python("-m", "parley", "list", cwd=beside)
    assert "paris-call-2018" in process.stdout
    process = python("-m", "parley", "class", "--slides", "slides.html", cwd=beside)
    assert process.stdout.startswith("Wrote ")
    assert process.stderr == ""


def test_where_another_sim_was_imported_first_one_sentence_says_which_file_it_is(tmp_path):
    (tmp_path / "sim.py").touch()
    process = python("-c", "import sim, parley", cwd=tmp_path)
    last = process.stderr.splitlines()[-1]
    assert f"{tmp_path / 'sim.py'} answers to the name sim" in last


@pytest.mark.long
def test_worker_processes_find_parley_beside_a_namesake_without_a_script(tmp_path):
    (tmp_path / "sim.py").write_text(FOREIGN, encoding="utf-8")
    process = python("-c", OF_A_SWEEP, cwd=tmp_path)
    assert process.stdout.strip() == "1", process.stderr


def test_a_worker_begins_by_way_of_parley():
    assert b"parley.sweeps.executors" in pickle.dumps(_begin_worker)


@pytest.mark.parametrize("arguments", [["--version"], ["version"]])
def test_the_version_is_printed_without_the_numerical_packages(arguments):
    process = python("-X", "importtime", "-m", "parley", *arguments, cwd=ROOT)
    assert process.returncode == 0
    assert process.stdout == f"parley {sim.__version__}\n"
    modules = {line.rpartition("|")[2].strip() for line in process.stderr.splitlines()}
    assert modules & {"numba", "pandas", "scipy", "dash", "mesa", "pyarrow"} == set()
