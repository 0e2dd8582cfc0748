"""A view beside the Paris Call as it was, under the same lens and the same luck: what it changes, in pairs of worlds.

The page asks for it after the record of the view, so that the curves wait for one run and not for two.
"""

from __future__ import annotations

from typing import Any

import numpy as np

import sim
from dashboard.cache import Runs
from dashboard.data.record import bands, dates_of, provenance
from dashboard.data.suppositions import as_it_was
from dashboard.data.words import basis_and_why
from dashboard.view import View

DIGITS = 6


def beside_baseline(view: View, runs: Runs) -> dict[str, Any]:
    """The median lists of the baseline, and *view* less it, at all rounds that both have: percentiles over the pairs of
    worlds of the same random streams. `dates` are those of the rounds; `signers` are states that are told
    to sign, with what they themselves add by the end.
    """
    baseline = as_it_was(view)
    first, own = runs.of(baseline), runs.of(view)
    start = max(run.scenario.first_round for run in (first, own))
    end = min(run.scenario.last_round for run in (first, own))

    def at_both(run: sim.Run, outcome: str) -> np.ndarray:
        offset = run.scenario.first_round
        return run.values(outcome)[:, start - offset : end - offset + 1]

    lists = {run: at_both(run, "listed") for run in (first, own)}
    signers = _told_to_sign(view)
    difference = lists[own] - lists[first]
    power = at_both(own, "power_share")[:, :, 0] - at_both(first, "power_share")[:, :, 0]
    return {
        "query": view.query(),
        "baseline": baseline.query(),
        **basis_and_why(baseline.variant, view.variant),
        **provenance(view),
        "dates": dates_of(first)[start - first.scenario.first_round :][: end - start + 1],
        "listed": {kind: bands(lists[first][:, :, place])["median"] for place, kind in enumerate(sim.KINDS)},
        "signers": {
            "count": len(signers),
            "mean": round(sum(own.signed[who] - first.signed[who] for who in signers), DIGITS),
        },
        "difference": {
            **{kind: bands(difference[:, :, place], DIGITS) for place, kind in enumerate(sim.KINDS)},
            "power": bands(power, DIGITS),
        },
    }


def _told_to_sign(view: View) -> list[str]:
    """The states that an event of *view* has sign, by id."""
    told = {who for event in view.variant.events if event.what == "choice" and event.value == 1 for who in event.who}
    return sorted(told & set(view.variant.facts.state_names))
