"""Fitted weights: the files in scenarios/data/weights, or a user's own from `parley calibrate`, and
the uncertainty of each weight.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from sim import facts
from sim.errors import InputError, nearest
from sim.file_memory import FileMemory
from sim.kinds_and_statuses import KINDS
from sim.lenses import LENSES
from sim.motives import BETWEEN_TEXTS, OF_TEXT
from sim.motives import WEIGHTS as OF_MOTIVES
from sim.parameters import DIALS, Fitted, dial_named
from sim.reading import Section, as_path, toml_table

WEIGHTS = facts.DATA / "weights"

# By path. A scenario asks a file for its weights several times at each change, and reading it is
# most of that.
_FILES: FileMemory[Section] = FileMemory(16)
_WEIGHTS: FileMemory[dict[str, float]] = FileMemory(16)

# Weights that belong to no motive: those that depend on a motive, and those tied to another weight
# (sim/evidence).
OF_MOTIVE = {"state_attention_club": "convenor_club"}
TIED = {f"{kind}_attention_campaign": f"{kind}_attention_launch" for kind in ("firm", "ngo")}


def shipped_weights(name: str) -> Path:
    """The file of the weights called *name*."""
    return WEIGHTS / f"{name}.toml"


def named_weights(section: Section, folder: Path) -> Path:
    """The file that `weights` in *section* means: a shipped one by name, or a .toml file by its
    path from *folder*.
    """
    name = section.text("weights")
    if name.endswith(".toml"):
        return folder / as_path(name, f"{section.where}: weights")
    names = sorted(path.stem for path in WEIGHTS.glob("*.toml"))
    if name not in names:
        raise section.wrong(
            "weights",
            f"one of {', '.join(names)} or the path of a .toml file{nearest(name, names)}",
        )
    return shipped_weights(name)


def read_weights(path: Path) -> dict[str, float]:
    """The fitted weights in the file *path*, by dial; InputError where [weights] holds anything
    else.
    """
    return dict(_WEIGHTS.recall(str(path), lambda: _weights(file_of_weights(path))))


def _weights(section: Section) -> dict[str, float]:
    section.only(("weights", "common", "fit"))
    section.section("fit")
    weights = section.section("weights")
    for name in weights:
        if not isinstance(dial_named(name, DIALS, weights.where), Fitted):
            raise InputError(
                f"{weights.where}: found {name}, expected fitted weights only; set it in"
                " [parameters] of a scenario"
            )
    return {name: DIALS[name].check(value, weights.where) for name, value in weights.values.items()}


def with_later_motives(weights: dict[str, float]) -> dict[str, float]:
    """*weights* and 0 for those of motives that it does not have: the fit knew nothing of them."""
    return dict.fromkeys(OF_MOTIVES, 0.0) | weights


def read_fit(path: Path, kind_of_number: str) -> dict[str, float]:
    """Numbers of one kind about the fit of the file *path*, by name: its `log_likelihood` (kind ->
    natural logarithm), the same `_without_contagion`, its `standard_errors` (dial -> error, none at
    a bound), or the `low` and `high` ends of each dial's interval. Empty where the file has none.
    """
    numbers = file_of_weights(path).section("fit").section(kind_of_number)
    return {name: numbers.number(name, -1e9, 1e9) for name in numbers}


class NoError(StrEnum):
    """Why a weight has no standard error."""

    OTHER_LENS = "other_lens"  # its motive is no part of the lens
    TIED = "tied"  # it follows from another weight
    UNTOLD = "untold"  # one text does not tell it
    BOUND = "bound"  # a bound holds it


class FittedWeight(NamedTuple):
    """A weight in its file. *low* and *high* are the 5th and 95th percentile of a bootstrap's
    draws, *standard_error* is their spread and the penalty's pull; where there is none, there is a
    *reason*. *of_text* is the property of the text that its motive looks at; empty for none.
    """

    name: str
    value: float
    standard_error: float | None
    low: float | None
    high: float | None
    reason: NoError | None
    of_text: str


def fitted_weights(path: Path, lens: str) -> list[FittedWeight]:
    """Every weight in the file *path*, in its order; *lens* names the theory whose weights these
    are, or is empty.
    """
    errors, low, high = (read_fit(path, numbers) for numbers in ("standard_errors", "low", "high"))
    weights = []
    for name, value in read_weights(path).items():
        reason = None if name in errors else _why_without_error(name, value, lens)
        ends = errors.get(name), low.get(name), high.get(name)
        weights.append(FittedWeight(name, value, *ends, reason, OF_TEXT.get(name, "")))
    return weights


def kind_of(dial: str) -> str:
    """The kind, state, firm or ngo, with which a dial is fitted; the share of wealth in capacity
    goes with states.
    """
    kind = dial.partition("_")[0]
    return kind if kind in KINDS else KINDS[0]


def _why_without_error(name: str, value: float, lens: str) -> NoError:
    motive = OF_MOTIVE.get(name, name.partition("_")[2])
    if lens and value == 0 and motive in LENSES["full"].motives and not LENSES[lens].has(motive):
        return NoError.OTHER_LENS
    if name in TIED:
        return NoError.TIED
    if name in BETWEEN_TEXTS and value == 0:
        return NoError.UNTOLD
    return NoError.BOUND


def hard_to_tell_apart(path: Path) -> list[tuple[str, str, float]]:
    """Pairs of weights in the file *path* with correlated estimates, and the correlation; the
    largest first.
    """
    section = file_of_weights(path).section("fit").section("hard_to_tell_apart")
    pairs = []
    for pair in section:
        first, _, second = pair.partition(", ")
        pairs.append((first, second, section.number(pair, -1, 1)))
    return sorted(pairs, key=lambda pair: -abs(pair[2]))


def file_of_weights(path: Path) -> Section:
    """The whole content of the file *path*."""
    return _FILES.recall(str(path), lambda: _section(path))


def _section(path: Path) -> Section:
    label = facts.label_of(path)
    return Section(toml_table(path, label), label)
