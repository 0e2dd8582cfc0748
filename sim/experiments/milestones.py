"""Milestones: the public list in simulated worlds at the dates of the register's totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from sim import facts
from sim.experiments.outcomes import PERCENTILES, Array
from sim.kinds_and_statuses import KINDS
from sim.scenario import Scenario
from sim.scenario.calendar import end_of_round, round_of_count
from sim.scenario.departure import CODE, SIGNERS
from sim.scenario.extrapolation import BESIDE, CONVENOR, NEGOTIATION, POPULATION, TEXT, WORLD


@dataclass(frozen=True)
class Milestone:
    """A day on which the public list is read: its place among the rounds, and what the register
    held, by kind.
    """

    day: date
    place: int
    registered: Sequence[int | None]


def has_register(scenario: Scenario) -> bool:
    """Whether the register of the Paris Call is that of the scenario's code, as it opened on the
    same day, in a world with the states that are on it.
    """
    return bool(_opening() == scenario.code.launch) and scenario.facts.has_registered_states


@cache
def _opening() -> date:
    return _register()[0][0]


@cache
def _register() -> tuple[tuple[date, tuple[int, ...]], ...]:
    """The dates of the register's totals, each with its counts by kind."""
    register = facts.milestones()
    counts = register[[f"{kind}s" for kind in KINDS]].to_numpy().tolist()
    return tuple(zip(register["date"], map(tuple, counts), strict=True))


def is_of_the_register(scenario: Scenario) -> bool:
    """Whether worlds under *scenario* may be held against the register: it is of this code, text
    and convenor; in a scaled population intervals leave out most of the luck that a register has,
    and beside a second code weights count twice what other codes of the time did to it.
    """
    unlike = {TEXT, NEGOTIATION, CONVENOR, POPULATION, BESIDE} & scenario.extrapolations.keys()
    return has_register(scenario) and not unlike


def unlike_the_register(scenario: Scenario) -> str:
    """What sets *scenario* apart where its states are not held against the register: its signers,
    a second code, its world, its code, or a part of that; empty where they are.
    """
    if "state" not in scenario.code.may_sign:
        return SIGNERS
    if is_of_the_register(scenario):
        return ""
    unlike = scenario.extrapolations
    if BESIDE in unlike or WORLD in unlike:
        return BESIDE if BESIDE in unlike else WORLD
    if scenario.code.launch != _opening():
        return CODE
    if TEXT in unlike or NEGOTIATION in unlike:
        return TEXT
    return CONVENOR if CONVENOR in unlike else POPULATION


def milestones(scenario: Scenario) -> list[Milestone]:
    """The register's dates within the run, without its counts where its text or convenor is
    another; for a code with another launch its launch and anniversaries.
    """
    launch = scenario.code.launch
    unknown: Sequence[int | None] = [None] * len(KINDS)
    if has_register(scenario):
        is_known = is_of_the_register(scenario)
        days = [(day, counts if is_known else unknown) for day, counts in _register()]
    else:
        days = [(end_of_round(launch, t), unknown) for t in range(0, scenario.last_round + 1, 12)]
    all_ = [
        Milestone(day, round_of_count(launch, day) - scenario.first_round, counts)
        for day, counts in days
    ]
    return [
        milestone
        for milestone in all_
        if milestone.place <= scenario.last_round - scenario.first_round
    ]


def milestone_table(listed: Array, scenario: Scenario) -> pd.DataFrame:
    """date, kind, registered (what happened, or nothing), median, low and high (5th and 95th
    percentile) of the list.

    *listed* is [replicate, round, kind].
    """
    rows = []
    for milestone in milestones(scenario):
        low, median, high = np.percentile(listed[:, milestone.place], PERCENTILES, axis=0).tolist()
        rows += list(
            zip(
                [milestone.day] * len(KINDS),
                KINDS,
                milestone.registered,
                median,
                low,
                high,
                strict=True,
            )
        )
    frame = pd.DataFrame(rows, columns=["date", "kind", "registered", "median", "low", "high"])
    return frame.astype({"registered": "Int64"})


def paired_milestones(
    first: Array, second: Array, scenario: Scenario, other: Scenario
) -> pd.DataFrame:
    """date, kind, first and second (means of the public list), difference (their difference, the
    mean of the paired ones), low and high (5th and 95th percentile of the paired ones).

    At the dates that both scenarios are read at.
    """
    rows = []
    theirs = {milestone.day: milestone.place for milestone in milestones(other)}
    for milestone in milestones(scenario):
        if milestone.day in theirs:
            a, b = first[:, milestone.place], second[:, theirs[milestone.day]]
            low, _, high = np.percentile(b - a, PERCENTILES, axis=0).tolist()
            means = (values.mean(axis=0).tolist() for values in (a, b, b - a))
            rows += list(zip([milestone.day] * len(KINDS), KINDS, *means, low, high, strict=True))
    return pd.DataFrame(
        rows, columns=["date", "kind", "first", "second", "difference", "low", "high"]
    )
