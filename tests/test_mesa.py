"""The Mesa model: it gives the record of a run, and its agents are views that show no conduct."""

from __future__ import annotations

import ast
import gc
import subprocess
import sys
import weakref
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.engine.arrays import NEVER
from sim.experiments.outcomes import MEASURED, column_names
from sim.mesa.model import ParleyModel
from sim.mesa.views import CONDUCT, NGO, Firm, State

ROOT = Path(__file__).resolve().parent.parent
PARIS = "paris-call-2018"
WASHINGTON_SIGNS = {"round": 3, "who": "USA", "signs": True}


def record_of(run: sim.Run, replicate: int = 1) -> pd.DataFrame:
    """The histories of one replicate, one row a round, one column for each part of each outcome."""
    histories = {}
    for outcome in MEASURED:
        history = run.history(outcome.name).query("replicate == @replicate")
        for part, name in zip(outcome.parts, column_names(outcome), strict=True):
            rows = history[history[outcome.by] == part] if outcome.by else history
            histories[name] = rows.set_index("round")["value"]
    return pd.DataFrame(histories)


def collection(model: ParleyModel) -> pd.DataFrame:
    """The same from the model's DataCollector."""
    return model.datacollector.get_model_vars_dataframe().set_index("round")


def assert_same(model: ParleyModel, run: sim.Run) -> None:
    """The model's collection is the run's record to the bit."""
    pd.testing.assert_frame_equal(
        collection(model), record_of(run, model.replicate), check_exact=True
    )


def step_to_the_end(model: ParleyModel) -> None:
    while model.running:
        model.step()


@pytest.fixture(scope="module")
def paris() -> ParleyModel:
    """The Paris Call at its last round, for tests that only read."""
    model = ParleyModel(PARIS, collect_agents=True)
    model.run_for(100)
    return model


@pytest.mark.parametrize(
    "play", [step_to_the_end, lambda model: model.run_for(73), ParleyModel.run_model]
)
def test_however_it_is_played_a_model_gives_the_record_of_a_run(play):
    model = ParleyModel(PARIS, rng=5, replicate=2)
    play(model)
    assert_same(model, sim.run(PARIS, seed=5, replicates=2))


@pytest.mark.parametrize("number", [1, 3])
def test_a_world_has_the_same_number_in_a_run_in_its_history_and_in_a_model(number):
    run, model = sim.run(PARIS, replicates=3), ParleyModel(PARIS, replicate=number)
    model.run_for(73)
    assert_same(model, run)
    statuses = run.world(number).iloc[-1]
    assert {
        agent.id: agent.status for agent in model.agents if agent.id in statuses
    } == statuses.to_dict()
    assert set(run.history("listed")["replicate"]) == {1, 2, 3}
    for other in (0, 4):
        with pytest.raises(
            sim.InputError, match=f"world is {other}, expected a whole number from 1 to 3"
        ):
            run.world(other)


@pytest.mark.long
def test_a_rule_of_ones_own_decides_in_a_model_as_in_a_run():
    def best_response(value, rationality):
        return 1.0 if value > 0.0 else 0.0

    model = ParleyModel(PARIS, choose=best_response)
    model.run_for(73)
    assert_same(model, sim.run(PARIS, replicates=1, choose=best_response))


def test_agents_tell_the_dates_of_the_record(paris):
    dates = [
        NEVER if round_number is None else round_number
        for round_number in paris.agents.get("signed_round")
    ]
    assert dates == sim.run(PARIS, replicates=1).output.signed_round[0, 0].tolist()


def test_collected_agents_add_up_to_the_outcomes(paris):
    on_list = paris.datacollector.get_agent_vars_dataframe()["listed"].groupby("Step").sum()
    outcomes = collection(paris)
    assert (
        on_list.tolist()
        == outcomes[["listed_state", "listed_firm", "listed_ngo"]].sum(axis=1).tolist()
    )


def test_a_model_runs_to_its_last_round_and_no_further():
    model = ParleyModel(PARIS)
    assert (model.running, model.round) == (True, -11)
    model.run_for(10)
    assert (model.running, model.round, model.steps) == (True, -1, 10)
    model.run_for(1000)
    assert (model.running, model.round, model.steps, str(model.date)) == (
        False,
        62,
        73,
        "2024-01-12",
    )
    with pytest.raises(sim.InputError, match="after round 62"):
        model.step()


def test_agents_answer_as_agents_of_mesa_do(paris):
    states = paris.agents_by_type[State]
    signatories = states.select(lambda state: state.signed)
    kinds = {
        "state": 193,
        "firm": len(paris.agents_by_type[Firm]),
        "ngo": len(paris.agents_by_type[NGO]),
    }
    assert set(paris.agent_types) == {State, Firm, NGO}
    assert paris.agents.groupby("kind").count() == kinds
    assert (
        len(signatories)
        == states.agg("signed", sum)
        == sum(signatories.groupby("region").count().values())
    )
    assert states.get(["id", "name"])[0] == ["AFG", "Afghanistan"]
    assert states.sort("openness").get("openness")[0] == states.agg("openness", max)
    assert paris.agents.get("unique_id") == list(range(1, len(paris.agents) + 1))


def test_agents_follow_the_world_and_cannot_change_it():
    model = ParleyModel(
        PARIS, events=[{"round": -9, "who": "FRA", "trait": "openness", "value": 0.25}]
    )
    (france,) = model.agents.select(lambda agent: agent.id == "FRA")
    before = france.openness
    model.run_for(2)
    assert before != france.openness == 0.25
    with pytest.raises(AttributeError, match="no setter"):
        france.openness = 1.0


def test_what_ends_leaves_what_would_hold_without_it():
    def capacity(*changes: tuple[int, float, int | None]) -> list[float]:
        """Kenya's, from round 0 to 9, where each change says from when on, what, and to when."""
        tables = [
            {"round": t, "who": "KEN", "trait": "capacity", "value": v, "until": u}
            for t, v, u in changes
        ]
        model = ParleyModel(
            events=[{k: v for k, v in table.items() if v is not None} for table in tables]
        )
        (kenya,) = model.agents.select(lambda agent: agent.id == "KEN")
        model.run_for(10)
        values = []
        for _ in range(10):
            model.step()
            values.append(kenya.capacity)
        return values

    own = capacity()[0]
    assert capacity((2, 0.9, 4)) == [own] * 2 + [0.9] * 3 + [own] * 5
    assert capacity((1, 0.8, None), (2, 0.9, 4)) == [own] + [0.8] + [0.9] * 3 + [0.8] * 5
    assert capacity((2, 0.9, 6), (4, 0.8, None)) == [own] * 2 + [0.9] * 2 + [0.8] * 6
    assert (
        capacity((2, 0.9, 7), (4, 0.8, 5))
        == [own] * 2 + [0.9] * 2 + [0.8] * 2 + [0.9] * 2 + [own] * 2
    )


def test_what_an_agent_is_told_to_do_is_an_event():
    model = ParleyModel(PARIS)
    model.run_for(13)
    model.agents.select(lambda agent: agent.id == "USA").do("sign")
    model.run_for(60)
    branch = sim.load(PARIS).with_changes(events=[WASHINGTON_SIGNS])
    assert_same(model, sim.run(branch, replicates=1))
    assert model.scenario.sha256 == branch.sha256


def test_whoever_is_told_to_stay_out_leaves():
    model = ParleyModel(PARIS, events=[{"round": -5, "who": "FRA", "signs": True}])
    (france,) = model.agents.select(lambda agent: agent.id == "FRA")
    model.run_for(12)
    assert france.status == "signed"
    france.stay_out()
    model.step()
    assert (france.signed, france.status, france.left_round) == (False, "left", 2)


@pytest.mark.parametrize("name", CONDUCT)
def test_no_agent_tells_its_conduct_unless_the_model_was_asked(paris, name):
    for spelling in (name, f"simulated_{name}"):
        with pytest.raises(
            AttributeError, match=f"{name} is simulated conduct, .* called simulated_{name}$"
        ):
            paris.agents.get(spelling)


@pytest.mark.parametrize("name", CONDUCT)
def test_a_researcher_gets_conduct_under_names_that_call_it_simulated(name):
    model = ParleyModel(PARIS, conduct_by_name=True)
    model.run_for(20)
    assert len(set(model.agents.get(f"simulated_{name}"))) > 1
    with pytest.raises(AttributeError):
        model.agents.get(name)


def test_nothing_that_an_agent_shows_by_itself_is_conduct(paris):
    attributes = {name for name in dir(paris.agents[0]) if not name.startswith("_")}
    variables = {
        "norm",
        "standing",
        "protection",
        "practice",
        "last_against",
        "last_seen",
        "in_name",
        "peer_breaches",
        "unseen_peer_breaches",
    }
    assert attributes & (variables | set(CONDUCT)) == set()


def test_nobody_can_be_removed(paris):
    with pytest.raises(sim.InputError, match="stay_out"):
        paris.agents[0].remove()


@pytest.mark.parametrize(
    "arguments",
    [
        {"rng": -1}, {"rng": 2**63}, {"rng": 1.5}, {"rng": True}, {"rng": "5"}, {"replicate": 0},
        {"replicate": 100_001}, {"set": {"rationallity": 1}}, {"scenario": "paris"},
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(arguments):
    with pytest.raises(sim.InputError, match="expected"):
        ParleyModel(**{"scenario": PARIS, **arguments})


def test_a_dropped_model_is_forgotten():
    model = ParleyModel(PARIS)
    model.step()
    reference = weakref.ref(model)
    del model
    gc.collect()
    assert reference() is None


def resident() -> int:
    """Pages of memory that this process holds after garbage collection."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1])


@pytest.mark.long
@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="only Linux tells how much memory a process holds"
)
def test_a_hundred_models_leave_no_memory_behind():
    ParleyModel(PARIS).run_for(5)
    before = resident()
    for _ in range(100):
        ParleyModel(PARIS).run_for(5)
    assert resident() <= 1.05 * before


@pytest.mark.long
def test_a_model_warns_of_nothing_and_prints_nothing():
    code = "import sim; sim.ParleyModel(collect_agents=True).run_for(3)"
    command = [sys.executable, "-W", "error", "-c", code]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout, process.stderr) == (0, "", "")


def test_only_the_lasting_parts_of_mesa_are_used():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "sim/mesa").glob("[!_]*.py")]
    nodes = [
        node
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
    ]
    assert {node.attr for node in nodes if ast.unparse(node.value) == "mesa"} == {
        "Agent",
        "DataCollector",
        "Model",
    }
