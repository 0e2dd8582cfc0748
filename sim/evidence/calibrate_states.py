"""The states' weights and their attention calendar, fitted to the register (docs/odd.md, section 6).

The objective is a composite log likelihood, less a penalty:

- *Dates.* Each state has a monthly hazard, the chance of taking the matter up times that of signing then. The
  register gives an interval for its signature (last known absent, first known present), or its absence at the end.
  Other states' signatures are covariates (pseudo-likelihood); within its interval a state's own share of having
  signed follows the register's total. The European Union is one stakeholder with one hazard on its members' mean
  value, which counts for each of its 28 names.
- *Totals.* Dates alone leave the totals of a free-running world off the mark. So the expected path, in which every
  state meets its neighbours' expected signatures, is held to the register's milestones, within two states.
- *The launch.* Worlds in which the Union stays out on launch day are no worlds from which this register could have
  come, and some of them would widen every interval by 28 states. The expected path's chance that it signs by then
  counts with `BLOC_WEIGHT`.
- *Penalty.* A ridge on each weight times its motive's standard deviation among states, the Union being one; none on
  inclination or the calendar.

Only facts published before the launch enter. Peers, home, patron and security move with prevalence, which a single
register can hardly tell from what neighbours have in common (Manski 1993): see `hard_to_tell_apart` of the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sim import network, population
from sim.compiled import in_plain_python
from sim.evidence.fitting import Free, Maximum, maximised
from sim.evidence.motive_values import Floats, attention_shares, standing_still, take_up_rates
from sim.evidence.targets import NEVER, Milestones, StateDates, milestones, organisation_counts, state_dates
from sim.lenses import Lens
from sim.parameters import DIALS
from sim.population import STATE
from sim.scenario import Scenario
from sim.theory.motives.burden import burden

RIDGE = 3.0  # of 0.3, 1 and 3 the best when each of the 22 sub-regions is left out in turn
WITHIN_STATES = 2.0
BLOC_WEIGHT = 1000.0
MOST_ATTENTION = 16.0  # at the launch; more would reach those as well who, as far as is known, were not
SLOWEST = 1.0  # decay of a pulse a month: what is not forgotten within weeks is no pulse
STILL = ("inclination", "affinity", "convenor_votes", "convenor_club", "convenor_bloc", "record", "restraint")
MOVING = ("peers", "home", "patron", "security")

FREE_UNDER_ALL_MOTIVES = (
    Free("state_inclination", -0.9, -20, 20, 0.5),
    *(
        Free(f"state_{motive}", start, 0, DIALS[f"state_{motive}"].between[1], scale)
        for motive, start, scale in (
            ("affinity", 2.2, 1), ("convenor_votes", 1.1, 1), ("convenor_club", 1.5, 0.5), ("convenor_bloc", 5, 1),
            ("record", 1, 0.5), ("restraint", 12.6, 4), ("burden", 15.8, 5), ("peers", 2.6, 1), ("home", 0.5, 0.5),
            ("patron", 0, 0.5), ("security", 0, 0.5),
        )
    ),
    Free("capacity_wealth_share", 0.57, 0, 1, 0.05),
    Free("state_attention_base", 0.015, 1e-4, 1, 0.005),
    Free("state_attention_campaign", 0.2, 0, 3, 0.1),
    Free("state_attention_launch", 12, 0.5, MOST_ATTENTION, 3),
    Free("state_attention_launch_decay", 1.2, SLOWEST, 3, 0.2),
    Free("state_attention_anniversary", 4, 0, 10, 1),
    Free("state_attention_anniversary_decay", 1.2, SLOWEST, 3, 0.2),
    Free("state_attention_club", 0.5, 0, 1, 0.2),
)  # fmt: skip


@dataclass(frozen=True)
class StateEvidence:
    """What the fit reads. S states, T rounds, first to last; `signed` and `home` as each round begins."""

    rounds: NDArray[np.int64]
    milestones: Milestones
    dates: StateDates
    still: Floats  # [S, motives of STILL]
    capacity_from_size: Floats  # [S] capacity if only population counted
    capacity_from_wealth: Floats  # [S] capacity if only GDP per head counted
    depth_burden: float
    ties: sparse.csr_array  # [S, S]
    bloc: NDArray[np.bool_]  # [S]
    patron: NDArray[np.int32]  # [S]
    safety: Floats  # [S] the motive of security if all offence were held by signatories
    offence_shares: Floats  # [S] each state's share of the world's offence
    signed: Floats  # [S, T] chance of having signed, as far as the register tells
    home: Floats  # [S, T] share of a state's own firms and NGOs on the public list
    fixed: Mapping[str, float]  # dials that are not fitted


def state_evidence(scenario: Scenario) -> StateEvidence:
    """The register, and the values of the motives, for the fit of *scenario*'s code."""
    parameters, code = scenario.parameters, scenario.code
    world = population.build(parameters)
    states = int((world.kind == STATE).sum())
    rounds = np.arange(scenario.first_round, scenario.last_round + 1)
    marks, dates = milestones(code.launch), state_dates(code.launch, scenario.first_round)
    values = standing_still(world, code)
    offence = world.trait("offence")
    bloc = world.bloc[:states] >= 0

    def capacity(wealth_share: float) -> Floats:
        there = parameters.with_values({"capacity_wealth_share": wealth_share})
        return population.build(there).trait("capacity")[:states]

    return StateEvidence(
        rounds=rounds,
        milestones=marks,
        dates=dates,
        still=np.stack([values[motive][:states] for motive in STILL], axis=1),
        capacity_from_size=capacity(0),
        capacity_from_wealth=capacity(1),
        depth_burden=code.depth_burden,
        ties=_from_outside(bloc, network.combined(world, parameters)[:states, :states]),
        bloc=bloc,
        patron=world.patron[:states],
        safety=parameters.security_club_share * parameters.confidence_start * world.trait("exposure")[:states],
        offence_shares=offence[:states] / offence.sum(),
        signed=signed_as_rounds_begin(dates, marks, rounds),
        home=own_organisations_listed(scenario, world.ids[:states], world.home[states:], rounds),
        fixed={name: parameters[name] for name in ("state_attention_gradient", "attention_scale")},
    )


def _from_outside(bloc: NDArray[np.bool_], ties: sparse.csr_array) -> sparse.csr_array:
    """*ties* without those within the bloc: while it deliberates, none of its members has signed."""
    entries = ties.tocoo()
    within = bloc[entries.row] & bloc[entries.col]
    return sparse.csr_array((entries.data[~within], (entries.row[~within], entries.col[~within])), shape=ties.shape)


def signed_as_rounds_begin(dates: StateDates, marks: Milestones, rounds: NDArray[np.int64]) -> Floats:
    """[S, T] share of having signed before each round: 0 before a state's interval, 1 after it, and within it in step
    with the register's total, which rises evenly between milestones and during the campaign."""
    before = rounds - 1
    known_at = [rounds[0] - 1, *marks.rounds]
    totals = [0, *marks.counts["state"]]
    signed = np.zeros((len(dates.by), len(rounds)))
    for i in np.flatnonzero(dates.by != NEVER):
        at_first, at_last = np.interp([dates.after[i], dates.by[i]], known_at, totals)
        if at_last > at_first:
            signed[i] = np.clip((np.interp(before, known_at, totals) - at_first) / (at_last - at_first), 0, 1)
        else:
            signed[i] = before >= dates.by[i]
    return signed


def own_organisations_listed(
    scenario: Scenario, states: tuple[str, ...], homes: NDArray[np.int32], rounds: NDArray[np.int64]
) -> Floats:
    """[S, T] firms and NGOs on the public list before each round, over the potential ones of that home, at most 1."""
    listed = np.zeros((len(states), len(rounds)))
    for kind in ("firm", "ngo"):
        register = organisation_counts(kind, scenario.code.launch, scenario.last_round)
        for home, newly in zip(register.homes, register.listed, strict=True):
            if home in states:
                so_far = np.interp(rounds - 1, [-1, *register.rounds], [0, *np.cumsum(newly)])
                listed[states.index(home)] += np.where(rounds > 0, so_far, 0)
    potential = np.bincount(homes[homes >= 0], minlength=len(states))
    return np.minimum(listed / np.maximum(potential, 1)[:, None], 1)


def capacity_of_states(evidence: StateEvidence, weights: Mapping[str, float]) -> Floats:
    """[S] capacity under the fitted share of wealth."""
    share = weights["capacity_wealth_share"]
    return share * evidence.capacity_from_wealth + (1 - share) * evidence.capacity_from_size


def moving_values(evidence: StateEvidence, weights: Mapping[str, float], signed: Floats, home: Floats) -> Floats:
    """Sum, in logits, of the motives that move with prevalence, for *signed* and *home*, each [S] or [S, T]."""
    patron_signed = np.where((evidence.patron >= 0).reshape(-1, *[1] * (signed.ndim - 1)), signed[evidence.patron], 0.0)
    held = evidence.offence_shares @ signed
    return (
        weights["state_peers"] * (evidence.ties @ signed)
        + weights["state_home"] * home
        + weights["state_patron"] * patron_signed
        + weights["state_security"] * np.multiply.outer(evidence.safety, held)
    )


def one_in_the_bloc(evidence: StateEvidence, values: Floats) -> Floats:
    """*values* [S, ...] with the bloc's members at their mean."""
    shared = values.copy()
    shared[evidence.bloc] = values[evidence.bloc].mean(axis=0)
    return shared


def still_values(evidence: StateEvidence, weights: Mapping[str, float]) -> Floats:
    """[S] sum, in logits, of the motives that stand still."""
    lacking = in_plain_python(burden)(evidence.depth_burden, capacity_of_states(evidence, weights))
    weight_of_still = np.array([weights[f"state_{motive}"] for motive in STILL])
    return evidence.still @ weight_of_still + weights["state_burden"] * lacking


def take_up(evidence: StateEvidence, weights: Mapping[str, float]) -> Floats:
    """[S, T] chance of taking the matter up in each round."""
    dials = {**evidence.fixed, **weights}
    shares = attention_shares(
        dials["state_attention_gradient"],
        capacity_of_states(evidence, weights),
        dials["state_attention_club"],
        evidence.still[:, STILL.index("convenor_club")],
    )
    rates = take_up_rates(dials, "state", shares, evidence.rounds)
    rates[evidence.bloc] = rates[evidence.bloc].sum(axis=0)  # any member may put it on the table
    return -np.expm1(-rates)


def expected_path(evidence: StateEvidence, weights: Mapping[str, float]) -> Floats:
    """[S, T] chance of having signed by the end of each round when everybody meets the others' expected signatures."""
    still, taken_up = still_values(evidence, weights), take_up(evidence, weights)
    signed = np.zeros(len(still))
    path = np.zeros(taken_up.shape)
    for t in range(taken_up.shape[1]):
        value = one_in_the_bloc(evidence, still + moving_values(evidence, weights, signed, evidence.home[:, t]))
        signed = signed + (1 - signed) * taken_up[:, t] / (1 + np.exp(-value))
        path[:, t] = signed
    return path


def log_likelihood_of_dates(evidence: StateEvidence, weights: Mapping[str, float]) -> Floats:
    """[S] log of each state's chance to have signed within its interval, the others' signatures given."""
    moving = moving_values(evidence, weights, evidence.signed, evidence.home)
    value = one_in_the_bloc(evidence, still_values(evidence, weights)[:, None] + moving)
    hazard = np.minimum(take_up(evidence, weights) / (1 + np.exp(-value)), 1 - 1e-12)
    outside = np.cumsum(np.log1p(-hazard), axis=1)
    outside = np.concatenate([np.zeros((len(outside), 1)), outside], axis=1)  # log chance, before a round
    rows = np.arange(len(outside))
    never = evidence.dates.by == NEVER
    first = evidence.rounds[0]
    not_before = outside[rows, evidence.dates.after - first + 1]
    not_after = outside[rows, np.where(never, len(evidence.rounds), evidence.dates.by - first + 1)]
    within = not_before + np.log(-np.expm1(np.minimum(not_after - not_before, -1e-12)))
    return np.where(never, not_after, within)


def penalty(evidence: StateEvidence, weights: Mapping[str, float]) -> float:
    """The ridge on the weights of all motives but inclination."""
    last = evidence.signed[:, -1]
    values = dict(zip(STILL, evidence.still.T, strict=True))
    values["burden"] = in_plain_python(burden)(evidence.depth_burden, capacity_of_states(evidence, weights))
    values["peers"] = evidence.ties @ last
    values["home"] = evidence.home[:, -1]
    values["patron"] = np.where(evidence.patron >= 0, last[evidence.patron], 0)
    values["security"] = evidence.safety
    alone = ~evidence.bloc
    spreads = {motive: np.std([*each[alone], each[evidence.bloc].mean()]) for motive, each in values.items()}
    ridge = sum((weights[f"state_{motive}"] * spreads[motive]) ** 2 for motive in spreads if motive != "inclination")
    return float(RIDGE * ridge / 2)


def objective(evidence: StateEvidence, weights: Mapping[str, float]) -> float:
    """The composite log likelihood less the penalty."""
    path = expected_path(evidence, weights)[:, evidence.milestones.rounds - evidence.rounds[0]]
    missed = (evidence.milestones.counts["state"] - path.sum(axis=0)) / WITHIN_STATES
    bloc_at_launch = np.log(path[evidence.bloc, 0].mean())
    return float(
        log_likelihood_of_dates(evidence, weights).sum()
        - (missed**2).sum() / 2
        + BLOC_WEIGHT * bloc_at_launch
        - penalty(evidence, weights)
    )


def free_weights(lens: Lens) -> list[Free]:
    """What is fitted under *lens*; the club reaches its members where it may also move them."""
    silent = {f"state_{motive}" for motive in (*STILL, "burden", *MOVING) if not lens.has(motive)}
    if not lens.has("convenor_club"):
        silent.add("state_attention_club")
    return [weight for weight in FREE_UNDER_ALL_MOTIVES if weight.dial not in silent]


def fit_states(evidence: StateEvidence, lens: Lens) -> tuple[Maximum, float, float]:
    """The states' weights under *lens*, the log likelihood of the dates there, and the penalty."""
    silent = {weight.dial: 0.0 for weight in FREE_UNDER_ALL_MOTIVES}
    best = maximised(lambda weights: objective(evidence, weights), free_weights(lens), silent)
    return best, float(log_likelihood_of_dates(evidence, best.weights).sum()), penalty(evidence, best.weights)
