"""The weights that hold for a text: those of the register on its side, common ones across the
middle, and draws.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.errors import InputError
from sim.evidence.texts import weights as weights_of_texts
from sim.evidence.texts.fit import inclination_to
from sim.lenses import LENSES
from sim.motives import BETWEEN_TEXTS, MOTIVES
from sim.population import build
from sim.results.manifest import read_manifest
from sim.scenario import Scenario
from sim.scenario.draws import COMMON, draws_beside, read_draws
from sim.scenario.extrapolation import unlike_text
from sim.scenario.text_weights import read_common, read_text, share_of_common, weights_for
from sim.scenario.weights import read_weights, shipped_weights, with_later_motives
from sim.theory.reactive_devaluation import openness_as_read

FULL = shipped_weights("full")
CALL = sim.load("paris-call-2018")
CLOSED = {"openness": 0.2, "public_rule": 0.9, "convenor": "CHN", "convenor_club": ""}
THIRD_WAY = {"openness": 0.9, "public_rule": 0.9}
WORLDS = 60
SHARE, OPEN_SIDE = st.floats(0, 1), st.floats(0.5, 1)


def with_text(**code: object) -> Scenario:
    """The Paris Call with another text or convenor."""
    return CALL.with_table({"code": code})


def signed(scenario: Scenario, worlds: int = WORLDS, **arguments: object) -> dict[str, float]:
    """The share of worlds in which each has signed by the end."""
    return sim.run(scenario, replicates=worlds, conduct=False, **arguments).signed


# Which weights hold.


@given(OPEN_SIDE)
def test_on_the_side_of_the_register_its_own_weights_hold(openness: float) -> None:
    assert share_of_common(openness, 0.8) == 0
    assert share_of_common(1 - openness, 0.2) == 0


@given(st.floats(0, 0.4))
def test_beyond_the_middle_the_common_weights_hold(openness: float) -> None:
    assert share_of_common(openness, 0.8) == pytest.approx(1)
    assert share_of_common(1 - openness, 0.2) == pytest.approx(1)


@given(SHARE, SHARE, st.floats(0.51, 1))
def test_the_farther_across_the_middle_the_more_the_common_weights_count(
    a: float, b: float, of: float
) -> None:
    low, high = sorted((a, b))
    assert 0 <= share_of_common(high, of) <= share_of_common(low, of) <= 1


def test_a_register_of_a_text_of_no_side_has_no_other_side() -> None:
    assert share_of_common(0.0, 0.5) == share_of_common(1.0, 0.5) == 0


def test_the_call_has_the_weights_of_its_register_to_the_last_bit() -> None:
    expected = with_later_motives(read_weights(FULL))
    assert {name: CALL.parameters[name] for name in expected} == expected


def test_a_text_of_the_other_side_has_common_weights_for_states_alone() -> None:
    held, common = weights_for(with_text(openness=0.2).code, FULL), read_common(FULL)
    assert {name: held[name] for name in common} == pytest.approx(common)
    others = with_later_motives(read_weights(FULL)).items()
    assert {name: held[name] for name, _ in others if name not in common} == {
        name: value for name, value in others if name not in common
    }
    assert all(name.startswith("state_") for name in common)


@given(st.floats(0.4, 0.5))
def test_in_between_every_weight_lies_between_both(openness: float) -> None:
    held, of_register = (
        weights_for(replace(CALL.code, openness=openness), FULL),
        with_later_motives(read_weights(FULL)),
    )
    for name, common in read_common(FULL).items():
        low, high = sorted((common, of_register[name]))
        assert low - 1e-9 <= held[name] <= high + 1e-9


def test_what_somebody_sets_holds_whatever_the_text() -> None:
    set_by_hand = with_text(openness=0.1).with_changes(set={"state_record": 1.25})
    assert set_by_hand.parameters.state_record == 1.25


def test_weights_of_a_users_own_that_name_no_text_hold_for_every_text(tmp_path: Path) -> None:
    plain = [
        line
        for line in FULL.read_text().split("\n\n")
        if not line.startswith(("[common]", "[fit.text]"))
    ]
    (tmp_path / "mine.toml").write_text("\n\n".join(plain))
    file = tmp_path / "mine.toml"
    assert read_text(file) is None
    assert weights_for(with_text(openness=0.1).code, file) == weights_for(CALL.code, file)
    assert unlike_text(with_text(openness=0.1).code, file) is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "[common]",
            "[common]\nfirm_peers = 1",
            "found firm_peers, expected weights of states' motives only",
        ),
        (
            "[common]",
            "[common]\nmonitoring = 1",
            "found monitoring, expected weights of states' motives only",
        ),
        ("state_direction = 3", "state_direction = 300 #", "expected a number from 0 to 20"),
        ("[fit.text]", "[fit.text]\nclosedness = 1", "found the key 'closedness'"),
        ("openness = 0.8", "openness = 1.8", "openness is 1.8, expected a number from 0 to 1"),
        ("openness = 0.8", "# openness", "openness is missing"),
    ],
)
def test_wrong_common_weights_are_refused_in_one_sentence(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    content = FULL.read_text()
    assert old in content
    (tmp_path / "mine.toml").write_text(content.replace(old, new, 1))
    (tmp_path / "s.toml").write_text(
        'base = "paris-call-2018"\ntitle = "t"\nquestion = "q?"\nweights = "mine.toml"\n'
    )
    with pytest.raises(InputError, match=sentence):
        sim.load(tmp_path / "s.toml").with_changes(set={"text_openness": 0.3})


@pytest.mark.parametrize("lens", [name for name in LENSES if name != "full"])
def test_a_lens_has_common_weights_of_its_own_motives_alone(lens: str) -> None:
    common = read_common(shipped_weights(lens))
    for dial, weight in common.items():
        assert weight == 0 or LENSES[lens].has(dial.removeprefix("state_")), dial
    assert bool(common) == any(not MOTIVES[motive].one_text for motive in LENSES[lens].motives)


def test_a_motive_that_one_text_cannot_tell_has_a_weight_across_the_middle_alone() -> None:
    of_register, common = read_weights(FULL), read_common(FULL)
    for dial in BETWEEN_TEXTS:
        assert of_register[dial] == 0 < common[dial]


def test_what_a_family_counts_for_counts_in_the_fit_and_in_the_mean_inclination(
    monkeypatch,
) -> None:
    rows = [
        SimpleNamespace(name=name, instrument=SimpleNamespace(family=family))
        for name, family in (("a", "one"), ("b", "one"), ("c", "other"))
    ]
    inclinations, asked = {"a": 1.0, "b": 3.0, "c": -1.0}, []

    def fit(_, motives, factors):
        asked.append(factors)
        motives_of_all = dict.fromkeys((f"state_{each}" for each in weights_of_texts.MOTIVES), 0.5)
        told = {inclination_to(name): value for name, value in inclinations.items()}
        return SimpleNamespace(best=SimpleNamespace(weights=motives_of_all | told))

    monkeypatch.setattr(weights_of_texts, "fit_common", fit)
    plain, drawn = (
        weights_of_texts.common_weights(rows, LENSES["full"], by_family)[
            weights_of_texts.INCLINATION
        ]
        for by_family in (None, {"one": 3.0, "other": 1.0})
    )
    assert asked == [{"a": 1, "b": 1, "c": 1}, {"a": 3, "b": 3, "c": 1}]
    assert (plain, drawn) == ((2 - 1) / 2, (3 * 2 - 1) / 4)


# What is extrapolated.


def test_only_a_text_like_that_of_the_register_is_not_extrapolated() -> None:
    assert not CALL.is_extrapolated
    assert not with_text(openness=0.7).is_extrapolated
    assert with_text(openness=0.5).is_extrapolated
    assert with_text(public_rule=0.9).is_extrapolated
    assert CALL.with_changes(set={f"ambition_{n}": 0 for n in range(1, 10)}).is_extrapolated


def test_the_position_of_the_text_is_a_lever_like_its_ambitions() -> None:
    moved = CALL.with_changes(set={"text_openness": 0.3, "text_public_rule": 0.7})
    assert (moved.code.openness, moved.code.public_rule) == (0.3, 0.7)
    assert moved.settings["text_openness"] == 0.3
    assert moved.parameters == with_text(openness=0.3, public_rule=0.7).parameters


# Face validity: what diplomats would expect of texts that nobody has opened.


@pytest.fixture(scope="module")
def closed() -> dict[str, float]:
    return signed(
        with_text(**CLOSED), worlds=600
    )  # of which shares near the bounds are known to 0.04


@pytest.mark.long
def test_a_closed_text_convened_by_china_has_its_own_camp_and_not_the_west(
    closed: dict[str, float],
) -> None:
    assert all(closed[state] >= 0.6 for state in ("CHN", "RUS", "IRN", "CUB", "PRK"))
    assert all(closed[state] <= 0.1 for state in ("USA", "GBR", "DEU", "FRA", "JPN", "CAN", "ITA"))


def test_cuba_signs_a_closed_text_whenever_it_is_reached(closed: dict[str, float]) -> None:
    reached = sim.explain(with_text(**CLOSED), "CUB", replicates=WORLDS)
    assert reached.chance >= 0.9


def test_a_closed_text_convened_by_russia_has_the_same_camp() -> None:
    shares = signed(with_text(**{**CLOSED, "convenor": "RUS"}))
    assert all(shares[state] >= 0.6 for state in ("CHN", "RUS", "IRN"))
    assert all(shares[state] <= 0.1 for state in ("USA", "GBR", "DEU", "JPN"))


G7 = ("USA", "GBR", "FRA", "DEU", "ITA", "CAN", "JPN")


@pytest.mark.parametrize("convenor", ["RUS", "CHN"])
def test_the_paris_text_convened_by_the_other_side_loses_most_of_the_g7(convenor: str) -> None:
    by_france, by_other = signed(CALL), signed(with_text(convenor=convenor, convenor_club=""))
    assert by_other[convenor] >= 0.6
    assert sum(by_other[state] for state in G7) < sum(by_france[state] for state in G7) / 3
    assert sum(by_other[state] < 0.4 for state in G7) >= 6


def test_a_text_is_read_with_its_new_convenor_in_mind_unless_its_openness_is_stated() -> None:
    openness = CALL.facts.openness
    read = with_text(convenor="RUS").code.openness
    assert read == pytest.approx(0.8 + 2 / 3 * (openness["RUS"] - openness["FRA"]), abs=1e-6)
    assert with_text(convenor="RUS", openness=0.8).code.openness == 0.8
    assert with_text(convenor="RUS").with_changes(set={"text_openness": 0.8}).code.openness == 0.8
    assert with_text(convenor="RUS").with_table({"code": {"convenor": "FRA"}}).code == CALL.code
    assert (
        with_text(convenor="RUS").with_table({"code": {"public_rule": 0.9}}).code.openness == read
    )
    assert with_text(convenor="").code.openness == CALL.code.openness


def test_what_is_assumed_of_a_new_convenor_is_said_where_it_is_and_nowhere_else() -> None:
    scenario = with_text(convenor="RUS")
    unlike = scenario.extrapolations["convenor"]
    assert unlike.stated == (0.8, "France")
    assert unlike.now == (scenario.code.openness, "Russia")
    for other in (with_text(convenor="RUS", openness=0.8), with_text(convenor="")):
        assert other.extrapolations["convenor"].stated is None
    assert with_text(convenor_club="nato").is_extrapolated


def test_the_club_stays_where_its_member_convenes() -> None:
    assert with_text(convenor="CHN").code.convenor_club is None
    assert with_text(convenor="SEN").code.convenor_club == "francophonie"
    assert (
        with_text(convenor="CHN", convenor_club="francophonie").code.convenor_club == "francophonie"
    )


def test_a_run_of_a_text_with_a_new_convenor_is_repeated_with_its_reason(tmp_path: Path) -> None:
    run = sim.run(with_text(convenor="RUS"), replicates=1)
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(run.manifest), encoding="utf-8")
    again = read_manifest(file).scenario
    assert again.stated == run.scenario.stated == (0.8, "FRA")
    assert again.extrapolations == run.scenario.extrapolations


@given(SHARE, SHARE, SHARE)
def test_a_freer_convenor_makes_no_text_less_open(
    openness: float, before: float, now: float
) -> None:
    read = openness_as_read(openness, before, now)
    assert 0 <= read <= 1
    assert (read - openness) * (now - before) >= 0
    assert openness_as_read(openness, before, before) == openness


def test_the_openness_of_a_convenor_is_that_of_the_state() -> None:
    population = build(CALL.parameters)
    trait = dict(zip(population.ids, population.trait("openness").tolist(), strict=True))
    assert {iso3: trait[iso3] for iso3 in CALL.facts.openness} == pytest.approx(CALL.facts.openness)


def test_the_democratic_third_way_keeps_europe_and_gains_no_china() -> None:
    shares = signed(with_text(**THIRD_WAY))
    assert min(shares["DEU"], shares["FRA"]) >= 0.9
    assert max(shares[state] for state in ("CHN", "RUS", "IRN")) <= 0.05


def test_the_more_closed_the_text_the_less_the_usa_sign_and_the_more_china_does() -> None:
    shares = [
        signed(with_text(openness=openness)) for openness in (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
    ]
    usa, china = ([share[who] for share in shares] for who in ("USA", "CHN"))
    noise = 2 * np.sqrt(0.25 / WORLDS)
    assert all(after <= before + noise for before, after in pairwise(usa))
    assert all(after >= before - noise for before, after in pairwise(china))
    assert usa[0] - usa[-1] > 0.5
    assert china[-1] > china[0]  # little more, as France convenes


def test_whom_a_closed_text_has_does_not_depend_on_the_seed(closed: dict[str, float]) -> None:
    other = signed(with_text(**CLOSED), seed=99)
    named = [who for who in closed if len(who) == 3]
    assert np.mean([abs(closed[who] - other[who]) for who in named]) < 0.06
    assert {who for who in named if closed[who] > 0.9} - {
        who for who in named if other[who] > 0.75
    } == set()


def test_under_a_lens_that_reads_no_text_the_position_changes_nothing() -> None:
    blind = [signed(with_text(openness=openness).with_lens("null")) for openness in (0.8, 0.1)]
    assert blind[0] == blind[1]


# Draws of the weights.


def test_draws_have_a_column_for_every_weight_and_for_every_common_one() -> None:
    columns = read_draws(draws_beside(FULL))
    assert set(read_weights(FULL)) | {f"{COMMON}{dial}" for dial in read_common(FULL)} == set(
        columns
    )
    assert {len(values) for values in columns.values()} == {100}


@pytest.mark.parametrize("code", [{}, CLOSED])
def test_draws_of_the_weights_widen_the_interval_and_hardly_move_its_middle(
    code: dict[str, object],
) -> None:
    scenario = with_text(**code) if code else CALL
    runs = [
        sim.run(scenario, replicates=100, conduct=False, weights=weights)
        for weights in (None, "draws")
    ]
    fitted, drawn = (run.by_replicate["signatories", "state"] for run in runs)
    assert np.ptp(np.percentile(drawn, [5, 95])) > 1.2 * np.ptp(np.percentile(fitted, [5, 95]))
    assert abs(np.median(drawn) - np.median(fitted)) < 6


def test_under_draws_one_seed_has_one_result_whatever_the_workers() -> None:
    runs = [
        sim.run(CALL, replicates=8, seed=3, weights="draws", workers=workers) for workers in (1, 2)
    ]
    assert np.array_equal(runs[0].output.signed_round, runs[1].output.signed_round)
    assert (
        runs[0].by_replicate["operations", "all"].tolist()
        == runs[1].by_replicate["operations", "all"].tolist()
    )


def test_a_run_under_draws_is_repeated_from_its_manifest(tmp_path: Path) -> None:
    run = sim.run(
        with_text(**CLOSED), replicates=4, seed=3, weights="draws", set={"state_peers": 2.0}
    )
    (tmp_path / "manifest.json").write_text(json.dumps(run.manifest))
    again = read_manifest(tmp_path / "manifest.json")
    assert again.scenario.draws
    assert "state_peers" not in again.scenario.draws_of_weights
    assert (
        again.scenario.sha256
        == run.scenario.sha256
        != run.scenario.with_table({"draws": False}).sha256
    )
    repeated = sim.run(again.scenario, replicates=again.replicates, seed=again.seed)
    assert np.array_equal(run.output.signed_round, repeated.output.signed_round)


def test_a_weight_that_somebody_has_set_is_not_drawn() -> None:
    drawn = CALL.with_draws()
    assert "state_peers" in drawn.draws_of_weights
    assert "state_peers" not in drawn.with_changes(set={"state_peers": 3.0}).draws_of_weights
    assert "capacity_wealth_share" not in drawn.draws_of_weights  # all worlds have one population


def test_a_weight_that_an_event_changes_is_not_drawn() -> None:
    event = {"round": 0, "dial": "state_record", "value": 0.0}
    run = sim.run("states-only", replicates=2, weights="draws", events=[event], conduct=False)
    columns = np.isnan(run.setting.draws).all(axis=0)
    assert columns[list(sim.DIALS).index("state_record")]
    assert not columns[list(sim.DIALS).index("state_restraint")]


def test_explanations_under_draws_have_an_interval_for_every_motive_with_an_uncertain_weight() -> (
    None
):
    motives = {
        each.motive: each
        for each in sim.explain(CALL, "USA", replicates=30, weights="draws").contributions
    }
    assert motives["restraint"].low < motives["restraint"].value < motives["restraint"].high < 0


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [("draw", "weights is 'draw', expected 'draws'"), (3, "weights is 3, expected 'draws'")],
)
def test_other_weights_than_draws_are_refused(weights: object, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        sim.run(CALL, replicates=1, weights=weights)


def test_weights_without_draws_beside_them_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(FULL.read_text())
    (tmp_path / "s.toml").write_text(
        'base = "paris-call-2018"\ntitle = "t"\nquestion = "q?"\nweights = "mine.toml"\n'
    )
    with pytest.raises(
        InputError, match=r"mine-draws\.csv: there is no such file, expected draws of weights"
    ):
        sim.run(tmp_path / "s.toml", replicates=1, weights="draws")
