"""The influence network: the population's layers of ties, mixed (docs/odd.md, section 5).

States listen to those they share organisations with and to their region, firms and NGOs to those of their home country
and of their sector. Whoever has ties in one layer only listens to that layer alone.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from sim.parameters import Values
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
