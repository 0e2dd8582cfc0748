"""The dates that the weights were fitted to, beside simulated worlds: a check of the fit, not a
test of the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.arguments import REPLICATES
from sim.evidence.predict import free_running, listed_totals
from sim.evidence.scores import WIDTHS, coverage
from sim.experiments.milestones import milestone_table
from sim.kinds_and_statuses import KINDS
from sim.scenario import Scenario
from sim.threads import Progress
from sim.writing import plain

WORLDS = REPLICATES  # under the fitted weights, as `parley run` simulates them
WORLDS_OF_A_DRAW = 20


def in_sample(
    scenario: Scenario,
    weights: Mapping[str, float],
    draws: Mapping[str, Sequence[float]],
    seed: int,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The register's dates beside worlds of *scenario* under its fitted *weights* (dial -> value),
    and beside a few under each of the *draws* (dial -> a value per draw), which hold the weights'
    uncertainty too: `dates`, a row per kind and date; how many of them are `inside`, `of` how many.

    *progress* is called with the draws done and all draws.
    """
    many = len(next(iter(draws.values())))
    narrow = listed_totals(*free_running(scenario, weights, WORLDS, seed))
    wide = []
    for draw in range(many):
        weights_of_draw = {dial: values[draw] for dial, values in draws.items()}
        wide.append(
            listed_totals(
                *free_running(scenario, weights_of_draw, WORLDS_OF_A_DRAW, seed + 1 + draw)
            )
        )
        if progress is not None:
            progress(draw + 1, many)
    rows = dates(milestone_table(narrow, scenario), milestone_table(np.concatenate(wide), scenario))
    return {
        "worlds": WORLDS,
        "draws": many,
        "worlds_of_a_draw": WORLDS_OF_A_DRAW,
        "dates": rows,
        "inside": {
            kind: {which: coverage(rows, kind, which) for which in WIDTHS} for kind in KINDS
        },
        "of": {kind: sum(row["kind"] == kind for row in rows) for kind in KINDS},
    }


def dates(narrow: pd.DataFrame, wide: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of two tables of milestones side by side, kind by kind."""
    pairs = zip(narrow.itertuples(), wide.itertuples(), strict=True)
    rows = [
        {
            "date": fitted.date,
            "kind": fitted.kind,
            "registered": fitted.registered,
            "fitted": {end: getattr(fitted, end) for end in ("low", "median", "high")},
            "with_uncertainty": {end: getattr(uncertain, end) for end in ("low", "median", "high")},
        }
        for fitted, uncertain in pairs
    ]
    return plain(sorted(rows, key=lambda row: KINDS.index(row["kind"])))
