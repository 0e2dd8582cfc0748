"""Two codes side by side: who signs each, either, both or none, how far that divides the states,
and what the second does to the first, under the same luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sim.code_of_conduct import Code
from sim.dials import RIVAL_DIALS
from sim.dials.hypercube import latin_hypercube
from sim.engine.arrays import SIGNED
from sim.engine.build import between_codes
from sim.engine.outputs import CODE_COLUMNS, Output
from sim.engine.rounds import DATES_STAGES
from sim.engine.rule import Rule
from sim.errors import InputError
from sim.experiments.assumptions import POINTS
from sim.experiments.intervals import mean_interval
from sim.experiments.outcomes import PERCENTILES, Array, range_over
from sim.experiments.simulate import AllOutputs, Setting, simulate, worlds_of
from sim.findings import EXTRAPOLATED, Interval, Verdict
from sim.kinds_and_statuses import KINDS
from sim.request import Request
from sim.scenario import Scenario
from sim.scenario.rival import Rival

SIGNATORIES, STATE = "signatories", "state"
MEMBERSHIPS = ("first alone", "second alone", "both", "either", "neither")
NO_COMMON_CODE, FRAGMENTATION = "no common code", "fragmentation"
SHARE = "share of states"
SIGNING = AllOutputs(DATES_STAGES, with_dates=False)
CODES_COLUMNS = ("measure", "code", "kind", "unit", "median", "low", "high", "basis")
EFFECT_COLUMNS = (
    "kind",
    "alone",
    "beside",
    "difference",
    "low",
    "high",
    "range_low",
    "range_high",
    "basis",
)


def pairs(number: Array) -> Array:
    """How many pairs there are among *number* of them."""
    return number * (number - 1) / 2


def share_apart(first: Array, second: Array, both: Array, number: Array) -> Array:
    """The chance that two of *number* states, drawn at random, share no code, in [0, 1], where so
    many have signed the *first*, the *second* and *both*; 0 where there are no two.

    With groups that do not overlap it is the index of fractionalisation, 1 less the sum of squared
    shares, but for drawing without putting back (Alesina, Devleeschauwer, Easterly, Kurlat and
    Wacziarg 2003); that somebody may have signed both is ours.
    """
    together = pairs(first) + pairs(second) - pairs(both)
    all_pairs = pairs(number)
    return 1.0 - np.divide(together, all_pairs, out=np.ones_like(all_pairs), where=all_pairs > 0)


def memberships(output: Output, states: int) -> dict[str, Array]:
    """Measure -> [Q] a share in each world at the end: of *states*, each of MEMBERSHIPS, and the
    chance that two share no code; and of those that have signed some code, the same chance, the
    fragmentation.
    """
    first, second = (output.status[:, code, :states] == SIGNED for code in (0, 1))
    one, other, both = (
        each.sum(axis=1).astype(np.float64) for each in (first, second, first & second)
    )
    either = one + other - both
    counts = dict(
        zip(MEMBERSHIPS, (one - both, other - both, both, either, states - either), strict=True)
    )
    return {
        **{name: count / states for name, count in counts.items()},
        NO_COMMON_CODE: share_apart(one, other, both, np.full_like(one, states)),
        FRAGMENTATION: share_apart(one, other, both, either),
    }


def signatories(output: Output, code: int, kind: str) -> Array:
    """[Q] how many of *kind* are signatories of *code* at the end."""
    counts: Array = output.per_code[:, -1, code, CODE_COLUMNS.index(f"signed_{kind}")]
    return counts


def codes_frame(scenario: Scenario, output: Output) -> pd.DataFrame:
    """Tidy: measure, code, kind, unit, median, low, high (5th and 95th percentile of the worlds),
    basis. The signatories of each code, by its name and the kinds that may sign it, then the
    `memberships` of states. InputError where no second code is open.
    """
    codes, states = (
        (scenario.code, _open_rival(scenario, "codes").code),
        len(scenario.facts.state_names),
    )
    rows = [
        (SIGNATORIES, code.name, kind, "stakeholders", signatories(output, number, kind))
        for number, code in enumerate(codes) for kind in KINDS if kind in code.may_sign
    ]  # fmt: skip
    rows += [
        (name, "", STATE, _unit(name), each) for name, each in memberships(output, states).items()
    ]
    return pd.DataFrame(
        [(*row, *_percentiles(values), EXTRAPOLATED) for *row, values in rows],
        columns=CODES_COLUMNS,
    )


def _unit(measure: str) -> str:
    return {NO_COMMON_CODE: "chance", FRAGMENTATION: "chance, among signatories"}.get(
        measure, SHARE
    )


def _percentiles(values: Array) -> tuple[float, float, float]:
    low, median, high = (float(number) for number in np.percentile(values, PERCENTILES))
    return median, low, high


def effect_of_rival(request: Request, setting: Setting, beside: Output) -> pd.DataFrame:
    """Kind -> the mean number of signatories of the first code where it is `alone`, which is
    simulated now, and `beside` the second (the worlds of *setting*), and of the `difference`, world
    by world under the same luck, the mean and its interval (`low` and `high`;
    sim/experiments/intervals.py), which holds luck alone. `range_low` and `range_high`: the 5th and
    95th percentile of differences in POINTS worlds, in which what two codes do to each other varies
    over its plausible ranges. InputError where no second code is open.
    """
    scenario, replicates = request.scenario, request.replicates
    rival = _open_rival(scenario, "effect_of_rival")
    alone_setting = Setting.from_scenario(scenario.with_changes(set={"rival_open": 0}))
    alone = worlds_of(replace(request, replicates=max(replicates, POINTS)), alone_setting, SIGNING)
    over = _beside_over_assumptions(scenario.code, rival, setting, request.seed, request.rule)
    rows = []
    for kind in KINDS:
        if kind in scenario.code.may_sign:
            before, after, varied = (
                signatories(output, 0, kind) for output in (alone, beside, over)
            )
            means = float(before[:replicates].mean()), float(after.mean())
            difference, span = (
                mean_interval(after - before[:replicates]),
                range_over(varied - before[:POINTS]),
            )
            rows.append((kind, *means, *difference, *span, EXTRAPOLATED))
    return pd.DataFrame(rows, columns=EFFECT_COLUMNS)


@dataclass(frozen=True)
class RivalEffect:
    """What the second code does to the number of signatories of the first among a *kind*: how many
    these are where it is *alone*, the *difference*, its interval of luck (None in one world), and
    its range over the *assumptions* on two codes.
    """

    kind: str
    alone: float
    difference: float
    luck: Interval | None
    assumptions: Interval
    verdict: Verdict


def rival_effect(row: Mapping[str, Any]) -> RivalEffect:
    """The effect in a *row* of `effect_of_rival`, with a verdict: luck does not tell it where its
    interval holds 0, and it is a perhaps where the assumptions leave open which way it goes.
    """
    is_one_world = row["low"] is None
    luck = None if is_one_world else Interval(row["low"], row["high"], 0.95)
    span = Interval(row["range_low"], row["range_high"])
    verdict = Verdict.CLEAR
    if row["difference"] == span.low == span.high == 0:
        verdict = Verdict.NOTHING
    elif luck is None or luck.low <= 0 <= luck.high:
        verdict = Verdict.CANNOT_TELL
    elif round(span.low) < 0 < round(span.high):
        verdict = Verdict.PERHAPS
    return RivalEffect(row["kind"], row["alone"], row["difference"], luck, span, verdict)


def _beside_over_assumptions(
    code: Code, rival: Rival, setting: Setting, seed: int, rule: Rule | None
) -> Output:
    """POINTS worlds beside the second code, each at a point of its own of a Latin hypercube over
    the plausible ranges of what two codes do to each other.
    """
    varied = latin_hypercube(RIVAL_DIALS, POINTS, seed)
    worlds = []
    for number in range(POINTS):
        points = {name: float(varied[name][number]) for name in rival.plausible_ranges}
        values = {**rival.values, **points}
        there = setting._replace(codes=between_codes(setting.codes, (code, rival.code), values))
        worlds.append(simulate(there, np.array([number]), seed, SIGNING, rule=rule, workers=1))
    return Output(*(np.concatenate(arrays) for arrays in zip(*worlds, strict=True)))


def _open_rival(scenario: Scenario, where: str) -> Rival:
    rival = scenario.open_rival
    if rival is None:
        number = (
            "one code" if scenario.rival is None else "a second code that is off (rival_open 0)"
        )
        raise InputError(
            f"{where}: found {number}, expected a scenario with a second code, [rival], that is"
            " open"
        )
    return rival
