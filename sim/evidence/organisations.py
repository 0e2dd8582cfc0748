"""The weights of firms and of NGOs and their attention calendars, fitted to the register
(docs/odd.md, section 6).

The register names no potential firm or NGO that stayed out, and its counts by home exceed the
potential number in some homes (France, Hungary, Nigeria), so the data are counts and the pool is an
exposure. The objective is, per kind, a composite log likelihood less a penalty:

- *Counts* by home country and date. Expected are the publications of an expected path in which
  everybody meets its neighbours' expected entries on the public list, while home states sign as the
  register says; the counts scatter around it as a negative binomial, since countries differ by more
  than chance. Homes without a potential organisation are left out.
- *Totals* at the register's milestones, held to within 3 %.
- *Penalty*: a ridge on each weight times its motive's standard deviation, and a normal distribution
  of the logarithm of the anniversary's attention: where all take the matter up, the counts look the
  same whether more still would have.

The backlog of November 2019 is part of what is expected: a share of what was signed in rounds 3 to
11, not fitted, waits for round 12.

Two identifying assumptions. The register shows only what the campaign and launch day brought
together; names that were public on launch day had mostly been collected before it, so the months of
the campaign are given, in sum, twice the attention of launch day. And firms and NGOs, unlike
states, see the public list alone, empty before the launch.

*Data* are the register's counts by home, and the values of the motives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import gammaln

from sim.evidence.expected_path import (
    Conditions,
    Listing,
    Neighbours,
    OrganisationSlopes,
    add_slopes,
    expected_listing,
)
from sim.evidence.maximise import FreeWeight, KindFit, maximise, rounded
from sim.evidence.motive_values import (
    Calendar,
    Floats,
    MotiveValues,
    attention_shares,
    free_weight,
    motives_of,
    moving_motives_of,
    ridge_penalty,
    with_former_sums,
)
from sim.evidence.register import Register, signed_as_rounds_begin
from sim.evidence.uncertainty import exponential_weights, normal_centres, split_again
from sim.lenses import Lens
from sim.motives import MOTIVES
from sim.population import KINDS, STATE, STRICT, Measures
from sim.scenario import Scenario
from sim.theory.attention import ANNIVERSARY

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


# The fit

ORGANISATIONS_RIDGE = 0.5
WITHIN_SHARE = 0.03
# size of the negative binomial: standard deviation of countries about 70 % of what is expected
SCATTER = 2.0
LEAST = 1e-6
# the anniversary: most take the matter up within a month; give or take a factor of e
LOUD, LOUD_SPREAD = 1.0, 1.0
CAMPAIGN_TO_LAUNCH = 2.0
BOUNDS = {
    "base": (1e-4, 1),
    "launch": (0.01, 12),
    "launch_decay": (0.2, 3),
    "anniversary": (0.01, 10),
    "anniversary_decay": (0.4, 6),
}
# where the search for the calendar begins, in the order of BOUNDS
CALENDARS = {
    kind: dict(zip(BOUNDS, starts, strict=True))
    for kind, starts in (
        ("firm", (0.013, 0.25, 0.3, 1.3, 1.3)),
        ("ngo", (0.02, 0.07, 0.3, 1.8, 2.3)),
    )
}


def with_campaign(evidence: OrganisationEvidence, weights: Mapping[str, float]) -> dict[str, float]:
    """*weights* and the campaign's attention, which in sum is CAMPAIGN_TO_LAUNCH times that of
    launch day.
    """
    kind = evidence.kind
    campaign = (
        CAMPAIGN_TO_LAUNCH * weights[f"{kind}_attention_launch"] / max(evidence.campaign_rounds, 1)
    )
    return {**weights, f"{kind}_attention_campaign": campaign}


def memory_for(evidence: OrganisationEvidence) -> Listing:
    """Working memory for the expected path of *evidence*, many megabytes that a search uses again
    and again.
    """
    rounds, count = evidence.conditions.home_signed.shape
    return Listing(
        np.empty((rounds + 1, count)), *(np.empty((rounds, count)) for _ in Listing._fields[1:])
    )


class Expected:
    """The expected path under *weights*, computed in *memory*, or in new memory where there is
    none.
    """

    def __init__(
        self,
        evidence: OrganisationEvidence,
        weights: Mapping[str, float],
        memory: Listing | None = None,
    ) -> None:
        kind = evidence.kind
        dials = with_campaign(evidence, weights)
        self.calendar = Calendar(kind, dials, evidence.fixed["attention_scale"], evidence.rounds)
        still = np.array([weights[f"{kind}_{motive}"] for motive in OF_KIND[kind]])
        moving = np.array([weights[f"{kind}_{motive}"] for motive in MOVING[kind]])
        nobody = sparse.csr_array(evidence.examples[0].shape)
        among = sum(
            (each * weight for each, weight in zip(evidence.examples, moving, strict=True)), nobody
        )
        places = (among.indptr.astype(np.uint32), among.indices.astype(np.uint32))
        self.neighbours = Neighbours(*places, among.data)
        value = evidence.still @ still + np.einsum("v,vtn->tn", moving, evidence.of_states)
        self.path = memory or memory_for(evidence)
        expected_listing(
            evidence.conditions,
            self.neighbours,
            value,
            moving @ evidence.of_home,
            self.calendar.attention,
            self.path,
            np.empty(value.shape[1]),
        )

    def slopes(self, evidence: OrganisationEvidence, of_listed: Floats) -> dict[str, float]:
        """Dial -> slope, where the chance to be listed [T, n] has the slopes *of_listed*."""
        kind, (rounds, count) = evidence.kind, of_listed.shape
        of_path = OrganisationSlopes(np.zeros((rounds, count)), np.zeros(count), np.zeros(rounds))
        add_slopes(
            evidence.conditions,
            self.neighbours,
            self.path,
            of_listed,
            of_path,
            *np.empty((2, count)),
        )
        by_dial = self.calendar.slopes(of_path.attention)
        launch, campaign = f"{kind}_attention_launch", f"{kind}_attention_campaign"
        by_dial[launch] += (
            by_dial.pop(campaign) * CAMPAIGN_TO_LAUNCH / max(evidence.campaign_rounds, 1)
        )
        still = evidence.still.T @ of_path.value.sum(axis=0)
        by_dial |= {
            f"{kind}_{motive}": float(slope)
            for motive, slope in zip(OF_KIND[kind], still, strict=True)
        }
        of_states = np.einsum("tn,vtn->v", of_path.value, evidence.of_states)
        of_home = evidence.of_home @ of_path.home
        for v, motive in enumerate(MOVING[kind]):
            slope = of_states[v] + of_home[v]
            if evidence.examples[v].nnz:
                slope += np.vdot(of_path.value.T, evidence.examples[v] @ self.path.public.T)
            by_dial[f"{kind}_{motive}"] += float(slope)
        return by_dial


def expected_on_list(evidence: OrganisationEvidence, weights: Mapping[str, float]) -> Floats:
    """[T, n] chance to be on the public list by the end of each round, home states signing as the
    register says.
    """
    return Expected(evidence, weights).path.listed


def log_likelihood_of_counts(
    evidence: OrganisationEvidence, listed: Floats
) -> tuple[float, Floats]:
    """Log chance of the register's counts by home and date, where *listed* [T, n] is expected, and
    its slopes.
    """
    at = evidence.date_rounds - evidence.rounds[0]
    so_far = evidence.homes @ listed[at].T
    expected = np.diff(np.concatenate([np.zeros((len(so_far), 1)), so_far], axis=1), axis=1)
    mean = np.maximum(expected, LEAST)
    registered, counts_for = evidence.listed, evidence.counts_for[:, None]
    chances = (
        gammaln(registered + SCATTER)
        - gammaln(SCATTER)
        - gammaln(registered + 1)
        - SCATTER * np.log1p(mean / SCATTER)
        + registered * np.log(mean / (SCATTER + mean))
    )
    of_newly = counts_for * np.where(
        expected > LEAST, SCATTER * (registered - mean) / (mean * (SCATTER + mean)), 0
    )
    of_so_far = of_newly - np.concatenate([of_newly[:, 1:], np.zeros((len(of_newly), 1))], axis=1)
    slopes = np.zeros(listed.shape)
    slopes[at] = (evidence.homes.T @ of_so_far).T
    return float((counts_for * chances).sum()), slopes


def penalty(
    evidence: OrganisationEvidence, weights: Mapping[str, float], ridge: float
) -> tuple[float, dict[str, float]]:
    """The penalty and its slopes by dial: a ridge on all motives but inclination, and a term for
    the anniversary.
    """
    kind, centres = evidence.kind, evidence.centres
    off, pulls = ridge_penalty(kind, PENALISED[kind], weights, evidence.spreads, centres, ridge)
    anniversary = f"{kind}_attention_anniversary"
    if evidence.rounds[-1] >= ANNIVERSARY:
        off["anniversary"] = (
            np.log(weights[anniversary] / LOUD) / LOUD_SPREAD - centres["anniversary"]
        )
        pulls[anniversary] = float(off["anniversary"] / (LOUD_SPREAD * weights[anniversary]))
    return float(sum(o**2 for o in off.values())) / 2, pulls


def free_weights_of_organisations(lens: Lens, evidence: OrganisationEvidence) -> list[FreeWeight]:
    """The weights to fit under *lens* to *evidence*, with starts and bounds. A motive with the same
    value for all cannot be fitted, nor an anniversary after the last round.
    """
    kind = evidence.kind
    motives = [
        free_weight(kind, motive)
        for motive in OF_KIND[kind]
        if lens.has(motive)
        and MOTIVES[motive].one_text
        and (evidence.spreads[motive] > 0 or motive == "inclination")
    ]
    return motives + [
        FreeWeight(f"{kind}_attention_{name}", start, *BOUNDS[name], scale=start / 3)
        for name, start in CALENDARS[kind].items()
        if evidence.rounds[-1] >= ANNIVERSARY or not name.startswith("anniversary")
    ]


def organisations_objective(
    evidence: OrganisationEvidence,
    weights: Mapping[str, float],
    ridge: float = ORGANISATIONS_RIDGE,
    memory: Listing | None = None,
) -> tuple[float, dict[str, float]]:
    """The composite log likelihood less the penalty, and its slopes by dial; computed in *memory*
    if it is not None.
    """
    expected = Expected(evidence, weights, memory)
    listed = expected.path.listed
    value, of_listed = log_likelihood_of_counts(evidence, listed)
    counts_for = evidence.homes.T @ evidence.counts_for
    at = evidence.total_rounds - evidence.rounds[0]
    within = WITHIN_SHARE * evidence.totals
    missed = (evidence.totals - listed[at] @ counts_for) / within
    for round_, slope in zip(at, missed / within, strict=True):
        of_listed[round_] += slope * counts_for
    by_dial = expected.slopes(evidence, of_listed)
    cost, pulls = penalty(evidence, weights, ridge)
    for dial, pull in pulls.items():
        by_dial[dial] -= pull
    return value - float(missed @ missed) / 2 - cost, by_dial


def fit_organisations(
    evidence: OrganisationEvidence,
    lens: Lens,
    ridge: float = ORGANISATIONS_RIDGE,
    start: Mapping[str, float] | None = None,
) -> KindFit:
    """The weights of one kind under *lens*; the search begins at *start* where there is one."""
    kind = evidence.kind
    silent = {f"{kind}_{motive}": 0.0 for motive in OF_KIND[kind]}
    silent |= {
        f"{kind}_attention_{name}": float(BOUNDS[name][0])
        for name in ("anniversary", "anniversary_decay")
    }
    free = free_weights_of_organisations(lens, evidence)
    memory = memory_for(evidence)
    best = maximise(
        lambda weights: organisations_objective(evidence, weights, ridge, memory),
        free,
        silent,
        start,
    )
    weights = with_campaign(evidence, best.weights)
    campaign = f"{kind}_attention_campaign"
    weights[campaign] = rounded(weights[campaign])
    likelihood, _ = log_likelihood_of_counts(evidence, expected_on_list(evidence, best.weights))
    return KindFit(best, weights, likelihood, penalty(evidence, best.weights, ridge)[0])
