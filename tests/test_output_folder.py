"""A folder of results is one run or none, and a file whole: at whatever step its writer is stopped,
whoever else writes there, and whatever else lies beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim
from sim import writing
from sim.output_folder import (
    HIDDEN,
    MANIFEST,
    NEW,
    OLD,
    OutputFolder,
    save,
    sha256_of,
    with_files,
)
from sim.results.manifest import manifest
from sim.writing import LOCK, json_text

ROOT = Path(__file__).resolve().parent.parent
UNIX = pytest.mark.skipif(os.name == "nt", reason="forks and signals of Unix")


def write(
    folder: Path | OutputFolder, seed: int = 1, formats: tuple[str, ...] = ("csv", "json")
) -> list[Path]:
    """A run of that *seed* without a simulation: one table, and the manifest."""
    description = {**manifest(sim.load("paris-call-2018"), 2, 1), "seed": seed}
    return save(folder, {"signed": pd.DataFrame({"seed": [seed] * 3})}, formats, description)


def seed_in(folder: Path) -> int:
    """The seed of the one run that is in the folder, and nothing else is there."""
    verification = sim.verify(folder)
    assert (verification.faults, verification.others) == ((), ())
    assert set(json.loads((folder / "signed.json").read_text("utf-8"))[0].values()) == {
        verification.runs[""]["seed"]
    }
    return verification.runs[""]["seed"]


def hidden(folder: Path) -> list[str]:
    """What a writer left in *folder* and beside it."""
    return [
        path.name
        for path in [*folder.parent.iterdir(), *folder.iterdir()]
        if path.name.startswith(".")
    ]


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with the run of seed 1, alone in another folder."""
    write(tmp_path / "results")
    return tmp_path / "results"


# Stopped at each step in turn.


EVERY = pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.long)])


def stopped(tmp_path: Path, how: str, *words: str, every: int = 1) -> list[dict[str, Any]]:
    """What became of each writer that was stopped (tests/steps_of_a_writer.py); the last one was
    not.
    """
    process = subprocess.run(
        [sys.executable, "tests/steps_of_a_writer.py", str(tmp_path), how, str(every), *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    *outcomes, last = json.loads(process.stdout)
    assert (last["at once"], last["left"], len(outcomes) > 20 // every) == (2, [], True)
    assert [row for row in outcomes if row["next"] != 3 or row["left by the next"]] == []
    return outcomes


def ends(outcomes: list[dict[str, Any]]) -> set[tuple[Any, Any, bool]]:
    """What was there, which run a verification found, and whether it called it interrupted, as its
    only fault and while the next writer had something to finish.
    """
    for row in outcomes:
        assert all(
            "a run was interrupted while it took its place" in each for each in row["faults"]
        )
        assert len(row["faults"]) <= (".parley" in row["left"])
    return {(row["at once"], row["verified"], bool(row["faults"])) for row in outcomes}


@UNIX
@EVERY
@pytest.mark.parametrize("notes", [(), ("notes",)], ids=["alone", "notes"])
def test_killed_at_any_step_it_leaves_the_old_run_or_the_new_one(tmp_path, every, notes):
    """Where the new one is not yet in its place, there is no manifest that a script could take for
    that of a run, and the next writer finishes it.
    """
    outcomes = stopped(tmp_path, "KILL", "old", *notes, every=every)
    assert {row["code"] for row in outcomes} == {9}
    found = ends(outcomes)
    assert {(1, 1, False), ("none", 2, True), (2, 2, False)} <= found
    assert found <= {(1, 1, False), (1, 2, True), ("none", 2, True), (2, 2, False)}
    seeds = [row["verified"] for row in outcomes]
    assert seeds == sorted(seeds)
    assert all(row["notes"] for row in outcomes) == bool(notes)


@UNIX
@pytest.mark.long
@pytest.mark.parametrize("notes", [(), ("notes",)], ids=["alone", "notes"])
@pytest.mark.parametrize("how", ["INT", "TERM"])
def test_interrupted_at_any_step_it_leaves_the_old_run_or_the_new_one_and_nothing_else(
    tmp_path, how, notes
):
    outcomes = stopped(tmp_path, how, "old", *notes)
    assert {(row["code"], row["at once"]) for row in outcomes} == {(130, 1), (130, 2)}
    assert [row for row in outcomes if row["left"] or row["verified"] != row["at once"]] == []


@UNIX
@pytest.mark.parametrize(
    ("how", "every"),
    [
        ("INT", 3),
        pytest.param("INT", 1, marks=pytest.mark.long),
        pytest.param("TERM", 1, marks=pytest.mark.long),
    ],
)
def test_interrupted_in_a_first_run_it_leaves_no_folder(tmp_path, how, every):
    outcomes = stopped(tmp_path, how, every=every)
    assert {row["at once"] for row in outcomes} == {"missing", 2}
    assert [row for row in outcomes if row["left"]] == []


@UNIX
@pytest.mark.long
@pytest.mark.parametrize("words", [("KILL",), ("KILL", "notes")], ids=["first", "first, notes"])
def test_killed_in_a_first_run_it_leaves_the_run_or_none(tmp_path, words):
    assert ends(stopped(tmp_path, *words)) <= {
        ("missing", "none", False), ("none", "none", False), ("none", 2, True), (2, 2, False),
    }  # fmt: skip


@UNIX
@pytest.mark.long
@pytest.mark.parametrize("notes", [(), ("notes",)], ids=["alone", "notes"])
def test_a_disk_that_refuses_any_step_leaves_the_old_run_or_the_new_one(tmp_path, notes):
    outcomes = stopped(tmp_path, "full", "old", *notes)
    assert {row["code"] for row in outcomes} == {0, 2}
    assert ends(outcomes) <= {(1, 1, False), ("none", 2, True), (2, 2, False)}
    assert [row for row in outcomes if row["code"] == 0 and row["at once"] != 2] == []
    assert all(row["notes"] for row in outcomes) == bool(notes)


# An older run, and what is not of any run.


def test_nothing_of_an_older_run_survives(folder):
    write(folder, 1, ("parquet", "json"))
    write(folder, 2, ("json", "csv"))
    assert seed_in(folder) == 2
    assert {path.name for path in folder.iterdir()} == {"signed.json", "signed.csv", MANIFEST}


def test_what_no_run_wrote_stays_as_it_is(folder):
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "talk").mkdir()
    (folder / "talk" / "signed.csv").write_text("mine too", encoding="utf-8")
    write(folder, 2, ("json",))
    verification = sim.verify(folder)
    assert (verification.runs[""]["seed"], verification.faults) == (2, ())
    assert verification.others == ("notes.txt", "talk")
    assert (folder / "notes.txt").read_text("utf-8") == "mine"
    assert (folder / "talk" / "signed.csv").read_text("utf-8") == "mine too"
    assert not (folder / "signed.csv").exists()


def test_a_file_that_somebody_put_there_meanwhile_stays(folder):
    with OutputFolder(folder) as place:
        (folder / "notes.txt").write_text("mine", encoding="utf-8")
        write(place, 2)
    assert (folder / "notes.txt").read_text("utf-8") == "mine"


def test_a_file_of_the_same_name_that_no_run_wrote_is_not_written_over(tmp_path):
    (tmp_path / "signed.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(
        sim.InputError, match=r"signed\.csv: found it there, and no run wrote it, expected nothing"
    ):
        write(tmp_path)
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {
        "signed.csv": "mine"
    }


def test_two_files_of_one_name_are_refused(folder):
    with OutputFolder(folder) as place:
        place.add("signed.csv", "all")
        with pytest.raises(
            sim.InputError,
            match=r"signed\.csv: found two files for this one name, expected another",
        ):
            write(place, 2)
    assert seed_in(folder) == 1


def test_a_folder_is_not_written_into_whose_manifest_lists_no_files(tmp_path):
    (tmp_path / MANIFEST).write_text("{}", encoding="utf-8")
    with pytest.raises(
        sim.InputError, match=r"found manifest\.json, which is not as a run wrote it, expected an"
    ):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]


def test_a_manifest_that_names_files_elsewhere_has_no_power_over_them(folder):
    outside, link = folder.parent / "outside", folder / "link"
    outside.mkdir()
    (outside / "thesis.tex").write_text("mine", encoding="utf-8")
    link.symlink_to(outside, target_is_directory=True)
    content = json.loads((folder / MANIFEST).read_text("utf-8"))
    names = ("../outside/thesis.tex", "link/thesis.tex", str(outside / "thesis.tex"))
    content["files"] |= dict.fromkeys(names, sha256_of(outside / "thesis.tex"))
    (folder / MANIFEST).write_text(
        json_text(with_files(content, content["files"])), encoding="utf-8"
    )
    assert (
        len([fault for fault in sim.verify(folder).faults if "is not in this folder" in fault]) == 3
    )
    write(folder, 2)
    assert (outside / "thesis.tex").read_text("utf-8") == "mine"


def test_in_the_current_folder_it_is_written_without_moving_the_folder(folder, monkeypatch):
    monkeypatch.chdir(folder)
    before = folder.stat().st_ino
    write(Path(), 2)
    assert (folder.stat().st_ino, seed_in(folder), Path.cwd()) == (before, 2, folder)


def test_a_folder_behind_a_link_is_written_and_the_link_stays(folder):
    link = folder.parent / "link"
    link.symlink_to(folder, target_is_directory=True)
    write(link, 2)
    assert link.is_symlink()
    assert seed_in(folder) == 2


def test_who_may_read_the_folder_stays_so(folder):
    folder.chmod(0o750)
    write(folder, 2)
    assert folder.stat().st_mode & 0o777 == 0o750


# Only what is as a run wrote it is removed or written over.


def texts_in(folder: Path) -> dict[str, str]:
    """All files below *folder*, the hidden ones too, by name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


OF_OURS = sim.__version__


@pytest.mark.parametrize(
    "content",
    [
        {"files": {"thesis.txt": "/static/thesis.txt"}},
        {"parley": OF_OURS, "files": {"thesis.txt": "/static/thesis.txt"}},
        {"files": {"thesis.txt": "0" * 64}},
        {"parley": OF_OURS, "files": {"thesis.txt": "0" * 64}, "seal": "0" * 64},
        {"parley": OF_OURS, "files": ["thesis.txt"]},
        {"parley": OF_OURS, "files": {}},
    ],
)
def test_a_manifest_of_another_kind_has_no_power_over_files(tmp_path, content):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    (tmp_path / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    before = texts_in(tmp_path)
    with pytest.raises(
        sim.InputError, match=r"found manifest\.json, which is not as a run wrote it"
    ):
        OutputFolder(tmp_path).__enter__()
    assert texts_in(tmp_path) == before


@pytest.mark.parametrize("name", ["signed.csv", "signed.json"])
def test_a_file_of_the_run_that_somebody_changed_is_refused_before_anything_is_computed(
    folder, name
):
    (folder / name).write_text("mine", encoding="utf-8")
    before = texts_in(folder)
    with pytest.raises(
        sim.InputError, match=rf"{name}: found it changed since the run wrote it, expected it"
    ):
        OutputFolder(folder).__enter__()
    assert texts_in(folder) == before


def test_a_file_that_somebody_changes_while_a_run_is_computed_stays(folder):
    with OutputFolder(folder) as place:
        (folder / "signed.csv").write_text("mine", encoding="utf-8")
        with pytest.raises(sim.InputError, match="found it changed since"):
            write(place, 2, ("json",))
    assert (folder / "signed.csv").read_text("utf-8") == "mine"


def test_a_file_of_the_run_that_is_missing_is_no_obstacle(folder):
    (folder / "signed.csv").unlink()
    write(folder, 2)
    assert seed_in(folder) == 2


@UNIX
@pytest.mark.parametrize("kind", ["link", "folder", "lock with a text"])
def test_a_hidden_folder_that_no_run_made_is_left_alone(tmp_path, kind):
    place, mine, file = tmp_path / "results", tmp_path / "mine", tmp_path / "run.json"
    place.mkdir()
    mine.mkdir()
    for at in (place / HIDDEN, tmp_path / ".run.json.parley"):
        if kind == "link":
            at.symlink_to(mine, target_is_directory=True)
        else:
            at.mkdir()
        (at / "thesis.txt").write_text("mine", encoding="utf-8")
        if kind == "lock with a text":
            (at / "lock").write_text("mine", encoding="utf-8")
    before = texts_in(tmp_path)
    with pytest.raises(
        sim.InputError,
        match=r"\.parley: found there what no run wrote, expected nothing of that name",
    ):
        write(place)
    with pytest.raises(sim.InputError, match=r"\.parley: found there what no run wrote"):
        writing.write_text(file, "text")
    with pytest.raises(
        sim.InputError, match=r"found \.run\.json\.parley beside it, which no run wrote"
    ):
        writing.writable_file(file)
    assert texts_in(tmp_path) == before


def interrupted(folder: Path, manifest: Any = None) -> dict[str, str]:
    """The run of seed 2 in *folder*, as a writer leaves it that is killed before any of its files
    took its place, or with another *manifest*; and a thesis. All that is there by then.
    """
    write(folder.parent / "second", 2)
    (folder / HIDDEN).mkdir()
    (folder / HIDDEN / LOCK).touch()
    (folder.parent / "second").rename(folder / NEW)
    if manifest is not None:
        text = manifest if isinstance(manifest, str) else json.dumps(manifest)
        (folder / NEW / MANIFEST).write_text(text, encoding="utf-8")
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    return texts_in(folder)


ANY = "0" * 64


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "{}",
        {"parley": OF_OURS, "files": ["thesis.txt"]},
        {"parley": OF_OURS, "files": {"thesis.txt": 1}},
        {"parley": OF_OURS, "files": {"thesis.txt": ANY}, "seal": ANY},
    ],
    ids=lambda content: str(content)[:40],
)
def test_a_run_whose_manifest_is_not_whole_yet_counts_for_nothing(folder, content):
    interrupted(folder, content)
    verification = sim.verify(folder)
    assert (verification.runs[""]["seed"], verification.faults) == (1, ())
    write(folder, 3)
    verification = sim.verify(folder)
    assert (verification.runs[""]["seed"], verification.faults) == (3, ())
    assert verification.others == ("thesis.txt",)
    assert hidden(folder) == []


def test_an_interrupted_run_has_no_power_over_files_elsewhere(folder):
    outside, link = folder.parent / "outside", folder / "link"
    outside.mkdir()
    (outside / "mine.tex").write_text("mine", encoding="utf-8")
    link.symlink_to(outside, target_is_directory=True)
    names = ("../outside/mine.tex", "link/mine.tex", "a\0", "a" * 5000)
    files = dict.fromkeys(names, sha256_of(outside / "mine.tex"))
    interrupted(folder, with_files({"parley": OF_OURS}, files))
    with suppress(sim.InputError):
        write(folder, 3)
    assert texts_in(outside) == {"mine.tex": "mine"}
    assert (folder / "thesis.txt").read_text("utf-8") == "mine"


def test_what_cannot_be_cleared_is_left_with_its_lock_to_the_next_writer(folder, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with OutputFolder(folder) as place:
        place.add("signed.csv", "all")
        monkeypatch.setattr("sim.writing.shutil.rmtree", refuse)
    monkeypatch.undo()
    assert HIDDEN in hidden(folder)
    write(folder, 2)
    assert (seed_in(folder), hidden(folder)) == (2, [])


@pytest.mark.parametrize("name", ["signed.csv", f"{NEW}/signed.csv", MANIFEST])
def test_a_file_that_somebody_changed_stops_an_interrupted_run_from_being_finished(folder, name):
    interrupted(folder)
    as_written = (folder / name).read_bytes()
    (folder / name).write_text("mine", encoding="utf-8")
    before = texts_in(folder)
    with pytest.raises(sim.InputError, match=rf"{name}: found it changed since the run wrote it"):
        write(folder, 3)
    assert texts_in(folder) == before
    (folder / name).write_bytes(as_written)
    with OutputFolder(folder):
        assert sim.verify(folder).runs[""]["seed"] == 2
    assert sim.verify(folder).is_whole


@pytest.mark.parametrize("begun", [False, True])
def test_verifying_reads_only_and_says_that_a_run_was_interrupted(folder, begun):
    interrupted(folder)
    if begun:
        (folder / MANIFEST).rename(folder / OLD)
        (folder / NEW / "signed.csv").rename(folder / "signed.csv")
    before = texts_in(folder)
    verification = sim.verify(folder)
    (fault,) = verification.faults
    assert (
        "a run was interrupted while it took its place, expected it whole; the next one that is"
        " written" in fault
    )
    assert verification.runs[""]["seed"] == 2
    assert {*verification.files.values()} == {"whole"}
    assert verification.others == ("thesis.txt",)
    assert texts_in(folder) == before


@pytest.mark.parametrize("moves", range(4))
def test_after_a_refusal_in_the_midst_the_old_run_is_there_or_the_next_one_finishes(
    folder, monkeypatch, moves
):
    """Where the first move is refused the old run stays; later the sentence says that a part is
    there.
    """
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    replace, count = os.replace, []

    def no_room(source: Path, target: Path) -> None:
        count.append(source)
        if len(count) > moves:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr("sim.output_folder.os.replace", no_room)
    sentence = "the new run is there in part only" if moves else "nothing can be written there"
    with pytest.raises(sim.InputError, match=sentence):
        write(folder, 2)
    monkeypatch.undo()
    assert sim.verify(folder).runs[""]["seed"] == (2 if moves else 1)
    assert {*sim.verify(folder).files.values()} == {"whole"}
    assert sim.verify(folder).is_whole == (moves == 0)
    assert (HIDDEN in hidden(folder)) == (moves > 0)
    write(folder, 3, ("json",))
    verification = sim.verify(folder)
    assert (verification.runs[""]["seed"], verification.faults, verification.others) == (
        3,
        (),
        ("notes.txt",),
    )


@pytest.mark.parametrize(
    "name",
    ["a:b.json", "a\\b.json", ".parley/x.json", "manifest.json", "\udcff.json", "a\x1b.json", ""],
)
def test_a_file_whose_name_no_manifest_can_list_is_refused_at_the_start(tmp_path, name):
    with pytest.raises(sim.InputError, match=r"found .*, expected"):
        OutputFolder(tmp_path / "results").name_of(tmp_path / "results" / name)
    with pytest.raises(sim.InputError, match=r"which is not UTF-8, expected a name in UTF-8"):
        OutputFolder(tmp_path / "\udcff")


# Other writers.


def test_a_second_writer_says_so_and_the_first_one_ends_undisturbed(folder):
    with OutputFolder(folder) as place:
        with pytest.raises(
            sim.InputError,
            match="found that another run is being written there, expected one writer",
        ):
            write(folder, 3)
        write(place, 2)
    assert seed_in(folder) == 2
    assert hidden(folder) == []


def together(*calls: Callable[[], Any]) -> list[BaseException | None]:
    """Calls them in a thread each, at the same time; what each raised."""
    raised: list[BaseException | None] = [None] * len(calls)
    barrier = threading.Barrier(len(calls))

    def call(number: int) -> None:
        barrier.wait()
        try:
            calls[number]()
        except sim.InputError as problem:
            raised[number] = problem

    threads = [threading.Thread(target=call, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_of_four_threads_each_writes_a_whole_run_or_says_that_another_does(folder):
    for _ in range(5):
        raised = together(*(lambda seed=seed: write(folder, seed) for seed in (2, 3, 4, 5)))
        assert seed_in(folder) in [
            seed for seed, problem in zip((2, 3, 4, 5), raised, strict=True) if problem is None
        ]
        assert all("another run is being written" in str(problem) for problem in raised if problem)
        assert hidden(folder) == []


def test_of_four_threads_each_writes_a_whole_file(tmp_path):
    file, texts = tmp_path / "run.json", [f"{number}" * 100_000 for number in range(4)]
    for _ in range(25):
        assert (
            together(*(lambda text=text: writing.write_text(file, text) for text in texts))
            == [None] * 4
        )
        assert file.read_text("utf-8") in texts
        assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_what_a_dead_writer_left_is_cleared_by_the_next_and_what_looks_like_it_is_not(folder):
    file = folder.parent / "run.json"
    for stage, left in (
        (folder / HIDDEN, "new/signed.csv"),
        (folder.parent / ".run.json.parley", "run.json"),
        (folder.parent / ".results.parley", "notes.txt"),
    ):
        (stage / left).parent.mkdir(parents=True)
        (stage / left).touch()
        (stage / LOCK).touch()
    write(folder, 2)
    writing.write_text(file, "text")
    assert (seed_in(folder), hidden(folder)) == (2, [".results.parley"])


# Single files.


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    target = tmp_path / "run.json"
    target.write_text("as it was", encoding="utf-8")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "replace", no_space)
    with pytest.raises(sim.InputError, match=r"cannot be written .No space left on device."):
        writing.write_text(target, "half")
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
    assert target.read_text(encoding="utf-8") == "as it was"


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of Unix")
def test_a_pipe_and_a_link_stay_what_they_are(tmp_path):
    pipe, link, file = tmp_path / "pipe", tmp_path / "link", tmp_path / "file"
    os.mkfifo(pipe)
    link.symlink_to(file)
    texts = []
    reader = threading.Thread(target=lambda: texts.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    writing.write_text(pipe, "through")
    writing.write_text(link, "behind")
    reader.join()
    assert texts == ["through"]
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "behind"
