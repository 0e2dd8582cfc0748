"""The population: stakeholders, the facts that their traits depend on, and the network of ties."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from sim import facts, population
from sim.parameters import DIALS, Values
from sim.population import FIRM, NGO, STATE, TRAITS, Population, network

PARAMETERS = Values(
    DIALS,
    {
        name: sum(dial.between) / 2 if dial.default is None else dial.default
        for name, dial in DIALS.items()
    },
)


@pytest.fixture(scope="module")
def world() -> Population:
    return population.build(PARAMETERS)


@pytest.fixture
def population_with(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Population]]:
    """Builds the population with other tables of facts; its cache is cleared afterwards."""

    def build(**tables: pd.DataFrame) -> Population:
        population._build.cache_clear()
        for name, table in tables.items():
            owner = facts.Facts if hasattr(facts.Facts, name) else facts
            monkeypatch.setattr(owner, name, lambda *_, table=table: table)
        return population.build(PARAMETERS)

    yield build
    population._build.cache_clear()


def changes(before: Population, after: Population) -> set[str]:
    """What differs between two populations among the states."""
    changes = {
        name
        for name in TRAITS
        if not np.array_equal(before.trait(name)[:193], after.trait(name)[:193])
    }
    if not np.array_equal(before.record[:193], after.record[:193]):
        changes.add("record")
    if not np.array_equal(before.un_votes, after.un_votes):
        changes.add("un_votes")
    return changes


def test_there_are_193_states_and_about_1300_firms_and_700_ngos(world: Population) -> None:
    assert (world.kind == STATE).sum() == 193
    assert (world.kind == FIRM).sum() == pytest.approx(1300, rel=0.05)
    assert (world.kind == NGO).sum() == pytest.approx(700, rel=0.05)


def test_states_come_first_by_code_and_then_firms_and_then_ngos(world: Population) -> None:
    assert list(world.kind) == sorted(world.kind)
    assert list(world.ids[:193]) == sorted(world.ids[:193])
    assert list(world.home[:193]) == list(range(193))


def test_every_trait_lies_between_0_and_1_in_six_decimals(world: Population) -> None:
    assert world.traits.min() >= 0
    assert world.traits.max() <= 1
    assert np.array_equal(world.traits, np.round(world.traits, 6))
    assert np.array_equal(world.record, np.round(world.record, 6))


def test_ids_are_unique(world: Population) -> None:
    assert len(set(world.ids)) == len(world.ids) == len(world.kind)


@pytest.mark.parametrize("name", ["Microsoft", "Apple", "Amazon", "Twitter"])
def test_those_that_matter_are_there_under_their_names(world: Population, name: str) -> None:
    assert world.kind[world.ids.index(name)] == FIRM


def test_potential_organisations_do_not_change_when_signatures_are_permuted(world, population_with):
    rng = np.random.default_rng(1)
    states, organisations = facts.register_states().copy(), facts.register_organisations().copy()
    states["iso3"] = rng.permutation(facts.states().index)[: len(states)]
    organisations["organisations"] = rng.permutation(organisations["organisations"])
    other = population_with(register_states=states, register_organisations=organisations)
    assert other.ids == world.ids
    assert np.array_equal(other.traits, world.traits)


@pytest.mark.long
def test_one_more_named_firm_moves_no_other_stakeholder(world, population_with):
    table = facts.organisations()
    newcomer = (
        table[table["kind"] == "firm"].iloc[[0]].assign(name="Newcomer", iso3="FJI", size_rank=1)
    )
    more = population_with(organisations=pd.concat([table, newcomer], ignore_index=True))
    others = [i for i, name in enumerate(more.ids) if name in set(world.ids)]
    as_before = [world.ids.index(more.ids[i]) for i in others]
    assert len(others) in (len(world.ids), len(world.ids) - 1)
    assert np.array_equal(more.traits[:, others], world.traits[:, as_before])


@pytest.mark.parametrize(
    ("column", "traits"),
    [
        ("freedom_2017", {"openness", "public_rule", "audience"}),
        ("council_of_europe", {"public_rule"}),
        ("internet_users_pct_2017", {"exposure", "audience"}),
        ("sponsored_operations_to_2018", {"offence"}),
        ("budapest_party", {"record"}),
        ("freedom_online_coalition", {"record"}),
        ("idealpoint_2017", {"un_votes"}),
        ("gdp_usd_bn_2017", {"offence", "capacity", "weight"}),
        ("gci_2017", set()),
        ("francophonie", set()),
    ],
)
def test_a_covariate_moves_only_the_traits_that_its_formula_names(
    world, population_with, column, traits
):
    states = facts.states().copy()
    states[column] = states[column].to_numpy()[::-1]
    assert changes(world, population_with(states=states)) == traits


def test_homes_without_a_seat_have_firms_but_no_state(world: Population) -> None:
    taiwan = [i for i, home in enumerate(world.home_iso3) if home == "TWN"]
    assert {world.kind[i] for i in taiwan} >= {FIRM}
    assert {world.home[i] for i in taiwan} == {-1}
    assert "TWN" not in world.ids


def test_great_powers_have_no_patron_and_their_allies_have(world: Population) -> None:
    patron = {world.ids[i]: world.ids[j] for i, j in enumerate(world.patron) if j >= 0}
    assert {patron["FRA"], patron["AUS"], patron["KAZ"], patron["PAK"]} == {"USA", "RUS", "CHN"}
    assert not {"USA", "RUS", "CHN", "BRA"} & set(patron)


def test_only_members_of_the_european_union_deliberate_as_a_bloc(world: Population) -> None:
    assert (world.bloc == 0).sum() == 28
    assert world.bloc[world.ids.index("GBR")] == 0
    assert set(world.bloc[193:]) == {-1}


def test_friends_hold_a_share_of_the_worlds_power(world: Population) -> None:
    assert world.friends.min() == 0
    assert world.friends[world.ids.index("CAN")] > world.friends[world.ids.index("CHE")]
    assert world.friends.max() < 1


def test_the_population_does_not_depend_on_the_global_random_state(world, population_with):
    np.random.seed(7)
    again = population_with()
    assert again.ids == world.ids
    assert np.array_equal(again.traits, world.traits)
    assert population_with() is not again


def test_building_twice_gives_the_same_object(world: Population) -> None:
    assert population.build(PARAMETERS) is population.build(PARAMETERS)


def test_wealth_share_1_makes_the_richest_per_head_the_most_capable() -> None:
    rich = population.build(PARAMETERS.with_values({"capacity_wealth_share": 1}))
    states = facts.states()
    richest = (states["gdp_usd_bn_2017"] / states["population_m_2017"]).argmax()
    assert rich.trait("capacity")[richest] == 1


@pytest.fixture(scope="module")
def ties(world: Population) -> sparse.csr_array:
    return network.combined(world.layers, PARAMETERS)


def with_shares(organisations: float, sector: float) -> Values:
    return PARAMETERS.with_values(
        {"organisations_layer_share": organisations, "sector_layer_share": sector}
    )


@pytest.mark.parametrize("share", [0, 0.3, 1])
def test_rows_sum_to_1_or_0(world: Population, share: float) -> None:
    sums = network.combined(world.layers, with_shares(share, share)).sum(axis=1)
    assert np.all(np.isclose(sums, 1, atol=1e-6) | (sums == 0))


def test_ties_are_sparse_positive_and_never_to_oneself(ties: sparse.csr_array) -> None:
    assert ties.nnz < 0.02 * ties.shape[0] ** 2
    assert ties.data.min() > 0
    assert not ties.diagonal().any()


def test_states_listen_to_states_and_organisations_to_their_own_kind(
    world: Population, ties: sparse.csr_array
) -> None:
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
