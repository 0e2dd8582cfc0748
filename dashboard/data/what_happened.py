"""What really happened to the Paris Call, in one sentence made of its register: on the first page and in its brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sim import number_formats as formats

POWERS = {"USA": "Washington", "CHN": "Beijing", "RUS": "Moscow"}
REGISTER = "register"  # whose a number is


def what_happened(points: Sequence[Mapping[str, Any]], launch: str, people: Any) -> list[tuple[str, str]]:
    """The sentence without its full stop, in parts, each with REGISTER where it is a number of the register: how many
    states its dated *points* have at the *launch*, a year later and at its end, and which of the great powers of
    *people* came late or never. Empty without points.
    """
    if not points:
        return []
    a_year_on, last = f"{int(launch[:4]) + 1}{launch[4:]}", points[-1]

    def by(day: str) -> tuple[str, str]:
        known = [point["count"] for point in points if point["date"] <= day]
        return formats.count(known[-1] if known else 0), REGISTER

    joined = {who: people["supporter_since"][who] for who in POWERS}
    since = {who: day.isoformat() if day else "" for who, day in joined.items()}
    late = [f"{POWERS[who]} only in {day[:4]}" for who, day in since.items() if launch < day <= last["date"]]
    never = formats.listing([POWERS[who] for who, day in since.items() if not day or day > last["date"]])
    powers = ", ".join([*late, *([f"{never} never"] if never else [])])
    return [
        by(launch), (" states joined the Paris Call at its launch, ", ""), by(a_year_on), (" within a year, ", ""),
        by(last["date"]),
        (f" by {date.fromisoformat(last['date']):%B %Y}{f': {powers}' if powers else ''}", ""),
    ]  # fmt: skip
