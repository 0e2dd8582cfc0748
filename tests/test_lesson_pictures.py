"""The step Run of every lesson: under each of its free settings the picture shows what the figures
beside it say, as both come from one simulation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

import sim
from sim.lessons.lesson import CLASSIC, SCENARIO, Lesson

LESSONS = sim.available_lessons()
# Figures of those on the list by the end, at which the line of their kind ends.
DRAWN = {"states": "state", "with-powers": "state", "firms": "firm", "ngos": "ngo"}
# Watched in these lessons is what their charts do not draw: acts, or who never decided.
OF_OTHER_THINGS = {"anniversary", "attribution", "launch", "silence", "three-theories"}
SETTLED = "#lesson-stage:not(.is-waiting):not([aria-busy=true])"
END_OF_LINE = "#lesson-adoption .annotation-text"


def beginning(lesson: Lesson) -> str:
    """What a browser keeps of a student who has seen the reveal and goes back to step Run."""
    asked = lesson.predict
    own = {"prediction": asked.low, "unit": asked.unit, "committed": "2026-01-01"}
    return json.dumps({lesson.name: {**own, "step": "run", "reached": 2}})


def moves(page: Page) -> Iterator[Callable[[], None]]:
    """Moves what is free, one thing after the other: each slider to both ends, each choice through
    its options.
    """
    for slider in page.locator("#lesson-controls input[type=range]").all():
        for key in ("Home", "End"):
            yield lambda slider=slider, key=key: slider.press(key)
    for option in page.locator("#lesson-controls [data-lesson-choice]").all():
        if option.get_attribute("aria-pressed") == "false":
            yield option.click


def number(words: str) -> str:
    return re.search(r"\d[\d,]*|none", words)[0]


def watched(page: Page) -> dict[str, str]:
    """The number of each figure to watch, by its label; of two texts that of the first."""
    rows = page.locator(".lesson-watch").all()
    labels = [row.locator("dt, th").first.evaluate("one => one.firstChild.data") for row in rows]
    return {
        label: row.locator("strong").first.inner_text()
        for label, row in zip(labels, rows, strict=True)
    }


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("name", LESSONS)
def test_the_picture_shows_the_numbers_beside_it_whatever_is_moved(page: Page, open_page, name):
    lesson = sim.load_lesson(name)
    asked: dict[str, dict[str, list[str]]] = {}

    def keep(request) -> None:
        address = urlsplit(request.url)
        asked[address.path.rpartition("/data/")[2]] = parse_qs(address.query)

    open_page("learn")
    page.evaluate("kept => localStorage.setItem('parley-lessons', kept)", beginning(lesson))
    page.on("request", keep)
    open_page(f"learn?lesson={name}")
    expect(page.locator(SETTLED)).to_be_visible()
    if lesson.setting.titles:
        page.locator("#lesson-chart summary").click()
    compared, made = 0, 0
    for move in moves(page):
        move()
        made += 1
        expect(page.locator(SETTLED)).to_be_visible()
        compared += holds(page, lesson)
        check_questions(asked, lesson)
    assert made >= len(lesson.setting.dials) + len(lesson.setting.choices)
    assert (compared == 0) == (name in OF_OTHER_THINGS)


def check_questions(asked: dict, lesson: Lesson) -> None:
    """The picture was asked for under the settings of the figures."""
    free = asked["lesson/watched"]
    if lesson.setting.base == SCENARIO:
        values = {name: value for name, value in pairs(free, "set").items() if name != "ambition"}
        drawn = pairs(asked["run"], "set") | pairs(asked["run"], "choose")
        assert (values | pairs(free, "choose")).items() <= drawn.items()
    elif lesson.setting.base != CLASSIC:
        assert pairs(free, "choose").items() <= pairs(asked["negotiate"], "set").items()


def pairs(query: dict[str, list[str]], key: str) -> dict[str, str]:
    return dict(each.split(":", 1) for each in query.get(key, []))


def holds(page: Page, lesson: Lesson) -> int:
    """How many figures to watch the picture shows, each with the same number."""
    numbers = watched(page)
    if lesson.setting.base == CLASSIC:
        ends = page.locator("#lesson-other svg text").all_text_contents()
        labels = [each for each in ends if re.search(r"\d (acts?|stay)$", each)]
        assert sorted(map(last_number, labels)) == sorted(map(number, numbers.values()))
        return len(labels)
    if lesson.setting.base != SCENARIO:
        assert page.locator(".lesson-adopted strong").inner_text() in numbers.values()
        return 1
    compared = 0
    labels = {quantity.name: quantity.label for quantity in lesson.quantities}
    drawn = (
        [] if lesson.name in OF_OTHER_THINGS else [name for name in lesson.watch if name in DRAWN]
    )
    for name in drawn:
        kind, label = DRAWN[name], labels[name]
        button = page.locator(f"[data-lesson-kind={kind}]")
        if button.count():
            button.click()
        end = page.locator(END_OF_LINE).filter(has_text="simulated").last
        expect(end).to_have_text(re.compile(rf"simulated\s{number(numbers[label])}$"))
        compared += 1
    return compared


def last_number(words: str) -> str:
    return re.findall(r"\d+", words)[-1]
