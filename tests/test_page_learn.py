"""The page Learn: what each part of a lesson holds, and a student who predicts, runs and
compares.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visits import inaccessible

import sim
from dashboard.pages.learn.content import TEXTS
from dashboard.pages.learn.layout import STEPS
from dashboard.pages.learn.routes import PARTS
from dashboard.view import view_of

LESSONS = sim.available_lessons()
AFTER = re.compile("data/lesson/(?!opening)")  # asked for once a prediction is made
QUICK, ASKED, SAID = (
    "club-or-public-good",
    "How many stay",
    "8",
)  # a lesson without luck, and what is said here
IN_SIGHT = "box => box.getBoundingClientRect().bottom <= innerHeight"


def part(client, name: str, lesson: str, **more: str) -> dict:
    """A part of a lesson as the server sends it."""
    response = client.get(f"/data/lesson/{name}", query_string={"lesson": lesson, **more})
    assert response.status_code == 200, response.get_json()
    return response.get_json()


def begin_of(section: str) -> str:
    """The first words of a section that stand on the page as they stand in its file."""
    return re.search(r"[\w ,']{14,40}", section)[0].strip()


# The parts


@pytest.mark.parametrize("name", LESSONS)
def test_what_comes_before_the_prediction_holds_no_other_section(client, name):
    opening = client.get("/data/lesson/opening", query_string={"lesson": name}).get_data(
        as_text=True
    )
    others = {key: text for key, text in sim.load_lesson(name).sections.items() if key != "predict"}
    assert begin_of(sim.load_lesson(name).sections["predict"]) in opening
    assert [key for key, text in others.items() if begin_of(text) in opening] == []
    assert not re.search('"(answer|rows|outcomes|sides)"', opening)


@pytest.mark.parametrize("name", LESSONS)
def test_what_is_free_in_a_lesson_can_be_moved_on_the_page(client, name):
    setting, lesson = part(client, "course", name)["setting"], sim.load_lesson(name)
    assert [dial["name"] for dial in setting["dials"]] == list(lesson.setting.dials)
    assert all(
        dial["low"] <= dial["value"] <= dial["high"] and "_" not in dial["label"]
        for dial in setting["dials"]
    )
    for choice in setting["choices"]:
        values = {option["value"] for option in choice["options"]}
        assert values == set(map(str, lesson.setting.choices[choice["name"]]))
        assert lesson.setting.base == "classic" or choice["value"] in values, "how it is at first"
    assert len(setting["choices"]) == len(lesson.setting.choices)
    scenarios = lesson.setting.names if lesson.setting.base == "scenario" else ()
    assert [view_of(each["query"]).scenario for each in setting["scenarios"]] == list(scenarios)


def test_the_ambition_of_all_provisions_is_one_dial_that_moves_each(client):
    dial = part(client, "course", "depth-breadth")["setting"]["dials"][0]
    assert (dial["name"], len(dial["moves"]), dial["label"]) == (
        "ambition",
        9,
        "ambition of all provisions",
    )
    assert part(client, "course", "depth-breadth")["setting"]["more"]["path"] == "designer"


@pytest.mark.parametrize("name", LESSONS)
def test_what_comes_before_the_reveal_tells_no_answer(client, name):
    lesson = sim.load_lesson(name)
    before = [
        client.get(f"/data/lesson/{one}", query_string={"lesson": name}).get_data(as_text=True)
        for one in ("course", "watched")
    ]
    later = {key: text for key, text in lesson.sections.items() if key not in ("predict", "run")}
    assert [key for key, text in later.items() if begin_of(text) in "".join(before)] == []
    if lesson.answer:
        rows = part(client, "watched", name)["rows"]
        answer = part(client, "revealed", name)["answer"]
        assert answer not in [row["value"] for row in rows]
        assert part(client, "watched", name)["pictures"] == []


def test_preparing_the_reveal_tells_nothing_of_it(client):
    assert part(client, "prepared", QUICK) == {"name": QUICK}


def test_each_step_after_the_reveal_comes_by_itself(client):
    sections = sim.load_lesson(QUICK).sections
    for name, own in TEXTS.items():
        assert part(client, name, QUICK)["texts"] == {key: sections[key] for key in own}


def test_the_key_comes_by_itself(client):
    for name in ("course", "revealed", *TEXTS):
        text = client.get(f"/data/lesson/{name}", query_string={"lesson": QUICK}).get_data(
            as_text=True
        )
        assert begin_of(sim.load_lesson(QUICK).sections["key"]) not in text
    assert part(client, "key", QUICK)["key"] == sim.load_lesson(QUICK).sections["key"]


def test_figures_to_watch_follow_what_is_chosen(client):
    first, then = (
        part(client, "watched", QUICK, after="reveal", **more)
        for more in ({}, {"choose": "cost_slope:0.01"})
    )
    assert first["values"] == {"countries": "10", "cost_slope": "0.25"}
    assert [row["value"] for row in first["rows"]] != [row["value"] for row in then["rows"]]
    assert all(row["basis"] == "simulated, assumed" and row["words"] for row in first["rows"])


def test_what_is_set_beside_the_prediction_says_what_it_rests_on(client):
    revealed = part(client, "revealed", QUICK)
    first = next(row for row in revealed["rows"] if row["name"] == revealed["first"])
    assert (first["value"], first["basis"], first["is_asked"]) == (
        revealed["answer"],
        "published",
        True,
    )
    asked = {row["name"] for row in revealed["rows"] if row["is_asked"]}
    assert {"stay", "stay-simulated"} <= asked < {row["name"] for row in revealed["rows"]}


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("lesson=astrology", "'astrology'"),
        ("", "''"),
        (f"lesson={QUICK}&lesson=launch", "twice"),
        (f"lesson={QUICK}&scenario=hack-back", "'scenario'"),
        ("lesson=..%2F..%2Fetc", "expected one of"),
    ],
)
def test_a_wrong_lesson_is_refused_in_one_sentence(client, query, word):
    for name in (*PARTS, "watched"):
        response = client.get(f"/data/lesson/{name}?{query}")
        assert response.status_code == 400
        assert word in response.get_json()["message"]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ("set=monitoring:1", "monitoring is not free"),
        ("choose=countries:11", "'11'"),
        ("set=countries:many", "'many'"),
        ("after=lunch", "after is 'lunch', expected reveal or none"),
    ],
)
def test_what_a_lesson_does_not_leave_free_is_refused(client, more, word):
    response = client.get(f"/data/lesson/watched?lesson={QUICK}&{more}")
    assert response.status_code == 400
    assert word in response.get_json()["message"]


# The page


def faults(page: Page) -> list[str]:
    """What breaks a rule of accessibility on the page, in light and in dark."""
    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        found += inaccessible(page)
    return found


@pytest.mark.browser
def test_a_lesson_by_keyboard_from_the_prediction_to_the_answers_in_a_file(page: Page, open_page):
    open_page("learn")
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.locator(".learn-card")).to_have_count(len(LESSONS))
    assert page.locator("#learn-start").evaluate(IN_SIGHT)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(f"[data-opens={QUICK}].learn-card").focus()
    page.keyboard.press("Enter")
    sections = sim.load_lesson(QUICK).sections
    later = [begin_of(text) for key, text in sections.items() if key != "predict"]

    page.get_by_label(ASKED).focus()
    assert [url for url in asked if AFTER.search(url)] == []
    assert [words for words in later if words in page.content()] == []
    for step in list(STEPS)[1:]:
        expect(page.locator(f"[data-goes={step}]").first).to_be_disabled()
    page.keyboard.type("11")
    page.keyboard.press("Enter")
    expect(page.locator("#lesson-wrong")).to_contain_text("from 0 to 10")
    page.get_by_label(ASKED).fill(SAID)
    page.keyboard.press("Tab")
    page.keyboard.type("=they wait")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Run it yourself")).to_be_focused()
    expect(page.locator(".lesson-watch strong")).to_have_text(["as at first"] * 2)
    expect(page.locator("#lesson-other svg")).to_have_count(0)
    page.get_by_role("button", name="50", exact=True).press("Enter")
    expect(page.locator(".lesson-watch strong").last).to_have_text("+25\u00a0%")
    expect(page.get_by_text("For the teacher")).to_be_hidden()
    assert [words for words in later[1:] if words in page.content()] == []
    assert [url for url in asked if re.search("lesson/(revealed|key|explain)", url)] == []
    page.get_by_role("button", name="Show me what is known").press("Enter")
    beside = re.compile(f"You said: {SAID}.countries.*5 fewer than you said")
    expect(page.locator("#lesson-said")).to_contain_text(beside)
    expect(page.locator("#lesson-beside .lesson-own")).to_have_count(3)
    expect(page.locator("#lesson-beside .lesson-end.is-last").first).to_have_text(
        re.compile("^10.countries$")
    )

    page.reload()
    expect(page.locator("#lesson-said")).to_contain_text(SAID)
    page.locator("[data-goes=run]").first.click()
    expect(page.locator("#lesson-picture-0 svg")).to_contain_text("quadratic benefit: 5 stay")
    expect(page.locator(".lesson-watch strong").last).to_have_text("5\u00a0countries")
    page.get_by_role("button", name="Show me what is known").press("Enter")
    for name in ("Why is it so?", "Now another case"):
        page.get_by_role("button", name=name).press("Enter")
    page.get_by_label("Your answer, in").fill("France, as others watch it")
    expect(page.locator("#lesson-good-answer")).to_be_hidden()
    page.get_by_role("button", name="Show one good answer").press("Enter")
    expect(page.locator("#lesson-good-answer")).to_contain_text(begin_of(sections["good_answer"]))
    page.get_by_role("button", name="What would make it false?").press("Enter")
    expect(page.locator("#lesson-doubts")).to_be_hidden()
    page.get_by_role("button", name="Show what would speak against it").press("Enter")
    expect(page.locator("#lesson-doubts")).to_contain_text(begin_of(sections["false"]))
    page.get_by_role("button", name="Finish the lesson").press("Enter")
    expect(page.locator("#lesson-outcomes li")).to_have_count(len(sim.load_lesson(QUICK).outcomes))

    page.emulate_media(media="print")
    expect(page.locator("#lesson-sheet")).to_contain_text("France, as others watch it")
    expect(page.locator("#lesson-sheet")).to_contain_text(begin_of(sections["explain"]))
    expect(page.locator("#lesson-step-done")).to_be_hidden()
    page.emulate_media(media="screen")

    page.locator(".lesson-back").press("Enter")
    expect(page.locator(f"[data-opens={QUICK}].learn-card")).to_contain_text("done")
    page.get_by_label("Your name").fill("Ada")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers").press("Enter")
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["who"], row["lesson"], row["prediction"], row["unit"]) == (
        "Ada",
        QUICK,
        SAID,
        "countries",
    )
    assert (row["why"], row["transfer"]) == ("'=they wait", "France, as others watch it")

    page.get_by_role("button", name="Forget all").press("Enter")
    page.get_by_role("button", name="Press again").press("Enter")
    expect(page.locator("#learn-held")).to_have_text("All is forgotten.")
    assert page.evaluate("localStorage.getItem('parley-lessons')") is None


@pytest.mark.browser
def test_notes_for_the_teacher_have_an_address_of_their_own(page: Page, open_page):
    open_page("class")
    page.get_by_role("link", name="Lessons, with notes for the teacher").click()
    page.locator(f"[data-opens={QUICK}].learn-card").click()
    expect(page).to_have_url(re.compile("teacher=yes"))
    page.get_by_text("For the teacher").click()
    expect(page.locator("#lesson-answer")).to_contain_text("The answer: 3")
    open_page(f"learn?lesson={QUICK}")
    expect(page.locator("#lesson-form")).to_be_visible()
    expect(page.locator("#lesson-teacher")).to_be_hidden()


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize(
    "name", ["three-theories", "launch"]
)  # of choices and of numbers, those that are longest
def test_on_a_laptop_all_that_a_prediction_takes_is_in_sight(page: Page, open_page, name):
    open_page(f"learn?lesson={name}")
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.locator("#lesson-why")).to_be_in_viewport(ratio=1)
    hidden = page.locator("#lesson-form :is(input, button)").evaluate_all(
        """all => all.filter(one => {
        const {left, top, width, height} = one.getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height - 2) !== one;
    }).map(({id}) => id)"""
    )
    assert hidden == []


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_one_press_begins_and_no_number_is_told_before_the_reveal(page: Page, open_page):
    open_page("learn", width=390)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator("#learn-start").evaluate(IN_SIGHT)
    page.get_by_role("link", name="Start the first lesson").click()
    expect(page).to_have_url(re.compile(f"lesson={LESSONS[0]}"))
    page.locator("#lesson-number").fill("1,000")
    page.get_by_role("button", name="This is my prediction").click()
    watched = page.locator(".lesson-watch strong")
    expect(watched).to_have_text(["as at first"] * 3)
    expect(page.locator("#lesson-chart, #lesson-more a").locator("visible=true")).to_have_count(0)
    page.get_by_role("slider").first.press("Home")
    expect(watched.first).to_have_text(re.compile(r"^−\d+\u00a0%$"))
    expect(page.locator(".lesson-watch").first).to_contain_text(
        "nine in ten worlds, by luck alone: −"
    )
    page.get_by_role("button", name="Show me what is known").click()
    expect(page.locator("#lesson-said")).to_contain_text("362")
    page.locator("[data-goes=run]").first.click()
    finding = page.locator("#lesson-finding")
    expect(finding).to_contain_text("at first")
    expect(page.locator("#lesson-adoption .trace").first).to_be_visible()
    expect(page.locator("#lesson-key-register")).to_be_visible()
    expect(watched.first).to_contain_text("states")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.go_back()
    expect(page.locator("#learn-next")).to_be_visible()
    expect(page.locator("#learn-start")).to_have_text("Go on where you were")


@pytest.mark.release
@pytest.mark.browser
def test_a_prediction_of_one_is_one_and_lies_on_a_scale_of_what_could_be_said(
    page: Page, open_page
):
    open_page("learn?lesson=veto")
    number = page.locator("#lesson-number")
    number.fill("1.5")
    number.press("Enter")
    expect(page.locator("#lesson-wrong")).to_have_text("Please type a whole number from 0 to 3.")
    number.fill("1")
    number.press("Enter")
    page.get_by_role("button", name="Show me what is known").click()
    expect(page.locator("#lesson-said")).to_contain_text(re.compile(r"You said: 1.report\."))
    expect(page.locator("#lesson-beside .lesson-end")).to_have_text(
        ["0", re.compile("^3.reports$")]
    )


@pytest.mark.release
@pytest.mark.browser
def test_ranges_that_answer_the_prediction_stand_first_on_one_scale_and_the_rest_folds(
    page: Page, open_page
):
    open_page("learn?lesson=depth-breadth")
    page.locator("[name=lesson-option]").first.check()
    page.get_by_role("button", name="This is my prediction").click()
    expect(page.locator("#lesson-finding")).to_have_text(
        re.compile(r", in nine of ten worlds: \d+ to \d+\.$")
    )
    expect(page.locator("#lesson-adoption .annotation-text").last).to_have_text(
        re.compile(r"^simulated \d+$")
    )
    page.get_by_role("button", name="Compare with my prediction").click()
    expect(
        page.get_by_role("heading", name="What you said, beside what the model gives")
    ).to_be_focused()
    ranges = page.locator("#lesson-ranges > li")
    expect(ranges).to_have_count(2)
    ends = ranges.locator(".lesson-end.is-last")
    assert len(set(ends.all_inner_texts())) == 1
    fixed, free = (band.bounding_box() for band in ranges.locator(".lesson-band").all())
    assert free["x"] + free["width"] < fixed["x"], (
        "the gain is mostly lost where everybody decides anew"
    )
    expect(page.locator("#lesson-beside > li")).to_have_count(0)
    expect(page.locator("#lesson-other-figures > li")).to_have_count(9)
    expect(page.locator("#lesson-others-title")).to_have_text("The other 9 figures")
    sweep = page.get_by_role("link", name="Does a text that asks for more").first
    expect(sweep).to_have_attribute("href", "sweeps?sweep=ready%3Ddepth-and-breadth")


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_every_step_of_a_lesson_is_accessible_in_every_look(page: Page, open_page, width):
    found = {}

    def check(step: str, *shown: str) -> None:
        for place in shown:
            expect(page.locator(place).first).to_be_visible()
        found[step] = faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    open_page(f"learn?lesson={QUICK}", width=width)
    check("predict", "#lesson-form")
    page.locator("#lesson-number").fill(SAID)
    page.get_by_role("button", name="This is my prediction").click()
    check("run", ".lesson-watch", "#lesson-way-run .main")
    page.locator("#lesson-way-run .main").click()
    check("reveal", "#lesson-said", ".lesson-own")
    page.locator("#lesson-way-reveal [data-goes=run]").click()
    check("run again", ".lesson-watch", "#lesson-picture-0 svg", "#lesson-way-run .main")
    page.locator("#lesson-way-run .main").click()
    for step in ("reveal", "explain"):
        page.locator(f"#lesson-way-{step} .main").click()
    page.locator("#lesson-compared").click()
    check("transfer", "#lesson-good-answer")
    page.locator("#lesson-way-transfer .main").click()
    page.locator("#lesson-doubted").click()
    check("false", "#lesson-doubts")
    page.locator("#lesson-way-false .main").click()
    page.get_by_text("For the teacher").click()
    check("done", "#lesson-outcomes li", "#lesson-teacher-shown")
    assert {step: broken for step, broken in found.items() if broken} == {}
