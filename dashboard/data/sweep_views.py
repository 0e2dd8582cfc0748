"""The settings of a sweep's answer as views, whose addresses the other pages take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.view import View

DIAL, CHOICE = "dial", "choice"


def levers_of(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The axes of an *answer* that are levers."""
    return [axis for axis in answer["axes"] if axis["lever"]]


def view_at(base: View, answer: Mapping[str, Any], place: int) -> View:
    """The view *base* with the levers of an *answer* as they stand in the setting at *place* among
    its rows.
    """
    dials: dict[str, str] = {}
    choices: dict[str, str] = {}
    for axis in levers_of(answer):
        value = answer["rows"][axis["name"]][place]
        if axis["kind"] == DIAL:
            dials |= {dial: f"{dial}:{value:.15g}" for dial in axis["moves"] or [axis["name"]]}
        else:
            name = axis["name"].removeprefix("choose_")
            choices[name] = f"{name}:{value}"
    return replace(base, set=_with(base.set, dials), choose=_with(base.choose, choices))


def places_by(answer: Mapping[str, Any], lever: str) -> dict[float, int]:
    """The values of a *lever* of an *answer* that has numbers, from the lowest on, each with the
    place of a setting that has it.
    """
    values: Sequence[float] = answer["rows"][lever]
    return {value: values.index(value) for value in sorted(set(values))}


def _with(parts: tuple[str, ...], own: Mapping[str, str]) -> tuple[str, ...]:
    return (*(part for part in parts if part.partition(":")[0] not in own), *own.values())
