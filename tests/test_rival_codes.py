"""Two codes of conduct open at once: off is the first alone, and on they touch each other by what
is declared alone.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_outputs import play
from flask.testing import FlaskClient

import sim
from sim.dials import RIVAL_DIALS
from sim.engine.build import codes_beside, engine_arrays, resemblance
from sim.engine.outputs import CODE_COLUMNS
from sim.errors import InputError
from sim.experiments.simulate import Setting
from sim.results.manifest import manifest, read_manifest
from sim.scenario import Scenario, load

APART = {"overlap_substitution": 0, "overlap_side_cost": 0, "attention_division": 0}
CALL = load("paris-call-2018")
TABLE = {
    "name": "A text of the other camp",
    "launch": "2018-12-05",
    "convenor": "RUS",
    "openness": 0.3,
    "public_rule": 0.8,
    "may_sign": ["states"],
    "restraint": 0.4,
    "burden": 0.2,
}
TWIN = {"name": "The same text again"}


def beside(table: dict[str, Any], base: Scenario = CALL, **dials: float) -> Scenario:
    """*base* with a second code: *table* over the text, the launch and the convenor of the
    first.
    """
    code = base.code
    own = {
        "name": "Second",
        "launch": code.launch,
        "convenor": code.convenor,
        "convenor_club": code.convenor_club,
        "openness": code.openness,
        "public_rule": code.public_rule,
        "may_sign": ["states", "firms", "ngos"],
        "provisions": "paris_call_provisions.csv",
    }
    whole_text = {"restraint", "burden"} & table.keys()
    own = {key: value for key, value in own.items() if not (whole_text and key == "provisions")}
    return base.with_table({"rival": {**own, **table}, "parameters": dials})


def signed(scenario: Scenario, replicates: int = 20, seed: int = 1) -> np.ndarray:
    """[replicates, codes, kinds] signatories at the end."""
    output = play(scenario, replicates=replicates, seed=seed).output
    columns = [CODE_COLUMNS.index(f"signed_{kind}") for kind in sim.KINDS]
    return output.per_code[:, -1][:, :, columns]


@pytest.fixture(scope="module")
def rival() -> Scenario:
    return load("rival-codes")


# Off


def test_a_second_code_that_is_off_leaves_the_record_of_the_first_alone_to_the_bit(
    rival: Scenario,
) -> None:
    off = rival.with_changes(set={"rival_open": 0})
    assert off.sha256 == CALL.sha256 != rival.sha256
    ours, theirs = (sim.run(scenario, replicates=4, seed=5) for scenario in (off, CALL))
    for one, other in zip(ours.output, theirs.output, strict=True):
        assert np.array_equal(one, other)
    for name, harm in theirs.harm_by_replicate.items():
        assert np.array_equal(ours.harm_by_replicate[name], harm)
    assert not off.extrapolations
    assert ours.basis == theirs.basis


def test_it_is_switched_off_in_a_file_by_a_dial_and_from_the_command_line_alike(
    rival: Scenario, tmp_path: Path
) -> None:
    file = tmp_path / "off.toml"
    file.write_text('base = "rival-codes"\n[parameters]\nrival_open = 0\n', encoding="utf-8")
    hashes = {load(file).sha256, rival.with_changes(set={"rival_open": 0}).sha256, CALL.sha256}
    assert len(hashes) == 1
    assert {"rival_open", *RIVAL_DIALS} <= rival.dials.keys()
    assert not RIVAL_DIALS.keys() & CALL.dials.keys()


def test_with_one_code_no_array_knows_of_another() -> None:
    codes = engine_arrays(CALL)[2]
    assert codes.traits.size == 1
    assert np.isnan(codes.weights).all()
    assert not codes.overlap.any()
    assert not codes.division.any()


# Apart


def test_without_overlap_and_with_an_agenda_each_two_codes_are_signed_as_if_each_were_alone() -> (
    None
):
    """A signatory of the second is held by it, and being named costs standing: without that cost
    nothing is left by which one could move the other.
    """
    for table in (TABLE, TWIN):
        both = beside(table, standing_loss=0, **APART)
        alone = both.with_changes(set={"rival_open": 0})
        ours, theirs = (play(scenario, replicates=6, seed=2).output for scenario in (both, alone))
        for field in ("taken_up_round", "signed_round", "listed_round", "left_round", "status"):
            assert np.array_equal(getattr(ours, field)[:, 0], getattr(theirs, field)[:, 0])


@pytest.mark.parametrize("dial", [name for name in RIVAL_DIALS if name != "rival_open"])
def test_each_term_alone_moves_the_first_code(rival: Scenario, dial: str) -> None:
    alone = signed(rival.with_changes(set=APART))[:, 0, 0]
    most = signed(rival.with_changes(set={**APART, dial: RIVAL_DIALS[dial].between[1]}))[:, 0, 0]
    assert most.mean() < alone.mean()


def test_to_sign_one_takes_from_the_other_and_a_paved_way_adds(rival: Scenario) -> None:
    """With a negative substitution the sign turns; with none at all nothing moves: the control."""
    means = {}
    experts = rival.with_choices({"text": "group-of-experts"})
    for substitution in (-3, 0, 3):
        changed = experts.with_changes(
            set={**APART, "overlap_substitution": substitution, "standing_loss": 0}
        )
        means[substitution] = signed(changed)[:, :, 0].mean(axis=0)
    assert means[3][0] < means[0][0] < means[-3][0]
    assert means[3][1] < means[0][1] < means[-3][1]
    off = signed(experts.with_changes(set={"rival_open": 0, "standing_loss": 0}))[:, 0, 0]
    assert off.mean() == means[0][0]


def test_a_side_costs_nothing_between_texts_of_one_side(rival: Scenario) -> None:
    experts = rival.with_choices({"text": "group-of-experts"}).with_changes(
        set={**APART, "standing_loss": 0}
    )
    assert resemblance(experts.code, experts.rival.code)[1] == 0
    assert np.array_equal(
        signed(experts, 4), signed(experts.with_changes(set={"overlap_side_cost": 40}), 4)
    )
    assert resemblance(rival.code, rival.rival.code)[1] > 0


def test_fewer_sign_both_where_texts_of_two_camps_cost_a_side(rival: Scenario) -> None:
    both = {}
    for cost in (0, 8):
        run = sim.run(rival, replicates=40, set={**APART, "overlap_side_cost": cost}, conduct=False)
        frame = run.codes().set_index("measure")
        both[cost] = frame.loc["both", "median"]
    assert both[8] < both[0]


def test_codes_that_open_years_apart_hardly_divide_attention() -> None:
    near, far = (
        beside({**TWIN, "launch": launch}, **{**APART, "attention_division": 1}, standing_loss=0)
        for launch in ("2018-12-05", "2022-12-05")
    )
    alone = signed(CALL.with_changes(set={"standing_loss": 0}))[:, 0, 0].mean()
    by_launch = [signed(scenario)[:, 0, 0].mean() for scenario in (near, far)]
    assert by_launch[0] < alone
    assert by_launch[0] < by_launch[1]


def test_kinds_that_may_not_sign_the_second_divide_no_attention(rival: Scenario) -> None:
    """Resolutions are for states: NGOs, whom no state's signature moves, sign the first as if it
    were alone.
    """
    divided = rival.with_changes(set={"attention_division": 1})
    off = rival.with_changes(set={"rival_open": 0})
    assert CALL.parameters.ngo_home == CALL.parameters.ngo_peers == 0
    assert np.array_equal(signed(divided, 6)[:, 0, 2], signed(off, 6)[:, 0, 2])


# Twins


def test_the_same_text_twice_is_signed_twice_by_as_many() -> None:
    counts = signed(beside(TWIN), replicates=60)
    for kind in range(3):
        differences = counts[:, 0, kind] - counts[:, 1, kind]
        error = differences.std(ddof=1) / len(differences) ** 0.5
        assert abs(differences.mean()) < 3 * max(error, 0.5)
        assert (differences != 0).any()  # by draws of their own


def test_it_does_not_matter_which_of_two_codes_is_called_the_first() -> None:
    """Texts that are exchanged exchange their signatories, but for the luck of each."""
    other = {"openness": 0.7, "public_rule": 0.4}
    there = CALL.with_table({"code": {**other, "convenor": "DEU", "convenor_club": ""}})
    back = {"openness": 0.8, "public_rule": 0.6, "convenor": "FRA", "convenor_club": "francophonie"}
    one = signed(beside({**other, "convenor": "DEU", "convenor_club": ""}), replicates=40).mean(
        axis=0
    )
    two = signed(beside(back, base=there), replicates=40).mean(axis=0)
    assert one[::-1] == pytest.approx(two, rel=0.06)
    assert one[0] != pytest.approx(one[1], rel=0.06)


# Who may sign what


def test_who_may_sign_neither_signs_neither_and_who_may_sign_one_signs_that() -> None:
    scenario = beside({"may_sign": ["firms"]}, CALL.with_table({"code": {"may_sign": ["ngos"]}}))
    counts = signed(scenario, 4)
    assert not counts[:, :, 0].any()
    assert not counts[:, 0, 1].any()
    assert not counts[:, 1, 2].any()
    assert counts[:, 0, 2].all()
    assert counts[:, 1, 1].all()


def test_events_of_the_second_code_are_of_that_code_alone(rival: Scenario) -> None:
    first = {"round": rival.first_round}
    events = [
        {**first, "who": ["USA", "FRA"], "signs": True},
        {**first, "who": "RUS", "signs": False},
    ]
    changed = rival.with_table({"rival": {"events": events}})
    output = play(changed, replicates=3)
    second = replace(output, code=1)
    assert second.signed("USA").all()
    assert second.signed("FRA").all()
    assert not second.signed("RUS").any()
    place = output.population.ids.index("USA")
    assert (output.output.signed_round[:, 1, place] == rival.first_round).all()
    assert not (output.output.signed_round[:, 0, place] == rival.first_round).any()
    assert output.signed("FRA").all()
    assert changed.sha256 != rival.sha256
    off = {"rival_open": 0}
    assert changed.with_changes(set=off).sha256 == rival.with_changes(set=off).sha256


def test_nobody_is_on_the_list_of_a_code_or_bound_by_it_before_it_opens(rival: Scenario) -> None:
    later = rival.with_table(
        {"rival": {"launch": "2020-01-01", "events": [{"round": 0, "who": "RUS", "signs": True}]}}
    )
    output = play(later, replicates=2).output
    launch = 14  # 1 January 2020 lies in the month that ends on 12 January 2020
    first = -later.first_round
    columns = {
        name: CODE_COLUMNS.index(name)
        for name in ("listed_state", "members_with_means_state_high", "in_force")
    }
    per_code = output.per_code[:, :, 1]
    assert not per_code[:, : first + launch, columns["listed_state"]].any()
    assert not per_code[:, first : first + launch, columns["members_with_means_state_high"]].any()
    assert not per_code[:, first : first + launch, columns["in_force"]].any()
    for column in columns.values():
        assert per_code[:, first + launch, column].all()


def test_a_signatory_of_either_is_held_by_what_it_signed() -> None:
    """Everybody signs the second alone: as many operations go against it, and as few are
    undertaken, as if all had signed the same text as the first code.
    """
    everybody = [{"round": 0, "kind": kind, "signs": True} for kind in sim.KINDS]
    nobody = [{**event, "signs": False} for event in everybody]
    dials = {**APART, "exit_attention": 0}
    second = beside({**TWIN, "events": everybody}, CALL.with_changes(events=nobody), **dials)
    first = CALL.with_changes(events=everybody, set={"exit_attention": 0})
    ours, theirs = play(second, replicates=2), play(first, replicates=2)
    assert ours.total("operations") == theirs.total("operations")
    assert ours.total("harm_gross") == theirs.total("harm_gross")
    assert replace(ours, code=1).total("acted_against") == theirs.total("acted_against") > 0
    assert ours.total("acted_against") == 0


# Weights


def test_each_text_has_the_weights_of_its_own_side(rival: Scenario) -> None:
    own = rival.rival.own_weights(rival.code, rival.weights_file)
    assert own["state_direction"] > 0 == rival.parameters.state_direction
    weights = codes_beside(engine_arrays(rival)[0], rival).weights
    assert np.isnan(weights[0]).all()
    assert (~np.isnan(weights[1])).sum() == len(own)
    assert not rival.with_choices({"text": "group-of-experts"}).rival.own_weights(
        rival.code, rival.weights_file
    )


def test_a_text_across_the_middle_is_signed_beside_another_as_it_is_alone() -> None:
    """Beside the Call, and apart from it, as in a scenario of its own."""
    own = {key: value for key, value in TABLE.items() if key != "name"} | {
        "launch": CALL.code.launch
    }
    alone = CALL.with_table({"code": {**own, "convenor_club": ""}})
    second = beside({**own, "convenor_club": ""}, **APART)
    counts = signed(alone, 40)[:, 0, 0], signed(second, 40)[:, 1, 0]
    differences = counts[0] - counts[1]
    assert abs(differences.mean()) < 3 * differences.std(ddof=1) / len(differences) ** 0.5


def test_draws_of_the_weights_are_drawn_for_both_texts(rival: Scenario) -> None:
    setting = Setting.from_scenario(rival.with_draws())
    first, second = (setting.of_replicate(number).codes.weights[1] for number in (0, 1))
    assert np.isnan(first).sum() == np.isnan(second).sum() < first.size
    assert not np.array_equal(first, second, equal_nan=True)


# What a run tells


def test_a_run_tells_both_codes_and_what_the_second_does(rival: Scenario) -> None:
    run = sim.run(rival, replicates=20, conduct=False)
    frame = run.codes()
    shares = frame[frame["unit"] == "share of states"].set_index("measure")["median"]
    states = frame[frame["measure"] == "signatories"].set_index(["code", "kind"])["median"]
    assert (frame["low"] <= frame["median"]).all()
    assert (frame["median"] <= frame["high"]).all()
    assert set(frame["basis"]) == {"extrapolated"}
    assert shares["either"] + shares["neither"] == pytest.approx(1)
    assert states[rival.rival.code.name, "state"] > 0
    effect = run.effect_of_rival().set_index("kind")
    alone = sim.run(rival, replicates=20, set={"rival_open": 0}, conduct=False)
    difference = run.values("signatories")[:, -1, 0] - alone.values("signatories")[:, -1, 0]
    assert effect.loc["state", "difference"] == pytest.approx(difference.mean())
    assert effect.loc["state", "low"] < difference.mean() < effect.loc["state", "high"]
    assert effect.loc["state", "range_low"] < effect.loc["state", "range_high"] <= 0
    assert run.basis == "extrapolated"
    assert not run.misses()


@pytest.mark.long
def test_the_range_of_what_the_second_code_does_holds_what_somebody_has_set(
    rival: Scenario,
) -> None:
    """Set to nothing, it does nothing in any world, be nothing the default or not; and what is left
    free varies.
    """
    nothing = sim.run(
        rival, replicates=4, set={**APART, "standing_loss": 0}, conduct=False
    ).effect_of_rival()
    assert not nothing[["difference", "range_low", "range_high"]].to_numpy().any()
    default = sim.run(
        rival, replicates=4, set={"attention_division": 0.5}, conduct=False
    ).effect_of_rival()
    free = sim.run(rival, replicates=4, conduct=False).effect_of_rival()
    width = [frame.loc[0, "range_high"] - frame.loc[0, "range_low"] for frame in (default, free)]
    assert 0 < width[0] < width[1]


def test_existing_outcomes_are_of_the_first_code(rival: Scenario) -> None:
    run = sim.run(rival, replicates=3, conduct=False)
    assert np.array_equal(
        run.values("signatories")[:, -1, 0],
        run.output.per_code[:, -1, 0, CODE_COLUMNS.index("signed_state")],
    )


def test_a_run_of_one_code_has_no_table_of_two(rival: Scenario) -> None:
    for scenario, found in (
        (CALL, "found one code"),
        (rival.with_changes(set={"rival_open": 0}), "that is off"),
    ):
        run = sim.run(scenario, replicates=1, conduct=False)
        with pytest.raises(InputError, match=found):
            run.codes()
        with pytest.raises(InputError, match=found):
            run.effect_of_rival()


def test_one_seed_is_one_result_whatever_the_workers_and_another_seed_another(
    rival: Scenario,
) -> None:
    runs = [
        sim.run(rival, replicates=6, seed=seed, workers=workers)
        for seed, workers in ((1, 1), (1, 3), (2, 1))
    ]
    assert np.array_equal(runs[0].output.per_code, runs[1].output.per_code)
    assert not np.array_equal(runs[0].output.per_code, runs[2].output.per_code)


def test_a_sweep_over_the_switch_and_the_terms_has_the_numbers_of_runs(tmp_path: Path) -> None:
    file = tmp_path / "both.toml"
    file.write_text(
        'title = "Both"\nquestion = "?"\nscenario = "rival-codes"\nreplicates = 2\nseed ='
        ' 4\noutcomes = ["signatories"]\n[levers]\nrival_open = [0,'
        " 1]\n[uncertainties]\nattention_division = [0, 1]\n",
        encoding="utf-8",
    )
    frame = sim.sweep(file).frame()
    for (opened, division), rows in frame.groupby(["rival_open", "attention_division"]):
        dials = {"rival_open": opened, "attention_division": division}
        run = sim.run("rival-codes", replicates=2, seed=4, set=dials, conduct=False)
        assert rows["signatories_state"].tolist() == run.values("signatories")[:, -1, 0].tolist()
    assert frame.groupby("rival_open")["signatories_state"].mean().diff().iloc[-1] < 0


def test_a_manifest_repeats_a_run_of_two_codes(rival: Scenario, tmp_path: Path) -> None:
    changed = rival.with_table({"rival": {"events": [{"round": 3, "who": "IND", "signs": True}]}})
    for scenario in (changed, rival.with_changes(set={"rival_open": 0, "attention_division": 0.2})):
        file = tmp_path / "manifest.json"
        file.write_text(json.dumps(manifest(scenario, 2, 1)), encoding="utf-8")
        again = read_manifest(file).scenario
        assert again.sha256 == scenario.sha256
        assert again.rival == scenario.rival


def test_an_explanation_adds_up_beside_a_second_code(rival: Scenario) -> None:
    explanation = sim.explain(rival, "SAU", round=12, replicates=20)
    of_other = [each for each in explanation.contributions if each.motive == "other_code"]
    assert of_other[0].value < 0
    assert sum(each.value for each in explanation.contributions) == pytest.approx(explanation.value)
    assert {change.family for change in explanation.changes} >= {"text", "signature"}
    alone = sim.explain(rival.with_changes(set={"rival_open": 0}), "SAU", replicates=5)
    assert not [each for each in alone.contributions if each.motive == "other_code"]


def test_mesa_agents_are_of_the_first_code_and_feel_the_second() -> None:
    model = sim.ParleyModel("rival-codes", rng=1)
    model.run_for(20)
    run = sim.run("rival-codes", replicates=1, seed=1, conduct=False)
    assert model.outcomes["signatories_state"] == run.values("signatories")[0, 19, 0]
    off = sim.ParleyModel("rival-codes", rng=1, rival_open=0)
    off.run_for(20)
    assert off.outcomes["signatories_state"] > model.outcomes["signatories_state"]


@pytest.mark.long
def test_pages_have_the_dials_of_two_codes_with_their_scenario_alone_and_say_of_which_code_they_are(
    client: FlaskClient,
) -> None:
    from dashboard.controls import choices_of

    boxes = {name: str(choices_of({"scenario": name})) for name, _, _ in sim.available()}
    for dial in RIVAL_DIALS:
        assert [name for name, box in boxes.items() if f"'{dial}'" in box] == ["rival-codes"]
    on, off = (
        client.get(f"/data/run?scenario=rival-codes&worlds=2{part}").json
        for part in ("", "&set=rival_open:0")
    )
    assert "of the first" in on["why"]
    assert "second code" not in off["why"]
    assert on["settings"]["rival_open"] == 1
    for part in ("attention_division:0.2", "rival_open:0"):
        conduct = client.get(f"/data/conduct?scenario=rival-codes&worlds=2&set={part}")
        assert conduct.status_code == 200, conduct.json
        assert conduct.json["headline"] is not None


@pytest.mark.parametrize("ask", [sim.frontier, sim.stability])
def test_what_is_of_one_code_says_so_beside_a_second(ask):
    with pytest.raises(
        sim.InputError, match="found a second code open in rival-codes, expected the first alone"
    ):
        ask("rival-codes", replicates=2)
