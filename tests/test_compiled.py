"""Machine code and results of long work are used again as long as nothing changes on which they
depend.

A fingerprint says so of a function and of a module. Most tests edit a copy of the sources.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from sim import cache_folder
from sim.version import __version__

ROOT = Path(__file__).resolve().parent.parent


def edit(path: Path, old: str, new: str) -> None:
    """Write *new* in place of *old*, which must be there, into the file *path*."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def run(program: str, environment: dict[str, str], standard_error: int = subprocess.PIPE) -> str:
    """What a new interpreter prints that runs *program*; it must succeed."""
    process = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=standard_error,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout


# Fingerprints: a small package stands in for ours.

# A package in which a function leads to another one, to a constant, to a column and to arrays.
PACKAGE = {
    "__init__": "",
    "decorators": (
        """
def compiled(function): return function
def compiled_unchecked(function): return function
"""
    ),
    "formula": (
        '''
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
'''
    ),
    "layout": (
        '''
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
'''
    ),
    "caller": (
        '''
"""Who calls it."""
from package import formula
from package.decorators import compiled
from package.layout import AT

@compiled
def caller(wide, narrow, dials):
    """The formula, of a dial."""
    return formula.formula(dials[AT.base]) * wide.level[0] * narrow.reach[0]
'''
    ),
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
        """Those of the function `caller` and of its module."""
        program = (
            "from package.caller import caller; from sim.fingerprints import of_function,"
            " of_module; print(of_function(caller), of_module('package.caller'))"
        )
        return run(program, {"PYTHONPATH": f"{self.folder.parent}{os.pathsep}{ROOT}"}).split()


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
def test_words_and_what_stands_apart_change_no_fingerprint(package, before, file, old, new):
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
def test_whatever_machine_code_depends_on_changes_the_fingerprint(package, before, file, old, new):
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
def test_what_a_function_does_not_reach_changes_its_module_alone(package, before, file, old, new):
    package.change(file, old, new)
    after = package.fingerprints()
    assert after[0] == before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize(("file", "old", "new"), [
    ("formula", "return x", "return 2 * x"),
    ("layout", '["level", "trend"]', '["trend", "level"]'),
])  # fmt: skip
def test_a_fingerprint_is_of_the_sources_that_were_imported(package, before, file, old, new):
    program = (
        "from pathlib import Path; from package import caller; from sim.fingerprints import note,"
        " of_function; import package.formula; [note(f) for f in (caller.caller,"
        f" package.formula.formula)]; path = Path(caller.__file__).with_name('{file}.py');"
        f" path.write_text(path.read_text().replace({old!r}, {new!r}));"
        " print(of_function(caller.caller))"
    )
    after = run(program, {"PYTHONPATH": f"{package.folder.parent}{os.pathsep}{ROOT}"}).strip()
    assert after == before[0]


def test_a_constant_that_cannot_be_compared_is_refused(package: Package) -> None:
    package.change("formula", "STEEPNESS = 2.0", "STEEPNESS = {}")
    with pytest.raises(AssertionError, match=r"a compiled function reads \{\}"):
        package.fingerprints()


# Machine code and results.


class House:
    """A copy of the sources and a cache folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder / "house", folder / "cache"
        for name in ("sim", "dashboard", "scenarios"):
            shutil.copytree(
                ROOT / name,
                self.folder / name,
                ignore=shutil.ignore_patterns("__pycache__", "assets"),
            )

    def edit(self, file: str, old: str, new: str) -> None:
        edit(self.folder / file, old, new)

    def run(self, program: str, standard_error: int = subprocess.PIPE) -> str:
        """What *program* prints."""
        environment = {
            "PYTHONPATH": str(self.folder),
            "XDG_CACHE_HOME": str(self.cache),
            "LOCALAPPDATA": "",
        }
        return run(program, environment, standard_error)

    def machine_code(self) -> dict[str, int]:
        """Every file of machine code, by its function's name and fingerprint, and when it was
        written.
        """
        files = (self.cache / "parley" / "compiled").rglob("*.nbc")
        return {f"{file.name} {file.parent.parent.name}": file.stat().st_mtime_ns for file in files}

    def chance(self) -> float:
        """The chance of signing for a value of 1 and a rationality of 2."""
        return float(
            self.run(
                "from sim.theory.signing import chance_of_signing; print(chance_of_signing(1.0,"
                " 2.0))"
            )
        )

    def is_in_force(self) -> bool:
        """Whether a declaration that needs no ratification is in force."""
        return (
            self.run(
                "import numpy as np; from sim.parameters import AT; from sim.engine.arrays import"
                " CODE_VARIABLES; from sim.engine.binding import in_force; codes = np.recarray(1,"
                " CODE_VARIABLES); codes.is_open[0] = 1; print(in_force(codes[0],"
                " np.zeros(len(AT))))"
            ).strip()
            == "True"
        )


def functions(machine_code: Iterable[str]) -> set[str]:
    """The functions whose machine code is in these files."""
    return {name.partition("-")[0] for name in machine_code}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    copy = House(tmp_path_factory.mktemp("house"))
    copy.chance()
    copy.is_in_force()
    return copy


def test_words_recompile_nothing(house: House) -> None:
    before = house.machine_code()
    assert functions(before) == {
        "signing.chance_of_signing",
        "elementary.logistic",
        "elementary.exponential",
        "binding.in_force",
    }
    house.edit("dashboard/app.py", '"""', '"""Edited. ')
    house.edit("sim/evidence/calibrate.py", '"""', '"""Edited. ')
    house.edit("sim/theory/elementary.py", '"""', '"""Edited. ')
    house.edit("sim/engine/stages/learn.py", '"""', '"""Edited. ')
    house.edit("sim/dials/conduct.py", 'meaning="', 'meaning="Edited: ')
    house.chance()
    house.is_in_force()
    assert house.machine_code() == before


def test_an_edited_formula_gives_another_result_and_leaves_other_functions(house: House) -> None:
    chance, before = house.chance(), house.machine_code()
    curve, half = "return 1.0 / (1.0 + exponential(-v))", "return 0.5 / (1.0 + exponential(-v))"
    house.edit("sim/theory/elementary.py", curve, half)
    assert house.chance() == 0.5 * chance
    new = house.machine_code().keys() - before.keys()
    assert functions(new) == {"signing.chance_of_signing", "elementary.logistic"}
    house.edit("sim/theory/elementary.py", half, curve)
    assert house.chance() == chance


def test_an_edited_stage_and_a_moved_dial_recompile_what_reads_them(house: House) -> None:
    before = house.machine_code()
    house.edit("sim/engine/binding.py", "or code.in_force == 1", "or code.in_force != 0")
    assert house.is_in_force()
    stage = house.machine_code()
    assert functions(stage.keys() - before.keys()) == {"binding.in_force"}
    house.edit(
        "sim/struct_of_arrays.py",
        "in enumerate(model.elements)",
        "in enumerate(tuple(model.elements))",
    )
    assert house.is_in_force()
    assert functions(house.machine_code().keys() - stage.keys()) == {"binding.in_force"}
    stage = house.machine_code()
    columns, others = "list(DIALS))(*range(len(DIALS)))", '["new", *DIALS])(*range(1 + len(DIALS)))'
    house.edit("sim/parameters.py", columns, others)
    assert house.is_in_force()
    assert functions(house.machine_code().keys() - stage.keys()) == {"binding.in_force"}


@pytest.mark.long
def test_results_of_long_work_outlive_words_and_no_formula(house: House) -> None:
    program = (
        "import dashboard.data.questions, sim; from sim.evidence.checkpoints import Checkpoints; "
        "checkpoints = Checkpoints('sums', 'sim.evidence.calibrate'); "
        "checkpoints.one('a', lambda: print('computed') or 1); "
        "print(sim.result_folder('jobs', 'dashboard.data.questions'))"
    )
    first, jobs = house.run(program).split()
    assert first == "computed"
    house.edit("sim/evidence/calibrate.py", '"""', '"""Edited. ')
    house.edit("sim/theory/attention.py", '"""', '"""Edited. ')
    house.edit("dashboard/data/questions.py", '"""', '"""Edited. ')
    assert house.run(program).split() == [jobs]
    for file, old, new in (
        (
            "sim/theory/attention.py",
            "(1.0 - attention_club * in_club)",
            "(1.0 - in_club * attention_club)",
        ),
        ("sim/evidence/maximise.py", "\n\n\n", "\n\n\nTOLERANCE = 1\n\n\n"),
        ("scenarios/data/paris_call_milestones.csv", "2018", "2017"),
        ("sim/version.py", __version__, "99.0"),
    ):
        house.edit(file, old, new)
        again, others = house.run(program).split()
        assert again == "computed", file
        assert others != jobs, file
        jobs = others


# Its progress.

A_COMPILATION = """
from sim.compilation import compilation_reported
from sim.theory.publication import round_of_publication
with compilation_reported(lambda ready, total: print(ready, total)):
    round_of_publication(1, 0.5, 0.5)
    round_of_publication(1, 0.5, 0.5)
"""


@pytest.mark.long
def test_compilation_is_reported_until_all_functions_are_ready_and_never_again(
    house: House,
) -> None:
    assert house.run(A_COMPILATION).splitlines()[-1] == "1 1"
    assert house.run(A_COMPILATION) == ""


def text_from(terminal: int) -> str:
    """All that is written to a pseudo-terminal until its other end is closed."""
    parts = []
    with suppress(OSError):  # Linux: the other end is closed
        while part := os.read(terminal, 1 << 16):
            parts.append(part)
    return b"".join(parts).decode()


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_a_command_shows_compilation_on_the_standard_error_alone_and_only_then(
    house: House,
) -> None:
    program = (
        "from sim.commands.printing import reporting; from sim.evidence.motive_values import"
        " fill_with_pulse\nimport numpy as np\nwith reporting('Working'):\n    fill_with_pulse(0.5,"
        " np.arange(3), np.zeros(3))"
    )
    texts = []
    for _ in range(2):
        terminal, standard_error = os.openpty()
        with ThreadPoolExecutor() as pool:
            text = pool.submit(text_from, terminal)
            try:
                assert house.run(program, standard_error) == ""
            finally:
                os.close(standard_error)  # the reader waits for that
            texts.append(text.result())
        os.close(terminal)
    assert ["Compiling" in text for text in texts] == [True, False]
    assert ["Working" in text for text in texts] == [True, True]


# The cache folder.


def test_what_nobody_used_for_a_month_is_removed_when_something_new_comes(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_folder, "CACHE_FOLDER", tmp_path)
    long_ago = time.time() - (cache_folder.DAYS_UNUSED + 1) * 86400
    folders = [cache_folder.used_folder("kind", name) for name in ("old", "used")]
    for folder in folders:
        (folder / "file").touch()
        os.utime(folder, (long_ago, long_ago))
    cache_folder.used_folder("kind", "used")
    cache_folder.used_folder("kind", "new")
    assert {path.name for path in (tmp_path / "kind").iterdir()} == {"used", "new"}


def test_compilation_leaves_the_cache_of_other_packages_where_it_was(tmp_path: Path) -> None:
    program = (
        "import numba; before = numba.config.CACHE_DIR; import sim.engine.random_streams; "
        "assert numba.config.CACHE_DIR == before"
    )
    run(program, {"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": ""})
