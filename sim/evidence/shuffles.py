"""The negative control: signatures dealt out anew at random, which no model may foresee.

Each shuffle gives every state the date, or the absence, of another one; then fifths of the states are left out in turn
and told from the rest, by the expected path. The Union's members decide each for themselves here: as one, they could be
told from each other. Fifths are drawn at random, since leaving out regions ranks them in reverse: where more signed,
the rest knows of fewer.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.evidence.calibrate_states import expected_signatures, fit_states
from sim.evidence.folds import parts_left_out
from sim.evidence.held_out import Question
from sim.evidence.scores import auc
from sim.evidence.state_evidence import state_evidence
from sim.evidence.targets import StateDates

SHUFFLES, FIFTHS = 20, 5
PLAUSIBLE = (0.40, 0.60)
EACH_FOR_ITSELF = {"bloc_votes": 0.0}


def auc_of_a_shuffle(asked: Question, number: int) -> float:
    """The AUC on states left out when signatures are dealt out anew, the *number* of the deal."""
    scenario = asked.scenario.with_changes(set=EACH_FOR_ITSELF)
    dates = asked.known.states
    deal = np.random.default_rng([asked.seed, number]).permutation(len(dates.by))
    shuffled = StateDates(dates.after[deal], dates.by[deal])
    known = replace(asked.known, states=shuffled)
    everybody = state_evidence(scenario, known, None, asked.measures)
    share = np.zeros(len(deal))
    weights = None
    for left_out in parts_left_out(len(deal), asked.seed, FIFTHS).values():
        evidence = state_evidence(scenario, known, ~left_out, asked.measures)
        weights = fit_states(evidence, asked.lens, start=weights).best.weights
        path = expected_signatures(everybody, weights)
        share[left_out] = path[left_out, asked.known.last_signature - int(everybody.rounds[0])]
    found = auc(known.signed, share)
    assert found is not None
    return found


def verdict(scores: list[float]) -> str:
    """Whether the shuffles look as they must, in words."""
    mean = float(np.mean(scores))
    low, high = PLAUSIBLE
    told = f"Over {len(scores)} shuffles of the signatures the mean AUC is {mean:.2f}"
    if low <= mean <= high:
        return f"{told}: what is not there is not found."
    return f"{told}, expected {low:.2f} to {high:.2f}: the backtest finds what cannot be there. Do not trust it."
