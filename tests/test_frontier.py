"""Depth against breadth: texts that ask for more, with the same signatories and with new ones."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from command_outputs import parley
from test_names_and_conduct import in_frame, in_json, in_lines

import sim
from sim.number_formats import mean
from sim.results.frontier import FIXED, FREE, scales_of
from sim.results.manifest import read_manifest
from sim.results.participation import text_at_step
from sim.scenario import Scenario
from sim.writing import json_text

SCALES = [0.0, 0.5, 1.0, 1.5, 2.0]
OWN = SCALES.index(1.0)
LEAVERS = {"exit_attention": 0.3, "exit_cost": 0, "monitoring": 1}
NO_EFFECT = {"deterrence": 0, "norm_weight": 0, "lapse_pledge": 0}


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The Paris Call over sixteen months; a world takes a millisecond."""
    file = tmp_path_factory.mktemp("scenario") / "short.toml"
    file.write_text(
        'base = "paris-call-2018"\nfirst_round = -3\nlast_round = 13\n', encoding="utf-8"
    )
    return sim.load(file)


@pytest.fixture(scope="module")
def result(short: Scenario) -> sim.Frontier:
    return sim.frontier(short, depths=SCALES, replicates=6, seed=3)


def numbers(
    frontier: sim.Frontier, outcome: str, part: str = "all"
) -> tuple[np.ndarray, np.ndarray]:
    """[text, point] conduct at fixed and at free membership."""
    fixed, free = frontier.conduct[outcome, part]
    return fixed, free


def row(frontier: sim.Frontier, **keys: object) -> dict:
    table = frontier.table()
    for key, value in keys.items():
        table = table[table[key] == value]
    [found] = table.to_dict("records")
    return found


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_at_fixed_membership_compliance_falls_with_depth(short, seed):
    frontier = sim.frontier(short, depths=SCALES, replicates=1, seed=seed)
    fixed, _ = numbers(frontier, "compliance")
    assert (np.diff(fixed.mean(axis=1)) < 0).all()
    moves = frontier.changes
    of_compliance = moves[(moves["outcome"] == "compliance") & (moves["part"] == "all")]
    assert set(of_compliance.loc[of_compliance["membership"] == FIXED, "sign"]) == {"falls"}


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_deeper_text_loses_signatories_and_moves_conduct_further(short, seed):
    frontier = sim.frontier(short, depths=[0, 2], replicates=4, seed=seed)
    ends = frontier.changes.set_index(["membership", "outcome", "part"])["sign"]
    assert ends[FREE, "signatories", "state"] == ends[FREE, "power_share", "all"] == "falls"
    for way in (FIXED, FREE):
        assert (
            ends[way, "departure", "operations"] == ends[way, "departure", "practices"] == "rises"
        )


@pytest.mark.long
def test_a_text_that_asks_for_nothing_is_kept_by_all_and_changes_nothing(result):
    for way in range(2):
        assert (result.conduct["compliance", "all"][way, 0] == 1).all()
        for key in (
            ("departure", "operations"),
            ("departure", "practices"),
            ("harm_prevented", "all"),
        ):
            assert (result.conduct[key][way, 0] == 0).all()


def test_compliance_falls_though_the_code_has_no_effect_on_conduct(short):
    frontier = sim.frontier(short, depths=SCALES, replicates=1, set=NO_EFFECT)
    fixed, _ = numbers(frontier, "compliance")
    assert (np.diff(fixed.mean(axis=1)) < 0).all()
    for part in ("operations", "practices"):
        assert all((way == 0).all() for way in numbers(frontier, "departure", part))


def test_free_membership_at_the_text_as_it_is_is_a_run_to_the_bit(short, result):
    run = sim.run(short, replicates=6, seed=3)
    outcomes = run.outcomes.set_index(["outcome", "part"])
    for outcome in ("signatories", "power_share", "compliance", "harm_prevented"):
        for part in {"signatories": sim.KINDS}.get(outcome, ("all",)):
            ours = row(result, scale=1.0, membership=FREE, outcome=outcome, part=part)
            theirs = outcomes.loc[outcome, part]
            assert (ours["low"], ours["high"]) == (theirs["low"], theirs["high"])
            assert ours["middle"] == theirs["median"] or np.isnan(ours["middle"]) == np.isnan(
                theirs["median"]
            )


def test_every_depth_is_a_run_of_that_text_to_the_bit(short, result):
    text = text_at_step(short, 1.0)
    assert all(provision.ambition == 1 for provision in text.code.provisions)
    deepest = sim.run(text, replicates=6, seed=3)
    over = deepest.over_assumptions
    for key in (("compliance", "all"), ("compliance", "firm"), ("harm_prevented", "all")):
        assert np.array_equal(result.conduct[key][1, -1], over[key], equal_nan=True)
    assert np.array_equal(
        result.signing["signatories", "ngo"][1, -1], deepest.by_replicate["signatories", "ngo"]
    )


@pytest.mark.long
@pytest.mark.parametrize(
    ("scenario", "dials"),
    [
        ("paris-call-2018", LEAVERS),
        ("binding-treaty", LEAVERS),
        ("binding-treaty", {}),
        ("great-powers-sign", {}),
    ],
)
def test_the_same_members_under_the_same_text_do_the_same_to_the_bit(scenario, dials, tmp_path):
    """Also where many leave and come back, where a list is public later than a signature, and where
    states ratify.
    """
    file = tmp_path / "short.toml"
    file.write_text(f'base = "{scenario}"\nlast_round = 24\n', encoding="utf-8")
    frontier = sim.frontier(file, depths=[1, 2], replicates=1, set=dials)
    for values in frontier.conduct.values():
        assert np.array_equal(values[0, 0], values[1, 0], equal_nan=True)
    fixed, free = numbers(frontier, "compliance")
    assert not np.array_equal(fixed[1], free[1], equal_nan=True)


def test_at_fixed_membership_nobody_joins_or_leaves(result):
    for values in result.signing.values():
        assert (values[0] == values[0][OWN]).all()
        assert np.array_equal(values[0][OWN], values[1][OWN])
    assert (np.diff(result.signing["signatories", "state"][1].mean(axis=1)) < 0).all()


def test_the_share_of_states_is_that_of_all_states(result):
    states = len(result.scenario.facts.state_names)
    assert np.array_equal(
        result.signing["state_share", "all"], result.signing["signatories", "state"] / states
    )


def test_a_code_that_nobody_with_means_joins_has_no_compliance(short):
    nobody = sim.frontier(short, depths=[0, 1], replicates=1, set=dict.fromkeys(
        ("state_inclination", "firm_inclination", "ngo_inclination"), -20))  # fmt: skip
    assert np.isnan(nobody.conduct["compliance", "all"]).all()
    assert (nobody.conduct["harm_prevented", "all"] == 0).all()
    assert any("nobody with means is a signatory" in sentence for sentence in nobody.sentences)


def test_conduct_is_a_range_without_a_middle_and_signing_says_on_what_it_rests(result):
    table = result.table()
    conduct = table["outcome"].isin(["compliance", "departure", "harm_prevented"])
    assert table.loc[conduct, "middle"].isna().all()
    assert set(table.loc[conduct, "basis"]) == {"assumed"}
    signing = table[~conduct].set_index(["scale", "membership"])["basis"]
    assert (
        set(signing[1.0, FREE]) == set(signing[2.0, FIXED]) == {"what_if"}
    )  # its campaign is shorter than it was
    assert set(signing[2.0, FREE]) == set(signing[0.0, FREE]) == {"extrapolated"}


def test_the_sign_at_free_membership_is_told_with_its_band(result):
    [sentence] = [
        each
        for each in result.sentences
        if each.startswith("At free membership, where everybody decides")
    ]
    moves = result.changes.set_index(["membership", "outcome", "part", "from_scale", "to_scale"])
    end_to_end = moves.loc[FREE, "compliance", "all", 0.0, 2.0]
    low, high = sorted(abs(100 * end_to_end[end]) for end in ("low", "high"))
    assert f"falls by {mean(low)} to {mean(high)} points from end to end" in sentence


@pytest.mark.long
@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.long), 3])
def test_workers_change_no_number(short, workers):
    one, other = (
        sim.frontier(short, depths=[0, 1, 2], replicates=3, workers=each) for each in (2, workers)
    )
    assert one.table().equals(other.table())


def test_half_of_the_texts_ask_for_less():
    scales = scales_of(50)
    assert (len(scales), scales[0], scales[25], scales[-1]) == (50, 0.0, 1.0, 2.0)
    assert all(low < high for low, high in pairwise(scales))
    assert scales_of(3) == (0.0, 1.0, 2.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"depths": 2}, "depths is 2, expected a whole number from 3 to 1000"),
        ({"depths": "many"}, "depths is 'many', expected a whole number from 3 to 1000"),
        ({"depths": [1, 0.5]}, "depths is [1.0, 0.5], expected 2 to 1000 numbers that rise"),
        ({"depths": [0, 3]}, "depths is 3, expected a number from 0 to 2"),
        ({"depths": [0, "deep"]}, "depths is 'deep', expected a number from 0 to 2"),
        ({"replicates": 0}, "replicates is 0, expected a whole number from 1"),
        ({"set": {"depth": 1}}, "there is no dial 'depth'"),
    ],
)
def test_wrong_arguments_are_refused_in_one_sentence(short, arguments, message):
    with pytest.raises(sim.InputError) as refusal:
        sim.frontier(short, **arguments)
    assert message in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.long
def test_the_command_prints_both_memberships_and_writes_what_python_has(
    short, monkeypatch, capsys, tmp_path
):
    few = [str(short.path), "--depths", "3", "--replicates", "2"]
    printed = parley(
        monkeypatch,
        capsys,
        "frontier",
        *few,
        "--out",
        str(tmp_path / "out"),
        "--format",
        "csv,json",
    )
    assert all(
        part in printed
        for part in ("At fixed membership", "At free membership", "[assumed]", "[extrapolated")
    )
    assert list(in_lines(printed)) == []
    content = json.loads(parley(monkeypatch, capsys, "frontier", *few, "--json", "-"))
    again = sim.frontier(short, depths=3, replicates=2)
    assert content == json.loads(json_text(again.as_json()))
    assert list(in_json(content)) == []
    assert in_frame(again.table()) == []
    manifest = tmp_path / "out" / "manifest.json"
    repeated = read_manifest(Path(manifest))
    assert (repeated.scenario.sha256, repeated.replicates, repeated.seed) == (short.sha256, 2, 1)
