"""Dates and rounds: round 0 ends on the day of the launch, and a round is a month (docs/odd.md, section 2).

Round *t* covers the days after launch + (t - 1) months up to and including launch + t months. So an event takes effect
in the round that contains its date, and a count of the register is read at the last round that has ended by its date.
"""

from __future__ import annotations

import calendar
from datetime import date


def end_of_round(launch: date, t: int) -> date:
    """The last day of round *t*: *t* months after the launch, or the last day of that month where it is shorter."""
    year, month = divmod(launch.year * 12 + launch.month - 1 + t, 12)
    return date(year, month + 1, min(launch.day, calendar.monthrange(year, month + 1)[1]))


def round_of_count(launch: date, day: date) -> int:
    """The last round that ends on or before *day*."""
    t = (day.year - launch.year) * 12 + day.month - launch.month
    return t if end_of_round(launch, t) <= day else t - 1


def round_of_event(launch: date, day: date) -> int:
    """The round that contains *day*."""
    t = round_of_count(launch, day)
    return t if end_of_round(launch, t) == day else t + 1
