"""Data of the fit of firms or of NGOs: the register's counts by home, and the values of the motives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sim import population
from sim.compiled import in_plain_python
from sim.evidence.motive_values import Floats, attention_shares, standing_still
from sim.evidence.organisations.expected_path import Conditions, Neighbours
from sim.evidence.register import Register, signed_as_rounds_begin
from sim.evidence.uncertainty import exponential_weights, normal_centres, split_again
from sim.population import KINDS, STRICT, Measures, network
from sim.scenario import Scenario
from sim.theory.motives import burden

STILL = {"firm": ("inclination", "affinity", "burden"), "ngo": ("inclination", "affinity", "burden", "record")}
MOVING = {"firm": ("peers", "home", "security"), "ngo": ("peers", "home")}


@dataclass(frozen=True)
class OrganisationEvidence:
    """n organisations of one kind, H homes (those with a potential one), T rounds, K dates. Held-out homes are in none
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
    still: Floats  # [n, motives of STILL]
    conditions: Conditions
    spreads: Mapping[str, float]  # motive -> its standard deviation among organisations
    centres: Mapping[str, float]  # of the penalty: 0; in a bootstrap what has been drawn, in standard deviations
    fixed: Mapping[str, float]  # dials that are not fitted

    def resampled(self, seed: int, draw: int) -> OrganisationEvidence:
        """The same with each home's weight drawn, in the totals by the entries it has, and the penalty's centres."""
        weights = exponential_weights(len(self.counts_for), self.kind, seed, draw)
        centres = normal_centres(tuple(self.centres), self.kind, seed, draw)
        return replace(
            self,
            counts_for=self.counts_for * weights,
            totals=self._totals_resampled(weights, seed, draw),
            centres=centres,
        )

    def _totals_resampled(self, weights: Floats, seed: int, draw: int) -> Floats:
        """The totals when each home counts with its drawn weight [H]; of the entries before the first date with homes
        the dates are drawn again.
        """
        so_far = np.cumsum(self.listed, axis=1)
        relative = np.interp(self.total_rounds, self.date_rounds, weights @ so_far / so_far.sum(axis=0))
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
    """The data on firms or NGOs (*kind*) in *register*, with the *capacity_wealth_share* of the fit of states.

    *keep* [193]: the states whose firms and NGOs count; those of others are as if they did not exist. Homes without a
    seat are always in.
    """
    parameters = scenario.parameters.with_values({"capacity_wealth_share": capacity_wealth_share})
    code = scenario.code
    world = population.build(parameters, measures)
    of_kind = (world.kind == KINDS.index(kind)) & ((world.home < 0) | (True if keep is None else keep[world.home]))
    places = np.flatnonzero(of_kind)
    rounds = np.arange(scenario.first_round, register.last_round + 1)
    values = standing_still(world, code)
    values["burden"] = in_plain_python(burden)(code.depth_burden, world.trait("capacity"))
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
    signed = np.where(rounds >= 0, signed, 0)  # what states pledged in the campaign is public as round 0 begins
    offence = world.trait("offence")[: len(signed)] * (1 if keep is None else keep)
    offence_signed = (offence @ signed) / offence.sum()
    signed = np.concatenate([signed, np.zeros((1, len(rounds)))])  # the last row is for homes without a seat
    still = np.stack([values[motive][places] for motive in STILL[kind]], axis=1)
    promised = parameters.security_club_share * parameters.confidence_start
    safety = promised * np.outer(offence_signed, world.trait("exposure")[places])
    home_signed = signed[world.home[places]].T
    spreads = dict(zip(STILL[kind], still.std(axis=0).tolist(), strict=True))
    spreads["home"] = spreads["peers"] = float(home_signed[-1].std())  # shares of neighbours: of the same order
    spreads["security"] = float(safety[-1].std())
    return OrganisationEvidence(
        kind=kind,
        rounds=rounds,
        campaign_rounds=-scenario.first_round,
        homes=sparse.csr_array((home_iso3 == homes[:, None]).astype(np.float64)),
        counts_for=np.ones(len(homes)),
        date_rounds=counts.rounds,
        listed=listed,
        total_rounds=register.milestones.rounds,
        totals=_less_left_out(register.milestones.counts[kind], register.milestones.rounds, counts.rounds, left_out),
        still=still,
        conditions=Conditions(
            first_round=int(rounds[0]),
            backlog_share=parameters[f"{kind}_backlog_share"],
            neighbours=_neighbours(network.combined(world.layers, parameters), places),
            home_signed=np.ascontiguousarray(home_signed),
            safety=safety,
            shares=attention_shares(
                parameters.organisations_attention_gradient, world.trait("capacity")[places], 0.0, np.zeros(len(places))
            ),
        ),
        spreads=spreads,
        centres=dict.fromkeys((*STILL[kind][1:], *MOVING[kind], "anniversary"), 0.0),
        fixed={"attention_scale": parameters.attention_scale},
    )


def _less_left_out(
    totals: NDArray[np.int64], at: NDArray[np.int64], dates: NDArray[np.int64], left_out: Floats
) -> Floats:
    """*totals*, in the rounds *at*, less the part of all entries that the homes *left_out* [K] had by then; before the
    first of *dates*, the part that they had on it.
    """
    if not left_out.any():
        return totals.astype(float)
    so_far = np.interp(at, dates, np.cumsum(left_out))
    first = at < dates[0]
    so_far[first] = totals[first] * np.cumsum(left_out)[0] / totals[np.searchsorted(at, dates[0])]
    return totals - so_far


def _neighbours(ties: sparse.csr_array, places: NDArray[np.int64]) -> Neighbours:
    """The *ties* among those at *places*, each row with its former sum."""
    among = ties[places][:, places].tocsr()
    before, now = (np.asarray(each.sum(axis=1)).ravel() for each in (ties[places], among))
    factors = np.divide(before, now, out=np.zeros(len(places)), where=now > 0)
    weight = among.data * np.repeat(factors, np.diff(among.indptr))
    return Neighbours(among.indptr.astype(np.uint32), among.indices.astype(np.uint32), weight)
