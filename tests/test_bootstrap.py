"""How sure a fit is of its weights: draws, what they say in words, and the file that keeps all of it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim import InputError, facts
from sim.evidence.calibrate import Fit
from sim.evidence.organisations.data import OrganisationEvidence
from sim.evidence.report.weights import contagion, not_pinned_down
from sim.evidence.states.data import StateEvidence
from sim.evidence.uncertainty import exponential_weights, hard_to_tell_apart, intervals, normal_centres, split_again
from sim.evidence.weights_file import draws_beside, write
from sim.scenario.weights import read_fit, read_weights, shipped_weights
from sim.stakeholders import KINDS


@pytest.fixture(scope="module")
def fit() -> Fit:
    """The shipped weights as a fit, with a few draws around them."""
    weights = read_weights(shipped_weights("full"))
    draws = {dial: [value * (1 + share) for share in (-0.1, 0, 0.1, 0.05)] for dial, value in weights.items()}
    return Fit(
        lens="full",
        scenario="paris-call-2018",
        fitted_on=date(2026, 11, 25),
        data_sha256=facts.data_sha256(),
        seed=7,
        weights=weights,
        log_likelihood=dict.fromkeys(KINDS, -100.0),
        without_contagion=dict.fromkeys(KINDS, -100.5),
        penalty=dict.fromkeys(KINDS, 2.5),
        at_bound=("state_patron", "state_attention_launch"),
        standard_errors={"state_affinity": 0.25},
        intervals={dial: (0.9 * value, 1.1 * value) for dial, value in weights.items() if value != 0},
        hard_to_tell_apart=(("state_peers", "state_home", -0.91),),
        draws=draws,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_draws_have_mean_one(kind: str) -> None:
    drawn = exponential_weights(165, kind, seed=1, draw=3)
    assert drawn.mean() == pytest.approx(1)
    assert drawn.min() > 0
    assert drawn.std() == pytest.approx(1, abs=0.3)  # as an exponential has it


def test_the_same_seed_draws_the_same_and_nothing_else_does() -> None:
    def draw(kind: str = "firm", seed: int = 1, number: int = 2) -> list[float]:
        return exponential_weights(20, kind, seed, number).tolist()

    assert draw() == draw()
    others = [draw("state"), draw("ngo"), draw(seed=2), draw(number=3)]
    assert draw() not in others
    assert len({tuple(other) for other in others}) == len(others)


def test_centres_of_the_penalty_are_standard_normal_and_a_draw_has_its_own() -> None:
    motives = [f"motive {number}" for number in range(400)]
    drawn = normal_centres(motives, "state", seed=1, draw=0)
    assert list(drawn) == motives
    many = [list(normal_centres(motives, "state", seed=1, draw=draw).values()) for draw in range(20)]
    assert np.mean(many) == pytest.approx(0, abs=0.05)
    assert np.std(many) == pytest.approx(1, abs=0.05)
    assert drawn == normal_centres(motives, "state", seed=1, draw=0)
    assert drawn != normal_centres(motives, "state", seed=1, draw=1)
    assert drawn != normal_centres(motives, "firm", seed=1, draw=0)


def test_entries_without_names_are_split_as_luck_would_split_them() -> None:
    newly = np.array([93.0, 0.0, 49.0])
    many = np.array([split_again(newly, "ngo", seed=1, draw=draw) for draw in range(400)])
    assert (np.diff(many, axis=1) >= 0).all()
    assert (many[:, -1] == 1).all()
    assert many.mean(axis=0) == pytest.approx([93 / 142, 93 / 142, 1], abs=0.01)
    assert many[:, 0].std() == pytest.approx((93 * 49 / 142**2 / 143) ** 0.5, rel=0.1)  # as the Dirichlet has it
    assert split_again(newly, "ngo", 1, 5).tolist() == many[5].tolist()


def test_totals_of_a_draw_follow_the_weights_that_homes_have_drawn(organisations: OrganisationEvidence) -> None:
    drawn = organisations.resampled(1, 3)
    so_far = drawn.counts_for @ np.cumsum(organisations.listed, axis=1) / organisations.listed.sum(axis=0).cumsum()
    last = organisations.total_rounds == organisations.date_rounds[-1]
    first = organisations.total_rounds == organisations.date_rounds[0]
    assert drawn.totals[last] == pytest.approx(organisations.totals[last] * so_far[-1])
    assert drawn.totals[first] == pytest.approx(organisations.totals[first] * so_far[0])
    assert (np.diff(drawn.totals[organisations.total_rounds <= organisations.date_rounds[0]]) >= 0).all()
    launch = [organisations.resampled(1, draw).totals for draw in range(60)]
    assert np.std([totals[0] / totals[2] for totals in launch]) > 0.02


def test_states_whose_day_is_unknown_are_split_anew_and_no_others(states: StateEvidence) -> None:
    drawn = states.resampled(1, 3)
    unknown = ((states.listed > 0) & (states.listed < 0.999)).any(axis=1)
    assert 30 < unknown.sum() < 60
    assert (drawn.listed[~unknown] == states.listed[~unknown]).all()
    assert (drawn.listed[unknown, 0] != states.listed[unknown, 0]).all()
    assert (np.diff(drawn.listed, axis=1) >= 0).all()
    assert drawn.listed.max() == pytest.approx(1)


def test_what_draws_say_is_their_spread() -> None:
    draws = {"a": [1.0, 2.0, 3.0], "b": [5.0, 5.0, 5.0]}
    assert intervals(draws)["a"] == pytest.approx((1.1, 2.9))


def test_weights_that_move_together_are_hard_to_tell_apart() -> None:
    luck = np.random.default_rng(1).normal(size=(3, 50))
    draws = {"a": luck[0], "b": -luck[0] + 0.1 * luck[1], "c": luck[2], "at_bound": np.zeros(50)}
    [(first, second, correlation)] = hard_to_tell_apart(draws)
    assert (first, second) == ("a", "b")
    assert correlation < -0.95


def test_where_one_weight_alone_moves_nothing_is_hard_to_tell_apart() -> None:
    assert hard_to_tell_apart({"a": [1.0, 2.0], "b": [0.0, 0.0]}) == ()
    assert hard_to_tell_apart({"a": [1.0, 1.0]}) == ()


def said_of(fit: Fit, dial: str) -> list[str]:
    return [sentence for sentence in not_pinned_down(fit) if sentence.startswith(dial + " ") or f"{dial}, " in sentence]


def test_a_sentence_is_said_of_every_weight_at_its_bound(fit: Fit) -> None:
    nothing = replace(fit, weights={**fit.weights, "state_patron": 0.0})
    assert said_of(nothing, "state_patron") == [
        "state_patron gets no weight; resampled, the register gives it up to 0."
    ]
    [sentence] = said_of(fit, "state_attention_launch")
    assert "lies at its bound" in sentence


def test_a_sentence_is_said_of_every_weight_whose_interval_holds_0(fit: Fit) -> None:
    open_ = {dial: (-0.5, 1.5) for dial in fit.weights if dial not in fit.at_bound}
    sentences = not_pinned_down(replace(fit, intervals=open_))
    for dial in open_:
        assert any(sentence.startswith(dial) for sentence in sentences)


def test_nothing_is_said_of_a_weight_that_is_clear_of_0(fit: Fit) -> None:
    assert said_of(fit, "state_affinity") == []


def test_twins_are_named_together(fit: Fit) -> None:
    assert any("state_peers and state_home can hardly be told apart" in said for said in not_pinned_down(fit))


def test_contagion_is_shown_only_where_it_explains_a_good_deal_more(fit: Fit) -> None:
    weights = {**fit.weights, "state_peers": 1.0, "state_home": 0.0, "state_patron": 0.0, "state_security": 0.0}
    better = {**fit.without_contagion, "state": -110.0}
    assert "not shown by this register" in contagion(replace(fit, weights=weights))["state"]
    told = contagion(replace(fit, weights=weights, without_contagion=better))
    assert "by 10.0, through state_peers:" in told["state"]
    assert "cannot say which led" in told["state"]
    assert "not shown" in told["firm"]


def test_a_fit_survives_its_file(tmp_path: Path, fit: Fit) -> None:
    path = tmp_path / "own.toml"
    written = write(fit, path)
    assert sorted(tmp_path.iterdir()) == sorted(written) == sorted([path, draws_beside(path)])
    assert read_weights(path) == fit.weights
    assert read_fit(path, "standard_errors") == fit.standard_errors
    assert read_fit(path, "log_likelihood_without_contagion") == fit.without_contagion
    assert read_fit(path, "low") == pytest.approx({dial: low for dial, (low, _) in fit.intervals.items()}, rel=1e-3)
    assert read_fit(path, "hard_to_tell_apart") == {"state_peers, state_home": -0.91}


def test_the_draws_lie_beside_the_weights_a_column_a_dial(tmp_path: Path, fit: Fit) -> None:
    write(fit, tmp_path / "own.toml")
    with (tmp_path / "own-draws.csv").open(encoding="utf-8", newline="") as file:
        first, *rows = csv.reader(file)
    assert first == list(fit.weights)
    columns = zip(*(map(float, row) for row in rows), strict=True)
    assert dict(zip(first, map(list, columns), strict=True)) == fit.draws


def test_a_fit_that_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path, fit: Fit) -> None:
    with pytest.raises(InputError, match="nowhere"):
        write(fit, tmp_path / "nowhere" / "own.toml")
