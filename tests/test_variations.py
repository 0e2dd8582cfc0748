"""Variations under common luck: only what can differ is played, intervals are of pairs, and ranks are shared."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import sim
from sim.engine.outputs import CODE
from sim.experiments.approach_lists import lazy_greedy
from sim.experiments.intervals import mean_interval, shared_ranks
from sim.experiments.simulate import AllOutputs, EachReplicate, Setting, SignaturesAlone, Worlds, in_threads, simulate

ALL_FEEDS_BACK = {
    "state_peers": 3, "firm_peers": 3, "ngo_peers": 2, "state_home": 2, "state_patron": 2, "state_security": 5,
    "firm_security": 5, "security_club_share": 1, "monitoring": 1, "sanctions": 1, "joint_attribution": 1,
    "exit_cost": 0, "exit_attention": 0.3,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "dials"),
    [("paris-call-2018", {}), ("great-powers-sign", ALL_FEEDS_BACK), ("binding-treaty", ALL_FEEDS_BACK)],
    ids=["shipped", "fed back", "treaty"],
)
def test_who_signs_depends_on_no_practice_and_no_count(name, dials):
    setting = Setting.from_scenario(sim.load(name).with_changes(set=dials))
    alone, whole = simulate(setting, np.array([1, 3]), 5, SignaturesAlone()), simulate(setting, 4, 5, AllOutputs())
    for part in ("status", "signed_round", "left_round"):
        assert np.array_equal(getattr(alone, part), getattr(whole, part)[[1, 3], 0])
    assert np.array_equal(alone.states_signed, whole.per_code[[1, 3], :, 0, CODE.signed_state])


def test_a_shortened_world_is_the_beginning_of_the_whole():
    whole = Setting.from_scenario(sim.load("states-only"))
    short, whole = (simulate(setting, 2, 1, SignaturesAlone()) for setting in (whole.until(3), whole))
    assert np.array_equal(short.states_signed, whole.states_signed[:, :14])


def test_an_added_choice_has_the_last_word_in_its_round():
    scenario = sim.load("no-microsoft")
    events = [{"round": -10, "who": "Microsoft", "signs": True}]
    setting = Setting.from_scenario(scenario).with_events(scenario, events)
    assert simulate(setting, 1, 1, SignaturesAlone()).signed[0, setting.population.ids.index("Microsoft")]


def worlds(*signed_round: int) -> Worlds:
    rounds = np.array([signed_round]).T
    return Worlds(np.arange(len(rounds)), np.zeros_like(rounds), rounds, np.full_like(rounds, 9), rounds)


def test_signatories_from_one_round_to_another_signed_before_the_first_and_left_after_the_last():
    assert worlds(3, 4, 5).signed_from(5, 8, [0]).tolist() == [True, True, False]
    assert worlds(3, 4, 5).signed_from(6, 9, [0]).tolist() == [False, False, False]


def test_worlds_played_anew_take_the_place_of_the_old():
    old = worlds(1, 2, 3, 4)
    again = old.some(np.array([False, True, False, True]))
    replaced = old.with_replaced(again._replace(signed_round=again.signed_round * 10))
    assert replaced.signed_round[:, 0].tolist() == [1, 20, 3, 40]


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


def test_jobs_answer_in_their_order_and_stop_when_interrupted():
    assert in_threads([lambda i=i: i for i in range(5)], workers=3) == [0, 1, 2, 3, 4]

    def interrupt(done: int, _: int) -> None:
        raise KeyboardInterrupt

    for workers in (1, 2):
        begun: list[bool] = []
        with pytest.raises(KeyboardInterrupt):
            in_threads([lambda begun=begun: begun.append(threading.Event().wait(0.02))] * 500, workers, interrupt)
        assert 0 < len(begun) < 500


def test_an_interval_is_students():
    assert mean_interval(np.arange(1.0, 6.0)) == pytest.approx((3, 3 - 1.96324, 3 + 1.96324), abs=1e-4)


def test_one_world_has_no_interval():
    alone = mean_interval(np.array([2.0]))
    assert alone.mean == 2
    assert np.isnan(alone.low)
    assert not alone.clear


def test_equals_share_a_rank_and_whoever_is_clearly_apart_does_not():
    luck = np.array([-1.0, 0, 1, 0])
    order, ranks = shared_ranks(np.stack([luck, luck + 5, luck, luck + 7]))
    assert order.tolist() == [3, 1, 0, 2]
    assert [rank.rank for rank in ranks] == [1, 2, 3, 3]
    assert [(rank.best, rank.worst) for rank in ranks] == [(1, 1), (2, 2), (3, 4), (3, 4)]


def test_ranks_are_shared_link_by_link_and_places_tell_the_ends_apart():
    steps, noise = np.array([2.0, 1, 0]), np.array([[3.0, -3, 3, -3], [-3, 3, -3, 3], [3, -3, 3, -3]])
    _, ranks = shared_ranks(steps[:, None] + 0.5 * noise)
    assert [rank.rank for rank in ranks] == [1, 1, 1]
    assert [(rank.best, rank.worst) for rank in ranks] == [(1, 2), (1, 3), (2, 3)]


def test_nobody_ranks_by_one_world():
    assert [rank.rank for rank in shared_ranks(np.array([[3.0], [2.0], [1.0]]))[1]] == [1, 1, 1]


COVERS = [{1, 2, 3}, {3, 4}, {1, 2}, {5}, {4, 5, 6}, set()]


def gains_of_cover(chosen, tried):
    covered = set().union(*(COVERS[c] for c in chosen))
    return [float(len(COVERS[c] - covered)) for c in tried]


def test_lazy_evaluation_chooses_what_greed_does_and_tries_fewer():
    tried = []

    def counted(chosen, some):
        tried.extend(some)
        return gains_of_cover(chosen, some)

    lazily = lazy_greedy(len(COVERS), 4, counted)
    greedily: list[int] = []
    while len(greedily) < 4:
        left = [c for c in range(len(COVERS)) if c not in greedily]
        greedily.append(left[int(np.argmax(gains_of_cover(greedily, left)))])
    assert [c for c, _ in lazily] == greedily
    assert [gain for _, gain in lazily] == [3, 3, 0, 0]
    assert len(tried) < 6 + 5 + 4 + 3
