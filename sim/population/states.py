"""Home countries: the 193 states and the few homes without a seat in the United Nations; their traits, each from public
facts by one formula (docs/odd.md, section 5).
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

FIGURES = ("freedom", "internet_users_pct", "gdp_usd_bn", "population_m")


@dataclass(frozen=True)
class Measures:
    """year      of the figures on freedom, users, GDP and population
    power     material power, from "size" (shares of GDP and population) or "cinc" (Correlates of War)
    offence   offensive means, from "both" (disclosed operations and power), "operations" or "power" alone
    left_out  memberships that are taken as nobody's: neither a commitment nor a tie
    """

    year: Literal[2017, 2018] = 2017
    power: Literal["size", "cinc"] = "size"
    offence: Literal["both", "operations", "power"] = "both"
    left_out: frozenset[str] = frozenset()

    def read(self, homes: pd.DataFrame) -> pd.DataFrame:
        """*homes*, as facts.states or facts.other_homes has them, with the figures of the year under their plain names
        (of 2017 where there are no others), and without the memberships left out.
        """
        table = homes.copy()
        for figure in FIGURES:
            column = f"{figure}_{self.year}"
            table[figure] = table[column if column in table else f"{figure}_2017"]
        for membership in self.left_out & set(table):
            table[membership] = 0
        return table


def leaving_out(columns: Iterable[str], where: str) -> Measures:
    """What was published before the launch, less the memberships *columns*; InputError beginning with *where* for a
    column that is none, or comes twice.
    """
    found = tuple(columns)
    for column in found:
        if column not in MEMBERSHIPS:
            expected = f"one of {', '.join(MEMBERSHIPS)}{nearest(column, MEMBERSHIPS)}"
            raise InputError(f"{where}: there is no column {column!r} that can be left out, expected {expected}")
        if found.count(column) > 1:
            raise InputError(f"{where}: found {column} twice, expected it once")
    return Measures(left_out=frozenset(found))


STRICT = Measures()  # nothing published after 12 November 2018
STRUCTURAL = Measures(year=2018, power="cinc")  # slow facts that describe 2018, whenever they were published


Floats = NDArray[np.float64]


def openness(freedom_score: Floats) -> Floats:
    """0 state control, 1 open and rights-based: Freedom House's total score, 0 to 100 (a few scores are below 0)."""
    return np.clip(freedom_score / 100, 0, 1)


def public_rule(council_of_europe: Floats, openness: Floats) -> Floats:
    """0 private self-rule, 1 public authority rules: members of the Council of Europe are bound by its data-protection
    convention; elsewhere a state that controls also rules."""
    return np.where(council_of_europe > 0, 1.0, 1 - openness)


def material_power(gdp: Floats, population: Floats, among_gdp: Floats, among_population: Floats) -> Floats:
    """The square root of the mean share of the world's GDP and population, as a multiple of the largest."""

    def mean_share(gdp: Floats, population: Floats) -> Floats:
        return (gdp / among_gdp.sum() + population / among_population.sum()) / 2

    return np.sqrt(mean_share(gdp, population) / mean_share(among_gdp, among_population).max())


def composite_power(cinc: Floats, among: Floats) -> Floats:
    """The square root of the Composite Index of National Capability (Singer 1987), as a multiple of the largest."""
    return np.sqrt(cinc / among.max())


def disclosed_operations(operations: Floats, among: Floats) -> Floats:
    """Operations disclosed before the launch, in logs, as a multiple of the most."""
    return np.log1p(operations) / np.log1p(among.max())


def offence(disclosed_operations: Floats, material_power: Floats) -> Floats:
    """Offensive means that restraint would give up: the mean of what was disclosed and of what size allows."""
    return (disclosed_operations + material_power) / 2


def exposure(internet_users_pct: Floats) -> Floats:
    """What there is to lose to attacks: the share of the population online."""
    return internet_users_pct / 100


def between_least_and_most(values: Floats, among: Floats) -> Floats:
    """Where the logarithm of *values* lies between that of the least (0) and of the most (1) *among* all states."""
    low, high = np.log(among.min()), np.log(among.max())
    return np.clip((np.log(values) - low) / (high - low), 0, 1)


def capacity(wealth: Floats, size: Floats, capacity_wealth_share: float) -> Floats:
    """Diplomatic and administrative means: GDP per head (*wealth*) and population (*size*), each from least to most."""
    return capacity_wealth_share * wealth + (1 - capacity_wealth_share) * size


def audience(exposure: Floats, openness: Floats) -> Floats:
    """How far a public that is online, and free to say so, punishes hypocrisy."""
    return exposure * openness


def prior_commitments(budapest_party: Floats, freedom_online_coalition: Floats) -> Floats:
    """The record: the Budapest Convention and the Freedom Online Coalition, half each."""
    return (budapest_party + freedom_online_coalition) / 2


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
    wealth = between_least_and_most(gdp / population, among=gdp_of_states / population_of_states)
    size = between_least_and_most(population, among=population_of_states)
    power = material_power(gdp, population, among_gdp=gdp_of_states, among_population=population_of_states)
    if measures.power == "cinc":
        capability = composite_power(of("power_cinc_2018"), among=of("power_cinc_2018", states))
        power = np.where(np.isnan(capability), power, capability)  # the index knows states alone
    disclosed = disclosed_operations(
        of("sponsored_operations_to_2018"), among=of("sponsored_operations_to_2018", states)
    )
    open_ = openness(of("freedom"))
    exposed = exposure(of("internet_users_pct"))
    return pd.DataFrame(
        {
            "openness": open_,
            "public_rule": public_rule(of("council_of_europe"), open_),
            "offence": {"both": offence(disclosed, power), "operations": disclosed, "power": power}[
                measures.offence
            ],
            "exposure": exposed,
            "capacity": capacity(wealth, size, capacity_wealth_share),
            "audience": audience(exposed, open_),
            "weight": power,
            "record": prior_commitments(of("budapest_party"), of("freedom_online_coalition")),
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
