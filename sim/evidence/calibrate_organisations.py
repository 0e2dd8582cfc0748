"""The weights of firms and of NGOs and their attention calendars, fitted to the register (docs/odd.md, section 6).

The register names no potential firm or NGO that stayed out, and its counts by home exceed the potential number in
some homes (France, Hungary, Nigeria), so the data are counts and the pool is an exposure. The objective is, per
kind, a composite log likelihood less a penalty:

- *Counts* by home country and date. Expected are the publications of an expected path in which everybody meets its
  neighbours' expected entries on the public list, while home states sign as the register says; the counts scatter
  around it as a negative binomial, since countries differ by more than chance. Homes without a potential
  organisation are left out.
- *Totals* at the register's milestones, held to within 3 %.
- *Penalty*: a ridge on each weight times its motive's standard deviation.

The backlog of November 2019 is part of what is expected: a share of what was signed in rounds 3 to 11, not fitted,
waits for round 12.

Two identifying assumptions. The register shows only what the campaign and launch day brought together; names that
were public on launch day had mostly been collected before it, so the months of the campaign are given, in sum,
twice the attention of launch day. And firms and NGOs, unlike states, see the public list alone, empty before the
launch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import gammaln

from sim import network, population
from sim.compiled import in_plain_python
from sim.evidence.fitting import Free, Maximum, maximised, significant
from sim.evidence.motive_values import Floats, attention_shares, standing_still, take_up_rates
from sim.evidence.targets import OrganisationCounts, milestones, organisation_counts
from sim.lenses import Lens
from sim.population import KINDS, STATE
from sim.scenario import Scenario
from sim.theory.motives.burden import burden
from sim.theory.publication import BACKLOG_BEGINS, BACKLOG_ENDS, BACKLOG_PUBLISHED

RIDGE = 1.0
WITHIN_SHARE = 0.03
SCATTER = 2.0  # size of the negative binomial: standard deviation of countries about 70 % of what is expected
LEAST = 1e-6
CAMPAIGN_TO_LAUNCH = 2.0
STILL = {"firm": ("inclination", "affinity", "burden"), "ngo": ("inclination", "affinity", "burden", "record")}
MOVING = {"firm": ("home", "peers", "security"), "ngo": ("home", "peers")}
STARTS = {
    "firm": {"inclination": -3.1, "affinity": 4.5, "burden": 8, "home": 2, "peers": 0.1, "security": 0},
    "ngo": {"inclination": -3.0, "affinity": 5.5, "burden": 3, "home": 0.1, "peers": 0.1, "record": 0.3},
}
CALENDARS = {
    "firm": {"base": 0.03, "launch": 1.0, "launch_decay": 1.2, "anniversary": 3.0, "anniversary_decay": 2.0},
    "ngo": {"base": 0.023, "launch": 0.12, "launch_decay": 0.6, "anniversary": 2.0, "anniversary_decay": 2.0},
}
BOUNDS = {
    "base": (1e-4, 1),
    "launch": (0.01, 12),
    "launch_decay": (0.2, 3),
    "anniversary": (0, 10),
    "anniversary_decay": (0.4, 3),
}


@dataclass(frozen=True)
class OrganisationEvidence:
    """What the fit reads for one kind. n organisations, H homes, T rounds, first to last."""

    kind: str
    rounds: NDArray[np.int64]
    campaign_rounds: int
    total_rounds: NDArray[np.int64]  # [dates] of the register's milestones
    totals: NDArray[np.int64]  # [dates]
    counts: OrganisationCounts
    still: Floats  # [n, motives of STILL]
    attention_shares: Floats  # [n]
    ties: sparse.csr_array  # [n, n]
    homes: sparse.csr_array  # [H, n] 1 where an organisation has this home, in the order of counts.homes
    other_homes: sparse.csr_array  # [homes without an entry on the register, n]
    home_signed: Floats  # [n, T] chance that the home state is on the public list as a round begins
    safety: Floats  # [n, T] the motive of security
    backlog_share: float
    fixed: Mapping[str, float]  # dials that are not fitted


def organisation_evidence(
    kind: str, scenario: Scenario, states_signed: Floats, capacity_wealth_share: float
) -> OrganisationEvidence:
    """The register's counts and the values of the motives of *kind*; *states_signed* [S, T] as rounds begin."""
    parameters = scenario.parameters.with_values({"capacity_wealth_share": capacity_wealth_share})
    code = scenario.code
    world = population.build(parameters)
    ours = np.flatnonzero(world.kind == KINDS.index(kind))
    rounds = np.arange(scenario.first_round, scenario.last_round + 1)
    marks = milestones(code.launch)
    values = standing_still(world, code)
    values["burden"] = in_plain_python(burden)(code.depth_burden, world.trait("capacity"))
    counts = organisation_counts(kind, code.launch, scenario.last_round)
    home_iso3 = np.array(world.home_iso3)[ours]
    offence = world.trait("offence")
    states = int((world.kind == STATE).sum())
    held = (offence[:states] @ states_signed) / offence.sum()
    listed = np.where(rounds >= 0, states_signed, 0)  # what states pledged in the campaign is public as round 0 begins
    listed = np.concatenate([listed, np.zeros((1, len(rounds)))])  # the last row is for homes without a seat
    others = sorted(set(home_iso3) - set(counts.homes))
    return OrganisationEvidence(
        kind=kind,
        rounds=rounds,
        campaign_rounds=-scenario.first_round,
        total_rounds=marks.rounds,
        totals=marks.counts[kind],
        counts=counts,
        still=np.stack([values[motive][ours] for motive in STILL[kind]], axis=1),
        attention_shares=attention_shares(
            parameters.organisations_attention_gradient, world.trait("capacity")[ours], 0.0, np.zeros(len(ours))
        ),
        ties=network.combined(world, parameters)[ours][:, ours].tocsr(),
        homes=sparse.csr_array(np.array([home_iso3 == home for home in counts.homes], dtype=np.float64)),
        other_homes=sparse.csr_array(np.array([home_iso3 == home for home in others], dtype=np.float64)),
        home_signed=listed[world.home[ours]],
        safety=parameters.security_club_share
        * parameters.confidence_start
        * np.outer(world.trait("exposure")[ours], held),
        backlog_share=parameters[f"{kind}_backlog_share"],
        fixed={name: parameters[name] for name in ("attention_scale",)},
    )


def with_campaign(evidence: OrganisationEvidence, weights: Mapping[str, float]) -> dict[str, float]:
    """*weights* and the campaign's attention, which in sum is CAMPAIGN_TO_LAUNCH times that of launch day."""
    kind = evidence.kind
    campaign = CAMPAIGN_TO_LAUNCH * weights[f"{kind}_attention_launch"] / max(evidence.campaign_rounds, 1)
    return {**weights, f"{kind}_attention_campaign": significant(campaign)}


def expected_listing(evidence: OrganisationEvidence, weights: Mapping[str, float]) -> Floats:
    """[n, T] chance to be on the public list by the end of each round, home states signing as the register says."""
    kind = evidence.kind
    dials = {**evidence.fixed, **with_campaign(evidence, weights)}
    rates = take_up_rates(dials, kind, evidence.attention_shares, evidence.rounds)
    taken_up = -np.expm1(-rates)
    still = evidence.still @ np.array([weights[f"{kind}_{motive}"] for motive in STILL[kind]])
    if "security" in MOVING[kind]:
        still = still[:, None] + weights[f"{kind}_security"] * evidence.safety
    else:
        still = np.repeat(still[:, None], len(evidence.rounds), axis=1)
    odds_against = np.exp(-still)
    without_home = np.exp(-weights[f"{kind}_home"])
    peers = weights[f"{kind}_peers"]
    signed, waiting = np.zeros(len(still)), np.zeros(len(still))
    path = np.zeros(still.shape)
    for t, round_number in enumerate(evidence.rounds):
        if round_number == BACKLOG_PUBLISHED:
            waiting = np.zeros(len(still))
        listed = signed - waiting if round_number >= 0 else np.zeros(len(still))
        against = odds_against[:, t] * np.exp(-peers * (evidence.ties @ listed))
        home = evidence.home_signed[:, t]
        signs = home / (1 + against * without_home) + (1 - home) / (1 + against)
        newly = (1 - signed) * taken_up[:, t] * signs
        signed = signed + newly
        if BACKLOG_BEGINS <= round_number <= BACKLOG_ENDS:
            waiting = waiting + evidence.backlog_share * newly
        path[:, t] = signed - waiting if round_number >= 0 else 0
    return path


def log_likelihood_of_counts(evidence: OrganisationEvidence, path: Floats) -> float:
    """Log chance of the register's counts by home and date, under the expected *path* of publications."""
    by_date = path[:, evidence.counts.rounds - evidence.rounds[0]]
    newly = np.diff(np.concatenate([np.zeros((len(by_date), 1)), by_date], axis=1), axis=1)
    there = np.asarray(evidence.homes.sum(axis=1)).ravel() > 0
    listed = evidence.counts.listed[there]
    expected = np.maximum((evidence.homes @ newly)[there], LEAST)
    elsewhere = np.maximum(evidence.other_homes @ newly, LEAST)
    none = -SCATTER * np.log1p(elsewhere / SCATTER)
    some = (
        gammaln(listed + SCATTER)
        - gammaln(SCATTER)
        - gammaln(listed + 1)
        - SCATTER * np.log1p(expected / SCATTER)
        + listed * np.log(expected / (SCATTER + expected))
    )
    return float(some.sum() + none.sum())


def penalty(evidence: OrganisationEvidence, weights: Mapping[str, float]) -> float:
    """The ridge on the weights of all motives but inclination."""
    spreads = dict(zip(STILL[evidence.kind], evidence.still.std(axis=0), strict=True))
    spreads["home"] = evidence.home_signed[:, -1].std()
    spreads["peers"] = spreads["home"]  # a share of neighbours who have signed: of the same order
    spreads["security"] = evidence.safety[:, -1].std()
    motives = (*STILL[evidence.kind][1:], *MOVING[evidence.kind])
    return float(RIDGE * sum((weights[f"{evidence.kind}_{motive}"] * spreads[motive]) ** 2 for motive in motives) / 2)


def free_weights(kind: str, lens: Lens) -> list[Free]:
    """What is fitted for *kind* under *lens*, where the search begins, and within which bounds."""
    motives = [
        Free(f"{kind}_{motive}", STARTS[kind][motive], -20 if motive == "inclination" else 0, 20, 0.5)
        for motive in (*STILL[kind], *MOVING[kind])
        if lens.has(motive)
    ]
    return motives + [
        Free(f"{kind}_attention_{name}", start, *BOUNDS[name], scale=start / 3)
        for name, start in CALENDARS[kind].items()
    ]


def objective(evidence: OrganisationEvidence, weights: Mapping[str, float]) -> float:
    """The composite log likelihood less the penalty."""
    path = expected_listing(evidence, weights)
    totals = path[:, evidence.total_rounds - evidence.rounds[0]].sum(axis=0)
    missed = (evidence.totals - totals) / (WITHIN_SHARE * evidence.totals)
    return log_likelihood_of_counts(evidence, path) - float((missed**2).sum()) / 2 - penalty(evidence, weights)


def fit_organisations(evidence: OrganisationEvidence, lens: Lens) -> tuple[Maximum, dict[str, float], float, float]:
    """The search's end under *lens*, all weights with the campaign's, the log likelihood of the counts there, and the
    penalty.
    """
    silent = {f"{evidence.kind}_{motive}": 0.0 for motive in (*STILL[evidence.kind], *MOVING[evidence.kind])}
    best = maximised(lambda weights: objective(evidence, weights), free_weights(evidence.kind, lens), silent)
    likelihood = log_likelihood_of_counts(evidence, expected_listing(evidence, best.weights))
    return best, with_campaign(evidence, best.weights), likelihood, penalty(evidence, best.weights)
