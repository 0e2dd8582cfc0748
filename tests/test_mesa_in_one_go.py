"""A Mesa model that plays in one go is the same to whoever looks, and steps where somebody looks at every round."""

from __future__ import annotations

import mesa
import numpy as np
import pandas as pd
import pytest

from sim.engine.outputs import CODE_COLUMNS, WORLD_COLUMNS, empty_output
from sim.experiments.outcomes import MEASURED, series
from sim.experiments.simulate import Replicate
from sim.kinds_and_statuses import GROUPS
from sim.mesa.collection import OutcomeCollector
from sim.mesa.model import ParleyModel
from sim.mesa.readings import Counts, readings

STATE = ("member", "code", "traits", "standing", "protection", "practice", "own_listed", "shock", "size")
AT_ONCE = "played in one go"


def stepped(scenario: str, rounds: int, **arguments) -> ParleyModel:
    model = ParleyModel(scenario, **arguments)
    for _ in range(rounds):
        model.step()
    return model


def arrays(part: object) -> list[np.ndarray]:
    """The arrays of a *part* of a state, which is one or a tuple of several."""
    return list(part) if isinstance(part, tuple) else [part]


def assert_alike(model: ParleyModel, other: ParleyModel) -> None:
    """Same round, same collection, same state of everybody, to the bit."""
    assert (model.round, model.steps, model.running, model.date) == (
        other.round, other.steps, other.running, other.date
    )  # fmt: skip
    frames = [one.datacollector.get_model_vars_dataframe() for one in (model, other)]
    pd.testing.assert_frame_equal(*frames, check_exact=True)
    assert np.array_equal([*model.outcomes.values()], [*other.outcomes.values()], equal_nan=True)
    for name in STATE:
        ours, theirs = (arrays(getattr(one._state, name)) for one in (model, other))
        assert all(map(np.array_equal, ours, theirs)), name


def refuse(*_: object) -> None:
    raise AssertionError(AT_ONCE)


@pytest.fixture
def no_rounds(monkeypatch) -> None:
    """No round is played by itself."""
    monkeypatch.setattr(Replicate, "play", refuse)


@pytest.fixture
def not_at_once(monkeypatch) -> None:
    """No rounds are played in one go."""
    monkeypatch.setattr(Replicate, "play_until", refuse)


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


@pytest.mark.usefixtures("no_rounds")
@pytest.mark.parametrize("play", [lambda model: model.run_for(73), ParleyModel.run_model, lambda m: m.run_until(73)])
def test_a_model_plays_in_one_go_where_nobody_looks(play):
    model = ParleyModel()
    play(model)
    assert (model.round, model.steps, model.running) == (62, 73, False)


@pytest.mark.usefixtures("no_rounds")
def test_a_model_steps_after_the_first_rounds():
    model = ParleyModel()
    model.run_for(5)
    with pytest.raises(AssertionError, match=AT_ONCE):
        model.run_for(1)


def reporter_of_ones_own(model: ParleyModel) -> None:
    model.datacollector.model_reporters["usa"] = lambda model: model.agents[0].signed
    model.datacollector.model_vars["usa"] = []


def collector_of_ones_own(model: ParleyModel) -> None:
    model.datacollector = mesa.DataCollector({"signed": lambda model: sum(model.agents.get("signed"))})


def step_of_ones_own(model: ParleyModel) -> None:
    model.step = model.step.__func__.__get__(model)  # equal to Mesa's, so no harm yet
    model.step = lambda: ParleyModel.step(model)


def agent_reporter(model: ParleyModel) -> None:
    model.datacollector.agent_reporters["signed"] = lambda agent: agent.signed


@pytest.mark.usefixtures("not_at_once")
@pytest.mark.parametrize("look", [reporter_of_ones_own, collector_of_ones_own, step_of_ones_own, agent_reporter])
def test_a_model_steps_where_somebody_looks_at_every_round(look):
    model = ParleyModel()
    look(model)
    model.run_for(2)
    assert model.round == -9


@pytest.mark.usefixtures("not_at_once")
def test_a_subclass_with_its_own_step_is_stepped():
    class Counting(ParleyModel):
        def step(self) -> None:
            super().step()
            self.seen = [*getattr(self, "seen", []), sum(self.agents.get("signed"))]

    model = Counting()
    model.run_for(12)
    expected = [row.sum() for row in model.datacollector.get_model_vars_dataframe().filter(like="signatories").values]
    assert model.seen == expected


@pytest.mark.skipif(not hasattr(mesa.Model, "schedule_event"), reason="Mesa schedules events from 3.5 on")
@pytest.mark.usefixtures("not_at_once")
def test_a_model_steps_where_an_event_is_scheduled_or_its_time_is_observed():
    seen: list[float] = []
    models = ParleyModel(), ParleyModel()

    def look(*_: object) -> None:
        seen.append(models[0].outcomes["power_share"])

    models[0].schedule_event(look, at=2)
    models[1].observe("time", "changed", look)
    for model in models:
        model.run_for(3)
    assert len(seen) > 1


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
    output.per_code[:] = generator.random((1, 40, 1, len(CODE_COLUMNS))) * generator.integers(0, 2, (1, 40, 1, 1))
    output.worldwide[:] = generator.random((1, 40, len(WORLD_COLUMNS)))
    sizes = np.array([3.0, 0.0, 2.0, 7.0, 5.0])
    assert len(sizes) == len(GROUPS)
    expected = np.concatenate([series(outcome, output, sizes)[0] for outcome in MEASURED], axis=1)
    counts = Counts(40, sizes)
    counts.per_code[:], counts.worldwide[:] = output.per_code[0, :, 0], output.worldwide[0]
    found = readings(counts)
    assert np.array_equal(found, expected, equal_nan=True)
    assert np.isnan(found).any()
