"""Home countries, which are the 193 states and the few homes without a seat in the United Nations,
and their traits, each from public facts by one formula (docs/odd.md, section 5).

First the facts that are read, then a function for each trait, then the traits of all homes, then
alliances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError, nearest
from sim.facts import MEMBERSHIPS

Floats = NDArray[np.float64]

FIGURES = ("freedom", "internet_users_pct", "gdp_usd_bn", "population_m")
PRIOR_COMMITMENTS = (
    "budapest_party",
    "freedom_online_coalition",
)  # all that makes a state's record
COMMITMENTS = ("budapest_party",)
ORGANISATIONS = tuple(name for name in MEMBERSHIPS if name not in COMMITMENTS)
ALLIANCES = ("nato", "five_eyes", "csto", "sco", "eu")
GREAT_POWERS = ("USA", "RUS", "CHN")
PATRONS = (("nato", "USA"), ("five_eyes", "USA"), ("csto", "RUS"), ("sco", "CHN"))


@dataclass(frozen=True)
class Measures:
    """Which facts the traits are computed from.

    year      of the figures on freedom, users, GDP and population
    power     material power, from "size" (shares of GDP and population) or "cinc" (Correlates of
              War)
    offence   offensive means, from "both" (disclosed operations and power), "operations" or "power"
              alone
    left_out  memberships that count for no state, neither as a commitment nor as a tie
    """

    year: Literal[2017, 2018] = 2017
    power: Literal["size", "cinc"] = "size"
    offence: Literal["both", "operations", "power"] = "both"
    left_out: frozenset[str] = frozenset()

    def read(self, homes: pd.DataFrame) -> pd.DataFrame:
        """*homes*, as facts.states or facts.other_homes has them, with the figures of the year
        under their plain names (of 2017 where a figure has no other year), and with 0 in the
        memberships left out.
        """
        table = homes.copy()
        for figure in FIGURES:
            column = f"{figure}_{self.year}"
            table[figure] = table[column if column in table else f"{figure}_2017"]
        for membership in self.left_out & set(table):
            table[membership] = 0
        return table


STRICT = Measures()  # nothing published after 12 November 2018
STRUCTURAL = Measures(
    year=2018, power="cinc"
)  # slow facts that describe 2018, whenever they were published


def leaving_out(columns: Iterable[str], where: str) -> Measures:
    """STRICT without the memberships *columns*; InputError that begins with *where* for a column
    that is no membership or comes twice.
    """
    names = tuple(columns)
    for name in names:
        if name not in MEMBERSHIPS:
            expected = f"one of {', '.join(MEMBERSHIPS)}{nearest(name, MEMBERSHIPS)}"
            raise InputError(
                f"{where}: there is no column {name!r} that can be left out, expected {expected}"
            )
        if names.count(name) > 1:
            raise InputError(f"{where}: found {name} twice, expected it once")
    return Measures(left_out=frozenset(names))


def openness(freedom_score: Floats) -> Floats:
    """0 state control, 1 open and rights-based: Freedom House's total score, 0 to 100 (a few scores
    are below 0).
    """
    return np.clip(freedom_score / 100, 0, 1)


def public_rule(council_of_europe: Floats, openness: Floats) -> Floats:
    """0 private self-rule, 1 public authority rules: members of the Council of Europe are bound by
    its data-protection convention; elsewhere a state that controls also rules.
    """
    return np.where(council_of_europe > 0, 1.0, 1 - openness)


def material_power(
    gdp: Floats, population: Floats, among_gdp: Floats, among_population: Floats
) -> Floats:
    """The square root of the mean share of the world's GDP and population, as a multiple of the
    largest.
    """

    def mean_share(gdp: Floats, population: Floats) -> Floats:
        return (gdp / among_gdp.sum() + population / among_population.sum()) / 2

    return np.sqrt(mean_share(gdp, population) / mean_share(among_gdp, among_population).max())


def composite_power(cinc: Floats, among: Floats) -> Floats:
    """The square root of the Composite Index of National Capability (Singer 1987), as a multiple of
    the largest.
    """
    return np.sqrt(cinc / among.max())


def disclosed_operations(operations: Floats, among: Floats) -> Floats:
    """Operations disclosed before the launch, in logs, as a multiple of the most; 0 where there are
    none.
    """
    if among.max() == 0:
        return np.zeros(np.shape(operations))
    return np.log1p(operations) / np.log1p(among.max())


def offence(disclosed_operations: Floats, material_power: Floats) -> Floats:
    """Offensive means that restraint would give up: the mean of disclosed operations and of
    material power.
    """
    return (disclosed_operations + material_power) / 2


def exposure(internet_users_pct: Floats) -> Floats:
    """Exposure to attacks: the share of the population that is online."""
    return internet_users_pct / 100


def between_least_and_most(values: Floats, among: Floats) -> Floats:
    """Where the logarithm of *values* lies between that of the least (0) and of the most (1)
    *among* all states; in the middle where all states are alike.
    """
    low, high = np.log(among.min()), np.log(among.max())
    if low == high:
        return np.full(np.shape(values), 0.5)
    return np.clip((np.log(values) - low) / (high - low), 0, 1)


def capacity(wealth: Floats, size: Floats, capacity_wealth_share: float) -> Floats:
    """Diplomatic and administrative means: GDP per head (*wealth*) and population (*size*), each
    from least to most.
    """
    return capacity_wealth_share * wealth + (1 - capacity_wealth_share) * size


def audience(exposure: Floats, openness: Floats) -> Floats:
    """How much the public can punish hypocrisy: it has to be online and free to speak."""
    return exposure * openness


def prior_commitments(budapest_party: Floats, freedom_online_coalition: Floats) -> Floats:
    """The record: the Budapest Convention and the Freedom Online Coalition, half each."""
    return (budapest_party + freedom_online_coalition) / 2


def about_the_median(ideal_point: Floats) -> Floats:
    """Ideal points about the median state's, as shares of the farthest one's distance; in [-1, 1],
    and 0 where all states vote alike.
    """
    off = ideal_point - np.median(ideal_point)
    farthest = np.abs(off).max()
    return off / farthest if farthest > 0 else off


def with_traits(
    homes: pd.DataFrame, states: pd.DataFrame, capacity_wealth_share: float, measures: Measures
) -> pd.DataFrame:
    """The traits and the record of *homes*, a row each in their order, relative to all *states*.
    Both tables are as `Measures.read` returns them.
    """

    def of(column: str, table: pd.DataFrame = homes) -> Floats:
        return table[column].to_numpy(np.float64)

    gdp, population = of("gdp_usd_bn"), of("population_m")
    gdp_of_states, population_of_states = of("gdp_usd_bn", states), of("population_m", states)
    wealth = between_least_and_most(gdp / population, among=gdp_of_states / population_of_states)
    size = between_least_and_most(population, among=population_of_states)
    power = material_power(
        gdp, population, among_gdp=gdp_of_states, among_population=population_of_states
    )
    if measures.power == "cinc":
        capability = composite_power(of("power_cinc_2018"), among=of("power_cinc_2018", states))
        power = np.where(np.isnan(capability), power, capability)  # the index covers states alone
    operations = disclosed_operations(
        of("sponsored_operations_to_2018"), among=of("sponsored_operations_to_2018", states)
    )
    offensive_means = {"both": offence(operations, power), "operations": operations, "power": power}
    home_openness, home_exposure = openness(of("freedom")), exposure(of("internet_users_pct"))
    return pd.DataFrame(
        {
            "openness": home_openness,
            "public_rule": public_rule(of("council_of_europe"), home_openness),
            "offence": offensive_means[measures.offence],
            "exposure": home_exposure,
            "capacity": capacity(wealth, size, capacity_wealth_share),
            "audience": audience(home_exposure, home_openness),
            "weight": power,
            "record": prior_commitments(of("budapest_party"), of("freedom_online_coalition")),
        },
        index=homes.index,
    )


def patrons(states: pd.DataFrame) -> NDArray[np.int32]:
    """[states] row of the allied great power, by the first alliance of PATRONS; -1 for none and for
    great powers. A world of one's own may be without some of them.
    """
    row = {iso3: i for i, iso3 in enumerate(states.index)}
    patron = np.full(len(states), -1, dtype=np.int32)
    for organisation, great_power in reversed(PATRONS):
        if great_power in row:
            patron[states[organisation].to_numpy() == 1] = row[great_power]
    for great_power in row.keys() & GREAT_POWERS:
        patron[row[great_power]] = -1
    return patron


def friends(memberships: Mapping[str, NDArray[np.uint8]], weight: Floats) -> Floats:
    """[states] share, 0 to 1, of the world's material power that a state's allies hold; allies
    share an alliance.
    """
    allied = np.zeros((len(weight), len(weight)), dtype=bool)
    for alliance in ALLIANCES:
        members = memberships[alliance] == 1
        allied |= np.outer(members, members)
    np.fill_diagonal(allied, False)
    return np.array([weight[row].sum() for row in allied]) / weight.sum()
