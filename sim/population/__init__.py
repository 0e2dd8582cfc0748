"""The population of a run: the states (193, where the facts are those that ship), potential firms and NGOs with values
near those of their home country, and the ties among them (docs/odd.md, section 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import facts
from sim.facts import Facts
from sim.kinds_and_statuses import KINDS, TRAITS
from sim.parameters import Values
from sim.population import network
from sim.population.organisations import organisations
from sim.population.states import (
    ORGANISATIONS,
    STRICT,
    STRUCTURAL,
    Measures,
    friends,
    leaving_out,
    patrons,
    with_traits,
)

__all__ = [
    "FIRM", "KINDS", "NGO", "STATE", "STRICT", "STRUCTURAL", "TRAITS", "Measures", "Population", "build",
    "leaving_out",
]  # fmt: skip

STATE, FIRM, NGO = range(len(KINDS))
DECIMALS = 6  # of traits: logarithms differ in their last bits between processors, and a record must not


@dataclass(frozen=True, eq=False)
class Population:
    """N stakeholders: states by iso3, then firms, then NGOs, both by home and rank in size."""

    ids: tuple[str, ...]  # states: iso3; named organisations: their name; others as in "firm DEU-017"
    names: tuple[str, ...]
    kind: NDArray[np.uint8]  # [N] STATE, FIRM or NGO
    home: NDArray[np.int32]  # [N] the home state's index, a state's own; -1 where the home has no seat
    home_iso3: tuple[str, ...]
    region: tuple[str, ...]  # UN sub-region of the home
    sector: tuple[str, ...]  # firms: sector; NGOs: type; states: ""
    platform: NDArray[np.uint8]  # [N] 1 for firms of the sector "platform"
    bloc: NDArray[np.int32]  # [N] 0 for members of the European Union, else -1
    patron: NDArray[np.int32]  # [N] index of the allied great power, -1 for none
    traits: NDArray[np.float64]  # [7, N] in the order of TRAITS, each in [0, 1]
    record: NDArray[np.float64]  # [N] prior commitments, in [0, 1]
    un_votes: NDArray[np.float64]  # [states] ideal points in the General Assembly
    memberships: dict[str, NDArray[np.uint8]]  # organisation -> [states] 1 for members
    friends: NDArray[np.float64]  # [states] share of the world's material power held by allies
    has_name: NDArray[np.bool_]  # [N] states, and organisations known by name
    layers: network.Layers

    def trait(self, name: str) -> NDArray[np.float64]:
        """The trait called *name* (one of TRAITS), one number in [0, 1] per stakeholder."""
        return self.traits[TRAITS.index(name)]


def build(parameters: Values, measures: Measures = STRICT, of: Facts | None = None) -> Population:
    """The population under the structural dials of *parameters*, with traits from *measures* of the facts *of* a world
    (None: those that ship); equal arguments return one object.
    """
    return _build(parameters.capacity_wealth_share, measures, facts.SHIPPED if of is None else of)


@lru_cache(maxsize=8)
def _build(capacity_wealth_share: float, measures: Measures, of: Facts) -> Population:
    states, others = measures.read(of.states()), measures.read(of.other_homes())
    homes = pd.concat([states, others]) if len(others) else states
    homes = homes.join(with_traits(homes, states, capacity_wealth_share, measures))
    entries = of.organisations()
    parts = [homes.iloc[: len(states)].assign(id=states.index, home_iso3=states.index, sector="")]
    parts += [organisations(kind, homes, entries[entries["kind"] == kind]) for kind in KINDS[1:]]
    everyone = pd.concat(parts, ignore_index=True)

    count = len(states)
    seat = {iso3: i for i, iso3 in enumerate(states.index)}
    kind = np.repeat(np.array([STATE, FIRM, NGO], dtype=np.uint8), [len(part) for part in parts])
    beyond_states = np.full(len(kind) - count, -1, dtype=np.int32)
    memberships = {name: states[name].to_numpy(np.uint8) for name in facts.MEMBERSHIPS}
    eu = np.where(memberships["eu"] == 1, 0, -1).astype(np.int32)
    traits = np.round(everyone[list(TRAITS)].to_numpy(np.float64).T, DECIMALS)
    weight = traits[TRAITS.index("weight")]
    ids, region = tuple(everyone["id"]), tuple(everyone["home_iso3"].map(homes["region"]))
    home_iso3, sector = tuple(everyone["home_iso3"]), tuple(everyone["sector"])
    population = Population(
        ids=ids,
        names=tuple(everyone["name"]),
        kind=kind,
        home=np.array([seat.get(iso3, -1) for iso3 in home_iso3], dtype=np.int32),
        home_iso3=home_iso3,
        region=region,
        sector=sector,
        platform=np.array([name == "platform" for name in sector], dtype=np.uint8),
        bloc=np.concatenate([eu, beyond_states]),
        patron=np.concatenate([patrons(states), beyond_states]),
        traits=traits,
        record=np.round(everyone["record"].to_numpy(np.float64), DECIMALS),
        un_votes=np.round(states["idealpoint_2017"].to_numpy(np.float64), DECIMALS),
        memberships=memberships,
        friends=np.round(friends(memberships, weight[:count]), DECIMALS),
        has_name=(kind == STATE) | pd.Index(ids).isin(entries["name"]),
        layers={
            "organisations": network.shared_organisations(
                [memberships[name] for name in ORGANISATIONS if name not in measures.left_out], len(ids)
            ),
            "region": network.same_region(region[:count], len(ids)),
            "home": network.nearest_in_size(list(zip(kind, home_iso3, strict=True)), weight, ids, first=count),
            "sector": network.nearest_in_size(list(zip(kind, sector, strict=True)), weight, ids, first=count),
        },
    )
    for array in (population.kind, population.home, population.traits, population.record, population.un_votes):
        array.setflags(write=False)
    return population


def directory(population: Population, of: Facts) -> pd.DataFrame:
    """Everybody known by name, a row each: id, name, kind (state, firm or ngo), home (iso3), region (UN sub-region),
    memberships of the home state (a tuple of facts.MEMBERSHIPS), supporter_since (the day by which the register lists
    a state; empty for firms and NGOs, which the register counts by country, and where a registered state is not in the
    world *of* these facts), and the traits, each in [0, 1].
    """
    register: dict[Any, date] = facts.register_states()["signed_by"].to_dict() if of.has_registered_states else {}
    rows = []
    for place in np.flatnonzero(population.has_name).tolist():
        who, home = population.ids[place], int(population.home[place])
        rows.append(
            {
                "id": who,
                "name": population.names[place],
                "kind": KINDS[population.kind[place]],
                "home": population.home_iso3[place],
                "region": population.region[place],
                "memberships": tuple(m for m in facts.MEMBERSHIPS if home >= 0 and population.memberships[m][home]),
                "supporter_since": register.get(who) if population.kind[place] == STATE else None,
                **dict(zip(TRAITS, population.traits[:, place].tolist(), strict=True)),
            }
        )
    return pd.DataFrame(rows)
