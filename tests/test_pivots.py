"""Pivots: whose signature moves most others, and their ranks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from command_outputs import parley
from test_names_and_conduct import in_frame, in_json, in_lines

import sim
from sim.engine.arrays import begin, empty_variables
from sim.engine.membership import publish, sign, weigh_signatories
from sim.engine.weigh_motives import weigh_motives
from sim.experiments.influence import influence, weightiest
from sim.experiments.intervals import mean_interval, shared_ranks
from sim.experiments.simulate import Setting, SignaturesAlone, simulate
from sim.population import network
from sim.results.manifest import read_manifest
from sim.results.pivots import (
    AS_IT_IS,
    ASSUMES,
    CONTRASTS,
    PEERS,
    SIGNS,
    STAYS_OUT,
    Trial,
    low_end_of_peers,
)
from sim.scenario import Scenario
from sim.writing import json_text

BY_PREVALENCE = (
    "state_peers",
    "firm_peers",
    "ngo_peers",
    "state_home",
    "firm_home",
    "ngo_home",
    "state_patron",
    "state_security",
    "firm_security",
)
NO_EXAMPLE = dict.fromkeys(BY_PREVALENCE, 0)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The Paris Call over ten months; a world takes a millisecond."""
    file = tmp_path_factory.mktemp("scenario") / "short.toml"
    file.write_text(
        'base = "paris-call-2018"\nfirst_round = -3\nlast_round = 6\n', encoding="utf-8"
    )
    return sim.load(file)


@pytest.fixture(scope="module")
def result(short: Scenario) -> sim.Pivots:
    return sim.pivots(short, who=["USA", "FRA", "Microsoft", "KEN"], replicates=5, seed=3)


def counts(scenario: Scenario, who: str, events: list, replicates: int, seed: int) -> np.ndarray:
    """[replicates, kinds] signatories other than *who* at the end, by the whole engine."""
    run = sim.run(scenario, events=events, replicates=replicates, seed=seed)
    signatory = run.output.status[:, 0] == 3
    signatory[:, run.setting.population.ids.index(who)] = False
    return np.stack(
        [signatory[:, run.setting.population.kind == k].sum(axis=1) for k in range(3)], axis=1
    )


@pytest.mark.parametrize("who", ["USA", "FRA", "Microsoft", "KEN"])
def test_the_worlds_are_those_of_the_scenario_with_one_more_event(short, result, who):
    place = [result.setting.population.ids[i] for i in result.candidates].index(who)
    events = {AS_IT_IS: [], STAYS_OUT: [{"round": -3, "who": who, "signs": False}],
              SIGNS: [{"round": 0, "who": who, "signs": True}]}  # fmt: skip
    for world, event in events.items():
        assert np.array_equal(result.counts[place, 0, world], counts(short, who, event, 5, 3))


def test_so_they_are_at_the_low_end_of_the_peers_and_from_a_later_round_on(short):
    result = sim.pivots(short, who="BRA", from_round=2, replicates=4)
    lower = short.with_changes(
        set={name: low_end_of_peers(short).parameters[name] for name in PEERS}
    )
    signs = [{"round": 2, "who": "BRA", "signs": True}]
    assert np.array_equal(result.counts[0, 1, SIGNS], counts(lower, "BRA", signs, 4, 1))
    assert np.array_equal(result.counts[0, 1, AS_IT_IS], counts(lower, "BRA", [], 4, 1))


@pytest.mark.parametrize(
    ("who", "bloc_votes", "alone"), [("PRK", 1, True), ("FRA", 1, False), ("FRA", 0, True)]
)
def test_one_who_never_signs_is_missed_only_in_a_bloc(short, who, bloc_votes, alone):
    scenario = short.with_changes(set={"state_inclination": -20, "bloc_votes": bloc_votes})
    setting = Setting.from_scenario(scenario)
    base = simulate(setting, 2, 1, SignaturesAlone())
    trial = Trial(scenario, setting, base, setting.population.ids.index(who), start=0, seed=1)
    assert trial.never_signs().tolist() == [alone, alone]


def test_nobody_is_a_pivot_where_nobody_heeds_anybody(short):
    result = sim.pivots(short, most=12, replicates=3, set=NO_EXAMPLE)
    assert (result.counts == result.counts[:, :, :1]).all()
    assert result.table()["rank"].tolist() == [1] * 12
    assert result.weights_on_signatures == {}


@pytest.mark.parametrize(
    ("dial", "who"), [("state_peers", {"state"}), ("state_home", {"firm", "ngo"})]
)
def test_a_weight_on_signatures_is_told_where_signatures_weigh(short, dial, who):
    result = sim.pivots(short, most=12, replicates=1, set=NO_EXAMPLE | {dial: 9})
    assert result.weights_on_signatures == {dial: 9}
    scenario = short.with_changes(set=NO_EXAMPLE | {dial: 9})
    setting = Setting.from_scenario(scenario)
    kinds = setting.population.kind[np.flatnonzero(influence(scenario, setting))]
    assert {sim.KINDS[kind] for kind in kinds} <= who


def test_a_candidate_is_not_among_those_it_moves(short):
    result = sim.pivots(short, who="PRK", replicates=3, set=NO_EXAMPLE)
    run = sim.run(
        short, events=[{"round": 0, "who": "PRK", "signs": True}], replicates=3, set=NO_EXAMPLE
    )
    without = sim.run(short, replicates=3, set=NO_EXAMPLE)
    assert run.signed["PRK"] == 1 > without.signed["PRK"]
    assert result.counts[0, 0, SIGNS].tolist() == result.counts[0, 0, STAYS_OUT].tolist()


def test_whom_nobody_is_tied_to_moves_nobody(short):
    alone = {**NO_EXAMPLE, "state_peers": 15, "organisations_layer_share": 1, "standing_loss": 0}
    scenario = short.with_changes(set=alone)
    setting = Setting.from_scenario(scenario)
    weights = network.combined(setting.population.layers, scenario.parameters)[:193].sum(axis=0)[
        :193
    ]
    outsider, insider = (
        setting.population.ids[int(np.argmin(weights))],
        setting.population.ids[int(np.argmax(weights))],
    )
    assert weights.min() == 0
    rows = sim.pivots(scenario, who=[outsider, insider], replicates=8).differences.set_index("who")
    assert not rows.loc[outsider, ["mean", "low", "high"]].any(axis=None)
    assert rows.loc[insider, "mean"].abs().max() > 0


def test_a_candidate_stays_out_whatever_the_scenario_decides_for_it():
    result = sim.pivots(
        "great-powers-sign", who="USA", choices={"when": "anniversary", "who": "USA"}, replicates=2
    )
    assert result.table()["firm"][0] > 0
    assert (
        result.counts[0, 0, AS_IT_IS].sum(axis=1) >= result.counts[0, 0, STAYS_OUT].sum(axis=1)
    ).all()
    out = [{"round": t, "who": "USA", "signs": False} for t in (-10, 12)]
    scenario = sim.load("great-powers-sign").with_changes(
        choices={"when": "anniversary", "who": "USA"}
    )
    assert np.array_equal(result.counts[0, 0, STAYS_OUT], counts(scenario, "USA", out, 2, 1))


def test_one_whom_the_scenario_keeps_out_is_out_as_it_is():
    rows = sim.pivots("no-microsoft", who="Microsoft", replicates=2).differences.set_index(
        ["contrast", "others"]
    )
    assert not rows.loc["stays out less as it is", ["mean", "low", "high"]].any(axis=None)


def test_the_low_end_is_two_standard_errors_below_and_never_below_0(tmp_path):
    (tmp_path / "own.toml").write_text(
        own_weights(state_peers=3.0, firm_peers=0.5, ngo_peers=1.0), encoding="utf-8"
    )
    (tmp_path / "scenario.toml").write_text(
        'base = "paris-call-2018"\nweights = "own.toml"\n', encoding="utf-8"
    )
    lower = low_end_of_peers(sim.load(tmp_path)).parameters
    assert [lower[name] for name in PEERS] == pytest.approx([2.0, 0.0, 1.0])


def own_weights(**peers: float) -> str:
    """The shipped weights with other peers; standard errors for the first two, the third is at its
    bound.
    """
    fitted_weights = {name: value for name, value in sim.load("paris-call-2018").parameters.items()
               if sim.DIALS[name].role == "fitted"}  # fmt: skip
    lines = [f"{name} = {value}" for name, value in (fitted_weights | peers).items()]
    return "\n".join(
        ["[weights]", *lines, "[fit.standard_errors]", "state_peers = 0.5", "firm_peers = 0.5", ""]
    )


def test_where_the_peers_have_no_low_end_it_is_the_estimate(short):
    result = sim.pivots(short, who="USA", replicates=2, set=dict.fromkeys(PEERS, 0))
    assert np.array_equal(result.counts[:, 0], result.counts[:, 1])


def test_influence_is_what_one_signature_adds_to_the_values_of_others():
    scenario = sim.load("paris-call-2018").with_changes(
        set={
            "state_peers": 2,
            "firm_peers": 1,
            "ngo_peers": 0.5,
            "state_home": 1,
            "firm_home": 2,
            "ngo_home": 3,
            "state_patron": 1.5,
            "state_security": 2,
            "firm_security": 1,
        }
    )
    setting = Setting.from_scenario(scenario)
    state, everyone = (
        empty_variables(setting.population_arrays, setting.codes),
        range(len(setting.population.ids)),
    )

    def value_to_all(*signatories: int) -> float:
        begin(state, setting.population_arrays, scenario.parameters.confidence_start)
        for i in signatories:
            sign(state, setting.population_arrays, 0, i, 0)
            publish(state, setting.population_arrays, 0, i, 0)
        weigh_signatories(state, setting.population_arrays, 0)
        dials = setting.schedule[-setting.first_round]
        return sum(
            weigh_motives(setting.population_arrays, setting.codes, state, dials, 0, i, False)
            for i in everyone
        )

    sums = influence(scenario, setting)
    for who in ("USA", "Kaspersky", "Access Now", "NPL"):
        i = setting.population.ids.index(who)
        assert value_to_all(i) - value_to_all() == pytest.approx(sums[i], rel=1e-5)


def test_the_screen_takes_three_states_for_one_organisation(short):
    scenario = short.with_changes(set={**NO_EXAMPLE, "firm_home": 1})
    setting = Setting.from_scenario(scenario)
    candidates = weightiest(scenario, setting, 8)
    firms = np.bincount(setting.population.home[setting.population.kind == 1].clip(0))
    assert setting.population.kind[candidates].tolist()[:6] == [0] * 6
    assert setting.population.kind[candidates].min() >= 0
    assert firms[candidates[:6]].tolist() == sorted(firms, reverse=True)[:6]
    assert all(setting.population.ids[i] in sim.facts.organisation_kinds() for i in candidates[6:])


def test_only_those_who_may_sign_are_screened():
    result = sim.pivots("states-only", most=4, replicates=1)
    assert set(result.table()["kind"]) == {"state"}


def test_workers_change_nothing(short, result):
    again = sim.pivots(
        short, who=["USA", "FRA", "Microsoft", "KEN"], replicates=5, seed=3, workers=3
    )
    assert again.as_json() == result.as_json()


def test_the_table_reads_the_differences_by_rank(result):
    table, rows = (
        result.table(),
        result.differences.set_index(["who", "contrast", "peers", "others"]).sort_index(),
    )
    assert table["mean"].is_monotonic_decreasing
    assert table["rank"].is_monotonic_increasing
    for row in table.to_dict("records"):
        headline = rows.loc[(row["who"], "signs less stays out", "estimate")]
        assert headline.loc["all", ["mean", "low", "high"]].tolist() == [
            row["mean"],
            row["low"],
            row["high"],
        ]
        by_kind = headline.loc[["state", "firm", "ngo"], "mean"].tolist()
        assert by_kind == pytest.approx([row["state"], row["firm"], row["ngo"]])
        assert row["signs"] - row["stays_out"] == pytest.approx(row["mean"])
        low_end = rows.loc[(row["who"], "signs less stays out", "low end", "all")]
        assert low_end[["mean", "low", "high"]].tolist() == [
            row[f"low_end_{e}"] for e in ("mean", "low", "high")
        ]


@pytest.mark.parametrize("contrast", CONTRASTS)
def test_any_contrast_is_ranked_by_what_it_moves(result, contrast):
    table = result.table(contrast)
    of_all = result.differences.query(
        "contrast == @contrast and peers == 'estimate' and others == 'all'"
    )
    rows = of_all.set_index("who")
    assert table["mean"].tolist() == rows.loc[table["who"], "mean"].tolist()
    size = -table["mean"] if contrast == "stays out less as it is" else table["mean"]
    assert size.is_monotonic_decreasing


def test_a_launch_or_a_date_says_from_when_on(short):
    assert sim.pivots(short, who="USA", date="2019-01-12", replicates=1).from_round == 2
    assert sim.pivots(short, who="USA", replicates=1).arguments["from_round"] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"who": "Frnace"}, "did you mean 'France'"),
        ({"who": ["USA", "United States"]}, "found USA twice"),
        ({"who": []}, "found nobody"),
        ({"who": "firm DEU-999"}, "there is no stakeholder 'firm DEU-999'"),
        ({"who": "USA", "most": 3}, "found most beside who"),
        ({"most": 0}, "most is 0, expected a whole number from 1"),
        ({"most": 9999}, "most is 9999, expected a whole number from 1"),
        ({"who": "USA", "from_round": 7}, "from_round is 7, expected a whole number from -3 to 6"),
        ({"who": "USA", "date": "soon"}, "date is 'soon', expected a date such as 2018-11-12"),
        (
            {"who": "USA", "date": "2020-01-01"},
            "date is '2020-01-01', expected a date such as 2018-11-12",
        ),
        ({"who": "USA", "date": "2019-01-01", "from_round": 1}, "found from_round beside it"),
    ],
)
def test_what_makes_no_sense_is_refused(short, arguments, message):
    with pytest.raises(sim.InputError, match=message):
        sim.pivots(short, replicates=1, **arguments)


def test_one_who_may_not_sign_is_no_candidate():
    with pytest.raises(
        sim.InputError, match="found Microsoft, expected one of those who may sign this code"
    ):
        sim.pivots("states-only", who="Microsoft", replicates=1)


def test_every_output_says_what_it_assumes_and_joins_no_name_to_conduct(result, tmp_path):
    files = {path.name: path.read_text(encoding="utf-8") for path in result.save(tmp_path, ["csv"])}
    assert set(files) == {"pivots.csv", "moved.csv", "manifest.json"}
    assert all(ASSUMES in content for content in files.values())
    content = json.loads(json.dumps(result.as_json()))
    assert content["assumes"] == ASSUMES
    assert list(in_json(content)) == []
    assert in_frame(result.table()) == []
    assert in_frame(result.differences) == []


def test_the_manifest_that_is_written_repeats_the_scenario(result, short, tmp_path):
    result.save(tmp_path, ["json"])
    again = read_manifest(tmp_path / "manifest.json")
    assert (again.scenario.sha256, again.seed, again.replicates) == (short.sha256, 3, 5)


def test_the_documentation_names_every_key(result):
    words = (Path(__file__).resolve().parent.parent / "docs" / "json.md").read_text(
        encoding="utf-8"
    )
    content = result.as_json()
    keys = {*content, *content["asked"], *content["pivots"][0], *content["moved"][0]}
    assert [key for key in keys if f"`{key}`" not in words] == []


def test_the_command_says_in_json_what_python_says(short, result, monkeypatch, capsys):
    arguments = (
        "--who",
        "usa, France,Microsoft,KEN",
        "--replicates",
        "5",
        "--seed",
        "3",
        "--json",
        "-",
    )
    content = json.loads(parley(monkeypatch, capsys, "pivots", str(short.path), *arguments))
    assert content == json.loads(json_text(result.as_json()))


def test_the_command_prints_what_the_figures_rest_on(short, monkeypatch, capsys, tmp_path):
    few = (
        "--most",
        "4",
        "--replicates",
        "2",
        "--round",
        "1",
        "--set",
        "state_peers=0",
        "--out",
        str(tmp_path),
    )
    output = parley(monkeypatch, capsys, "pivots", str(short.path), *few)
    for fact in (
        ASSUMES,
        "[extrapolated from the fit]",
        "from round 1 on",
        "Student's t",
        "state_peers 0",
    ):
        assert fact in output
    assert in_lines(output) == []
    assert {"pivots.parquet", "moved.csv", "manifest.json"} <= {
        path.name for path in tmp_path.iterdir()
    }


def test_an_interval_is_students():
    assert mean_interval(np.arange(1.0, 6.0)) == pytest.approx(
        (3, 3 - 1.96324, 3 + 1.96324), abs=1e-4
    )


def test_one_world_has_no_interval():
    alone = mean_interval(np.array([2.0]))
    assert alone.mean == 2
    assert np.isnan(alone.low)
    assert not alone.clear


def test_equals_share_a_rank_and_whoever_is_clearly_apart_does_not():
    noise = np.array([-1.0, 0, 1, 0])
    order, ranks = shared_ranks(np.stack([noise, noise + 5, noise, noise + 7]))
    assert order.tolist() == [3, 1, 0, 2]
    assert [rank.rank for rank in ranks] == [1, 2, 3, 3]
    assert [(rank.best, rank.worst) for rank in ranks] == [(1, 1), (2, 2), (3, 4), (3, 4)]


def test_ranks_are_shared_link_by_link_and_places_tell_the_ends_apart():
    steps, noise = (
        np.array([2.0, 1, 0]),
        np.array([[3.0, -3, 3, -3], [-3, 3, -3, 3], [3, -3, 3, -3]]),
    )
    _, ranks = shared_ranks(steps[:, None] + 0.5 * noise)
    assert [rank.rank for rank in ranks] == [1, 1, 1]
    assert [(rank.best, rank.worst) for rank in ranks] == [(1, 2), (1, 3), (2, 3)]


def test_nobody_ranks_by_one_world():
    assert [rank.rank for rank in shared_ranks(np.array([[3.0], [2.0], [1.0]]))[1]] == [1, 1, 1]
