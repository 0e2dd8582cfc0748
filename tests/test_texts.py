"""What a text does: one set of weights says who joins which of many instruments, families of which
it has not seen.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import cli
from sim.evidence.instruments import instruments
from sim.evidence.scores import auc
from sim.evidence.texts import backtest
from sim.evidence.texts.baselines import closeness_to_convenor, text_blind_ridge
from sim.evidence.texts.data import ABSTAINED, AGAINST, FOR, MOTIVES, Rows, read_rows
from sim.evidence.texts.fit import (
    Table,
    chances_to_join,
    fit_common,
    ordered_logit,
    shares_of_number,
)

OTHER_CAMP = {
    "unga-73-27",
    "unga-73-187",
    "unga-74-247",
    "unga-75-240",
    "unga-77-36",
    "unga-78-237",
    "wcit-2012",
}
VALUE, GAP = st.floats(-20, 20), st.floats(0.01, 10)


@pytest.fixture(scope="module")
def rows() -> list[Rows]:
    return [read_rows(each) for each in instruments() if each.scored]


@pytest.fixture(scope="module")
def scores(rows: list[Rows]) -> dict[str, float]:
    """Instrument -> AUC when its family is left out."""
    shares = backtest.left_out_shares(rows)
    return {each.name: auc(each.joined, shares[each.name]) for each in rows}


def mean_of_families(rows: list[Rows], scores: dict[str, float]) -> float:
    by_family: dict[str, list[float]] = {}
    for each in rows:
        by_family.setdefault(each.instrument.family, []).append(scores[each.name])
    return float(np.mean([np.mean(of_family) for of_family in by_family.values()]))


# One answer.


@given(VALUE, GAP)
def test_every_vote_is_for_against_or_an_abstention(value: float, gap: float) -> None:
    logs, _, _ = ordered_logit(np.full(3, value), np.array([AGAINST, ABSTAINED, FOR]), gap)
    assert np.exp(logs).sum() == pytest.approx(1, abs=1e-9)


@given(VALUE)
def test_who_is_present_and_has_two_answers_gives_one_of_them(value: float) -> None:
    logs, _, _ = ordered_logit(np.full(2, value), np.array([AGAINST, FOR]), 0.0)
    assert np.exp(logs).sum() == pytest.approx(1, abs=1e-9)


@given(st.floats(-10, 10), st.floats(0.2, 5))
def test_the_slopes_of_a_vote_are_those_of_its_chance(value: float, gap: float) -> None:
    answers, step = np.array([AGAINST, ABSTAINED, FOR]), 1e-6
    logs = [ordered_logit(np.full(3, value + sign * step), answers, gap)[0] for sign in (1, -1)]
    _, of_value, of_gap = ordered_logit(np.full(3, value), answers, gap)
    assert of_value == pytest.approx((logs[0] - logs[1]) / (2 * step), abs=1e-4)
    logs = [ordered_logit(np.full(3, value), answers, gap + sign * step)[0] for sign in (1, -1)]
    assert of_gap == pytest.approx((logs[0] - logs[1]) / (2 * step), abs=1e-4)


@given(VALUE, st.floats(0, 1), st.floats(-3, 8))
def test_who_is_not_reached_joins_nothing(value: float, share: float, attention: float) -> None:
    has_joined = np.array([True, False])
    logs, _, _ = chances_to_join(
        np.full(2, value), has_joined, np.full(2, share), np.full(2, attention)
    )
    assert np.exp(logs).sum() == pytest.approx(1, abs=1e-9)
    joins, _, _ = chances_to_join(
        np.array([value]), has_joined[:1], np.zeros(1), np.array([attention])
    )
    assert np.exp(joins) < 1e-9


# The data.


def test_the_union_counts_as_one(rows: list[Rows]) -> None:
    for each in rows:
        if each.in_union.any():
            assert each.weight[each.in_union].sum() == pytest.approx(1)


def test_families_count_the_same(rows: list[Rows]) -> None:
    table = Table(rows)
    weights = np.bincount(table.number, table.weight)
    by_family: dict[str, float] = {}
    for each, weight in zip(rows, weights, strict=True):
        by_family[each.instrument.family] = by_family.get(each.instrument.family, 0.0) + weight
    assert np.ptp(list(by_family.values())) == pytest.approx(0, abs=1e-6)


def test_a_list_that_is_a_fact_of_the_model_is_taken_out_before_it_is_scored(
    rows: list[Rows],
) -> None:
    protocol = next(
        each for each in rows if each.name == "budapest-protocol-2"
    )  # put to parties alone
    assert (protocol.values[:, MOTIVES.index("record")] == 0).any()


def test_what_states_promised_later_tells_nothing_of_an_older_text(rows: list[Rows]) -> None:
    record = MOTIVES.index("record")
    for each in rows:
        assert bool(each.values[:, record].any()) == (
            each.instrument.scenario.code.launch.year >= 2018
        ), each.name


# The fit.


def test_the_gap_of_votes_is_no_part_of_other_answers(rows: list[Rows]) -> None:
    table = Table([each for each in rows if each.name in {"wcit-2012", "unga-73-27"}])
    at = {free.dial: free.start for free in table.free(MOTIVES)} | {
        f"state_{motive}": 0.0 for motive in MOTIVES
    }
    votes_alone = Table([each for each in rows if each.name == "unga-73-27"])
    for gap in (0.5, 3.0):
        slope = table.objective({**at, "abstention": gap}, 2.0)[1]["abstention"]
        assert slope == pytest.approx(
            votes_alone.objective({**at, "abstention": gap}, 2.0)[1]["abstention"], rel=1e-9
        )


def test_the_slopes_of_the_objective_are_its_own(rows: list[Rows]) -> None:
    table = Table(
        [
            each
            for each in rows
            if each.name in {"foc", "budapest", "pall-mall-2024", "unga-73-27", "dfi"}
        ]
    )
    free = table.free(MOTIVES)
    draws = np.random.default_rng(1).random(len(free))
    at = {f"state_{motive}": 0.0 for motive in MOTIVES}
    at |= {
        each.dial: min(each.start + each.scale * draw, each.high)
        for each, draw in zip(free, draws, strict=True)
    }
    _, slopes = table.objective(at, 2.0)
    for each in free:
        step = 1e-5
        ahead, behind = (
            table.objective({**at, each.dial: at[each.dial] + d}, 2.0)[0] for d in (step, -step)
        )
        assert slopes[each.dial] == pytest.approx(
            (ahead - behind) / (2 * step), rel=1e-4, abs=1e-4
        ), each.dial


def test_known_weights_are_found_again(rows: list[Rows]) -> None:
    fit, rng = fit_common(rows), np.random.default_rng(3)
    truth = fit.best.weights
    anew = []
    for each in rows:
        share = shares_of_number(each, fit)
        anew.append(replace(each, answer=np.where(rng.random(len(share)) < share, FOR, AGAINST)))
    found = fit_common(
        [each for each in anew if 0 < each.joined.sum() < len(each.joined)]
    ).best.weights
    for motive in ("direction", "ideal_point", "restraint"):
        assert found[f"state_{motive}"] == pytest.approx(truth[f"state_{motive}"], rel=0.35), motive


# What it says of texts that it has not seen.


@pytest.mark.refit
@pytest.mark.long
def test_who_joins_texts_of_families_left_out_is_told(
    rows: list[Rows], scores: dict[str, float]
) -> None:
    assert np.mean(list(scores.values())) >= 0.86
    assert mean_of_families(rows, scores) >= 0.87
    assert min(scores.values()) >= 0.55


@pytest.mark.long
def test_who_joins_texts_of_the_other_camp_is_told_as_well(scores: dict[str, float]) -> None:
    of_other_camp = [scores[name] for name in OTHER_CAMP]
    assert min(of_other_camp) >= 0.75


@pytest.mark.refit
@pytest.mark.long
def test_a_model_that_does_not_read_the_text_cannot_tell(
    rows: list[Rows], scores: dict[str, float]
) -> None:
    ours = np.mean(list(scores.values()))
    blind = text_blind_ridge(rows)
    assert ours - np.mean([auc(each.joined, blind[each.name]) for each in rows]) >= 0.15
    close = closeness_to_convenor(rows)
    assert ours - np.mean([auc(each.joined, close[each.name]) for each in rows]) >= 0.05


def test_the_paris_call_alone_tells_most_of_it(rows: list[Rows]) -> None:
    shares = backtest._of_paris(rows)
    assert np.mean([auc(each.joined, np.array(shares[each.name])) for each in rows]) >= 0.82


@pytest.mark.refit
@pytest.mark.long
def test_what_is_not_there_is_not_found(rows: list[Rows]) -> None:
    """The negative control: answers dealt out at random among those at risk."""
    rng = np.random.default_rng(5)
    shuffled = [replace(each, answer=rng.permutation(each.answer)) for each in rows]
    shares = backtest.left_out_shares(shuffled)
    assert 0.42 <= np.mean([auc(each.joined, shares[each.name]) for each in shuffled]) <= 0.58


def test_a_text_coded_anew_stays_a_text(rows: list[Rows]) -> None:
    rng = np.random.default_rng(7)
    for each in rows:
        before, code = each.instrument.scenario.code, backtest.recoded(each.instrument, rng)
        for name in ("openness", "public_rule", "depth_restraint", "depth_burden"):
            assert 0 <= getattr(code, name) <= 1
            assert abs(getattr(code, name) - getattr(before, name)) <= backtest.MOVED_BY + 1e-9


# The command.


@pytest.mark.long
def test_the_command_says_what_python_says(tmp_path, monkeypatch, capsys) -> None:
    file = tmp_path / "instruments.json"
    monkeypatch.setattr("sys.argv", ["parley", "backtest", "--instruments", "--json", str(file)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 0
    content = json.loads(file.read_text(encoding="utf-8"))
    assert len(content["instruments"]) == 26
    for each in content["instruments"].values():
        assert {"auc", "n", "joined", "family", "baselines"} <= each.keys()
        assert each["interval"]["low"] <= each["auc"] <= each["interval"]["high"]
    means = content["means"]
    assert means["parley"]["instruments"] > means["boosted trees"]["instruments"]
