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

*Data.* While the European Union deliberates as a bloc it is one decider with the mean of its
members' motives, and any of them may put the matter on the table; every other state decides for
itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.evidence.expected_path import (
    StateSlopes,
    add_log_chances,
    add_slopes_of_path,
    expected_path,
    take_up,
)
from sim.evidence.maximise import FreeWeight, KindFit, maximise
from sim.evidence.motive_values import (
    Calendar,
    Floats,
    MotiveValues,
    free_weight,
    motives_of,
    moving_motives_of,
    ridge_penalty,
    with_former_sums,
)
from sim.evidence.register import (
    OrganisationCounts,
    Register,
    shares_signed,
    signed_as_rounds_begin,
)
from sim.evidence.uncertainty import exponential_weights, normal_centres, split_again
from sim.lenses import Lens
from sim.motives import MOTIVES
from sim.population import STATE, STRICT, Measures
from sim.scenario import Scenario
from sim.theory.attention import ANNIVERSARY

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


# The fit

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
    *(free_weight("state", motive) for motive in OF_STATES),
    FreeWeight("capacity_wealth_share", 0.57, 0, 1, 0.05),
    FreeWeight("state_attention_base", 0.08, 1e-4, 1, 0.005),
    FreeWeight("state_attention_campaign", 0.5, 0, 3, 0.1),
    FreeWeight("state_attention_launch", MOST_ATTENTION, 0.5, MOST_ATTENTION, 3),
    FreeWeight("state_attention_launch_decay", SLOWEST, SLOWEST, 3, 0.2),
    FreeWeight("state_attention_anniversary", 5, 0, 10, 1),
    FreeWeight("state_attention_anniversary_decay", 0.8, SLOWEST, 3, 0.2),
    FreeWeight("state_attention_club", 0.5, 0, 1, 0.2),
)  # fmt: skip


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


class ExpectedPath:
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
    return evidence.members.T @ ExpectedPath(evidence, Derived(evidence, dials)).signed[1:].T


def states_objective(
    evidence: StateEvidence, dials: Mapping[str, float], ridge: float = RIDGE
) -> tuple[float, dict[str, float]]:
    """The composite log likelihood less the penalty, and its slopes by dial."""
    derived = Derived(evidence, dials)
    log_chances, of_dates = _dates(evidence, derived)
    path = ExpectedPath(evidence, derived)
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
    slopes = StateSlopes(of_dates.value + of_path.value, of_dates.taken_up + of_path.taken_up)
    by_dial = _by_dial(evidence, derived, slopes, of_moving)
    pulled, pulls = penalty(evidence, dials, derived, ridge)
    for dial, pull in pulls.items():
        by_dial[dial] -= pull
    return float(value) - pulled, by_dial


def _no_slopes(derived: Derived) -> StateSlopes:
    return StateSlopes(np.zeros(derived.taken_up.shape), np.zeros(derived.taken_up.shape))


def _dates(evidence: StateEvidence, derived: Derived) -> tuple[Floats, StateSlopes]:
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
    evidence: StateEvidence, derived: Derived, slopes: StateSlopes, of_moving: Floats
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
    off, pulls = ridge_penalty("state", PENALISED, dials, spreads, centres, ridge)
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
) -> KindFit:
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
    cost, _ = penalty(evidence, best.weights, derived, ridge)
    return KindFit(best, best.weights, float(likelihood), cost)
