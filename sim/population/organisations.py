"""Potential firms and NGOs: their number per home country, and their traits (docs/odd.md, section 5).

Their number follows from GDP and population alone. Neither a country's count on the register nor its government's
signature enters, because the model has to predict both. Organisations known by name take the ranks that
organisations.csv gives them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Sector:
    """A sector of firms or a type of NGO: its assumed share of all, its position and its audience (0 to 1)."""

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
NAME_OF = {"firm": "Firm", "ngo": "NGO"}
AUDIENCE_OF_CONSUMER_FACING, AUDIENCE_OF_OTHERS = 0.8, 0.3  # of named organisations
SPREAD = 0.15  # half the width of the band around the home country's value
DRAWS = ("sector", "openness", "public_rule", "exposure", "capacity", "audience")


def expected_number(kind: str, gdp_usd_bn: np.ndarray, population_m: np.ndarray) -> np.ndarray:
    """Potential firms or NGOs of homes: a power law of GDP and population, about 1,300 and 700 in the world."""
    if kind == "firm":
        return 0.253 * gdp_usd_bn**0.60 * population_m**0.05
    return 0.204 * gdp_usd_bn**0.35 * population_m**0.35


def whole_numbers(expected: np.ndarray) -> np.ndarray:
    """*expected* in whole numbers that keep the rounded total, by largest remainder; the earlier wins a tie."""
    numbers = np.floor(expected).astype(int)
    remainder = round(float(expected.sum())) - numbers.sum()
    by_remainder = np.argsort(-np.round(expected - numbers, 9), kind="stable")
    numbers[by_remainder[:remainder]] += 1
    return numbers


def draws(stakeholder: str) -> dict[str, float]:
    """One number in [0, 1) per purpose, from a digest of the id: the same on every computer and in every population."""
    digest = hashlib.blake2b(stakeholder.encode(), digest_size=8 * len(DRAWS)).digest()
    words = (int.from_bytes(digest[8 * k : 8 * k + 8], "big") for k in range(len(DRAWS)))
    return {purpose: (word >> 11) / 2**53 for purpose, word in zip(DRAWS, words, strict=True)}


def sector_at(sectors: dict[str, Sector], draw: float) -> str:
    """The sector in which *draw*, in [0, 1), falls when the sectors' shares are laid end to end."""
    ends = accumulate(sector.share for sector in sectors.values())
    return next((name for name, end in zip(sectors, ends, strict=True) if draw < end), list(sectors)[-1])


def around(value: float, draw: float) -> float:
    """*value* moved by at most SPREAD up or down, within [0, 1]."""
    return min(max(value + SPREAD * (2 * draw - 1), 0.0), 1.0)


def organisations(kind: str, homes: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """All potential firms or NGOs, by home country and rank in size.

    *homes*: one row per home (index iso3; name, GDP, population, record and the traits). *entries*: rows of this kind
    in organisations.csv. The result has the columns id, name, home_iso3, sector, the traits and record.
    """
    numbers = whole_numbers(
        expected_number(kind, homes["gdp_usd_bn"].to_numpy(float), homes["population_m"].to_numpy(float))
    )
    by_rank: dict[tuple[Hashable, Any], Any] = {(row.iso3, row.size_rank): row for row in entries.itertuples()}
    rows = []
    for number, (iso3, home) in zip(numbers, homes.iterrows(), strict=True):
        beyond = sorted(rank for of, rank in by_rank if of == iso3 and rank > number)
        for rank in [*range(1, number + 1), *beyond]:
            rows.append(_organisation(kind, iso3, home, rank, by_rank.get((iso3, rank))))
    return pd.DataFrame(rows)


def _organisation(kind: str, iso3: Hashable, home: pd.Series, rank: int, entry: Any | None) -> dict[str, object]:
    """The home country's values and the sector's, with noise; size falls with rank by Zipf's law (Axtell 2001)."""
    if entry is None:
        stakeholder, name = f"{kind} {iso3}-{rank:03d}", f"{NAME_OF[kind]} {rank} of {home['name']}"
        uniform = draws(stakeholder)
        sector = sector_at(SECTORS_OF[kind], uniform["sector"])
        audience = SECTORS_OF[kind][sector].audience
    else:
        stakeholder = name = entry.name
        uniform = draws(stakeholder)
        sector = entry.sector
        audience = AUDIENCE_OF_CONSUMER_FACING if entry.consumer_facing else AUDIENCE_OF_OTHERS
    assumed = SECTORS_OF[kind][sector]
    return {
        "id": stakeholder,
        "name": name,
        "home_iso3": iso3,
        "sector": sector,
        "openness": around(home["openness"], uniform["openness"]),
        "public_rule": around(assumed.public_rule, uniform["public_rule"]),
        "offence": home["offence"] * assumed.offence,
        "exposure": around(home["exposure"], uniform["exposure"]),
        "capacity": around(home["capacity"], uniform["capacity"]),
        "audience": around(audience, uniform["audience"]),
        "weight": home["weight"] / np.sqrt(rank),
        "record": home["record"] if kind == "ngo" else 0.0,
    }
