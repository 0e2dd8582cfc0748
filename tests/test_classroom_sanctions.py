"""Accusations in class sessions, in words or with a sanction: who is sanctioned, by which rule, and
what is told.
"""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace
from typing import Any

import pytest
from classrooms import KEY, School
from test_classroom_conduct import STATES, Game, attack, game_in, read, refuses, school  # noqa: F401

import sim
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.keys import Key
from dashboard.classroom.plan import ACCUSE, KEEP, PLANS
from dashboard.classroom.sanctions import vote
from dashboard.classroom.session import session_with
from dashboard.classroom.snapshot import Decision, read_snapshot
from dashboard.classroom.world import scenario_named

BROKE, KEPT, SILENT = STATES
MONTH = next(step.month for step in PLANS["50"] if step.kind == ACCUSE)


def accusing_in(school: School) -> Game:  # noqa: F811
    """A class that accuses; the United States have broken the text in secret, China has kept it."""
    game = game_in(school)
    game.keep(**{BROKE: "break", KEPT: "keep"})
    game.go_to(ACCUSE)
    return game


def asks(game: Game, seat: str, whom: str, *, sanction: bool = True) -> None:
    """Lets the team of *seat* accuse the country that *whom* plays."""
    value = f"sanction {game.name(whom)}" if sanction else game.name(whom)
    assert game.phones[seat].decide(value).status_code == 200


def sanction_of(state: dict[str, Any]) -> dict[str, Any]:
    return {key: state["conduct"]["sanction"][key] for key in ("states", "needed", "name", "asked")}


# Accusations


def test_the_debrief_says_which_teams_were_right(school):  # noqa: F811
    game = game_in(school)
    game.keep(USA="keep", CHN="break", FRA="keep")
    game.go_to(ACCUSE)
    names = {seat: game.name(seat) for seat in STATES}
    assert names["USA"] not in [each.get("country") for each in game.state("USA")["options"]]
    for seat, whom in (
        ("USA", names["CHN"]),
        ("FRA", names["USA"]),
        ("Microsoft", names["CHN"]),
        ("CHN", "nobody"),
    ):
        assert game.phones[seat].decide(whom).status_code == 200
    game.go_to("debrief")
    conduct = game.state("FRA")["debrief"]["conduct"]
    assert conduct["teams"] == {"right": 2, "wrong": 1, "nobody": 1}
    assert {each["name"]: each["teams"] for each in conduct["countries"] if each["teams"]} == {
        names["CHN"]: 2, names["USA"]: 1,
    }  # fmt: skip
    assert game.state("USA")["verdict"] == {"name": names["CHN"], "sanction": False, "right": True}
    assert game.state("FRA")["verdict"] == {"name": names["USA"], "sanction": False, "right": False}
    assert game.state("CHN")["verdict"] is None


def test_no_sanction_moves_the_world(school):  # noqa: F811
    """The model has none of one country: the same class with and without one has the same worlds to
    the end.
    """
    curves = {}
    for sanction in (True, False):
        game = accusing_in(school)
        for seat in (KEPT, SILENT):
            asks(game, seat, BROKE, sanction=sanction)
        game.go_to("news")
        assert (sanction_of(game.state(KEPT))["name"] is not None) == sanction
        game.go_to("debrief")
        curves[sanction] = game.state(KEPT)["debrief"]["class"]
    assert curves[True] == curves[False]


# The rule


def test_a_country_that_most_of_the_deciding_states_name_is_sanctioned_before_everybody(school):  # noqa: F811
    game = accusing_in(school)
    for seat in (KEPT, SILENT):
        asks(game, seat, BROKE)
    assert game.phones[BROKE].decide("nobody").status_code == 200
    assert game.state(KEPT)["conduct"]["sanction"] is None  # the others still think
    game.lesson.go_on()
    for reader in (*game.phones.values(), game.lesson.screen(), game.lesson.teacher):
        assert sanction_of(reader.state()) == {
            "states": 3,
            "needed": 2,
            "name": game.name(BROKE),
            "asked": 2,
        }
    assert [game.state(seat)["own_conduct"]["sanctioned"] for seat in STATES] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(("wishes", "states"), [
    ([(KEPT, BROKE, True)], 1),  # one team alone
    ([(KEPT, BROKE, True), (SILENT, BROKE, False)], 2),  # words are no sanction
    ([(KEPT, BROKE, True), (SILENT, KEPT, True)], 2),  # each another country
    ([(KEPT, BROKE, True), ("Microsoft", BROKE, True)], 1),  # a firm sanctions nobody
    ([], 0),
])  # fmt: skip
def test_fewer_sanction_nobody_and_nobody_is_told_who_wanted_it(school, wishes, states):  # noqa: F811
    game = accusing_in(school)
    for seat, whom, sanction in wishes:
        asks(game, seat, whom, sanction=sanction)
    game.lesson.go_on()
    assert sanction_of(game.state("Microsoft")) == {
        "states": states,
        "needed": 2,
        "name": None,
        "asked": None,
    }


@pytest.mark.parametrize("states", [1, 2, 3, 4, 5, 6])
def test_a_sanction_takes_two_states_and_more_than_half_of_those_that_decide(states):
    seats = [f"state {number}" for number in range(states)]
    session = SimpleNamespace(steps=[SimpleNamespace(kind=ACCUSE)], step=1)
    for asking in range(states + 1):
        made = [
            Decision(0, seat, number, "sanction Utopia" if number < asking else "nobody")
            for number, seat in enumerate(seats)
        ]
        cast_of_all = dict.fromkeys(seats, "")
        found = vote(SimpleNamespace(session=session, decisions=made, cast=cast_of_all))
        carried = asking >= 2 and asking > states - asking
        assert found.states == states
        assert (found.name, found.asked) == (("Utopia", asking) if carried else (None, None))


def test_the_rule_is_on_the_phone_and_on_the_wall_before_anybody_decides(school):  # noqa: F811
    game = accusing_in(school)
    for reader in (*game.phones.values(), game.lesson.screen()):
        state = reader.state()
        assert ENGLISH.say("sanction-rule") in state["step"]["words"]
        assert state["conduct"]["rule"] == ENGLISH.say("sanction-rule")


# The debrief and the table


@pytest.mark.parametrize(("whom", "right"), [(BROKE, True), (SILENT, False)])
def test_the_debrief_says_whether_it_was_right_and_what_it_would_cost(school, whom, right):  # noqa: F811
    """The cost is what the model assumes of any sanction, whoever it strikes."""
    game = game_in(school)
    game.keep(**{BROKE: "break", KEPT: "keep", SILENT: "keep"})
    game.go_to(ACCUSE)
    accusers = [seat for seat in STATES if seat != whom]
    for seat in (*accusers, "Microsoft"):
        asks(game, seat, whom)
    game.go_to("debrief")
    told = game.state(accusers[0])["debrief"]["conduct"]["sanction"]
    assert (told["name"], told["right"]) == (game.name(whom), right)
    assert told["teams"] == ({"right": 3, "wrong": 0} if right else {"right": 0, "wrong": 3})
    assert game.state("Microsoft")["verdict"] == {
        "name": game.name(whom),
        "sanction": True,
        "right": right,
    }
    now, code = school.clock.now, game.lesson.code
    key = Key(KEY)
    snapshot = school.store.read(
        lambda table: read_snapshot(table, session_with(table, now, code), key)
    )
    world = scenario_named("paris-call-2018").with_changes(events=snapshot.events)
    run = sim.run(world, replicates=1, seed=1, conduct=False, conduct_seed=key.conduct_seed)
    power = run.values("power_share")[0, MONTH - run.scenario.first_round, 0]
    assert told["cost"] == {
        "standing": "25\N{NO-BREAK SPACE}%", "power": sim.number_formats.percent(power),
        "sanction": sim.number_formats.decimal(2 * power),
    }  # fmt: skip


def test_the_table_says_who_asked_for_a_sanction_under_invented_names_alone(school):  # noqa: F811
    game = game_in(school)
    game.keep(**{BROKE: "break", KEPT: "keep", SILENT: "keep"})
    step = game.go_to(ACCUSE)
    for seat in (KEPT, SILENT):
        asks(game, seat, BROKE)
    asks(game, "Microsoft", KEPT)
    assert game.phones[BROKE].decide("nobody").status_code == 200
    broke, kept, silent = (game.name(seat) for seat in STATES)
    refused = game.phones["Microsoft"].decide("nobody").get_json()["message"]
    assert f"accused {kept} and asked for a sanction; the first answer stands" in refused
    game.lesson.go_on()
    rows = [
        row
        for row in csv.DictReader(io.StringIO(game.lesson.teacher.get("export.csv").text))
        if not row["name"]
    ]
    columns = [f"{step}. Who was it? ({what})" for what in ("decision", "sanctioned")]
    asked = f"accused {broke} and asked for a sanction"
    assert sorted((row["seat"], *(row[column] for column in columns)) for row in rows) == sorted([
        (broke, "accused nobody", ""), (kept, asked, ""), (silent, asked, ""),
        ("a team", f"accused {kept} and asked for a sanction", ""), ("the class", "", broke),
    ])  # fmt: skip


# What is told, and what is refused


def test_nothing_on_sanctions_has_a_real_name_in_it(school):  # noqa: F811
    game = accusing_in(school)
    for seat in (KEPT, SILENT):
        asks(game, seat, BROKE)
    real = {
        name for seat in game.lesson.teacher.state()["seats"] for name in (seat["id"], seat["name"])
    }
    for kind in ("choose", "news", "debrief"):
        game.go_to(kind)
        for reader in (*game.phones.values(), game.lesson.screen(), game.lesson.teacher):
            state = reader.state()
            told = [
                state["conduct"],
                state["own_conduct"],
                state["verdict"],
                (state["debrief"] or {}).get("conduct"),
            ]
            assert told[0]["sanction"]["name"] == game.name(BROKE)
            assert real.isdisjoint(part for part in json.dumps(told).split('"')), kind
            assert not any(f"{name} " in json.dumps(told) for name in real), kind


def test_a_sanction_that_is_not_carried_is_in_nothing_that_others_read(school):  # noqa: F811
    """Whether one team asked for it or accused nobody, all others read the same up to the
    debrief.
    """
    assert read(school, ACCUSE, lambda game: f"sanction {game.name('CHN')}") == read(
        school, ACCUSE, lambda _: "nobody"
    )


@pytest.fixture(scope="module")
def accusing(tmp_path_factory):
    """A class that accuses: the United States has, China has not."""
    game = accusing_in(School(tmp_path_factory.mktemp("accuse")))
    assert game.phones["USA"].decide("nobody").status_code == 200
    return game


ON_AN_ACCUSATION = {
    "a second thought": (409, lambda game: attack(game, "USA", game.name("CHN"))),
    "a sanction as a second thought": (
        409,
        lambda game: attack(game, "USA", f"sanction {game.name('CHN')}"),
    ),
    "an accusation of oneself": (400, lambda game: attack(game, "CHN", game.name("CHN"))),
    "a sanction of oneself": (
        400,
        lambda game: attack(game, "CHN", f"sanction {game.name('CHN')}"),
    ),
    "a sanction of nobody": (400, lambda game: attack(game, "CHN", "sanction nobody")),
    "a sanction without a name": (400, lambda game: attack(game, "CHN", "sanction ")),
    "two sanctions": (
        400,
        lambda game: attack(game, "CHN", f"sanction sanction {game.name('FRA')}"),
    ),
    "an accusation of a real state": (400, lambda game: attack(game, "CHN", "United States")),
    "a sanction of a real state": (400, lambda game: attack(game, "CHN", "sanction United States")),
    "an accusation of an id": (400, lambda game: attack(game, "CHN", "USA")),
    "a sanction of an id": (400, lambda game: attack(game, "CHN", "sanction USA")),
    "an accusation of a country that is not there": (
        400,
        lambda game: attack(game, "CHN", "Atlantis"),
    ),
    "a sanction of a country that is not there": (
        400,
        lambda game: attack(game, "CHN", "sanction Atlantis"),
    ),
    "a list of sanctions": (
        400,
        lambda game: attack(game, "CHN", [f"sanction {game.name('FRA')}"]),
    ),
    "a table in place of it": (
        400,
        lambda game: attack(game, "CHN", {"country": "Atlantis", "sanction": True}),
    ),
    "an accusation by the press": (403, lambda game: attack(game, "press-1", "nobody")),
    "a sanction by the press": (
        403,
        lambda game: attack(game, "press-1", f"sanction {game.name('FRA')}"),
    ),
    "an accusation for another seat": (409, lambda game: attack(game, "CHN", "nobody", seat="FRA")),
    "a sanction by another seat": (
        409,
        lambda g: attack(g, "CHN", f"sanction {g.name('FRA')}", seat="Microsoft"),
    ),
    "a sanction by the teacher": (
        403,
        lambda game: game.lesson.teacher.decide(f"sanction {game.name('FRA')}"),
    ),
    "a sanction by the projector": (
        403,
        lambda game: game.lesson.screen().decide(f"sanction {game.name('FRA')}"),
    ),
    "what was decided before, anew": (
        409,
        lambda game: game.phones["CHN"].post("decisions", step=4, value="break"),
    ),
    "a secret in place of it": (400, lambda game: attack(game, "CHN", "break")),
    "a sanction in a step to come": (
        409,
        lambda game: attack(game, "CHN", f"sanction {game.name('FRA')}", 1),
    ),
}


@pytest.mark.parametrize("name", ON_AN_ACCUSATION)
def test_an_attack_on_an_accusation_is_refused_and_changes_nothing(accusing, name):
    refuses(accusing, *ON_AN_ACCUSATION[name])


def test_a_sanction_that_comes_too_late_or_too_early_is_refused(school):  # noqa: F811
    game = game_in(school)
    game.keep(USA="break")
    name = game.name("FRA")
    assert attack(game, "CHN", f"sanction {name}").status_code == 400  # in the secret round
    step = game.go_to(ACCUSE)
    game.lesson.go_on()
    refuses(
        game,
        409,
        lambda game: game.phones["CHN"].post("decisions", step=step, value=f"sanction {name}"),
    )
    assert KEEP in {each["kind"] for each in game.state("CHN")["plan"]}
