"""Conduct as a range over assumptions (sim/experiments/assumptions.py): its outcomes and the harm
prevented by a code at each point of their sample, and, on request, conduct by name, which is no
evidence about any state or firm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.engine.arrays import NOBODY
from sim.engine.outputs import WORLD_COLUMNS, Output, Shadow
from sim.experiments.assumptions import sample, under_sample, values_of
from sim.experiments.outcomes import ALL, Array, Summaries, range_over, summaries
from sim.experiments.simulate import (
    AllOutputs,
    EachReplicate,
    Replicate,
    Setting,
    world_of,
    worlds_of,
)
from sim.kinds_and_statuses import KINDS
from sim.request import Request

AT = {name: column for column, name in enumerate(WORLD_COLUMNS)}
COMPONENTS = ("restraint", "protection", "retaliation")
COMPARISONS = (
    "harm_index",
    "harm_prevented",
    *COMPONENTS,
    "selection",
)  # outcomes that compare two worlds


def harm_prevented(
    without: Output, with_code: Output, criminal_share: float | Array, first_round: int
) -> dict[str, Array]:
    """[Q] one number per replicate for each of COMPARISONS; *criminal_share* is one number, or one
    per replicate.

    *without* must have been played with the dates of *with_code* as its shadow. All but the index
    are % of the harm without the code; a world without harm has index 100, and nothing to prevent.
    """
    a, d = (
        _totals(output.worldwide[:, -first_round:].sum(axis=1)) for output in (without, with_code)
    )
    return _comparison(
        a, d, _less_by_members(without)[:, -first_round:].sum(axis=1), criminal_share
    )


def harm_prevented_so_far(
    without: Output, with_code: Output, criminal_share: float
) -> dict[str, Array]:
    """[Q, R] as `harm_prevented`, of the rounds up to each one; before the launch there is no
    harm.
    """
    a, d = (_totals(output.worldwide.cumsum(axis=1)) for output in (without, with_code))
    return _comparison(a, d, _less_by_members(without).cumsum(axis=1), criminal_share)


def _comparison(
    a: Mapping[str, Array], d: Mapping[str, Array], less: Array, crime_share: float | Array
) -> dict[str, Array]:
    """COMPARISONS of the totals *a* without the code and *d* with it; *less* is how much less harm
    members do anyway.
    """
    net = a["harm_gross"] - a["harm_saved"]
    crime = _ratio(net * crime_share / (1.0 - crime_share), a["crime_let_through"])
    harm_a, harm_d = (
        t["harm_gross"]
        - t["harm_saved"]
        + t["strike_harm_gross"]
        - t["strike_harm_saved"]
        + crime * t["crime_let_through"]
        for t in (a, d)
    )
    landed_d = _ratio(d["harm_gross"] - d["harm_saved"], d["harm_gross"])
    landed_a = np.where(a["harm_gross"] > 0, _ratio(net, a["harm_gross"]), landed_d)
    struck_d = _ratio(d["strike_harm_gross"] - d["strike_harm_saved"], d["strike_harm_gross"])
    struck_a = _ratio(a["strike_harm_gross"] - a["strike_harm_saved"], a["strike_harm_gross"])
    struck_a = np.where(a["strike_harm_gross"] > 0, struck_a, struck_d)
    parts = {
        "restraint": (a["harm_gross"] - d["harm_gross"]) * landed_a,
        "protection": d["harm_gross"] * (landed_a - landed_d)
        + d["strike_harm_gross"] * (struck_a - struck_d)
        + crime * (a["crime_let_through"] - d["crime_let_through"]),
        "retaliation": (a["strike_harm_gross"] - d["strike_harm_gross"]) * struck_a,
        "selection": less,
    }
    shares = {name: 100.0 * _ratio(part, harm_a) for name, part in parts.items()}
    return {
        "harm_index": np.where(harm_a > 0, 100.0 * _ratio(harm_d, harm_a), 100.0),
        "harm_prevented": 100.0 * _ratio(harm_a - harm_d, harm_a),
        **shares,
    }


def _totals(sums: Array) -> dict[str, Array]:
    """Each worldwide count by name, of *sums* whose last axis has a place for each."""
    return {name: sums[..., column] for name, column in AT.items()}


def _less_by_members(without: Output) -> Array:
    """[Q, R] how much less harm later signatories do in the world without the code than as many
    others; 0 where either group is empty.
    """
    rounds = without.worldwide
    members, others = rounds[:, :, AT["members_with_means"]], rounds[:, :, AT["others_with_means"]]
    expected = _ratio(rounds[:, :, AT["harm_by_others"]], others) * members
    return np.where(
        (members > 0) & (others > 0), expected - rounds[:, :, AT["harm_by_members"]], 0.0
    )


def _ratio(part: Array, whole: Array) -> Array:
    """part / whole, and 0 where there is no whole."""
    return np.divide(part, whole, out=np.zeros(np.shape(part)), where=whole > 0)


class OverAssumptions(NamedTuple):
    """Conduct at each point of the `sample` of assumptions, in a world of its own luck: (outcome,
    part) -> [POINTS] one number per point, the harm prevented among them; and those worlds.
    """

    numbers: Summaries
    worlds: Output


def conduct_over_assumptions(request: Request, setting: Setting) -> OverAssumptions:
    """What is said of conduct in the scenario of *request*, simulated now."""
    points = sample(request.scenario, request.seed)
    there, number = under_sample(setting, points), len(points)
    first, second = (
        replace(request, replicates=number).part(half * number, 2 * number) for half in (0, 1)
    )
    with_code = worlds_of(first, there, AllOutputs())
    without = worlds_of(second, there, without_code(with_code))
    criminal = values_of("criminal_share", points, request.scenario)
    harm = harm_prevented(without, with_code, criminal, setting.first_round)
    numbers = summaries(with_code, setting.group_sizes, setting.first_round)
    numbers |= {(name, ALL): values for name, values in harm.items()}
    return OverAssumptions(numbers, with_code)


def without_code(with_code: Output) -> AllOutputs:
    """What plays the worlds of *with_code* without the code: nobody signs, and the dates of those
    who signed there say whose conduct is counted apart.
    """
    return AllOutputs(
        code_is_open=False,
        shadow=Shadow(with_code.signed_round, with_code.left_round),
        with_dates=False,
    )


COUNTED = (
    "simulated_operations",
    "simulated_acted_against",
    "simulated_named",
    "simulated_wrongly_blamed",
)


def named_conduct(request: Request, setting: Setting) -> pd.DataFrame:
    """A row for everybody with offensive means: who, name, kind, and for each of COUNTED the ends
    of its range.

    Numbers of operations over the whole run; the range is that over the `sample` of assumptions, as
    for all conduct.
    """
    points = sample(request.scenario, request.seed)
    of_points = replace(request, replicates=len(points))
    worlds = worlds_of(of_points, under_sample(setting, points), EachReplicate(_counts))
    counts = np.stack(worlds)
    rows = []
    for place, i in enumerate(setting.population_arrays.with_means):
        who, name = setting.population.ids[i], setting.population.names[i]
        spans = [range_over(counts[:, place, c].astype(np.float64)) for c in range(len(COUNTED))]
        rows.append(
            (who, name, KINDS[setting.population.kind[i]], *(end for span in spans for end in span))
        )
    columns = [f"{name}_{end}" for name in COUNTED for end in ("low", "high")]
    return pd.DataFrame(rows, columns=["who", "name", "kind", *columns])


def _counts(world: Replicate) -> NDArray[np.uint16]:
    """[those with offensive means, COUNTED] of one replicate."""
    state, with_means = world.state, world.setting.population_arrays.with_means
    counts = np.zeros((with_means.size, len(COUNTED)), np.uint16)
    for t in world.rounds:
        world.play(t)
        operations = state.operation[: state.size[0]]
        against = operations.author[state.against[0, : state.size[0]] == 1]
        accusations = operations[(operations.named == 1) & (operations.traced_to != NOBODY)]
        rightly = accusations.traced_to == accusations.author
        by_name = (accusations.author[rightly], accusations.traced_to[~rightly])
        for column, who in enumerate((operations.author, against, *by_name)):
            np.add.at(counts[:, column], np.searchsorted(with_means, who), 1)
    return counts


OPERATIONS = (
    "round",
    "simulated_author",
    "simulated_target",
    "simulated_against",
    "simulated_traced_to",
    "simulated_named",
)


def named_operations(request: Request, setting: Setting, number: int) -> pd.DataFrame:
    """A row per operation, in the order of rounds: who undertook it, against which state, whether
    it acted against the first code, to whom it was traced (empty where nobody knows), and whether
    its victim named that one in public.

    *number* is one of the worlds of *request*, 1 for the first; InputError otherwise. The world is
    played again, with the same draws.
    """
    world = world_of(request, setting, number, "named_operations")
    ids, rows = setting.population.ids, []
    for t in world.rounds:
        world.play(t)
        size = world.state.size[0]
        for operation, against in zip(
            world.state.operation[:size], world.state.against[0, :size], strict=True
        ):
            traced_to = "" if operation.traced_to == NOBODY else ids[operation.traced_to]
            named = bool(operation.named)
            rows.append(
                (t, ids[operation.author], ids[operation.target], bool(against), traced_to, named)
            )
    return pd.DataFrame(rows, columns=list(OPERATIONS))
