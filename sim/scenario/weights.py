"""Fitted weights: a file in scenarios/data/weights, or one of a researcher's own, as calibration writes it; and what
the fit says of each weight.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sim import facts
from sim.errors import InputError, nearest
from sim.parameters import DIALS, Fitted, dial_named
from sim.parameters.lenses import LENSES
from sim.reading import Section, toml_table
from sim.stakeholders import KINDS

WEIGHTS = facts.DATA / "weights"


def shipped_weights(name: str) -> Path:
    """The file of the weights called *name*."""
    return WEIGHTS / f"{name}.toml"


def named_weights(section: Section, folder: Path) -> Path:
    """The file that `weights` in *section* means: a shipped one by name, or a .toml file, its path taken from
    *folder*."""
    name = section.text("weights")
    if name.endswith(".toml"):
        return folder / name
    known = sorted(path.stem for path in WEIGHTS.glob("*.toml"))
    if name not in known:
        raise section.wrong("weights", f"one of {', '.join(known)} or the path of a .toml file{nearest(name, known)}")
    return shipped_weights(name)


def read_weights(path: Path) -> dict[str, float]:
    """The fitted weights in the file *path*, by dial; InputError where it holds something else. [fit] there is for
    people to read."""
    label = facts.label_of(path)
    section = Section(toml_table(path, label), label)
    section.only(("weights", "fit"))
    section.section("fit")
    weights = section.section("weights")
    for name in weights:
        if not isinstance(dial_named(name, DIALS, weights.where), Fitted):
            raise InputError(
                f"{weights.where}: found {name}, expected fitted weights only; set it in [parameters] of a scenario"
            )
    return {name: DIALS[name].check(value, weights.where) for name, value in weights.values.items()}


def read_fit(path: Path, kind_of_number: str) -> dict[str, float]:
    """What the fit that made the file *path* says of itself, by name: its `log_likelihood` (kind -> natural logarithm),
    the same `_without_contagion`, its `standard_errors` (dial -> error, none at a bound), or the `low` and `high` ends
    of each dial's interval. Empty where nobody wrote any.
    """
    label = facts.label_of(path)
    numbers = Section(toml_table(path, label), label).section("fit").section(kind_of_number)
    return {name: numbers.number(name, -1e9, 1e9) for name in numbers}


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
