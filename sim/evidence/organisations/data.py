"""Data of the fit of firms or of NGOs: the register's counts by home, and the values of the
motives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sim.evidence.motive_values import (
    Floats,
    MotiveValues,
    attention_shares,
    motives_of,
    moving_motives_of,
    with_former_sums,
)
from sim.evidence.organisations.expected_path import Conditions
from sim.evidence.register import Register, signed_as_rounds_begin
from sim.evidence.uncertainty import exponential_weights, normal_centres, split_again
from sim.motives import MOTIVES
from sim.population import KINDS, STATE, STRICT, Measures
from sim.scenario import Scenario

OF_KIND = {kind: motives_of(kind) for kind in KINDS[1:]}
PENALISED = {
    kind: tuple(name for name in OF_KIND[kind] if name != "inclination") for kind in OF_KIND
}
MOVING = {kind: moving_motives_of(kind) for kind in KINDS[1:]}


@dataclass(frozen=True)
class OrganisationEvidence:
    """n organisations of one kind, H homes (those with a potential one), T rounds, K dates, M
    motives (OF_KIND), of which V (MOVING) move with others' signatures. Held-out homes are in none
    of these.
    """

    kind: str
    rounds: NDArray[np.int64]
    campaign_rounds: int
    homes: sparse.csr_array  # [H, n] 1 where an organisation has this home
    counts_for: Floats  # [H] 1; in a bootstrap the weight that a home has drawn
    date_rounds: NDArray[np.int64]  # [K] of the counts by home
    listed: Floats  # [H, K] newly listed since the date before
    total_rounds: NDArray[np.int64]  # [milestones]
    totals: Floats  # [milestones]
    still: Floats  # [n, M] the motives before anybody has signed
    # V of [n, n]: what the one in the column adds to the one in the row
    examples: tuple[sparse.csr_array, ...]
    of_home: Floats  # [V, n] what the home state adds
    of_states: Floats  # [V, T, n] what all other states add, by the register
    conditions: Conditions
    spreads: Mapping[str, float]  # motive -> its standard deviation among organisations
    # of the penalty: 0; in a bootstrap what has been drawn, in standard deviations
    centres: Mapping[str, float]
    fixed: Mapping[str, float]  # dials that are not fitted

    def resampled(self, seed: int, draw: int) -> OrganisationEvidence:
        """The same with each home's weight drawn, in the totals by the entries it has, and the
        penalty's centres.
        """
        weights = exponential_weights(len(self.counts_for), self.kind, seed, draw)
        centres = normal_centres(tuple(self.centres), self.kind, seed, draw)
        return replace(
            self,
            counts_for=self.counts_for * weights,
            totals=self._totals_resampled(weights, seed, draw),
            centres=centres,
        )

    def _totals_resampled(self, weights: Floats, seed: int, draw: int) -> Floats:
        """The totals when each home counts with its drawn weight [H]; of the entries before the
        first date with homes the dates are drawn again.
        """
        so_far = np.cumsum(self.listed, axis=1)
        relative = np.interp(
            self.total_rounds, self.date_rounds, weights @ so_far / so_far.sum(axis=0)
        )
        totals = self.totals * relative
        first = np.searchsorted(self.total_rounds, self.date_rounds[0])
        newly = np.diff(self.totals[: first + 1], prepend=0.0)
        totals[: first + 1] = totals[first] * split_again(newly, self.kind, seed, draw)
        return totals


def organisation_evidence(
    kind: str,
    scenario: Scenario,
    register: Register,
    capacity_wealth_share: float,
    keep: NDArray[np.bool_] | None = None,
    measures: Measures = STRICT,
) -> OrganisationEvidence:
    """The data on firms or NGOs (*kind*) in *register*, with the *capacity_wealth_share* of the fit
    of states.

    *keep* [193]: the states whose firms and NGOs count; those of others are as if they did not
    exist. Homes without a seat are always in.
    """
    parameters = scenario.parameters.with_values({"capacity_wealth_share": capacity_wealth_share})
    values = MotiveValues(scenario, parameters, measures)
    world = values.population
    of_kind = (world.kind == KINDS.index(kind)) & (
        (world.home < 0) | (True if keep is None else keep[world.home])
    )
    places = np.flatnonzero(of_kind)
    rounds = np.arange(scenario.first_round, register.last_round + 1)
    home_iso3 = np.array(world.home_iso3)[places]
    homes = np.unique(home_iso3)
    counts = register.organisations[kind]
    listed = np.zeros((len(homes), len(counts.rounds)))
    left_out = np.zeros(len(counts.rounds))
    by_home = dict(zip(counts.homes, counts.listed, strict=True))
    for h, home in enumerate(homes):
        listed[h] = by_home.pop(home, 0)
    if keep is not None:
        out = set(np.array(world.ids[: len(keep)])[~keep])
        left_out = sum((newly for home, newly in by_home.items() if home in out), left_out)
    signed = signed_as_rounds_begin(register.states, register.milestones, rounds)
    # what states pledged in the campaign is public as round 0 begins
    signed = np.where(rounds >= 0, signed, 0)
    states = np.arange(len(signed)) if keep is None else np.flatnonzero(keep)
    home = world.home[places]
    has_home = home >= 0
    home_signed = np.where(has_home, signed[home].T, 0.0)
    still = np.stack([values.still[motive][places] for motive in OF_KIND[kind]], axis=1)
    examples, of_home, of_states = [], [], []
    for motive in MOVING[kind]:
        heeds_list = kind in MOTIVES[motive].by_list
        examples.append(
            _among(values, motive, places)
            if heeds_list
            else sparse.csr_array((len(places), len(places)))
        )
        by_state = np.zeros((len(places), len(signed)))
        by_state[:, states] = with_former_sums(
            values.effects(motive, places, np.arange(len(signed))), states
        )
        own = np.where(has_home, by_state[np.arange(len(places)), home], 0.0)
        by_state[has_home, home[has_home]] = 0.0
        of_home.append(own)
        of_states.append((by_state @ signed).T)
    spreads = dict(zip(OF_KIND[kind], still.std(axis=0).tolist(), strict=True))
    neighbours = float(home_signed[-1].std())  # shares of neighbours are of the same order
    for motive, example, own, of_state in zip(
        MOVING[kind], examples, of_home, of_states, strict=True
    ):
        spreads[motive] = (
            neighbours if example.nnz else float((of_state[-1] + own * home_signed[-1]).std())
        )
    return OrganisationEvidence(
        kind=kind,
        rounds=rounds,
        campaign_rounds=-scenario.first_round,
        homes=sparse.csr_array((home_iso3 == homes[:, None]).astype(np.float64)),
        counts_for=np.ones(len(homes)),
        date_rounds=counts.rounds,
        listed=listed,
        total_rounds=register.milestones.rounds,
        totals=_less_left_out(
            register.milestones.counts[kind], register.milestones.rounds, counts.rounds, left_out
        ),
        still=still,
        examples=tuple(examples),
        of_home=np.array(of_home),
        of_states=np.array(of_states),
        conditions=Conditions(
            first_round=int(rounds[0]),
            backlog_share=parameters[f"{kind}_backlog_share"],
            home_signed=np.ascontiguousarray(home_signed),
            shares=attention_shares(
                parameters.organisations_attention_gradient,
                world.trait("capacity")[places],
                0.0,
                np.zeros(len(places)),
            ),
        ),
        spreads=spreads,
        centres=dict.fromkeys((*PENALISED[kind], "anniversary"), 0.0),
        fixed={"attention_scale": parameters.attention_scale},
    )


def _less_left_out(
    totals: NDArray[np.int64], at: NDArray[np.int64], dates: NDArray[np.int64], left_out: Floats
) -> Floats:
    """*totals*, in the rounds *at*, less the part of all entries that the homes *left_out* [K] had
    by then; before the first of *dates*, the part that they had on it.
    """
    if not left_out.any():
        return totals.astype(float)
    so_far = np.interp(at, dates, np.cumsum(left_out))
    first = at < dates[0]
    so_far[first] = totals[first] * np.cumsum(left_out)[0] / totals[np.searchsorted(at, dates[0])]
    return totals - so_far


def _among(values: MotiveValues, motive: str, places: NDArray[np.int64]) -> sparse.csr_array:
    """[n, n] what the organisations at *places* add to a *motive* of one another, each row with its
    former sum.
    """
    beyond_states = np.flatnonzero(values.population.kind != STATE)
    effects = values.effects(motive, places, beyond_states)
    return sparse.csr_array(with_former_sums(effects, np.searchsorted(beyond_states, places)))
