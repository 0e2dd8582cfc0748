"""What works with the packages of the base alone, and the sentence about what does not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sim.errors import InputError
from sim.extras import extra

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]
WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
"""


def modules_of(*extras: str) -> set[str]:
    """The top-level modules of the packages that *extras* name."""
    wanted = {canonicalize_name(Requirement(line).name) for name in extras for line in EXTRAS[name]}
    return {
        module
        for module, packages in packages_distributions().items()
        if wanted & {canonicalize_name(package) for package in packages}
    }


@pytest.fixture
def base(tmp_path: Path) -> dict[str, str]:
    """An environment in which no module of the extras of the pages and analyses can be imported."""
    names = modules_of("analysis", "dashboard")
    assert {"dash", "flask", "SALib", "sklearn", "matplotlib", "sqlalchemy"} <= names
    (tmp_path / "sitecustomize.py").write_text(WITHOUT.format(names=names), encoding="utf-8")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}


def parley(*arguments: str, env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "parley", *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_base_runs_the_paris_call(base, tmp_path):
    process = parley("run", "paris-call-2018", "--replicates", "1", env=base, cwd=tmp_path)
    assert process.returncode == 0, process.stderr
    assert process.stdout.startswith("The Paris Call, 2018: 1 simulated world")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["dashboard"], "dashboard"),
        (["class"], "dashboard"),
        (["class", "--slides", "slides.html"], "dashboard"),
        (["backtest"], "analysis"),
        (["evidence", "--out", "folder"], "analysis"),
        (["sweep", "what-moves-signing", "--out", "folder"], "analysis"),
    ],
)
def test_a_command_without_its_extra_says_how_to_install_it(base, tmp_path, command, name):
    process = parley(*command, env=base, cwd=tmp_path)
    assert process.returncode == 2, process.stderr
    last = process.stderr.strip().splitlines()[-1]
    sentence = (
        rf"parley: [\w ]+: \w+ is not installed, expected it: .* `{name}` \(pip install '\.\["
    )
    assert re.match(sentence, last), last
    assert "Traceback" not in process.stderr


def test_a_mistake_of_our_own_is_no_missing_package():
    with pytest.raises(ModuleNotFoundError), extra("dashboard", "here"):
        __import__("sim.nothing")
    with pytest.raises(InputError, match=r"^here: nothing_of_this_name is not installed"):
        with extra("analysis", "here"):
            __import__("nothing_of_this_name.part")
