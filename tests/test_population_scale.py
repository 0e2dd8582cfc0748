"""A population with more firms and NGOs: the same world, drawn finer, in shares, counts, conduct
and to the bit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from command_line import parley
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim import population
from sim.engine.arrays import empty_variables
from sim.engine.membership import weigh_signatories
from sim.engine.stages.attribute import draw_by_sums, draw_one_by_one
from sim.engine.stages.conduct import UNSURE
from sim.experiments.simulate import AllOutputs, Numbers, Replicate, Setting, simulate
from sim.kinds_and_statuses import KINDS, TRAIT
from sim.population import FIRM, NGO, STATE, network
from sim.results.manifest import read_manifest
from sim.scenario.extrapolation import UnlikePopulation
from sim.writing import json_text

PARIS = sim.load("paris-call-2018")
WORLDS = 40


def scaled(scale: float) -> sim.Scenario:
    return PARIS.with_changes(set={"population_scale": scale})


@pytest.fixture(scope="module")
def runs() -> dict[int, sim.Run]:
    return {scale: sim.run(scaled(scale), replicates=WORLDS, seed=1) for scale in (1, 4, 16)}


@pytest.fixture(scope="module")
def settings() -> dict[int, Setting]:
    return {scale: Setting.from_scenario(scaled(scale)) for scale in (1, 3)}


# The world


@pytest.mark.parametrize("scale", [1.5, 4, 16])
def test_there_are_so_many_times_as_many_firms_and_ngos_and_the_same_states(scale):
    one, more = (population.build(scaled(each).parameters) for each in (1, scale))
    numbers = [np.bincount(each.kind) for each in (one, more)]
    assert numbers[1][STATE] == numbers[0][STATE] == 193
    assert numbers[1][[FIRM, NGO]] == pytest.approx(scale * numbers[0][[FIRM, NGO]], rel=0.01)
    assert np.array_equal(one.traits[:, :193], more.traits[:, :193])


def test_everybody_of_today_is_in_a_larger_world_as_they_are_and_names_come_once(settings):
    today, larger = settings[1].population, settings[3].population
    places = [larger.ids.index(who) for who in today.ids]
    assert len(set(places)) == len(today.ids)
    exact = [
        TRAIT.openness,
        TRAIT.public_rule,
        TRAIT.offence,
        TRAIT.exposure,
        TRAIT.capacity,
        TRAIT.audience,
    ]
    assert np.array_equal(larger.traits[exact][:, places], today.traits[exact])
    assert larger.trait("weight")[places] == pytest.approx(today.trait("weight"), abs=1e-6)
    assert [larger.names[place] for place in places] == list(today.names)
    assert larger.has_name.sum() == today.has_name.sum()


def test_texts_are_those_of_their_places(settings):
    for setting in settings.values():
        of = setting.population
        ids = list(of.ids)
        assert ids == [of.ids[place] for place in range(len(of.ids))] == list(of.ids[:])
        assert [of.ids.index(who) for who in ids] == list(range(len(ids)))
        assert of.ids == tuple(ids)
        assert of.ids != tuple(ids[1:])
        states = list(of.ids[:193])
        assert all(
            home == -1 or of.home_iso3[place] == states[home]
            for place, home in enumerate(of.home.tolist())
        )
        sectors = [name in population.SECTORS for name in of.sector]
        assert np.array_equal(sectors, of.kind == FIRM)


@pytest.mark.parametrize(
    "who",
    ["firm DEU-1", "firm DEU-000", "firm DEU-0017", "ngo XXX-001", "nobody", "firm FRA-999999"],
)
def test_who_is_not_there_has_no_place(settings, who):
    assert who not in settings[3].population.ids
    with pytest.raises(ValueError, match="not in the population"):
        settings[3].population.ids.index(who)


def test_ties_are_the_same_in_whatever_parts_they_are_made(settings, monkeypatch):
    of, parameters = settings[3].population, scaled(3).parameters
    whole = network.combined(of.layers, parameters)
    monkeypatch.setattr(network, "AT_ONCE", 97)
    assert (whole != network.combined(of.layers, parameters)).nnz == 0


def test_a_firm_heeds_at_most_ten_of_its_sector_and_ten_of_its_home_and_its_ties_sum_to_one(
    settings,
):
    of = settings[3].population
    ties = network.combined(of.layers, scaled(3).parameters)
    assert np.diff(ties.indptr)[193:].max() <= 20
    sums = np.asarray(ties.sum(axis=1)).ravel()
    assert np.all((abs(sums - 1) < 1e-6) | (sums == 0))


def test_neighbours_in_size_are_of_as_many_homes_as_today(settings):
    """Sizes lie closer in a larger world; rounded too far, neighbours in size would be neighbours
    in the alphabet.
    """
    foreign = {}
    for scale, setting in settings.items():
        of, rows = setting.population, setting.population.layers["sector"].tocoo()
        firms = of.kind[rows.row] == FIRM
        foreign[scale] = float(
            (of.home_iso3.codes[rows.row] != of.home_iso3.codes[rows.col])[firms].mean()
        )
    assert foreign[3] == pytest.approx(foreign[1], abs=0.03)


# What happens in it


@pytest.mark.parametrize("scale", [4, 16])
@pytest.mark.parametrize("kind", KINDS)
def test_as_large_a_share_signs_whatever_the_scale(runs, scale, kind):
    """In the same luck of worlds, whose standard deviation is some four hundredths."""
    shares = [
        run.by_replicate["signatories", kind] / sizes[kind]
        for run in (runs[1], runs[scale])
        for sizes in [dict(zip(KINDS, (193.0, *run.setting.group_sizes[3:]), strict=True))]
    ]
    assert shares[0].std() > 0.015
    assert shares[1].mean() == pytest.approx(shares[0].mean(), abs=0.02)
    assert np.corrcoef(shares)[0, 1] > (0.5 if kind == "state" else 0.9)


def test_where_examples_decide_a_share_of_adopters_has_the_same_effect_whatever_the_scale():
    """Weights of peers by which more than a tenth of all firms sign that would not without them."""
    by_example = {"firm_peers": 6, "ngo_peers": 6, "firm_inclination": -3, "ngo_inclination": -3}
    shares = {}
    for scale, peers in (
        (1, by_example),
        (6, by_example),
        (1, {**by_example, "firm_peers": 0, "ngo_peers": 0}),
    ):
        run = sim.run(scaled(scale), set=peers, replicates=30, seed=2, conduct=False)
        share = run.by_replicate["signatories", "firm"].mean() / run.setting.group_sizes[3]
        shares[scale, peers["firm_peers"]] = share
    assert shares[6, 6] == pytest.approx(shares[1, 6], abs=0.02)
    assert shares[1, 0] < shares[1, 6] - 0.1


def test_a_scale_at_which_contagion_counts_heads_would_show(runs):
    """The negative control: were each firm as much as one of today's in a world of sixteen times as
    many, the share of all offensive means in signatories' hands, on which security rests, would be
    that of firms alone.
    """
    arrays, output = runs[16].setting.population_arrays, runs[16].output
    heads = arrays._replace(counts_as=np.ones(3))
    state = empty_variables(heads, runs[16].setting.codes)
    for place in np.flatnonzero(output.status[0, 0, :193] == 3):
        state.member.signed[0, place] = 1
    shares = []
    for each in (arrays, heads):
        weigh_signatories(state, each, 0)
        shares.append(float(state.code[0].offence_share))
    assert shares[0] > 3 * shares[1]


@pytest.mark.parametrize("scale", [4, 16])
@pytest.mark.parametrize(
    ("outcome", "tolerance"),
    [
        ("power_share", 0.01),
        ("confidence", 0.01),
        ("internalisation", 0.01),
        ("operations", 0.06),
        ("traced", 0.06),
        ("named", 0.06),
        ("strikes", 0.1),
        ("lapses", 0.02),
        ("standing", 0.01),
    ],
)
def test_conduct_counted_for_one_world_agrees_too(runs, scale, outcome, tolerance):
    one, more = (runs[each].by_replicate[outcome, "all"].mean() for each in (1, scale))
    assert more == pytest.approx(one, rel=tolerance)


def test_harm_prevented_agrees(runs):
    one, more = (runs[each].harm_by_replicate["harm_prevented"] for each in (1, 4))
    assert more.mean() == pytest.approx(
        one.mean(), abs=3 * np.hypot(one.std(), more.std()) / np.sqrt(WORLDS)
    )


def test_luck_among_organisations_evens_out_but_not_that_of_whole_worlds(runs):
    own = {
        scale: (run.by_replicate["taken_up", "firm"] / run.setting.group_sizes[3])
        for scale, run in runs.items()
    }
    assert own[16].std() == pytest.approx(own[1].std(), rel=0.15)
    assert (own[16] - own[4]).std() < (own[4] - own[1]).std()


# What is said of it


def test_a_scaled_world_is_held_against_no_register(runs):
    assert (runs[1].basis, runs[4].basis) == ("fitted", "extrapolated")
    assert runs[1].table()["registered"].notna().any()
    assert runs[4].table()["registered"].isna().all()
    assert not runs[4].misses()
    assert runs[4].scenario.extrapolations == {"population": UnlikePopulation(4)}


def test_its_manifest_repeats_it_and_its_folder_has_no_ties(tmp_path):
    run = sim.run(scaled(2), replicates=2, seed=3)
    run.save(tmp_path / "saved")
    assert not list((tmp_path / "saved").glob("ties*"))
    assert sim.verify(tmp_path / "saved")
    (tmp_path / "manifest.json").write_text(json_text(run.manifest), encoding="utf-8")
    repetition = read_manifest(tmp_path / "manifest.json")
    assert repetition.scenario.parameters.population_scale == 2
    again = sim.run(repetition.scenario, replicates=repetition.replicates, seed=repetition.seed)
    assert np.array_equal(again.output.per_code, run.output.per_code)


def test_somebody_with_a_name_is_explained_and_one_off_the_record_is_not(runs):
    share = runs[4].explain("Microsoft").by_end["signed"]
    assert share == pytest.approx(runs[4].signed["Microsoft"])
    assert 0 <= runs[4].explain("FRA").by_end["signed"] <= 1
    with pytest.raises(
        sim.InputError, match="explain: of ngo DEU-010 no dates are kept in a scaled population"
    ):
        runs[4].explain("ngo DEU-010")
    assert runs[1].explain("ngo DEU-010").by_end


def test_dates_of_those_on_record_are_those_that_everybody_has(settings):
    setting = settings[3]
    output = simulate(setting, 1, 5, AllOutputs())
    world = Replicate(setting, 5, 0)
    world.play_until(PARIS.last_round)
    on_record = setting.population_arrays.on_record
    assert len(on_record) < len(setting.population.kind) / 2
    for name in ("status", "signed_round", "listed_round", "left_round", "taken_up_round"):
        assert np.array_equal(
            getattr(output, name)[0], getattr(world.state.member, name)[:, on_record]
        )


def test_a_sweep_crosses_scales():
    runs = sim.sweep(
        {
            "levers": {"population_scale": [1, 3]},
            "outcomes": ["signatories"],
            "replicates": 8,
            "signers": ["Microsoft"],
        }
    ).frame()
    means = runs.groupby("population_scale")["signatories_firm"].mean()
    assert means[3] == pytest.approx(means[1], rel=0.1)
    run = sim.run(scaled(3), replicates=8, seed=1)
    own = runs[runs["population_scale"] == 3]
    assert own["signatories_firm"].to_list() == pytest.approx(
        run.by_replicate["signatories", "firm"].tolist()
    )
    assert own["signed_Microsoft"].mean() == pytest.approx(run.signed["Microsoft"])


# To the bit


@pytest.mark.parametrize("numbers", [np.arange(3), np.array([2, 0])])
def test_workers_and_chunks_change_nothing_at_scale_ten(numbers: Numbers):
    setting = Setting.from_scenario(scaled(10))
    one = simulate(setting, np.arange(3), 7, AllOutputs(), workers=1)
    other = simulate(setting, numbers, 7, AllOutputs(), workers=3)
    for here, there in zip(one, other, strict=True):
        assert here[numbers].tobytes() == there.tobytes()


@pytest.fixture(scope="module")
def world() -> Replicate:
    replicate = Replicate(Setting.from_scenario(PARIS), 1, 0)
    for t in range(replicate.rounds.start, 2):
        replicate.play(t)
    return replicate


@given(
    st.floats(0, 1, exclude_min=True, exclude_max=True), st.integers(0, 10**6), st.integers(0, 192)
)
def test_a_suspect_found_by_halving_is_the_one_found_one_by_one(world, draw, number, target):
    people = world.setting.population_arrays
    author = int(people.with_means[number % len(people.with_means)])
    found = draw_by_sums(people, world.state, author, target, draw)
    expected = draw_one_by_one(people, world.state, author, target, draw)
    assert found in (expected, UNSURE)
    assert expected not in (author, target)


def test_hardly_any_suspect_has_to_be_looked_for_one_by_one(world):
    people, draws = world.setting.population_arrays, np.random.default_rng(1).random(2000)
    found = [
        draw_by_sums(people, world.state, int(people.with_means[300]), 7, draw)
        for draw in draws.tolist()
    ]
    assert found.count(UNSURE) <= 2
    assert len(set(found)) > 100


# What is wrong


@pytest.mark.parametrize("value", ["0", "-1", "0.5", "501", "1e9", "nan", "inf", "many"])
def test_no_other_scale_is_taken(value):
    printed = parley("run", "paris-call-2018", "--set", f"population_scale={value}")
    assert printed.is_refusal
    assert "population_scale" in printed.err
    assert "number" in printed.err


def test_no_event_changes_the_scale():
    with pytest.raises(sim.InputError, match="population_scale"):
        PARIS.with_changes(events=[{"round": 3, "dial": "population_scale", "value": 2}])


def test_evidence_is_of_the_population_that_was_fitted():
    with pytest.raises(sim.InputError, match="population_scale is 2, expected 1"):
        sim.calibrate(scaled(2))


def test_scale_one_is_the_world_that_was_there_before():
    """As its hash says, by which a manifest of an earlier version knows it."""
    assert scaled(1).sha256 == PARIS.sha256
    assert scaled(2).sha256 not in (PARIS.sha256, scaled(3).sha256)
    evidence = json.loads(
        (Path(population.__file__).parents[2] / "scenarios/data/evidence.json").read_text("utf-8")
    )
    assert evidence["manifest"]["scenario"]["sha256"] == PARIS.sha256


# A million

MILLION = """
import json
import sim
from benchmarks.memory import peak_memory
run = sim.run("paris-call-2018", set={"population_scale": 490}, replicates=1, seed=1, workers=1)
memory = peak_memory()
signatories = {kind: float(run.by_replicate["signatories", kind][0]) for kind in sim.KINDS}
print(json.dumps([len(run.setting.population.kind), memory, signatories, len(run.signed)]))
"""


@pytest.mark.long
def test_a_million_stakeholders_play_in_a_gigabyte_and_sign_as_two_thousand_do():
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    printed = subprocess.run(
        [sys.executable, "-c", MILLION], env=environment, capture_output=True, text=True, check=True
    ).stdout
    people, memory, signatories, named = json.loads(printed)
    assert people == pytest.approx(1_000_000, rel=0.01)
    assert memory < 10**9
    small = sim.run(PARIS, replicates=1, seed=1)
    assert named == len(small.signed)
    for kind in KINDS:
        assert signatories[kind] == pytest.approx(
            small.by_replicate["signatories", kind][0], rel=0.1
        )
