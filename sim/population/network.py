"""The influence network: layers of ties and how they are mixed (docs/odd.md, section 5).

States listen to those they share organisations with and to their region, firms and NGOs to those of their home country
and of their sector. Whoever has ties in one layer only listens to that layer alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from sim.parameters import Values

Floats = NDArray[np.float64]
NEAREST = 10


def row_normalised(ties: sparse.sparray) -> sparse.csr_array:
    """*ties* with each row divided by its sum; rows without ties stay empty."""
    rows = sparse.csr_array(ties)
    sums = np.asarray(rows.sum(axis=1)).ravel()
    divisors = np.repeat(np.where(sums > 0, sums, 1), np.diff(rows.indptr))
    normalised = sparse.csr_array((rows.data / divisors, rows.indices, rows.indptr), shape=rows.shape)
    normalised.eliminate_zeros()
    normalised.sort_indices()
    return normalised


def shared_organisations(memberships: Iterable[Floats], stakeholders: int) -> sparse.csr_array:
    """Ties among states: each shared organisation adds 1/size, so that a small club binds more than a large one."""
    states = None
    for members in memberships:
        shared = np.outer(members, members) / members.sum()
        states = shared if states is None else states + shared
    if states is None:
        return sparse.csr_array((stakeholders, stakeholders), dtype=np.float64)
    np.fill_diagonal(states, 0)
    return _of_states(states, stakeholders)


def same_region(regions: Sequence[str], stakeholders: int) -> sparse.csr_array:
    """Ties among states: the others of one's UN sub-region, all alike."""
    names = np.array(regions)
    states = (names[:, None] == names[None, :]).astype(np.float64)
    np.fill_diagonal(states, 0)
    return _of_states(states, stakeholders)


def nearest_in_size(groups: Sequence[Hashable], weights: Floats, ids: Sequence[str], first: int) -> sparse.csr_array:
    """Ties within each group to the at most ten others whose rank in size is nearest, all alike.

    *groups*, *weights*, *ids*: one per stakeholder; those before *first* have no ties here. Equal sizes rank by id.
    """
    members: dict[Hashable, list[int]] = {}
    for i in sorted(range(first, len(groups)), key=lambda i: (-weights[i], ids[i])):
        members.setdefault(groups[i], []).append(i)
    rows: list[int] = []
    columns: list[int] = []
    for ranked in members.values():
        window = min(NEAREST + 1, len(ranked))
        for rank, i in enumerate(ranked):
            start = min(max(rank - NEAREST // 2, 0), len(ranked) - window)
            others = [j for j in ranked[start : start + window] if j != i]
            rows += [i] * len(others)
            columns += others
    shape = (len(groups), len(groups))
    return row_normalised(sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape))


def _of_states(ties: Floats, stakeholders: int) -> sparse.csr_array:
    padded = sparse.coo_array(ties)
    return row_normalised(sparse.csr_array((padded.data, padded.coords), shape=(stakeholders, stakeholders)))


if TYPE_CHECKING:
    from sim.population import Population

DECIMALS = 9


def combined(population: Population, parameters: Values) -> sparse.csr_array:
    """W, N x N: row i holds how much each neighbour's example counts for i. Rows sum to 1, or to 0 without ties."""
    layers = weighted_layers(population, parameters)
    ties = sparse.csr_array((layers["organisations"] + layers["region"]) + (layers["sector"] + layers["home"]))
    ties.data = np.round(ties.data, DECIMALS)
    ties.eliminate_zeros()
    ties.sort_indices()
    return ties


def weighted_layers(population: Population, parameters: Values) -> dict[str, sparse.csr_array]:
    """What each layer adds to W: N x N by the layer's name."""
    layers = population.layers
    return {
        **_mixed(layers, "organisations", "region", parameters.organisations_layer_share),
        **_mixed(layers, "sector", "home", parameters.sector_layer_share),
    }


def tie_table(population: Population, parameters: Values, named: frozenset[str]) -> pd.DataFrame:
    """The ties among the *named*, a row for each and layer: who, heeds (whose example counts for it), layer, and weight
    (what the tie adds to W through this layer; all ties of one, with the unnamed, sum to 1).
    """
    frames = []
    ids = np.array(population.ids, dtype=object)
    is_named = np.array([who in named for who in population.ids])
    for layer, ties in weighted_layers(population, parameters).items():
        rows, columns = ties.tocoo().coords
        kept = is_named[rows] & is_named[columns] & (ties.data > 0)
        frames.append(
            pd.DataFrame(
                {"who": ids[rows[kept]], "heeds": ids[columns[kept]], "layer": layer, "weight": ties.data[kept]}
            )
        )
    return pd.concat(frames, ignore_index=True)


def _mixed(
    layers: dict[str, sparse.csr_array], first: str, second: str, share_of_first: float
) -> dict[str, sparse.csr_array]:
    has_first, has_second = (np.diff(layers[name].indptr) > 0 for name in (first, second))
    weight_of_first = np.where(has_first & has_second, share_of_first, has_first.astype(np.float64))
    weight_of_second = np.where(has_first & has_second, 1 - share_of_first, has_second.astype(np.float64))
    return {
        first: _rows_times(layers[first], weight_of_first),
        second: _rows_times(layers[second], weight_of_second),
    }


def _rows_times(ties: sparse.csr_array, factors: np.ndarray) -> sparse.csr_array:
    per_tie = np.repeat(factors, np.diff(ties.indptr))
    return sparse.csr_array((ties.data * per_tie, ties.indices, ties.indptr), shape=ties.shape)
