"""Commands that write with --out, when they are interrupted, killed, short of room, or two at a
time.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from forked_commands import ForkedCommand, forked_commands

import sim
from sim.output_folder import NEW

resource = pytest.importorskip("resource", reason="signals and limits of Unix")
ROOT = Path(__file__).resolve().parent.parent
OLD, NEXT = (
    1,
    3,
)  # seeds of the run that is there and of the one after the last; the one between has seed 2
# Where the interruption comes amid an exec of the library, Python ends by the signal itself, which
# shells call 130 too.
INTERRUPTED = (130, -signal.SIGINT)
KILLS, DISKS, RACES, LANES = 20, 10, 25, 2
MOST_FILES = 25  # ten more than a run has: then it ends while they take their places, or after


def parley(*arguments: str, **options: object) -> subprocess.Popen[str]:
    """The command, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard.cli", *arguments],
        **{"env": environment, "stdout": pipe, "stderr": pipe, "text": True, **options},  # type: ignore[call-overload]
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code and standard error, once it has ended."""
    _, report = process.communicate(timeout=300)
    return process.returncode, report


@pytest.fixture(scope="module")
def first() -> sim.Run:
    """A run of two worlds, which a command writes with --replicates 2."""
    return sim.run(replicates=2, seed=OLD)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario that takes less time than the Paris Call, and whose run has the same files."""
    file = tmp_path_factory.mktemp("scenario") / "short.toml"
    file.write_text(
        'base = "paris-call-2018"\ntitle = "Half a year"\nlast_round = 6\n', encoding="utf-8"
    )
    return file


@pytest.fixture(scope="module")
def short_runs(short: Path) -> dict[int, sim.Run]:
    """Seed -> a run of two worlds of that scenario."""
    return {seed: sim.run(str(short), replicates=2, seed=seed) for seed in (OLD, 2, NEXT, 4)}


def seed_in(folder: Path, killed: bool = False) -> int | str:
    """The seed of the one run that the folder holds, all of it, and in its place unless its writer
    was *killed*; `mixed` or `torn` otherwise.
    """
    try:
        verification = sim.verify(folder)
    except sim.InputError as problem:
        return f"torn: {problem}"
    is_moving = len(verification.faults) == 1 and "was interrupted" in verification.faults[0]
    if (
        verification.others
        or {*verification.files.values()} != {"whole"}
        or (verification.faults and not (killed and is_moving))
    ):
        return f"mixed: {verification}"
    return int(verification.runs[""]["seed"])


def left(folder: Path) -> list[str]:
    """What a writer left in *folder* and beside it."""
    inside = folder.iterdir() if folder.exists() else []
    return [path.name for path in [*folder.parent.iterdir(), *inside] if path.name.startswith(".")]


# A few of each.


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_is_reported_in_a_word_and_leaves_no_folder(tmp_path, number):
    out = tmp_path / "in" / "results"
    process = parley("run", "--replicates", "50000", "--out", str(out))
    while not out.exists() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(number)
    code, report = ended(process)
    assert code in INTERRUPTED
    assert report == "parley: interrupted\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    "command", [("list",), ("version",), ("parameters", "--json", "-"), ("--help",)]
)
def test_a_standard_output_without_room_is_one_sentence(command):
    with Path("/dev/full").open("w") as full:
        code, report = ended(parley(*command, stdout=full))
    assert code == 2
    found = "it cannot be written (No space left on device)"
    assert report == f"parley: the standard output: {found}, expected room for what is printed\n"


def test_whoever_stops_reading_is_told_nothing():
    process = parley("parameters", "--json", "-")
    process.stdout.close()
    process.stdout = None
    assert ended(process) == (0, "")


def small_files() -> None:
    """In a process to be: no file may have more than 8 kilobytes, which is what a full disk looks
    like.
    """
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))


@pytest.fixture
def old(first, tmp_path) -> Path:
    """A folder with the old run."""
    first.save(tmp_path / "results")
    return tmp_path / "results"


@pytest.mark.long
def test_a_run_without_room_for_it_leaves_the_old_one(old):
    code, report = ended(
        parley("run", "--replicates", "2", "--seed", "2", "--out", str(old), preexec_fn=small_files)
    )
    assert (code, report.count("\n")) == (2, 1)
    assert (
        "results: nothing can be written there (File too large), expected a folder to write into"
        in report
    )
    assert (seed_in(old), left(old)) == (OLD, [])


def test_a_verification_prints_which_run_it_is_and_ends_with_two_where_a_file_is_not_whole(old):
    process = parley("verify", str(old))
    words, report = process.communicate(timeout=300)
    assert (process.returncode, report) == (0, "")
    assert words.startswith(
        f"paris-call-2018 ({sim.load('paris-call-2018').sha256[:12]}), 2 simulated worlds, seed 1,"
    )
    assert "14 of 14 files are there as the run wrote them." in words
    (old / "ties.parquet").unlink()
    (old / "notes.txt").touch()
    process = parley("verify", str(old), "--json", "-")
    words, report = process.communicate(timeout=300)
    assert (process.returncode, report.count("\n")) == (2, 1)
    assert "ties.parquet: it is missing, expected the file that the run wrote" in report
    content = json.loads(words)
    assert content == sim.verify(old).as_json()
    assert (content["whole"], content["others"]) == (False, ["notes.txt"])
    documented = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    keys = [*content, *content["runs"][0], *content["files"][0]]
    assert [key for key in keys if f"`{key}`" not in documented] == []


@pytest.mark.long
def test_json_in_the_folder_is_one_file_of_the_run(old, tmp_path):
    new = tmp_path / "new"
    again = (
        "--from",
        str(old / "manifest.json"),
        "--out",
        str(new),
        "--json",
        str(new / "all.json"),
    )
    assert ended(parley("run", *again)) == (0, "")
    assert sim.verify(new).files == {**sim.verify(old).files, "all.json": "whole"}
    assert (new / "signed.csv").read_bytes() == (old / "signed.csv").read_bytes()


# Many of each.


@pytest.fixture(scope="module")
def write(
    tmp_path_factory: pytest.TempPathFactory, short: Path
) -> Iterator[Callable[[Path, int], ForkedCommand]]:
    """Starts a command that writes the run of a seed into a folder."""
    place = tmp_path_factory.mktemp("commands")
    arguments = ("run", str(short), "--replicates", "2", "--seed")
    with forked_commands(place, (*arguments, "2", "--out", str(place / "first"))) as start:
        yield lambda folder, seed: start(*arguments, str(seed), "--out", str(folder))


@contextmanager
def lanes(work: Callable[[int], str]) -> Iterator[Counter[str]]:
    """How often *work* came to what, given a number each."""
    with ThreadPoolExecutor(LANES) as pool:
        yield Counter(pool.map(work, range(KILLS)))


@pytest.mark.long
@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["INT", "TERM", "KILL"]
)
def test_a_command_that_ends_at_any_moment_leaves_the_old_run_or_the_new_one(
    short_runs, write, tmp_path, number
):
    """Every fourth at any moment at all, the others while files are written."""

    def end_one(place: int) -> str:
        stream, folder = random.Random(f"{number} {place}"), tmp_path / f"{place}" / "results"
        short_runs[OLD].save(folder)
        process = write(folder, 2)
        if place % 4 == 0:
            time.sleep(stream.uniform(0, 0.6))
        else:
            files, seen, count = stream.randint(1, MOST_FILES), 0, 0
            while process.poll() is None and seen <= count < files:  # fewer: they are leaving
                seen, count = count, len([*(folder / NEW).glob("*")])
                time.sleep(0.0005)
            time.sleep(stream.uniform(0, 0.01))
        process.send_signal(number)
        code, _, _ = process.end()
        at_once, left_at_once = seed_in(folder, code == -signal.SIGKILL), left(folder)
        short_runs[NEXT].save(folder)
        assert at_once in (OLD, 2), at_once
        assert (seed_in(folder), left(folder)) == (NEXT, [])
        if code == 130:
            assert left_at_once == []
        shutil.rmtree(folder.parent)
        return f"code {code}: {at_once}"

    with lanes(end_one) as outcomes:
        print(outcomes)
    assert outcomes.total() == KILLS


@pytest.mark.long
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts a small disk"
)
def test_a_full_disk_leaves_the_old_run(short_runs, write, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", str(small)], check=False
    ).returncode:
        pytest.skip("no small disk can be mounted")
    try:
        folder = small / "results"
        short_runs[OLD].save(folder)
        for number in range(DISKS):
            room = shutil.disk_usage(small).free
            (small / "ballast").write_bytes(bytes(max(0, room - 4096 * (1 + 6 * number))))
            with pytest.raises(
                sim.InputError, match=r"nothing can be written there \(No space left on device\)"
            ):
                short_runs[NEXT].save(folder)
            assert (seed_in(folder), left(folder)) == (OLD, [])
            code, _, report = write(folder, 2).end()
            assert (code, report.count("\n")) == (2, 1)
            assert (seed_in(folder), left(folder)) == (OLD, [])
            (small / "ballast").unlink()
        shutil.rmtree(folder)
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.long
def test_of_two_commands_on_one_folder_the_second_says_so(write, tmp_path):
    def race(number: int) -> Counter[int]:
        folder = tmp_path / f"{number}" / "results"
        two = [write(folder, seed) for seed in (1, 2)]
        ends = [process.end() for process in two]
        winners = [seed for seed, (code, _, _) in zip((1, 2), ends, strict=True) if code == 0]
        assert winners
        assert all(
            "found that another run is being written there" in report
            for code, _, report in ends
            if code
        )
        assert seed_in(folder) in winners
        assert left(folder) == []
        shutil.rmtree(folder.parent)
        return Counter(code for code, _, _ in ends)

    outcomes = sum((race(number) for number in range(RACES)), Counter())
    assert set(outcomes) <= {0, 2}
    assert outcomes[2] > 0


@pytest.mark.long
def test_of_four_threads_that_save_a_run_each_leaves_it_whole_or_says_so(tmp_path, short_runs):
    folder = tmp_path / "results"
    for _ in range(RACES):
        barrier, said = threading.Barrier(len(short_runs)), {}

        def save(
            seed: int, barrier: threading.Barrier = barrier, said: dict[int, str] = said
        ) -> None:
            barrier.wait()
            try:
                short_runs[seed].save(folder)
                said[seed] = ""
            except sim.InputError as problem:
                said[seed] = str(problem)

        with ThreadPoolExecutor(len(short_runs)) as pool:
            list(pool.map(save, short_runs))
        assert seed_in(folder) in [seed for seed, sentence in said.items() if not sentence]
        assert all(
            "found that another run is being written" in sentence
            for sentence in said.values()
            if sentence
        )
        assert left(folder) == []
