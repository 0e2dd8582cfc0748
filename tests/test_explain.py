"""Explanations: the motives of a stakeholder, its status in the simulated worlds, and the smallest
change that would turn its decision.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from command_outputs import parley
from rich.console import Console

import sim
from sim import facts
from sim.commands.explain import show_explanation
from sim.engine import rounds as engine
from sim.engine.arrays import NEVER, empty_variables
from sim.engine.outputs import WORLD_COLUMNS
from sim.engine.weigh_motives import weigh_motives
from sim.explanation.standing import dates_of
from sim.motives import NAMES

PEOPLE = ["USA", "CHN", "DEU", "KEN", "Microsoft", "Access Now"]


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=12, seed=1)


@pytest.fixture(scope="module")
def germany(run) -> sim.Explanation:
    return run.explain("DEU")


def sum_in_order(terms) -> float:
    """The sum in the order in which the engine adds."""
    total = 0.0
    for term in terms:
        total += float(term)
    return total


def by_motive(explanation: sim.Explanation) -> dict[str, float]:
    return {c.motive: c.value for c in explanation.contributions}


@pytest.mark.parametrize("who", PEOPLE)
def test_contributions_add_up_to_the_value_in_every_world(run, who):
    weighing = run.explain(who).weighing
    assert [sum_in_order(terms) for terms in weighing.own] == list(weighing.own_value)


@pytest.mark.parametrize("who", ["CHN", "DEU"])
def test_what_is_told_of_one_does_not_depend_on_whom_was_asked_about_before(run, who):
    fresh = sim.run(replicates=12, seed=1)
    run.explain("KEN", 5).changes  # noqa: B018
    assert run.explain(who, 5).as_json() == fresh.explain(who, 5).as_json()


@pytest.mark.parametrize("who", PEOPLE)
def test_the_mean_contributions_add_up_to_the_value_that_is_shown(run, who):
    explanation = run.explain(who)
    values = by_motive(explanation)
    assert sum_in_order(values.get(name, 0.0) for name in NAMES) == explanation.value


@pytest.mark.parametrize("who", PEOPLE)
def test_the_numbers_are_those_of_the_engine_in_the_middle_of_the_round(run, who):
    setting, blows = run.setting, np.zeros(len(WORLD_COLUMNS))
    state, i = (
        empty_variables(setting.population_arrays, setting.codes),
        setting.population.ids.index(who),
    )
    engine.start(setting.population_arrays, state, setting.schedule[0], run.seed, 3)
    for t in range(setting.first_round, 6):
        stages = engine.ALL_STAGES if t < 5 else engine.only("events")
        dials = setting.schedule[t - setting.first_round]
        engine.one_round(
            setting.population_arrays,
            setting.codes,
            state,
            dials,
            setting.events,
            run.seed,
            run.seed,
            3,
            t,
            True,
            stages,
            blows,
        )
    assert run.explain(who, 5).weighing.own_value[3] == weigh_motives(
        setting.population_arrays, setting.codes, state, dials, 0, i, False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "kind"), [("JPN", "state"), ("Microsoft", "firm"), ("Access Now", "ngo")]
)
def test_only_motives_with_a_weight_are_shown_the_largest_first(run, who, kind):
    contributions = run.explain(who).contributions
    assert {c.motive for c in contributions} == {
        name for name in NAMES if f"{kind}_{name}" in sim.DIALS
    }
    assert [abs(c.value) for c in contributions] == sorted(
        (abs(c.value) for c in contributions), reverse=True
    )
    assert all((c.low < c.high) == c.differs for c in contributions)


def test_members_of_the_union_decide_on_their_mean(run, germany):
    estonia = run.explain("EST")
    assert len(germany.decided_with) == 28
    assert germany.chance == estonia.chance
    members = [run.explain(who).weighing.own_value for who in facts.members("eu", "test")]
    np.testing.assert_allclose(germany.weighing.value, np.mean(members, axis=0))
    assert germany.value != estonia.value


def test_a_member_decides_alone_where_the_union_does_not_vote_as_one():
    alone = sim.explain("paris-call-2018", "DEU", replicates=2, set={"bloc_votes": 0})
    assert alone.decided_with == ()
    assert alone.value_together == alone.value


def test_what_restraint_would_give_up_holds_the_united_states_back_most(run):
    motives = by_motive(run.explain("USA"))
    assert min(motives, key=lambda name: motives[name]) == "restraint"


def test_kenya_is_not_reached_rather_than_opposed(run):
    assert run.explain("KEN").by_end["not_taken_up"] > 0.5


@pytest.mark.parametrize("who", ["USA", "FRA", "Apple"])
def test_how_it_stands_is_told_in_five_shares_of_all_worlds(run, who):
    explanation = run.explain(who)
    for shares in (explanation.by_round, explanation.by_end):
        assert set(shares) == set(sim.STATUSES)
        assert sum(shares.values()) == pytest.approx(1)
    assert explanation.by_end["signed"] == run.signed[who]


def test_by_the_last_round_it_stands_as_at_the_end(run):
    last = run.explain("TUR", run.scenario.last_round)
    assert last.by_round == last.by_end


def test_dates_of_signing_leave_out_the_worlds_without_one(run):
    launch = run.scenario.code.launch
    assert dates_of(np.array([NEVER, 0, 2, NEVER, 4]), launch)["median"]["round"] == 2
    assert dates_of(np.array([NEVER, NEVER]), launch) is None
    france = run.explain("FRA")
    assert france.signs_in["median"]["round"] <= france.listed_in["median"]["round"] == 0


@pytest.mark.parametrize("round_number", ["2019-11-12", "12", 12])
def test_a_round_goes_by_its_number_or_by_a_date_in_it(run, round_number):
    assert run.explain("JPN", round_number).subject.round == 12


@pytest.mark.long
def test_a_rule_of_ones_own_gives_the_chance():
    def always(value: float, rationality: float) -> float:
        return 1.0

    assert sim.explain("states-only", "PRK", replicates=1, choose=always).chance == 1


def test_workers_do_not_change_an_explanation():
    one, three = (
        sim.explain("states-only", "BRA", replicates=3, workers=n).as_json() for n in (1, 3)
    )
    assert one == three


@pytest.mark.parametrize("round_number", [0, -5])
def test_where_an_event_decides_nothing_is_sought(round_number):
    explanation = sim.explain("great-powers-sign", "USA", replicates=2, round=round_number)
    assert (
        "the United States signs from 12 November 2018 on, as that is supposed"
        in explanation.reading
    )
    assert (explanation.chance is None) == (round_number == 0)
    assert explanation.target is None
    assert explanation.changes == []
    assert explanation.as_json()["event"]["signs"] is True


def test_firms_that_may_not_sign_get_a_plain_answer():
    plain = sim.explain("states-only", "Microsoft", replicates=1)
    content = plain.as_json()
    assert "Microsoft has nothing to decide, as firms may not sign" in plain.reading
    assert not content["may_sign"]
    assert (content["contributions"], content["value"], content["changes"]) == ([], None, [])


@pytest.mark.parametrize("who", ["USA", "DEU", "Microsoft", "Access Now", "firm DEU-017"])
def test_every_reading_says_that_it_is_no_evidence_of_reasons(run, who):
    assert re.fullmatch(
        r"In this model .* of the 12 simulated worlds.*; this is no evidence of the"
        r" (state|firm|NGO)'s reasons\.",
        run.explain(who).reading,
    )


def test_what_was_said_in_public_stands_beside_it_and_moves_nothing(run, germany, monkeypatch):
    assert {position.who for position in germany.said_in_public} == {"DEU", "EU"}
    content = germany.as_json(changes=False)
    monkeypatch.setattr("sim.facts.Facts.positions", lambda _: ())
    assert run.explain("DEU").as_json(changes=False) == content | {"said_in_public": []}


@pytest.mark.parametrize(
    ("who", "at", "expected"),
    [
        ("Germny", None, "there is no stakeholder 'Germny'.*did you mean 'Germany'"),
        ("firm DEU-999", None, "there is no stakeholder 'firm DEU-999'.*did you mean 'firm DEU-"),
        (
            "USA",
            63,
            "round is 63, expected a whole number from -10 to 62, or a date after 2017-12-12",
        ),
        ("USA", "2030-01-01", "round is '2030-01-01', expected a whole number from -10 to 62"),
        ("USA", "soon", "round is 'soon'"),
        ("USA", 1.5, r"round is 1\.5"),
    ],
)
def test_wrong_questions_are_refused_in_one_sentence(run, who, at, expected):
    with pytest.raises(sim.InputError, match=expected):
        run.explain(who, at)


def test_the_command_says_in_json_what_python_says(monkeypatch, capsys, run):
    arguments = ("kenya", "--replicates", "12", "--json", "-")
    content = json.loads(parley(monkeypatch, capsys, "explain", "paris-call-2018", *arguments))
    assert content == run.explain("KEN").as_json()


def test_the_command_prints_the_verdict_the_motives_and_what_would_turn_it(germany):
    screen = Console(file=io.StringIO(), width=140, markup=False, highlight=False)
    show_explanation(germany.as_json(), screen, germany.run.scenario)
    lines = screen.file.getvalue().splitlines()
    assert lines[0].startswith("Germany: ")
    assert " ".join(germany.reading.split()) in " ".join(" ".join(lines).split())
    parts = (
        "[fitted to the register]",
        "The Union deliberates as one",
        "Said in public  [not used by the model]",
    )
    assert [part for part in parts if not any(part in line for line in lines)] == []
    assert [
        change.family
        for change in germany.changes
        if not any(change.family in line for line in lines)
    ] == []
    assert max(len(line) for line in lines if "https://" not in line) <= 100


def test_the_documentation_of_the_json_names_every_key(germany):
    words = (Path(__file__).resolve().parent.parent / "docs" / "json.md").read_text(
        encoding="utf-8"
    )
    content = germany.as_json()
    keys = {*content, *content["by_end"], *content["aim"], *content["signs_in"], "before", "after"}
    keys |= {
        key for part in ("contributions", "changes", "said_in_public") for key in content[part][0]
    }
    assert [key for key in sorted(keys) if f"`{key}`" not in words] == []


def test_a_notebook_shows_the_verdict_and_the_motives(run):
    html = run.explain("USA")._repr_html_()
    assert "no evidence of the state" in html
    assert "restraint" in html
