"""The secret round and the accusations of a class in real browsers: phones, the projector and the
teacher's laptop.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from classrooms import Sitting
from playwright.sync_api import expect
from test_page_class import PHONE, Open, clock, device, inaccessible_at, look, press, room, school  # noqa: F401

from dashboard.classroom.plan import ACCUSE, KEEP, SANCTION
from dashboard.classroom.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.long]

SEATS = ("USA", "CHN", "Microsoft")


class Class(Sitting):
    """A session of the plan with secrets, all of whose states have signed."""

    def __init__(self, room: Room) -> None:  # noqa: F811
        super().__init__(room, "50", SEATS)
        self.go_to("choose")
        for seat in ("USA", "CHN"):
            self.decide(seat, "sign")

    @property
    def countries(self) -> list[str]:
        return [each["name"] for each in self.state["conduct"]["countries"]]

    def name(self, seat: str) -> str:
        return self.room.state(self.room.person(self.tokens[seat]))["own_conduct"]["name"]

    def moments(self) -> Iterator[str]:
        """From the secret round to the part of the debrief on sanctions."""
        for kind in (KEEP, "news", ACCUSE, "debrief"):
            self.go_to(kind)
            if kind == KEEP:
                self.decide("CHN", "break")
            for _ in range(2 if kind == "debrief" else 0):
                self.teach("next-part")
            yield kind
        self.teach("next-part")
        yield SANCTION


def test_a_team_keeps_a_secret_on_its_phone_and_accuses(device: Open, room: Room):  # noqa: F811
    of = Class(room)
    of.go_to(KEEP)
    phone, screen = (
        device(f"/class/seat#{of.tokens['USA']}", PHONE),
        device(f"/class/screen#{of.screen}"),
    )
    expect(phone.locator("#alias")).to_contain_text(
        f"Here you play {of.name('USA')}. Only your team knows"
    )
    press(phone, "Break it in secret")
    expect(phone.locator("#confirm-seat")).to_have_text(of.name("USA"))
    press(phone, "Yes: break it in secret")
    expect(phone.locator("#settled-value")).to_have_text("Break it in secret")
    expect(screen.locator("#seated-words")).to_contain_text("1 of 2 seats")
    assert of.name("USA") not in screen.content()
    of.go_to(ACCUSE)
    blamed = [each["name"] for each in of.state["conduct"]["countries"] if each["accused"]]
    assert 0 < len(blamed) < len(of.countries)
    look(screen)
    expect(screen.locator("#countries b")).to_have_text(blamed)
    third = next(each for each in of.countries if each not in (of.name("USA"), of.name("CHN")))
    phone.get_by_role("button", name=third).click()
    expect(phone.locator("#head")).to_have_text(f"Accuse {third}: words, or a sanction?")
    press(phone, "Another country")
    phone.get_by_role("button", name=third).click()
    phone.get_by_role("button", name="A sanction, too").click()
    press(phone, f"Yes: accuse {third} and ask for a sanction")
    expect(phone.locator("#settled-value")).to_have_text(f"Accuse {third} and ask for a sanction")
    expect(phone.locator("#alias")).to_contain_text("You acted in secret")
    assert third not in screen.locator("#seated").inner_text()
    of.decide("CHN", f"sanction {third}")
    of.go_to("choose")
    for page in (phone, screen):
        expect(page.locator("#sanction-words")).to_contain_text(
            f"{third} is sanctioned: 2 of the 2 states’ teams"
        )


def test_who_comes_late_is_offered_the_seats_that_the_model_plays(device: Open, room: Room):  # noqa: F811
    of = Class(room)
    phone = device(f"/class/seat#{room.join(of.code, 'Late')[0]}", PHONE)
    expect(phone.locator("#words")).to_have_text(
        "The session has begun. Take a seat that nobody has taken."
    )
    assert phone.locator("#seating button strong").all_inner_texts() == ["France", "Access Now"]
    phone.get_by_role("button", name="France").click()
    expect(phone.locator("#who")).to_have_text("France")


def test_a_teacher_leaves_the_secrets_out(device: Open):  # noqa: F811
    steps = {}
    for secret in (True, False):
        teacher = device("/class")
        teacher.get_by_role("radio", name="50 minutes", exact=True).check()
        teacher.get_by_role("checkbox", name="Teams also decide in secret").set_checked(secret)
        press(teacher, "Open the session")
        expect(teacher.locator("#plan li").first).to_be_visible()
        steps[secret] = teacher.locator("#plan li").all_inner_texts()
    assert {"Keep it or not", "Who was it?"} <= {*steps[True]}
    assert [step for step in steps[True] if step not in ("Keep it or not", "Who was it?")] == steps[
        False
    ]


@pytest.mark.release
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_secret_rounds_is_accessible(device: Open, room: Room, scheme: str):  # noqa: F811
    of = Class(room)
    assert inaccessible_at(of.moments(), device, of, ("USA", "Microsoft"), scheme) == {}
    assert of.state["debrief"]["part"] == SANCTION
