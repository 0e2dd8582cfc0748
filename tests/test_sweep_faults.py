"""Sweeps whose processes are killed, whose disk is full, or that two want to write: the numbers are
the same.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from forked_commands import LONGEST, ForkedCommand, forked_commands

import sim
from sim.sweeps.run_sweep import Trial
from sim.sweeps.sweep_folder import RUNS

resource = pytest.importorskip("resource", reason="signals and limits of Unix")
ROOT = Path(__file__).resolve().parent.parent
KILLS = 20
FILE = """
replicates = 40
outcomes = ["signatories", "operations"]
[levers]
sanctions = [0, 1]
[uncertainties]
design = "latin hypercube"
points = 20
attribution_quality = "plausible"
"""
RUNS_IN_ALL = 1600


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("file") / "mine.toml"
    path.write_text(FILE)
    return path


@pytest.fixture(scope="module")
def whole(file) -> str:
    """The hash of the uninterrupted sweep."""
    return sim.sweep(file).hash


def started(file: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "dashboard.cli",
        "sweep",
        str(file),
        "-o",
        str(out),
        "--json",
        "-",
        *options,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    output, report = process.communicate(timeout=300)
    return process.returncode, output, report


def hash_of(output: str) -> str:
    return str(json.loads(output)["hash"])


def done_in(out: Path) -> int:
    """How many runs are kept in *out*."""
    try:
        return sim.open_sweep(out).runs_complete
    except sim.InputError:
        return 0


def wait_for(out: Path, runs: int, process: subprocess.Popen[str] | ForkedCommand) -> None:
    """Wait until more than so many runs are kept, or the command has ended."""
    latest = time.monotonic() + LONGEST
    while done_in(out) <= runs and process.poll() is None:
        assert time.monotonic() < latest
        time.sleep(0.02)


@pytest.mark.long
def test_an_interruption_says_what_is_kept(file, tmp_path):
    out = tmp_path / "out"
    process = started(file, out, "--workers", "1")
    wait_for(out, 0, process)
    process.send_signal(signal.SIGINT)
    code, _, report = ended(process)
    kept = done_in(out)
    assert code in (130, -signal.SIGINT)  # as in test_interruptions
    assert 0 < kept < RUNS_IN_ALL
    assert (
        report
        == f"parley: {kept:,} of {RUNS_IN_ALL:,} runs are kept in {out}; the same command goes on from"
        " there\nparley: interrupted\n"
    )
    assert [path for path in out.iterdir() if path.name.startswith(".")] == []


@pytest.fixture
def forked(file, tmp_path) -> Iterator[Callable[[Path], ForkedCommand]]:
    """Starts a command that sweeps into a folder."""
    with forked_commands(tmp_path, ("sweep", str(file), "-o", str(tmp_path / "first"))) as start:
        yield lambda out: start("sweep", str(file), "-o", str(out), "--workers", "1", "--json", "-")


@pytest.mark.long
def test_a_sweep_killed_at_any_moment_has_the_same_numbers(forked, whole, tmp_path):
    """A sweep that comes to its end before the last kill is compared, and the next one begins in
    another folder.
    """
    moments, kills, folders, kept = random.Random(1), 0, 0, {0}
    while kills < KILLS:
        out, runs = tmp_path / str(folders), 0
        folders += 1
        while runs < RUNS_IN_ALL:
            process = forked(out)
            if kills < KILLS:
                time.sleep(moments.uniform(0, 0.7))
                if moments.random() < 0.6:
                    wait_for(out, runs, process)
                    time.sleep(moments.uniform(0, 0.5))
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    kills += 1
            code, _, report = process.end()
            assert code in (0, -signal.SIGKILL), report
            assert done_in(out) >= runs
            runs = done_in(out)
            kept.add(runs)
        code, output, report = forked(out).end()
        assert (code, report) == (0, "")
        assert hash_of(output) == whole
        names = {Path(part.file).name for part in sim.open_sweep(out).parts}
        assert {path.name for path in (out / RUNS).iterdir()} == names
    assert len(kept) > 2


EVERY_STEP = """
import os, sys
from pathlib import Path

import sim
from steps_of_a_writer import stop_at

TABLE = {"replicates": 2, "outcomes": ["signatories"], "levers": {"sanctions": [0.0, 1.0]}}
place, steps, code = Path(sys.argv[1]), 0, 9
whole = sim.sweep(TABLE).hash
while code == 9:
    steps += 1
    out = place / f"{steps}"
    if (pid := os.fork()) == 0:
        stop_at(steps, place, "KILL")
        sim.sweep(TABLE, out, workers=1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert sim.sweep(TABLE, out, workers=1).hash == whole, steps
print(code, steps)
"""


@pytest.mark.long
def test_a_sweep_that_ends_before_any_step_goes_on(tmp_path):
    """Its process ends before the first time that it opens, makes, renames or removes a file,
    before the second, ...
    """
    command = [sys.executable, "-c", EVERY_STEP, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    end = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert end.returncode == 0, end.stderr
    code, steps = map(int, end.stdout.split())
    assert code == 0
    assert steps > 30


@pytest.mark.long
@pytest.mark.parametrize("executor", ["processes", "dask"])
def test_a_lost_worker_costs_its_chunks_alone(file, whole, tmp_path, executor):
    psutil = pytest.importorskip("psutil")
    if executor == "dask":
        pytest.importorskip("distributed")
    out = tmp_path / "out"
    options = ["--dask", "local"] if executor == "dask" else ["--executor", "processes"]
    process = started(file, out, *options, "--workers", "2")
    wait_for(out, 0, process)
    workers = [
        child for child in psutil.Process(process.pid).children(recursive=True)
        if "spawn_main" in " ".join(child.cmdline())
    ]  # fmt: skip
    assert workers
    workers[-1].kill()
    code, output, report = ended(process)
    assert code == 0, report
    assert hash_of(output) == whole


@pytest.mark.long
def test_workers_end_with_a_main_process_that_is_killed(file, tmp_path):
    psutil = pytest.importorskip("psutil")
    out = tmp_path / "out"
    process = started(file, out, "--executor", "processes", "--workers", "2")
    wait_for(out, 0, process)
    children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate(timeout=LONGEST)
    _, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)], check=False
    ).returncode:
        pytest.skip("no small disk can be mounted")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.long
def test_a_full_disk_keeps_what_is_done(file, whole, small_disk, monkeypatch):
    out = small_disk / "out"
    monkeypatch.setattr("sim.sweeps.run_sweep.trial", lambda points: Trial(1 / 50, 100.0))
    (small_disk / "ballast").write_bytes(bytes(120_000))
    with pytest.raises(
        sim.InputError, match=r"written there \(No space left on device\)"
    ) as problem:
        sim.sweep(file, out)
    kept = done_in(out)
    assert 0 < kept < RUNS_IN_ALL
    assert f"{kept} of {RUNS_IN_ALL} runs are kept" in str(problem.value)
    (small_disk / "ballast").unlink()
    larger = small_disk.parent / "larger"
    shutil.copytree(out, larger)
    assert sim.sweep(file, larger).hash == whole


def limited() -> None:
    """In a process to be: no file may have more than 6 kilobytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (6144, 6144))


@pytest.mark.long
def test_a_file_that_cannot_be_written_is_one_sentence(file, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "dashboard.cli", "sweep", str(file), "-o", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    end = subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, preexec_fn=limited
    )
    assert end.returncode == 2
    assert "can be written there (File too large)" in end.stderr
    assert end.stderr.count("\n") == 1


@pytest.mark.long
def test_of_two_processes_on_one_folder_the_second_refuses(file, whole, tmp_path):
    out = tmp_path / "out"
    first = started(file, out, "--workers", "1")
    wait_for(out, 0, first)
    code, _, report = ended(started(file, out))
    assert (code, report.count("\n")) == (2, 1)
    assert "found that another sweep is being written there, expected one at a time" in report
    code, output, _ = ended(first)
    assert code == 0
    assert hash_of(output) == whole


@pytest.mark.long
def test_memory_does_not_grow_with_the_number_of_runs(tmp_path):
    """Ten times the runs, within a tenth more memory."""

    def peak(replicates: int) -> int:
        table = {
            "replicates": replicates,
            "outcomes": ["signatories"],
            "levers": {"sanctions": [0.0, 1.0]},
        }
        code = (
            f"import sim; from benchmarks.memory import peak_memory as peak; sim.sweep({table!r});"
            " print(peak())"
        )
        end = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
        )
        return int(end.stdout)

    peak(1)
    assert peak(3000) < 1.1 * peak(300)
