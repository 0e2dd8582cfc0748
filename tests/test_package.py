"""The package: its wheel is complete, and runs where nothing can be written and beside files of the
same names.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import sim
from sim import facts
from sim.version import __version__

ROOT = Path(__file__).resolve().parent.parent
ALONE = {  # the environment without what leads Python to other packages
    name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
}
DROP_FROM_BOUNDING_SET, OVERRIDE_PERMISSIONS = 24, 1  # of prctl(2) and capabilities(7)


def obey_permissions() -> None:
    """Called before the child starts: takes from a superuser the right to write where the
    permissions forbid it.
    """
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, OVERRIDE_PERMISSIONS)


def tree(folder: Path) -> dict[Path, int]:
    """Every file below *folder* and when it was changed, in nanoseconds."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


class Installed:
    """The wheel, installed without its sources where nobody may write, with no home and no place
    for a cache.
    """

    def __init__(self, folder: Path, temporary: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.defpath,
            "PYTHONPATH": str(folder),
            "XDG_CACHE_HOME": str(folder),
            "TMPDIR": str(temporary),
        }

    def python(self, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """The interpreter, started in *cwd*; `-P` keeps that folder off its path, as the installed
        command does.
        """
        return subprocess.run(
            [sys.executable, "-P", *arguments],
            cwd=cwd,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=obey_permissions,
        )

    def parley(self, *arguments: str, cwd: Path) -> str:
        """What the installed command prints, from *cwd*; it must succeed."""
        process = self.python(str(self.folder / "bin" / "parley"), *arguments, cwd=cwd)
        assert process.returncode == 0, process.stderr
        return process.stdout


def build(sources: Path, folder: Path) -> Path:
    """The wheel of the sources, built into *folder*."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, sources],
        check=True,
        capture_output=True,
    )
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sources by the tools at hand, without a network."""
    return build(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--no-deps",
            "--no-index",
            "--target",
            folder,
            wheel,
        ],
        check=True,
        capture_output=True,
    )
    directories = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in [*directories, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = tree(folder)
    yield Installed(folder, tmp_path_factory.mktemp("temporary"))
    assert tree(folder) == before
    for path in directories:
        path.chmod(0o755)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder to start in, with files that have the names of ours."""
    (tmp_path / "scenarios" / "paris-call-2018").mkdir(parents=True)
    (tmp_path / "scenarios" / "paris-call-2018" / "scenario.toml").write_text(
        "title = 'A namesake'\n"
    )
    (tmp_path / "scenarios" / "__init__.py").touch()
    (tmp_path / "sim.py").write_text("raise SystemExit('a namesake was imported')\n")
    return tmp_path


def test_the_version_is_the_same_everywhere():
    citation = re.search(
        r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE
    )
    latest = re.search(
        r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert citation is not None
    assert latest is not None
    assert {citation[1], latest[1], sim.__version__} == {__version__}


def test_the_wheel_holds_all_files_of_the_packages_and_the_licence(wheel):
    files = set(zipfile.ZipFile(wheel).namelist())
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in ("sim", "scenarios", "dashboard")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    } | {"parley.py", "parley-stubs/__init__.pyi"}
    notes = {name.rpartition("/")[2] for name in files - ours}
    assert ours <= files
    documents = {"odd.md", "CITATION.cff", "on-paper.md", "sheets.md", "slides.md"}
    licences = {
        "LICENSE",
        "NOTICE",
        "fluent-licence.txt",
        "inter-licence.txt",
        "world-atlas-licence.txt",
    }
    assert notes == {"METADATA", "WHEEL", "RECORD", "entry_points.txt"} | licences | documents


def test_the_same_sources_make_the_same_wheel(wheel, tmp_path):
    sources = tmp_path / "sources"
    shutil.copytree(
        ROOT,
        sources,
        copy_function=shutil.copyfile,
        ignore=lambda folder, names: [
            name
            for name in names
            if name.startswith(".") or name in {"__pycache__", "tests", "pins", "dist"}
        ],
    )
    again = build(sources, tmp_path / "wheel")
    assert again.read_bytes() == wheel.read_bytes()


def test_nothing_can_be_written_into_the_installation(installed, tmp_path):
    attempt = installed.python(
        "-c", f"open({str(installed.folder / 'sim' / 'mark')!r}, 'w')", cwd=tmp_path
    )
    assert "PermissionError" in attempt.stderr


def test_the_installed_copy_is_the_one_that_runs(installed, elsewhere):
    for name in ("sim", "parley"):
        process = installed.python("-c", f"import {name}; print({name}.__file__)", cwd=elsewhere)
        assert process.stdout.strip() == str(installed.folder / "sim" / "__init__.py")


def test_the_installed_command_lists_its_own_scenarios(installed, elsewhere):
    scenarios = json.loads(installed.parley("list", "--json", "-", cwd=elsewhere))
    assert "paris-call-2018" in {row["name"] for row in scenarios}
    assert "A namesake" not in {row["title"] for row in scenarios}


@pytest.mark.long
def test_the_installed_command_runs_the_paris_call(installed, elsewhere):
    run = json.loads(
        installed.parley(
            "run", "paris-call-2018", "--replicates", "2", "--json", "-", cwd=elsewhere
        )
    )
    assert {row["kind"] for row in run["milestones"]} == {"state", "firm", "ngo"}
    assert set(facts.states().index) <= set(run["signed"])


SCRIPT = """
import socket, sys
def refused(*_):
    raise SystemExit("something asks a network")
socket.socket.connect = refused
import parley
print(parley.run("paris-call-2018", replicates=1), parley.__file__)
"""


@pytest.mark.release
def test_the_wheel_runs_with_the_pins_of_the_base_alone(wheel, tmp_path):
    """In an empty environment, beside a folder called sim, without a network once it is there."""
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [python, "-m", "pip", "install", "--quiet"]
    for command in (
        [sys.executable, "-m", "venv", tmp_path / "venv"],
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "pins" / "core.txt"],
        [*pip, "--no-deps", "--no-index", wheel],
    ):
        subprocess.run(command, check=True, env=ALONE)
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "__init__.py").write_text("raise SystemExit('a namesake was imported')\n")
    (tmp_path / "script.py").write_text(SCRIPT)

    def output(*arguments: str | Path) -> str:
        process = subprocess.run(
            [python, *arguments], cwd=tmp_path, env=ALONE, capture_output=True, text=True
        )
        assert process.returncode == 0, process.stderr
        return process.stdout

    package = next((tmp_path / "venv").rglob("site-packages")) / "sim" / "__init__.py"
    assert output("script.py") == f"Run(paris-call-2018, replicates=1, seed=1) {package}\n"
    command = (python.parent / "parley", "run", "paris-call-2018", "--replicates", "1")
    assert output(*command).startswith("The Paris Call, 2018: 1 simulated world")


@pytest.mark.parametrize("command", [["--help"], ["list"], ["run", "--help"]])
def test_what_computes_nothing_starts_without_the_numerical_packages(command):
    process = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "dashboard.cli", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    modules = {line.rpartition("|")[2].strip() for line in process.stderr.splitlines()}
    assert "typer" in modules
    assert modules & {"numba", "pandas", "scipy", "dash", "plotly", "mesa", "pyarrow"} == set()
