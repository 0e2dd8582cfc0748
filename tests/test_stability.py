"""Stability of membership: who would gain by leaving or joining, on whom others hang, and what
would win a state.
"""

from __future__ import annotations

import json

import numpy as np
import pytest
from command_outputs import parley
from test_names_and_conduct import in_frame, in_json, in_lines

import sim
from sim.engine.weigh_motives import weigh_motives
from sim.experiments.simulate import Replicate
from sim.parameters import AT
from sim.results.pivots import AS_IT_IS, SIGNS, STAYS_OUT
from sim.results.stability import EVENT, ITSELF, UNION, Stability
from sim.scenario import Scenario
from sim.theory.signing import chance_of_signing
from sim.writing import json_text

BY_PREVALENCE = (
    "state_peers",
    "state_home",
    "state_patron",
    "state_security",
    "firm_home",
    "ngo_home",
    "firm_peers",
    "ngo_peers",
    "firm_security",
)
NO_EXAMPLE = dict.fromkeys(BY_PREVALENCE, 0)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The Paris Call over ten months; a world takes a millisecond."""
    file = tmp_path_factory.mktemp("scenario") / "short.toml"
    file.write_text(
        'base = "paris-call-2018"\nfirst_round = -3\nlast_round = 6\n', encoding="utf-8"
    )
    return sim.load(file)


@pytest.fixture(scope="module")
def result(short: Scenario) -> Stability:
    return sim.stability(short, replicates=8, seed=3)


def chance_with(stability: Stability, who: str, payment: float) -> float:
    """The chance by which *who* signs at the end of the median world where *payment* is added to
    its motive, by the engine; of the Union, which chooses by the mean of its members outside, the
    chance of all.
    """
    setting, standing = stability.setting, stability.at_median
    index = setting.population.ids.index(who)
    world = Replicate(setting, stability.seed, stability.median)
    last = world.rounds[-1]
    world.play_until(last)
    values = []
    for i in np.flatnonzero(standing.union_outside) if standing.union_outside[index] else [index]:
        dials = world.dials(last).copy()
        dials[AT.state_inclination] += payment if i == index else 0.0
        values.append(
            weigh_motives(
                setting.population_arrays, setting.codes, world.state, dials, 0, int(i), False
            )
        )
    return float(chance_of_signing(float(np.mean(values)), stability.rationality))


def test_a_side_payment_of_the_size_named_makes_signing_as_likely_as_not(result):
    lacking = result.table().query("payment > 0")
    for row in (lacking.iloc[0], lacking.iloc[len(lacking) // 2], lacking.iloc[-1]):
        assert chance_with(result, row["who"], row["payment"]) == pytest.approx(0.5, abs=1e-9)
        assert chance_with(result, row["who"], 0.9 * row["payment"]) < 0.5
        assert chance_with(result, row["who"], 0.0) == pytest.approx(row["chance"], abs=1e-12)


def test_one_of_the_union_has_to_be_paid_for_all(short):
    result = sim.stability(short, replicates=2, set={"state_inclination": -12})
    union = result.table().query(f"decides == {UNION!r}")
    assert len(union) > 1
    for row in (union.iloc[0], union.iloc[-1]):
        assert row["payment"] == pytest.approx(union["payment"].iloc[0])
        assert chance_with(result, row["who"], row["payment"]) == pytest.approx(0.5, abs=1e-9)


def test_whom_an_event_keeps_out_has_nothing_to_decide(short):
    kept_out = [{"round": -3, "group": "eu", "signs": False}]
    table = sim.stability(short, replicates=2, events=kept_out).table().set_index("who")
    assert table.loc["DEU", ["signatory", "decides", "stable"]].to_list() == [False, EVENT, True]


def test_nobody_who_signs_or_would_sign_is_paid(result):
    table = result.table()
    assert (table.loc[table["signatory"], "payment"] == 0).all()
    outside = table[~table["signatory"] & (table["decides"] == ITSELF)]
    assert ((outside["payment"] > 0) == (outside["chance"] < 0.5)).all()
    assert (outside["gain"] == outside["value"]).all()


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_leaving_costs_holds_signatories(short, seed):
    held, bare = (
        sim.stability(short, replicates=3, seed=seed, set={"exit_attention": 0, **dials}).table()
        for dials in ({}, {"exit_cost": 0})
    )
    assert held.loc[held["signatory"], "stable"].all()
    inside = bare[bare["signatory"]]
    assert not inside["stable"].all()
    assert (inside["stable"] == (inside["value"] >= 0)).all()


def test_the_median_world_is_in_the_middle(result):
    numbers = [int(each.signed.sum()) for each in result.standings]
    middle = numbers[result.median]
    assert (
        sum(n <= middle for n in numbers) >= len(numbers) / 2 <= sum(n >= middle for n in numbers)
    )
    run = sim.run(result.scenario, replicates=8, seed=3)
    assert numbers == run.by_replicate["signatories", "state"].tolist()
    assert result.table().set_index("who")["share"].to_dict() == pytest.approx(
        {who: run.signed[who] for who in result.table()["who"]}
    )


def test_what_a_turn_does_to_others_is_what_pivots_say(short, result):
    table = result.table().set_index("who")
    who = ["USA", "DEU", "KEN", "IND"]
    pivots = sim.pivots(short, who=who, replicates=8, seed=3)
    for place, name in enumerate(who):
        turn = STAYS_OUT if table.loc[name, "signatory"] else SIGNS
        others = pivots.counts[place, 0].sum(axis=2)
        assert table.loc[name, "others"] == pytest.approx((others[turn] - others[AS_IT_IS]).mean())


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_signatories_hold_others_and_outsiders_bring_them(short, seed):
    table = sim.stability(short, replicates=6, seed=seed).table()
    assert (
        table.loc[table["signatory"], "others"].mean()
        < 0
        < table.loc[~table["signatory"], "others"].mean()
    )


def test_where_nobody_heeds_an_example_nobody_is_pivotal(short):
    alone = sim.stability(short, replicates=3, set={**NO_EXAMPLE, "bloc_votes": 0})
    assert (alone.table()["others"] == 0).all()
    assert alone.brought.empty
    assert any("No signatory clearly holds others" in sentence for sentence in alone.sentences)


def test_whom_a_state_brings_along_is_told_where_it_is_clear(result):
    brought = result.brought
    assert set(brought["basis"]) <= {"what_if"}  # its campaign is shorter than it was
    assert brought.groupby("who").size().max() <= 5 if len(brought) else True
    ids = result.setting.population.ids
    for row in brought.head(5).itertuples():
        effect = result.effects[ids.index(row.who), :, ids.index(row.whom)]
        assert row.change == effect.mean() != 0


def test_workers_change_no_number(short):
    one, other = (sim.stability(short, replicates=2, workers=workers) for workers in (1, 3))
    assert one.table().equals(other.table())
    assert one.sentences == other.sentences


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"replicates": 0}, "replicates is 0, expected a whole number from 1"),
        ({"seed": -1}, "seed is -1, expected a whole number from 0"),
        ({"set": {"payment": 1}}, "there is no dial 'payment'"),
    ],
)
def test_wrong_arguments_are_refused_in_one_sentence(short, arguments, message):
    with pytest.raises(sim.InputError) as refusal:
        sim.stability(short, **arguments)
    assert message in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_code_without_states_has_no_states_to_hold(short):
    firms = short.with_table({"code": {"may_sign": ["firms", "ngos"]}})
    with pytest.raises(
        sim.InputError, match="stability: states may not sign this code, expected one that they may"
    ):
        sim.stability(firms, replicates=1)


@pytest.mark.long
def test_the_command_prints_every_state_and_writes_what_python_has(
    short, monkeypatch, capsys, tmp_path
):
    few = [str(short.path), "--replicates", "2"]
    printed = parley(
        monkeypatch,
        capsys,
        "stability",
        *few,
        "--out",
        str(tmp_path / "out"),
        "--format",
        "csv,json",
    )
    again = sim.stability(short, replicates=2)
    assert all(name in printed for name in again.table()["name"])
    assert {"stability.csv", "brought.json", "manifest.json"} <= {
        path.name for path in (tmp_path / "out").iterdir()
    }
    content = json.loads(parley(monkeypatch, capsys, "stability", *few, "--json", "-"))
    assert content == json.loads(json_text(again.as_json()))
    assert list(in_json(content)) == []
    assert in_frame(again.table()) == in_frame(again.brought) == []
    assert list(in_lines(printed)) == []
