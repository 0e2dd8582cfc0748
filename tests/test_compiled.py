"""Compiled code and results of long work are used again exactly as long as nothing changes on which they depend."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim import compiled
from sim.version import __version__

ROOT = Path(__file__).resolve().parent.parent

# A package in which a function leads to another one, to a constant, to a column and to arrays.
PACKAGE = {
    "__init__": "",
    "decorators": """
def compiled(function): return function
def compiled_unchecked(function): return function
""",
    "formula": '''
"""A formula."""
import numpy as np
from package.decorators import compiled, compiled_unchecked

STEEPNESS = 2.0
TABLE = np.array([1.0, 2.0])

@compiled
def formula(x):
    """Twice x, and something."""
    return STEEPNESS * x * TABLE[0] + something(x)

@compiled
def something(x):
    return x

@compiled
def other(x):
    return x
''',
    "layout": '''
"""Columns and arrays."""
from collections import namedtuple
from typing import NamedTuple

AT = namedtuple("AT", ["base", "slope"])(0, 1)
Wide = namedtuple("Wide", ["level", "trend"])
Unread = namedtuple("Unread", ["some", "more"])

class Narrow(NamedTuple):
    """One array."""
    reach: object
    limit: object
''',
    "caller": '''
"""Who calls it."""
from package import formula
from package.decorators import compiled
from package.layout import AT

@compiled
def caller(wide, narrow, dials):
    """The formula, of a dial."""
    return formula.formula(dials[AT.base]) * wide.level[0] * narrow.reach[0]
''',
    "apart": "VALUE = 1",
}


class Package:
    """The package above in a folder, where one file after the other may be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "package"
        self.folder.mkdir()
        for name, text in PACKAGE.items():
            (self.folder / f"{name}.py").write_text(text, encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        edit(self.folder / f"{file}.py", old, new)

    def fingerprints(self) -> list[str]:
        """Of the function `caller`, and of its module."""
        program = (
            "from package.caller import caller; from sim.fingerprints import of_function, of_module; "
            "print(of_function(caller), of_module('package.caller'))"
        )
        return run(program, {"PYTHONPATH": f"{self.folder.parent}{os.pathsep}{ROOT}"}).split()


def edit(path: Path, old: str, new: str) -> None:
    """Write *new* in place of *old*, which must be there, into the file *path*."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def run(program: str, environment: dict[str, str]) -> str:
    """What a new interpreter prints that runs *program*; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], env={**os.environ, **environment}, capture_output=True, text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return Package(tmp_path)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The fingerprints of the package as it is."""
    return Package(tmp_path_factory.mktemp("unchanged")).fingerprints()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("formula", "Twice x, and something.", "x, doubled."),
        ("formula", '    """Twice x, and something."""\n', ""),
        ("formula", "@compiled\ndef formula", "# why\n\n\n@compiled\ndef formula"),
        ("formula", "STEEPNESS * x * TABLE[0]", "(STEEPNESS * x  *  TABLE[0])"),
        ("layout", '    """One array."""', '    """Two arrays."""'),
        ("caller", '"""Who calls it."""', ""),
        ("apart", "VALUE = 1", "VALUE = 2"),
    ],
)
def test_words_and_what_stands_apart_change_no_fingerprint(
    package: Package, before: list[str], file: str, old: str, new: str
) -> None:
    package.change(file, old, new)
    assert package.fingerprints() == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("formula", "STEEPNESS * x", "x * STEEPNESS"),
        ("formula", "    return x\n", "    return x + 1\n"),  # below the function that calls it
        ("formula", "@compiled\ndef something", "@compiled_unchecked\ndef something"),
        ("formula", "STEEPNESS = 2.0", "STEEPNESS = 3.0"),
        ("formula", "np.array([1.0, 2.0])", "np.array([1.0, 3.0])"),
        ("layout", '["base", "slope"]', '["slope", "base"]'),
        ("layout", '["level", "trend"]', '["trend", "level"]'),
        ("layout", "    reach: object\n    limit: object", "    limit: object\n    reach: object"),
        ("layout", 'namedtuple("Wide"', 'namedtuple("Wider"'),
        ("caller", "formula.formula(", "formula.other("),
    ],
)
def test_whatever_machine_code_depends_on_changes_the_fingerprint(
    package: Package, before: list[str], file: str, old: str, new: str
) -> None:
    package.change(file, old, new)
    after = package.fingerprints()
    assert after[0] != before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("formula", "def other(x):\n    return x", "def other(x):\n    return 2 * x"),
        ("layout", '["base", "slope"])(0, 1)', '["base", "slope", "end"])(0, 1, 2)'),
        ("layout", '["some", "more"]', '["more", "some"]'),
    ],
)
def test_what_a_function_does_not_reach_changes_its_module_alone(
    package: Package, before: list[str], file: str, old: str, new: str
) -> None:
    package.change(file, old, new)
    after = package.fingerprints()
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_a_constant_that_cannot_be_compared_is_refused(package: Package) -> None:
    package.change("formula", "STEEPNESS = 2.0", "STEEPNESS = {}")
    with pytest.raises(AssertionError, match=r"a compiled function reads \{\}"):
        package.fingerprints()


# Parley itself, in a copy that may be edited.


class House:
    """A copy of the sources and a cache folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder / "house", folder / "cache"
        for name in ("sim", "dashboard", "scenarios"):
            shutil.copytree(ROOT / name, self.folder / name, ignore=shutil.ignore_patterns("__pycache__", "assets"))

    def edit(self, file: str, old: str, new: str) -> None:
        edit(self.folder / file, old, new)

    def run(self, program: str) -> str:
        return run(program, {"PYTHONPATH": str(self.folder), "XDG_CACHE_HOME": str(self.cache), "LOCALAPPDATA": ""})

    def machine_code(self) -> dict[str, int]:
        """Every file of machine code, by its function's name and fingerprint, and when it was written."""
        files = (self.cache / "parley" / "compiled").rglob("*.nbc")
        return {f"{file.name} {file.parent.parent.name}": file.stat().st_mtime_ns for file in files}

    def chance(self) -> float:
        """The chance of signing, and whether a declaration has consequences, asked from compiled code."""
        return float(
            self.run(
                "import numpy as np; from sim.parameters import AT; from sim.engine.arrays import CODE_VARIABLES; "
                "from sim.engine.stages.treaty import in_force; from sim.theory.choice import chance_of_signing; "
                "assert in_force(np.recarray(1, CODE_VARIABLES)[0], np.zeros(len(AT))); "
                "print(chance_of_signing(1.0, 2.0))"
            )
        )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    built = House(tmp_path_factory.mktemp("house"))
    built.chance()
    return built


def test_words_recompile_nothing(house: House) -> None:
    before = house.machine_code()
    assert {name.partition("-")[0] for name in before} >= {"choice.chance_of_signing", "treaty.in_force"}
    chance = house.chance()
    house.edit("dashboard/app.py", '"""', '"""Edited. ')
    house.edit("sim/evidence/calibrate.py", '"""', '"""Edited. ')
    house.edit("sim/theory/elementary.py", '"""', '"""Edited. ')
    house.edit("sim/engine/stages/learn.py", '"""', '"""Edited. ')
    house.edit("sim/parameters/conduct.py", 'meaning="', 'meaning="Edited: ')
    assert house.chance() == chance
    assert house.machine_code() == before


def test_an_edited_formula_gives_another_result_and_leaves_other_functions(house: House) -> None:
    chance, before = house.chance(), house.machine_code()
    curve, half = "return 1.0 / (1.0 + exponential(-v))", "return 0.5 / (1.0 + exponential(-v))"
    house.edit("sim/theory/elementary.py", curve, half)
    assert house.chance() == 0.5 * chance
    written = {name.partition("-")[0] for name in house.machine_code().keys() - before.keys()}
    assert written == {"choice.chance_of_signing", "elementary.logistic"}
    house.edit("sim/theory/elementary.py", half, curve)
    assert house.chance() == chance


def test_an_edited_stage_and_a_new_dial_recompile_what_reads_them(house: House) -> None:
    before = house.machine_code()
    house.edit("sim/engine/stages/treaty.py", "or code.in_force == 1", "or code.in_force != 0")
    house.chance()
    stage = house.machine_code()
    assert {name.partition("-")[0] for name in stage.keys() - before.keys()} == {"treaty.in_force"}
    columns, moved = "list(DIALS))(*range(len(DIALS)))", '["new", *DIALS])(*range(1 + len(DIALS)))'
    house.edit("sim/parameters/__init__.py", columns, moved)
    house.chance()
    written = {name.partition("-")[0] for name in house.machine_code().keys() - stage.keys()}
    assert written == {"treaty.in_force"}


def test_results_of_long_work_outlive_words_and_no_formula(house: House) -> None:
    program = (
        "import dashboard.data.questions, sim; from sim.evidence.checkpoints import Parts; "
        "parts = Parts('sums', 'sim.evidence.calibrate'); "
        "parts.one('a', lambda: print('computed') or 1); print(sim.result_folder('jobs', 'dashboard.data.questions'))"
    )
    first, jobs = house.run(program).split()
    assert first == "computed"
    house.edit("sim/evidence/calibrate.py", '"""', '"""Edited. ')
    house.edit("sim/theory/choice.py", '"""', '"""Edited. ')
    house.edit("dashboard/data/questions.py", '"""', '"""Edited. ')
    assert house.run(program).split() == [jobs]
    for file, old, new in (
        ("sim/theory/choice.py", "rationality * value", "value * rationality"),
        ("sim/evidence/newton.py", "\n\n\n", "\n\n\nTOLERANCE = 1\n\n\n"),
        ("scenarios/data/paris_call_milestones.csv", "2018", "2017"),
        ("sim/version.py", __version__, "99.0"),
    ):
        house.edit(file, old, new)
        again, others = house.run(program).split()
        assert again == "computed", file
        assert others != jobs, file
        jobs = others


# The folder of the cache.


def test_what_nobody_used_for_a_month_is_removed_when_something_new_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "CACHE_FOLDER", tmp_path)
    long_ago = time.time() - (compiled.DAYS_UNUSED + 1) * 86400
    unused, used = (compiled.used_folder("kind", name) for name in ("unused", "used"))
    for folder in (unused, used):
        (folder / "file").touch()
        os.utime(folder, (long_ago, long_ago))
    compiled.used_folder("kind", "used")
    compiled.used_folder("kind", "new")
    assert {path.name for path in (tmp_path / "kind").iterdir()} == {"used", "new"}


def test_compilation_leaves_the_cache_of_other_packages_where_it_was(tmp_path: Path) -> None:
    program = (
        "import numba; before = numba.config.CACHE_DIR; import sim.engine.random_streams; "
        "assert numba.config.CACHE_DIR == before"
    )
    run(program, {"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": ""})
