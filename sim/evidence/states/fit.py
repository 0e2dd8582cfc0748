"""The states' weights and their attention calendar, fitted to the register (docs/odd.md, section
6).

The objective is a composite log likelihood, less a penalty:

- *Dates.* Each state has a monthly hazard, the chance of taking the matter up times that of signing
  then. The register gives an interval for its signature (last known absent, first known present),
  or its absence at the end. Other states' signatures are covariates (pseudo-likelihood). The
  European Union is one decider with one hazard, which counts for each of its 28 names.
- *Totals.* Dates alone leave the totals of a free-running world off the mark. So the expected path,
  in which every state meets its neighbours' expected signatures, is held to the register's
  milestones, within two states.
- *The launch.* Worlds in which the Union stays out on launch day are no worlds from which this
  register could have come, and some of them would widen every interval by 28 states. The expected
  path's chance that it signs by then counts with `BLOC_WEIGHT`.
- *Penalty.* A ridge on each weight times its motive's standard deviation among deciders; none on
  inclination. The share of wealth in capacity is drawn towards one half, where neither counts for
  more; of the calendar the base alone, in its logarithm, towards once a year, the round in which
  assemblies meet: where nobody came late, it could be nothing.

Only facts published before the launch enter. Peers, home, patron and security move with prevalence,
which a single register can hardly tell from what neighbours have in common (Manski 1993).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.evidence.maximise import FreeWeight, Maximum, maximise
from sim.evidence.motive_values import Calendar, Floats
from sim.evidence.states.data import MOVING, OF_STATES, PENALISED, StateEvidence
from sim.evidence.states.expected_path import (
    Slopes,
    add_log_chances,
    add_slopes_of_path,
    expected_path,
    take_up,
)
from sim.lenses import Lens
from sim.motives import MOTIVES
from sim.theory.attention import ANNIVERSARY

RIDGES = (1.0, 1.4, 2.0, 2.8, 4.0, 5.6)
RIDGE = (
    2.0  # of these the one under which the whole register is most probable (marginal_likelihood.py)
)
WITHIN_STATES = 2.0
BLOC_WEIGHT = 1000.0
EVEN_SHARE, SHARE_SPREAD = 0.5, 0.1
YEARLY, YEARLY_SPREAD = 1 / 12, 1.0  # the base a month; give or take a factor of e
MOST_ATTENTION = (
    8.0  # at the launch; more would reach those as well who, as far as is known, were not
)
SLOWEST = 0.5  # decay of a pulse a month: what is not half forgotten within six weeks is no pulse

FREE_UNDER_ALL_MOTIVES = (
    *(
        FreeWeight(f"state_{motive}", weight.start, *weight.between, weight.scale)
        for motive, weight in ((motive, MOTIVES[motive].weights["state"]) for motive in OF_STATES)
    ),
    FreeWeight("capacity_wealth_share", 0.57, 0, 1, 0.05),
    FreeWeight("state_attention_base", 0.08, 1e-4, 1, 0.005),
    FreeWeight("state_attention_campaign", 0.5, 0, 3, 0.1),
    FreeWeight("state_attention_launch", MOST_ATTENTION, 0.5, MOST_ATTENTION, 3),
    FreeWeight("state_attention_launch_decay", SLOWEST, SLOWEST, 3, 0.2),
    FreeWeight("state_attention_anniversary", 5, 0, 10, 1),
    FreeWeight("state_attention_anniversary_decay", 0.8, SLOWEST, 3, 0.2),
    FreeWeight("state_attention_club", 0.5, 0, 1, 0.2),
)  # fmt: skip


@dataclass(frozen=True)
class StatesFit:
    """The result of a search, with the log likelihood of the register and the penalty (natural
    logarithms).
    """

    best: Maximum
    log_likelihood: float  # of the dates
    penalty: float


class Derived:
    """Quantities that follow from *evidence* and *dials* without simulation: by state [S], by
    decider [D], by round [T] and by motive [M].
    """

    def __init__(self, evidence: StateEvidence, dials: Mapping[str, float]) -> None:
        share, club = dials["capacity_wealth_share"], dials["state_attention_club"]
        gradient = evidence.fixed["state_attention_gradient"]
        self.more_wealth = evidence.wealth - evidence.size
        self.capacity = evidence.size + share * self.more_wealth
        self.by_more_wealth = evidence.by_wealth - evidence.by_size
        self.still = evidence.by_size + share * self.by_more_wealth
        self.weights = np.array([dials[f"state_{motive}"] for motive in OF_STATES])
        self.value = self.still @ self.weights
        self.unreached = 1 - club * evidence.in_club
        self.share_of_state = np.exp(-gradient * (1 - self.capacity) * self.unreached)
        self.shares = evidence.members @ self.share_of_state  # any member may put it on the table
        self.calendar = Calendar("state", dials, evidence.fixed["attention_scale"], evidence.rounds)
        self.taken_up = np.empty((len(evidence.rounds), len(self.shares)))
        take_up(self.shares, self.calendar.attention, self.taken_up)
        self.moving = np.array([dials[f"state_{motive}"] for motive in MOVING])

    def value_with(self, moving: Floats) -> Floats:
        """[T, D] the value of signing, where the motives that move are *moving* [T, V, D]."""
        return self.value + np.einsum("v,tvd->td", self.moving, moving)


class Path:
    """The expected path under *derived*: `signed` [T + 1, D], as rounds begin and at the end."""

    def __init__(self, evidence: StateEvidence, derived: Derived) -> None:
        rounds, deciders = derived.taken_up.shape
        self.signed = np.empty((rounds + 1, deciders))
        self.signs = np.empty((rounds, deciders))
        self.effects = np.einsum("v,vde->de", derived.moving, evidence.effects)
        value = derived.value_with(evidence.of_organisations)
        expected_path(self.effects, value, derived.taken_up, self.signed, self.signs)


def expected_signatures(evidence: StateEvidence, dials: Mapping[str, float]) -> Floats:
    """[S, T] chance of each state to have signed by the end of each round, when everybody meets the
    others' expected signatures.
    """
    return evidence.members.T @ Path(evidence, Derived(evidence, dials)).signed[1:].T


def states_objective(
    evidence: StateEvidence, dials: Mapping[str, float], ridge: float = RIDGE
) -> tuple[float, dict[str, float]]:
    """The composite log likelihood less the penalty, and its slopes by dial."""
    derived = Derived(evidence, dials)
    log_chances, of_dates = _dates(evidence, derived)
    path = Path(evidence, derived)
    at = evidence.milestone_rounds - evidence.rounds[0] + 1
    counts_for = evidence.counts_for
    missed = counts_for @ (evidence.listed - path.signed[at].T) / WITHIN_STATES
    of_signed = np.zeros(path.signed.shape)
    for round_, slope in zip(at, missed / WITHIN_STATES, strict=True):
        of_signed[round_] += counts_for * slope
    value = counts_for @ log_chances - missed @ missed / 2
    if evidence.bloc >= 0:
        launch = 1 - evidence.rounds[0]
        on_board = path.signed[launch, evidence.bloc]
        value += BLOC_WEIGHT * np.log(on_board)
        of_signed[launch, evidence.bloc] += BLOC_WEIGHT / on_board
    of_path = _no_slopes(derived)
    heeds = np.ascontiguousarray(path.effects.T)
    add_slopes_of_path(
        heeds,
        derived.taken_up,
        path.signed,
        path.signs,
        of_signed,
        of_path,
        np.empty(len(counts_for)),
    )
    of_moving = np.einsum("td,tvd->v", of_dates.value, evidence.moving)
    of_moving += np.einsum("td,tvd->v", of_path.value, evidence.of_organisations)
    of_moving += np.einsum("de,vde->v", path.signed[:-1].T @ of_path.value, evidence.effects)
    slopes = Slopes(of_dates.value + of_path.value, of_dates.taken_up + of_path.taken_up)
    by_dial = _by_dial(evidence, derived, slopes, of_moving)
    pulled, pulls = penalty(evidence, dials, derived, ridge)
    for dial, pull in pulls.items():
        by_dial[dial] -= pull
    return float(value) - pulled, by_dial


def _no_slopes(derived: Derived) -> Slopes:
    return Slopes(np.zeros(derived.taken_up.shape), np.zeros(derived.taken_up.shape))


def _dates(evidence: StateEvidence, derived: Derived) -> tuple[Floats, Slopes]:
    """[D] the log chances of the register's dates, and their slopes."""
    rounds, deciders = derived.taken_up.shape
    slopes, log_chances = _no_slopes(derived), np.empty(deciders)
    add_log_chances(
        derived.value_with(evidence.moving),
        derived.taken_up,
        evidence.after,
        evidence.by,
        int(evidence.rounds[0]),
        evidence.counts_for,
        slopes,
        log_chances,
        np.empty((rounds, deciders)),
        np.empty((2, deciders)),
    )
    return log_chances, slopes


def _by_dial(
    evidence: StateEvidence, derived: Derived, slopes: Slopes, of_moving: Floats
) -> dict[str, float]:
    """The chain rule: from the slopes of values and chances, and of motives that move [V], to those
    of the dials.
    """
    of_value = slopes.value.sum(axis=0)
    of_rate = slopes.taken_up * (1 - derived.taken_up)
    of_share = evidence.members.T @ (derived.calendar.attention @ of_rate) * derived.share_of_state
    gradient = evidence.fixed["state_attention_gradient"]
    by_dial = {
        f"state_{motive}": slope
        for motive, slope in zip(OF_STATES, derived.still.T @ of_value, strict=True)
    }
    for motive, slope in zip(MOVING, of_moving, strict=True):
        by_dial[f"state_{motive}"] += slope
    by_dial |= derived.calendar.slopes(of_rate @ derived.shares)
    of_capacity = of_share * gradient * derived.unreached
    by_dial["capacity_wealth_share"] = of_capacity @ derived.more_wealth
    by_dial["capacity_wealth_share"] += of_value @ derived.by_more_wealth @ derived.weights
    by_dial["state_attention_club"] = of_share @ (
        gradient * (1 - derived.capacity) * evidence.in_club
    )
    return {dial: float(slope) for dial, slope in by_dial.items()}


def _where_they_differ(evidence: StateEvidence, derived: Derived) -> Floats:
    """[D, M] the motives in the last round, by the register, or if everybody had signed, where they
    differ more so.
    """
    motives = derived.still.copy()
    for v, motive in enumerate(MOVING):
        ways = (evidence.moving[-1, v], evidence.effects[v].sum(axis=0))
        motives[:, OF_STATES.index(motive)] += max(ways, key=np.std)
    return motives


def spreads_of_motives(evidence: StateEvidence, derived: Derived) -> dict[str, float]:
    """Motive -> its standard deviation among deciders, in the last round or if everybody had
    signed.
    """
    return dict(
        zip(OF_STATES, _where_they_differ(evidence, derived).std(axis=0).tolist(), strict=True)
    )


def penalty(
    evidence: StateEvidence, dials: Mapping[str, float], derived: Derived, ridge: float
) -> tuple[float, dict[str, float]]:
    """The penalty and its slopes by dial: a ridge on all motives but inclination, and terms for the
    share of wealth and the base of attention.
    """
    centres, motives = evidence.centres, _where_they_differ(evidence, derived)
    spreads = dict(zip(OF_STATES, motives.std(axis=0).tolist(), strict=True))
    firmness = {motive: np.sqrt(ridge) * spreads[motive] for motive in PENALISED}
    off = {
        motive: firm * dials[f"state_{motive}"] - centres[motive]
        for motive, firm in firmness.items()
    }
    pulls = {f"state_{motive}": float(off[motive] * firm) for motive, firm in firmness.items()}
    uneven = (dials["capacity_wealth_share"] - EVEN_SHARE) / SHARE_SPREAD - centres["wealth_share"]
    pulls["capacity_wealth_share"] = uneven / SHARE_SPREAD
    base = dials["state_attention_base"]
    rare = np.log(base / YEARLY) / YEARLY_SPREAD - centres["attention_base"]
    pulls["state_attention_base"] = float(rare / (YEARLY_SPREAD * base))
    lean = derived.by_more_wealth - derived.by_more_wealth.mean(axis=0)
    covariances = np.mean((motives - motives.mean(axis=0)) * lean, axis=0)
    for motive, covariance in zip(OF_STATES, covariances.tolist(), strict=True):
        # the share of wealth widens it
        if motive in PENALISED and covariance != 0 and spreads[motive] > 0:
            widens = np.sqrt(ridge) * covariance / spreads[motive]
            pulls["capacity_wealth_share"] += off[motive] * dials[f"state_{motive}"] * widens
    return float(sum(o**2 for o in off.values()) + uneven**2 + rare**2) / 2, pulls


def free_weights_of_states(lens: Lens, evidence: StateEvidence) -> list[FreeWeight]:
    """What is fitted under *lens* to *evidence*; the club reaches its members where it may also
    move them. Nothing can be known of a motive that has the same value for all, nor of an
    anniversary that is still to come.
    """
    silent = {f"state_{motive}" for motive in OF_STATES if not lens.has(motive)}
    silent |= {f"state_{motive}" for motive in OF_STATES if not MOTIVES[motive].one_text}
    silent |= {f"state_{motive}" for motive in evidence.alike - {"inclination"}}
    if not lens.has("convenor_club"):
        silent.add("state_attention_club")
    if evidence.rounds[-1] < ANNIVERSARY:
        silent |= {"state_attention_anniversary", "state_attention_anniversary_decay"}
    return [weight for weight in FREE_UNDER_ALL_MOTIVES if weight.dial not in silent]


def fit_states(
    evidence: StateEvidence,
    lens: Lens,
    ridge: float = RIDGE,
    start: Mapping[str, float] | None = None,
    near: bool = False,
) -> StatesFit:
    """The states' weights under *lens*; the search begins at *start* where there is one, and may be
    *near* the end.
    """
    silent = {weight.dial: float(max(weight.low, 0)) for weight in FREE_UNDER_ALL_MOTIVES}
    free = free_weights_of_states(lens, evidence)
    best = maximise(
        lambda dials: states_objective(evidence, dials, ridge), free, silent, start, near
    )
    derived = Derived(evidence, best.weights)
    likelihood = evidence.counts_for @ _dates(evidence, derived)[0]
    return StatesFit(best, float(likelihood), penalty(evidence, best.weights, derived, ridge)[0])
