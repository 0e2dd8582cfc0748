"""Data of the fit of states: the register's dates, and the values of the motives, by decider.

While the European Union deliberates as a bloc it is one decider with the mean of its members'
motives, and any of them may put the matter on the table; every other state decides for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.evidence.motive_values import (
    Floats,
    MotiveValues,
    motives_of,
    moving_motives_of,
    with_former_sums,
)
from sim.evidence.register import (
    OrganisationCounts,
    Register,
    shares_signed,
    signed_as_rounds_begin,
)
from sim.evidence.uncertainty import exponential_weights, normal_centres, split_again
from sim.motives import MOTIVES
from sim.population import STATE, STRICT, Measures
from sim.scenario import Scenario

OF_STATES = motives_of("state")
PENALISED = tuple(name for name in OF_STATES if name != "inclination")
MOVING = moving_motives_of("state")
SURELY = 1 - 1e-9  # a mean of members who have all signed may miss 1 by a last bit


@dataclass(frozen=True)
class StateEvidence:
    """S states, D deciders, T rounds, K milestones, M motives (OF_STATES), of which V (MOVING) move
    with others' signatures. Held-out states are in none of these.

    The motives follow from the share of wealth in capacity and from who has signed, in straight
    lines both.
    """

    rounds: NDArray[np.int64]
    states: NDArray[np.int64]  # [S] their places among the 193
    members: Floats  # [D, S] 1 where a decider speaks for a state
    # [D] for how many states a decider speaks; in a bootstrap, times the weight it has drawn
    counts_for: Floats
    bloc: int  # the decider that is the Union, -1 where there is none
    # [D, M] the motives before anybody has signed, if only population counted in capacity
    by_size: Floats
    by_wealth: Floats  # [D, M] the same if only GDP per head counted
    size: Floats  # [S] capacity if only population counted
    wealth: Floats  # [S] capacity if only GDP per head counted
    in_club: Floats  # [S] whether it sits in the convenor's club
    effects: Floats  # [V, D, D] what the signature of the row adds to a motive of the column
    of_organisations: Floats  # [T, V, D] what firms and NGOs add, by the register
    moving: Floats  # [T, V, D] what is added in all, by the register
    after: NDArray[np.int64]  # [D]
    by: NDArray[np.int64]  # [D]
    listed: Floats  # [D, K] share of having signed at each milestone
    milestone_rounds: NDArray[np.int64]  # [K]
    # of the penalty: 0; in a bootstrap what has been drawn, in standard deviations
    centres: Mapping[str, float]
    fixed: Mapping[str, float]  # dials that are not fitted

    @property
    def alike(self) -> frozenset[str]:
        """The motives that are the same for all deciders."""
        differ = (np.ptp(self.by_size, axis=0) > 0) | (np.ptp(self.by_wealth, axis=0) > 0)
        moving = {
            motive for motive, last in zip(MOVING, self.moving[-1], strict=True) if np.ptp(last) > 0
        }
        return (
            frozenset(OF_STATES)
            - {m for m, differs in zip(OF_STATES, differ, strict=True) if differs}
            - moving
        )

    def resampled(self, seed: int, draw: int) -> StateEvidence:
        """The same with each decider's weight, the dates of those without a known one, and the
        penalty's centres drawn.
        """
        weights = exponential_weights(len(self.counts_for), "state", seed, draw)
        centres = normal_centres(tuple(self.centres), "state", seed, draw)
        return replace(
            self,
            counts_for=self.counts_for * weights,
            listed=self._listed_resampled(seed, draw),
            centres=centres,
        )

    def _listed_resampled(self, seed: int, draw: int) -> Floats:
        """[D, K] share of having signed, where that of all in question at a milestone has been
        drawn again.
        """
        listed = self.listed.copy()
        undated = (listed > 0) & (listed < SURELY)
        who = np.flatnonzero(undated.any(axis=1))
        for path in np.unique(listed[who], axis=0):
            same_path = who[(listed[who] == path).all(axis=1)]
            newly = np.diff(path, prepend=0.0) * len(same_path)
            listed[same_path] = split_again(newly, "state", seed, draw)
        return listed


def state_evidence(
    scenario: Scenario,
    register: Register,
    keep: NDArray[np.bool_] | None = None,
    measures: Measures = STRICT,
) -> StateEvidence:
    """The data on the states to *keep* [193] (all) in *register*, their traits from *measures*.

    Those left out do not enter at all: neither their dates nor their example nor their part of
    totals.
    """
    parameters = scenario.parameters
    size, wealth = (
        MotiveValues(scenario, parameters.with_values({"capacity_wealth_share": share}), measures)
        for share in (0, 1)
    )
    world = size.population
    count = int((world.kind == STATE).sum())
    states = np.arange(count) if keep is None else np.flatnonzero(keep)
    rounds = np.arange(scenario.first_round, register.last_round + 1)
    members = _members(world.bloc[states], as_a_bloc=parameters.bloc_votes > 0)
    mean = members / members.sum(axis=1, keepdims=True)

    def of_deciders(values: MotiveValues) -> Floats:
        return mean @ np.stack([values.still[motive][states] for motive in OF_STATES], axis=1)

    effects = np.stack([_effects(size, motive, states, count, members) for motive in MOVING])
    listed = own_organisations_listed(
        register.organisations, world.ids[:count], world.home[count:], rounds
    )
    by_motive = [_of_organisations(size, motive, states, count, mean, listed) for motive in MOVING]
    of_organisations = np.stack(by_motive, axis=1)
    signed = mean @ signed_as_rounds_begin(register.states, register.milestones, rounds)[states]
    # all members of one decider signed as one
    first_member = [np.flatnonzero(row)[0] for row in members]
    return StateEvidence(
        rounds=rounds,
        states=states,
        members=members,
        counts_for=members.sum(axis=1),
        bloc=next((d for d, row in enumerate(members) if row.sum() > 1), -1),
        by_size=of_deciders(size),
        by_wealth=of_deciders(wealth),
        size=size.population.trait("capacity")[states],
        wealth=wealth.population.trait("capacity")[states],
        in_club=size.still["convenor_club"][states],
        effects=effects,
        of_organisations=of_organisations,
        moving=of_organisations + np.einsum("dt,vde->tve", signed, effects),
        after=register.states.after[states][first_member],
        by=register.states.by[states][first_member],
        listed=mean @ shares_signed(register.states, register.milestones)[states, 1:],
        milestone_rounds=register.milestones.rounds,
        centres=dict.fromkeys((*PENALISED, "wealth_share", "attention_base"), 0.0),
        fixed={name: parameters[name] for name in ("state_attention_gradient", "attention_scale")},
    )


def _members(bloc: NDArray[np.int32], as_a_bloc: bool) -> Floats:
    """[D, S] 1 where a decider decides for a state; the bloc comes first, where it votes as one."""
    in_bloc = (bloc >= 0) & as_a_bloc
    singles = np.eye(len(bloc))[~in_bloc]
    return np.concatenate([in_bloc[None].astype(float), singles]) if in_bloc.any() else singles


def _effects(
    values: MotiveValues, motive: str, states: NDArray[np.int64], count: int, members: Floats
) -> Floats:
    """[D, D] what a decider's signature adds to a *motive* of the others, by row and by column;
    effects of states left out, of *count*, pass to the others.
    """
    mean = members / members.sum(axis=1, keepdims=True)
    among = with_former_sums(values.effects(motive, states, np.arange(count)), states)
    effects = mean @ among @ members.T
    np.fill_diagonal(effects, 0)  # while a bloc deliberates none of its members has signed
    return np.ascontiguousarray(effects.T)


def _of_organisations(
    values: MotiveValues,
    motive: str,
    states: NDArray[np.int64],
    count: int,
    mean: Floats,
    listed: Floats,
) -> Floats:
    """[T, D] what firms and NGOs on the public list add to a *motive*; *listed* [193, T] is their
    share, by home.
    """
    if "state" not in MOTIVES[motive].by_list:
        return np.zeros((listed.shape[1], len(mean)))
    organisations = np.flatnonzero(values.population.home[count:] >= 0) + count
    effects = values.effects(motive, states, organisations)
    return (mean @ effects @ listed[values.population.home[organisations]]).T


def own_organisations_listed(
    counts: Mapping[str, OrganisationCounts],
    states: tuple[str, ...],
    homes: NDArray[np.int32],
    rounds: NDArray[np.int64],
) -> Floats:
    """[193, T] firms and NGOs on the public list before each round, over the potential ones of that
    home, at most 1.
    """
    listed = np.zeros((len(states), len(rounds)))
    for of_kind in counts.values():
        for home, newly in zip(of_kind.homes, of_kind.listed, strict=True):
            if home in states:
                so_far = np.interp(rounds - 1, [-1, *of_kind.rounds], [0, *np.cumsum(newly)])
                listed[states.index(home)] += np.where(rounds > 0, so_far, 0)
    potential = np.bincount(homes[homes >= 0], minlength=len(states))
    return np.minimum(listed / np.maximum(potential, 1)[:, None], 1)
