"""Outreach: more attention for three months. It changes no motive, only how often the matter is
taken up.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from sim.explanation.change import RUNGS, Change, Way
from sim.explanation.decision import Decision
from sim.number_formats import setting
from sim.scenario.calendar import end_of_round
from sim.scenario.event import MOST_OUTREACH
from sim.theory.elementary import chance_within_a_month

FAMILY = "outreach"
MONTHS = 3
# a rate a month; 0.8 is what a campaign adds, and 2 makes it practically certain within the months
MOST_ADDED = 2.0


def why_not(decision: Decision) -> str | None:
    """Attention only adds occasions to sign, and only below the largest rate."""
    if decision.keeps_out:
        return "nobody is kept out by being approached"
    return None if _room(decision) >= MOST_ADDED / RUNGS else "it is approached as much as can be"


def ways(decision: Decision) -> list[Way]:
    """An added rate for all who decide together, for the three months that end at the date of the
    question.
    """
    until = decision.question.by
    start = max(decision.scenario.first_round, until - MONTHS + 1)
    months = until - start + 1
    number = "1 month" if months == 1 else f"{months} months"
    span = _span(decision.scenario.code.launch, start, until)
    chance = decision.chance(decision.weighing.together)
    share_reached = float(np.mean(decision.taken_up_round <= until))
    who = [decision.moment.setting.population.ids[i] for i in decision.moment.deciders]
    whom = "it is" if len(who) == 1 else f"the {len(who)} members of the Union that decide are"
    present_rate = _present_rate(decision)
    most = min(MOST_ADDED, _room(decision))

    def rate(rung: int) -> float:
        return round(most * rung / RUNGS, 3)

    def table(rung: int) -> dict[str, Any]:
        """The rate is added to the outreach of the scenario, which goes on afterwards."""
        events = [
            {
                "round": start,
                "who": who,
                "outreach": round(present_rate + rate(rung), 6),
                "until": until,
            }
        ]
        if present_rate and until < decision.scenario.last_round:
            last = decision.scenario.last_round
            events.append({"round": until + 1, "who": who, "outreach": present_rate, "until": last})
        return {"events": events}

    def turns(rung: int) -> bool:
        """It takes the matter up in as many worlds as are sought, and signs in them."""
        in_one_month = chance_within_a_month(rate(rung))
        takes_up = 1 - (1 - share_reached) * (1 - in_one_month) ** months
        signs = 1 - (1 - decision.share_signed) * (1 - chance * in_one_month) ** months
        return bool(decision.target.has_shares(np.array([takes_up, signs])).all())

    def change(rung: int) -> Change:
        return Change(
            FAMILY,
            f"{whom} approached{' even more' if present_rate else ''} {span} "
            f"({number}, {setting(rate(rung))} approaches a month on average)",
            lever="approach",
            size=rate(rung),
            unit="rate a month",
            range_used=rung / RUNGS,
            note="it moves no motive, and only puts the matter before it more often",
            change=table(rung),
        )

    return [Way(RUNGS, change, lambda rung: decision.weighing.together, turns)]


def _span(launch: date, start: int, until: int) -> str:
    """The months from round *start* to round *until*, each named by its last day: from September to
    November 2018.
    """
    first, last = end_of_round(launch, start), end_of_round(launch, until)
    if start == until:
        return f"{'at the launch, ' if start == 0 else ''}in {last:%B %Y}"
    at_launch = "the launch in " if start == 0 else ""
    return f"from {at_launch}{first:{'%B' if first.year == last.year else '%B %Y'}} to {last:%B %Y}"


def _present_rate(decision: Decision) -> float:
    return float(decision.moment.state.member.outreach[0, decision.subject.index])


def _room(decision: Decision) -> float:
    """How much may be added to the rate."""
    return MOST_OUTREACH - _present_rate(decision)
