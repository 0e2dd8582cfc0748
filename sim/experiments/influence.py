"""How much one signature weighs with others at first sight: a cheap screen before worlds are simulated."""

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
    """[N] by how many logits, in sum, each one's signature raises what signing is worth to others.

    All others who may sign, each motive that moves with prevalence, with everybody's standing and the world's
    confidence as at the start. How near those others are to a signature is left out.
    """
    dials, world, population = scenario.parameters, setting.world, setting.population
    kind, home, patron = population.kind, population.home, population.patron
    listens = setting.text.may_sign[0].astype(np.float64)[kind]
    peers = np.array([dials.state_peers, dials.firm_peers, dials.ngo_peers])[kind] * listens
    listener = np.repeat(np.arange(kind.size), np.diff(world.ties_start))
    added = np.bincount(world.ties_to, world.ties_weight * peers[listener], kind.size).astype(np.float64)

    has_home = (kind != STATE) & (home >= 0)
    at_home = np.array([0.0, dials.firm_home, dials.ngo_home])[kind] * listens
    added += np.bincount(home[has_home], weights=at_home[has_home], minlength=kind.size)
    own = np.bincount(home[has_home], minlength=kind.size)
    added[has_home] += dials.state_home * listens[home[has_home]] / own[home[has_home]]

    added += dials.state_patron * np.bincount(patron[patron >= 0], listens[patron >= 0], minlength=kind.size)

    wishes = np.array([dials.state_security, dials.firm_security, 0.0])[kind] * listens * population.trait("exposure")
    offence = population.trait("offence")
    safety = dials.security_club_share * dials.confidence_start * offence / max(float(offence.sum()), 1e-9)
    return np.asarray(added + float(wishes.sum()) * safety)


def known_signers(setting: Setting) -> NDArray[np.intp]:
    """The indices of all states and named organisations that may sign."""
    population = setting.population
    may_sign = setting.text.may_sign[0].astype(bool)[population.kind]
    named = np.isin(population.ids, list(facts.organisation_kinds()))
    return np.flatnonzero(may_sign & ((population.kind == STATE) | named))


def weightiest(scenario: Scenario, setting: Setting, most: int) -> list[int]:
    """The *most* of `known_signers` whose signature weighs most, states first; equals go by material power or size.

    A quarter of the places is kept for organisations, as they would else hardly appear beside states.
    """
    added, weight = np.round(influence(scenario, setting), 9), setting.population.trait("weight")
    by_weight = sorted(known_signers(setting).tolist(), key=lambda i: (-added[i], -weight[i]))
    states = [i for i in by_weight if setting.population.kind[i] == STATE]
    organisations = [i for i in by_weight if setting.population.kind[i] != STATE]
    places = min(len(organisations), max(most // NAMED_SHARE, most - len(states)))
    return states[: most - places] + organisations[:places]
