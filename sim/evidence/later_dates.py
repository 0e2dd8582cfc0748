"""What could be known by a day: who comes later, and how many, under the weights that could be fitted on that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import facts
from sim.evidence.calibrate import draws_of_weights, fit_all
from sim.evidence.checkpoints import Work
from sim.evidence.marginal_likelihood import chosen_ridge, log_marginal_likelihood
from sim.evidence.motive_values import Floats
from sim.evidence.predict import free_running, listed, shares_of_states
from sim.evidence.register import Register, register
from sim.evidence.scores import auc
from sim.evidence.states.data import state_evidence
from sim.experiments.outcomes import PERCENTILES
from sim.parameters.attention import Attention
from sim.parameters.lenses import Lens
from sim.population import KINDS, Measures
from sim.scenario import Scenario
from sim.theory.attention import ANNIVERSARY

DAYS = (date(2019, 9, 16), date(2019, 12, 31))  # before the anniversary, and after it
BATCHES, WORLDS_OF_A_BATCH = 20, 50  # under the fitted weights, an anniversary each
DRAWS, WORLDS_OF_A_DRAW = 60, 20
WITHOUT_BACKLOG = {"firm_backlog_share": 0.0, "ngo_backlog_share": 0.0}
ATTENTION = ("state_attention_base", "state_attention_campaign", "state_attention_launch")


@dataclass(frozen=True)
class Split:
    """The day, what was known then, and what is known now, in the rounds of *scenario*."""

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


def split(scenario: Scenario, known_by: date, lens: Lens, measures: Measures, seed: int) -> Split:
    """The question about *scenario*, asked on the day *known_by*."""
    before = register(scenario, known_by)
    plain = scenario if before.last_round >= ANNIVERSARY else scenario.with_changes(set=WITHOUT_BACKLOG)
    return Split(plain, known_by, before, register(plain), lens, measures, seed)


def loudness(number: int, of: int) -> float:
    """That of the anniversary in one of so many batches of worlds, as a share of the launch's: evenly spread."""
    return (number + 0.5) / of


def under_fitted_weights(asked: Split, weights: Mapping[str, float], batch: int) -> dict[str, Any]:
    """One *batch* of worlds under *weights*, as `worlds_from_then` tells them."""
    return worlds_from_then(asked, weights, WORLDS_OF_A_BATCH, asked.seed + 1 + batch, loudness(batch, BATCHES))


def under_redrawn_weights(asked: Split, weights: Mapping[str, float], draw: int) -> dict[str, Any]:
    """A few worlds under the *weights* of one *draw*."""
    return worlds_from_then(asked, weights, WORLDS_OF_A_DRAW, asked.seed + 1 + draw, loudness(draw, DRAWS))


def worlds_from_then(
    asked: Split, weights: Mapping[str, float], replicates: int, seed: int, anniversary: float
) -> dict[str, Any]:
    """Worlds that begin with what was known, with an *anniversary*, where it is still to come, as loud as this share of
    the launch.

    `share`, of those in which each free state has signed; `number` [worlds] of states that came later; `added` [worlds,
    later milestones, kind] to the public list.
    """
    dials = dict(weights)
    for kind in KINDS if asked.before.last_round < ANNIVERSARY else ():
        dials[f"{kind}_attention_anniversary"] = anniversary * weights[f"{kind}_attention_launch"]
        dials[f"{kind}_attention_anniversary_decay"] = weights[f"{kind}_attention_launch_decay"]
    world = asked.scenario.with_changes(events=what_was_known(asked, weights))
    given, output = free_running(world, dials, replicates, seed, asked.measures)
    states = output.signed_round[:, 0, : len(asked.free)][:, asked.free] <= asked.after.last_signature
    places = asked.after.milestones.rounds[_later(asked)] - asked.scenario.first_round
    on_list = listed(given, output)
    then = on_list[:, asked.before.last_round - asked.scenario.first_round]
    return {
        "share": shares_of_states(given, output, asked.after.last_signature)[asked.free].tolist(),
        "number": states.sum(axis=1).tolist(),
        "added": (on_list[:, places] - then[:, None]).astype(int).tolist(),
    }


def forecast(asked: Split, plain: list[Mapping[str, Any]], wide: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The answers: from batches of worlds under the fitted weights, *plain*, and under weights drawn anew, *wide*."""
    late = _later(asked)
    added, added_wide = (np.concatenate([each["added"] for each in batches]) for batches in (plain, wide))
    rows = []
    for k, kind in enumerate(KINDS):
        known = int(asked.before.milestones.counts[kind][-1])
        for m, milestone in enumerate(late):
            rows.append(
                {
                    "date": asked.after.milestones.dates[milestone].isoformat(),
                    "kind": kind,
                    "registered": int(asked.after.milestones.counts[kind][milestone]),
                    "fitted": _interval(known + added[:, m, k]),
                    "with_uncertainty": _interval(known + added_wide[:, m, k]),
                }
            )
    return {
        "known_by": asked.known_by.isoformat(),
        "open": int(asked.free.sum()),
        "later": int(asked.later.sum()),
        "auc": {
            "fitted": _auc(asked, plain),
            "with_uncertainty": _auc(asked, wide),
        },
        "number": {
            "fitted": _interval(np.concatenate([each["number"] for each in plain])),
            "with_uncertainty": _interval(np.concatenate([each["number"] for each in wide])),
        },
        "dates": rows,
        "inside": {
            kind: {
                which: sum(
                    row[which]["low"] <= row["registered"] <= row[which]["high"] for row in rows if row["kind"] == kind
                )
                for which in ("fitted", "with_uncertainty")
            }
            for kind in KINDS
        },
        "of": len(late),
    }


def _later(asked: Split) -> NDArray[np.int64]:
    """The places of the milestones that came later, within the scenario's rounds."""
    rounds = asked.after.milestones.rounds
    return np.flatnonzero((rounds > asked.before.last_round) & (rounds <= asked.scenario.last_round))


def what_was_known(asked: Split, weights: Mapping[str, float]) -> list[dict[str, Any]]:
    """Events: whoever had signed signs, at the launch where no date was known, and no other state takes the matter up
    until the day has come.
    """
    first, then = asked.scenario.first_round, asked.before.last_round
    states = list(facts.state_names())
    events: list[dict[str, Any]] = [{"round": first, "dial": dial, "value": 0.0} for dial in ATTENTION]
    events += [{"round": then + 1, "dial": dial, "value": weights[dial]} for dial in ATTENTION]
    dates = asked.before.states
    rounds = np.where(dates.after < 0, 0, dates.by)
    for number in sorted(set(rounds[~asked.free].tolist())):
        who = [state for state, t, free in zip(states, rounds, asked.free, strict=True) if t == number and not free]
        events.append({"round": number, "who": who, "signs": True})
    return events


def _auc(asked: Split, batches: list[Mapping[str, Any]]) -> float | None:
    return auc(asked.later, np.mean([each["share"] for each in batches], axis=0))


def _interval(values: Floats) -> dict[str, float]:
    low, median, high = np.percentile(values, PERCENTILES).tolist()
    return {"low": low, "median": median, "high": high}


GRADIENT = Attention.state_attention_gradient.name
LOWEST, HIGHEST = Attention.state_attention_gradient.between
GRADIENTS = tuple((np.arange(LOWEST, HIGHEST) + 0.5).tolist())  # the middle of each step of 1


def fitted(asked: Split) -> dict[str, Any]:
    """`weights`, dial -> value, and the `gradient` and the states' `ridge` under which what was known is most probable;
    `of_gradients`, `states_fitted` under each.
    """
    found = [states_fitted(asked, gradient) for gradient in GRADIENTS]
    best = max(found, key=lambda each: each["log_marginal_likelihood"])
    then = at_gradient(asked, best["gradient"])
    weights = fit_all(
        then.scenario, then.before, then.lens, then.measures, ridge=best["ridge"], start=best["weights"]
    ).values
    return {"gradient": best["gradient"], "ridge": best["ridge"], "weights": weights, "of_gradients": found}


def states_fitted(asked: Split, gradient: float) -> dict[str, Any]:
    """Under this `gradient` the states' `ridge` and `weights`, and the `log_marginal_likelihood` of what was known."""
    then = at_gradient(asked, gradient)
    evidence = state_evidence(then.scenario, then.before, measures=then.measures)
    ridge, weights = chosen_ridge(evidence, then.lens)
    probability = log_marginal_likelihood(evidence, then.lens, ridge, weights)
    return {"gradient": gradient, "ridge": ridge, "weights": weights, "log_marginal_likelihood": probability}


def at_gradient(asked: Split, gradient: float) -> Split:
    """The same question, where states' attention falls so steeply."""
    return replace(asked, scenario=asked.scenario.with_changes(set={GRADIENT: gradient}))


def probabilities(of_gradients: Sequence[Mapping[str, Any]]) -> dict[float, float]:
    """Gradient -> how probable what was known makes it, in [0, 1], 1 in all; from `states_fitted` under each."""
    logs = np.array([each["log_marginal_likelihood"] for each in of_gradients])
    shares = np.exp(logs - logs.max())
    return dict(zip((each["gradient"] for each in of_gradients), (shares / shares.sum()).tolist(), strict=True))


def drawn_gradients(probable: Mapping[float, float], draws: int, seed: int) -> list[float]:
    """One for each draw, as often as they are *probable*, in an order from the *seed*."""
    even = (np.random.default_rng(seed).permutation(draws) + 0.5) / draws
    places = np.searchsorted(np.cumsum(list(probable.values())), even)
    return [list(probable)[place] for place in places]


def redrawn(asked: Split, fit: Mapping[str, Any]) -> list[tuple[Split, Work]]:
    """For each draw, the question under its gradient and the work of drawing the weights anew, by the bootstrap.

    The search for them begins at the states' best ones under that gradient and at all others' of the *fit*.
    """
    gradients = drawn_gradients(probabilities(fit["of_gradients"]), DRAWS, asked.seed)
    of_gradient: dict[float, tuple[Split, list[Work]]] = {}
    for states in fit["of_gradients"]:
        if states["gradient"] in gradients:
            then, best = at_gradient(asked, states["gradient"]), {**fit["weights"], **states["weights"]}
            work = draws_of_weights(
                then.scenario, then.before, then.lens, best, DRAWS, then.seed, ridge=states["ridge"]
            )
            of_gradient[states["gradient"]] = then, list(work.values())
    return [(of_gradient[gradient][0], of_gradient[gradient][1][draw]) for draw, gradient in enumerate(gradients)]
