"""The influence network: layers of ties, and W, their mixture (docs/odd.md, section 5).

States heed those with which they share organisations and those of their region; firms and NGOs heed
those of their home country and those of their sector. A stakeholder with ties in one layer only
heeds that layer alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from sim.errors import InputError, nearest
from sim.facts import Ties
from sim.parameters import Values
from sim.population.names import Ids

Floats = NDArray[np.float64]
NEAREST = 10  # ties within a group
DECIMALS = 9  # of W
AT_ONCE = 50_000  # rows of W that are made together
OWN = "own"  # the layer of ties that a user gives
ROUNDING = 1e-6  # weights of a source that sum to 1 as nearly as this are shares already


def row_normalised(ties: sparse.sparray) -> sparse.csr_array:
    """*ties* with each row divided by its sum; rows without ties stay empty."""
    rows = sparse.csr_array(ties)
    sums = np.asarray(rows.sum(axis=1)).ravel()
    divisors = np.repeat(np.where(sums > 0, sums, 1), np.diff(rows.indptr))
    normalised = sparse.csr_array(
        (rows.data / divisors, rows.indices, rows.indptr), shape=rows.shape
    )
    normalised.eliminate_zeros()
    normalised.sort_indices()
    return normalised


def shared_organisations(memberships: Iterable[Floats], stakeholders: int) -> sparse.csr_array:
    """Ties among states: each shared organisation adds 1/size, so that a small club counts more
    than a large one.
    """
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


@dataclass(frozen=True, eq=False)
class NearestInSize:
    """Ties within groups to the NEAREST others by rank in size, all with the same weight. The
    matrix follows from the order of the members, and is made in parts: all of it would take 120
    bytes for each of a million stakeholders.
    """

    ranked: NDArray[np.uint32]  # [members] numbers of stakeholders, group by group, by rank in size
    group_start: NDArray[np.int64]  # [groups + 1] where each group begins in it
    place: NDArray[np.uint32]  # [N] of each stakeholder in it, for those from *first* on
    first: int  # stakeholders before it have no ties here

    @property
    def number(self) -> int:
        """How many ties there are."""
        size = np.diff(self.group_start)
        return int((size * (np.minimum(NEAREST + 1, size) - 1)).sum())

    def rows(self, begin: int, end: int) -> sparse.csr_array:
        """The rows *begin* to *end* - 1, which sum to 1 or 0."""
        who = np.arange(max(begin, self.first), end)
        place = self.place[who].astype(np.int64)
        group = np.searchsorted(self.group_start, place, side="right") - 1
        start = self.group_start[group]
        size = self.group_start[group + 1] - start
        window = np.minimum(NEAREST + 1, size)
        low = start + np.minimum(np.maximum(place - start - NEAREST // 2, 0), size - window)
        places = low[:, None] + np.arange(NEAREST + 1)
        is_tie = (np.arange(NEAREST + 1) < window[:, None]) & (places != place[:, None])
        others = np.where(
            is_tie, self.ranked[np.minimum(places, len(self.ranked) - 1)], len(self.place)
        )
        others.sort(axis=1)  # what is no tie comes last
        number = window - 1
        none_before = np.zeros(len(range(begin, end)) - len(who), np.int64)
        indptr = np.concatenate([[0], np.cumsum(np.concatenate([none_before, number]))])
        data = np.repeat(1.0 / np.maximum(number, 1), number)
        indices = others[np.arange(NEAREST + 1) < number[:, None]].astype(np.int32)
        return sparse.csr_array(
            (data, indices, indptr.astype(np.int32)), shape=(end - begin, len(self.place))
        )


def nearest_in_size(
    groups: NDArray[np.integer[Any]], weights: Floats, ids: Sequence[str], first: int
) -> NearestInSize:
    """Ties within each of *groups*.

    *groups*, *weights*, *ids*: one per stakeholder; those before *first* have no ties here. Equal
    sizes rank by id.
    """
    ranked = first + np.lexsort((-weights[first:], groups[first:]))
    group, weight = groups[ranked], weights[ranked]
    is_same = (group[1:] == group[:-1]) & (weight[1:] == weight[:-1])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_same, [False]]).astype(np.int8)))
    for begin, last in edges.reshape(-1, 2).tolist():
        ranked[begin : last + 1] = sorted(ranked[begin : last + 1].tolist(), key=ids.__getitem__)
    group_start = np.flatnonzero(np.diff(group.astype(np.int64), prepend=-1))
    place = np.zeros(len(groups), np.uint32)
    place[ranked] = np.arange(len(ranked), dtype=np.uint32)
    return NearestInSize(
        ranked.astype(np.uint32), np.append(group_start, len(ranked)), place, first
    )


class Layers(Mapping[str, sparse.csr_array]):
    """ "organisations", "region", "home" and "sector": N x N, rows sum to 1 or 0. Those of firms
     and NGOs are made when
    they are asked for.
    """

    def __init__(
        self,
        of_states: Mapping[str, sparse.csr_array],
        of_organisations: Mapping[str, NearestInSize],
        stakeholders: int,
    ) -> None:
        self.of_states, self.of_organisations, self.stakeholders = (
            of_states,
            of_organisations,
            stakeholders,
        )

    def rows(self, layer: str, begin: int, end: int) -> sparse.csr_array:
        """The rows *begin* to *end* - 1 of *layer*."""
        if layer in self.of_states:
            return self.of_states[layer][begin:end]
        return self.of_organisations[layer].rows(begin, end)

    @property
    def most_ties(self) -> int:
        """How many ties there are, those in two layers counted twice."""
        of_states = sum(layer.nnz for layer in self.of_states.values())
        return of_states + sum(layer.number for layer in self.of_organisations.values())

    def __getitem__(self, layer: str) -> sparse.csr_array:
        return self.rows(layer, 0, self.stakeholders)

    def __iter__(self) -> Iterator[str]:
        return iter((*self.of_states, *self.of_organisations))

    def __len__(self) -> int:
        return len(self.of_states) + len(self.of_organisations)


def _of_states(ties: Floats, stakeholders: int) -> sparse.csr_array:
    padded = sparse.coo_array(ties)
    return row_normalised(
        sparse.csr_array((padded.data, padded.coords), shape=(stakeholders, stakeholders))
    )


def combined(
    layers: Layers, parameters: Values, ids: Ids | None = None, own: Ties | None = None
) -> sparse.csr_array:
    """W, N x N: row i holds the weight of each neighbour's example for i. Rows sum to 1, or to 0
    without ties. The rows of all sources of *own* are those of their ties there (`with_own_ties`).
    """
    data, indices = np.empty(layers.most_ties), np.empty(layers.most_ties, np.int32)
    indptr = np.zeros(layers.stakeholders + 1, np.int32)
    for begin in range(0, layers.stakeholders, AT_ONCE):
        rows = _combined_rows(layers, parameters, begin, min(begin + AT_ONCE, layers.stakeholders))
        before = indptr[begin]
        data[before : before + rows.nnz], indices[before : before + rows.nnz] = (
            rows.data,
            rows.indices,
        )
        indptr[begin + 1 : begin + AT_ONCE + 1] = before + rows.indptr[1:]
    ties = sparse.csr_array(
        (data[: indptr[-1]], indices[: indptr[-1]], indptr), shape=(layers.stakeholders,) * 2
    )
    return ties if own is None or ids is None else with_own_ties(ties, ids, own)


def _combined_rows(layers: Layers, parameters: Values, begin: int, end: int) -> sparse.csr_array:
    parts = weighted_layers(layers, parameters, begin, end)
    ties = sparse.csr_array(
        (parts["organisations"] + parts["region"]) + (parts["sector"] + parts["home"])
    )
    ties.data = np.round(ties.data, DECIMALS)
    ties.eliminate_zeros()
    ties.sort_indices()
    return ties


def weighted_layers(
    layers: Layers, parameters: Values, begin: int = 0, end: int | None = None
) -> dict[str, sparse.csr_array]:
    """Layer -> its part of W, N x N; or the rows *begin* to *end* - 1 of it."""
    rows = {
        name: layers.rows(name, begin, layers.stakeholders if end is None else end)
        for name in layers
    }
    return {
        **_mixture(rows, "organisations", "region", parameters.organisations_layer_share),
        **_mixture(rows, "sector", "home", parameters.sector_layer_share),
    }


def with_own_ties(network: sparse.csr_array, ids: Ids, own: Ties) -> sparse.csr_array:
    """W, *network*, with the rows of all sources of *own* replaced by their weights there, as
    shares of their sum.

    InputError where one of them is a potential firm or NGO beyond the last of its home.
    """
    others = network.copy()
    rows = own_rows(ids, own)
    is_source = np.isin(
        np.arange(len(ids)), _places(ids, own.sources, f"{own.where}, column source")
    )
    others.data[np.repeat(is_source, np.diff(others.indptr))] = 0.0
    ties = sparse.csr_array(others + rows)
    ties.eliminate_zeros()
    ties.sort_indices()
    return ties


def own_rows(ids: Ids, own: Ties) -> sparse.csr_array:
    """N x N: the ties of *own*, the weights of each source as shares of their sum."""
    sources, targets, weights = zip(*own.rows, strict=True)
    rows = _places(ids, sources, f"{own.where}, column source")
    columns = _places(ids, targets, f"{own.where}, column target")
    shape = (len(ids), len(ids))
    ties = sparse.csr_array((np.array(weights, np.float64), (rows, columns)), shape=shape)
    sums = np.asarray(ties.sum(axis=1)).ravel()
    as_shares = (sums == 0) | (np.abs(sums - 1.0) <= ROUNDING)
    ties.data = np.round(
        ties.data / np.repeat(np.where(as_shares, 1.0, sums), np.diff(ties.indptr)), DECIMALS
    )
    return ties


def _places(ids: Ids, names: Sequence[str], where: str) -> NDArray[np.int64]:
    for who in dict.fromkeys(names):
        if who not in ids:
            expected = (
                "a firm or an NGO that its home country is large enough"
                f" for{nearest(who, ids.alike(who))}"
            )
            raise InputError(f"{where}: there is no stakeholder {who!r}, expected {expected}")
    place = {who: ids.index(who) for who in dict.fromkeys(names)}
    return np.array([place[who] for who in names], dtype=np.int64)


def network_table(network: sparse.csr_array, ids: Ids, own: Ties | None) -> pd.DataFrame:
    """W, *network*, as columns source, target and weight, a row per tie, by source; and a row of
    weight 0 for each source of *own* that heeds nobody.
    """
    numbers, names = np.diff(network.indptr), np.array(ids, dtype=object)
    frame = pd.DataFrame(
        {
            "source": np.repeat(names, numbers),
            "target": names[network.indices],
            "weight": network.data,
        }
    )
    if own is None:
        return frame
    alone = set(names[numbers == 0])
    nobody = {
        source: (source, target, weight) for source, target, weight in own.rows if source in alone
    }
    rows = pd.DataFrame(list(nobody.values()), columns=frame.columns)
    return pd.concat([frame, rows], ignore_index=True) if nobody else frame


def tie_table(
    layers: Layers,
    ids: Ids,
    parameters: Values,
    stakeholders: frozenset[str],
    own: Ties | None = None,
) -> pd.DataFrame:
    """The ties among *stakeholders*, some of the *ids*, a row per tie and layer: who, heeds (whose
    example counts for it), layer, and weight (its part of W through this layer; all ties of one
    stakeholder in W sum to 1). The ties of sources of *own* are one layer.
    """
    frames = []
    is_listed = np.zeros(len(ids), dtype=bool)
    is_listed[[ids.index(who) for who in stakeholders if who in ids]] = True
    by_layer = weighted_layers(layers, parameters)
    is_own = np.zeros(len(ids), dtype=bool)
    if own is not None:
        by_layer[OWN] = own_rows(ids, own)
        is_own[_places(ids, own.sources, own.where)] = True
    for layer, ties in by_layer.items():
        rows, columns = ties.tocoo().coords
        both = (
            is_listed[rows]
            & is_listed[columns]
            & (ties.data > 0)
            & (is_own[rows] == (layer == OWN))
        )
        frames.append(
            pd.DataFrame(
                {
                    "who": [ids[place] for place in rows[both].tolist()],
                    "heeds": [ids[place] for place in columns[both].tolist()],
                    "layer": layer,
                    "weight": ties.data[both],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _mixture(
    layers: Mapping[str, sparse.csr_array], first: str, second: str, share_of_first: float
) -> dict[str, sparse.csr_array]:
    """Two layers with their weights in W: *share_of_first* and the rest, or 1 where one has ties in
    one only.
    """
    has_first, has_second = (np.diff(layers[name].indptr) > 0 for name in (first, second))
    weight_of_first = np.where(has_first & has_second, share_of_first, has_first.astype(np.float64))
    weight_of_second = np.where(
        has_first & has_second, 1 - share_of_first, has_second.astype(np.float64)
    )
    return {
        first: _rows_times(layers[first], weight_of_first),
        second: _rows_times(layers[second], weight_of_second),
    }


def _rows_times(ties: sparse.csr_array, factors: np.ndarray) -> sparse.csr_array:
    per_tie = np.repeat(factors, np.diff(ties.indptr))
    return sparse.csr_array((ties.data * per_tie, ties.indices, ties.indptr), shape=ties.shape)
