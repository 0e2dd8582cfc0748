"""Compiled code and results of long work are used again exactly as long as nothing changes on which they depend.

Most of it is tried on a copy of the sources, which may be edited.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sources import ROOT, edit, run

from sim import compiled
from sim.version import __version__


class House:
    """A copy of the sources and a cache folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder / "house", folder / "cache"
        for name in ("sim", "dashboard", "scenarios"):
            shutil.copytree(ROOT / name, self.folder / name, ignore=shutil.ignore_patterns("__pycache__", "assets"))

    def edit(self, file: str, old: str, new: str) -> None:
        edit(self.folder / file, old, new)

    def run(self, program: str, standard_error: int = subprocess.PIPE) -> str:
        """What *program* prints."""
        environment = {"PYTHONPATH": str(self.folder), "XDG_CACHE_HOME": str(self.cache), "LOCALAPPDATA": ""}
        return run(program, environment, standard_error)

    def machine_code(self) -> dict[str, int]:
        """Every file of machine code, by its function's name and fingerprint, and when it was written."""
        files = (self.cache / "parley" / "compiled").rglob("*.nbc")
        return {f"{file.name} {file.parent.parent.name}": file.stat().st_mtime_ns for file in files}

    def chance(self) -> float:
        """The chance of signing for a value of 1 and a rationality of 2."""
        return float(self.run("from sim.theory.signing import chance_of_signing; print(chance_of_signing(1.0, 2.0))"))

    def is_in_force(self) -> bool:
        """Whether a declaration has consequences, read off a dial of 0."""
        return self.run(
            "import numpy as np; from sim.parameters import AT; from sim.engine.arrays import CODE_VARIABLES; "
            "from sim.engine.stages.treaty import in_force; "
            "print(in_force(np.recarray(1, CODE_VARIABLES)[0], np.zeros(len(AT))))"
        ).strip() == "True"  # fmt: skip


def functions(machine_code: Iterable[str]) -> set[str]:
    """The functions whose machine code is in these files."""
    return {name.partition("-")[0] for name in machine_code}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    built = House(tmp_path_factory.mktemp("house"))
    built.chance()
    built.is_in_force()
    return built


def test_words_recompile_nothing(house: House) -> None:
    before = house.machine_code()
    assert functions(before) == {"signing.chance_of_signing", "elementary.logistic", "elementary.exponential",
                                 "treaty.in_force"}
    house.edit("dashboard/app.py", '"""', '"""Edited. ')
    house.edit("sim/evidence/calibrate.py", '"""', '"""Edited. ')
    house.edit("sim/theory/elementary.py", '"""', '"""Edited. ')
    house.edit("sim/engine/stages/learn.py", '"""', '"""Edited. ')
    house.edit("sim/parameters/conduct.py", 'meaning="', 'meaning="Edited: ')
    house.chance()
    house.is_in_force()
    assert house.machine_code() == before


def test_an_edited_formula_gives_another_result_and_leaves_other_functions(house: House) -> None:
    chance, before = house.chance(), house.machine_code()
    curve, half = "return 1.0 / (1.0 + exponential(-v))", "return 0.5 / (1.0 + exponential(-v))"
    house.edit("sim/theory/elementary.py", curve, half)
    assert house.chance() == 0.5 * chance
    written = house.machine_code().keys() - before.keys()
    assert functions(written) == {"signing.chance_of_signing", "elementary.logistic"}
    house.edit("sim/theory/elementary.py", half, curve)
    assert house.chance() == chance


def test_an_edited_stage_and_a_moved_dial_recompile_what_reads_them(house: House) -> None:
    before = house.machine_code()
    house.edit("sim/engine/stages/treaty.py", "or code.in_force == 1", "or code.in_force != 0")
    assert house.is_in_force()
    stage = house.machine_code()
    assert functions(stage.keys() - before.keys()) == {"treaty.in_force"}
    columns, moved = "list(DIALS))(*range(len(DIALS)))", '["new", *DIALS])(*range(1 + len(DIALS)))'
    house.edit("sim/parameters/__init__.py", columns, moved)
    assert house.is_in_force()
    assert functions(house.machine_code().keys() - stage.keys()) == {"treaty.in_force"}


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
    house.edit("sim/theory/signing.py", '"""', '"""Edited. ')
    house.edit("dashboard/data/questions.py", '"""', '"""Edited. ')
    assert house.run(program).split() == [jobs]
    for file, old, new in (
        ("sim/theory/signing.py", "rationality * value", "value * rationality"),
        ("sim/evidence/maximise.py", "\n\n\n", "\n\n\nTOLERANCE = 1\n\n\n"),
        ("scenarios/data/paris_call_milestones.csv", "2018", "2017"),
        ("sim/version.py", __version__, "99.0"),
    ):
        house.edit(file, old, new)
        again, others = house.run(program).split()
        assert again == "computed", file
        assert others != jobs, file
        jobs = others


# What is seen of it.

SHOWN = """
from sim.compiled import compilation_reported
from sim.theory.publication import round_of_publication
with compilation_reported(lambda ready, total: print(ready, total)):
    round_of_publication(1, 0.5, 0.5)
    round_of_publication(1, 0.5, 0.5)
"""


def test_compilation_is_told_until_all_functions_are_ready_and_never_again(house: House) -> None:
    assert house.run(SHOWN).splitlines()[-1] == "1 1"
    assert house.run(SHOWN) == ""


def text_from(terminal: int) -> str:
    """All that is written to a pseudo-terminal until its other end is closed."""
    parts = []
    with suppress(OSError):  # which is how Linux says that it was closed
        while part := os.read(terminal, 1 << 16):
            parts.append(part)
    return b"".join(parts).decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_a_command_shows_compilation_on_the_standard_error_alone_and_only_then(house: House) -> None:
    program = (
        "from sim.commands.printing import reporting; from sim.evidence.motive_values import fill_with_pulse\n"
        "import numpy as np\n"
        "with reporting('Working'):\n    fill_with_pulse(0.5, np.arange(3), np.zeros(3))"
    )
    shown = []
    for _ in range(2):
        terminal, standard_error = os.openpty()
        with ThreadPoolExecutor() as pool:
            text = pool.submit(text_from, terminal)
            try:
                assert house.run(program, standard_error) == ""
            finally:
                os.close(standard_error)  # the reader waits for that
            shown.append(text.result())
        os.close(terminal)
    assert ["Compiling" in text for text in shown] == [True, False]
    assert ["Working" in text for text in shown] == [True, True]


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
