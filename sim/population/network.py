"""The influence network: layers of ties, and W, their mixture (docs/odd.md, section 5).

States heed those with which they share organisations and those of their region; firms and NGOs heed those of their home
country and those of their sector. A stakeholder with ties in one layer only heeds that layer alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from sim.parameters import Values

Floats = NDArray[np.float64]
Layers = Mapping[str, sparse.csr_array]  # "organisations", "region", "home", "sector": N x N, rows sum to 1 or 0

NEAREST = 10  # ties within a group
DECIMALS = 9  # of W


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
    """Ties among states: each shared organisation adds 1/size, so that a small club counts more than a large one."""
    states = None
    for members in memberships:
        shared = np.outer(members, members) / members.sum()
        states = shared if states is None else states + shared
    if states is None:
        return sparse.csr_array((stakeholders, stakeholders), dtype=np.float64)
    np.fill_diagonal(states, 0)
    return _of_states(states, stakeholders)


def same_region(regions: Sequence[str], stakeholders: int) -> sparse.csr_array:
    """Ties among states: the other states of the UN sub-region, all with the same weight."""
    names = np.array(regions)
    states = (names[:, None] == names[None, :]).astype(np.float64)
    np.fill_diagonal(states, 0)
    return _of_states(states, stakeholders)


def nearest_in_size(groups: Sequence[Hashable], weights: Floats, ids: Sequence[str], first: int) -> sparse.csr_array:
    """Ties within each group to the NEAREST others by rank in size, all with the same weight.

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


def combined(layers: Layers, parameters: Values) -> sparse.csr_array:
    """W, N x N: row i holds the weight of each neighbour's example for i. Rows sum to 1, or to 0 without ties."""
    parts = weighted_layers(layers, parameters)
    ties = sparse.csr_array((parts["organisations"] + parts["region"]) + (parts["sector"] + parts["home"]))
    ties.data = np.round(ties.data, DECIMALS)
    ties.eliminate_zeros()
    ties.sort_indices()
    return ties


def weighted_layers(layers: Layers, parameters: Values) -> dict[str, sparse.csr_array]:
    """Layer -> its part of W, N x N."""
    return {
        **_mixture(layers, "organisations", "region", parameters.organisations_layer_share),
        **_mixture(layers, "sector", "home", parameters.sector_layer_share),
    }


def tie_table(layers: Layers, ids: Sequence[str], parameters: Values, stakeholders: frozenset[str]) -> pd.DataFrame:
    """The ties among *stakeholders*, some of the *ids*, a row per tie and layer: who, heeds (whose example counts for
    it), layer, and weight (its part of W through this layer; all ties of one stakeholder in W sum to 1).
    """
    frames = []
    names = np.array(ids, dtype=object)
    is_listed = np.array([who in stakeholders for who in ids])
    for layer, ties in weighted_layers(layers, parameters).items():
        rows, columns = ties.tocoo().coords
        both = is_listed[rows] & is_listed[columns] & (ties.data > 0)
        frames.append(
            pd.DataFrame(
                {
                    "who": names[rows[both]],
                    "heeds": names[columns[both]],
                    "layer": layer,
                    "weight": ties.data[both],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _mixture(layers: Layers, first: str, second: str, share_of_first: float) -> dict[str, sparse.csr_array]:
    """Two layers with their weights in W: *share_of_first* and the rest, or 1 where one has ties in one only."""
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
