"""Who is left out of a fit: each sub-region, each continent, or each tenth of the states, in turn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]

CONTINENTS = {
    "Africa": ("Eastern Africa", "Middle Africa", "Northern Africa", "Southern Africa", "Western Africa"),
    "Americas": ("Caribbean", "Central America", "Northern America", "South America"),
    "Asia": ("Central Asia", "Eastern Asia", "South-eastern Asia", "Southern Asia", "Western Asia"),
    "Europe": ("Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe"),
    "Oceania": ("Australia and New Zealand", "Melanesia", "Micronesia", "Polynesia"),
}  # United Nations Statistics Division, M49
TENTHS = 10


def regions_left_out(regions: NDArray[np.str_]) -> dict[str, Bools]:
    """Sub-region -> [S] the states in it."""
    return {region: regions == region for region in sorted(set(regions.tolist()))}


def continents_left_out(regions: NDArray[np.str_]) -> dict[str, Bools]:
    """Continent -> [S] the states in it."""
    return {continent: np.isin(regions, parts) for continent, parts in CONTINENTS.items()}


def parts_left_out(states: int, seed: int, parts: int = TENTHS) -> dict[str, Bools]:
    """"part 1" and so on -> [S] the states in it, drawn at random."""
    drawn = np.random.default_rng(seed).permutation(states) % parts
    return {f"part {number + 1}": drawn == number for number in range(parts)}


def splits(regions: NDArray[np.str_], seed: int) -> Mapping[str, dict[str, Bools]]:
    """The ways of leaving out, by name: the folds of each, by name."""
    return {
        "leave_one_region_out": regions_left_out(regions),
        "leave_one_continent_out": continents_left_out(regions),
        "ten_fold": parts_left_out(len(regions), seed),
    }
