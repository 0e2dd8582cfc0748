"""Which public facts the traits of states rest on: by default those published before the launch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

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
