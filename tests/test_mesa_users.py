"""What users of Mesa know works: batch_run, seeds in all their forms, resets, keywords for
dials.
"""

from __future__ import annotations

import gc
import inspect
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

import sim
from sim.mesa.luck import current_iteration
from sim.mesa.model import ParleyModel

ROOT = Path(__file__).resolve().parent.parent
SWEEPS = ROOT / "docs" / "sweeps.md"
SIGNATORIES = ["signatories_state", "signatories_firm", "signatories_ngo"]
HANDS_OVER_SEEDS = "rng" in inspect.signature(mesa.batch_run).parameters


def batch(parameters: Mapping[str, Any], **options: Any) -> pd.DataFrame:
    """What `mesa.batch_run` returns, row by row; from Mesa 3.4 on it says that iterations are of
    the past.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return pd.DataFrame(
            mesa.batch_run(ParleyModel, parameters, display_progress=False, **options)
        )


def worlds(run: sim.Run) -> list[list[float]]:
    """The signatories of each kind at the end of each world."""
    history = run.history("signatories").query("round == 62")
    return [world["value"].tolist() for _, world in history.groupby("replicate")]


def test_iterations_are_the_replicates_of_a_run():
    table = batch({}, iterations=3)
    assert table[SIGNATORIES].to_numpy().tolist() == worlds(sim.run(replicates=3))
    assert len({*map(tuple, table[SIGNATORIES].to_numpy())}) == 3
    assert table[["iteration", "Step", "round"]].to_numpy().tolist() == [
        [0, 72, 62],
        [1, 72, 62],
        [2, 72, 62],
    ]


def test_iterations_share_their_luck_across_dials_and_keep_the_seed_among_the_parameters():
    table = batch({"rng": 7, "monitoring": [0.0, 1.0]}, iterations=2)
    assert table.groupby("monitoring")["iteration"].apply(list).to_dict() == {
        0.0: [0, 1],
        1.0: [0, 1],
    }
    for monitoring, rows in table.groupby("monitoring"):
        run = sim.run(replicates=2, seed=7, set={"monitoring": monitoring})
        assert rows[SIGNATORIES].to_numpy().tolist() == worlds(run)


def test_replicates_may_be_a_parameter():
    table = batch({"replicate": [3, 1]})
    assert table[SIGNATORIES].to_numpy().tolist() == [
        worlds(sim.run(replicates=3))[k] for k in (2, 0)
    ]


def test_iterations_of_one_replicate_are_refused_where_they_would_repeat_it():
    with pytest.raises(
        sim.InputError,
        match=r"^replicate is 2 in every iteration of mesa\.batch_run, expected either",
    ):
        batch({"replicate": [2]}, iterations=2)


@pytest.mark.skipif(not HANDS_OVER_SEEDS, reason="Mesa hands seeds over from 3.4 on")
def test_a_seed_from_batch_run_is_that_of_the_first_replicate():
    table = batch({}, rng=[7, 8])
    assert table["seed"].tolist() == [7, 8]
    assert table[SIGNATORIES].to_numpy().tolist() == [
        worlds(sim.run(replicates=1, seed=seed))[0] for seed in (7, 8)
    ]
    assert len({*map(tuple, batch({}, rng=[None, None])[SIGNATORIES].to_numpy())}) == 2


def test_outside_of_batch_run_there_is_no_iteration():
    assert current_iteration() is None


@pytest.mark.parametrize("period", [1, 30])
def test_batch_run_collects_every_so_many_rounds(period):
    table = batch({}, data_collection_period=period)
    assert table["Step"].tolist()[:3] == [0, period, 2 * period]
    assert (table["round"] - table["Step"] == -10).all()


def test_batch_run_joins_agents_to_outcomes_of_the_same_round():
    table = batch({"collect_agents": True}, max_steps=14, data_collection_period=6)
    rounds = table.groupby("round").agg({"signed": "sum", **dict.fromkeys(SIGNATORIES, "first")})
    assert len(rounds) >= 3
    assert rounds["signed"].tolist() == rounds[SIGNATORIES].sum(axis=1).tolist()
    assert rounds["signed"].iloc[-1] > 0


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"set": {"monitoring": 0.5}},
            "^set: found 'monitoring', expected a table .* unless it stands in a list",
        ),
        (
            {"events": [{"round": 1}]},
            "^events: found .*, expected a list of tables; mesa.batch_run takes it apart",
        ),
        (
            {"monitring": [1.0]},
            "^ParleyModel: found monitring, expected .* did you mean 'monitoring'",
        ),
        ({"rng": [-1]}, "^rng is -1, expected a whole number from 0"),
    ],
)
def test_what_batch_run_takes_apart_or_does_not_know_is_named(parameters, message):
    with pytest.raises(sim.InputError, match=message):
        batch(parameters)


def test_tables_in_lists_pass_through_batch_run():
    events = [{"round": 2, "who": "CHN", "signs": True}]
    table = batch({"set": [{"monitoring": 0.5}], "events": [[], events]})
    changed = sim.run(replicates=1, set={"monitoring": 0.5}, events=events)
    assert table[SIGNATORIES].to_numpy().tolist()[1] == worlds(changed)[0]
    assert table["power_share"][1] > table["power_share"][0]


def test_no_model_of_a_batch_run_stays_in_memory():
    batch({"monitoring": [0.0, 0.5, 1.0]}, iterations=2, max_steps=3)
    gc.collect()
    assert not [
        thing for thing in gc.get_objects() if type(thing) is ParleyModel and thing.steps <= 4
    ]


def example_of_batch_run() -> str:
    text = SWEEPS.read_text(encoding="utf-8")
    (example,) = [
        block.split("```")[0] for block in text.split("```python\n") if "mesa.batch_run(" in block
    ]
    return example


def test_the_example_of_batch_run_is_short():
    assert len(example_of_batch_run().splitlines()) <= 25


@pytest.mark.long
def test_the_example_of_batch_run_gives_the_same_on_two_processes_as_a_run_gives(tmp_path):
    script = tmp_path / "example.py"
    script.write_text(example_of_batch_run() + "    print(table.to_json())\n", encoding="utf-8")
    command = [sys.executable, "-W", "ignore", str(script)]
    process = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, env=environment()
    )
    table = json.loads(process.stdout.splitlines()[-1])
    for monitoring, column in table.items():
        run = sim.run(replicates=4, set={"monitoring": float(monitoring)})
        shares = run.history("power_share").query("round == 62")["value"]
        assert [*column.values()] == pytest.approx(shares.tolist(), abs=1e-9)
    assert [*table] == ["0.0", "1.0"]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize(
    ("rng", "seed"),
    [(5, 5), (np.int64(5), 5), (np.uint8(5), 5), (2**63 - 1, 2**63 - 1)],
    ids=["int", "int64", "uint8", "largest"],
)
def test_a_whole_number_is_the_seed_itself(rng, seed):
    assert ParleyModel(rng=rng).seed == ParleyModel(seed=rng).seed == seed


@pytest.mark.parametrize(
    "make",
    [
        lambda: np.random.default_rng(3), lambda: np.random.SeedSequence(3), lambda: [3, 4],
        lambda: np.random.PCG64(3),
    ],
    ids=["generator", "seed sequence", "numbers", "bit generator"],
)  # fmt: skip
def test_whatever_seeds_a_generator_stands_for_a_seed(make):
    seeds = [ParleyModel(rng=make()).seed for _ in range(2)]
    assert seeds[0] == seeds[1] >= 2**32
    again = ParleyModel(rng=seeds[0])
    assert again.seed == seeds[0]


def test_a_generator_gives_each_model_another_seed_and_none_gives_fresh_luck():
    generator = np.random.default_rng(3)
    assert ParleyModel(rng=generator).seed != ParleyModel(rng=generator).seed
    assert ParleyModel(rng=None).seed != ParleyModel(rng=None).seed
    assert ParleyModel().seed == ParleyModel().seed == 1


@pytest.mark.parametrize(
    "rng", ["5", 1.5, True, np.True_, -1, 2**63, {}, object(), [-1], [], (), np.array([])]
)
def test_what_seeds_nothing_is_named(rng):
    for name in ("rng", "seed"):
        with pytest.raises(sim.InputError, match=f"^{name} is .*, expected a whole number from 0"):
            ParleyModel(**{name: rng})


@pytest.mark.parametrize("rng", [3, 1, None])
def test_two_seeds_are_one_too_many(rng):
    with pytest.raises(
        sim.InputError, match=rf"^seed: found rng \({rng}\) beside it, expected one of the two"
    ):
        ParleyModel(rng=rng, seed=4)


def outcomes_of(model: ParleyModel) -> dict[str, float]:
    """Those that are numbers."""
    return {name: value for name, value in model.outcomes.items() if value == value}


def reset_of(model: ParleyModel, name: str, *seed: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # from Mesa 3.5 on, of reset_randomizer
        getattr(model, name)(*seed)


@pytest.mark.parametrize("name", ["reset_rng", "reset_randomizer"])
def test_a_reset_before_the_first_round_is_another_seed(name):
    model, other = ParleyModel(), ParleyModel(rng=9)
    reset_of(model, name, 9)
    for one in (model, other):
        one.run_for(20)
    assert model.seed == 9
    assert outcomes_of(model) == outcomes_of(other)
    assert model.random.random() == other.random.random()
    assert model.rng.random() == other.rng.random()
    assert len(model.agents.select(lambda agent: agent.signed)) == sum(
        model.outcomes[name] for name in SIGNATORIES
    )


@pytest.mark.parametrize("name", ["reset_rng", "reset_randomizer"])
def test_a_reset_to_its_own_seed_turns_back_generators_alone(name):
    model, other = ParleyModel(), ParleyModel()
    before = model.random.random(), model.rng.random()
    model.run_for(15)
    reset_of(model, name)
    assert (model.random.random(), model.rng.random()) == before
    model.run_for(5)
    other.run_for(20)
    assert outcomes_of(model) == outcomes_of(other)
    with pytest.raises(
        sim.InputError, match="found 9 after round 9, expected it before the first round"
    ):
        reset_of(model, name, 9)


def test_numbers_of_numpy_are_values_of_dials():
    values = {
        "monitoring": np.float32(0.5),
        "bloc_votes": np.int64(0),
        "sanctions": np.float64(1.0),
    }
    model = ParleyModel(set=values)
    plain = ParleyModel(set={"monitoring": 0.5, "bloc_votes": 0, "sanctions": 1.0})
    assert model.scenario.sha256 == plain.scenario.sha256


def test_a_dial_may_be_an_argument_of_its_own():
    model = ParleyModel(monitoring=0.5, set={"sanctions": 1.0})
    assert (
        model.scenario.sha256
        == ParleyModel(set={"sanctions": 1.0, "monitoring": 0.5}).scenario.sha256
    )
    with pytest.raises(
        sim.InputError, match=r"^monitoring: found it in set as well, expected it once"
    ):
        ParleyModel(monitoring=0.5, set={"monitoring": 0.5})


@pytest.mark.parametrize("arguments", [{"lens": "realist"}, {"weights": "draws"}])
def test_lenses_and_draws_of_weights_are_those_of_a_run(arguments):
    model = ParleyModel(replicate=2, **arguments)
    model.run_for(73)
    assert [model.outcomes[name] for name in SIGNATORIES] == worlds(
        sim.run(replicates=2, **arguments)
    )[1]


@pytest.mark.parametrize("duration", [-1, 1.5, "3", None])
def test_a_duration_is_a_number_of_rounds(duration):
    with pytest.raises(sim.InputError, match=r"^duration is .*, expected a whole number from 0"):
        ParleyModel().run_for(duration)
