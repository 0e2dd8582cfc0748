"""Lessons: changes of what is watched, two texts side by side, and words for differences."""

from __future__ import annotations

import re

import pytest

import sim
from sim.lessons.catalogue import lesson_files
from sim.lessons.figure import SIMULATED, Figure, one_of
from sim.number_formats import NO_BREAK

NAMES = sim.available_lessons()
LONGEST = 330  # characters of what stands before the fold of step Run: three lines


@pytest.mark.parametrize("name", NAMES)
def test_what_to_do_in_a_run_is_short_and_the_rest_folds(name):
    assert len(sim.load_lesson(name).sections["run"].partition("### ")[0]) <= LONGEST


def test_a_change_of_counts_is_in_percent_where_levels_would_tell_the_answer():
    changes = sim.load_lesson("launch").changes({"attention_scale": 0.5}, replicates=10)
    assert [one.name for one in changes] == ["states", "firms", "ngos"]
    assert all(
        one.unit == "%" and one.signs and one.interval[0] <= one.value <= one.interval[1]
        for one in changes
    )


@pytest.mark.long
def test_the_change_of_a_range_sets_each_set_of_assumptions_beside_itself():
    lesson = sim.load_lesson("depth-breadth")
    (change, *_), (now, *_), (first, *_) = (
        of({"ambition": depth}, replicates=10) for of, depth in
        ((lesson.changes, 1), (lesson.simulate, 1), (lesson.simulate, 0.52))
    )  # fmt: skip
    assert (change.unit, change.is_range, now.name) == ("points", True, "harm")
    assert change.interval[1] - change.interval[0] < first.interval[1] - first.interval[0]


@pytest.mark.long
def test_two_texts_are_simulated_under_the_same_settings_and_their_change_is_that_of_the_reveal():
    lesson = sim.load_lesson("firebreaks")
    with_ban, without = (
        lesson.simulate(scenario=name, replicates=10) for name in lesson.setting.names
    )
    changes = {one.name: one for one in lesson.changes(scenario="hack-back", replicates=10)}
    revealed = {row.name: row for row in lesson.reveal(replicates=10).rows}
    quick, slow = (
        revealed[name].words.replace(NO_BREAK, " ") for name in ("strikes-more", "strikes-seldom")
    )
    finding = lesson.reveal(replicates=10).finding.replace(NO_BREAK, " ")
    assert finding == f"Without the ban: {quick} if firms are quick, {slow} if they are slow."
    assert {"strikes-more", "strikes-seldom"} <= {*lesson.of_sides}
    assert [one.words for one in with_ban] != [one.words for one in without]
    for watched, told in (
        ("strikes", "strikes-more"),
        ("states", "states-more"),
        ("power", "power-more"),
    ):
        assert changes[watched].words == revealed[told].words


def test_a_difference_is_so_many_more_or_fewer_where_it_has_one_sign():
    ends = {"unit": "strikes", "basis": SIMULATED["assumed"], "signs": True}
    more, fewer, either = (
        Figure("x", "x", value, interval=interval, **ends)
        for value, interval in (
            ("+6 to +127", (6.0, 127.0)),
            (-4.0, (-7.0, -1.0)),
            (3.0, (-1.0, 7.0)),
        )
    )
    assert more.more_words == ("6 to 127\u00a0more strikes", "")
    assert fewer.more_words == ("4\u00a0fewer strikes", "1 to 7")
    assert either.more_words == ("+3\u00a0strikes", "−1 to +7")


def test_one_of_a_unit_is_one():
    words = [Figure("x", "x", value, "states", "register").words for value in (1.0, 2.0)]
    assert words == ["1\u00a0state", "2\u00a0states"]
    assert [one_of(unit) for unit in ("countries", "people", "NGOs")] == [
        "country",
        "person",
        "NGO",
    ]


WRONG = [
    (
        'titles = ["With the ban", "Without it"]',
        'titles = ["With the ban"]',
        "expected two, beside names",
    ),
    (
        "[predict]\n",
        '[grid]\ncolumns = ["a"]\nrows = { b = ["nobody"] }\n\n[predict]\n',
        "a figure for each of 1",
    ),
    (
        "replicates = 50",
        'words = { monitoring = "x" }\nreplicates = 50',
        "found the key 'monitoring'",
    ),
]


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG, ids=lambda text: text[:20])
def test_a_wrong_file_is_one_sentence(tmp_path, old, new, sentence):
    text = lesson_files()["firebreaks"].read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.md"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(sim.InputError, match=re.escape(sentence)):
        sim.load_lesson(path)
