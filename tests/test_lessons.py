"""Lessons: what they claim holds in their worlds, both sides show, wrong files are refused, sheets
hide the end.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest
from command_line import parley

import sim
from sim.commands import lesson as command
from sim.experiments.outcomes import OUTCOMES
from sim.lessons.catalogue import FENCE, KINDS_OF_LESSON, TWO_SIDES, cards, lesson_files, parts
from sim.lessons.figure import PUBLISHED, RECORD_OF_TALKS, REGISTER, SIMULATED, Figure, Reveal
from sim.lessons.free_settings import free_settings
from sim.lessons.lesson import COURSES, HEADINGS, OF_THE_TEACHER, Lesson
from sim.lessons.quantity import Quantity, Sample
from sim.lessons.sheet import HTML, as_html, sheet
from sim.lessons.worlds import Worlds, each_ambition

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "teaching" / "lessons.md").read_text(encoding="utf-8")
NAMES = sim.available_lessons()
# Some load more compiled code, simulate a hundred sets of assumptions, or many worlds with conduct.
SLOW = {"attribution", "depth-breadth", "firebreaks", "granovetter", "not-reached"}
ANSWERS = {  # counted by hand in the tables of scenarios/data, and as the publications have them
    "launch": 51 + 218 + 93,
    "anniversary": 608 - 373,
    "silence": 193 - 81,
    "one-third": 81 - 66,
    "granovetter": 1,
    "club-or-public-good": 3,
    "veto": 2,
}
EACH = [pytest.param(name, marks=pytest.mark.long) if name in SLOW else name for name in NAMES]


@cache
def reveal_of(name: str) -> Reveal:
    """What a lesson reveals in two worlds."""
    return sim.load_lesson(name).reveal(replicates=2)


def test_there_are_twelve_or_more_of_every_kind_in_every_course():
    lessons = [sim.load_lesson(name) for name in NAMES]
    assert len(lessons) >= 12
    assert [lesson.order for lesson in lessons] == sorted({lesson.order for lesson in lessons})
    assert {lesson.kind for lesson in lessons} == set(KINDS_OF_LESSON)
    assert {course for lesson in lessons for course in lesson.courses} == set(COURSES)


@pytest.mark.parametrize("name", EACH)
def test_every_claim_holds_at_95_percent_confidence(name):
    findings = sim.load_lesson(name).evaluate()
    assert [finding for finding in findings if not finding.holds] == []


@pytest.mark.parametrize(
    "name", [name for name in NAMES if sim.load_lesson(name).kind in TWO_SIDES]
)
def test_an_assumption_and_a_debate_have_no_answer_and_a_claim_for_either_side(name):
    lesson = sim.load_lesson(name)
    assert (lesson.answer, len(lesson.sides), len({claim.side for claim in lesson.claims})) == (
        "",
        2,
        2,
    )


@pytest.mark.parametrize("name", EACH)
def test_what_is_revealed_says_what_it_rests_on(name):
    lesson, reveal = sim.load_lesson(name), reveal_of(name)
    assert {row.basis for row in reveal.rows} <= {
        REGISTER,
        RECORD_OF_TALKS,
        PUBLISHED,
        *SIMULATED.values(),
    }
    assert all(row.label and row.words for row in reveal.rows)
    assert not any("{" in side for side in reveal.sides)
    assert (reveal.answer is None) == (lesson.kind in TWO_SIDES)
    if reveal.answer is not None:
        basis = next(row.basis for row in reveal.rows if row.name == lesson.answer)
        assert not basis.startswith("simulated")


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.long) if n in SLOW else n for n in ANSWERS]
)
def test_the_answer_is_that_of_the_record_or_the_theorem_whatever_is_simulated(name):
    assert reveal_of(name).answer == ANSWERS[name]


@pytest.mark.parametrize("name", NAMES)
def test_conduct_is_a_range_over_assumptions_in_every_lesson(name):
    """Luck under one set of assumptions is far narrower than what nobody knows, and would pass for
    it.
    """
    front, _ = parts(lesson_files()[name])
    for figure in (section.values for section in front.sections("figure")):
        if (
            figure["source"] == "run"
            and "outcome" in figure
            and not OUTCOMES[figure["outcome"]].of_signing
        ):
            assert figure.get("over") == "assumptions", figure["name"]


def test_a_figure_says_whether_luck_or_assumptions_make_its_range():
    ends = {"value": 0.88, "unit": "share", "interval": (0.85, 0.9)}
    fitted, assumed = (
        Figure("x", "x", basis=SIMULATED[basis], **ends) for basis in ("fitted", "assumed")
    )
    assert fitted.spread == "median; nine in ten worlds: 85 to 90\u00a0%"
    luck = "nine in ten worlds, by luck alone under one set of assumptions"
    assert assumed.spread == f"median; {luck}: 85 to 90\u00a0%"
    assert (
        replace(assumed, value=assumed.range_words, is_range=True).spread
        == "over 100 sets of assumptions"
    )


@pytest.mark.long
def test_the_ambition_of_all_provisions_moves_who_signs_and_how_well_it_is_kept():
    lesson = sim.load_lesson("depth-breadth")
    none, everything = (
        {one.name: one for one in lesson.simulate({"ambition": end}, replicates=10)}
        for end in (0, 1)
    )
    assert none["states"].value > 2 * everything["states"].value
    assert none["compliance"].words == "100\u00a0%" != everything["compliance"].words


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_every_free_setting_moves_something_that_is_watched(name):
    """In its mean, as a median of counts may stay where it is."""
    lesson = sim.load_lesson(name)
    for free in free_settings(lesson):
        ends = [value for value, _ in free.options] or [free.low, free.high]
        as_choice = lesson.setting.base == "scenario" and bool(free.options)
        means = set()
        for end in ends:
            moved = {} if as_choice else {free.name: end}
            dials = each_ambition(lesson.setting.names[0], {**lesson.setting.fixed, **moved})
            worlds = Worlds(10, 1, dials, {free.name: end} if as_choice else {})
            means.add(
                tuple(each.mean(worlds) for each in lesson.quantities if each.name in lesson.watch)
            )
        assert len(means) > 1, free.name


def test_a_dial_and_a_choice_are_told_in_words_with_their_range():
    peers, when = free_settings(sim.load_lesson("one-third"))
    assert (peers.low, peers.high) == sim.DIALS["state_peers"].between
    assert [value for value, _ in when.options] == ["launch", "anniversary", "third-year"]
    assert "November 2021" in when.range_words


def test_only_what_is_free_can_be_set():
    with pytest.raises(
        sim.InputError, match="'monitoring' is not free in launch, expected one of attention_scale"
    ):
        sim.load_lesson("launch").simulate({"monitoring": 1})


def test_the_page_that_shows_more_exists():
    sources = (
        path.read_text(encoding="utf-8") for path in (ROOT / "dashboard" / "pages").rglob("*.py")
    )
    pages = {
        path
        for source in sources
        for path in re.findall(r'^PATH, NAME = "([^"]+)"', source, re.MULTILINE)
    }
    assert {sim.load_lesson(name).setting.view.partition("?")[0] for name in NAMES} <= pages


# Names and conduct.


def names_in(text: str) -> set[str]:
    """States and organisations that *text* names."""
    known = {*sim.facts.state_names().values(), *sim.facts.organisation_kinds()} - {"Access Now"}
    return {name for name in known if re.search(rf"\b{re.escape(name)}\b", text)}


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_named_beside_conduct(name):
    front, _ = parts(lesson_files()[name])
    figures = [figure.values for figure in front.sections("figure")]
    of_conduct = [
        f
        for f in figures
        if "outcome" in f and not getattr(OUTCOMES.get(f["outcome"]), "of_signing", False)
    ]
    assert [figure["label"] for figure in of_conduct if names_in(figure.get("label", ""))] == []
    if of_conduct:
        sections = sim.load_lesson(name).sections
        assert (
            names_in(" ".join(text for key, text in sections.items() if key != "background"))
            == set()
        )


def test_a_figure_that_would_tell_one_firms_conduct_is_refused(tmp_path):
    signing = (
        'outcome = "listed"\ndate = 2018-11-12\nset = { attention_scale = 0.5 }\nless = { set ='
        " {} }"
    )
    path = changed(
        tmp_path, signing, 'outcome = "operations"\nless = { scenario = "no-microsoft" }'
    )
    with pytest.raises(sim.InputError, match="one stakeholder's conduct, expected that of many"):
        sim.load_lesson(path).reveal(replicates=2)


# Files.


def changed(folder: Path, old: str, new: str, name: str = "launch") -> Path:
    """The file of a lesson, in *folder*, with the first *old* text replaced by *new*."""
    text = lesson_files()[name].read_text(encoding="utf-8")
    assert old in text
    path = folder / "mine.md"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


WRONG = [
    ("+++\norder", "order", "found no front matter between two lines +++, expected a lesson"),
    ('title = "Launch day"', 'title = "', "found no valid TOML"),
    ("order = 1", "", "order is missing, expected a whole number from 0 to 999"),
    (
        'title = "Launch day"',
        'title = "Launch day"\ntitel = "x"',
        "found the key 'titel', expected only order, title",
    ),
    (
        'kind = "record"',
        'kind = "recrod"',
        "kind is 'recrod', expected one of record, theorem, assumption, debate; d",
    ),
    (
        '"Methods"]',
        '"Metods"]',
        "expected some of International relations, Cyber policy, Methods, Ethics",
    ),
    ("high = 1500", "high = -1", "[predict]: high is -1, expected a number from 0 to"),
    (
        'form = "number"',
        'form = "choice"',
        "[predict]: options is missing, expected two or more tables",
    ),
    (
        '"attention_scale", "rat',
        '"attention_scales", "rat',
        "there is no dial 'attention_scales', expected ambition",
    ),
    (
        'names = ["paris-call-2018"]',
        'names = ["paris-call"]',
        "found no such scenario, expected one of",
    ),
    (
        "replicates = 50",
        "replicates = 0",
        "[setting]: replicates is 0, expected a whole number from 1",
    ),
    (
        'answer = "launch"',
        'answer = "lunch"',
        "answer is 'lunch', expected one of launch, register-states",
    ),
    (
        'answer = "launch"',
        'sides = ["a", "b"]\nanswer = "launch"',
        "no sides, as a lesson of kind record has an",
    ),
    (
        'kind = "record"',
        'kind = "debate"',
        "answer is 'launch', expected no answer, as a lesson of kind debate",
    ),
    ('watch = ["states"', 'watch = ["sates"', "watch names 'sates', expected figures: launch"),
    (
        'source = "register"',
        'source = "registry"',
        "number 1: source is 'registry', expected one of register",
    ),
    (
        "date = 2018-11-12",
        "date = 2018-11-13",
        "[[figure]] number 1: date is 2018-11-13, expected a date of the regis",
    ),
    (
        'who = "states"',
        'who = "state"',
        "[[figure]] number 2: who is 'state', expected one of states, firms, NGOs",
    ),
    (
        'outcome = "listed"',
        'outcome = "list"',
        "outcome is 'list', expected one of signatories, listed",
    ),
    (
        "date = 2018-11-12\nset",
        "date = 2031-11-12\nset",
        "date is 2031-11-12, expected a date from 2018-01-12 on",
    ),
    (
        'name = "register-states"',
        'name = "{x}"',
        "name is '{x}', expected small letters, digits and hyphens",
    ),
    (
        'name = "worlds"',
        'name = "worlds"\nvalues = { many = "x" }',
        "found the key 'many', expected a number",
    ),
    (
        "attention_scale = 0.5",
        "attention_scale = 9",
        "attention_scale is 9, expected a number from 0 to 4",
    ),
    (
        'name = "register-states"',
        'name = "launch"',
        "found the figure 'launch' twice, expected each name once",
    ),
    (
        'covers = "launch"',
        'covers = "lunch"',
        "[[claim]] number 1: covers is 'lunch', expected one of launch",
    ),
    (
        'covers = "launch"',
        'covers = "launch"\nabove = 0',
        "number 1: found 2 relations, expected one of above",
    ),
    (
        "## Predict",
        "## Prediction",
        "found 'Prediction' in place of heading 1, expected '## Predict'",
    ),
    (
        "## Background",
        "## Sources",
        "found 'Sources' in place of heading 10, expected '## Background'",
    ),
    (
        "## Reveal",
        "## Reveal\n\n## Explain",
        "found nothing below '## Reveal', expected at least a sentence",
    ),
]


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG, ids=lambda text: text[:30])
def test_a_wrong_file_is_one_sentence_that_names_the_place(tmp_path, old, new, sentence):
    path = changed(tmp_path, old, new)
    with pytest.raises(sim.InputError) as error:
        sim.load_lesson(path)
    assert sentence in str(error.value)
    assert str(path) in str(error.value) or "paris-call" in str(error.value)


def test_an_assumption_without_its_other_side_is_refused(tmp_path):
    path = changed(tmp_path, 'side = "untraced"', 'side = "traced"', "attribution")
    path.write_text(
        path.read_text(encoding="utf-8").replace('side = "untraced"', 'side = "traced"'),
        encoding="utf-8",
    )
    with pytest.raises(sim.InputError, match="the claims show 1 sides, expected two"):
        sim.load_lesson(path)


def test_the_lesson_in_the_document_is_whole_and_its_claim_holds(tmp_path):
    path = tmp_path / "second-year.md"
    path.write_text(re.search(r"```markdown\n(.+?)```", PAGE, re.DOTALL)[1], encoding="utf-8")
    lesson = sim.load_lesson(path)
    assert lesson.reveal(replicates=2).answer == 78 - 74
    assert all(finding.holds for finding in lesson.evaluate())


@pytest.mark.parametrize("name", NAMES)
def test_the_course_map_has_every_lesson_with_its_courses(name):
    lesson = sim.load_lesson(name)
    marks = " | ".join("●" if course in lesson.courses else "" for course in COURSES)
    assert f"| `{name}`: {lesson.title} | {marks} | {lesson.kind} | {lesson.minutes} |" in PAGE


def test_a_claim_that_is_wrong_does_not_hold(tmp_path):
    path = changed(tmp_path, "below = 0", "above = 0")
    assert [finding.holds for finding in sim.load_lesson(path).evaluate(replicates=20)] == [
        True,
        False,
    ]


# Beside a prediction.


def test_a_number_a_choice_and_a_debate_are_set_beside_in_words():
    number = Reveal((), 362.0, "362 supporters")
    assert number.beside(300) == "You predicted 300; it is 362 supporters: 62 too few."
    assert number.beside(362) == "You predicted 362; it is 362 supporters: as predicted."
    choice = Reveal((), "asking", "Asking them")
    assert choice.beside("asking") == "The answer is: Asking them, as you predicted."
    assert choice.beside("help") == "The answer is: Asking them, unlike your prediction."
    assert "no answer key" in Reveal((), sides=("a", "b")).beside("help")


def test_a_choice_is_right_where_the_figure_of_the_answer_lies_within_its_bounds(tmp_path):
    options = "".join(
        f'\n[[predict.options]]\nname = "{name}"\nwords = "{name}"\nlow = {low}\nhigh = {high}\n'
        for name, low, high in (("hundreds", 100, 999), ("thousands", 1000, 9999))
    )
    asked = 'form = "number"\nunit = "supporters"\nlow = 0\nhigh = 1500\n'
    path = changed(tmp_path, asked, f'form = "choice"\n{options}')
    assert sim.load_lesson(path).reveal(replicates=2).answer == "hundreds"


# The sheet and the command.


@cache
def lesson_and_reveal() -> tuple[Lesson, Reveal]:
    return sim.load_lesson("launch"), reveal_of("launch")


def test_nine_in_ten_worlds_lie_between_counts_that_worlds_have():
    rows = {row.name: row for row in sim.load_lesson("one-third").reveal(replicates=12).rows}
    assert all(end == int(end) for row in rows.values() if row.interval for end in row.interval)
    assert "." not in rows["change"].interval_words


def test_a_count_over_worlds_is_their_median_and_whole_and_a_share_is_their_mean():
    counts, wins = (np.array(numbers) for numbers in ([1.0, 2.0, 3.0, 90.0], [1.0, 0.0, 0.0, 0.0]))
    of_counts = Quantity("x", "x", "states", lambda _: Sample(counts, SIMULATED["fitted"]))
    assert of_counts.figure(Worlds(4, 1)).words == "3\u00a0states"
    of_wins = Quantity(
        "x", "x", "share", lambda _: Sample(wins, SIMULATED["fitted"], is_share=True)
    )
    assert of_wins.figure(Worlds(4, 1)).value == 0.25


def test_the_sheet_asks_before_it_reveals_and_keeps_the_key_for_the_teacher():
    lesson, reveal = lesson_and_reveal()
    pupils, teachers = sheet(lesson), sheet(lesson, reveal)
    tasks = ("predict", "run", "transfer", "false")
    order = [pupils.index(f"## {HEADINGS[key]}") for key in tasks]
    assert order == sorted(order)
    assert "362" not in pupils
    assert "362" in teachers.split("## Reveal")[1]
    for key in HEADINGS:
        assert (lesson.sections[key] in pupils) == (key in tasks[:3])
        assert lesson.sections[key] in teachers


def test_a_sheet_is_a_page_that_no_text_of_a_lesson_can_script(tmp_path):
    path = changed(
        tmp_path,
        "Think of the three",
        "<script>alert(1)</script> [x](javascript:y) Think of the three",
    )
    page = sheet(sim.load_lesson(path), lesson_and_reveal()[1], HTML)
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert page.count("<table>") == 1


def test_markdown_of_lessons_is_html():
    text = "# A\n\nOne *two* and **three** at https://a.example/b.\n\n"
    text += "- x\n  y\n- z\n\n1. first\n2. second\n\n> said\n\n`c`"
    assert re.split(r"\n(?=<[hpuob])", as_html(text).strip()) == [
        "<h1>A</h1>",
        (
            "<p>One <em>two</em> and <strong>three</strong> at <a"
            ' href="https://a.example/b">https://a.example/b</a>.</p>'
        ),
        "<ul>\n<li>x\ny</li>\n<li>z</li>\n</ul>",
        "<ol>\n<li>first</li>\n<li>second</li>\n</ol>",
        "<blockquote>",
        "<p>said</p>\n</blockquote>",
        "<p><code>c</code></p>",
    ]


def test_the_command_lists_every_lesson():
    assert [row["name"] for row in json.loads(parley("lesson", "--json", "-").out)] == list(NAMES)
    printed = parley("lesson").out
    assert all(card.name in printed for card in cards())


def test_the_command_walks_through_a_lesson_and_sets_the_prediction_beside_the_record():
    end = parley("lesson", "launch", "--predict", "300", "-n", "2", "--set", "attention_scale=0")
    assert end.code == 0
    assert "62 too few" in end.out
    places = [
        end.out.index(f"\n{HEADINGS[key]}\n") for key in HEADINGS if key not in OF_THE_TEACHER
    ]
    assert places == sorted(places)
    assert "Misconceptions" not in end.out
    options = ("-n", "2", "--set", "attention_scale=0", "--teacher", "--json", "-")
    content = json.loads(parley("lesson", "launch", *options).out)
    assert (content["answer"], content["prediction"], list(content["sections"])) == (
        362,
        None,
        list(HEADINGS),
    )
    states = {figure["name"]: figure["value"] for figure in content["watch"]}["states"]
    assert states < next(
        figure["value"] for figure in content["figures"] if figure["name"] == "states"
    )


def test_the_command_writes_a_sheet(tmp_path):
    path = tmp_path / "sheet.md"
    end = parley("lesson", "launch", "-n", "2", "--out", str(path))
    assert (end.code, end.out) == (0, "")
    assert path.read_text(encoding="utf-8") == sheet(sim.load_lesson("launch"))
    end = parley("lesson", "launch", "-n", "2", "--teacher", "--out", str(path))
    assert "**The answer: 362" in path.read_text(encoding="utf-8")


def test_a_prediction_is_asked_for_until_it_is_one(monkeypatch, capsys):
    lines = iter(["many", "5000", "300", "a guess"])
    monkeypatch.setattr(command.typer, "prompt", lambda *_, **__: next(lines))
    assert command._ask(sim.load_lesson("launch")) == 300
    assert capsys.readouterr().out.count("expected a number from 0 to 1500") == 2


def test_a_walk_tells_only_changes_where_numbers_would_tell_the_answer():
    lesson = sim.load_lesson("granovetter")
    assert command._before_reveal(lesson) == lesson.changes
    assert [one.words for one in command._before_reveal(lesson)()] == ["0\u00a0%", "0\u00a0%"]
    assert command._before_reveal(sim.load_lesson("veto")) != lesson.changes


def test_settings_are_tried_until_none_is_typed(monkeypatch, capsys):
    lines = iter(["attention_scale=0", "monitoring=1", ""])
    monkeypatch.setattr(command.typer, "prompt", lambda *_, **__: next(lines))
    lesson = sim.load_lesson("launch")
    command._try(lesson, partial(lesson.simulate, replicates=2))
    printed = capsys.readouterr().out
    assert printed.count("States on launch day, simulated") == 2
    assert "'monitoring' is not free in launch" in printed
    assert "362" not in printed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["lunch"], "lunch: found no such lesson, expected one of"),
        (["lunch"], "did you mean 'launch'?"),
        (["launch", "--predict", "5000"], "--predict is 5000.0, expected a number from 0 to 1500"),
        (
            ["not-reached", "--predict", "both"],
            "--predict is 'both', expected one of asking, help, neither",
        ),
        (
            ["launch", "--set", "attention_scale=9"],
            "attention_scale is 9.0, expected a number from 0 to 4",
        ),
        (["launch", "--choose", "who=USA"], "choices: 'who' is not free in launch"),
        (
            ["launch", "--out", "sheet.pdf"],
            "--out is 'sheet.pdf', expected a file that ends in .md or .html",
        ),
        (
            ["launch", "--out", "sheet.md", "--json", "-"],
            "found --json beside --out, expected one of the two",
        ),
        (["--teacher"], "found --teacher beside no lesson"),
        (["launch", "-n", "0"], "--replicates is 0, expected a whole number from 1"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(arguments, sentence):
    end = parley("lesson", *arguments)
    assert end.is_refusal
    assert sentence in end.err


def test_a_wrong_file_ends_the_command_with_one_sentence(tmp_path):
    assert parley("lesson", str(changed(tmp_path, FENCE, "---"))).is_refusal
