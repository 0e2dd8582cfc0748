"""The population of a run: the states (193, where the facts are those that ship), potential firms
and NGOs with values near those of their home country, and the ties among them (docs/odd.md, section
5).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, log10
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import facts
from sim.facts import Facts
from sim.kinds_and_statuses import FIRM, KINDS, NGO, STATE, TRAITS
from sim.parameters import Values
from sim.population import network
from sim.population.names import Ids, Names, Words
from sim.population.organisations import SECTORS, TYPES, Organisations, organisations
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
    "FIRM",
    "KINDS",
    "NGO",
    "STATE",
    "STRICT",
    "STRUCTURAL",
    "TRAITS",
    "Measures",
    "Population",
    "build",
    "leaving_out",
]

DECIMALS = (
    6  # of traits: logarithms differ in their last bits between processors, and a record must not
)


@dataclass(frozen=True, eq=False)
class Population:
    """N stakeholders: states by iso3, then firms, then NGOs, both by home and rank in size."""

    ids: Ids  # states: iso3; named organisations: their name; others as in "firm DEU-017"
    names: Names
    kind: NDArray[np.uint8]  # [N] STATE, FIRM or NGO
    home: NDArray[
        np.int32
    ]  # [N] the home state's index, a state's own; -1 where the home has no seat
    home_iso3: Words
    region: Words  # UN sub-region of the home
    sector: Words  # firms: sector; NGOs: type; states: ""
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
    """The population under the structural dials of *parameters*, with traits from *measures* of the
    facts *of* a world (None: those that ship); equal arguments return one object.
    """
    make = _build if parameters.population_scale == 1.0 else _build_large
    return make(
        parameters.capacity_wealth_share,
        parameters.population_scale,
        measures,
        facts.SHIPPED if of is None else of,
    )


@lru_cache(maxsize=8)
def _build(capacity_wealth_share: float, scale: float, measures: Measures, of: Facts) -> Population:
    states, others = measures.read(of.states()), measures.read(of.other_homes())
    homes = pd.concat([states, others]) if len(others) else states
    homes = homes.join(with_traits(homes, states, capacity_wealth_share, measures))
    entries = of.organisations()
    firms, ngos = (
        organisations(kind, homes, entries[entries["kind"] == kind], scale) for kind in KINDS[1:]
    )

    count = len(states)
    kind = np.repeat(
        np.array([STATE, FIRM, NGO], dtype=np.uint8), [count, len(firms.rank), len(ngos.rank)]
    )
    homes_of_all = np.concatenate([np.arange(count, dtype=np.uint16), firms.home, ngos.home])
    ids, sector = _ids(states.index, homes.index, firms, ngos), _sectors(count, firms, ngos)
    seat = np.where(np.arange(len(homes)) < count, np.arange(len(homes)), -1).astype(np.int32)
    beyond_states = np.full(len(kind) - count, -1, dtype=np.int32)
    memberships = {name: states[name].to_numpy(np.uint8) for name in facts.MEMBERSHIPS}
    eu = np.where(memberships["eu"] == 1, 0, -1).astype(np.int32)
    traits = np.empty((len(TRAITS), len(kind)))
    for row, trait in enumerate(TRAITS):
        np.round(homes[trait].to_numpy(np.float64)[:count], DECIMALS, out=traits[row, :count])
        of_organisations = np.concatenate([firms.traits.pop(trait), ngos.traits.pop(trait)])
        np.round(of_organisations, decimals_of(trait, scale), out=traits[row, count:])
    weight = traits[TRAITS.index("weight")]
    record = np.concatenate(
        [homes["record"].to_numpy(np.float64)[:count], firms.record, ngos.record]
    )
    regions = list(dict.fromkeys(homes["region"]))
    region = Words(
        tuple(regions),
        np.array([regions.index(of) for of in homes["region"]], np.uint8)[homes_of_all],
    )
    population = Population(
        ids=ids,
        names=Names(ids, dict(zip(homes.index, homes["name"], strict=True))),
        kind=kind,
        home=seat[homes_of_all],
        home_iso3=Words(tuple(homes.index), homes_of_all),
        region=region,
        sector=sector,
        platform=((kind == FIRM) & sector.is_one("platform")).astype(np.uint8),
        bloc=np.concatenate([eu, beyond_states]),
        patron=np.concatenate([patrons(states), beyond_states]),
        traits=traits,
        record=np.round(record, DECIMALS),
        un_votes=np.round(states["idealpoint_2017"].to_numpy(np.float64), DECIMALS),
        memberships=memberships,
        friends=np.round(friends(memberships, weight[:count]), DECIMALS),
        has_name=(kind == STATE) | np.isin(np.arange(len(kind)), list(ids.names)),
        layers=network.Layers(
            {
                "organisations": network.shared_organisations(
                    [memberships[name] for name in ORGANISATIONS if name not in measures.left_out],
                    len(kind),
                ),
                "region": network.same_region(region[:count], len(kind)),
            },
            {
                layer: network.nearest_in_size(
                    kind.astype(np.uint32) * len(homes) + of, weight, ids, first=count
                )
                for layer, of in (("home", homes_of_all), ("sector", sector.codes))
            },
            len(kind),
        ),
    )
    for array in (
        population.kind,
        population.home,
        population.traits,
        population.record,
        population.un_votes,
    ):
        array.setflags(write=False)
    return population


_build_large = lru_cache(maxsize=1)(_build.__wrapped__)  # of a million it takes a hundred megabytes


def decimals_of(trait: str, scale: float) -> int:
    """The decimals of organisations' *trait*. In a scaled population sizes lie closer, and no rank
    may be lost.
    """
    return DECIMALS + ceil(log10(scale)) if trait == "weight" else DECIMALS


def _ids(
    states: pd.Index[str], homes: pd.Index[str], firms: Organisations, ngos: Organisations
) -> Ids:
    blocks, names, start = {}, {}, len(states)
    for kind, of_kind in zip(KINDS[1:], (firms, ngos), strict=True):
        names.update({start + place: name for place, name in of_kind.names.items()})
        for iso3, number in zip(
            homes, np.bincount(of_kind.home, minlength=len(homes)).tolist(), strict=True
        ):
            blocks[kind, iso3] = range(start, start + number)
            start += number
    return Ids(tuple(states), blocks, np.concatenate([firms.rank, ngos.rank]), names)


def _sectors(states: int, firms: Organisations, ngos: Organisations) -> Words:
    """The sectors of firms and the types of NGOs, after none for the *states*."""
    codes = [np.zeros(states, np.uint8), 1 + firms.sector, 1 + len(SECTORS) + ngos.sector]
    return Words(("", *SECTORS, *TYPES), np.concatenate(codes))


def directory(population: Population, of: Facts) -> pd.DataFrame:
    """Everybody known by name, a row each: id, name, kind (state, firm or ngo), home (iso3), region
    (UN sub-region), memberships of the home state (a tuple of facts.MEMBERSHIPS), supporter_since
    (the day by which the register lists a state, or a report a firm or NGO; empty where neither
    does, and where a registered state is not in the world *of* these facts), supporter_is_dated
    (whether it joined on that day or shortly before; others may have joined at the launch), and the
    traits, each in [0, 1].
    """
    tables = _DIRECTORIES.setdefault(population, {})
    if of not in tables:
        tables[of] = _directory(population, of)
    return tables[of].copy()


_DIRECTORIES: WeakKeyDictionary[Population, dict[Facts, pd.DataFrame]] = WeakKeyDictionary()


def _directory(population: Population, of: Facts) -> pd.DataFrame:
    register = facts.registrations() if of.has_registered_states else {}
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
                "memberships": tuple(
                    m for m in facts.MEMBERSHIPS if home >= 0 and population.memberships[m][home]
                ),
                "supporter_since": register[who].by if who in register else None,
                "supporter_is_dated": who in register and register[who].is_dated,
                **dict(zip(TRAITS, population.traits[:, place].tolist(), strict=True)),
            }
        )
    return pd.DataFrame(rows)
