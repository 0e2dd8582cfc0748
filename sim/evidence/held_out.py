"""What Parley says of states that it has not seen: fitted to all others, with the penalty chosen among them too.

Those held out are as if they did not exist: neither their dates nor their example nor the entries of their firms and
NGOs enter the fit. Then everybody runs freely, and nobody's signature is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibrate import fit_all
from sim.evidence.marginal_likelihood import chosen_ridge
from sim.evidence.state_evidence import state_evidence
from sim.evidence.targets import Register
from sim.experiments.replicates import setting
from sim.experiments.variations import play_some, shortened
from sim.lenses import Lens
from sim.population import STATE, Measures
from sim.scenario import Scenario

WORLDS = 400


@dataclass(frozen=True)
class Question:
    """What is asked of whom: who of all states has signed by the register's last signature?"""

    scenario: Scenario
    known: Register
    lens: Lens
    measures: Measures
    seed: int


def shares_of_the_unseen(asked: Question, left_out: NDArray[np.bool_], ridge: float | None = None) -> dict[str, Any]:
    """`share`: of worlds in which each of those *left_out* [193] has signed, in their order; and the `ridge`, chosen
    among the others where it is not given.
    """
    kept = ~left_out
    start = None
    if ridge is None:
        ridge, start = chosen_ridge(state_evidence(asked.scenario, asked.known, kept, asked.measures), asked.lens)
    weights = fit_all(asked.scenario, asked.known, asked.lens, asked.measures, kept, ridge, start).values
    given = setting(asked.scenario.with_changes(set=weights), asked.measures)
    worlds = play_some(shortened(given, asked.known.last_signature), np.arange(WORLDS), asked.seed)
    share = worlds.signed[:, given.population.kind == STATE].mean(axis=0)
    return {"share": share[left_out].tolist(), "ridge": ridge}
