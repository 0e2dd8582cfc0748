"""How much one run or experiment asks for where nothing else is said, and how much it may ask for."""

from __future__ import annotations

from typing import Any

from sim.errors import InputError

REPLICATES, SEED = 200, 1
PIVOTS, PIVOTS_REPLICATES = 40, 50  # half a minute on two processors
APPROACHES, OUTREACH_REPLICATES = 20, 60  # less than a minute
MONTHS = 3
STRENGTH = 0.8  # a rate a month: nine in ten take a matter up within three months, as 1 - exp(-3 x 0.8) is 0.91
MOST_REPLICATES = 100_000  # about seven gigabytes of record
MOST_WORKERS = 1024
LARGEST_SEED = 2**63 - 1  # the largest that luck takes


def check_replicates(value: Any, name: str = "replicates") -> int:
    """*value* as a number of replicates; InputError that begins with *name* otherwise, as for all below."""
    return check_whole(value, 1, MOST_REPLICATES, name)


def check_seed(value: Any, name: str = "seed") -> int:
    """*value* as a seed."""
    return check_whole(value, 0, LARGEST_SEED, name)


def check_workers(value: Any, name: str = "workers") -> int | None:
    """*value* as a number of threads, or None for one per processor."""
    return None if value is None else check_whole(value, 1, MOST_WORKERS, name)


def check_luck(replicates: Any, seed: Any, workers: Any) -> tuple[int, int, int | None]:
    """All three, as an experiment takes them."""
    return check_replicates(replicates), check_seed(seed), check_workers(workers)


def check_number(value: Any, low: float, high: float, name: str) -> float:
    """*value* as a number from *low* to *high*."""
    numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not numeric or not low <= value <= high:
        raise InputError(f"{name} is {value!r}, expected a number from {low:g} to {high:g}")
    return float(value)


def check_whole(value: Any, low: int, high: int, name: str) -> int:
    """*value* as a whole number from *low* to *high*."""
    whole = hasattr(value, "__index__") and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        found = "a number of more than forty digits" if whole and abs(value) > 10**40 else repr(value)
        raise InputError(f"{name} is {found}, expected a whole number from {low} to {high}")
    return int(value)
