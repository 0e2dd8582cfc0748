"""What was made of files is remembered while they stay as they were, and no longer."""

from __future__ import annotations

import shutil

import pytest

import sim
from sim.file_memory import FileMemory
from sim.reading import file_text
from sim.scenario import files


def test_a_result_is_given_again_until_a_file_of_it_changes(tmp_path):
    file, memory = tmp_path / "a.txt", FileMemory(2)
    file.write_text("one")

    def make() -> list[str]:
        return [file_text(file, "a.txt", "a text")]

    first = memory.recall("a", make)
    assert memory.recall("a", make) is first
    file.write_text("other")
    assert memory.recall("a", make) == ["other"]
    file.unlink()
    with pytest.raises(sim.InputError, match="there is no such file"):
        memory.recall("a", make)


def test_a_file_of_the_same_size_put_in_its_place_is_another(tmp_path):
    file, other, memory = tmp_path / "a.txt", tmp_path / "b.txt", FileMemory(2)
    file.write_text("one")
    other.write_text("two")
    assert memory.recall("a", lambda: file_text(file, "a.txt", "a text")) == "one"
    other.replace(file)
    assert memory.recall("a", lambda: file_text(file, "a.txt", "a text")) == "two"


def test_what_is_made_of_a_result_is_made_anew_once_a_file_of_that_changes(tmp_path):
    file, inner, outer = tmp_path / "a.txt", FileMemory(2), FileMemory(2)
    file.write_text("one")

    def made() -> str:
        return outer.recall(
            "b", lambda: f"of {inner.recall('a', lambda: file_text(file, 'a.txt', 'a text'))}"
        )

    assert inner.recall("a", lambda: file_text(file, "a.txt", "a text")) == "one"
    assert made() == "of one"
    file.write_text("other")
    assert made() == "of other"


def test_no_more_are_remembered_than_asked_and_no_failure():
    memory, made = FileMemory(2), []
    for key in ("a", "b", "c", "b", "a"):
        memory.recall(key, lambda key=key: made.append(key))
    assert made == ["a", "b", "c", "a"]
    with pytest.raises(ValueError, match="x"):
        memory.recall("d", lambda: int("x"))
    assert memory.recall("d", lambda: 1) == 1


def test_a_shipped_scenario_is_read_anew_once_it_is_edited(tmp_path, monkeypatch):
    assert sim.load("paris-call-2018") is sim.load("paris-call-2018")
    scenarios = shutil.copytree(files.SCENARIOS, tmp_path / "scenarios")
    monkeypatch.setattr(files, "SCENARIOS", scenarios)
    monkeypatch.setattr(files, "_LOADED", FileMemory(2))
    before = sim.load("eu-splits")
    file = scenarios / "eu-splits" / "scenario.toml"
    file.write_text(file.read_text().replace("bloc_votes = 0", "bloc_votes = 1"))
    assert (before.parameters["bloc_votes"], sim.load("eu-splits").parameters["bloc_votes"]) == (
        0,
        1,
    )


def test_a_scenario_in_the_folder_of_the_user_is_read_each_time(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text('base = "eu-splits"\ntitle = "Mine"\n')
    assert sim.load("mine.toml") is not sim.load("mine.toml")
