"""No damaged file and no full disk stops a command: machine code is compiled anew, or kept in
memory alone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from numba.core.caching import CompileResultCacheImpl
from test_compiled import House

from sim import cache_folder, machine_code
from sim.theory.signing import chance_of_signing

CHANCE_OF_SIGNING = chance_of_signing(1.0, 2.0)
CHANCE = "from sim.theory.signing import chance_of_signing; print(chance_of_signing(1.0, 2.0))"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    copy = House(tmp_path_factory.mktemp("house"))
    assert copy.chance() == CHANCE_OF_SIGNING
    return copy


def files(house: House, ending: str) -> list[Path]:
    found = sorted((house.cache / "parley" / "compiled").rglob(f"*{ending}"))
    assert found
    return found


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
    folder = file.parent.parent
    if folder.is_dir():
        shutil.rmtree(folder)
        folder.write_text("no folder")


@pytest.mark.long
@pytest.mark.parametrize("ending", [".nbi", ".nbc"])
@pytest.mark.parametrize(
    "damage", [removed, emptied, truncated, with_other_bytes, made_a_folder, hidden_by_a_file]
)
def test_a_damaged_file_of_machine_code_is_written_anew(
    house: House, ending: str, damage: Callable[[Path], None]
) -> None:
    before = house.machine_code()
    for file in files(house, ending):
        damage(file)
    assert house.chance() == CHANCE_OF_SIGNING
    again = house.machine_code()
    assert again.keys() == before.keys()
    assert again != before


@pytest.mark.long
def test_what_was_written_anew_is_used(house: House) -> None:
    for file in files(house, ".nbc"):
        emptied(file)
    house.chance()
    again = house.machine_code()
    house.chance()
    assert house.machine_code() == again


def test_what_compiled_code_alone_calls_is_read_without_machine_code_of_its_own(
    house: House,
) -> None:
    inner = house.run(
        "import numba; from sim.theory.elementary import exponential; code ="
        " exponential.for_compiled(); code.compile((numba.float64,)); (made,) ="
        " code.overloads.values(); print(sum(code.stats.cache_hits.values()),"
        " made.library._codegen._engine.is_symbol_defined(made.fndesc.llvm_func_name))"
    )
    assert inner.split() == [
        "1",
        "False",
    ]  # else whoever is compiled later would call code that is not optimised


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_on_a_full_disk_machine_code_is_kept_in_memory_and_one_sentence_says_so(
    tmp_path: Path,
) -> None:
    house = House(tmp_path)
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
    process = subprocess.run(
        [sys.executable, "-P", "-c", f"{full}{CHANCE}"],
        capture_output=True,
        text=True,
        check=False,
        env={
            "PYTHONPATH": str(house.folder),
            "XDG_CACHE_HOME": str(house.cache),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    assert process.returncode == 0, process.stderr
    assert float(process.stdout) == CHANCE_OF_SIGNING
    (sentence,) = process.stderr.splitlines()
    assert "compiled code cannot be kept on disk (File too large)" in sentence


def test_where_there_is_no_folder_for_it_machine_code_is_kept_in_memory(
    monkeypatch, tmp_path, caplog
):
    machine_code._warn.cache_clear()
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder")
    monkeypatch.setattr(cache_folder, "CACHE_FOLDER", nowhere)
    cache = machine_code.machine_code(
        emptied, "tests.emptied-outer", "0123", CompileResultCacheImpl
    )
    assert cache.load_overload(None, None) is None
    assert "cannot be kept on disk (there is no folder for it)" in caplog.text


def test_of_one_function_a_few_fingerprints_are_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(cache_folder, "CACHE_FOLDER", tmp_path)
    of_another = cache_folder.used_folder("compiled", "signing.other-outer-0")
    for number in range(9):
        name = "signing.chance-outer"
        newest = cache_folder.used_folder("compiled", f"{name}-{number}", same=f"{name}-*", most=3)
    left = set((tmp_path / "compiled").iterdir())
    assert {newest, of_another} < left
    assert len(left) == 4
