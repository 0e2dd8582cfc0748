"""Outreach: more attention for three months. It changes no motive, only how often the matter is taken up."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.explanation.change import Change, Way
from sim.explanation.decision import MOST, Decision
from sim.number_formats import setting
from sim.scenario.event import MOST_OUTREACH
from sim.theory.elementary import chance_within_a_month

FAMILY = "outreach"
MONTHS = 3
STEP = 0.05  # rate a month


def why_not(decision: Decision) -> str | None:
    """Attention only adds occasions to sign, and only below the largest rate."""
    if decision.keeps_out:
        return "more attention keeps nobody out"
    most = MOST_OUTREACH - float(decision.moment.state.member.outreach[0, decision.subject.index])
    return None if most >= STEP else "it is approached as much as can be"


def ways(decision: Decision) -> list[Way]:
    """An added rate, for three months from the round on, for all who decide together."""
    start = decision.moment.round
    until = min(start + MONTHS - 1, decision.scenario.last_round)
    months = until - start + 1
    span = "1 month" if months == 1 else f"{months} months"
    chance = decision.chance(decision.weighing.together)
    share_reached = float(np.mean(decision.taken_up_round <= until))
    who = [decision.moment.setting.population.ids[i] for i in decision.moment.deciders]
    whom = "it is" if len(who) == 1 else f"the {len(who)} members of the Union that decide are"
    present_rate = float(decision.moment.state.member.outreach[0, decision.subject.index])
    steps = int((MOST_OUTREACH - present_rate) / STEP + 1e-9)

    def rate(step: int) -> float:
        return round(STEP * step, 2)

    def table(step: int) -> dict[str, Any]:
        """The rate is added to the outreach of the scenario, which goes on afterwards."""
        events = [{"round": start, "who": who, "outreach": round(present_rate + rate(step), 6), "until": until}]
        if present_rate and until < decision.scenario.last_round:
            events.append({"round": until + 1, "who": who, "outreach": present_rate})
        return {"events": events}

    def turns(step: int) -> bool:
        """It takes the matter up in most worlds, and signs in most."""
        in_one_month = chance_within_a_month(rate(step))
        not_reached = (1 - share_reached) * (1 - in_one_month) ** months
        not_signed = (1 - decision.share_signed) * (1 - chance * in_one_month) ** months
        return not_reached < MOST and not_signed < MOST

    def change(step: int) -> Change:
        return Change(
            FAMILY,
            f"{whom} approached{' even more' if present_rate else ''} for {span}, "
            f"a rate of {setting(rate(step))} a month",
            size=rate(step),
            unit="rate a month",
            range_used=step / steps,
            note="it moves no motive, and only makes occasions to decide",
            change=table(step),
        )

    return [Way(steps, change, lambda step: decision.weighing.together, turns)]
