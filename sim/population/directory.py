"""Everybody who goes by a name: all states, the firms and NGOs of organisations.csv, and what is public of them."""

from __future__ import annotations

import pandas as pd

from sim import facts
from sim.parameters import Values
from sim.population import KINDS, TRAITS, build


def directory(parameters: Values) -> pd.DataFrame:
    """One row each: id, name, kind (state, firm or ngo), home (iso3), region (UN sub-region), memberships (a tuple of
    facts.MEMBERSHIPS, of the home state), supporter_since (the day by which it stood on the register; nothing for firms
    and NGOs, whom the register counts by country), and the traits, each in [0, 1].
    """
    population = build(parameters)
    named = set(facts.state_names()) | set(facts.organisation_kinds())
    register = facts.register_states()["signed_by"]
    rows = []
    for place, who in enumerate(population.ids):
        if who not in named:
            continue
        home = int(population.home[place])
        rows.append(
            {
                "id": who,
                "name": population.names[place],
                "kind": KINDS[population.kind[place]],
                "home": population.home_iso3[place],
                "region": population.region[place],
                "memberships": tuple(m for m in facts.MEMBERSHIPS if home >= 0 and population.memberships[m][home]),
                "supporter_since": register.get(who) if population.kind[place] == 0 else None,
                **dict(zip(TRAITS, population.traits[:, place].tolist(), strict=True)),
            }
        )
    return pd.DataFrame(rows)
