"""Beside a transfer: the baselines of the backtest, fitted to the Paris Call's register too.

They know nothing of the other instrument, not even its description: whoever signed the one is taken to sign the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.evidence.baselines import baselines, read_features
from sim.evidence.scores import auc, brier, difference
from sim.evidence.targets import register
from sim.evidence.transfer import Transfer
from sim.population import leaving_out
from sim.scenario import load
from sim.scenario.files import DEFAULT

SCORES = {"auc": auc, "brier": brier}


def baselines_beside(done: Transfer) -> dict[str, dict[str, Any]]:
    """Baseline -> `auc` and `brier`, each with its `score` on the instrument of *done* and the `difference` of Parley's
    less it, as sim.evidence.scores tells it. None of them knows the facts that *done* was without.
    """
    paris = load(DEFAULT).without_hindsight()
    features = read_features(paris.parameters, paris.code, leaving_out(done.without, "without"))
    known = register(paris).signed
    signed, share = done.states["signed"].to_numpy(int), done.states["share"].to_numpy(float)
    found = {}
    for name, baseline in baselines(features).items():
        theirs = baseline(known, np.ones(len(known), dtype=bool))
        found[name] = {
            score: {
                "score": of(signed, theirs),
                "difference": difference(signed, share, theirs, of, features.groups, done.seed)._asdict(),
            }
            for score, of in SCORES.items()
        }
    return found
