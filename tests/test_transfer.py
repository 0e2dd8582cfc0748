"""Transfer: the fitted weights predict who signs another instrument, and how that is scored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import sim
from sim import InputError, facts
from sim.evidence.calibrate import refit
from sim.evidence.instruments import instrument
from sim.evidence.organisations import free_weights_of_organisations, organisation_evidence
from sim.evidence.signers import FILE, Signers, read_signers, signers_beside
from sim.evidence.transfer import EXAMPLES, TOLD, Transfer, examples, scored, transfer
from sim.lenses import LENSES
from sim.parameters import DIALS, Fitted
from sim.population import STRICT, build, leaving_out
from sim.population.states import PRIOR_COMMITMENTS
from sim.scenario.files import DEFAULT

STATES = list(facts.state_names())
COLUMN = "budapest_party"
FEW = 20


def table(folder: Path, *rows: str) -> Path:
    """A file of signers with these rows below its header."""
    file = folder / "mine.csv"
    file.write_text("\n".join([*rows, ""]), encoding="utf-8")
    return file


def undated_signers(signers: Iterable[str]) -> Signers:
    return dict.fromkeys(signers)


def one_by(signers: Iterable[str], shares: dict[str, float]) -> Transfer:
    """*shares* scored against *signers*, without a simulation."""
    day, weights = (
        {"read_round": 0, "read_at": date(2020, 1, 1)},
        {"without": (), "refitted": False, "weights": {}},
    )
    return scored(
        shares,
        undated_signers(signers),
        instrument="a code",
        replicates=1,
        seed=1,
        **day,
        **weights,
    )


@pytest.fixture(scope="module")
def paris() -> Transfer:
    return transfer(
        sim.load(DEFAULT), undated_signers(facts.register_states().index), replicates=FEW
    )


@pytest.fixture(scope="module")
def shares(paris: Transfer) -> dict[str, float]:
    return dict(zip(paris.states["iso3"], paris.states["share"], strict=True))


def test_a_day_of_signing_may_be_known_or_not(tmp_path):
    assert read_signers(table(tmp_path, "signed_by,iso3", "2020-02-29,FRA", ",DEU")) == {
        "FRA": date(2020, 2, 29),
        "DEU": None,
    }


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ["iso3", "DEU", "FRAN"],
            r"mine.csv, line 3, column iso3: found 'FRAN', expected .*; did you mean 'FRA'\?",
        ),
        (["iso3", "fra"], r"line 2, column iso3: found 'fra', .*did you mean 'FRA'"),
        (["iso3", "Germany"], r"line 2, column iso3: found 'Germany', .*did you mean 'DEU'"),
        (["iso3", "XKX"], r"line 2, column iso3: found 'XKX', expected the iso3 of one of the 193"),
        (
            ["iso3", "DEU", "FRA", "DEU"],
            "line 4, column iso3: found DEU a second time, expected each iso3 once",
        ),
        (
            ["iso3,signed_by", "DEU,yesterday"],
            "line 2, column signed_by: found 'yesterday', expected a date",
        ),
        (["iso3,signed", "DEU,2020-01-01"], "found 'signed' as a column, expected iso3, signed_by"),
        (["country", "DEU"], "the column 'iso3' is missing"),
        (["iso3"], "found a header without rows"),
    ],
)
def test_a_table_that_says_something_else_is_refused(rows, message, tmp_path):
    with pytest.raises(InputError, match=message):
        read_signers(table(tmp_path, *rows))


def test_with_the_description_left_alone_it_is_the_paris_call(paris):
    run = sim.run(DEFAULT, replicates=FEW, conduct=False)
    assert paris.states.set_index("iso3")["share"].to_dict() == {
        iso3: run.signed[iso3] for iso3 in STATES
    }
    assert paris.auc > 0.85


def test_workers_change_nothing(paris):
    again = transfer(
        sim.load(DEFAULT), undated_signers(facts.register_states().index), replicates=FEW, workers=1
    )
    assert again.to_dict() == paris.to_dict()


@pytest.mark.parametrize("number", [20, 193])
def test_twenty_signers_and_all_are_scored_over_all_states(number, shares):
    result = one_by(STATES[:number], shares)
    assert (result.n, result.signers, result.states["signed"].sum()) == (193, number, number)
    assert 0 <= result.brier <= 1
    assert result.calibration["states"].sum() == 193


@pytest.mark.parametrize(
    ("signers", "reason"), [(STATES, "all states have signed"), ([], "no state has signed")]
)
def test_where_all_or_none_signed_a_sentence_says_that_the_auc_is_undefined(
    signers, reason, shares
):
    result = one_by(signers, shares)
    assert result.auc is None
    assert "AUC is undefined" in result.remarks[0]
    assert reason in result.remarks[0]
    assert result.base_brier == 0


@pytest.mark.parametrize(("sure", "expected"), [(0.0, True), (1.0, False)])
def test_where_one_share_for_all_does_better_a_remark_says_so(sure, expected):
    result = one_by(
        ["FRA", "DEU"], {iso3: sure if iso3 in ("FRA", "DEU") else 1 - sure for iso3 in STATES}
    )
    assert any("one share for all" in remark for remark in result.remarks) == expected


def test_shuffled_signers_are_told_no_better_than_by_chance(shares):
    rng = np.random.default_rng(1)
    signers = list(facts.register_states().index)
    aucs = [one_by(rng.choice(STATES, len(signers), replace=False), shares).auc for _ in range(20)]
    assert 0.45 < np.mean(aucs) < 0.55


def test_the_largest_misses_are_named_with_what_happened(shares):
    surest = max(STATES, key=lambda iso3: (shares[iso3], iso3 == "FRA"))
    first, *rest = one_by(
        [iso3 for iso3 in STATES if iso3 != surest], dict.fromkeys(STATES, 1.0)
    ).misses
    assert first.startswith(facts.state_names()[surest])
    assert first.endswith("did not sign")
    assert len(rest) == 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"parameters": {"state_affinity": 1.0}},
            r"changes, \[parameters\]: state_affinity is 1.0, expected",
        ),
        (
            {"parameters": {"attribution_quality": 0.9}},
            r"attribution_quality is 0.9, .* as in paris-call-2018",
        ),
        ({"lens": "null"}, r"changes: \w+ is \S+ under lens = 'null', expected"),
        ({"events": [{"round": 0, "who": "USA", "signs": True}]}, "found 1 event, expected none"),
        ({"code": {"may_sign": ["firms"]}}, "may_sign has no states"),
    ],
)
def test_a_scenario_that_changes_more_than_the_code_is_refused(change, message):
    with pytest.raises(InputError, match=message):
        transfer(sim.load(DEFAULT).with_table(change), undated_signers(["FRA"]), replicates=1)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"monitoring": 0.5}, "weights: found monitoring, expected fitted weights only"),
        ({"state_afinity": 1.0}, "did you mean 'state_affinity'"),
        ({"state_affinity": 1e9}, "weights.*state_affinity is 1000000000.0"),
    ],
)
def test_only_fitted_weights_may_be_replaced(weights, message):
    with pytest.raises(InputError, match=message):
        transfer(sim.load(DEFAULT), undated_signers(["FRA"]), weights=weights, replicates=1)


def test_replaced_weights_are_those_that_hold(paris):
    unwilling = {"state_inclination": -10.0}
    result = transfer(
        sim.load(DEFAULT), undated_signers(["FRA"]), weights=unwilling, replicates=FEW
    )
    assert result.states["share"].sum() < paris.states["share"].sum()


def test_a_less_ambitious_text_is_a_description_too(paris):
    modest = sim.load(DEFAULT).with_changes(set={f"ambition_{n}": 0.0 for n in range(1, 10)})
    shares = transfer(modest, undated_signers(["FRA"]), replicates=FEW).states["share"]
    assert shares.sum() > paris.states["share"].sum()


@pytest.mark.parametrize(
    ("signers", "read_at"),
    [
        ({"FRA": date(2018, 11, 12)}, date(2018, 11, 12)),
        ({"FRA": date(2018, 11, 12), "DEU": date(2019, 3, 1)}, date(2019, 3, 12)),
        ({"FRA": date(2018, 11, 12), "DEU": None}, date(2024, 1, 12)),
        ({"FRA": date(2030, 1, 1)}, date(2024, 1, 12)),
    ],
)
def test_shares_are_read_in_the_round_of_the_latest_signature(signers, read_at):
    result = transfer(sim.load(DEFAULT), signers, replicates=1)
    assert result.read_at == read_at
    assert any("last_round" in remark for remark in result.remarks) == (signers["FRA"].year == 2030)


def test_a_list_that_ends_before_the_launch_is_refused():
    with pytest.raises(InputError, match="found 2018-11-11 as the latest date of signing"):
        transfer(sim.load(DEFAULT), {"FRA": date(2018, 11, 11)}, replicates=1)


def test_it_is_json_and_bears_names_beside_signing_alone(paris):
    content = json.loads(json.dumps(paris.to_dict(), allow_nan=False))["transfer"]
    assert (content["auc"], content["brier"], content["n"]) == (paris.auc, paris.brier, 193)
    assert set(content["states"][0]) == {"iso3", "name", "share", "signed"}


@pytest.mark.parametrize("name", sorted({name for name, _ in EXAMPLES}))
def test_an_instrument_that_ships_is_found_by_name_and_scored(name):
    scenario, signers = sim.load(name), instrument(name).signers
    result = transfer(scenario, signers, without=PRIOR_COMMITMENTS, weights={}, replicates=FEW)
    assert (result.signers, result.n) == (len(signers), 193)
    assert result.auc > 0.7
    assert any(str(scenario.code.launch.year) in remark for remark in result.remarks)
    assert "**Sources.**" in scenario.notes
    assert name not in {other for other, *_ in sim.available()}


def test_the_parties_to_the_budapest_convention_hold_the_whole_column():
    parties = instrument("instruments/budapest").signers
    column = facts.members(COLUMN, "test")
    assert set(column) < set(parties)
    assert len(column) > TOLD * len(parties)


def test_an_instrument_where_not_everybody_was_asked_has_no_signers_to_hold_worlds_against():
    with pytest.raises(
        InputError, match="found 21 states that were not asked, expected all to have been"
    ):
        _ = instrument("instruments/unga-77-36").signers


@pytest.mark.parametrize("more", [(), ("ZAF",)])
def test_a_list_that_the_model_was_told_is_noticed(paris, more):
    scenario = sim.load("instruments/budapest").with_table({"last_round": 12})
    parties = undated_signers([*facts.members(COLUMN, "test"), *more])
    remarks, without_the_column = (
        transfer(scenario, parties, replicates=1, without=without, weights={}).remarks
        for without in ((), (COLUMN,))
    )
    assert any(
        "scores what it was told. Leave it out, by --without budapest_party." in remark
        for remark in remarks
    )
    assert not any("scores what it was told" in remark for remark in without_the_column)
    assert paris.remarks == (
        (
            "These are the signatories to which the weights were fitted, so that this is no test of"
            " them."
        ),
    )


def test_an_instrument_without_its_prefix_is_refused_with_its_name():
    with pytest.raises(InputError, match="did you mean 'instruments/budapest'"):
        sim.load("budapest")


def test_a_scenario_without_a_list_beside_it_is_refused():
    with pytest.raises(InputError, match=f"found no {FILE} beside it"):
        signers_beside(sim.load(DEFAULT))


# Columns that contain the answer are left out of the population and of the fit.


def test_what_is_taken_out_is_taken_out_of_the_fit_too(monkeypatch):
    refits = []
    no_record = {"state_record": 0.0}
    monkeypatch.setattr(
        "sim.evidence.transfer.refit", lambda without: refits.append(set(without)) or no_record
    )
    result = transfer(sim.load(DEFAULT), {"FRA": None}, replicates=1, without=PRIOR_COMMITMENTS)
    assert refits == [set(PRIOR_COMMITMENTS)]
    assert (result.without, result.refitted, result.weights["state_record"]) == (
        PRIOR_COMMITMENTS,
        True,
        0.0,
    )
    content = result.to_dict()["transfer"]
    assert (content["without"], content["refitted"]) == (list(PRIOR_COMMITMENTS), True)
    sentence = (
        "fitted to the Paris Call again, after budapest_party and freedom_online_coalition had been"
        " taken out of"
    )
    assert any(sentence in remark for remark in result.remarks)


def test_where_nothing_is_taken_out_the_weights_are_those_that_ship(weights):
    result = transfer(sim.load(DEFAULT), {"FRA": None}, replicates=1)
    assert (result.without, result.refitted) == ((), False)
    assert result.weights == weights


def test_weights_that_were_fitted_with_what_is_left_out_are_noticed():
    result = transfer(
        sim.load(DEFAULT), {"FRA": None}, replicates=1, without=PRIOR_COMMITMENTS, weights={}
    )
    assert not result.refitted
    assert any(
        "were fitted with budapest_party and freedom_online" in remark for remark in result.remarks
    )


def test_without_both_columns_nobody_has_a_record(paris_call):
    measures_without = leaving_out(PRIOR_COMMITMENTS, "test")
    before, after = (
        build(paris_call.parameters, measures).record for measures in (STRICT, measures_without)
    )
    assert before.any()
    assert not after.any()


def test_a_motive_that_is_the_same_for_all_organisations_gets_no_weight(paris_call, full_register):
    without = leaving_out(PRIOR_COMMITMENTS, "test")
    evidence = organisation_evidence("ngo", paris_call, full_register, 0.5, measures=without)
    assert "ngo_record" not in {
        weight.dial for weight in free_weights_of_organisations(LENSES["full"], evidence)
    }


@pytest.mark.parametrize(
    ("without", "message"),
    [
        (
            ["budapest_part"],
            r"without: there is no column 'budapest_part' .* did you mean 'budapest_party'\?",
        ),
        (["freedom_2017"], "'freedom_2017' that can be left out, expected one of eu, nato"),
        (["eu", "nato", "eu"], "without: found eu twice, expected it once"),
    ],
)
def test_only_memberships_can_be_taken_out_and_each_once(without, message):
    for ask in (refit, lambda columns: transfer(sim.load(DEFAULT), {"FRA": None}, without=columns)):
        with pytest.raises(InputError, match=message):
            ask(without)


@pytest.mark.refit
@pytest.mark.long
def test_the_refit_gives_every_weight_and_none_to_a_record_that_nobody_has():
    reports = []
    values = refit(PRIOR_COMMITMENTS, lambda count, total: reports.append((count, total)))
    assert list(values) == [name for name, dial in DIALS.items() if isinstance(dial, Fitted)]
    assert (values["state_record"], values["ngo_record"]) == (0, 0)
    assert reports == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.long
def test_what_the_document_says_of_the_worked_examples_holds():
    blind, plain, later = examples()
    assert (blind.refitted, plain.refitted, later.refitted) == (True, False, False)
    assert plain.auc - 0.05 < blind.auc < plain.auc
    states = later.states.set_index("iso3")
    surplus = states["share"] - states["signed"]
    assert 1.8 < states["share"].sum() / later.signers < 2.2  # "twice as many"
    union = surplus[list(facts.members("eu", "test"))].sum()
    assert union / surplus.sum() > 0.25  # "much of the surplus"
