"""Dates and rounds: a round is a month, and round 0 ends on the day of the launch (docs/odd.md,
section 2).

Round *t* covers the days after launch + (t - 1) months up to and including launch + t months. An
event takes effect in the round that contains its date; a count of the register is compared with the
last round that ends by its date.
"""

from __future__ import annotations

import calendar
from datetime import date

EARLIEST_ROUND, LATEST_ROUND = -120, 600  # months from the launch: ten years before, fifty after


def end_of_round(launch: date, t: int) -> date:
    """The last day of round *t*: *t* months after the launch, or the last day of that month where
    it is shorter.
    """
    year, month = divmod(launch.year * 12 + launch.month - 1 + t, 12)
    return date(year, month + 1, min(launch.day, calendar.monthrange(year, month + 1)[1]))


def round_of_count(launch: date, day: date) -> int:
    """The last round that ends on or before *day*."""
    t = (day.year - launch.year) * 12 + day.month - launch.month
    return t if end_of_round(launch, t) <= day else t - 1


def round_within(launch: date, day: date, first: int, last: int) -> int | None:
    """The round that contains *day*; None where that is none from *first* to *last*."""
    t = round_of_event(launch, day)
    return t if first <= t <= last else None


def dates_within(launch: date, first: int, last: int) -> str:
    """How a message says which dates lie in the rounds from *first* to *last*."""
    return f"after {end_of_round(launch, first - 1)} and not after {end_of_round(launch, last)}"


def round_of_event(launch: date, day: date) -> int:
    """The round that contains *day*."""
    t = round_of_count(launch, day)
    return t if end_of_round(launch, t) == day else t + 1
