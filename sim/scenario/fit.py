"""What the fit says of its own weights: how sure it is of each, and which it can hardly tell apart."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sim import facts
from sim.lenses import LENSES
from sim.scenario.layer import toml_table
from sim.scenario.weights import read_fit, read_weights
from sim.section import Section

# Weights beside the motives' own that rest on a motive or on another weight (sim/evidence).
OF_MOTIVE = {"state_attention_club": "convenor_club"}
TIED = {f"{kind}_attention_campaign": f"{kind}_attention_launch" for kind in ("firm", "ngo")}


class FittedWeight(NamedTuple):
    """A weight as the file of weights has it. *standard_error* is from the curvature of the penalised fit; where there
    is none, *remark* says why.
    """

    name: str
    value: float
    standard_error: float | None
    remark: str


def fitted_weights(path: Path, lens: str) -> list[FittedWeight]:
    """Every weight in the file *path*, in its order; *lens* names the theory whose weights these are, or is empty."""
    errors = read_fit(path, "standard_errors")
    return [
        FittedWeight(name, value, errors.get(name), "" if name in errors else _why(name, value, lens))
        for name, value in read_weights(path).items()
    ]


def _why(name: str, value: float, lens: str) -> str:
    motive = OF_MOTIVE.get(name, name.partition("_")[2])
    if lens and value == 0 and motive in LENSES["full"].motives and not LENSES[lens].has(motive):
        return "no part of this lens"
    if name in TIED:
        return f"tied to {TIED[name]}"
    return "at its bound"


def hard_to_tell_apart(path: Path) -> list[tuple[str, str, float]]:
    """Pairs of weights in the file *path* whose estimates are correlated, and how; the most entangled first."""
    label = facts.label_of(path)
    pairs = Section(toml_table(path, label), label).section("fit").section("hard_to_tell_apart")
    found = []
    for pair in pairs:
        first, _, second = pair.partition(", ")
        found.append((first, second, pairs.number(pair, -1, 1)))
    return sorted(found, key=lambda pair: -abs(pair[2]))
