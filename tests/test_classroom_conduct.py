"""Conduct in class sessions: kept or not in secret, accused and accusing, all of it under invented
names.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from classrooms import API, Device, Lesson, School
from classrooms import KEY as KEY_OF_TESTS
from werkzeug.test import TestResponse

import sim
from dashboard.classroom import cast
from dashboard.classroom.keys import BYTES, Key
from dashboard.classroom.plan import ACCUSE, KEEP, PLANS
from dashboard.classroom.seats import SIZES, seats_of
from dashboard.classroom.world import EVERY, Order, World, scenario_named
from dashboard.data.record import directory

PARIS = "paris-call-2018"
TEAMS = {"Ada": "USA", "Bo": "CHN", "Cy": "FRA", "Di": "Microsoft", "Ed": "press-1"}
STATES = ("USA", "CHN", "FRA")


@dataclass
class Game:
    """A class of six seats, all of whose states have signed at the launch."""

    lesson: Lesson
    phones: dict[str, Device]

    def go_to(self, kind: str) -> int:
        return self.lesson.go_to(kind)

    def state(self, seat: str) -> dict[str, Any]:
        return self.phones[seat].state()

    def name(self, seat: str) -> str:
        """The invented name that the team of *seat* alone is told."""
        return self.state(seat)["own_conduct"]["name"]

    def keep(self, **values: str) -> int:
        """The decisions of teams in the secret round; the number of its step."""
        step = self.go_to(KEEP)
        for seat, value in values.items():
            assert self.phones[seat].decide(value).status_code == 200
        return step


def game_in(school: School, plan: str = "50", **more: Any) -> Game:
    lesson = school.open(plan, seats=6, **more)
    phones = {seat: lesson.join(name, seat) for name, seat in TEAMS.items()}
    lesson.go_to("choose")
    for seat in STATES:
        assert (
            phones[seat].decide(phones[seat].state()["options"][0]["value"]).status_code == 200
        )  # or stay
    return Game(lesson, phones)


@pytest.fixture
def school(tmp_path):
    return School(tmp_path)


# Names


def test_invented_names_are_nobodys_and_are_enough_for_every_class():
    real = {
        str(name).casefold() for column in ("id", "name", "home") for name in directory()[column]
    }
    assert real.isdisjoint(name.casefold() for name in cast.NAMES)
    assert real.isdisjoint(sim.load(PARIS).facts.home_names.values())
    assert len(set(cast.NAMES)) == len(cast.NAMES)
    for scenario in (PARIS, "states-only"):
        seats = seats_of(scenario_named(scenario), SIZES[-1])
        playable = sum(seat.kind == "state" for seat in seats)
        assert (
            len(cast.cast_of_seats(scenario, SIZES[-1], Key(KEY_OF_TESTS)))
            == playable + cast.STAND_INS
            <= len(cast.NAMES)
        )


def test_each_session_has_a_cast_of_its_own_that_follows_from_its_key():
    casts = [cast.cast_of_seats(PARIS, 6, Key(bytes([number]))) for number in range(20)]
    assert len({tuple(each.items()) for each in casts}) == len(casts)
    for each in casts:
        assert len(set(each.values())) == len(each) == cast.FEWEST
        assert set(STATES) < set(each)


# Keep it or not


def test_what_a_team_decides_in_secret_is_what_its_country_does(school):
    game = game_in(school)
    game.keep(USA="keep", CHN="break")
    game.go_to("exit")
    game.lesson.go_on()
    countries = {
        each["name"]: each for each in game.state("USA")["debrief"]["conduct"]["countries"]
    }
    kept, broke, by_model = (countries[game.name(seat)] for seat in STATES)
    assert (kept["acted"], kept["rightly"]) == (False, 0)
    assert broke["acted"] is True
    assert by_model.keys() == kept.keys()  # that nobody decided for it stays unsaid


def test_orders_hold_from_their_month_on_and_change_nothing_before_it():
    events = [{"round": 0, "who": [seat], "signs": True} for seat in STATES]
    month = next(step.month for step in PLANS["50"] if step.kind == KEEP)
    done = {}
    for keeps in (True, False):
        orders = [Order(month, seat, keeps) for seat in STATES]
        done[keeps] = [
            each for each in World(PARIS, 1, events, orders).operations() if each.author in STATES
        ]
        free, decided = World(PARIS, 1, events), World(PARIS, 1, events, orders)
        assert decided.course().curve(month - 1) == free.course().curve(month - 1)
    before = [
        each
        for each in World(PARIS, 1, events).operations()
        if each.author in STATES and each.month < month
    ]
    assert done[True] == before
    assert [each for each in done[False] if each.month < month] == before
    for seat in STATES:
        months = [each.month for each in done[False] if each.author == seat and each.month >= month]
        assert [(each - month) // EVERY for each in months] == [*range(len(months))]
        assert len(months) >= (36 - month) // EVERY


def test_who_keeps_it_may_be_accused_all_the_same(school, monkeypatch):
    """The model's wrongful traces strike the usual suspects; the class is told in the debrief, and
    the team before.
    """
    events = [{"round": 0, "who": [seat], "signs": True} for seat in STATES]
    orders = [Order(4, seat, True) for seat in STATES]
    found = (
        (key, each)
        for key in (bytes([number]) * BYTES for number in range(40))
        for each in World(PARIS, 1, events, orders, (), Key(key).conduct_seed).operations()
        if each.accused in STATES and 4 <= each.month <= 15
    )
    key, accusation = next(found)
    assert accusation.author != accusation.accused
    game = game_in(school, key=key)
    game.keep(**dict.fromkeys(STATES, "keep"))
    game.go_to("news")
    own = game.state(accusation.accused)["own_conduct"]
    assert (own["value"], own["accused"] > 0) == ("keep", True)
    game.go_to("debrief")
    conduct = game.state("USA")["debrief"]["conduct"]["countries"]
    blamed = next(each for each in conduct if each["name"] == own["name"])
    assert (blamed["acted"], blamed["rightly"], blamed["wrongly"] > 0) == (False, 0, True)


def test_who_has_not_signed_holds_back_or_acts_and_firms_and_the_press_watch(school):
    lesson = school.open("50", seats=6)
    phones = {seat: lesson.join(name, seat) for name, seat in TEAMS.items()}
    lesson.go_to("choose")
    phones["USA"].decide("sign")
    phones["CHN"].decide("stay-out")
    lesson.go_to(KEEP)
    words = {seat: [each["words"] for each in phones[seat].state()["options"]] for seat in phones}
    assert words["USA"] == ["Keep it", "Break it in secret"]
    assert words["CHN"] == ["Hold back", "Act in secret"]
    assert words["Microsoft"] == words["press-1"] == []
    asked = {seat["id"] for seat in phones["USA"].state()["seats"] if seat["asked"]}
    assert asked == set(STATES)


def test_a_plan_of_real_names_has_no_round_on_conduct(school):
    lesson = school.open("50-real", seats=6)
    student = lesson.join("Ada", "USA")
    assert {KEEP, ACCUSE}.isdisjoint(step["kind"] for step in student.state()["plan"])
    lesson.go_to("debrief")
    state = student.state()
    assert (state["conduct"], state["own_conduct"], state["debrief"]["conduct"]) == (
        None,
        None,
        None,
    )
    assert "conduct" not in state["debrief"]["parts"]


def test_a_plan_with_secrets_has_one_of_real_names_that_is_as_long(school):
    offered = {
        plan["id"]: plan["real"] for plan in school.client.get(f"{API}/choices").get_json()["plans"]
    }
    for plan, real in offered.items():
        assert (real is not None) == any(step.kind == KEEP for step in PLANS[plan])
        if real:
            assert sum(step.minutes or 0 for step in PLANS[real]) == sum(
                step.minutes or 0 for step in PLANS[plan]
            )


# What is told, and to whom


def table_of(game: Game) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of students and of teams."""
    rows = list(
        csv.DictReader(io.StringIO(game.lesson.teacher.get("export.csv").data.decode("utf-8-sig")))
    )
    return rows[: len(TEAMS)], rows[len(TEAMS) :]


def test_the_table_has_what_teams_decided_under_invented_names_alone(school):
    game = game_in(school)
    step = game.keep(USA="keep", CHN="break", FRA="keep")
    accuse = game.go_to(ACCUSE)
    names = {seat: game.name(seat) for seat in STATES}
    for seat in ("USA", "FRA", "Microsoft"):
        game.phones[seat].decide(names["CHN"])
    game.phones["CHN"].decide("nobody")
    students, teams = table_of(game)
    assert [row["name"] for row in students] == list(TEAMS)
    columns = f"{step}. Keep it or not (decision)", f"{accuse}. Who was it? (decision)"
    blamed = f"accused {names['CHN']} in words"
    assert all(row[column] == "" for row in students for column in columns)
    assert sorted((row["seat"], *(row[column] for column in columns)) for row in teams) == sorted([
        (names["USA"], "held back", blamed), (names["CHN"], "acted in secret", "accused nobody"),
        (names["FRA"], "held back", blamed), ("a team", "", blamed),
    ])  # fmt: skip
    assert all(row["name"] == row["number"] == "" for row in teams)


def test_the_table_gives_no_team_away_that_decided_almost_alone(school):
    """Everybody saw which two seats had decided, so their countries would be known."""
    game = game_in(school)
    game.keep(USA="keep", CHN="break")
    accuse = game.go_to(ACCUSE)
    game.phones["USA"].decide(game.name("FRA"))
    _, teams = table_of(game)
    assert [{key: value for key, value in row.items() if value} for row in teams] == [
        {
            "seat": "a team",
            f"{accuse}. Who was it? (decision)": f"accused {game.name('FRA')} in words",
        }
    ]


def test_a_silent_seat_is_one_of_three_of_which_nobody_is_told_that_the_model_plays_them():
    for seats in SIZES:
        names = cast.cast_of_seats(PARIS, seats, Key(KEY_OF_TESTS))
        playable = {seat.id for seat in seats_of(scenario_named(PARIS), seats)}
        assert len(names.keys() - playable) >= cast.STAND_INS


def test_nothing_on_conduct_has_a_real_name_in_it(school):
    game = game_in(school)
    game.keep(USA="keep", CHN="break")
    real = {
        name for seat in game.lesson.teacher.state()["seats"] for name in (seat["id"], seat["name"])
    }
    readers = [*game.phones.values(), game.lesson.screen(), game.lesson.teacher]
    for kind in ("news", ACCUSE, "debrief"):
        game.go_to(kind)
        for reader in readers:
            state = reader.state()
            told = {key: state[key] for key in ("conduct", "own_conduct", "verdict")} | {
                "debrief": (state["debrief"] or {}).get("conduct")
            }
            assert real.isdisjoint(part for part in json.dumps(told).split('"')), kind


def test_nobody_but_the_team_is_told_which_country_it_plays(school):
    """All that others read is the same in a session in which two seats have changed countries."""
    game = game_in(school)
    game.keep(USA="keep")
    name = game.name("USA")
    for reader in (
        *(game.phones[seat] for seat in ("CHN", "FRA", "Microsoft", "press-1")),
        game.lesson.teacher,
    ):
        assert name not in json.dumps(reader.state())
    assert game.state("Microsoft")["own_conduct"] is None
    assert game.lesson.screen().state()["own_conduct"] is None


def read(school: School, kind: str, decide: Any) -> list[dict[str, Any]]:
    """What all but the United States read in the step of that *kind*, after *decide* for them."""
    game = game_in(school)
    game.keep(**({} if kind == KEEP else {"USA": "break", "CHN": "keep"}))
    if kind != KEEP:
        game.go_to(kind)
    assert game.phones["USA"].decide(decide(game)).status_code == 200
    readers = [
        *(game.phones[seat] for seat in TEAMS.values() if seat != "USA"),
        game.lesson.screen(),
    ]
    states = [reader.state() for reader in (*readers, game.lesson.teacher)]
    assert next(seat for seat in states[0]["seats"] if seat["id"] == "USA")["decided"] is True
    found = list(states)
    if kind == ACCUSE:  # nor in any step before the debrief
        for later in ("choose", "news", "exit"):
            game.go_to(later)
            found += [reader.state() for reader in readers]
    return [{key: each for key, each in state.items() if key != "code"} for state in found]


def test_no_secret_decision_is_in_what_others_read(school):
    assert read(school, KEEP, lambda _: "keep") == read(school, KEEP, lambda _: "break")


def test_no_accusation_is_in_what_others_read_before_the_debrief(school):
    assert read(school, ACCUSE, lambda game: game.name("CHN")) == read(
        school, ACCUSE, lambda _: "nobody"
    )


@pytest.fixture(scope="module")
def secret_round(tmp_path_factory):
    """A class in its secret round: the United States has decided, China is thinking."""
    game = game_in(School(tmp_path_factory.mktemp("keep")))
    game.keep(USA="break")
    return game


def attack(game: Game, of: str, value: Any, step: int = 0, **more: Any) -> TestResponse:
    number = game.state(of)["step"]["number"]
    return game.phones[of].post("decisions", step=number + step, value=value, **more)


def refuses(game: Game, status: int, send: Callable[[Game], TestResponse]) -> None:
    """What *send* sends is refused in a sentence that names no country of somebody else, and nobody
    reads anything new.
    """
    readers = [*game.phones.values(), game.lesson.screen(), game.lesson.teacher]
    before = [reader.state() for reader in readers]
    answer = send(game)
    assert answer.status_code == status, answer.text
    assert answer.get_json().keys() == {"message"}
    assert game.name("USA") not in answer.text
    assert [reader.state() for reader in readers] == before


ON_A_SECRET = {
    "a second thought": (409, lambda game: attack(game, "USA", "keep")),
    "a decision for another seat": (409, lambda game: attack(game, "CHN", "break", seat="USA")),
    "a decision of a firm": (403, lambda game: attack(game, "Microsoft", "break")),
    "a decision of the press": (403, lambda game: attack(game, "press-1", "break")),
    "a decision of the teacher": (403, lambda game: game.lesson.teacher.decide("keep")),
    "a signature in place of it": (400, lambda game: attack(game, "CHN", "sign")),
    "an accusation in place of it": (400, lambda game: attack(game, "CHN", "nobody")),
    "the step before": (409, lambda game: attack(game, "CHN", "keep", -1)),
    "a step to come": (409, lambda game: attack(game, "CHN", "keep", 1)),
    "a list of both": (400, lambda game: attack(game, "CHN", ["keep", "break"])),
    "a confirmation of another seat": (
        409,
        lambda game: game.phones["CHN"].post("confirm", step=4),
    ),
    "a look into the seat that has decided": (
        403,
        lambda game: game.phones["CHN"].post("seat", seat="USA"),
    ),
    "the table of a student": (403, lambda game: game.phones["CHN"].get("export.csv")),
}


@pytest.mark.parametrize("name", ON_A_SECRET)
def test_an_attack_on_a_secret_is_refused_and_changes_nothing(secret_round, name):
    refuses(secret_round, *ON_A_SECRET[name])


def test_the_same_decision_again_changes_nothing(secret_round):
    before = secret_round.state("CHN")
    assert all(secret_round.phones["USA"].decide("break").status_code == 200 for _ in range(3))
    assert secret_round.state("CHN") == before


def test_what_was_decided_in_secret_is_told_to_a_team_mate_alone(school):
    game = game_in(school)
    mate = game.lesson.join("Mate")
    assert (
        game.lesson.teacher.teach(
            "seat", student=mate.state()["you"]["number"], seat="USA"
        ).status_code
        == 200
    )
    step = game.keep(USA="break")
    assert mate.state()["mine"]["value"] == "break"
    assert mate.post("confirm", step=step).status_code == 200
    assert game.state("USA")["mine"]["confirmed"] == ["Mate"]
    assert game.state("CHN")["mine"] is None


def test_a_session_that_has_no_secrets_simulates_no_operations(school, monkeypatch):
    monkeypatch.setattr(
        World, "_simulated_operations", lambda _: pytest.fail("operations were simulated")
    )
    lesson = school.open("50-real", seats=6)
    student = lesson.join("Ada", "USA")
    lesson.go_to("debrief")
    assert student.state()["debrief"]["conduct"] is None
