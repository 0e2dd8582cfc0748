"""Data of the fit of states: the register's dates, and the values of the motives, by decider.

While the European Union deliberates as a bloc it is one decider with the mean of its members' motives, and any of them
may put the matter on the table; every other state decides for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sim import population
from sim.evidence.motive_values import Floats, standing_still
from sim.evidence.register import OrganisationCounts, Register, shares_signed, signed_as_rounds_begin
from sim.evidence.states.expected_path import MOVING, Surroundings, meet
from sim.evidence.uncertainty import exponential_weights, normal_centres, split_again
from sim.population import STATE, STRICT, Measures, network
from sim.scenario import Scenario

STILL = ("inclination", "affinity", "convenor_votes", "convenor_club", "convenor_bloc", "record", "restraint")
SURELY = 1 - 1e-9  # a mean of members who have all signed may miss 1 by a last bit


@dataclass(frozen=True)
class StateEvidence:
    """S states, D deciders, T rounds, K milestones. Held-out states are in none of these."""

    rounds: NDArray[np.int64]
    states: NDArray[np.int64]  # [S] their places among the 193
    members: Floats  # [D, S] 1 where a decider speaks for a state
    counts_for: Floats  # [D] for how many states a decider speaks; in a bootstrap, times the weight it has drawn
    bloc: int  # the decider that is the Union, -1 where there is none
    still: Floats  # [D, motives of STILL]
    wealth: Floats  # [S] capacity if only GDP per head counted
    size: Floats  # [S] capacity if only population counted
    in_club: Floats  # [S] whether it sits in the convenor's club
    depth_burden: float
    surroundings: Surroundings
    moving: Floats  # [T, M, D] what moves with prevalence, by the register
    after: NDArray[np.int64]  # [D]
    by: NDArray[np.int64]  # [D]
    listed: Floats  # [D, K] share of having signed at each milestone
    milestone_rounds: NDArray[np.int64]  # [K]
    spreads: Mapping[str, float]  # motive -> its standard deviation among deciders
    centres: Mapping[str, float]  # of the penalty: 0; in a bootstrap what has been drawn, in standard deviations
    fixed: Mapping[str, float]  # dials that are not fitted

    def resampled(self, seed: int, draw: int) -> StateEvidence:
        """The same with each decider's weight, the dates of those without a known one, and the penalty's centres
        drawn.
        """
        weights = exponential_weights(len(self.counts_for), "state", seed, draw)
        centres = normal_centres(tuple(self.centres), "state", seed, draw)
        return replace(
            self, counts_for=self.counts_for * weights, listed=self._listed_resampled(seed, draw), centres=centres
        )

    def _listed_resampled(self, seed: int, draw: int) -> Floats:
        """[D, K] share of having signed, where that of all in question at a milestone has been drawn again."""
        listed = self.listed.copy()
        undated = (listed > 0) & (listed < SURELY)
        who = np.flatnonzero(undated.any(axis=1))
        for path in np.unique(listed[who], axis=0):
            same_path = who[(listed[who] == path).all(axis=1)]
            newly = np.diff(path, prepend=0.0) * len(same_path)
            listed[same_path] = split_again(newly, "state", seed, draw)
        return listed


def state_evidence(
    scenario: Scenario, register: Register, keep: NDArray[np.bool_] | None = None, measures: Measures = STRICT
) -> StateEvidence:
    """The data on the states to *keep* [193] (all) in *register*, their traits from *measures*.

    Those left out do not enter at all: neither their dates nor their example nor their part of totals.
    """
    parameters, code = scenario.parameters, scenario.code
    world = population.build(parameters, measures)
    count = int((world.kind == STATE).sum())
    states = np.arange(count) if keep is None else np.flatnonzero(keep)
    rounds = np.arange(scenario.first_round, register.last_round + 1)
    members = _members(world.bloc[states], as_a_bloc=parameters.bloc_votes > 0)
    mean = members / members.sum(axis=1, keepdims=True)
    values = standing_still(world, code)
    still = mean @ np.stack([values[motive][states] for motive in STILL], axis=1)

    def capacity(wealth_share: float) -> Floats:
        dials = parameters.with_values({"capacity_wealth_share": wealth_share})
        return population.build(dials, measures).trait("capacity")[states]

    wealth, size = capacity(1), capacity(0)
    own = own_organisations_listed(register.organisations, world.ids[:count], world.home[count:], rounds)
    surroundings = _surroundings(scenario, world, states, members, own[states])
    signed = mean @ signed_as_rounds_begin(register.states, register.milestones, rounds)[states]
    moving = np.zeros((len(rounds), len(MOVING), len(members)))
    for t, signed_by_then in enumerate(np.ascontiguousarray(signed.T)):
        meet(surroundings, signed_by_then, t, moving[t])
    first_member = [np.flatnonzero(row)[0] for row in members]  # all members of one decider signed as one
    last = {motive: moving[-1, m] for m, motive in enumerate(MOVING)} | {"security": surroundings.safety}
    return StateEvidence(
        rounds=rounds,
        states=states,
        members=members,
        counts_for=members.sum(axis=1),
        bloc=next((d for d, row in enumerate(members) if row.sum() > 1), -1),
        still=still,
        wealth=wealth,
        size=size,
        in_club=values["convenor_club"][states],
        depth_burden=code.depth_burden,
        surroundings=surroundings,
        moving=moving,
        after=register.states.after[states][first_member],
        by=register.states.by[states][first_member],
        listed=mean @ shares_signed(register.states, register.milestones)[states, 1:],
        milestone_rounds=register.milestones.rounds,
        spreads={m: float(np.std(v)) for m, v in {**dict(zip(STILL, still.T, strict=True)), **last}.items()},
        centres=dict.fromkeys((*STILL[1:], "burden", *MOVING, "wealth_share", "attention_base"), 0.0),
        fixed={name: parameters[name] for name in ("state_attention_gradient", "attention_scale")},
    )


def _members(bloc: NDArray[np.int32], as_a_bloc: bool) -> Floats:
    """[D, S] 1 where a decider decides for a state; the bloc comes first, where it votes as one."""
    in_bloc = (bloc >= 0) & as_a_bloc
    singles = np.eye(len(bloc))[~in_bloc]
    return np.concatenate([in_bloc[None].astype(float), singles]) if in_bloc.any() else singles


def _surroundings(
    scenario: Scenario, world: population.Population, states: NDArray[np.int64], members: Floats, own: Floats
) -> Surroundings:
    """Ties, alliances and offensive means of the deciders; those of states left out pass to the others."""
    mean = members / members.sum(axis=1, keepdims=True)
    ties = network.combined(world.layers, scenario.parameters)[: len(world.un_votes), : len(world.un_votes)]
    heeds = mean @ _among(ties, states) @ members.T
    np.fill_diagonal(heeds, 0)  # while a bloc deliberates none of its members has signed
    patrons = world.patron[states]
    great = [place for place, state in enumerate(states) if state in patrons]
    allied = np.array([patrons == states[place] for place in great], dtype=float).reshape(len(great), len(states))
    offence = world.trait("offence")[states]
    parameters = scenario.parameters
    return Surroundings(
        examples=np.ascontiguousarray(heeds.T),
        heeds=np.ascontiguousarray(heeds),
        great_powers=np.array([int(members[:, place].argmax()) for place in great], dtype=np.int64),
        allied=np.ascontiguousarray(allied @ mean.T),
        offence=members @ (offence / offence.sum()),
        safety=mean @ (parameters.security_club_share * parameters.confidence_start * world.trait("exposure")[states]),
        home=np.ascontiguousarray((mean @ own).T),
    )


def _among(ties: sparse.csr_array, states: NDArray[np.int64]) -> Floats:
    """[S, S] the *ties* among *states*, each row with its former sum."""
    among = ties[states][:, states].toarray()
    before, now = np.asarray(ties[states].sum(axis=1)).ravel(), among.sum(axis=1)
    return among * np.divide(before, now, out=np.zeros(len(states)), where=now > 0)[:, None]


def own_organisations_listed(
    counts: Mapping[str, OrganisationCounts],
    states: tuple[str, ...],
    homes: NDArray[np.int32],
    rounds: NDArray[np.int64],
) -> Floats:
    """[193, T] firms and NGOs on the public list before each round, over the potential ones of that home, at most 1."""
    listed = np.zeros((len(states), len(rounds)))
    for of_kind in counts.values():
        for home, newly in zip(of_kind.homes, of_kind.listed, strict=True):
            if home in states:
                so_far = np.interp(rounds - 1, [-1, *of_kind.rounds], [0, *np.cumsum(newly)])
                listed[states.index(home)] += np.where(rounds > 0, so_far, 0)
    potential = np.bincount(homes[homes >= 0], minlength=len(states))
    return np.minimum(listed / np.maximum(potential, 1)[:, None], 1)
