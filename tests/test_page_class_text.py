"""Talks of a class over the text in real browsers: a phone that asks for another text, the draft on the projector."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from test_page_class import LAPTOP, PHONE, Open, clock, device, look, press, room, school  # noqa: F401
from visits import inaccessible

from dashboard.classroom.plan import ACCEPT, AMEND, DRAFT, TEXT
from dashboard.classroom.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.long]

SEATS = ("USA", "CHN", "press-1")


class Class:
    """A session with talks, six seats of which three are taken, in the step in which teams say what they want."""

    def __init__(self, room: Room) -> None:  # noqa: F811
        self.room = room
        code, self.secret = room.open({"plan": "150", "seats": 6, "seed": 1})
        self.tokens = {seat: room.join(code, f"Team {seat}")[0] for seat in SEATS}
        for seat, token in self.tokens.items():
            room.seat(room.person(token), seat)
        self.screen = room.screen(room.person(self.secret))
        self.teach("start")
        self.go_to(AMEND)

    @property
    def step(self) -> dict:
        return self.room.state(self.room.person(self.secret))["step"]

    def teach(self, action: str) -> None:
        self.room.teach(self.room.person(self.secret), {"action": action})

    def go_to(self, kind: str) -> None:
        while self.step["kind"] != kind:
            self.teach("skip")

    def decide(self, seat: str, value: object) -> None:
        self.room.decide(self.room.person(self.tokens[seat]), self.step["number"], value)


def rung(phone: Page, provision: str, words: str) -> None:
    phone.get_by_role("group", name=provision).get_by_role("radio", name=words).check()


def test_a_phone_changes_two_provisions_and_the_projector_shows_the_draft(device: Open, room: Room):  # noqa: F811
    of = Class(room)
    phone, screen = device(f"/class/seat#{of.tokens['USA']}", PHONE), device(f"/class/screen#{of.screen}")
    rung(phone, "Cyber hygiene", "In full")
    rung(phone, "Lifecycle security", "Leave out")
    press(phone, "Send our wishes")
    expect(phone.locator("#confirm-wish li")).to_have_text(["Lifecycle security: left out", "Cyber hygiene: in full"])
    press(phone, "Yes: send our wishes")
    expect(phone.locator("#settled-value")).to_have_text("2 changes")
    expect(screen.locator("#seated-words")).to_contain_text("1 of 2 seats")
    of.go_to(DRAFT)
    look(phone, screen)
    lines = screen.locator("#draft li")
    expect(lines).to_have_count(9)
    shown = [[line.locator(".to").inner_text(), line.locator("small").inner_text()] for line in lines.all()]
    talks = room.state(room.person(of.secret))["talks"]
    for (way, asked), each in zip(shown, talks["draft"], strict=True):
        assert ("→" in way) == (each["before"] != each["after"])
        assert str(each["more"] or each["less"]) in asked
    of.go_to(ACCEPT)
    look(phone)
    press(phone, "Accept the draft")
    press(phone, "Yes: accept the draft")
    expect(phone.locator("#settled-value")).to_have_text("Accept the draft")
    of.teach("skip")
    look(screen)
    vote = room.state(room.person(of.secret))["talks"]["vote"]
    expect(screen.locator("#vote .finding")).to_contain_text(f"{vote['accept']} of 5 seats accept; 4 had to.")
    expect(screen.locator("#vote li")).to_have_count(len(vote["blockers"]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_talks_is_accessible(device: Open, room: Room, scheme: str):  # noqa: F811
    of, faults = Class(room), {}
    pages: list[tuple[str, str, tuple[int, int]]] = [
        ("seat", of.tokens["USA"], PHONE), ("seat", of.tokens["press-1"], PHONE),
        ("screen", of.screen, LAPTOP), ("screen", of.screen, PHONE), ("console", of.secret, LAPTOP),
    ]  # fmt: skip
    opened: list[Page] = [device(f"/class/{name}#{token}", size, scheme) for name, token, size in pages]
    for kind in (AMEND, DRAFT, ACCEPT, TEXT, "debrief"):
        of.go_to(kind)
        if kind == ACCEPT:
            of.decide("CHN", "block")
        if kind == "debrief":
            of.teach("next-part")
        for (name, _, size), page in zip(pages, opened, strict=True):
            page.reload()
            expect(page.locator("h1:visible")).not_to_be_empty()
            faults[kind, name, size] = inaccessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (kind, name)
    expect(opened[0].locator("#head")).to_have_text("What you made of the text")
    assert {where: what for where, what in faults.items() if what} == {}
