"""A Mesa model plays all rounds in one go until somebody looks at its agents, and is the same to
whoever looks.
"""

from __future__ import annotations

import mesa
import numpy as np
import pandas as pd
import pytest

from sim.engine.outputs import CODE_COLUMNS, WORLD_COLUMNS, empty_output
from sim.experiments.outcomes import MEASURED, series
from sim.experiments.simulate import Replicate
from sim.kinds_and_statuses import GROUPS, KINDS
from sim.mesa.collection import OutcomeCollector
from sim.mesa.model import ParleyModel
from sim.mesa.readings import Counts, readings

STATE = (
    "member",
    "code",
    "traits",
    "standing",
    "protection",
    "practice",
    "own_listed",
    "shock",
    "size",
)


def stepped(scenario: str, rounds: int, **arguments) -> ParleyModel:
    """A model at whose agents somebody looks before the first round, so that each step plays its
    own.
    """
    model = ParleyModel(scenario, **arguments)
    assert model.agents
    for _ in range(rounds):
        model.step()
    return model


def arrays(part: object) -> list[np.ndarray]:
    """The arrays of a *part* of a state, which is one or a tuple of several."""
    return list(part) if isinstance(part, tuple) else [part]


def assert_alike(model: ParleyModel, other: ParleyModel) -> None:
    """Same round, same collection, same state of everybody, to the bit."""
    assert len(model.agents) == len(other.agents)
    assert (model.round, model.steps, model.running, model.date) == (
        other.round, other.steps, other.running, other.date
    )  # fmt: skip
    frames = [one.datacollector.get_model_vars_dataframe() for one in (model, other)]
    pd.testing.assert_frame_equal(*frames, check_exact=True)
    assert np.array_equal([*model.outcomes.values()], [*other.outcomes.values()], equal_nan=True)
    for name in STATE:
        ours, theirs = (arrays(getattr(one._state, name)) for one in (model, other))
        assert all(map(np.array_equal, ours, theirs)), name


@pytest.fixture
def plays(monkeypatch) -> list[str]:
    """What is played: "round" for one by itself, "all" for several in one go."""
    played: list[str] = []
    one, several = Replicate.play, Replicate.play_until

    def play(world: Replicate, *arguments):
        played.append("round")
        return one(world, *arguments)

    def play_until(world: Replicate, last: int):
        played.append("all")
        return several(world, last)

    monkeypatch.setattr(Replicate, "play", play)
    monkeypatch.setattr(Replicate, "play_until", play_until)
    return played


@pytest.mark.parametrize("scenario", ["paris-call-2018", "convenor-leaves", "binding-treaty"])
@pytest.mark.parametrize("rounds", [1, 24, 73])
def test_rounds_in_one_go_are_those_one_by_one(scenario, rounds):
    model = ParleyModel(scenario, rng=3, replicate=2)
    model.run_for(rounds)
    assert_alike(model, stepped(scenario, rounds, rng=3, replicate=2))


def test_a_model_goes_on_after_rounds_in_one_go():
    model = ParleyModel()
    model.run_for(20)
    model.agents.select(lambda agent: agent.id == "USA").do("sign")
    model.step()
    model.run_for(2)
    other = stepped("paris-call-2018", 20)
    other.agents.select(lambda agent: agent.id == "USA").do("sign")
    for _ in range(3):
        other.step()
    assert_alike(model, other)


def step_by_step(model: ParleyModel) -> None:
    while model.running:
        model.step()


@pytest.mark.parametrize(
    "play",
    [
        step_by_step,
        lambda model: model.run_for(73),
        ParleyModel.run_model,
        lambda model: model.run_until(73),
    ],
)
def test_a_model_plays_in_one_go_where_nobody_looks(play, plays):
    model = ParleyModel()
    play(model)
    assert (model.round, model.steps, model.running) == (62, 73, False)
    assert plays == ["all"]


@pytest.mark.parametrize("rounds", [0, 1, 30, 73])
def test_whoever_looks_finds_the_world_of_the_last_round_told_and_the_next_ones_are_played_alone(
    rounds, plays
):
    model = ParleyModel()
    model.run_for(rounds)
    signed = sum(model.agents.get("signed"))
    assert (
        signed == sum(model.outcomes.get(f"signatories_{kind}", 0) for kind in KINDS) or rounds == 0
    )
    assert plays == {0: [], 73: ["all"]}.get(rounds, ["all", "all"])
    model.run_for(2)
    assert plays.count("round") == (2 if rounds < 73 else 0)


def reporter_of_ones_own(model: ParleyModel) -> None:
    model.datacollector.model_reporters["usa"] = lambda model: model.agents[0].signed
    model.datacollector.model_vars["usa"] = []


def collector_of_ones_own(model: ParleyModel) -> None:
    model.datacollector = mesa.DataCollector(
        {"signed": lambda model: sum(model.agents.get("signed"))}
    )


def step_of_ones_own(model: ParleyModel) -> None:
    model.step = model.step.__func__.__get__(model)  # equal to Mesa's, so no harm yet
    model.step = lambda: ParleyModel.step(model)


def agent_reporter(model: ParleyModel) -> None:
    model.datacollector.agent_reporters["signed"] = lambda agent: agent.signed


@pytest.mark.parametrize(
    "look", [reporter_of_ones_own, collector_of_ones_own, step_of_ones_own, agent_reporter]
)
def test_a_model_is_the_same_to_those_who_look_at_every_round(look):
    model, other = ParleyModel(), stepped("paris-call-2018", 0)
    for one in (model, other):
        look(one)
        one.run_for(30)
    assert_alike(model, other)


def test_a_subclass_with_its_own_step_is_stepped():
    class Counting(ParleyModel):
        def step(self) -> None:
            super().step()
            self.seen = [*getattr(self, "seen", []), sum(self.agents.get("signed"))]

    model = Counting()
    model.run_for(12)
    expected = [
        row.sum()
        for row in model.datacollector.get_model_vars_dataframe().filter(like="signatories").values
    ]
    assert model.seen == expected


@pytest.mark.skipif(
    not hasattr(mesa.Model, "schedule_event"), reason="Mesa schedules events from 3.5 on"
)
def test_a_scheduled_event_and_an_observer_of_time_find_the_world_of_their_round():
    seen: list[tuple[int, float, float]] = []
    models = ParleyModel(), ParleyModel()

    def look(model: ParleyModel) -> None:
        signed = sum(model.agents.get("signed"))
        seen.append(
            (model.round, signed, sum(model.outcomes[f"signatories_{kind}"] for kind in KINDS))
        )

    def when_scheduled() -> None:
        look(models[0])

    def when_observed(_: object) -> None:
        if models[1].steps > 2:
            look(models[1])

    models[0].schedule_event(when_scheduled, at=20)
    models[1].observe("time", "changed", when_observed)
    for model in models:
        model.run_for(30)
    assert len(seen) > 10
    assert all(signed == counted for _, signed, counted in seen)


def test_columns_are_read_at_any_time_and_reporters_change_in_between():
    model, plain = ParleyModel(), ParleyModel()
    plain.run_for(30)
    model.run_for(10)
    assert len(model.datacollector.model_vars["confidence"]) == 10
    model.run_for(10)
    model.datacollector.model_reporters["standing_all"] = lambda model: 7.0
    model.run_for(10)
    frame, usual = (
        model.datacollector.get_model_vars_dataframe(),
        plain.datacollector.get_model_vars_dataframe(),
    )
    assert frame["standing_all"].tolist() == [*usual["standing_all"][:20], *[7.0] * 10]
    assert frame.drop(columns="standing_all").equals(usual.drop(columns="standing_all"))


def test_whoever_interrupts_finds_the_world_of_the_last_round_told(monkeypatch):
    whole = OutcomeCollector.collect

    def interrupted(collector: OutcomeCollector, model: ParleyModel) -> None:
        whole(collector, model)
        if model.round == 3:
            raise KeyboardInterrupt

    model = ParleyModel()
    monkeypatch.setattr(OutcomeCollector, "collect", interrupted)
    with pytest.raises(KeyboardInterrupt):
        model.run_for(73)
    monkeypatch.setattr(OutcomeCollector, "collect", whole)
    assert_alike(model, stepped("paris-call-2018", 14))


def test_a_reporter_of_ones_own_stands_beside_the_outcomes():
    model = ParleyModel()
    reporter_of_ones_own(model)
    model.datacollector.model_reporters["power_share"] = lambda model: 2.0
    model.datacollector.model_reporters["again"] = model.datacollector.model_reporters["confidence"]
    model.datacollector.model_vars["again"] = []
    del model.datacollector.model_reporters["traced"], model.datacollector.model_vars["traced"]
    model.run_for(20)
    frame, plain = model.datacollector.get_model_vars_dataframe(), ParleyModel()
    plain.run_for(20)
    usual = plain.datacollector.get_model_vars_dataframe()
    assert set(frame["power_share"]) == {2.0}
    assert frame["again"].equals(usual["confidence"].rename("again"))
    kept = usual.columns.drop(["power_share", "traced"])
    assert frame[kept].equals(usual[kept])
    assert not frame["usa"].any()


def test_before_the_first_round_outcomes_are_unknown_and_may_be_collected():
    model = ParleyModel()
    assert np.isnan([*model.outcomes.values()]).all()
    model.datacollector.collect(model)
    model.run_for(2)
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame["round"].tolist() == [-11, -10, -9]
    assert frame["signatories_state"].isna().tolist() == [True, False, False]


def test_readings_are_the_series_of_a_run_whatever_was_counted():
    generator = np.random.default_rng(1)
    output = empty_output(1, 40, 1, 0)
    output.per_code[:] = generator.random((1, 40, 1, len(CODE_COLUMNS))) * generator.integers(
        0, 2, (1, 40, 1, 1)
    )
    output.worldwide[:] = generator.random((1, 40, len(WORLD_COLUMNS)))
    sizes = np.array([3.0, 0.0, 2.0, 7.0, 5.0])
    assert len(sizes) == len(GROUPS)
    expected = np.concatenate([series(outcome, output, sizes)[0] for outcome in MEASURED], axis=1)
    counts = Counts(40, sizes)
    counts.per_code[:], counts.worldwide[:] = output.per_code[0, :, 0], output.worldwide[0]
    found = readings(counts)
    assert np.array_equal(found, expected, equal_nan=True)
    assert np.isnan(found).any()
