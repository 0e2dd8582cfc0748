"""The assumptions about conduct: nobody has measured it, so it is simulated at the corners of three dials.

Its outcomes are then given as a range, and never as one number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from sim.experiments.replicates import Progress, Setting, replicate, share_of
from sim.harm_prevented import harm_prevented
from sim.output import Shadow
from sim.parameters import DIALS
from sim.record import ALL, Array, Summaries, summaries
from sim.scenario import Scenario
from sim.world import dial_schedule

RANGES: Mapping[str, tuple[float, float]] = {
    "baseline_share": (0.25, 0.75),
    "temptation": (1.0, 2.0),
    "attribution_quality": (0.1, 0.6),
}
REPLICATES = 5  # at each corner: conduct differs far more between corners than between replicates

Corner = tuple[float, ...]  # one value for each of RANGES


def corners(scenario: Scenario) -> list[Corner]:
    """Each combination of the ends of RANGES, always in the same order.

    A dial that is not at its default has that value at both ends: whoever sets it has said what they assume.
    """
    own = {name: scenario.parameters[name] for name in RANGES}
    return list(product(*(RANGES[name] if own[name] == DIALS[name].default else [own[name]] * 2 for name in RANGES)))


def at_corner(scenario: Scenario, given: Setting, corner: Corner) -> Setting:
    """The world *given* of *scenario*, under the assumptions of *corner*."""
    there = scenario.with_changes(set=dict(zip(RANGES, corner, strict=True)))
    return given._replace(schedule=dial_schedule(there))


def conduct_at_corners(
    scenario: Scenario,
    given: Setting,
    replicates: int,
    seed: int,
    play: Callable[..., None],
    workers: int | None,
    progress: Progress | None,
) -> list[Summaries]:
    """For each of the `corners`: (outcome, part) -> one number per replicate, the harm prevented among them."""
    number = min(replicates, REPLICATES)
    different = list(dict.fromkeys(corners(scenario)))
    found: dict[Corner, Summaries] = {}
    for place, corner in enumerate(different):
        there = at_corner(scenario, given, corner)
        first, second = (
            share_of(progress, (2 * place + half) * number, 2 * number * len(different)) for half in (0, 1)
        )
        with_code = replicate(there, number, seed, play=play, workers=workers, progress=first)
        dates = Shadow(with_code.signed_round, with_code.left_round)
        without = replicate(
            there, number, seed, code_is_open=False, shadow=dates, play=play, workers=workers, progress=second
        )
        harm = harm_prevented(without, with_code, scenario.parameters.criminal_share, given.first_round)
        found[corner] = summaries(with_code, given.group_sizes, given.first_round) | _worldwide(harm)
    return [found[corner] for corner in corners(scenario)]


def _worldwide(numbers: Mapping[str, Array]) -> Summaries:
    return {(name, ALL): number for name, number in numbers.items()}
