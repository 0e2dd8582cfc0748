"""Outreach: more attention for three months. It moves no motive; it makes whoever is approached take the matter up."""

from __future__ import annotations

import numpy as np

from sim.explanation.aim import MOST
from sim.explanation.case import Case
from sim.explanation.change import Change, Way
from sim.scenario.event import MOST_OUTREACH
from sim.theory.elementary import chance_within_a_month

FAMILY = "outreach"
MONTHS = 3
STEP = 0.05  # rate a month


def idle(case: Case) -> str | None:
    """Attention only adds occasions to sign."""
    return "more attention keeps nobody out" if case.keeps_out else None


def ways(case: Case) -> list[Way]:
    """An added rate, for three months from the round on, for all who decide together."""
    at = case.of.at
    until = min(at + MONTHS - 1, case.scenario.last_round)
    months = until - at + 1
    chance = case.chance(case.weighed.together)
    reached_by_then = float(np.mean(case.taken_up_round <= until))
    who = [case.of.given.population.ids[i] for i in case.of.deciders]
    whom = "it is" if len(who) == 1 else f"the {len(who)} members of the Union who decide together are"
    steps = round(MOST_OUTREACH / STEP)

    def rate(step: int) -> float:
        return round(STEP * step, 2)

    def turns(step: int) -> bool:
        """It takes the matter up in most worlds, and signs in most."""
        in_one_month = chance_within_a_month(rate(step))
        not_reached = (1 - reached_by_then) * (1 - in_one_month) ** months
        not_signed = (1 - case.share_signed) * (1 - chance * in_one_month) ** months
        return not_reached < MOST and not_signed < MOST

    def described(step: int) -> Change:
        return Change(
            FAMILY,
            f"{whom} approached for {months} months, at a rate of {rate(step):g} a month",
            size=rate(step),
            unit="rate a month",
            range_used=step / steps,
            note="it moves no motive, and only makes occasions to decide",
            change={"events": [{"round": at, "who": who, "outreach": rate(step), "until": until}]},
        )

    return [case.way(steps, described, lambda step: case.weighed.together, turns)]
