"""The stakeholders and their ties as arrays that compiled code reads (`sim.engine.arrays`).

N stakeholders, S states.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from scipy import sparse

from sim.engine.arrays import (
    CLASS_FIRM,
    CLASS_NGO,
    CLASS_PLATFORM,
    CLASS_STATE,
    PopulationArrays,
    population_of,
)
from sim.errors import InputError, nearest
from sim.facts import Ties
from sim.kinds_and_statuses import FIRM
from sim.population import DECIMALS, KINDS, STATE, Population, network
from sim.population.states import about_the_median
from sim.scenario import Event, Scenario

AT_ONCE = 50_000  # rows of W that are looked through together


@dataclass(frozen=True)
class Grounds:
    """All on which the arrays of a *population* rest, so that those of equal grounds are the same:
    of the *scenario* the *shares* of layers, ties of its own, and who gets offensive means by an
    event (*means*).
    """

    population: Population
    shares: tuple[float, float]
    ties: Ties | None
    means: tuple[int, ...]
    scenario: Scenario = field(compare=False)

    @classmethod
    def of(cls, population: Population, scenario: Scenario) -> Grounds:
        """Those of *scenario*."""
        parameters, means = scenario.parameters, set()
        for event in scenario.events:
            if event.what == "trait" and event.name == "offence":
                means.update(stakeholders_in(population, event))
        shares = parameters.organisations_layer_share, parameters.sector_layer_share
        return cls(population, shares, scenario.ties, tuple(sorted(means)), scenario)


def population_arrays(population: Population, scenario: Scenario) -> PopulationArrays:
    """The population and its ties; those of equal `Grounds` are one object, but for a scaled
    population.
    """
    make = _remembered if scenario.parameters.population_scale == 1.0 else _arrays
    return make(Grounds.of(population, scenario))


def _arrays(grounds: Grounds) -> PopulationArrays:
    population, scenario = grounds.population, grounds.scenario
    ties = network.combined(population.layers, scenario.parameters, population.ids, scenario.ties)
    states = int((population.kind == STATE).sum())
    organisations = states + np.flatnonzero(population.home[states:] >= 0)
    own = organisations[np.argsort(population.home[organisations], kind="stable")]
    own_numbers = np.bincount(population.home[organisations], minlength=states)
    bound_as = np.select(
        [population.kind == STATE, population.platform == 1, population.kind == FIRM],
        [CLASS_STATE, CLASS_PLATFORM, CLASS_FIRM],
        CLASS_NGO,
    )
    is_scaled = scenario.parameters.population_scale != 1.0
    means = population.trait("offence") > 0
    means[list(grounds.means)] = True
    reverse_ties = _ties_to(ties, means)
    ideal_point = np.zeros(len(population.ids))
    ideal_point[:states] = np.round(about_the_median(population.un_votes), DECIMALS)
    return population_of(
        population.kind,
        bound_as=bound_as,
        group=_groups(population),
        home=population.home,
        bloc=population.bloc,
        patron=population.patron,
        record=population.record,
        ideal_point=ideal_point,
        traits=population.traits,
        friends=population.friends,
        bloc_members=np.flatnonzero(population.bloc == 0),
        with_means=np.flatnonzero(means),
        on_record=np.flatnonzero(population.has_name | means)
        if is_scaled
        else np.arange(len(population.kind)),
        ties_start=ties.indptr,
        ties_to=np.asarray(ties.indices, np.int32).view(np.uint32),
        ties_weight=ties.data,
        heeded_start=reverse_ties.indptr,
        heeded_by=reverse_ties.indices,
        heeded_weight=reverse_ties.data,
        own_start=np.concatenate([[0], np.cumsum(own_numbers)]),
        own=own,
        counts_as=[1.0, *[1.0 / scenario.parameters.population_scale] * 2],
    )


_remembered = lru_cache(maxsize=8)(_arrays)


def _ties_to(ties: sparse.csr_array, some: np.ndarray[Any, Any]) -> sparse.csr_array:
    """The transpose of *ties*, with the rows of *some* [N] alone filled: nobody asks by whom others
    are heeded.
    """
    parts = []
    for begin in range(0, len(some), AT_ONCE):
        rows = ties[begin : begin + AT_ONCE].tocoo()
        is_kept = some[rows.col]
        parts.append((rows.col[is_kept], rows.row[is_kept] + np.int32(begin), rows.data[is_kept]))
    columns, heeding, weights = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(columns, kind="stable")  # by row within each column
    start = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=len(some)))]).astype(
        np.int32
    )
    return sparse.csr_array((weights[order], heeding[order], start), shape=ties.shape)


def _groups(population: Population) -> np.ndarray[Any, Any]:
    """States in thirds by capability (offence), most capable first; then firms, then NGOs."""
    states = int((population.kind == STATE).sum())
    order = np.argsort(-population.trait("offence")[:states], kind="stable")
    group = (population.kind + 2).astype(np.uint8)
    group[order] = (3 * np.arange(states)) // max(states, 1)
    return group


def stakeholders_in(population: Population, event: Event) -> list[int]:
    """Indices of those whom an event names, one by one or as a kind ("every firm"), each once."""
    if event.kind:
        return np.flatnonzero(population.kind == KINDS.index(event.kind)).tolist()
    for who in event.who:
        if who not in population.ids:
            raise InputError(
                f"event of round {event.round}: nobody is called {who!r}, "
                "expected the iso3 code of a state or the name of a firm or NGO"
                f"{nearest(who, population.ids.alike(who))}"
            )
    return [population.ids.index(who) for who in dict.fromkeys(event.who)]
