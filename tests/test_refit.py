"""Facts that would tell the answer: taken out of the worlds, and out of the fit."""

from __future__ import annotations

import pytest

import sim
from sim import InputError, facts
from sim.evidence import transfer as in_transfer
from sim.evidence.calibrate import refit
from sim.evidence.organisations.data import organisation_evidence
from sim.evidence.organisations.objective import free_weights_of_organisations
from sim.evidence.transfer import RECORD, examples, transfer
from sim.parameters import DIALS, Fitted
from sim.parameters.lenses import LENSES
from sim.population import STRICT, build, leaving_out
from sim.scenario.files import DEFAULT

SIGNERS = {"FRA": None}


def test_what_is_taken_out_is_taken_out_of_the_fit_too(monkeypatch):
    asked = []
    monkeypatch.setattr(in_transfer, "refit", lambda without: asked.append(set(without)) or {"state_record": 0.0})
    done = transfer(sim.load(DEFAULT), SIGNERS, replicates=1, without=RECORD)
    assert asked == [set(RECORD)]
    assert (done.without, done.refitted, done.weights["state_record"]) == (RECORD, True, 0.0)
    told = done.to_dict()["transfer"]
    assert (told["without"], told["refitted"]) == (list(RECORD), True)
    said = "fitted to the Paris Call again, after budapest_party and freedom_online_coalition had been taken out of"
    assert any(said in remark for remark in done.remarks)


def test_where_nothing_is_taken_out_the_weights_are_those_that_ship(weights):
    done = transfer(sim.load(DEFAULT), SIGNERS, replicates=1)
    assert (done.without, done.refitted) == ((), False)
    assert done.weights == weights


def test_weights_that_were_fitted_with_what_is_left_out_are_noticed():
    done = transfer(sim.load(DEFAULT), SIGNERS, replicates=1, without=RECORD, weights={})
    assert not done.refitted
    assert any("were fitted with budapest_party and freedom_online" in remark for remark in done.remarks)


def test_without_both_columns_nobody_has_a_record(paris_call):
    taken_out = leaving_out(RECORD, "test")
    before, after = (build(paris_call.parameters, measures).record for measures in (STRICT, taken_out))
    assert before.any()
    assert not after.any()


def test_a_motive_that_is_the_same_for_all_organisations_gets_no_weight(paris_call, known):
    evidence = organisation_evidence("ngo", paris_call, known, 0.5, measures=leaving_out(RECORD, "test"))
    assert "ngo_record" not in {weight.dial for weight in free_weights_of_organisations(LENSES["full"], evidence)}


@pytest.mark.parametrize(
    ("without", "message"),
    [
        (["budapest_part"], r"without: there is no column 'budapest_part' .* did you mean 'budapest_party'\?"),
        (["freedom_2017"], "'freedom_2017' that can be left out, expected one of eu, nato"),
        (["eu", "nato", "eu"], "without: found eu twice, expected it once"),
    ],
)
def test_only_memberships_can_be_taken_out_and_each_once(without, message):
    for ask in (refit, lambda columns: transfer(sim.load(DEFAULT), SIGNERS, without=columns)):
        with pytest.raises(InputError, match=message):
            ask(without)


@pytest.mark.long
def test_the_refit_gives_every_weight_and_none_to_a_record_that_nobody_has():
    told = []
    found = refit(RECORD, lambda done, total: told.append((done, total)))
    assert list(found) == [name for name, dial in DIALS.items() if isinstance(dial, Fitted)]
    assert (found["state_record"], found["ngo_record"]) == (0, 0)
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.long
def test_what_the_document_says_of_the_worked_examples_holds():
    blind, told, later = examples()
    assert (blind.refitted, told.refitted, later.refitted) == (True, False, False)
    assert told.auc - 0.05 < blind.auc < told.auc  # "a little worse"
    assert blind.brier < 0.55 * blind.base_brier  # "half of that of one share for all"
    assert later.brier > later.base_brier
    states = later.states.set_index("iso3")
    surplus = states["share"] - states["signed"]
    assert states["share"].sum() > 2 * later.signers  # "more than twice as many"
    union = surplus[list(facts.members("eu", "test"))].sum()
    assert 0.25 < union / surplus.sum() < 0.45  # "about a third"
