"""Forecasts from a day: who signs later, and how many, under weights fitted to the register of that
day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import facts
from sim.dials.attention import Attention
from sim.evidence.calibrate import draws_of_weights, fit_all
from sim.evidence.checkpoints import Work
from sim.evidence.marginal_likelihood import chosen_ridge, log_marginal_likelihood
from sim.evidence.motive_values import Floats
from sim.evidence.predict import free_running, listed_totals, shares_of_states
from sim.evidence.register import Register, register
from sim.evidence.scores import WIDTHS, auc, coverage
from sim.evidence.states import state_evidence
from sim.experiments.outcomes import PERCENTILES
from sim.lenses import Lens
from sim.population import KINDS, Measures
from sim.scenario import Scenario
from sim.theory.attention import ANNIVERSARY

DAYS = (date(2019, 9, 16), date(2019, 12, 31))  # before the anniversary, and after it
# of worlds under the fitted weights; each batch has one loudness of anniversary
BATCHES, WORLDS_OF_A_BATCH = 20, 50
DRAWS, WORLDS_OF_A_DRAW = 60, 20  # of the weights, and worlds under each
WITHOUT_BACKLOG = {"firm_backlog_share": 0.0, "ngo_backlog_share": 0.0}
ATTENTION = ("state_attention_base", "state_attention_campaign", "state_attention_launch")


@dataclass(frozen=True)
class TimeSplit:
    """The day *known_by*, the register *before* it ended and the register *after*, in the rounds of
    *scenario*.
    """

    scenario: Scenario
    known_by: date
    before: Register
    after: Register
    lens: Lens
    measures: Measures
    seed: int

    @property
    def free(self) -> NDArray[np.bool_]:
        """[193] the states that had not signed."""
        return self.before.signed == 0

    @property
    def later(self) -> NDArray[np.int64]:
        """Of the free, 1 for those that did later on."""
        return self.after.signed[self.free]


def time_split(
    scenario: Scenario, known_by: date, lens: Lens, measures: Measures, seed: int
) -> TimeSplit:
    """The split of *scenario*'s register at the day *known_by*; no backlog is assumed before it has
    happened.
    """
    before = register(scenario, known_by)
    plain = (
        scenario if before.last_round >= ANNIVERSARY else scenario.with_changes(set=WITHOUT_BACKLOG)
    )
    return TimeSplit(plain, known_by, before, register(plain), lens, measures, seed)


def loudness(number: int, of: int) -> float:
    """The anniversary's attention in batch *number* of *of*, as a share of the launch's: evenly
    spread in (0, 1).
    """
    return (number + 0.5) / of


def under_fitted_weights(
    split: TimeSplit, weights: Mapping[str, float], batch: int
) -> dict[str, Any]:
    """One *batch* of worlds under *weights*, as `worlds_from_day` returns them."""
    return worlds_from_day(
        split, weights, WORLDS_OF_A_BATCH, split.seed + 1 + batch, loudness(batch, BATCHES)
    )


def under_redrawn_weights(split: TimeSplit, weights: Work, draw: int) -> dict[str, Any]:
    """A few worlds under the weights of one *draw*, which the work *weights* returns."""
    return worlds_from_day(
        split, weights(), WORLDS_OF_A_DRAW, split.seed + 1 + draw, loudness(draw, DRAWS)
    )


def worlds_from_day(
    split: TimeSplit, weights: Mapping[str, float], replicates: int, seed: int, anniversary: float
) -> dict[str, Any]:
    """Worlds that repeat all signatures up to the day. An anniversary after the day has the share
    *anniversary*, in [0, 1], of the launch's attention.

    `share`: of worlds in which each free state has signed; `number` [worlds]: states that came
    later; `added` [worlds, later milestones, kind]: entries on the public list since the day.
    """
    dials = dict(weights)
    for kind in KINDS if split.before.last_round < ANNIVERSARY else ():
        dials[f"{kind}_attention_anniversary"] = anniversary * weights[f"{kind}_attention_launch"]
        dials[f"{kind}_attention_anniversary_decay"] = weights[f"{kind}_attention_launch_decay"]
    world = split.scenario.with_changes(events=events_until_day(split, weights))
    setting, output = free_running(world, dials, replicates, seed, split.measures)
    states = (
        output.signed_round[:, 0, : len(split.free)][:, split.free] <= split.after.last_signature
    )
    places = split.after.milestones.rounds[_later(split)] - split.scenario.first_round
    on_list = listed_totals(setting, output)
    on_the_day = on_list[:, split.before.last_round - split.scenario.first_round]
    return {
        "share": shares_of_states(setting, output, split.after.last_signature)[split.free].tolist(),
        "number": states.sum(axis=1).tolist(),
        "added": (on_list[:, places] - on_the_day[:, None]).astype(int).tolist(),
    }


def forecast(
    split: TimeSplit, narrow: list[Mapping[str, Any]], wide: list[Mapping[str, Any]]
) -> dict[str, Any]:
    """The forecast, from batches of worlds under the fitted weights, *narrow*, and under redrawn
    ones, *wide*.

    The keys are those of `time_split` in docs/json.md.
    """
    batches = dict(zip(WIDTHS, (narrow, wide), strict=True))
    places = _later(split)
    entries = {
        which: np.concatenate([each["added"] for each in of]) for which, of in batches.items()
    }
    rows = [
        {
            "date": split.after.milestones.dates[place].isoformat(),
            "kind": kind,
            "registered": int(split.after.milestones.counts[kind][place]),
            **{
                which: _interval(split.before.milestones.counts[kind][-1] + entries[which][:, m, k])
                for which in WIDTHS
            },
        }
        for k, kind in enumerate(KINDS)
        for m, place in enumerate(places)
    ]
    return {
        "known_by": split.known_by.isoformat(),
        "open": int(split.free.sum()),
        "later": int(split.later.sum()),
        "auc": {
            which: auc(split.later, np.mean([each["share"] for each in of], axis=0))
            for which, of in batches.items()
        },
        "number": {
            which: _interval(np.concatenate([each["number"] for each in of]))
            for which, of in batches.items()
        },
        "dates": rows,
        "inside": {
            kind: {which: coverage(rows, kind, which) for which in WIDTHS} for kind in KINDS
        },
        "of": len(places),
    }


def _later(split: TimeSplit) -> NDArray[np.int64]:
    """The places of the milestones that came later, within the scenario's rounds."""
    rounds = split.after.milestones.rounds
    return np.flatnonzero(
        (rounds > split.before.last_round) & (rounds <= split.scenario.last_round)
    )


def events_until_day(split: TimeSplit, weights: Mapping[str, float]) -> list[dict[str, Any]]:
    """Events, as in a scenario file, that repeat the register up to the day: its states sign, at
    the launch where no date is known, and no other state takes the matter up until the day is over.
    """
    first, last = split.scenario.first_round, split.before.last_round
    states = list(facts.state_names())
    events: list[dict[str, Any]] = [
        {"round": first, "dial": dial, "value": 0.0} for dial in ATTENTION
    ]
    events += [{"round": last + 1, "dial": dial, "value": weights[dial]} for dial in ATTENTION]
    dates = split.before.states
    rounds = np.where(dates.after < 0, 0, dates.by)
    for number in sorted(set(rounds[~split.free].tolist())):
        who = [
            state
            for state, t, free in zip(states, rounds, split.free, strict=True)
            if t == number and not free
        ]
        events.append({"round": number, "who": who, "signs": True})
    return events


def _interval(values: Floats) -> dict[str, float]:
    low, median, high = np.percentile(values, PERCENTILES).tolist()
    return {"low": low, "median": median, "high": high}


GRADIENT = Attention.state_attention_gradient.name
LOWEST, HIGHEST = Attention.state_attention_gradient.between
GRADIENTS = tuple((np.arange(LOWEST, HIGHEST) + 0.5).tolist())  # the middle of each step of 1


def fit_of_day(split: TimeSplit) -> dict[str, Any]:
    """The `gradient` and the states' `ridge` under which the register of the day is most probable,
    and all `weights` (dial -> value) under them; `of_gradients`: `fit_at_gradient` for each of
    GRADIENTS.
    """
    fits = [fit_at_gradient(split, gradient) for gradient in GRADIENTS]
    best = max(fits, key=lambda fit: fit["log_marginal_likelihood"])
    at_best = at_gradient(split, best["gradient"])
    weights = fit_all(
        at_best.scenario,
        at_best.before,
        at_best.lens,
        at_best.measures,
        ridge=best["ridge"],
        start=best["weights"],
    ).values
    return {
        "gradient": best["gradient"],
        "ridge": best["ridge"],
        "weights": weights,
        "of_gradients": fits,
    }


def fit_at_gradient(split: TimeSplit, gradient: float) -> dict[str, Any]:
    """Under this `gradient`: the states' `ridge`, `weights` and `log_marginal_likelihood` of the
    register.
    """
    at_this = at_gradient(split, gradient)
    evidence = state_evidence(at_this.scenario, at_this.before, measures=at_this.measures)
    ridge, weights = chosen_ridge(evidence, at_this.lens)
    probability = log_marginal_likelihood(evidence, at_this.lens, ridge, weights)
    return {
        "gradient": gradient,
        "ridge": ridge,
        "weights": weights,
        "log_marginal_likelihood": probability,
    }


def at_gradient(split: TimeSplit, gradient: float) -> TimeSplit:
    """The same split with this *gradient* of states' attention."""
    return replace(split, scenario=split.scenario.with_changes(set={GRADIENT: gradient}))


def probabilities(of_gradients: Sequence[Mapping[str, Any]]) -> dict[float, float]:
    """Gradient -> its posterior probability, 1 in all, with equal prior probabilities."""
    logs = np.array([fit["log_marginal_likelihood"] for fit in of_gradients])
    shares = np.exp(logs - logs.max())
    return dict(
        zip(
            (fit["gradient"] for fit in of_gradients), (shares / shares.sum()).tolist(), strict=True
        )
    )


def gradients_of_draws(probable: Mapping[float, float], draws: int, seed: int) -> list[float]:
    """A gradient for each draw, as often as *probable* (gradient -> probability) says, in an order
    from the *seed*.
    """
    even = (np.random.default_rng(seed).permutation(draws) + 0.5) / draws
    places = np.searchsorted(np.cumsum(list(probable.values())), even)
    return [list(probable)[place] for place in places]


def bootstrap_draws(split: TimeSplit, fit: Mapping[str, Any]) -> list[tuple[TimeSplit, Work]]:
    """For each draw, the split under its gradient and the work of drawing the weights by the
    bootstrap.

    The search for them begins at the states' best ones under that gradient and at all others' of
    the *fit*.
    """
    gradients = gradients_of_draws(probabilities(fit["of_gradients"]), DRAWS, split.seed)
    by_gradient: dict[float, tuple[TimeSplit, list[Work]]] = {}
    for of_states in fit["of_gradients"]:
        gradient, ridge = of_states["gradient"], of_states["ridge"]
        if gradient in gradients:
            at_this, best = at_gradient(split, gradient), {**fit["weights"], **of_states["weights"]}
            work = draws_of_weights(
                at_this.scenario,
                at_this.before,
                at_this.lens,
                best,
                DRAWS,
                at_this.seed,
                ridge=ridge,
            )
            by_gradient[gradient] = at_this, list(work.values())
    return [
        (by_gradient[gradient][0], by_gradient[gradient][1][draw])
        for draw, gradient in enumerate(gradients)
    ]
