"""The influence network: the population's layers of ties, mixed (docs/odd.md, section 5).

States listen to those they share organisations with and to their region, firms and NGOs to those of their home country
and of their sector. Whoever has ties in one layer only listens to that layer alone.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from sim.parameters import Values
from sim.population import Population

DECIMALS = 9


def combined(population: Population, parameters: Values) -> sparse.csr_array:
    """W, N x N: row i holds how much each neighbour's example counts for i. Rows sum to 1, or to 0 without ties."""
    layers = population.layers
    ties = _mixed(layers["organisations"], layers["region"], parameters.organisations_layer_share) + _mixed(
        layers["sector"], layers["home"], parameters.sector_layer_share
    )
    ties = sparse.csr_array(ties)
    ties.data = np.round(ties.data, DECIMALS)
    ties.eliminate_zeros()
    ties.sort_indices()
    return ties


def _mixed(first: sparse.csr_array, second: sparse.csr_array, share_of_first: float) -> sparse.csr_array:
    has_first, has_second = np.diff(first.indptr) > 0, np.diff(second.indptr) > 0
    weight_of_first = np.where(has_first & has_second, share_of_first, has_first.astype(np.float64))
    weight_of_second = np.where(has_first & has_second, 1 - share_of_first, has_second.astype(np.float64))
    return sparse.csr_array(_rows_times(first, weight_of_first) + _rows_times(second, weight_of_second))


def _rows_times(ties: sparse.csr_array, factors: np.ndarray) -> sparse.csr_array:
    per_tie = np.repeat(factors, np.diff(ties.indptr))
    return sparse.csr_array((ties.data * per_tie, ties.indices, ties.indptr), shape=ties.shape)
