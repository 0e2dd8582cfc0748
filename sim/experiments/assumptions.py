"""Conduct over its assumptions: nobody has measured it, so its outcomes are simulated at the corners of three dials and given as a range."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import numpy as np

from sim import engine
from sim.experiments.replicates import Progress, Setting, replicate
from sim.harm_prevented import harm_prevented
from sim.output import Shadow
from sim.parameters import DIALS
from sim.record import Array, summaries
from sim.scenario import Scenario
from sim.world import dial_schedule

RANGES: Mapping[str, tuple[float, float]] = {
    "baseline_share": (0.25, 0.75),
    "temptation": (1.0, 2.0),
    "attribution_quality": (0.1, 0.6),
}
REPLICATES = 20  # at each corner: conduct differs far more between corners than between replicates
PERCENTILES = (5, 95)

Summaries = dict[tuple[str, str], Array]


def corners(scenario: Scenario) -> list[dict[str, float]]:
    """The scenario's own values of the dials in RANGES, then each combination of their ends.

    A dial that the scenario sets to another value than the default is not varied: whoever sets it knows what they assume.
    """
    own = {name: scenario.parameters[name] for name in RANGES}
    ends = [RANGES[name] if own[name] == DIALS[name].default else (own[name],) * 2 for name in RANGES]
    return [own, *(dict(zip(RANGES, values, strict=True)) for values in product(*ends))]


def conduct_at_corners(
    scenario: Scenario,
    given: Setting,
    group_sizes: Array,
    replicates: int,
    seed: int,
    play: Callable[..., None] = engine.play,
    workers: int | None = None,
    progress: Progress | None = None,
) -> list[Summaries]:
    """For each of the `corners`: (outcome, part) -> one number per replicate, of each recorded outcome and of the harm prevented."""
    number = min(replicates, REPLICATES)
    places = corners(scenario)
    different = {tuple(place.values()): place for place in places}
    found: dict[tuple[float, ...], Summaries] = {}
    for place, values in enumerate(different):
        there = scenario.with_changes(set=different[values])
        shifted = given._replace(schedule=dial_schedule(there))

        def report(done: int, total: int, before: int = place * 2 * number) -> None:
            if progress is not None:
                progress(before + done, 2 * number * len(different))

        def report_second(done: int, total: int, before: int = (place * 2 + 1) * number) -> None:
            report(done, total, before)

        with_code = replicate(shifted, number, seed, play=play, workers=workers, progress=report)
        dates = Shadow(with_code.signed_round, with_code.left_round)
        without = replicate(
            shifted, number, seed, code_is_open=False, shadow=dates, play=play, workers=workers, progress=report_second
        )
        harm = harm_prevented(without, with_code, there.parameters.criminal_share, given.first_round)
        found[values] = summaries(with_code, group_sizes, given.first_round) | {
            (name, "all"): harm[name] for name in harm
        }
    return [found[tuple(place.values())] for place in places]


def range_over(numbers: list[Array]) -> tuple[float, float]:
    """From the lowest 5th to the highest 95th percentile over the corners; not a number where no replicate has one."""
    ends = [np.percentile(known, PERCENTILES) for values in numbers if (known := values[~np.isnan(values)]).size]
    if not ends:
        return (float("nan"), float("nan"))
    return (float(min(low for low, _ in ends)), float(max(high for _, high in ends)))
