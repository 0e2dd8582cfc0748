"""How much one run asks for where nothing else is said, and how much it may ask for."""

from __future__ import annotations

from typing import Any

from sim.errors import InputError

REPLICATES, SEED = 200, 1
MOST_REPLICATES = 100_000  # about seven gigabytes of record
MOST_WORKERS = 1024
LARGEST_SEED = 2**63 - 1  # the largest that luck takes


def check_replicates(value: Any, name: str = "replicates") -> int:
    """*value* as a number of replicates; InputError that begins with *name* otherwise, as for the two below."""
    return _whole_number(name, value, 1, MOST_REPLICATES)


def check_seed(value: Any, name: str = "seed") -> int:
    """*value* as a seed."""
    return _whole_number(name, value, 0, LARGEST_SEED)


def check_workers(value: Any, name: str = "workers") -> int | None:
    """*value* as a number of threads, or None for one per processor."""
    return None if value is None else _whole_number(name, value, 1, MOST_WORKERS)


def _whole_number(name: str, value: Any, low: int, high: int) -> int:
    whole = hasattr(value, "__index__") and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        found = "a number of more than forty digits" if whole and abs(value) > 10**40 else repr(value)
        raise InputError(f"{name} is {found}, expected a whole number from {low} to {high}")
    return int(value)
