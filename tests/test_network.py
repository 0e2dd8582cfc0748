"""Whose example counts for whom."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from sim import population
from sim.parameters import Values
from sim.population import STATE, Population, network
from tests.test_population import PARAMETERS


@pytest.fixture(scope="module")
def world() -> Population:
    return population.build(PARAMETERS)


@pytest.fixture(scope="module")
def ties(world: Population) -> sparse.csr_array:
    return network.combined(world.layers, PARAMETERS)


def with_shares(organisations: float, sector: float) -> Values:
    return PARAMETERS.with_values({"organisations_layer_share": organisations, "sector_layer_share": sector})


@pytest.mark.parametrize("share", [0, 0.3, 1])
def test_rows_sum_to_1_or_0(world: Population, share: float) -> None:
    sums = network.combined(world.layers, with_shares(share, share)).sum(axis=1)
    assert np.all(np.isclose(sums, 1, atol=1e-6) | (sums == 0))


def test_ties_are_sparse_positive_and_never_to_oneself(ties: sparse.csr_array) -> None:
    assert ties.nnz < 0.02 * ties.shape[0] ** 2
    assert ties.data.min() > 0
    assert not ties.diagonal().any()


def test_states_listen_to_states_and_organisations_to_their_own_kind(world: Population, ties: sparse.csr_array) -> None:
    rows, columns = ties.nonzero()
    assert np.array_equal(world.kind[rows], world.kind[columns])


def test_organisations_have_at_most_ten_ties_in_a_layer(world: Population) -> None:
    for layer in ("home", "sector"):
        assert np.diff(world.layers[layer].indptr).max() == 10
        assert not world.layers[layer][:193].nnz


def test_a_state_without_organisations_listens_to_its_region(world: Population) -> None:
    nepal = world.ids.index("NPL")
    neighbours = network.combined(world.layers, with_shares(1, 1))[[nepal]].nonzero()[1]
    assert {world.region[j] for j in neighbours} == {"Southern Asia"}


def test_a_small_club_binds_more_than_a_large_one(world: Population) -> None:
    australia, canada, cyprus = (world.ids.index(iso3) for iso3 in ("AUS", "CAN", "CYP"))
    organisations = world.layers["organisations"]
    assert organisations[australia, canada] > organisations[australia, cyprus] > 0


def test_layer_shares_0_and_1_give_the_pure_layers(world: Population) -> None:
    only_region = network.combined(world.layers, with_shares(0, 0))
    assert abs(only_region - world.layers["region"] - world.layers["home"])[:193].max() < 1e-8
    france = world.ids.index("FRA")
    only_organisations = network.combined(world.layers, with_shares(1, 1))[[france]]
    assert abs(only_organisations - world.layers["organisations"][[france]]).max() < 1e-8


def test_weights_are_rounded_to_nine_decimals(ties: sparse.csr_array) -> None:
    assert np.array_equal(ties.data, np.round(ties.data, 9))


def test_neighbours_in_size_are_of_the_same_sector_and_near_in_weight(world: Population) -> None:
    sector = world.layers["sector"]
    for i in (193, 800, 1900):
        neighbours = sector[[i]].nonzero()[1]
        assert {world.sector[j] for j in neighbours} == {world.sector[i]}
    assert (world.kind[sector.nonzero()[0]] != STATE).all()
