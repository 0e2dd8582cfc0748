"""No damaged file and no full disk stops a command: machine code is compiled anew, or kept in
memory alone.
"""

from __future__ import annotations

import shutil
import sys
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import pytest
from houses import CALL, FUNCTIONS, RESULT, Package, functions, output, start
from numba.core.registry import cpu_target

from sim import cache_folder, compilation, fingerprints, machine_code
from sim.machine_code import MachineCode

TYPES = (numba.float64,)


def double(number):
    """Twice the *number*."""
    return 2.0 * number


@pytest.fixture
def dispatcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`double`, compiled for one number."""
    monkeypatch.setattr(cache_folder, "CACHE_FOLDER", tmp_path)
    made = compilation.dispatcher(double, "compiled")
    assert made(2.0) == 4.0
    return made


def the_file(folder: Path) -> Path:
    """The only file of machine code in a *folder*."""
    (file,) = folder.rglob("*.code")
    return file


def removed(file: Path) -> None:
    file.unlink()


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def with_other_bytes(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for place in range(len(content) // 3, len(content), 97):
        content[place] ^= 0xFF
    file.write_bytes(content)


def made_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def hidden_by_a_file(file: Path) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_text("no folder")


@pytest.mark.parametrize(
    "damage", [removed, emptied, truncated, with_other_bytes, made_a_folder, hidden_by_a_file]
)
def test_a_damaged_file_of_machine_code_is_written_anew(
    dispatcher: Any, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    before = the_file(tmp_path)
    damage(before)
    again = compilation.dispatcher(double, "compiled")
    assert again(2.0) == 4.0
    assert sum(again.stats.cache_hits.values()) == 0
    assert the_file(tmp_path) == before
    last = compilation.dispatcher(double, "compiled")
    assert last(2.0) == 4.0
    assert sum(last.stats.cache_hits.values()) == 1


@pytest.mark.parametrize(
    ("kind", "fields", "other"),
    [
        ("Wide", ["level", "trend"], ["trend", "level"]),
        ("Wide", ["level", "trend"], ["level", "slope"]),
    ],
)
def test_a_named_tuple_with_other_fields_is_another_type(kind, fields, other):
    texts = {
        machine_code._text(numba.typeof((1.0, namedtuple(kind, names)(1.0, 2.0))))
        for names in (fields, other)
    }
    assert len(texts) == 2


def test_two_functions_as_arguments_are_two_types() -> None:
    def triple(number):
        return 3.0 * number

    made = [compilation.dispatcher(function, "compiled_here") for function in (double, triple)]
    assert len({machine_code._text(numba.typeof(function)) for function in made}) == 2


def test_code_for_structs_of_arrays_depends_on_how_they_are_read() -> None:
    assert fingerprints.of_module("sim.struct_of_arrays") in compilation.BASIS


def test_damaged_files_of_all_functions_lead_to_the_right_result(tmp_path: Path) -> None:
    package = Package(tmp_path)
    package.call()
    before = package.machine_code()
    for file in before:
        with_other_bytes(file)
    assert package.call() == RESULT
    again = package.machine_code()
    assert again.keys() == before.keys()
    assert all(again[file] != before[file] for file in before)


def test_several_processes_at_once_write_one_file_of_each_function(tmp_path: Path) -> None:
    package = Package(tmp_path)
    processes = [start(CALL, package.environment) for _ in range(3)]
    assert {float(output(process)) for process in processes} == {RESULT}
    files = package.machine_code()
    assert len(files) == len(FUNCTIONS)
    assert functions(set(files)) == FUNCTIONS
    assert package.call() == RESULT
    assert package.machine_code() == files


def test_what_compiled_code_alone_calls_is_read_without_machine_code_of_its_own(
    tmp_path: Path,
) -> None:
    package = Package(tmp_path)
    package.call()
    inner = package.run(
        "import numba; from package.formula import something; code ="
        " something.for_compiled(); code.compile((numba.float64,)); (made,) ="
        " code.overloads.values(); print(sum(code.stats.cache_hits.values()),"
        " made.library._codegen._engine.is_symbol_defined(made.fndesc.llvm_func_name))"
    )
    # Else whoever is compiled later would call code that is not optimised.
    assert inner.split() == ["1", "False"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_on_a_full_disk_machine_code_is_kept_in_memory_and_one_sentence_says_so(
    tmp_path: Path,
) -> None:
    package = Package(tmp_path)
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
    process = start(f"{full}{CALL}", {**package.environment, "PYTHONDONTWRITEBYTECODE": "1"})
    text, errors = process.communicate()
    assert process.returncode == 0, errors
    assert float(text) == RESULT
    (sentence,) = errors.splitlines()
    assert "compiled code cannot be kept on disk (File too large)" in sentence
    assert not [path for path in package.cache.rglob("*") if path.is_file()]


def test_where_there_is_no_folder_for_it_machine_code_is_kept_in_memory(
    monkeypatch, tmp_path, caplog
):
    machine_code._warn.cache_clear()
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder")
    monkeypatch.setattr(cache_folder, "CACHE_FOLDER", nowhere)
    made = compilation.dispatcher(double, "compiled")
    assert made(2.0) == 4.0
    assert "compiled code cannot be kept on disk (Not a directory)" in caplog.text


def test_of_one_function_a_few_fingerprints_are_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(cache_folder, "CACHE_FOLDER", tmp_path)

    def ask(name: str, fingerprint: str) -> None:
        """Asks for the machine code of one function for no argument: there is none."""
        kept = MachineCode(name, lambda: fingerprint, reads=lambda context: context)
        assert kept.load_overload((), cpu_target.target_context) is None

    ask("signing.other-outer", "0")
    for number in range(9):
        ask("signing.chance-outer", str(number))
    left = {folder.name for folder in (tmp_path / "compiled").iterdir()}
    assert {"signing.chance-outer-8", "signing.other-outer-0"} < left
    assert len(left) == machine_code.KEPT + 1
