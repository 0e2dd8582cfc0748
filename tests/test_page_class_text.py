"""Talks of a class over the text in real browsers: a phone that asks for another text, the draft on
the projector.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from classrooms import Sitting
from playwright.sync_api import Page, expect
from test_page_class import PHONE, Open, clock, device, inaccessible_at, look, press, room, school  # noqa: F401

from dashboard.classroom.plan import ACCEPT, AMEND, DRAFT, PLANS, TEXT, WORDING
from dashboard.classroom.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.long]

SEATS = ("USA", "CHN", "press-1")


class Class(Sitting):
    """A session with talks, in the step before them."""

    def __init__(self, room: Room) -> None:  # noqa: F811
        super().__init__(room, "150", SEATS)
        self.teach("start")

    def moments(self) -> Iterator[str]:
        """From what teams say they want to the part of the debrief on the text."""
        for kind in (AMEND, DRAFT, ACCEPT, TEXT, "debrief"):
            self.go_to(kind)
            if kind == ACCEPT:
                self.decide("CHN", "block")
            if kind == "debrief":
                self.teach("next-part")
            yield kind


def rung(phone: Page, provision: str, words: str) -> None:
    phone.get_by_role("group", name=provision).get_by_role("radio", name=words).check()


def test_a_phone_changes_two_provisions_and_the_projector_shows_the_draft(device: Open, room: Room):  # noqa: F811
    of = Class(room)
    of.go_to(AMEND)
    phone, screen = (
        device(f"/class/seat#{of.tokens['USA']}", PHONE),
        device(f"/class/screen#{of.screen}"),
    )
    rung(phone, "Cyber hygiene", "In full")
    rung(phone, "Lifecycle security", "Leave out")
    press(phone, "Send our wishes")
    expect(phone.locator("#confirm-wish li")).to_have_text(
        ["Lifecycle security: left out", "Cyber hygiene: in full"]
    )
    press(phone, "Yes: send our wishes")
    expect(phone.locator("#settled-value")).to_have_text("2 changes")
    expect(screen.locator("#seated-words")).to_contain_text("1 of 2 seats")
    of.go_to(DRAFT)
    look(phone, screen)
    lines = screen.locator("#draft li")
    expect(lines).to_have_count(9)
    shown = [
        [line.locator(".to").inner_text(), line.locator("small").inner_text()]
        for line in lines.all()
    ]
    talks = of.state["talks"]
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
    vote = of.state["talks"]["vote"]
    expect(screen.locator("#vote .finding")).to_contain_text(
        f"{vote['accept']} of 5 seats accept; 4 had to."
    )
    assert (vote["adopted"], len(vote["blockers"])) == (True, 1)
    expect(screen.locator("#vote .finding")).to_contain_text("Against it:")
    expect(screen.locator("#vote li")).to_have_count(1)
    assert any(each["left_out"] for each in of.state["plan"])
    number = next(
        number for number, step in enumerate(PLANS["150"]) if step.kind == TEXT
    )  # as ballots have it
    expect(screen.locator("#place")).to_have_text(f"Step {number} of {len(PLANS['150']) - 1}")
    of.go_to("debrief")
    while of.state["debrief"]["part"] != WORDING:
        of.teach("next-part")
    look(screen, phone)
    for page in (screen, phone):
        expect(page.locator(".part-wording")).to_contain_text("Adopted; against it: the model")
        expect(page.locator(".part-wording")).not_to_contain_text("locked")


@pytest.mark.release
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_talks_is_accessible(device: Open, room: Room, scheme: str):  # noqa: F811
    of = Class(room)
    assert inaccessible_at(of.moments(), device, of, ("USA", "press-1"), scheme) == {}
    assert of.state["debrief"]["part"] == WORDING
