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

from sim.errors import InputError, nearest
from sim.facts import Ties
from sim.parameters import Values

Floats = NDArray[np.float64]
Layers = Mapping[str, sparse.csr_array]  # "organisations", "region", "home", "sector": N x N, rows sum to 1 or 0

NEAREST = 10  # ties within a group
DECIMALS = 9  # of W
OWN = "own"  # the layer of ties that a user gives
ROUNDING = 1e-6  # weights of a source that sum to 1 as nearly as this are shares already


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
        if not members.any():  # in a world of one's own
            continue
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


def combined(
    layers: Layers, parameters: Values, ids: Sequence[str] = (), own: Ties | None = None
) -> sparse.csr_array:
    """W, N x N: row i holds the weight of each neighbour's example for i. Rows sum to 1, or to 0 without ties. The rows
    of all sources of *own* are those of their ties there (`with_own_ties`).
    """
    parts = weighted_layers(layers, parameters)
    ties = sparse.csr_array((parts["organisations"] + parts["region"]) + (parts["sector"] + parts["home"]))
    ties.data = np.round(ties.data, DECIMALS)
    ties.eliminate_zeros()
    ties.sort_indices()
    return ties if own is None else with_own_ties(ties, ids, own)


def weighted_layers(layers: Layers, parameters: Values) -> dict[str, sparse.csr_array]:
    """Layer -> its part of W, N x N."""
    return {
        **_mixture(layers, "organisations", "region", parameters.organisations_layer_share),
        **_mixture(layers, "sector", "home", parameters.sector_layer_share),
    }


def with_own_ties(network: sparse.csr_array, ids: Sequence[str], own: Ties) -> sparse.csr_array:
    """W, *network*, with the rows of all sources of *own* replaced by their weights there, as shares of their sum.

    InputError where one of them is a potential firm or NGO beyond the last of its home.
    """
    others = network.copy()
    rows = own_rows(ids, own)
    is_source = np.isin(np.arange(len(ids)), _places(ids, own.sources, f"{own.where}, column source"))
    others.data[np.repeat(is_source, np.diff(others.indptr))] = 0.0
    ties = sparse.csr_array(others + rows)
    ties.eliminate_zeros()
    ties.sort_indices()
    return ties


def own_rows(ids: Sequence[str], own: Ties) -> sparse.csr_array:
    """N x N: the ties of *own*, the weights of each source as shares of their sum."""
    sources, targets, weights = zip(*own.rows, strict=True)
    rows = _places(ids, sources, f"{own.where}, column source")
    columns = _places(ids, targets, f"{own.where}, column target")
    shape = (len(ids), len(ids))
    ties = sparse.csr_array((np.array(weights, np.float64), (rows, columns)), shape=shape)
    sums = np.asarray(ties.sum(axis=1)).ravel()
    as_shares = (sums == 0) | (np.abs(sums - 1.0) <= ROUNDING)
    ties.data = np.round(ties.data / np.repeat(np.where(as_shares, 1.0, sums), np.diff(ties.indptr)), DECIMALS)
    return ties


def _places(ids: Sequence[str], names: Sequence[str], where: str) -> NDArray[np.int64]:
    place = {who: number for number, who in enumerate(ids)}
    for who in names:
        if who not in place:
            expected = f"a firm or an NGO that its home country is large enough for{nearest(who, ids)}"
            raise InputError(f"{where}: there is no stakeholder {who!r}, expected {expected}")
    return np.array([place[who] for who in names], dtype=np.int64)


def network_table(network: sparse.csr_array, ids: Sequence[str], own: Ties | None) -> pd.DataFrame:
    """W, *network*, as columns source, target and weight, a row per tie, by source; and a row of weight 0 for each
    source of *own* that heeds nobody.
    """
    numbers, names = np.diff(network.indptr), np.array(ids, dtype=object)
    frame = pd.DataFrame(
        {"source": np.repeat(names, numbers), "target": names[network.indices], "weight": network.data}
    )
    if own is None:
        return frame
    alone = set(names[numbers == 0])
    nobody = {source: (source, target, weight) for source, target, weight in own.rows if source in alone}
    rows = pd.DataFrame(list(nobody.values()), columns=frame.columns)
    return pd.concat([frame, rows], ignore_index=True) if nobody else frame


def tie_table(
    layers: Layers, ids: Sequence[str], parameters: Values, stakeholders: frozenset[str], own: Ties | None = None
) -> pd.DataFrame:
    """The ties among *stakeholders*, some of the *ids*, a row per tie and layer: who, heeds (whose example counts for
    it), layer, and weight (its part of W through this layer; all ties of one stakeholder in W sum to 1). The ties of
    sources of *own* are one layer.
    """
    frames = []
    names = np.array(ids, dtype=object)
    is_listed = np.array([who in stakeholders for who in ids])
    by_layer = weighted_layers(layers, parameters)
    is_own = np.zeros(len(ids), dtype=bool)
    if own is not None:
        by_layer[OWN] = own_rows(ids, own)
        is_own[_places(ids, own.sources, own.where)] = True
    for layer, ties in by_layer.items():
        rows, columns = ties.tocoo().coords
        both = is_listed[rows] & is_listed[columns] & (ties.data > 0) & (is_own[rows] == (layer == OWN))
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
