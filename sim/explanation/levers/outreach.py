"""Outreach: more attention for three months. It moves no motive; it makes whoever is approached take the matter up."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.explanation.change import Change, Way
from sim.explanation.decision import MOST, Case
from sim.scenario.event import MOST_OUTREACH
from sim.theory.elementary import chance_within_a_month

FAMILY = "outreach"
MONTHS = 3
STEP = 0.05  # rate a month


def idle(case: Case) -> str | None:
    """Attention only adds occasions to sign, for those who do not have all there is."""
    if case.keeps_out:
        return "more attention keeps nobody out"
    most = MOST_OUTREACH - float(case.of.state.member.outreach[0, case.asked.index])
    return None if most >= STEP else "it is approached as much as can be"


def ways(case: Case) -> list[Way]:
    """An added rate, for three months from the round on, for all who decide together."""
    at = case.of.at
    until = min(at + MONTHS - 1, case.scenario.last_round)
    months = until - at + 1
    span = "1 month" if months == 1 else f"{months} months"
    chance = case.chance(case.weighed.together)
    reached_by_then = float(np.mean(case.taken_up_round <= until))
    who = [case.of.given.population.ids[i] for i in case.of.deciders]
    whom = "it is" if len(who) == 1 else f"the {len(who)} members of the Union that decide are"
    already = float(case.of.state.member.outreach[0, case.asked.index])
    steps = int((MOST_OUTREACH - already) / STEP + 1e-9)

    def rate(step: int) -> float:
        return round(STEP * step, 2)

    def table(step: int) -> dict[str, Any]:
        """The rate comes on top of what the scenario has, which goes on afterwards."""
        events = [{"round": at, "who": who, "outreach": round(already + rate(step), 6), "until": until}]
        if already and until < case.scenario.last_round:
            events.append({"round": until + 1, "who": who, "outreach": already})
        return {"events": events}

    def turns(step: int) -> bool:
        """It takes the matter up in most worlds, and signs in most."""
        in_one_month = chance_within_a_month(rate(step))
        not_reached = (1 - reached_by_then) * (1 - in_one_month) ** months
        not_signed = (1 - case.share_signed) * (1 - chance * in_one_month) ** months
        return not_reached < MOST and not_signed < MOST

    def described(step: int) -> Change:
        return Change(
            FAMILY,
            f"{whom} approached{' even more' if already else ''} for {span}, a rate of {rate(step):g} a month",
            size=rate(step),
            unit="rate a month",
            range_used=step / steps,
            note="it moves no motive, and only makes occasions to decide",
            change=table(step),
        )

    return [case.way(steps, described, lambda step: case.weighed.together, turns)]
