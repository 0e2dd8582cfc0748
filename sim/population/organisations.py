"""Potential firms and NGOs: their number per home country, and their traits (docs/odd.md, section
5).

Their number follows from GDP and population alone. Neither a country's count on the register nor
its government's signature enters, because the model has to predict both. Organisations known by
name take the ranks that organisations.csv gives them.

In a scaled population there are so many times as many in each home. Those of today keep their
ranks, names and traits, and smaller ones follow: by Zipf's law the sizes of any two scales are
alike, but for the largest few.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.population.names import potential_id

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sector:
    """A sector of firms or a type of NGO: its assumed share of all, its position and its audience
    (0 to 1).
    """

    share: float
    public_rule: float
    audience: float
    offence: float = 0.0  # as a multiple of the home state's


SECTORS = {  # assumed: the register lists no sectors
    "platform": Sector(share=0.06, public_rule=0.2, audience=0.9, offence=0.1),
    "software": Sector(share=0.18, public_rule=0.3, audience=0.5),
    "security": Sector(share=0.16, public_rule=0.4, audience=0.4, offence=0.2),
    "services": Sector(share=0.18, public_rule=0.4, audience=0.5),
    "industry": Sector(share=0.16, public_rule=0.5, audience=0.3),
    "finance": Sector(share=0.10, public_rule=0.6, audience=0.7),
    "telecom": Sector(share=0.06, public_rule=0.7, audience=0.8),
    "utility": Sector(share=0.06, public_rule=0.8, audience=0.6),
    "defence": Sector(share=0.04, public_rule=0.9, audience=0.1, offence=0.2),
}
TYPES = {
    "association": Sector(share=0.4, public_rule=0.4, audience=0.7),
    "university": Sector(share=0.2, public_rule=0.5, audience=0.5),
    "think tank": Sector(share=0.2, public_rule=0.5, audience=0.4),
    "advocacy": Sector(share=0.2, public_rule=0.6, audience=0.9),
}
SECTORS_OF = {"firm": SECTORS, "ngo": TYPES}
AUDIENCE_OF_CONSUMER_FACING, AUDIENCE_OF_OTHERS = 0.8, 0.3  # of named organisations
SPREAD = 0.15  # half the width of the band around the home country's value
DRAWS = ("sector", "openness", "public_rule", "exposure", "capacity", "audience")


def expected_number(kind: str, gdp_usd_bn: np.ndarray, population_m: np.ndarray) -> np.ndarray:
    """Potential firms or NGOs of homes: a power law of GDP and population, about 1,300 and 700 in
    the world.
    """
    if kind == "firm":
        return 0.253 * gdp_usd_bn**0.60 * population_m**0.05
    return 0.204 * gdp_usd_bn**0.35 * population_m**0.35


def whole_numbers(expected: np.ndarray) -> np.ndarray:
    """*expected* in whole numbers that keep the rounded total, by largest remainder; the earlier
    wins a tie.
    """
    numbers = np.floor(expected).astype(int)
    remainder = round(float(expected.sum())) - numbers.sum()
    by_remainder = np.argsort(-np.round(expected - numbers, 9), kind="stable")
    numbers[by_remainder[:remainder]] += 1
    return numbers


def all_draws(stakeholders: Iterable[str]) -> Floats:
    """[DRAWS, stakeholders] one number in [0, 1) per purpose, from a digest of each id: the same on
    every computer and in every population.
    """
    size = 8 * len(DRAWS)
    digests = b"".join(blake2b(who.encode(), digest_size=size).digest() for who in stakeholders)
    words = np.frombuffer(digests, dtype=">u8").reshape(-1, len(DRAWS)).T
    return (words >> np.uint64(11)) / 2.0**53


def sectors_at(sectors: dict[str, Sector], draw: Floats) -> NDArray[np.uint8]:
    """The number of the sector in which each *draw*, in [0, 1), falls when the sectors' shares are
    laid end to end.
    """
    ends = np.cumsum([sector.share for sector in sectors.values()])
    return np.minimum(np.searchsorted(ends, draw, side="right"), len(sectors) - 1).astype(np.uint8)


def around(value: Floats, draw: Floats) -> Floats:
    """*value* moved by at most SPREAD up or down, within [0, 1]."""
    return np.clip(value + SPREAD * (2 * draw - 1), 0.0, 1.0)


class Organisations(NamedTuple):
    """All potential firms or NGOs, n of them, by home country and rank in size."""

    home: NDArray[np.uint16]  # [n] the home's place among all homes
    rank: NDArray[np.uint32]  # [n] from 1 on
    sector: NDArray[np.uint8]  # [n] its place among the sectors of the kind
    names: dict[int, str]  # place -> name, of those that have one
    traits: dict[str, Floats]  # each [n]
    record: Floats  # [n]


def organisations(
    kind: str, homes: pd.DataFrame, entries: pd.DataFrame, scale: float = 1.0
) -> Organisations:
    """*scale* times as many organisations of this *kind* as are expected.

    *homes*: one row per home (index iso3; GDP, population, record and the traits). *entries*: rows
    of this kind in organisations.csv. An entry whose rank its home is too small for follows after
    all others.
    """
    expected = expected_number(
        kind, homes["gdp_usd_bn"].to_numpy(float), homes["population_m"].to_numpy(float)
    )
    numbers = whole_numbers(scale * expected)
    by_home: dict[Any, dict[int, Any]] = {iso3: {} for iso3 in homes.index}  # entries, by rank
    for entry in entries.sort_values("size_rank").itertuples():
        by_home[entry.iso3][entry.size_rank] = entry  # type: ignore[index]
    ranks = [
        np.append(np.arange(1, number + 1), [rank for rank in named if rank > number]).astype(
            np.uint32
        )
        for number, named in zip(numbers, by_home.values(), strict=True)
    ]
    home = np.repeat(np.arange(len(homes)), [len(each) for each in ranks]).astype(np.uint16)
    starts = np.cumsum([0, *(len(each) for each in ranks)]).tolist()
    own = {
        start + int(np.searchsorted(of_home, rank)): entry
        for start, of_home, named in zip(starts, ranks, by_home.values(), strict=False)
        for rank, entry in named.items()
    }
    return _with_traits(kind, homes, home, np.concatenate(ranks), own)


def _with_traits(
    kind: str,
    homes: pd.DataFrame,
    home: NDArray[np.uint16],
    rank: NDArray[np.uint32],
    own: dict[int, Any],
) -> Organisations:
    """The home country's values and the sector's, with noise; size falls with rank by Zipf's law
    (Axtell 2001). *own* has the entries in organisations.csv, by place.
    """
    iso3 = list(homes.index)
    ids = (
        own[place].name if place in own else potential_id(kind, iso3[of], number)
        for place, (of, number) in enumerate(zip(home.tolist(), rank.tolist(), strict=True))
    )
    uniform = dict(zip(DRAWS, all_draws(ids), strict=True))
    sectors = SECTORS_OF[kind]
    sector = sectors_at(sectors, uniform["sector"])
    for place, entry in own.items():
        sector[place] = list(sectors).index(entry.sector)
    audience, public_rule, offence = (
        np.array([getattr(each, trait) for each in sectors.values()])[sector]
        for trait in ("audience", "public_rule", "offence")
    )
    for place, entry in own.items():
        audience[place] = (
            AUDIENCE_OF_CONSUMER_FACING if entry.consumer_facing else AUDIENCE_OF_OTHERS
        )

    def of_home(column: str) -> Floats:
        return homes[column].to_numpy(np.float64)[home]

    traits = {
        "openness": around(of_home("openness"), uniform["openness"]),
        "public_rule": around(public_rule, uniform["public_rule"]),
        "offence": of_home("offence") * offence,
        "exposure": around(of_home("exposure"), uniform["exposure"]),
        "capacity": around(of_home("capacity"), uniform["capacity"]),
        "audience": around(audience, uniform["audience"]),
        "weight": of_home("weight") / np.sqrt(rank),
    }
    names = {place: entry.name for place, entry in own.items()}
    record = of_home("record") if kind == "ngo" else np.zeros(len(rank))
    return Organisations(home, rank, sector, names, traits, record)
