"""What the fit says of its own weights: how sure it is of each, and which it can hardly tell apart."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sim import facts
from sim.lenses import LENSES
from sim.scenario.layer import toml_table
from sim.scenario.weights import read_fit, read_weights
from sim.section import Section
from sim.stakeholders import KINDS

# Weights beside the motives' own that rest on a motive or on another weight (sim/evidence).
OF_MOTIVE = {"state_attention_club": "convenor_club"}
TIED = {f"{kind}_attention_campaign": f"{kind}_attention_launch" for kind in ("firm", "ngo")}


class FittedWeight(NamedTuple):
    """A weight as the file of weights has it. *low* and *high* are the 5th and 95th percentile of a bootstrap's draws,
    *standard_error* is their spread and the penalty's pull; where there is none, *remark* says why.
    """

    name: str
    value: float
    standard_error: float | None
    low: float | None
    high: float | None
    remark: str


def fitted_weights(path: Path, lens: str) -> list[FittedWeight]:
    """Every weight in the file *path*, in its order; *lens* names the theory whose weights these are, or is empty."""
    errors, low, high = (read_fit(path, numbers) for numbers in ("standard_errors", "low", "high"))
    found = []
    for name, value in read_weights(path).items():
        remark = "" if name in errors else _why(name, value, lens)
        found.append(FittedWeight(name, value, errors.get(name), low.get(name), high.get(name), remark))
    return found


def kind_of(dial: str) -> str:
    """Whose weight a dial is: state, firm or ngo; the share of wealth in capacity is fitted with the states'."""
    kind = dial.partition("_")[0]
    return kind if kind in KINDS else KINDS[0]


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
