"""What outcomes are called, and what one of each is, by their names."""

from __future__ import annotations

from sim.words.language import language_of_environment, say


def outcome_label(outcome: str) -> str:
    """What *outcome* is called, in a table or on an axis."""
    return say(_key(outcome))


def outcome_unit(outcome: str) -> str:
    """What one of *outcome* is."""
    return say(f"{_key(outcome)}.unit")


def outcome_title(outcome: str) -> str:
    """What *outcome* is called where that of which it is a part does not stand above it."""
    return _attribute(outcome, "alone") or outcome_label(outcome)


def outcome_number(outcome: str) -> str:
    """What a number of *outcome* is called in a sentence; empty where its label says it."""
    return _attribute(outcome, "number")


def is_outcome(outcome: str) -> bool:
    """Whether *outcome* has a message."""
    return language_of_environment().has(_key(outcome))


def _key(outcome: str) -> str:
    return f"outcome-{outcome.replace('_', '-')}"


def _attribute(outcome: str, attribute: str) -> str:
    key = f"{_key(outcome)}.{attribute}"
    return say(key) if language_of_environment().has(key) else ""
