"""The public list in simulated worlds at the dates for which the register's totals are known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim import facts
from sim.calendar import end_of_round, round_of_count
from sim.record import Array
from sim.scenario import Scenario
from sim.stakeholders import KINDS

PERCENTILES = (5, 50, 95)


def milestone_table(listed: Array, scenario: Scenario) -> pd.DataFrame:
    """date, kind, registered (what happened), median, low and high (5th and 95th percentile) of *listed* [replicate, round, kind].

    A code with another launch than the register's is read at the launch and at its anniversaries, with nothing beside it.
    """
    launch = scenario.code.launch
    register = facts.milestones()
    if register["date"].iloc[0] == launch:
        dates = [(row.date, (row.states, row.firms, row.ngos)) for row in register.itertuples()]
    else:
        dates = [(end_of_round(launch, t), (None, None, None)) for t in range(0, scenario.last_round + 1, 12)]
    rows = []
    for day, registered in dates:
        t = round_of_count(launch, day)
        if t > scenario.last_round:
            continue
        low, median, high = np.percentile(listed[:, t - scenario.first_round], PERCENTILES, axis=0)
        rows += [
            (day, kind, registered[k], float(median[k]), float(low[k]), float(high[k])) for k, kind in enumerate(KINDS)
        ]
    frame = pd.DataFrame(rows, columns=["date", "kind", "registered", "median", "low", "high"])
    return frame.astype({"registered": "Int64"})
