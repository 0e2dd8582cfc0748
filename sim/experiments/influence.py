"""Influence of one signature on others, estimated without simulation: a cheap screen of candidates for pivots."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import facts
from sim.experiments.outcomes import Array
from sim.experiments.simulate import Setting
from sim.population import STATE
from sim.scenario import Scenario

ASSUMES = "assumes that ties, not likeness, moved them (Manski 1993)"
NAMED_SHARE = 4  # of the places in a screen, one in so many is for firms and NGOs that have names


def influence(scenario: Scenario, setting: Setting) -> Array:
    """[N] the sum, over all others who may sign, of what one's signature adds to their value of signing (logits).

    It counts each motive that depends on others' signatures, at the initial standing and confidence, whether or not
    these others are near to signing.
    """
    dials, world, population = scenario.parameters, setting.population_arrays, setting.population
    kind, home, patron = population.kind, population.home, population.patron
    listens = setting.codes.may_sign[0].astype(np.float64)[kind]
    peers = np.array([dials.state_peers, dials.firm_peers, dials.ngo_peers])[kind] * listens
    listener = np.repeat(np.arange(kind.size), np.diff(world.ties_start))
    logits = np.bincount(world.ties_to, world.ties_weight * peers[listener], kind.size).astype(np.float64)

    has_home = (kind != STATE) & (home >= 0)
    at_home = np.array([0.0, dials.firm_home, dials.ngo_home])[kind] * listens
    logits += np.bincount(home[has_home], weights=at_home[has_home], minlength=kind.size)
    own = np.bincount(home[has_home], minlength=kind.size)
    logits[has_home] += dials.state_home * listens[home[has_home]] / own[home[has_home]]

    logits += dials.state_patron * np.bincount(patron[patron >= 0], listens[patron >= 0], minlength=kind.size)

    wishes = np.array([dials.state_security, dials.firm_security, 0.0])[kind] * listens * population.trait("exposure")
    offence = population.trait("offence")
    safety = dials.security_club_share * dials.confidence_start * offence / max(float(offence.sum()), 1e-9)
    return np.asarray(logits + float(wishes.sum()) * safety)


def known_signers(setting: Setting) -> NDArray[np.intp]:
    """The indices of all states and named organisations that may sign."""
    population = setting.population
    may_sign = setting.codes.may_sign[0].astype(bool)[population.kind]
    has_name = np.isin(population.ids, list(facts.organisation_kinds()))
    return np.flatnonzero(may_sign & ((population.kind == STATE) | has_name))


def weightiest(scenario: Scenario, setting: Setting, most: int) -> list[int]:
    """The *most* of `known_signers` with the largest `influence`, states first; ties go by material power or size.

    A quarter of the places is for organisations, which would otherwise hardly appear beside states.
    """
    logits, weight = np.round(influence(scenario, setting), 9), setting.population.trait("weight")
    by_weight = sorted(known_signers(setting).tolist(), key=lambda i: (-logits[i], -weight[i]))
    states = [i for i in by_weight if setting.population.kind[i] == STATE]
    organisations = [i for i in by_weight if setting.population.kind[i] != STATE]
    places = min(len(organisations), max(most // NAMED_SHARE, most - len(states)))
    return states[: most - places] + organisations[:places]
