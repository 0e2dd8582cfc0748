"""Home: what a state's own firms and NGOs, or one's home state, have done (two-level games)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.kinds_and_statuses import STATE
from sim.motives.motive import Motive, Weight


@compiled
def share_of_own(signatories, organisations):
    """Home, of states: the share of their firms and NGOs that is on the public list (Putnam 1988);
    0 without any.
    """
    return signatories / organisations if organisations > 0.0 else 0.0


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """Of a state the share of its own firms and NGOs on the public list; of others 1 where the home
    state is on it.
    """
    home = population.people.home[i]
    if population.people.kind[i] == STATE:
        own = float(population.own_start[i + 1] - population.own_start[i])
        return share_of_own(own if if_all_signed else float(variables.own_listed[code, i]), own)
    return 1.0 if home >= 0 and (if_all_signed or variables.member.listed[code, home] == 1) else 0.0


@compiled
def effect(population, codes, variables, dials, code, i, j):
    """What one of its own firms or NGOs adds for a state, or the home state for others."""
    if population.people.kind[i] != STATE:
        return 1.0 if population.people.home[i] == j else 0.0
    if population.people.kind[j] == STATE or population.people.home[j] != i:
        return 0.0
    return share_of_own(1.0, float(population.own_start[i + 1] - population.own_start[i]))


MOTIVE = Motive(
    name="home",
    place=70,
    value=value,
    effect=effect,
    by_list=("state", "firm", "ngo"),
    weights={
        "state": Weight(
            "one's own firms and NGOs that have signed",
            start=0.8,
            scale=0.5,
            label="weight of a state's own firms and NGOs",
        ),
        "firm": Weight(
            "the home state's public signature",
            start=1.7,
            label="weight of the home state's signature, firms",
        ),
        "ngo": Weight(
            "the home state's public signature", label="weight of the home state's signature, NGOs"
        ),
    },
    formula={
        "states": "share of its own firms and NGOs that are on the public list",
        "firms, NGOs": "whether the home state is on the public list",
    },
    source="Putnam 1988",
    lenses=("liberal-domestic",),
)
