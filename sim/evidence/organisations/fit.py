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
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.special import gammaln

from sim.evidence.maximise import FreeWeight, Maximum, maximise, rounded
from sim.evidence.motive_values import Calendar, Floats
from sim.evidence.organisations.data import MOVING, OF_KIND, PENALISED, OrganisationEvidence
from sim.evidence.organisations.expected_path import (
    Neighbours,
    Path,
    Slopes,
    add_slopes,
    expected_listing,
)
from sim.lenses import Lens
from sim.motives import MOTIVES
from sim.theory.attention import ANNIVERSARY

ORGANISATIONS_RIDGE = 0.5
WITHIN_SHARE = 0.03
# size of the negative binomial: standard deviation of countries about 70 % of what is expected
SCATTER = 2.0
LEAST = 1e-6
# the anniversary: most take the matter up within a month; give or take a factor of e
LOUD, LOUD_SPREAD = 1.0, 1.0
CAMPAIGN_TO_LAUNCH = 2.0
CALENDARS = {
    "firm": {
        "base": 0.013,
        "launch": 0.25,
        "launch_decay": 0.3,
        "anniversary": 1.3,
        "anniversary_decay": 1.3,
    },
    "ngo": {
        "base": 0.02,
        "launch": 0.07,
        "launch_decay": 0.3,
        "anniversary": 1.8,
        "anniversary_decay": 2.3,
    },
}
BOUNDS = {
    "base": (1e-4, 1),
    "launch": (0.01, 12),
    "launch_decay": (0.2, 3),
    "anniversary": (0.01, 10),
    "anniversary_decay": (0.4, 6),
}


@dataclass(frozen=True)
class OrganisationsFit:
    """The result of a search, with the log likelihood of the register and the penalty (natural
    logarithms).
    """

    best: Maximum
    # the fitted, and the attention of the campaign, which follows from them
    weights: dict[str, float]
    log_likelihood: float  # of the counts
    penalty: float


def with_campaign(evidence: OrganisationEvidence, weights: Mapping[str, float]) -> dict[str, float]:
    """*weights* and the campaign's attention, which in sum is CAMPAIGN_TO_LAUNCH times that of
    launch day.
    """
    kind = evidence.kind
    campaign = (
        CAMPAIGN_TO_LAUNCH * weights[f"{kind}_attention_launch"] / max(evidence.campaign_rounds, 1)
    )
    return {**weights, f"{kind}_attention_campaign": campaign}


def memory_for(evidence: OrganisationEvidence) -> Path:
    """Working memory for the expected path of *evidence*, many megabytes that a search uses again
    and again.
    """
    rounds, count = evidence.conditions.home_signed.shape
    return Path(
        np.empty((rounds + 1, count)), *(np.empty((rounds, count)) for _ in Path._fields[1:])
    )


class Expected:
    """The expected path under *weights*, computed in *memory*, or in new memory where there is
    none.
    """

    def __init__(
        self,
        evidence: OrganisationEvidence,
        weights: Mapping[str, float],
        memory: Path | None = None,
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
        of_path = Slopes(np.zeros((rounds, count)), np.zeros(count), np.zeros(rounds))
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
    kind, centres = evidence.kind, dict(evidence.centres)
    firmness = {motive: np.sqrt(ridge) * evidence.spreads[motive] for motive in PENALISED[kind]}
    off = {m: firm * weights[f"{kind}_{m}"] - centres[m] for m, firm in firmness.items()}
    pulls = {f"{kind}_{m}": float(off[m] * firm) for m, firm in firmness.items()}
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
        FreeWeight(f"{kind}_{motive}", weight.start, *weight.between, weight.scale)
        for motive, weight in ((motive, MOTIVES[motive].weights[kind]) for motive in OF_KIND[kind])
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
    memory: Path | None = None,
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
) -> OrganisationsFit:
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
    return OrganisationsFit(best, weights, likelihood, penalty(evidence, best.weights, ridge)[0])
