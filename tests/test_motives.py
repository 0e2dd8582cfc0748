"""Motives: what each says of the world, and that each keeps what engine and fits expect of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from houses import House
from hypothesis import given
from hypothesis import strategies as st

from sim import fingerprints
from sim.engine.arrays import begin, empty_variables
from sim.engine.membership import publish, sign, weigh_signatories
from sim.engine.weigh_motives import fill_with_values, weigh_motives
from sim.evidence.motive_values import MotiveValues
from sim.experiments.simulate import Setting
from sim.facts import state_names
from sim.kinds_and_statuses import KINDS
from sim.motives import MOTIVES, NAMES, ON_SIGNATURES
from sim.motives.convenor_votes import convenor_closeness
from sim.motives.direction import direction
from sim.motives.ideal_point import alignment_with_text
from sim.motives.motive import Motive, Weight
from sim.motives.record import record
from sim.population import STRICT
from sim.population.states import about_the_median
from sim.scenario import Scenario, load

SHARE = st.floats(0, 1)
POSITION = st.floats(-1, 1)


@given(SHARE, SHARE)
def test_both_on_one_side_speak_for_the_text_and_on_two_sides_against_it(
    own: float, of_text: float
) -> None:
    assert (direction(own, of_text) > 0) == (
        (own > 0.5) == (of_text > 0.5) and 0.5 not in (own, of_text)
    )
    assert direction(own, of_text) == pytest.approx(-direction(own, 1 - of_text), abs=1e-12)


@given(POSITION)
def test_a_text_in_the_middle_is_nobodys(position: float) -> None:
    assert (
        direction((position + 1) / 2, 0.5)
        == alignment_with_text(position, 0.5)
        == record(abs(position), 0.5)
        == 0
    )


def test_what_was_promised_to_open_texts_speaks_against_closed_ones() -> None:
    assert record(1.0, 0.2) < 0 < record(1.0, 0.8)
    assert record(0.0, 0.2) == 0


def test_the_median_state_stands_in_the_middle_of_the_assembly() -> None:
    points = about_the_median(np.array([-2.0, -1.0, 0.5, 1.0, 2.5]))
    assert points[2] == 0
    assert np.abs(points).max() == 1
    assert (np.diff(points) > 0).all()


@given(POSITION, POSITION)
def test_the_convenor_is_nearest_to_itself(own: float, convenor: float) -> None:
    assert (
        convenor_closeness(own, convenor, 2.0) <= convenor_closeness(convenor, convenor, 2.0) == 1
    )


@pytest.fixture(scope="module")
def paris_call() -> Scenario:
    return load("paris-call-2018")


def test_nobody_is_restrained_by_its_own_text(paris_call: Scenario) -> None:
    values = MotiveValues(paris_call, paris_call.parameters, STRICT)
    felt = dict(zip(values.population.ids, values.still["restraint"], strict=True))
    assert felt["FRA"] == 0 > felt["GBR"] > felt["USA"]


@pytest.mark.parametrize("scale", [1, 2])
def test_a_motive_is_worth_what_it_is_alone_and_what_each_signature_adds(
    paris_call: Scenario, scale: int
) -> None:
    paris_call = paris_call.with_changes(set={"population_scale": scale})
    setting = Setting.from_scenario(paris_call)
    state = empty_variables(setting.population_arrays, setting.codes)
    begin(state, setting.population_arrays, paris_call.parameters.confidence_start)
    people = len(setting.population.ids)
    signatories = np.flatnonzero(np.random.default_rng(1).random(people) < 0.3)
    for i in signatories:
        sign(state, setting.population_arrays, 0, i, 0)
        publish(state, setting.population_arrays, 0, i, 0)
    weigh_signatories(state, setting.population_arrays, 0)
    with_signatories = np.zeros((len(NAMES), people))
    fill_with_values(
        setting.population_arrays, setting.codes, state, setting.schedule[0], 0, with_signatories
    )
    values = MotiveValues(paris_call, paris_call.parameters, STRICT)
    listeners = np.arange(0, people, 7)
    for motive in NAMES:
        expected = values.still[motive][listeners]
        if motive in ON_SIGNATURES:
            expected = expected + values.effects(motive, listeners, signatories).sum(axis=1)
        of_kind = np.isin(
            setting.population.kind[listeners],
            [KINDS.index(kind) for kind in MOTIVES[motive].weights],
        )
        assert with_signatories[NAMES.index(motive)][listeners] == pytest.approx(
            np.where(of_kind, expected, 0.0)
        )


def test_states_see_every_signature_and_organisations_the_public_list(
    paris_call: Scenario,
) -> None:
    setting = Setting.from_scenario(paris_call)
    world, kind = setting.population_arrays, setting.population.kind
    state = empty_variables(world, setting.codes)
    begin(state, world, paris_call.parameters.confidence_start)
    for i in range(len(kind)):
        sign(state, world, 0, i, 0)
    values = np.zeros((len(NAMES), len(kind)))
    fill_with_values(world, setting.codes, state, setting.schedule[0], 0, values)
    peers = values[NAMES.index("peers")]
    assert peers[kind == KINDS.index("state")].min() > 0 == peers[kind > 0].max()


def test_motives_are_straight_lines_in_the_share_of_wealth(paris_call: Scenario) -> None:
    none, half, all_ = (
        MotiveValues(
            paris_call, paris_call.parameters.with_values({"capacity_wealth_share": share}), STRICT
        ).still
        for share in (0.0, 0.5, 1.0)
    )
    states = len(state_names())  # their fits lean on it; organisations are fitted under one share
    for motive in NAMES:
        expected = (none[motive] + all_[motive])[:states] / 2
        assert half[motive][:states] == pytest.approx(expected, abs=1e-5), motive


def test_every_motive_has_its_words() -> None:
    for motive in MOTIVES.values():
        assert motive.formula
        assert set(motive.weights) <= set(KINDS)
        assert all(dial.meaning and dial.source for dial in motive.dials().values())


def test_an_edited_motive_is_compiled_anew() -> None:
    reached = {
        (function.__module__, function.__name__)
        for function in fingerprints.reachable(weigh_motives)
    }
    assert {(f"sim.motives.{motive}", "value") for motive in NAMES} <= reached
    assert ("sim.motives.affinity", "governance_distance") in reached


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"weights": {"states": Weight("it")}}, "no kind 'states'"),
        ({"by_list": ("firms",)}, "no kind 'firms'"),
        ({"of_text": "open"}, "of_text is 'open'"),
        ({"weights": {"state": Weight("it", between=(1.0, 2.0))}}, "bounds leave out 0"),
        ({"weights": {"firm": Weight("it")}, "one_text": False}, "a weight for states"),
    ],
)
def test_a_motive_that_cannot_be_is_refused_at_once(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Motive(
            **{
                "name": "it",
                "place": 1,
                "value": direction,
                "weights": {},
                "formula": {},
                **changes,
            }
        )


NEWS = '''
"""News: whether one's public is online."""

from sim.compiled import compiled
from sim.kinds_and_statuses import TRAIT
from sim.motives.motive import Motive, Weight


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """The audience of *i*."""
    return variables.traits[TRAIT.audience, i]


MOTIVE = Motive(
    name="news",
    place=105,
    value=value,
    weights={"state": Weight("the audience at home")},
    formula={"states": "audience"},
    lenses=("liberal-domestic",),
)
'''


@pytest.mark.long
def test_one_file_is_a_motive(tmp_path: Path) -> None:
    house = House(tmp_path)
    (house.folder / "sim" / "motives" / "news.py").write_text(NEWS.lstrip(), encoding="utf-8")
    fits, lens, weighs = house.run(
        "import sim, sim.scenario; from sim.evidence.register import register; from"
        " sim.evidence.states import state_evidence; from sim.evidence.states import"
        " fit_states; from sim.lenses import LENSES; scenario ="
        " sim.scenario.load('paris-call-2018').without_hindsight(); evidence ="
        " state_evidence(scenario, register(scenario)); weights = fit_states(evidence,"
        " LENSES['full']).best.weights; print('state_news' in weights); print('news' in"
        " LENSES['liberal-domestic'].motives); scenario = scenario.with_changes(set={'state_news':"
        " 2.0}); explanation = sim.explain(scenario, 'KEN', round=3, replicates=2);"
        " print({c.motive: c.value for c in explanation.contributions}['news'])"
    ).split()
    assert (fits, lens) == ("True", "True")
    assert float(weighs) > 0
