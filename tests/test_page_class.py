"""Class sessions in real browsers: a teacher and students on laptops and phones, against a server
of their own.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from classrooms import Clock, Sitting
from playwright.sync_api import Browser, Page, expect
from visits import PATIENCE, drawn, inaccessible, serving

from dashboard.classroom.answers import OPTIONS, decision_in_words
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.plan import CHOOSE, EXIT, NEWS, PLANS, PREDICT, column
from dashboard.classroom.room import Room
from dashboard.classroom.store import Store

pytestmark = pytest.mark.browser

PHONE, LAPTOP = (390, 844), (1280, 720)
HEAVY = 100_000  # bytes that a phone may load for its page
ON = {PHONE: ("join", "seat", "console", "screen"), LAPTOP: ("console", "screen")}
# Who plays whom, what each guesses, which option its team takes in each choice, how it feels and
# what it guesses then.
CLASS = {
    "Amina": (
        "United States",
        41,
        "Stay out for now, Sign the text, Stay a signatory",
        "Curious",
        71,
    ),
    "Björn 🦊": ("China", 52, "Stay out for now, Stay out for now, Stay out for now", "Proud", 72),
    "=<b>Chloé</b>": (
        "Microsoft",
        63,
        "Sign the text, Leave: take the name off, Sign the text",
        "Unsure",
        73,
    ),
    "Dario": ("Access Now", 74, "", "Surprised", 74),
    "Elif": ("The press", 85, "", "Content", 75),
}
DEBRIEF = (
    "What happened",
    "Who kept it, and who was accused",
    "Who was sanctioned, and was it right?",
    "Your world beside 200 simulated ones",
    "And what really happened",
    "Where else do you see this?",
)
HEADLINE = "Washington & Beijing stay out <b>together</b>"
SIZES = dict.fromkeys(CLASS, LAPTOP) | {"Amina": PHONE, "Dario": PHONE}
VALUES = {ENGLISH.say(f"answer-{value}"): value for value in OPTIONS}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def clock() -> Clock:
    """The clock of the sessions, which tests move."""
    return Clock()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Room:
    """The sessions of the server."""
    return Room(Store(tmp_path_factory.mktemp("class") / "class.sqlite", clock=clock))


@pytest.fixture(scope="module")
def school(room: Room) -> Iterator[str]:
    """The address of a server with these sessions."""
    from dashboard.app import create_app

    with serving(create_app(room=room)) as address:
        yield address.rstrip("/")


@pytest.fixture
def device(browser: Browser, school: str) -> Iterator[Open]:
    """Opens a path on a device of its own, of that size; nothing may go wrong there until the test
    ends.
    """
    contexts, wrong = [], []

    def open_on(path: str, size: tuple[int, int] = LAPTOP, scheme: str = "light") -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "warning" else None)
        page.goto(school + path)
        return page

    yield open_on
    for context in contexts:
        context.close()
    assert wrong == []


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sit(page: Page, name: str, code: str, seat: str) -> None:
    """Joins and takes a seat, as a student does who has typed the address."""
    page.get_by_label("Code").fill(code.lower())
    page.get_by_label("Your name").fill(name)
    press(page, "Join")
    page.get_by_role("button", name=seat).click()
    expect(page.locator("#who")).to_have_text(seat)


def guess(page: Page, number: int, button: str) -> None:
    page.get_by_role("textbox", name="How many states").fill(str(number))
    press(page, button)


def choose(page: Page, words: str) -> None:
    """Decides for the team, in two taps."""
    press(page, words)
    press(page, f"Yes: {words[0].lower()}{words[1:]}")
    expect(page.locator("#settled-value")).to_have_text(words)


def go_on(teacher: Page, step: int, *others: Page) -> None:
    """Ends the step before *step* of the long plan, and lets the *others* look at once."""
    head = teacher.get_by_role("heading", name=PLANS["50"][step].title, level=1, exact=True)
    sure = teacher.locator("#sure-yes:visible")
    teacher.locator("#start:visible, #skip:visible").click()
    expect(sure.or_(head).first).to_be_visible()
    if sure.is_visible():
        sure.click()
    expect(head).to_be_visible()  # else the next press may belong to the step that is over
    look(teacher, *others)


def look(*pages: Page) -> None:
    for page in pages:
        page.evaluate("() => dispatchEvent(new Event('online'))")


def inaccessible_at(
    moments: Iterable[str], device: Open, session: Sitting, seats: Sequence[str], scheme: str
) -> dict[tuple[str, str, tuple[int, int]], list[str]]:
    """What is wrong at each of *moments*, as the session comes to them, on phones in those *seats*,
    the projector and the console; nothing is wider than its device.
    """
    pages = [
        *(("seat", session.tokens[seat], PHONE) for seat in seats),
        ("screen", session.screen, LAPTOP),
        ("screen", session.screen, PHONE),
        ("console", session.secret, LAPTOP),
    ]
    opened = [device(f"/class/{name}#{token}", size, scheme) for name, token, size in pages]
    faults = {}
    for moment in moments:
        for (name, token, size), page in zip(pages, opened, strict=True):
            page.reload()
            expect(page.locator("h1:visible")).not_to_be_empty()
            faults[moment, f"{name} {token[:4]}", size] = inaccessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (moment, name)
    return {where: what for where, what in faults.items() if what}


@pytest.mark.long
def test_a_class_plays_a_plan_and_the_table_holds_all_that_it_did(
    device: Open, school: str, tmp_path: Path
):
    """Dario's phone goes out before his team has decided, the model plays on, and he comes back a
    year later.
    """
    teacher = device("/class")
    teacher.get_by_role("radio", name="50 minutes", exact=True).check()
    teacher.get_by_role("radio", name="6", exact=True).check()
    press(teacher, "Open the session")
    expect(teacher.locator("#students-head")).to_have_text("Nobody has joined yet")
    code = teacher.locator("#code").inner_text().replace(" ", "")
    assert "#" not in teacher.url, "the secret would stand on a projector"
    with teacher.context.expect_page() as opened:
        teacher.get_by_role("link", name="Open the projector page").click()
    screen = opened.value
    expect(screen.locator("#code")).to_have_text(teacher.locator("#code").inner_text())
    expect(
        teacher.locator("#reach")
    ).to_be_visible()  # the address is of this computer alone: it stands on no wall
    expect(screen.locator("#join-open")).to_have_text("Your teacher says how to join.")
    expect(screen.locator("#qr-box, #join-address").locator("visible=true")).to_have_count(0)
    phones = {name: device("/class/join", SIZES[name]) for name in CLASS}
    for name, (seat, *_) in CLASS.items():
        sit(phones[name], name, code, seat)
    own = phones["Dario"].url[len(school) :]
    look(teacher)
    expect(teacher.locator("#students-head")).to_have_text("5 students")

    kinds: dict[str, list[int]] = {}
    choices, headlines = {name: dict[int, str]() for name in CLASS}, dict[int, str]()
    for number, step in enumerate(PLANS["50"][1:-1], start=1):
        go_on(teacher, number, screen, *(page for page in phones.values() if not page.is_closed()))
        kinds.setdefault(step.kind, []).append(number)
        time = len(kinds[step.kind])
        if step.kind == PREDICT:
            for name, (_, guessed, *_) in CLASS.items():
                guess(phones[name], guessed, "That is my guess")
                expect(phones[name].locator("#predict-value")).to_have_text(f"{guessed} states")
        elif step.kind == CHOOSE:
            if time == 1:
                phones["Dario"].close()
            if time == 2:
                phones["Dario"] = device(own, PHONE)
                expect(phones["Dario"].locator("#head")).to_have_text("You have no seat now")
                teacher.get_by_text("Hand a seat on").click()
                teacher.get_by_label("Student", exact=True).select_option(label="Dario")
                teacher.get_by_label("takes the seat").select_option(label="Access Now")
                press(teacher, "Hand it on")
                look(phones["Dario"])
            for name, (*_, wishes, _, _) in CLASS.items():
                if wishes:
                    choices[name][number] = wishes.split(", ")[time - 1]
                elif name == "Dario" and time > 1:
                    choices[name][number] = (
                        phones[name].locator("#options button").first.inner_text()
                    )
                if number in choices[name]:
                    choose(phones[name], choices[name][number])
            look(teacher, screen)
            expect(teacher.locator("#undecided")).to_have_text(
                "1 undecided" if time == 1 else "all have decided"
            )
            expect(screen.locator("#seated-words")).to_contain_text(
                "3 of 4" if time == 1 else "4 of 4"
            )
        elif step.kind == NEWS:
            expect(phones["Amina"].locator("#own-news")).to_have_text(
                ["Your team stayed out.", "Your team signed.", "Your team stayed a signatory."][
                    time - 1
                ]
            )
            expect(screen.locator("#headlines-words")).to_have_text("The press is still writing.")
            headlines[number] = f"{HEADLINE}, {number}"
            expect(phones["Elif"].get_by_role("textbox")).to_have_value("")
            phones["Elif"].get_by_role("textbox").fill(headlines[number])
            press(phones["Elif"], "Publish it")
            look(phones["Amina"], screen)
            for page in (phones["Amina"], screen):
                expect(page.locator("#headlines strong").first).to_have_text(headlines[number])
            if time == 1:
                teacher.get_by_text("Hand a seat on").click()
                teacher.get_by_label("Or give a seat to the model").select_option(
                    label="Access Now"
                )
                press(teacher, "The model plays it")
                expect(teacher.locator("#model-seats")).to_contain_text("Access Now")
                teacher.get_by_text("Hand a seat on").click()
        elif step.kind == EXIT:
            for name, (*_, mood, answer) in CLASS.items():
                phones[name].get_by_role("radio", name=mood.lower(), exact=True).check()
                guess(phones[name], answer, "Send my answers")
                expect(phones[name].get_by_text("Your answers are kept")).to_be_visible()
    press(teacher, "Next: Debrief")
    for words in DEBRIEF:
        press(teacher, f"Next: {words}")
        look(screen, *phones.values())
        for page in (screen, *phones.values()):
            expect(page.locator("#head")).to_have_text(words)
    teacher.locator("#finish").click()
    press(teacher, "End it")
    look(*phones.values())
    for page in phones.values():
        expect(page.locator("#place")).to_have_text("The session is over")

    with teacher.expect_download() as download:
        press(teacher, "Download the table (CSV)")
    download.value.save_as(tmp_path / "table.csv")
    rows = list(
        csv.DictReader((tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines())
    )
    assert not any(cell.startswith("=") for row in rows for cell in row.values()), (
        "a table would take it for a formula"
    )
    rows = [
        row for row in rows if row["name"]
    ]  # the last one is of the class, and what it sanctioned
    assert [row["name"].removeprefix("'") for row in rows] == list(CLASS)
    for row, (name, (seat, guessed, _, mood, answer)) in zip(rows, CLASS.items(), strict=True):
        ([predicted], [exit_]) = kinds[PREDICT], kinds[EXIT]
        assert (row["seat"], row[column(PLANS["50"], predicted, "guess")]) == (seat, str(guessed))
        told = [row[column(PLANS["50"], exit_, what)] for what in ("mood", "answer")]
        assert told == [mood.lower(), str(answer)]
        for number in kinds[CHOOSE]:
            made = choices[name].get(number)
            said = decision_in_words(CHOOSE, VALUES[made]) if made else ""
            assert row[column(PLANS["50"], number, "decision")] == said
            assert row[column(PLANS["50"], number, "by")].removeprefix("'") == (
                name if made else ""
            )
        for number in kinds[NEWS]:
            assert row[column(PLANS["50"], number, "headline")] == (
                headlines[number] if name == "Elif" else ""
            )


def test_the_page_on_which_sessions_open_has_the_top_of_all_pages(device: Open):
    page = device("/class", PHONE)
    expect(page.get_by_role("link", name="Evidence")).to_be_hidden()
    press(page, "Class")
    expect(page.get_by_role("link", name="Evidence")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, "Switch between light and dark")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_a_student_joins_and_guesses_on_a_phone_that_loads_little(device: Open, room: Room):
    code, secret = room.open({"plan": "15", "seats": 6, "seed": 1})
    phone = device(f"/class/join#{code}", PHONE)
    expect(phone.get_by_label("Your name")).to_be_focused()
    phone.get_by_label("Code").fill("222222")
    phone.get_by_label("Your name").fill("Amina")
    press(phone, "Join")
    expect(phone.get_by_role("alert")).not_to_be_empty()
    sit(phone, "Amina", code, "United States")
    loaded = (
        "() => performance.getEntries().reduce((sum, each) => sum + (each.encodedBodySize ?? 0), 0)"
    )
    assert 20_000 < phone.evaluate(loaded) < HEAVY

    teacher = room.person(secret)
    room.teach(teacher, {"action": "start"})
    field = phone.get_by_role("textbox", name="How many states")
    field.type("6")
    room.teach(teacher, {"action": "pause"})
    expect(phone.locator("#notice")).to_contain_text("Paused")
    expect(field).to_be_focused()
    field.type("4")
    room.teach(teacher, {"action": "resume"})
    press(phone, "That is my guess")
    expect(phone.locator("#predict-value")).to_have_text("64 states")
    assert room.state(room.person(secret))["students"][0]["decided"]


@pytest.mark.long
def test_a_student_reads_the_briefing_in_french(device: Open, room: Room):
    code, _ = room.open({"plan": "15", "seats": 6, "seed": 1})
    token, _ = room.join(code, "Amina")
    room.seat(room.person(token), "USA")
    phone = device(f"/class/seat#{token}", PHONE)
    press(phone, "Lire en français")
    expect(phone.locator("#briefing-head")).to_have_text("Votre fiche\u202f: États-Unis")
    expect(phone.locator("#briefing")).to_have_attribute("lang", "fr")
    expect(phone.locator("#briefing-text")).to_contain_text("Appel de Paris")
    phone.reload()
    expect(phone.locator("#briefing-aims-head")).to_have_text("Ce que seule votre équipe sait")
    press(phone, "Read it in English")
    expect(phone.locator("#briefing-head")).to_have_text("Your briefing: United States")


@pytest.mark.long
def test_a_second_tap_and_a_new_seat_decide_nothing(device: Open, room: Room):
    code, secret = room.open({"plan": "15", "seats": 6, "seed": 1})
    token, number = room.join(code, "Amina")
    room.seat(room.person(token), "USA")
    teacher, phone = device(f"/class/console#{secret}"), device(f"/class/seat#{token}", PHONE)
    for page in (teacher, phone):
        expect(page.locator("#place")).not_to_be_empty()
        page.evaluate("() => { const later = []; window.setTimeout = work => later.push(work);"
                      "window.wake = () => later.splice(0).forEach(work => work()); }")  # fmt: skip
    press(teacher, "Start")
    expect(teacher.locator("#skip")).to_have_text("Next: The launch")
    teacher.locator("#skip").dispatch_event("click")
    teacher.evaluate("() => wake()")
    press(teacher, "Next: The launch")
    expect(teacher.locator("#sure-words")).to_have_text("1 student has not answered")
    press(teacher, "Go on")
    expect(teacher.locator("#head")).to_have_text("The launch")

    look(phone)
    press(phone, "Sign the text")
    phone.locator("#confirm-yes").dispatch_event("click")
    phone.evaluate("() => wake()")
    expect(phone.locator("#confirm-seat")).to_have_text("United States")
    room.teach(room.person(secret), {"action": "seat", "student": number, "seat": "CHN"})
    look(phone)
    expect(phone.locator("#who")).to_have_text("China")
    expect(phone.locator("#confirm")).to_be_hidden()
    press(phone, "Stay out for now")
    phone.evaluate("() => wake()")
    press(phone, "Yes: stay out for now")
    expect(phone.locator("#settled-value")).to_have_text("Stay out for now")


@pytest.mark.long
def test_a_question_on_undecided_seats_goes_away_once_all_have_decided(device: Open, room: Room):
    sitting = Sitting(room, "50", ["USA", "CHN"])
    sitting.go_to(CHOOSE)
    teacher, screen = (
        device(f"/class/console#{sitting.secret}"),
        device(f"/class/screen#{sitting.screen}"),
    )
    expect(screen.locator("#seated-words")).to_contain_text(
        "The model plays the other 3. The press is silent."
    )
    head = teacher.locator("#head").inner_text()
    teacher.locator("#skip").click()
    sitting.decide("USA", "sign")
    look(teacher)
    expect(teacher.locator("#sure-words")).to_have_text("1 seat is undecided")
    sitting.decide("CHN", "sign")
    look(teacher)
    expect(teacher.locator("#sure")).to_be_hidden()
    expect(teacher.locator("#head")).to_have_text(head)


@pytest.mark.long
def test_who_closed_the_teacher_s_tab_goes_on_in_the_same_browser_until_the_end(
    device: Open, school: str, room: Room
):
    code, secret = room.open({"plan": "15", "seats": 6, "seed": 1})
    asked: list[str] = []
    teacher = device(f"/class/console#{secret}")
    teacher.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    press(teacher, "Copy my link")
    expect(teacher.locator("#copied")).not_to_be_empty()
    teacher.evaluate("() => sessionStorage.clear()")  # as a tab that is closed forgets
    teacher.goto(f"{school}/class")
    teacher.get_by_role("link", name="Go on with the session you opened").click()
    expect(teacher.locator("#code")).to_have_text(f"{code[:3]} {code[3:]}")
    assert not any(secret in address for address in asked)
    room.teach(room.person(secret), {"action": "end"})
    teacher.goto(f"{school}/class")
    expect(teacher.get_by_role("radio", name="15 minutes")).to_be_visible()
    expect(teacher.locator("#opened")).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_by_every_rule(device: Open, room: Room, scheme: str):
    code, secret = room.open({"plan": "15", "seats": 12, "seed": 1})
    teacher = room.person(secret)
    token, _ = room.join(code, f"Amina {scheme}")
    room.seat(room.person(token), "USA")
    screen = room.screen(teacher)
    faults = {}
    inside = {"join": code, "seat": token, "console": secret, "screen": screen}
    for size in (PHONE, LAPTOP):
        for path in ("/class", *(f"/class/{name}#{inside[name]}" for name in ON[size])):
            page = device(path, size, scheme)
            expect(page.locator("h1:visible")).not_to_be_empty()
            drawn(page)
            faults[path.partition("#")[0], size] = inaccessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
            page.close()
    assert {where: what for where, what in faults.items() if what} == {}


# JavaScript: the lines of the list of what happened that are read in full on the wall.
IN_FULL = """() => { const box = document.querySelector(".part-facts").getBoundingClientRect();
    return [...document.querySelectorAll(".part-facts li")].filter(line => {
        const { left, right, top, bottom, width } = line.getBoundingClientRect();
        return width && left >= box.left && right <= box.right && top >= box.top
            && bottom <= box.bottom && line.scrollHeight <= line.clientHeight + 1;
    }).map(line => line.textContent); }"""


@pytest.mark.long
@pytest.mark.parametrize("size", [LAPTOP, (1920, 1080)])
def test_all_that_happened_can_be_read_on_the_wall(device: Open, room: Room, size: tuple[int, int]):
    sitting = Sitting(room, "50", ["USA", "press-1"])
    for _ in range(3):
        sitting.go_to(NEWS)
        sitting.decide("press-1", " ".join(["All of the world waits for you"] * 4))
    sitting.go_to("debrief")
    while sitting.state["debrief"]["part"] != "facts":
        sitting.teach("next-part")
    wall = device("/class/screen", size)
    wall.clock.install()
    wall.goto(f"{wall.url}#{sitting.screen}")
    wall.reload()
    lines = wall.locator(".part-facts li")
    expect(lines.first).to_be_visible()
    expect(wall.locator(".page-number")).to_have_text("Page 1 of 2")
    seen = set(wall.evaluate(IN_FULL))
    wall.clock.fast_forward(10_000)
    expect(wall.locator(".page-number")).to_have_text("Page 2 of 2")
    seen |= set(wall.evaluate(IN_FULL))
    assert set(lines.all_text_contents()) - seen == set()
    wall.clock.fast_forward(10_000)
    expect(wall.locator(".page-number")).to_have_text("Page 1 of 2")


@pytest.mark.parametrize(("size", "scheme"), [(LAPTOP, "light"), (PHONE, "dark")])
def test_a_teacher_lets_a_class_in_removes_one_and_locks_the_door(
    device: Open, room: Room, size: tuple[int, int], scheme: str
):
    """Forty phones of one address, which the teacher lets in by one press."""
    code, secret = room.open({"plan": "50", "seats": 6, "seed": 1})
    address = f"203.0.113.{size[0] % 250}"
    tokens = [room.join(code, f"Student {number}", address)[0] for number in range(40)]
    phone = device(f"/class/seat#{tokens[-1]}", PHONE, scheme)
    expect(phone.get_by_role("heading", level=1)).to_have_text(ENGLISH.say("seat-door"))
    assert inaccessible(phone) == []
    teacher = device(f"/class/console#{code}.{secret}", size, scheme)
    expect(teacher.locator("#door-head")).to_have_text("30 students wait to be let in")
    assert inaccessible(teacher) == []
    assert teacher.evaluate("document.documentElement.scrollWidth") <= size[0]
    press(teacher, "Let all in")
    expect(teacher.locator("#students-head")).to_have_text("40 students")
    expect(teacher.locator("#door")).to_be_hidden()
    look(phone)
    expect(phone.locator("#door")).to_be_hidden()
    expect(phone.locator("#main")).to_be_visible()
    teacher.get_by_text("remove a student").click()
    teacher.get_by_label("Student", exact=True).select_option(label="Student 39")
    press(teacher, "Remove this student")
    expect(teacher.locator("#sure-words")).to_have_text("Remove Student 39?")
    press(teacher, "Remove")
    expect(teacher.locator("#students-head")).to_have_text("39 students")
    look(phone)
    expect(phone.locator("#gone")).to_contain_text("this device is not part of a session")
    press(teacher, "Lock joining")
    expect(teacher.locator("#joins-words")).to_have_text("Locked: nobody joins any more.")
    wall = device(f"/class/screen#{room.screen(room.person(secret))}", LAPTOP, scheme)
    expect(wall.locator("#join-open")).to_have_text("Joining is locked")
    expect(
        wall.locator("#qr-box, #join-address, #join-code").locator("visible=true")
    ).to_have_count(0)
    room.teach(room.person(secret), {"action": "start"})
    look(wall)
    expect(wall.locator("#late")).to_have_text("Joining is locked")
    late = device(f"/class/join#{code}", PHONE, scheme)
    late.get_by_label("Your name").fill("Late")
    press(late, "Join")
    expect(late.locator("#refusal")).to_contain_text("locked")
