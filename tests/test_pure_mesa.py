"""The engine agrees with its peer, the same model written anew in plain Mesa and Python, in what
happens in worlds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from benchmarks.pure_mesa.agents import Firm, Stakeholder
from benchmarks.pure_mesa.agreement import COMPARED, forget, of_engine, of_peer, play, z_values
from benchmarks.pure_mesa.facts import Consequences, Facts
from benchmarks.pure_mesa.model import PeerModel
from sim.engine.weigh_motives import fill_with_values
from sim.experiments.simulate import Replicate, Setting
from sim.kinds_and_statuses import KINDS
from sim.motives import NAMES as MOTIVES
from sim.parameters import AT

EVERYTHING_ELSE = {
    "set": {
        "sanctions": 1.0,
        "monitoring": 0.8,
        "joint_attribution": 0.7,
        "allies_join": 0.5,
        "bayesian_learning": 1,
        "firm_peers": 2.0,
        "state_patron": 1.5,
        "state_security": 8.0,
        "firm_security": 3.0,
        "exit_attention": 0.1,
        "exit_cost": 2.0,
        "bloc_votes": 0,
    },
    "events": [
        {"round": 5, "who": "USA", "signs": True, "earnest": False},
        {"round": 10, "who": "FRA", "signs": False},
        {"round": 20, "dial": "attribution_quality", "value": 0.8},
    ],
}


def setting_of(name: str, changes: dict[str, Any] | None = None) -> Setting:
    return Setting.from_scenario(sim.load(name).with_changes(**(changes or {})))


@pytest.fixture(scope="module")
def paris() -> Setting:
    return setting_of("paris-call-2018")


@pytest.fixture(scope="module")
def few_worlds(paris) -> dict[str, Any]:
    """Outcomes of the engine, for a quick look."""
    return of_engine(paris, 120)


@pytest.mark.long
def test_a_few_worlds_of_the_peer_are_like_the_engines(paris, few_worlds):
    z = np.array([*z_values(of_peer(Facts(paris), 12, seed=101), few_worlds).values()])
    assert len(z) > 75
    assert np.abs(z).max() < 4
    assert np.mean(np.abs(z) < 2) > 0.85


def heeds_no_home(firm: Firm) -> float:
    return firm.model.static.value[firm.index]


def shames_nobody(model: PeerModel, who: Stakeholder, power: float) -> float:
    return 0.0


def forgets_pledges(static: Consequences, i: int, pledged_ambition: float) -> float:
    return static.dials.lapse_base * (1.0 - static.dials.lapse_capacity * static.traits.capacity[i])


@pytest.mark.long
@pytest.mark.parametrize(
    ("part", "formula", "other", "outcome"),
    [
        (Firm, "value", heeds_no_home, "signatories_firm"),
        (PeerModel, "restraint_by_code", shames_nobody, "acted_against_all"),
        (Consequences, "chance_of_lapse", forgets_pledges, "lapses_all"),
    ],
)
def test_a_peer_with_one_formula_changed_is_told_apart(
    paris, few_worlds, monkeypatch, part, formula, other, outcome
):
    monkeypatch.setattr(part, formula, other)
    assert abs(z_values(of_peer(Facts(paris), 4, seed=101), few_worlds)[outcome]) > 5


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "changes", "seed", "worlds", "of_the_engine", "farthest"),
    [
        ("paris-call-2018", None, 6000, 100, 2000, 3),
        ("paris-call-2018", EVERYTHING_ELSE, 5000, 40, 600, 4),
        *(
            pytest.param(name, None, seed, 40, 600, 4, marks=pytest.mark.release)
            for name, seed in [
                ("binding-treaty", 2000),
                ("convenor-leaves", 3000),
                ("capacity-building", 4000),
            ]
        ),
    ],
)
def test_many_worlds_of_the_peer_are_those_of_the_engine_in_all_outcomes(
    name, changes, seed, worlds, of_the_engine, farthest
):
    """The Paris Call in many worlds. The others are fewer, and means of so few worlds of a skewed
    outcome lie three standard errors off more often: of eighty outcomes in each of four cases about
    one does.
    """
    setting = setting_of(name, changes)
    z = z_values(of_peer(Facts(setting), worlds, seed=seed), of_engine(setting, of_the_engine))
    assert len(z) > 0.95 * len(COMPARED)
    assert {outcome: value for outcome, value in z.items() if abs(value) >= farthest} == {}
    assert np.mean(np.abs(list(z.values())) < 2) > 0.9


def test_motives_that_no_signature_moves_have_the_engines_values_for_everybody(paris):
    """With all weights in turn, so that none hides behind a weight of 0."""
    facts, world = Facts(paris), Replicate(paris, 1, 0)
    values = np.zeros((len(MOTIVES), facts.number))
    fill_with_values(
        paris.population_arrays, paris.codes, world.state, paris.schedule[0], 0, values
    )
    for kind, word in enumerate(KINDS):
        people = np.flatnonzero(np.array(facts.kind) == kind)
        weights = {
            name: 1.0 + 0.1 * m for m, name in enumerate(MOTIVES) if hasattr(AT, f"{word}_{name}")
        }
        dials = facts.under(**{f"{word}_{name}": weight for name, weight in weights.items()}).dials[
            0
        ]
        expected = sum(
            weight * values[MOTIVES.index(name), people] for name, weight in weights.items()
        )
        found = np.array(Consequences(facts, facts.traits, dials).value)[people]
        assert found == pytest.approx(expected, abs=1e-9)


def test_a_world_of_the_peer_is_repeated_by_its_seed_and_collects_each_round(paris):
    facts = Facts(paris)
    one, again, other = (play(PeerModel(facts, seed)) for seed in (3, 3, 4))
    frames = [world.datacollector.get_model_vars_dataframe() for world in (one, again, other)]
    for world in (one, again, other):
        forget(world)
    assert frames[0].equals(frames[1])
    assert not frames[0].equals(frames[2])
    assert frames[0]["round"].tolist() == list(range(-10, 63))
