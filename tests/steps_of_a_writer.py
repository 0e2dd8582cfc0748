"""A writer of results that is stopped at each of its steps in turn, in a process of its own that
forks for each.

A step is whatever it asks of the file system below the folder of the test. `python
steps_of_a_writer.py FOLDER HOW EVERY` prints, for each step, or every third, what was there at
once, what `sim.verify` says of it, and what was there after the next run; the words `old` and
`notes` put a run and a file of somebody's own into the folder first.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

import sim
from sim.output_folder import MANIFEST, save
from sim.results.manifest import manifest

STEPS = {
    "open",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.mkdir",
    "os.chmod",
    "os.scandir",
    "shutil.rmtree",
}
NOTES = "notes.txt"
DONE = 100  # exit code of a writer with fewer steps


def write(folder: Path, seed: int) -> None:
    """A run of that seed: the odd ones have a table that the even ones lack, and the other way
    round.
    """
    parity = "odd" if seed % 2 else "even"
    frames = {"signed": pd.DataFrame({"seed": [seed] * 3}), parity: pd.DataFrame({"x": [seed]})}
    save(folder, frames, ("csv", "json"), {**DESCRIPTION, "seed": seed}, {"more/deep": seed})


def run_in(folder: Path) -> int | str:
    """The seed of the one run that is in the folder; `none` where there is no manifest; else
    `mixed`.
    """
    files = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    files = {
        name: path
        for name, path in files.items()
        if not name.startswith(".parley/") and name != NOTES
    }
    if MANIFEST not in files:
        return "none"
    try:
        seed = int(json.loads(files[MANIFEST].read_text("utf-8"))["seed"])
    except (ValueError, KeyError):
        return "torn"
    return (
        seed
        if {name: path.read_bytes() for name, path in files.items()} == AS_WRITTEN[seed]
        else "mixed"
    )


def stop_at(step: int, below: Path, how: str) -> Callable[[], bool]:
    """From now on in this process, its step of that number is its last: it is killed, interrupted,
    or refused. Returns whether there was such a step.
    """
    count = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if event not in STEPS or not str(arguments[0]).startswith(str(below)):
            return
        count += 1
        if count != step:
            return
        if how == "KILL":
            os._exit(9)
        elif how == "full":
            raise OSError(28, os.strerror(28))
        os.kill(os.getpid(), signal.Signals[f"SIG{how}"])

    sys.addaudithook(hook)
    return lambda: count >= step


def child(step: int, folder: Path, below: Path, how: str) -> int:
    """The exit code of a writer that is stopped at that step."""
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        code = 0
        was_stopped = stop_at(step, below, how)
        try:
            write(folder, 2)
        except sim.InputError:
            code = 2
        except KeyboardInterrupt:
            code = 130
        finally:
            os._exit(code if was_stopped() else DONE)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main(below: Path, how: str, every: int, old: bool, notes: bool) -> None:
    folder = below / "results"
    outcomes = []
    for step in range(1, 1000, every):
        if old:
            write(folder, 1)
        elif notes:
            folder.mkdir()
        if notes:
            (folder / NOTES).write_text("mine", encoding="utf-8")
        code = child(step, folder, below, how)
        at_once = run_in(folder) if folder.exists() else "missing"
        left = sorted(
            path.name
            for path in [*below.iterdir(), *(folder.iterdir() if folder.exists() else [])]
            if path.name.startswith(".")
        )
        try:
            verification = sim.verify(folder)
            verified = (
                verification.runs[""]["seed"]
                if {*verification.files.values()} == {"whole"}
                else "mixed"
            )
            faults = list(verification.faults)
        except sim.InputError:
            verified, faults = "none", []
        write(folder, 3)
        after = sorted(
            path.name for path in [*below.iterdir(), *folder.iterdir()] if path.name.startswith(".")
        )
        outcomes.append(
            {
                "step": step,
                "code": code,
                "at once": at_once,
                "left": left,
                "verified": verified,
                "faults": faults,
                "next": run_in(folder),
                "left by the next": after,
                "notes": (folder / NOTES).is_file()
                and (folder / NOTES).read_text("utf-8") == "mine",
            }
        )
        shutil.rmtree(folder)
        if code == DONE:
            break
    print(json.dumps(outcomes))


DESCRIPTION = manifest(sim.load("paris-call-2018"), 1, 1)
AS_WRITTEN: dict[int, dict[str, bytes]] = {}


if __name__ == "__main__":
    os.fsync = lambda file: None  # for speed: nobody pulls the plug here
    place = Path(sys.argv[1])
    for number in (1, 2, 3):
        write(place / f"{number}", number)
        AS_WRITTEN[number] = {
            path.relative_to(place / f"{number}").as_posix(): path.read_bytes()
            for path in (place / f"{number}").rglob("*") if path.is_file()
        }  # fmt: skip
        shutil.rmtree(place / f"{number}")
    main(place, sys.argv[2], int(sys.argv[3]), "old" in sys.argv[4:], "notes" in sys.argv[4:])
