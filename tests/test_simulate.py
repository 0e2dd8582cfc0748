"""How replicates are simulated: observers, workers and chunks change no record, signing does not
depend on conduct, and an added event simulates anew only what can differ.
"""

from __future__ import annotations

import math
import threading

import numpy as np
import pandas as pd
import pytest

import sim
from sim.engine.arrays import DECLINED, WAITING
from sim.engine.outputs import CODE
from sim.engine.rounds import DATES_STAGES, SIGNING_STAGES
from sim.experiments import simulate as simulation
from sim.experiments.simulate import (
    AllOutputs,
    EachReplicate,
    Setting,
    SignaturesAlone,
    Worlds,
    simulate,
)
from sim.threads import in_threads

ALL_FEEDS_BACK = {
    "state_peers": 3,
    "firm_peers": 3,
    "ngo_peers": 2,
    "state_home": 2,
    "state_patron": 2,
    "state_security": 5,
    "firm_security": 5,
    "security_club_share": 1,
    "monitoring": 1,
    "sanctions": 1,
    "joint_attribution": 1,
    "exit_cost": 0,
    "exit_attention": 0.3,
}


CONDUCT = [
    outcome.name
    for outcome in sim.OUTCOMES.values()
    if outcome.basis == "assumed" and outcome.column
]


def same_record(one: sim.Run, other: sim.Run, first: int | None = None) -> bool:
    """Whether two runs have the same output, in their first replicates or in all."""
    return all(
        np.array_equal(a[:first], b[:first]) for a, b in zip(one.output, other.output, strict=True)
    )


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=12, seed=1)


@pytest.mark.parametrize(("workers", "chunk"), [(1, 12), (2, 5), (4, 1)])
def test_neither_workers_nor_chunks_change_the_record(run, monkeypatch, workers, chunk):
    monkeypatch.setattr(simulation, "CHUNK", chunk)
    assert same_record(run, sim.run(replicates=12, seed=1, workers=workers))


def test_more_replicates_add_to_the_record_and_change_none_of_it(run):
    assert same_record(run, sim.run(replicates=3, seed=1), first=3)


def test_another_seed_is_another_record(run):
    assert not same_record(run, sim.run(replicates=12, seed=2))


def test_an_interrupted_run_leaves_nothing_behind(run):
    def interrupt(count: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sim.run(replicates=60, seed=1, progress=interrupt)
    assert same_record(run, sim.run(replicates=3, seed=1), first=3)


def test_progress_counts_up_to_all_replicates():
    reports = []
    sim.run(replicates=25, progress=lambda count, total: reports.append((count, total)))
    assert reports == sorted(reports)
    assert reports[-1] == (25, 25)


def everyone_signed(world):
    """[rounds, N] who is a signatory, by the engine's own rounds in Python."""
    return [(world.play(t), world.state.member.signed[0].copy())[1] for t in world.rounds]


@pytest.mark.parametrize("workers", [1, 3])
def test_whoever_observes_sees_the_same_replicates_in_the_same_order(workers):
    setting, numbers = Setting.from_scenario(sim.load("states-only")), np.array([0, 1, 4])
    outputs, worlds, each = (
        simulate(setting, numbers, 2, observe, workers=workers)
        for observe in (AllOutputs(), SignaturesAlone(), EachReplicate(everyone_signed))
    )
    assert np.array_equal(outputs.signed_round[:, 0], worlds.signed_round)
    signed = np.array(each)
    assert np.array_equal(signed[:, -1] == 1, worlds.signed)
    assert np.array_equal(signed[:, :, :193].sum(axis=2), worlds.states_signed)
    assert np.array_equal(outputs.per_code[:, :, 0, CODE.signed_state], worlds.states_signed)


def contrarian(value, rationality):
    return 1 / (1 + math.exp(rationality * value))


@pytest.mark.parametrize(
    ("name", "dials", "rule"),
    [
        ("paris-call-2018", {}, None),
        ("great-powers-sign", ALL_FEEDS_BACK, None),
        ("binding-treaty", ALL_FEEDS_BACK, None),
        pytest.param("paris-call-2018", {}, contrarian, marks=pytest.mark.long),
    ],
    ids=["as it ships", "with feedback", "treaty", "another rule"],
)
def test_signatures_alone_are_those_of_all_outputs(name, dials, rule):
    setting = Setting.from_scenario(sim.load(name).with_changes(set=dials))
    alone = simulate(setting, np.array([1, 3]), 5, SignaturesAlone(), rule=rule)
    whole = simulate(setting, 4, 5, AllOutputs(), rule=rule)
    for part in ("status", "signed_round", "left_round"):
        assert np.array_equal(getattr(alone, part), getattr(whole, part)[[1, 3], 0])
    assert np.array_equal(alone.states_signed, whole.per_code[[1, 3], :, 0, CODE.signed_state])


@pytest.mark.parametrize(
    ("name", "dials"), [("paris-call-2018", {}), ("binding-treaty", ALL_FEEDS_BACK)]
)
def test_who_waits_for_others_decides_nothing_so_that_dates_do_without(name, dials):
    setting = Setting.from_scenario(sim.load(name).with_changes(set=dials))
    told, untold = (
        simulate(setting, 4, 5, SignaturesAlone(stages))
        for stages in (SIGNING_STAGES, DATES_STAGES)
    )
    for part in ("signed_round", "left_round", "states_signed", "signed"):
        assert np.array_equal(getattr(told, part), getattr(untold, part))
    assert (told.status == WAITING).any()
    assert np.array_equal(np.where(told.status == WAITING, DECLINED, told.status), untold.status)


@pytest.mark.parametrize("name", [name for name, _, _ in sim.available()])
def test_who_signs_does_not_depend_on_practices_and_harm(name):
    whole, signing = (
        sim.run(name, replicates=2, seed=7, conduct=conduct) for conduct in (True, False)
    )
    for field in (
        "per_code",
        "taken_up_round",
        "signed_round",
        "listed_round",
        "left_round",
        "status",
    ):
        np.testing.assert_array_equal(
            getattr(whole.output, field), getattr(signing.output, field), err_msg=field
        )


def test_ranges_of_conduct_are_the_same_without_the_history_of_conduct():
    whole, signing = (sim.run(replicates=2, seed=7, conduct=conduct) for conduct in (True, False))
    pd.testing.assert_frame_equal(whole.outcomes, signing.outcomes)
    pd.testing.assert_frame_equal(
        sim.Comparison(whole, whole).outcomes, sim.Comparison(signing, signing).outcomes
    )


def test_a_run_without_conduct_has_no_history_of_it():
    signing = sim.run(replicates=1, conduct=False)
    for name in CONDUCT:
        with pytest.raises(sim.InputError, match="conduct=False"):
            signing.values(name)
    assert [name for name, _ in signing.by_replicate if name in CONDUCT] == []
    with pytest.raises(sim.InputError, match="conduct=False"):
        signing.frames()


def test_a_shortened_world_is_the_beginning_of_the_whole():
    whole = Setting.from_scenario(sim.load("states-only"))
    short, whole = (
        simulate(setting, 2, 1, SignaturesAlone()) for setting in (whole.until(3), whole)
    )
    assert np.array_equal(short.states_signed, whole.states_signed[:, :14])


@pytest.mark.parametrize("name", ["no-microsoft", "great-powers-sign"])
def test_added_events_are_those_of_a_scenario_that_says_them_itself(name):
    scenario = sim.load(name)
    events = [
        {"round": -10, "who": "Microsoft", "signs": True},
        {"round": 2, "who": ["KEN", "BRA"], "outreach": 0.8, "until": 4},
    ]
    late = Setting.from_scenario(scenario).with_events(scenario, events).events
    early = Setting.from_scenario(scenario.with_changes(events=events)).events
    assert all(np.array_equal(a, b) for a, b in zip(late, early, strict=True))


def test_an_added_choice_has_the_last_word_in_its_round():
    scenario = sim.load("no-microsoft")
    events = [{"round": -10, "who": "Microsoft", "signs": True}]
    setting = Setting.from_scenario(scenario).with_events(scenario, events)
    assert simulate(setting, 1, 1, SignaturesAlone()).signed[
        0, setting.population.ids.index("Microsoft")
    ]


def worlds(*signed_round: int) -> Worlds:
    rounds = np.array([signed_round]).T
    return Worlds(
        np.arange(len(rounds)), np.zeros_like(rounds), rounds, np.full_like(rounds, 9), rounds
    )


def test_signatories_from_one_round_to_another_signed_before_the_first_and_left_after_the_last():
    assert worlds(3, 4, 5).signed_from(5, 8, [0]).tolist() == [True, True, False]
    assert worlds(3, 4, 5).signed_from(6, 9, [0]).tolist() == [False, False, False]


def test_worlds_simulated_anew_take_the_place_of_the_old():
    old = worlds(1, 2, 3, 4)
    again = old.some(np.array([False, True, False, True]))
    mixture = old.with_replaced(again._replace(signed_round=again.signed_round * 10))
    assert mixture.signed_round[:, 0].tolist() == [1, 20, 3, 40]


def test_jobs_answer_in_their_order_and_stop_when_interrupted():
    assert in_threads([lambda i=i: i for i in range(5)], workers=3) == [0, 1, 2, 3, 4]

    def interrupt(count: int, _: int) -> None:
        raise KeyboardInterrupt

    for workers in (1, 2):
        starts: list[bool] = []
        with pytest.raises(KeyboardInterrupt):
            in_threads(
                [lambda starts=starts: starts.append(threading.Event().wait(0.02))] * 500,
                workers,
                interrupt,
            )
        assert 0 < len(starts) < 500


def leaves(value: object) -> list[object]:
    """The arrays and numbers within *value*, in order."""
    if isinstance(value, tuple):
        return [leaf for part in value for leaf in leaves(part)]
    return [value]


@pytest.mark.parametrize("change", [
    {"code": {"convenor": "CHE"}},
    {"parameters": {"monitoring": 1.0}},
    {"parameters": {"organisations_layer_share": 0.1}},
    {"parameters": {"sector_layer_share": 0.9}},
    {"parameters": {"population_scale": 2}},
    {"events": [{"round": 3, "who": "IBM", "trait": "offence", "value": 0.8}]},
    {"events": [{"round": 3, "who": "KEN", "trait": "capacity", "value": 0.8}]},
], ids=str)  # fmt: skip
def test_a_setting_that_is_built_on_another_is_the_one_that_is_built_anew(change):
    """Also where the change gives other ties, another population, or means to somebody who had
    none.
    """
    before = sim.load("paris-call-2018")
    after = before.with_table(change)
    one, other = Setting.from_scenario(before).under(after, before), Setting.from_scenario(after)
    pairs = list(zip(leaves(one[1:]), leaves(other[1:]), strict=True))
    assert len(pairs) > 40
    assert all(
        np.array_equal(a, b, equal_nan=np.issubdtype(np.asarray(a).dtype, np.floating))
        for a, b in pairs
    )
