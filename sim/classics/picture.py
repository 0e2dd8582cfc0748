"""The picture of a classic: what it simulates beside what is known of it, as lines and points.

A module of a classic has a function `picture` beside `checks`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

DIGITS = 6  # significant; the last bits of a number differ between processors


class Trace(NamedTuple):
    """Points [points] *x* and *y* of one line, with the *name* that stands at its end; empty for
    none.

    simulated: by Parley, or known of the classic; dots: whether they are points without a line.
    """

    name: str
    x: list[float]
    y: list[float]
    simulated: bool = True
    dots: bool = False


@dataclass(frozen=True)
class Picture:
    """Traces over an axis *across* and an axis *up*, each with its words; *percent* where the
    latter is a share.
    """

    across: str
    up: str
    traces: tuple[Trace, ...]
    percent: bool = False

    def as_json(self) -> dict[str, Any]:
        """Its fields in the types of JSON; each trace as a dictionary."""
        return {**vars(self), "traces": [trace._asdict() for trace in self.traces]}


def trace(
    name: str, x: Iterable[float], y: Iterable[float], *, simulated: bool = True, dots: bool = False
) -> Trace:
    """A trace, its numbers rounded to DIGITS."""
    return Trace(name, _rounded(x), _rounded(y), simulated, dots)


def _rounded(values: Iterable[float]) -> list[float]:
    return [float(f"{value:.{DIGITS}g}") for value in values]


def reference(name: str, x: Iterable[float], y: Iterable[float], *, dots: bool = False) -> Trace:
    """A trace of what is known of the classic."""
    return trace(name, x, y, simulated=False, dots=dots)


def steps(low: float, high: float, number: int) -> list[float]:
    """So many numbers from *low* to *high*, at equal distances."""
    return [low + (high - low) * place / (number - 1) for place in range(number)]
