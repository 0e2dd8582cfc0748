"""One simulated world by itself, round by round: how everybody with a name stands to the code. Signing, no conduct."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim import engine, facts
from sim.errors import InputError
from sim.experiments.replicates import Setting
from sim.own_rule import Rule, with_rule
from sim.state import empty_state
from sim.tallies import WORLD_COLUMNS

STATUSES = ("not taken up", "waiting", "declined", "signed", "left")  # as state.NOT_TAKEN_UP to state.LEFT number them


def world_frame(given: Setting, replicates: int, seed: int, number: int, rule: Rule | None) -> pd.DataFrame:
    """A row per round (index round), a column per state and organisation with a name; each cell one of STATUSES.

    *number* is one of the worlds of a run with so many *replicates*, 1 for the first; InputError otherwise. The world
    is played again, with the same luck, as the run keeps dates alone and not who waits and who has declined.
    """
    if not 1 <= number <= replicates:
        raise InputError(f"world: found {number}, expected a whole number from 1 to {replicates}")
    replicate = number - 1
    one_round = with_rule(engine.one_round, rule)
    state = empty_state(given.world, given.text)
    engine.start(given.world, state, given.schedule[0], seed, replicate)
    named = set(facts.state_names()) | set(facts.organisation_kinds())
    places = [place for place, who in enumerate(given.population.ids) if who in named]
    blows = np.zeros(len(WORLD_COLUMNS))
    rounds = range(given.first_round, given.first_round + len(given.schedule))
    words = np.array(STATUSES, dtype=object)
    rows = []
    for dials, t in zip(given.schedule, rounds, strict=True):
        one_round(given.world, given.text, state, dials, given.happenings, seed, replicate, t, True,
                  engine.ALL_STAGES, blows)  # fmt: skip
        rows.append(words[state.member[0].view(np.ndarray)["status"][places]])
    names = [given.population.ids[place] for place in places]
    return pd.DataFrame(rows, index=pd.Index(rounds, name="round"), columns=names)
