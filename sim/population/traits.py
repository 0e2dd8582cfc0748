"""Traits of states, each from public facts by one formula (docs/odd.md, section 5). All results lie in [0, 1].

Arguments are arrays over homes; formulas that compare a home with all states take theirs as `among`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
