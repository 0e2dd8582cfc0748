"""Claims about one simulated world: who signs, who acts, and which way each dial moves its
outcome.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Mapping

import numpy as np
import pytest
from engine_outputs import EngineOutput, play

from sim.engine import rounds as engine
from sim.engine.arrays import empty_variables
from sim.engine.build import engine_arrays
from sim.engine.outputs import CODE_COLUMNS, WORLD_COLUMNS, Shadow
from sim.engine.stages.attribute import attribute
from sim.engine.stages.conduct import operations
from sim.engine.stages.events import decide_for
from sim.parameters import DIALS
from sim.scenario import available, load

CAMPAIGN = 10


def same(one: EngineOutput, other: EngineOutput, rounds: slice = slice(None)) -> bool:
    """Whether two outputs count the same in these rounds."""
    return np.array_equal(
        one.output.per_code[:, rounds], other.output.per_code[:, rounds]
    ) and np.array_equal(one.output.worldwide[:, rounds], other.output.worldwide[:, rounds])


def harm_prevented(**dials: float) -> list[float]:
    """Harm without the code less harm with it, one number per channel."""
    inside = play(**dials)
    outside = play(
        code_is_open=False,
        shadow=Shadow(inside.output.signed_round, inside.output.left_round),
        **dials,
    )
    channels = (
        "harm_gross",
        "harm_saved",
        "strike_harm_gross",
        "strike_harm_saved",
        "crime_let_through",
    )
    return [outside.total(c) - inside.total(c) for c in channels]


@pytest.mark.parametrize("name", [name for name, _, _ in available()])
def test_every_scenario_runs_and_counts_add_up(name: str) -> None:
    world = play(name)
    on_list, signatories, considering = (world.column(c) for c in ("listed", "signed", "taken_up"))
    assert (on_list <= signatories).all()
    assert (signatories <= considering).all()
    assert (world.column("signed_state") <= 193).all()


@pytest.mark.parametrize(
    ("dates", "count"),
    [("taken_up_round", "taken_up"), ("signed_round", "signed"), ("listed_round", "listed")],
)
def test_where_nobody_leaves_the_curve_follows_from_the_dates_of_everybody(
    dates: str, count: str
) -> None:
    world = play(exit_attention=0)
    of_everybody, curve = getattr(world.output, dates)[:, 0], world.column(count)
    by_round = [(of_everybody <= t - CAMPAIGN).sum(axis=1) for t in range(curve.shape[1])]
    assert np.array_equal(np.transpose(by_round), curve)
    assert (curve[:, 0] < curve[:, -1]).all()


def test_a_signature_before_the_launch_is_public_so_many_months_after_it() -> None:
    _, world, text, schedule, _ = engine_arrays(load("paris-call-2018"))
    state = empty_variables(world, text)
    engine.start(world, state, schedule[0], 1, 0)
    for number, month in enumerate((-5, 4)):
        decide_for(world, state, 0, number, True, 1, 0, 3, month)
    assert state.member.publication[0, :2].tolist() == [3, 7]


def test_nobody_is_named_rightly_when_attribution_is_impossible() -> None:
    assert play(attribution_quality=0).total("named") == 0


def test_nobody_is_blamed_wrongly_when_no_trace_is_wrong() -> None:
    assert play(wrongful_trace=0).total("wrongly_blamed") == 0


def test_ngos_have_no_offensive_means_and_use_none() -> None:
    assert play().total("operations_ngo") == 0


def test_nothing_is_public_and_nothing_binds_before_the_launch() -> None:
    world = play()
    assert world.column("listed")[:, :CAMPAIGN].sum() == 0
    assert world.column("signed_state")[:, CAMPAIGN - 1].sum() > 0
    assert world.column("operations")[:, :CAMPAIGN].sum() == 0


def test_where_only_states_may_sign_no_firm_and_no_ngo_does() -> None:
    world = play("states-only")
    assert world.total("signed_firm") == world.total("signed_ngo") == 0
    assert world.total("signed_state") > 0


def test_whoever_must_stay_out_stays_out() -> None:
    assert not play("no-microsoft", replicates=8).signed("Microsoft").any()
    assert play(replicates=8).signed("Microsoft").any()


def test_the_european_union_signs_as_one() -> None:
    world = play(replicates=8)
    members = np.flatnonzero(world.population.bloc == 0)
    rounds = world.output.signed_round[:, 0, members]
    assert len(members) == 28
    assert (rounds == rounds[:, :1]).mean() > 0.95


def test_the_last_of_the_union_to_decide_decides_as_if_alone() -> None:
    population = engine_arrays(load("paris-call-2018"))[0]
    _, *others = (population.ids[i] for i in np.flatnonzero(population.bloc == 0))
    events = [{"round": -10, "who": others, "signs": True}]
    one, other = (play(replicates=20, events=events, bloc_votes=bloc) for bloc in (1, 0))
    assert np.array_equal(one.output.taken_up_round, other.output.taken_up_round)
    assert np.array_equal(one.output.signed_round, other.output.signed_round)


def test_without_the_bloc_its_members_differ() -> None:
    world = play(replicates=3, bloc_votes=0)
    rounds = world.output.signed_round[:, 0, world.population.bloc == 0]
    assert (rounds != rounds[:, :1]).any()


def test_a_code_that_nobody_signs_is_as_good_as_none() -> None:
    out = [{"round": -CAMPAIGN, "kind": kind, "signs": False} for kind in ("state", "firm", "ngo")]
    open_to_nobody, none = play(events=out), play(code_is_open=False)
    assert open_to_nobody.total("signed") == 0
    assert np.array_equal(open_to_nobody.output.worldwide, none.output.worldwide)
    assert not np.array_equal(play().output.worldwide, none.output.worldwide)


def test_if_general_law_does_it_all_the_code_prevents_exactly_nothing() -> None:
    assert (
        harm_prevented(baseline_share=1, norm_weight=0, protection_strength=0, diligence_strength=0)
        == [0] * 5
    )


def test_by_default_the_code_does_prevent_something() -> None:
    assert any(harm_prevented())


def test_an_event_leaves_everything_before_it_untouched() -> None:
    event = {"round": 20, "who": "CHN", "signs": True}
    before, after = slice(0, CAMPAIGN + 20), slice(CAMPAIGN + 20, None)
    plain, branch = play(), play(events=[event])
    assert same(plain, branch, before)
    assert not same(plain, branch, after)
    assert branch.signed("CHN").all()


def test_without_responses_the_other_stages_have_the_same_draws() -> None:
    """Retaliation moves the others through standing alone, and only peers heed standing."""
    deaf = {"state_peers": 0, "firm_peers": 0, "ngo_peers": 0}
    whole, without = play(**deaf), play(without="respond", **deaf)
    for column in ("signed", "operations", "named", "wrongly_blamed", "lapses", "harm_gross"):
        assert np.array_equal(whole.column(column), without.column(column))
    assert without.total("strikes") == 0 < whole.total("strikes")


def test_better_attribution_traces_every_operation_that_worse_did() -> None:
    scenario = load("paris-call-2018")
    _, world, text, schedule, _ = engine_arrays(scenario)
    state, dials = empty_variables(world, text), schedule[0].copy()
    engine.start(world, state, dials, 1, 0)
    quality = list(DIALS).index("attribution_quality")
    traces: list[set[int]] = []
    operations(world, text, state, dials, 1, 0, 5)
    for value in (0.1, 0.3, 0.6, 1.0):
        dials[quality] = value
        attribute(world, text, state, dials, 1, 0, 5)
        undertaken = state.operation[: state.size[0]]
        traces.append({int(i) for i in np.flatnonzero(undertaken.traced_to == undertaken.author)})
    assert all(worse <= better for worse, better in itertools.pairwise(traces))
    assert len(traces[-1]) == state.size[0] > len(traces[0])


DIRECTIONS = [
    ("state_restraint", "power_share", -1),
    ("state_burden", "signed_state", -1),
    ("state_affinity", "signed_state", 1),
    ("attention_scale", "taken_up", 1),
    ("temptation", "operations", 1),
    ("deterrence", "operations", -1),
    ("sanctions", "acted_against", -1),
    ("norm_weight", "operations", -1),
    ("operation_base", "operations", 1),
    ("attribution_quality", "traced", 1),
    ("wrongful_trace", "wrongly_blamed", 1),
    ("naming_base", "named", 1),
    ("standing_loss", "standing", -1),
    ("protection_strength", "harm_saved", 1),
    ("lapse_base", "lapses", 1),
    ("lapse_pledge", "lapses", -1),
    ("strike_back", "strikes", 1),
    ("firebreak", "strikes", -1),
    ("leave_cyberspace", "strikes", -1),
    ("allies_join", "strikes", 1),
    ("exit_attention", "left", 1),
    ("exit_cost", "left", -1),
    ("norm_rate", "norm", 1),
]


@pytest.mark.parametrize(("dial", "outcome", "sign"), DIRECTIONS)
def test_a_dial_moves_its_outcome_the_right_way(dial: str, outcome: str, sign: int) -> None:
    low, high = DIALS[dial].between
    differences = [
        play(replicates=1, seed=seed, **{dial: high}).total(outcome)
        - play(replicates=1, seed=seed, **{dial: low}).total(outcome)
        for seed in range(5)
    ]
    assert all(sign * d > 0 for d in differences)


@pytest.mark.parametrize(
    ("dial", "outcome"),
    [("strike_back", "signed"), ("lapse_pledge", "operations"), ("temptation", "lapses")],
)
def test_a_dial_does_not_move_what_it_has_no_way_to(dial: str, outcome: str) -> None:
    """The negative control of the table above."""
    low, high = DIALS[dial].between
    still = {
        "state_peers": 0,
        "firm_peers": 0,
        "ngo_peers": 0,
        "state_security": 0,
        "firm_security": 0,
        "norm_rate": 0,
    }
    assert play(**{**still, dial: low}).total(outcome) == play(**{**still, dial: high}).total(
        outcome
    )


def idle_in_the_paris_call(dial: str) -> list[Mapping[str, float]]:
    """The conditions under which *dial* is idle that hold in the default scenario."""
    here = load("paris-call-2018").settings
    return [
        each
        for each in DIALS[dial].idle
        if all(here[name] == value for name, value in each.items())
    ]


# The effect of crime is computed after the run, from the world without the code.
AFTER_THE_RUN = {"criminal_share"}


@pytest.mark.parametrize("dial", [dial for dial in DIALS if dial not in AFTER_THE_RUN])
def test_every_dial_moves_some_outcome(dial: str) -> None:
    low, high = (
        (1, 2) if dial == "population_scale" else DIALS[dial].between
    )  # 500 would be a million stakeholders
    support = {
        name: DIALS[name].between[1]
        for condition in idle_in_the_paris_call(dial)
        for name in condition
    }
    ends = [play(replicates=2, **{**support, dial: end}) for end in (low, high)]
    assert not same(*ends)


@pytest.mark.long
def test_plain_python_gives_the_same_bits() -> None:
    """Without the compiler, in a process of its own, from the campaign to the last round."""
    script = (
        "import sys, hashlib; sys.path.insert(0, 'tests')\n"
        "from engine_outputs import play\n"
        "world = play(replicates=1)\n"
        "print(hashlib.sha256(b''.join(a.tobytes() for a in world.output)).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "NUMBA_DISABLE_JIT": off, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for off in ("0", "1")
    }
    assert len(digests) == 1


def test_a_selection_of_stages_names_them():
    assert all(
        part in str(engine.only("events", "learn"))
        for part in ("events=True", "respond=False", "learn=True")
    )
    assert engine.only(*engine.STAGES) == engine.ALL_STAGES
    with pytest.raises(TypeError, match="deliberation"):
        engine.only("deliberation")


def test_columns_have_names_of_their_own() -> None:
    assert not set(CODE_COLUMNS) & (set(WORLD_COLUMNS) - {"members_with_means"})
