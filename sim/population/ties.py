"""The layers of the influence network (docs/odd.md, section 5): who is tied to whom, before the layers are mixed.

Every layer is a sparse N x N array whose rows sum to 1, or to 0 for a stakeholder without ties in it; nobody is tied
to itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

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
