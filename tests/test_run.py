"""The result of `sim.run`: its tables, with intervals where weights are fitted and ranges where
conduct is assumed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from command_outputs import parley

import sim
from sim import facts
from sim.engine import arrays
from sim.engine.outputs import WORLD_COLUMNS, empty_output
from sim.experiments import conduct_ranges
from sim.experiments.assumptions import sample, under_sample
from sim.experiments.conduct_ranges import COMPONENTS, harm_prevented
from sim.experiments.simulate import EachReplicate, simulate
from sim.theory.signing import chance_of_signing

NOBODY_SIGNS = [{"round": -10, "kind": kind, "signs": False} for kind in sim.KINDS]
OF_SIGNING = [outcome for outcome in sim.OUTCOMES.values() if outcome.basis == "fitted"]


def same_record(one: sim.Run, other: sim.Run, first: int | None = None) -> bool:
    """Whether two runs wrote the same, in their first replicates or in all."""
    return all(
        np.array_equal(a[:first], b[:first]) for a, b in zip(one.output, other.output, strict=True)
    )


def harm_ranges(run: sim.Run) -> dict[str, tuple[float, float]]:
    """Outcome -> its range, for all that compares with a world without the code."""
    table = run.harm_prevented()
    return dict(zip(table["outcome"], zip(table["low"], table["high"], strict=True), strict=True))


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=12, seed=1)


def test_the_table_stands_beside_the_register(run):
    table, register = run.table(), facts.milestones()
    assert list(table.columns) == ["date", "kind", "registered", "median", "low", "high"]
    assert table["date"].tolist() == [day for day in register["date"] for _ in sim.KINDS]
    assert table.loc[table["kind"] == "ngo", "registered"].tolist() == register["ngos"].tolist()
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()


def test_the_table_reads_the_public_list(run):
    on_list = run.history("listed").query("kind == 'state' and round == 0")["value"]
    assert run.table()["median"].iloc[0] == np.median(on_list)


def test_all_states_and_all_named_organisations_have_a_share_and_nobody_else(run):
    assert set(run.signed) == set(facts.state_names()) | set(facts.organisation_kinds())
    assert all(0 <= share <= 1 for share in run.signed.values())


def test_whoever_signs_late_is_not_among_those_who_signed_soon():
    late = sim.run(replicates=3, events=[{"round": 5, "who": ["CHN"], "signs": True}])
    soon = sim.run(replicates=3, events=[{"round": 3, "who": ["CHN"], "signs": True}])
    assert late.signed_soon["CHN"] == 0
    assert soon.signed_soon["CHN"] == 1


def test_tenths_hold_each_state_once_and_rise(run):
    tenths = run.deciles()
    assert tenths["states"].sum() == 193
    assert tenths["simulated"].is_monotonic_increasing
    on_register = len(facts.register_states())
    assert (tenths["observed"] * tenths["states"]).sum() == pytest.approx(on_register)


def test_the_largest_misses_name_five_states_that_signed_elsewhere_than_in_most_worlds(run):
    states = {name: run.signed[iso3] for iso3, name in facts.state_names().items()}
    signatories = {facts.state_names()[iso3] for iso3 in facts.register_states().index}
    names = [sentence.split(": ")[0] for sentence in run.misses()]
    assert len(set(names)) == 5
    distance = {name: abs(share - (name in signatories)) for name, share in states.items()}
    assert min(distance[name] for name in names) >= sorted(distance.values())[-5]


def test_a_code_is_not_held_against_the_register_of_another(monkeypatch, capsys):
    other = sim.run("instruments/pall-mall-code-2025", replicates=1)
    content = other.as_json()
    assert other.misses() == content["misses"] == []
    assert {row["registered"] for row in content["milestones"]} == {None}
    assert {row["observed"] for row in content["deciles"]} == {None}
    text = parley(
        monkeypatch, capsys, "run", "instruments/pall-mall-code-2025", "--replicates", "1"
    )
    assert "The register is of another code" in text
    assert "on the register" not in text


def test_every_outcome_stands_in_the_table_with_its_basis(run):
    rows = {(row.outcome, row.part): row.basis for row in run.outcomes.itertuples()}
    assert rows == {(o.name, part): o.basis for o in sim.OUTCOMES.values() for part in o.parts}


def test_what_is_fitted_has_a_median_and_what_is_assumed_only_a_range(run):
    signing, conduct = (
        run.outcomes[run.outcomes["basis"] == basis] for basis in ("fitted", "assumed")
    )
    assert (signing["low"] <= signing["median"]).all()
    assert (signing["median"] <= signing["high"]).all()
    assert conduct["median"].isna().all()
    intervals = conduct[conduct["part"] != "ngo"]
    assert (intervals["low"] <= intervals["high"]).all()


def test_conduct_is_told_apart_by_group_and_never_by_kind_or_name(run):
    rows = run.outcomes[run.outcomes["basis"] == "assumed"]
    assert set(rows["part"]) == {*sim.GROUPS, "all"}


@pytest.mark.parametrize("outcome", ["signatories", "operations", "compliance", "confidence"])
def test_a_history_ends_where_the_summary_reads_it(run, outcome):
    history, description = run.history(outcome), sim.OUTCOMES[outcome]
    rows = history if description.when == "end" else history[history["round"] >= 0]
    parts = ["replicate", description.by] if description.by else ["replicate"]
    groups = rows.groupby(parts, sort=False)["value"]
    numbers = groups.last() if description.when == "end" else groups.sum()
    last = numbers.xs(description.parts[-1], level=1) if description.by else numbers
    np.testing.assert_allclose(last.to_numpy(), run.by_replicate[outcome, description.parts[-1]])


def test_a_history_says_when_and_on_what_basis(run):
    history = run.history("operations")
    assert list(history.columns) == ["replicate", "round", "date", "group", "value", "basis"]
    assert set(history["basis"]) == {"assumed"}
    assert len(history) == 12 * 73 * 6


def test_an_unknown_outcome_is_refused_with_the_nearest(run):
    with pytest.raises(
        sim.InputError, match=r"there is no outcome 'operation' over time.*'operations'"
    ):
        run.history("operation")


def test_shares_of_groups_lie_between_nothing_and_all(run):
    for outcome in ("compliance", "observed_compliance", "standing"):
        values = run.history(outcome)["value"].dropna()
        assert values.between(0, 1).all()


def test_nobody_who_could_sign_means_no_harm_prevented_at_all():
    assert set(harm_ranges(sim.run(replicates=1, events=NOBODY_SIGNS)).values()) == {
        (0, 0),
        (100, 100),
    }


def test_a_code_that_adds_nothing_prevents_no_harm_at_all():
    nothing = {
        "baseline_share": 1,
        "norm_weight": 0,
        "protection_strength": 0,
        "diligence_strength": 0,
    }
    ranges = harm_ranges(sim.run(replicates=1, set=nothing))
    assert {ranges[name] for name in ("harm_prevented", *COMPONENTS)} == {(0, 0)}
    assert ranges["harm_index"] == (100, 100)


def test_harm_prevented_is_the_sum_of_its_parts_in_every_world(run):
    numbers = run.over_assumptions
    whole = sum(numbers[component, "all"] for component in COMPONENTS)
    np.testing.assert_allclose(whole, numbers["harm_prevented", "all"], atol=1e-9)
    np.testing.assert_allclose(100 - whole, numbers["harm_index", "all"], atol=1e-9)


def worlds_with(**totals: float):
    """The output of one replicate of one round in which these are counted."""
    output = empty_output(1, 1, 1, 1)
    for name, total in totals.items():
        output.worldwide[0, 0, WORLD_COLUMNS.index(name)] = total
    return output


def test_harm_is_prevented_by_what_is_not_done_what_is_averted_and_what_is_not_avenged():
    without = worlds_with(harm_gross=80, harm_saved=0, strike_harm_gross=20, crime_let_through=1)
    with_code = worlds_with(
        harm_gross=60, harm_saved=5, strike_harm_gross=10, crime_let_through=0.5
    )
    parts = harm_prevented(without, with_code, criminal_share=0.5, first_round=0)
    assert {name: float(parts[name][0]) for name in COMPONENTS} == {
        "restraint": pytest.approx(100 * 20 / 180),
        "protection": pytest.approx(100 * (5 + 80 * 0.5) / 180),
        "retaliation": pytest.approx(100 * 10 / 180),
    }


def test_selection_is_how_much_better_signatories_are_without_the_code():
    without = worlds_with(
        harm_gross=100,
        harm_by_members=20,
        harm_by_others=80,
        members_with_means=10,
        others_with_means=10,
    )
    assert harm_prevented(without, without, criminal_share=0, first_round=0)["selection"] == [60]


def test_a_dial_that_is_set_is_not_varied():
    outcomes = sim.run(replicates=3, set={"attribution_quality": 0}).outcomes.set_index(
        ["outcome", "part"]
    )
    assert outcomes.loc[("named", "all"), "high"] == 0


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ({"replicates": 0}, "replicates is 0, expected a whole number from 1"),
        ({"replicates": True}, "replicates is true"),
        ({"replicates": 2.5}, r"replicates is 2\.5"),
        ({"replicates": 10**60}, "replicates is a number of more than forty digits"),
        ({"seed": -1}, "seed is -1, expected a whole number from 0"),
        ({"seed": 2**63}, "seed is 9223372036854775808"),
        ({"seed": "1"}, "seed is '1'"),
        ({"workers": 0}, "workers is 0, expected a whole number from 1"),
        ({"scenario": "paris-cal-2018"}, "did you mean 'paris-call-2018'"),
        ({"set": {"attribution": 0.5}}, "there is no dial 'attribution'"),
        ({"choices": {"who": "USA"}}, "there is no choice 'who'"),
        ({"events": [{"round": 0, "who": "USA"}]}, "found no action"),
    ],
)
def test_wrong_arguments_are_refused_in_one_sentence(argument, expected):
    with pytest.raises(sim.InputError, match=expected):
        sim.run(**argument)


def test_the_largest_seed_runs():
    assert sim.run(replicates=1, seed=2**63 - 1).output.status.any()


def always_signs(value: float, rationality: float) -> float:
    return 1.0


def same_as_ours(value: float, rationality: float) -> float:
    return chance_of_signing(value, rationality)


def is_no_chance(value: float, rationality: float) -> float:
    return value


def divides_by_rationality(value: float, rationality: float) -> float:
    return min(1.0, max(0.0, value / rationality))


def reads_globals(value: float, rationality: float) -> float:
    return 0.5 if globals() else 0.0


@pytest.mark.long
def test_ones_own_decision_rule_decides():
    always = sim.run(replicates=2, set={"exit_attention": 0}, choose=always_signs)
    assert always.signed["PRK"] == always.signed["USA"] == 1
    assert always.manifest["rule"] == "always_signs"


@pytest.mark.long
def test_the_models_own_rule_given_as_ones_own_gives_the_same_record(run):
    assert same_record(run, sim.run(replicates=12, seed=1, choose=same_as_ours))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            is_no_chance,
            r"it returns -30\.0 for \(-30, 0\), expected a function of \(value, rationality\)",
        ),
        (lambda value: 0.5, "choose: found .*, expected a function"),
        ("logistic", "choose: found 'logistic'"),
        ({"value": 0.5}, "choose: found {'value': 0.5}"),
        (divides_by_rationality, r"it fails for \(-30, 0\) with ZeroDivisionError"),
        (reads_globals, "choose: numba cannot compile it"),
    ],
)
def test_a_rule_that_is_none_is_refused(rule, expected):
    with pytest.raises(sim.InputError, match=expected):
        sim.run(replicates=1, choose=rule)


def test_conduct_by_name_must_be_asked_for(run):
    with pytest.raises(sim.InputError, match="conduct_by_name=False"):
        _ = run.named_conduct


def test_conduct_by_name_adds_up_to_that_by_group():
    run, few = sim.run(replicates=1, conduct_by_name=True), 5
    there = under_sample(run.setting, sample(run.scenario, run.seed)[:few])
    by_name = np.stack(simulate(there, few, run.seed, EachReplicate(conduct_ranges._counts)))
    for place, column in enumerate(conduct_ranges.COUNTED):
        if column != "simulated_acted_against":  # operations, and not months of somebody
            by_group = run.over_assumptions[column.removeprefix("simulated_"), "all"][:few]
            np.testing.assert_array_equal(by_name[:, :, place].sum(axis=1), by_group)
    table = run.named_conduct
    assert (table["simulated_operations_low"] <= table["simulated_operations_high"]).all()
    assert table["simulated_operations_high"].max() > 0
    assert run.manifest["note"] == "simulated, not evidence about any state or firm"


def test_a_saved_run_is_read_back_as_it_was(run, tmp_path):
    files = run.save(tmp_path / "new", ["parquet", "csv"])
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(
        path.name for path in files
    )
    outcomes = pd.read_parquet(tmp_path / "new" / "outcomes.parquet")
    pd.testing.assert_frame_equal(outcomes, run.outcomes)
    assert len(pd.read_csv(tmp_path / "new" / "signed.csv")) == len(run.signed)
    history = pd.read_parquet(tmp_path / "new" / "history.parquet")
    assert set(history["outcome"]) == {
        outcome.name for outcome in sim.OUTCOMES.values() if outcome.column
    }


def test_a_notebook_shows_the_title_and_the_table(run):
    html = run._repr_html_()
    assert "The Paris Call, 2018" in html
    assert all(f"{day}" in html for day in run.table()["date"])


def test_a_code_with_another_launch_is_read_at_its_anniversaries_without_the_register(tmp_path):
    scenario = tmp_path / "later.toml"
    scenario.write_text('base = "paris-call-2018"\ntitle = "Later"\n[code]\nlaunch = 2021-03-01\n')
    table = sim.run(scenario, replicates=2).table()
    assert table["registered"].isna().all()
    assert [f"{day}" for day in table["date"].unique()[:2]] == ["2021-03-01", "2022-03-01"]


def test_outcomes_have_names_labels_and_units_of_their_own():
    assert all(sim.words.outcome_unit(name) for name in sim.OUTCOMES)
    assert len({sim.words.outcome_label(name) for name in sim.OUTCOMES}) == len(sim.OUTCOMES)
    assert {outcome.by for outcome in OF_SIGNING} == {"kind", ""}


def test_the_more_of_all_harm_is_crime_the_less_of_it_a_code_prevents():
    little, much = (sim.run(replicates=2, set={"criminal_share": share}) for share in (0.0, 0.9))
    assert harm_ranges(much)["harm_prevented"][1] < harm_ranges(little)["harm_prevented"][1]


def test_every_result_is_shown_in_one_line_that_says_what_was_simulated(tmp_path):
    (tmp_path / "short.toml").write_text('base = "states-only"\nlast_round = 3\n', encoding="utf-8")
    scenario = sim.load(tmp_path / "short.toml")
    few = {"replicates": 2, "seed": 3}
    results = {
        "Run(": sim.run(scenario, **few),
        "Comparison(": sim.compare(scenario, scenario, **few),
        "LensComparison(": sim.compare_lenses(scenario, lenses=("full", "null"), **few),
        "Explanation(": sim.explain(scenario, "KEN", **few),
        "Pivots(": sim.pivots(scenario, who="USA", **few),
        "Outreach(": sim.outreach(scenario, approaches=1, **few),
    }
    for name, result in results.items():
        text = repr(result)
        assert text.startswith(name)
        assert all(part in text for part in (scenario.name, "replicates=2", "seed=3"))
        assert "\n" not in text
        assert len(text) < 120 + 2 * len(scenario.name)
    assert repr(sim.classic("barrett-1994", replicates=2, seed=3)).startswith(
        "Classic(classics/barrett-1994, "
    )
    assert repr(sim.load("paris-call-2018")).startswith("Scenario(paris-call-2018, ")


def test_a_status_has_the_number_that_it_has_in_the_engine():
    assert {name: status.number for name, status in sim.STATUSES.items()} == {
        name: getattr(arrays, name.upper()) for name in sim.STATUSES
    }


def test_a_world_at_its_end_has_the_words_of_the_statuses(run):
    last = run.world(12).iloc[-1]
    numbers = {status.word: status.number for status in sim.STATUSES.values()}
    places = [run.setting.population.ids.index(who) for who in last.index]
    assert last.map(numbers).tolist() == run.output.status[11, 0, places].tolist()
