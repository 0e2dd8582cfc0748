"""Machine code and results of long work are used again as long as nothing changes on which they
depend.

A fingerprint says so of a function and of a module. Most tests edit a small package of compiled
functions.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from houses import CALL, FUNCTIONS, RESULT, House, Package, functions, output, start

from sim import cache_folder, fingerprints
from sim.engine import binding, rounds, stages
from sim.version import __version__

# Fingerprints.


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Package]:
    """The package, which this process imports anew."""
    package = Package(tmp_path)
    monkeypatch.syspath_prepend(str(package.folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield package
    for module in [name for name in sys.modules if name.partition(".")[0] == "package"]:
        del sys.modules[module]


def fingerprints_of_the_package() -> tuple[str, str]:
    """Those of the function `caller` and of its module."""
    caller = import_module("package.caller").caller
    return fingerprints.of_function(caller), fingerprints.of_module("package.caller")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The fingerprints of the package as it is, in a process of its own."""
    return (
        Package(tmp_path_factory.mktemp("unchanged"))
        .run(
            "from package.caller import caller; from sim.fingerprints import of_function,"
            " of_module; print(of_function(caller), of_module('package.caller'))"
        )
        .split()
    )


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("formula", "Twice x, and something.", "x, doubled."),
        ("formula", '    """Twice x, and something."""\n', ""),
        ("formula", "@compiled\ndef formula", "# why\n\n\n@compiled\ndef formula"),
        ("formula", "STEEPNESS * x * TABLE[0]", "(STEEPNESS * x  *  TABLE[0])"),
        ("layout", '    """Two numbers."""', '    """Numbers."""'),
        ("caller", '"""Who calls it."""', ""),
        ("apart", "VALUE = 1", "VALUE = 2"),
    ],
)
def test_words_and_what_stands_apart_change_no_fingerprint(package, before, file, old, new):
    package.change(file, old, new)
    assert [*fingerprints_of_the_package()] == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("formula", "STEEPNESS * x", "x * STEEPNESS"),
        ("formula", "    return x\n", "    return x + 1\n"),  # below the function that calls it
        ("formula", "@compiled\ndef something", "@compiled_unchecked\ndef something"),
        ("formula", "def something(x):", "def something(x, y=1):"),
        ("formula", "STEEPNESS = 2.0", "STEEPNESS = 3.0"),
        ("formula", "np.array([1.0, 2.0])", "np.array([1.0, 3.0])"),
        ("layout", '["base", "slope"]', '["slope", "base"]'),
        ("layout", "    reach: object\n    limit: object", "    limit: object\n    reach: object"),
        ("layout", '["base", "slope"])(0, 1)', '["base", "slope", "end"])(0, 1, 2)'),
        ("caller", "formula.formula(", "formula.other("),
    ],
)
def test_whatever_machine_code_depends_on_changes_the_fingerprint(package, before, file, old, new):
    package.change(file, old, new)
    after = fingerprints_of_the_package()
    assert after[0] != before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("formula", "def other(x):\n    return x", "def other(x):\n    return 2 * x"),
        ("layout", '["some", "more"]', '["more", "some"]'),
    ],
)
def test_what_a_function_does_not_reach_changes_its_module_alone(package, before, file, old, new):
    package.change(file, old, new)
    after = fingerprints_of_the_package()
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_a_fingerprint_is_of_what_was_imported(package: Package, before: list[str]) -> None:
    caller = import_module("package.caller").caller
    package.change("formula", "return x", "return 2 * x")
    package.change("layout", "    reach: object\n", "")
    assert fingerprints.of_function(caller) == before[0]


@pytest.mark.parametrize("stage", [module.name for module in iter_modules(stages.__path__)])
def test_the_round_depends_on_every_function_of_its_stages(stage) -> None:
    module = import_module(f"{stages.__name__}.{stage}")
    own = {
        value.py_func
        for value in vars(module).values()
        if getattr(value, "py_func", None) and value.py_func.__module__ == module.__name__
    }
    assert own
    assert own <= fingerprints.reachable(rounds.play).keys()


def test_a_constant_that_cannot_be_compared_is_refused(package: Package) -> None:
    package.change("formula", "STEEPNESS = 2.0", "STEEPNESS = {}")
    with pytest.raises(TypeError, match=r"a compiled function reads \{\}"):
        fingerprints_of_the_package()


def test_a_moved_dial_changes_the_fingerprint_of_who_reads_it(monkeypatch) -> None:
    before = fingerprints.of_function(binding.in_force)
    monkeypatch.setattr(binding, "AT", binding.AT._replace(ratification_needed=0))
    for remembered in (fingerprints._part, fingerprints._read):
        remembered.cache_clear()
    assert fingerprints.of_function(binding.in_force) != before
    for remembered in (fingerprints._part, fingerprints._read):
        remembered.cache_clear()


# Machine code and results.


@pytest.fixture(scope="module")
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and its machine code."""
    folder = tmp_path_factory.mktemp("compiled")
    assert Package(folder).call() == RESULT
    return folder


@pytest.fixture
def compiled_package(compiled_once: Path, tmp_path: Path) -> Package:
    """A copy of the package, compiled."""
    package = Package(tmp_path)
    shutil.copytree(compiled_once / "cache", package.cache)
    assert functions(set(package.machine_code())) == FUNCTIONS
    return package


def test_words_recompile_nothing(compiled_package: Package) -> None:
    package = compiled_package
    before = package.machine_code()
    package.change("caller", '"""Who calls it."""', '"""Who\n\ncalls it."""')
    package.change("caller", '"""The formula, of a dial."""', "# The formula.")
    package.change("formula", '"""Twice x, ', '"""x doubled, ')
    assert package.call() == RESULT
    assert package.machine_code() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "result", "readers"),
    [
        ("formula", "    return x\n", "    return x + 1\n", 20.0, FUNCTIONS),
        ("formula", "STEEPNESS = 2.0", "STEEPNESS = 3.0", 24.0, {"caller", "formula"}),
        ("layout", '["base", "slope"]', '["slope", "base"]', 42.0, {"caller"}),  # a moved dial
        ("layout", "reach: object\n    limit", "limit: object\n    reach", 54.0, {"caller"}),
        ("layout", '["level", "trend"]', '["trend", "level"]', 45.0, {"caller"}),
    ],
)
def test_an_edit_gives_another_result_and_recompiles_what_reads_it(
    compiled_package, file, old, new, result, readers
):
    package = compiled_package
    before = package.machine_code()
    package.change(file, old, new)
    assert package.call() == result
    after = package.machine_code()
    assert functions(after.keys() - before.keys()) == readers
    assert {path: after[path] for path in before} == before


def test_who_compiles_after_an_edit_leaves_no_old_code_under_a_new_name(tmp_path: Path) -> None:
    package = Package(tmp_path)
    late = (
        "from package.caller import caller; import package.formula; from pathlib import Path;"
        " path = Path(package.formula.__file__);"
        " path.write_text(path.read_text().replace('= 2.0', '= 3.0'));"
    )
    assert float(package.run(f"{late} {CALL}")) == RESULT
    assert package.call() == 24.0


@pytest.mark.long
def test_results_of_long_work_outlive_words_and_no_formula(tmp_path: Path) -> None:
    house = House(tmp_path)
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

A_COMPILATION = f"""
from sim.compilation import compilation_reported
with compilation_reported(lambda ready, total: print(ready, total)):
    {CALL}
    {CALL}
"""


@pytest.mark.long
def test_compilation_is_reported_until_all_functions_are_ready_and_never_again(
    tmp_path: Path,
) -> None:
    package = Package(tmp_path)
    lines = package.run(A_COMPILATION).splitlines()
    assert lines[-3:] == ["3 3", str(RESULT), str(RESULT)]
    assert package.run(A_COMPILATION).splitlines() == [str(RESULT)] * 2


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
    tmp_path: Path,
) -> None:
    program = (
        "from sim.commands.printing import reporting; from sim.evidence.motive_values import"
        " fill_with_pulse\nimport numpy as np\nwith reporting('Working'):\n    fill_with_pulse(0.5,"
        " np.arange(3), np.zeros(3))"
    )
    environment = {"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": ""}
    texts = []
    for _ in range(2):
        terminal, standard_error = os.openpty()
        with ThreadPoolExecutor() as pool:
            text = pool.submit(text_from, terminal)
            try:
                assert output(start(program, environment, standard_error)) == ""
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
    output(start(program, {"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": ""}))
