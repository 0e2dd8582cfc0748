"""Home countries: the 193 states, and the few homes of firms and NGOs that have no seat in the United Nations."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.facts import MEMBERSHIPS
from sim.population import traits
from sim.population.measures import Measures

COMMITMENTS = ("budapest_party",)
ORGANISATIONS = tuple(name for name in MEMBERSHIPS if name not in COMMITMENTS)
ALLIANCES = ("nato", "five_eyes", "csto", "sco", "eu")
GREAT_POWERS = ("USA", "RUS", "CHN")
PATRONS = (("nato", "USA"), ("five_eyes", "USA"), ("csto", "RUS"), ("sco", "CHN"))


def with_traits(
    homes: pd.DataFrame, states: pd.DataFrame, capacity_wealth_share: float, measures: Measures
) -> pd.DataFrame:
    """The traits and the record of *homes*, one row each in their order, relative to all *states*; both as *measures*
    read them.
    """

    def of(column: str, table: pd.DataFrame = homes) -> NDArray[np.float64]:
        return table[column].to_numpy(np.float64)

    gdp, population = of("gdp_usd_bn"), of("population_m")
    gdp_of_states, population_of_states = of("gdp_usd_bn", states), of("population_m", states)
    wealth = traits.between_least_and_most(gdp / population, among=gdp_of_states / population_of_states)
    size = traits.between_least_and_most(population, among=population_of_states)
    power = traits.material_power(gdp, population, among_gdp=gdp_of_states, among_population=population_of_states)
    if measures.power == "cinc":
        capability = traits.composite_power(of("power_cinc_2018"), among=of("power_cinc_2018", states))
        power = np.where(np.isnan(capability), power, capability)  # the index knows states alone
    disclosed = traits.disclosed_operations(
        of("sponsored_operations_to_2018"), among=of("sponsored_operations_to_2018", states)
    )
    openness = traits.openness(of("freedom"))
    exposure = traits.exposure(of("internet_users_pct"))
    return pd.DataFrame(
        {
            "openness": openness,
            "public_rule": traits.public_rule(of("council_of_europe"), openness),
            "offence": {"both": traits.offence(disclosed, power), "operations": disclosed, "power": power}[
                measures.offence
            ],
            "exposure": exposure,
            "capacity": traits.capacity(wealth, size, capacity_wealth_share),
            "audience": traits.audience(exposure, openness),
            "weight": power,
            "record": traits.prior_commitments(of("budapest_party"), of("freedom_online_coalition")),
        },
        index=homes.index,
    )


def patrons(states: pd.DataFrame) -> NDArray[np.int32]:
    """Row of each state's allied great power, by the first alliance listed; -1 for none and for the great powers."""
    row = {iso3: i for i, iso3 in enumerate(states.index)}
    patron = np.full(len(states), -1, dtype=np.int32)
    for organisation, great_power in reversed(PATRONS):
        patron[states[organisation].to_numpy() == 1] = row[great_power]
    for great_power in GREAT_POWERS:
        patron[row[great_power]] = -1
    return patron


def friends(memberships: Mapping[str, NDArray[np.uint8]], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the world's material power held by the states that share an alliance with each; 0 to 1."""
    allied = np.zeros((len(weight), len(weight)), dtype=bool)
    for alliance in ALLIANCES:
        members = memberships[alliance] == 1
        allied |= np.outer(members, members)
    np.fill_diagonal(allied, False)
    return np.array([weight[row].sum() for row in allied]) / weight.sum()
