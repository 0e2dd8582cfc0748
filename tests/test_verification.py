"""A verification tells which run a folder holds and what in it is not as the run wrote it, whatever
lies there, and a command says at its start what stands in its way.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from test_output_folder import ANY, UNIX, write

import sim
from dashboard import cli
from sim.output_folder import MANIFEST, OutputFolder, with_files
from sim.writing import json_text

FEW = ("--replicates", "2")
COMMANDS = (
    ("run", "paris-call-2018", "--conduct-by-name", *FEW),
    ("compare", "paris-call-2018", "states-only", *FEW),
    ("compare", "short.toml", "--lenses", "--replicates", "1"),
    ("pivots", "short.toml", "--most", "2", *FEW),
    ("outreach", "short.toml", "--approaches", "1", *FEW),
)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with the run of seed 1, alone in another folder."""
    write(tmp_path / "results")
    return tmp_path / "results"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_in_the_way_is_refused_before_anything_is_computed(
    command, commands, capsys, tmp_path, monkeypatch
):
    def no_file(*_: object) -> None:
        raise AssertionError("a file is written, so all has been computed")

    names = sim.verify(commands(*command).tables).files
    monkeypatch.setattr(OutputFolder, "file", no_file)
    words = [word.replace("short.toml", "paris-call-2018") for word in command]
    for name in names:
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_text("mine", encoding="utf-8")
        monkeypatch.setattr(
            sys, "argv", ["parley", *words, "--out", str(folder), "--format", "csv,json"]
        )
        with pytest.raises(SystemExit, match="2"):
            cli.main()
        assert (
            f"{name}: found it there, and no run wrote it, expected nothing"
            in capsys.readouterr().err
        )
        assert (folder / name).read_text("utf-8") == "mine"


def test_a_verification_says_which_run_it_is(folder):
    scenario = sim.load("paris-call-2018")
    verification = sim.verify(folder)
    assert verification.is_whole
    assert verification.runs[""] == {
        "scenario": "paris-call-2018", "sha256": scenario.sha256, "seed": 1, "replicates": 2,
        "parley": sim.__version__,
    }  # fmt: skip
    assert verification.files == {"signed.csv": "whole", "signed.json": "whole"}


def test_each_fault_is_one_sentence(folder):
    (folder / "signed.csv").unlink()
    (folder / "signed.json").write_bytes((folder / "signed.json").read_bytes()[:-5])
    verification = sim.verify(folder)
    assert verification.files == {"signed.csv": "missing", "signed.json": "changed"}
    missing, changed = verification.faults
    assert missing == f"{folder}/signed.csv: it is missing, expected the file that the run wrote"
    assert "signed.json: its SHA-256 begins with" in changed


def edit(folder: Path, seal: bool = True, **changes: Any) -> None:
    """The manifest in *folder* with other values of some keys, sealed anew or not."""
    content = {**json.loads((folder / MANIFEST).read_text("utf-8")), **changes}
    (folder / MANIFEST).write_text(
        json_text(with_files(content, content["files"]) if seal else content), "utf-8"
    )


def test_a_manifest_that_somebody_edited_is_a_fault_and_is_not_written_over(folder):
    edit(folder, seal=False, seed=7)
    (fault,) = sim.verify(folder).faults
    assert (
        "manifest.json: found it edited, as its seal does not fit, expected it as the run wrote it"
        in fault
    )
    with pytest.raises(
        sim.InputError, match=r"found manifest\.json, which is not as a run wrote it"
    ):
        write(folder, 2)
    assert json.loads((folder / MANIFEST).read_text("utf-8"))["seed"] == 7


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"files": {}}, "its list of files is empty"),
        ({"files": {"signed.csv": 1}}, "it is listed with 1 and not with its SHA-256"),
        ({"files": {"a\0": ANY}}, r"'a\\x00' is listed and is not in this folder"),
        ({"files": {"a" * 5000: ANY}}, "'aaaa.* is listed and is not in this folder"),
        ({"files": {"a/" + "b" * 300: ANY}}, "it is missing|it cannot be read"),
        ({"files": {"\x1b[31m": ANY}}, r"x1b\[31m' is listed and is not in this folder"),
        (
            {"manifests": {"a": ["signed.csv"]}},
            r"the manifest of 'a' is \['signed.csv'\], expected one of its files",
        ),
        ({"manifests": {}}, "manifests is {}, expected the file of each run"),
        ({"manifests": ["signed.csv"]}, "manifests is .*, expected the file of each run"),
        (
            {"manifests": {"a": "gone.json"}},
            "the manifest of 'a' is 'gone.json', expected one of its files",
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_whatever_a_manifest_says_its_faults_are_sentences(folder, changes, sentence):
    edit(folder, **changes)
    faults = sim.verify(folder).faults
    assert len(faults) == 1
    assert re.search(sentence, faults[0])
    assert "\x1b" not in faults[0]


@UNIX
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_what_is_no_file_is_not_taken_for_one(folder, kind):
    file = folder / "signed.csv"
    file.rename(folder.parent / "elsewhere.csv")
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    else:
        file.symlink_to(folder.parent / "elsewhere.csv")
    (fault,) = sim.verify(folder).faults
    assert (
        "signed.csv: found a link, a folder, a pipe or a device, expected the file that the run"
        " wrote" in fault
    )
    with pytest.raises(
        sim.InputError, match=r"signed\.csv: found it changed since the run wrote it"
    ):
        write(folder, 2)


@UNIX
def test_names_of_others_cannot_steer_a_terminal(folder):
    (folder / "\x1b[2Jnotes").touch()
    (folder / "\udcff").touch()
    assert sim.verify(folder).others == ("\\x1b[2Jnotes", "\\udcff")
    json_text(sim.verify(folder).as_json()).encode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, r"manifest\.json: there is no such file, expected a manifest"),
        ("{", r"manifest\.json: it is no JSON"),
        ("{}", r"manifest\.json: it lists no files"),
        ('{"files": {}}', r"manifest\.json, \[scenario\]: name is missing"),
        ('{"files": {}, "manifest": 1}', r"manifest\.json: its manifest is no object"),
    ],
)
def test_a_folder_without_a_manifest_that_can_be_read_is_refused(tmp_path, content, sentence):
    if content is not None:
        (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(sim.InputError, match=sentence):
        sim.verify(tmp_path)
    assert len(list(tmp_path.iterdir())) == (content is not None)


def test_what_is_no_folder_is_refused(tmp_path):
    for name, sentence in (
        ("nowhere", "found nothing, expected a folder"),
        (__file__, "found a file, expected a"),
    ):
        with pytest.raises(sim.InputError, match=sentence):
            sim.verify(tmp_path / name)


def test_the_files_of_a_comparison_are_listed_in_one_manifest(tmp_path):
    run = sim.run(replicates=1)
    sim.Comparison(run, run).save(tmp_path / "two", ["json"])
    sim.LensComparison({"full": run, "null": run}).save(tmp_path / "lenses", ["json"])
    assert list(sim.verify(tmp_path / "two").runs) == ["first", "second"]
    assert list(sim.verify(tmp_path / "lenses").runs) == ["full", "null"]
    (tmp_path / "two" / "manifest-first.json").unlink()
    assert list(sim.verify(tmp_path / "two").runs) == ["second"]
