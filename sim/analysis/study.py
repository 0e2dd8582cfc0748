"""A study: the outcomes of a sweep as arrays [L, U, R] over its lever points, uncertainty points
and replicates.

All analyses act on a study, whether it comes from a folder of runs or from a plain function of the
axes, so that what is known of a function (its Sobol' indices, its noise) can be held against the
very code that analyses a sweep.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError, nearest
from sim.experiments.outcomes import ALL, OUTCOMES, Array, column_of
from sim.findings import Unit
from sim.parameters import DIALS, Uncertainty
from sim.reading import literal
from sim.scenario.code import POSITIONS
from sim.sweeps.axis import AMBITION as ALL_AMBITIONS
from sim.sweeps.axis import CHOICE, CHOOSE, SCENARIO, Axis
from sim.sweeps.block import OTHERS, SIGNATORIES
from sim.sweeps.design import GIVEN, OWN
from sim.sweeps.sweep import LEVERS, UNCERTAINTIES, Part
from sim.sweeps.sweep_result import SweepResult

LARGEST = 2**31 - 1
COUNTED = (SIGNATORIES, OTHERS, "operations", "traced", "strikes", "chains")
HARM_PREVENTED = ("harm_prevented", "restraint", "protection", "retaliation")  # by what
AMBITION = (  # before the number of a provision, in the name of the dial of how much it asks for
    "ambition_"
)


@dataclass(frozen=True)
class Column:
    """One number of each run: its outcome and part, label, unit and basis."""

    name: str
    label: str
    unit: str = ""
    basis: str = "assumed"
    outcome: str = ""
    part: str = ALL
    whole: bool = False  # whether its numbers are told without decimals

    @property
    def title(self) -> str:
        """The label as it stands alone, without the one of which it is a part."""
        own = OUTCOMES.get(self.outcome or self.name)
        return own.title if own is not None and own.label == self.label else self.label

    @property
    def is_counted(self) -> bool:
        """Whether it is a number of what its label names."""
        return (self.outcome or self.name) in COUNTED

    def for_interval(self, low: float, high: float) -> Column:
        """It as its numbers are told of which one has the interval *low* to *high*: counts of
        states, firms, NGOs and others are whole where that is wider than one.
        """
        return replace(
            self, whole=(self.is_counted or self.unit == "stakeholders") and high - low > 1
        )

    @property
    def scale(self) -> float:
        """By how much its numbers are multiplied where people read them: a share of all is told in
        percent.
        """
        return 100.0 if self.unit.startswith("share") else 1.0

    @property
    def table_unit(self) -> str:
        """The unit of a difference in a table, where a share is a number from 0 to 1."""
        return "share" if self.scale > 1 else self.points

    @property
    def kind_of_unit(self) -> Unit:
        """What one of its numbers is, in a finding."""
        if self.is_counted or self.unit == "stakeholders":
            return Unit.COUNT
        if self.unit.startswith("share"):
            return Unit.SHARE
        return Unit.PERCENT if self.unit.startswith("%") else Unit.NUMBER

    @property
    def points(self) -> str:
        """The unit of a difference: of percentages, points."""
        if self.is_counted:
            return ""
        return "points" if self.unit.startswith(("%", "share")) else self.unit.partition(",")[0]


@dataclass(frozen=True, eq=False)
class Side:
    """The levers, or the uncertainties: axes, design, size of its sample, and the value of each
    axis at each point.
    """

    axes: tuple[Axis, ...]
    design: str
    sample: int
    frame: pd.DataFrame

    @property
    def size(self) -> int:
        """How many points it has."""
        return len(self.frame)

    @property
    def names(self) -> tuple[str, ...]:
        """Of its axes."""
        return tuple(axis.name for axis in self.axes)


@dataclass(frozen=True, eq=False)
class Study:
    """What is analysed. common_luck: whether the replicates of all points share their draws. read:
    column -> [L, U, R], NaN in runs that are not there or in which it measures nothing. titles: of the values of an axis that are texts,
    by axis; questions: of the axes that are choices of the scenario.
    """

    name: str
    title: str
    question: str
    sha256: str
    seed: int
    replicates: int
    common_luck: bool
    levers: Side
    uncertainties: Side
    columns: Mapping[str, Column]
    read: Callable[[str], Array]
    runs_complete: int
    hash: str | None = None
    answer: Mapping[str, Any] = field(default_factory=dict)
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    _arrays: dict[str, Array] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """How many runs it has when it is finished."""
        return self.levers.size * self.uncertainties.size * self.replicates

    @property
    def axes(self) -> dict[str, Axis]:
        """All axes by name, those of the levers first."""
        return {axis.name: axis for side in (self.levers, self.uncertainties) for axis in side.axes}

    def moves_with(self, lever: str) -> tuple[list[str], bool]:
        """The *lever*, and after it what moves with it, as points are given one by one; whether all
        of these have one value at each point.
        """
        for side in (self.levers, self.uncertainties):
            if lever in side.names and side.design == GIVEN:
                names = [lever, *(name for name in side.names if name != lever)]
                return names, bool((side.frame.nunique(axis=1) == 1).all())
        return [lever], True

    def is_decided(self, axis: str) -> bool | None:
        """Whether somebody could decide on the *axis*, or nobody has measured it; None where it is
        neither.
        """
        kind = self.axes[axis].kind if axis in self.axes else ""
        if kind == CHOICE or axis in POSITIONS or is_ambition(axis):
            return True
        dial = DIALS.get(axis)
        if axis == ALL_AMBITIONS:
            return True
        is_either = dial is not None and (dial.is_decided or dial.role == Uncertainty.role)
        return dial.is_decided if dial is not None and is_either else None

    def values(self, column: str) -> Array:
        """[L, U, R] the column of that name; of a point that lacks a run, NaN alone."""
        if column not in self._arrays:
            self._arrays[column] = self.read(column)
        return self._arrays[column]

    def points(self) -> pd.DataFrame:
        """A row per point, in the order of `values`: the value of each axis."""
        levers = self.levers.frame.loc[
            np.repeat(np.arange(self.levers.size), self.uncertainties.size)
        ]
        others = self.uncertainties.frame.loc[
            np.tile(np.arange(self.uncertainties.size), self.levers.size)
        ]
        return pd.concat([levers.reset_index(drop=True), others.reset_index(drop=True)], axis=1)

    def column(self, name: str, where: str) -> Column:
        """The column of that name, or the one that an outcome's name alone means (`column_of`).
        InputError that begins with *where* for any other name.
        """
        if name in self.columns:
            return self.columns[name]
        alone = column_of(OUTCOMES[name]) if name in OUTCOMES else name
        if alone not in self.columns:
            raise InputError(
                f"{where} is {literal(name)}, expected one of"
                f" {', '.join(self.columns)}{nearest(name, self.columns)}"
            )
        return self.columns[alone]

    def provenance(self, column: Column) -> dict[str, Any]:
        """What a finding on *column* says of where it comes from."""
        return {
            "measure": column.name,
            "basis": column.basis,
            "worlds": self.replicates,
            "seed": self.seed,
        }

    def axis(self, name: str, where: str) -> Axis:
        """The axis of that name; InputError that begins with *where* where there is none."""
        if name not in self.axes:
            raise InputError(
                f"{where} is {literal(name)}, expected one of"
                f" {', '.join(self.axes)}{nearest(name, self.axes)}"
            )
        return self.axes[name]

    def generator(self, purpose: int) -> np.random.Generator:
        """The random numbers of one analysis, which depend on the sweep's seed and the *purpose*
        alone.
        """
        return np.random.default_rng([self.seed % LARGEST, purpose])


def study_of(result: SweepResult) -> Study:
    """The study of a sweep on disk, or of as much of it as is done; InputError where no point is
    whole.
    """
    spec = result.description["sweep"]
    sides, sizes = [], [int(spec[key]["points"]) for key in (LEVERS, UNCERTAINTIES)]
    points = result.points
    for key, step, size in ((LEVERS, sizes[1], sizes[0]), (UNCERTAINTIES, 1, sizes[1])):
        part = spec[key]
        axes = tuple(_axis(axis) for axis in part["axes"])
        rows = points.iloc[np.arange(size) * step][[axis.name for axis in axes]].reset_index(
            drop=True
        )
        sides.append(Side(axes, str(part["design"]), int(part["sample"]), rows))
    names = list(Column.__dataclass_fields__)
    columns = {
        row["name"]: Column(**{key: row[key] for key in names if key in row})
        for row in result.description["columns"]
    }
    replicates, parts = result.replicates, result.parts
    is_there = np.zeros(sizes[0] * sizes[1] * replicates, bool)
    for part in parts:
        is_there[part.first : part.last] = True
    whole = is_there.reshape(-1, replicates).all(axis=1)
    if not whole.any():
        raise InputError(
            f"{result.folder}: found no point with all its runs, expected at least one"
        )

    def read(column: str) -> Array:
        frame = result.frame([column])
        flat = np.full(is_there.size, np.nan)
        flat[is_there] = frame[column].to_numpy(np.float64)
        array = flat.reshape(-1, replicates)
        array[~whole] = np.nan
        return array.reshape(*sizes, replicates)

    return Study(
        name=result.name,
        title=str(result.description["title"]),
        question=str(result.description["question"]),
        sha256=result.sha256,
        seed=int(spec["seed"]),
        replicates=replicates,
        common_luck=bool(spec["common_random_numbers"]),
        levers=sides[0],
        uncertainties=sides[1],
        columns=columns,
        read=read,
        runs_complete=result.runs_complete,
        hash=result.hash if result.is_finished else None,
        answer=dict(result.description.get("answer", {})),
        **_titles([axis for side in sides for axis in side.axes], result.description["made_from"]),
    )


def is_ambition(axis: str) -> bool:
    """Whether the *axis* is how much one provision asks for."""
    return axis.startswith(AMBITION)


def _titles(axes: Sequence[Axis], made_from: Mapping[str, Any]) -> dict[str, Any]:
    """What the values of *axes* that are texts are called, and the questions of choices, as the
    scenarios in a manifest have them.
    """
    tables = {name: each["scenario"]["table"] for name, each in made_from.items()}
    titles: dict[str, dict[str, str]] = {}
    questions: dict[str, str] = {}
    for axis in axes:
        if axis.kind == SCENARIO:
            titles[axis.name] = {name: str(table["title"]) for name, table in tables.items()}
        elif axis.kind == CHOICE:
            choice = next(iter(tables.values()))["choices"][axis.name.removeprefix(CHOOSE)]
            titles[axis.name] = {
                str(option["name"]): str(option["title"]) for option in choice["options"]
            }
            questions[axis.name] = str(choice["question"])
    return {"titles": titles, "questions": questions}


def _axis(table: Mapping[str, Any]) -> Axis:
    """The axis that a manifest describes."""
    dial = DIALS.get(table["name"])
    return Axis(
        str(table["name"]),
        str(table["kind"]),
        values=tuple(table.get("values", ())),
        low=float(table.get("from", 0.0)),
        high=float(table.get("to", 0.0)),
        steps=int(table.get("steps", 0)),
        whole=dial is not None and dial.whole,
        moves=tuple(table.get("moves", ())),
    )


Function = Callable[[pd.DataFrame, NDArray[np.int64], np.random.Generator], Mapping[str, Array]]


def study_of_function(
    function: Function,
    *,
    levers: Part | None = None,
    uncertainties: Part | None = None,
    replicates: int = 1,
    seed: int = 0,
    common_luck: bool = False,
    answer: Mapping[str, Any] | None = None,
) -> Study:
    """The study of a plain *function*, which is called with a frame of points, the number of each
    replicate, and a generator, and returns [points, replicates] for each outcome: a sweep without a
    simulator.
    """
    parts = [levers or Part(), uncertainties or Part()]
    sides = []
    for part in parts:
        columns = part.columns(seed)
        if any(value is OWN for values in columns.values() for value in values):
            raise InputError(
                "study_of_function: found the design 'one at a time', which needs a scenario of"
                " its own"
            )
        frame = pd.DataFrame(columns, index=range(part.size))
        sides.append(Side(part.axes, part.design.name, part.design.points, frame))
    shape = (sides[0].size, sides[1].size, replicates)
    study = Study(
        name="function",
        title="A function",
        question="",
        sha256="",
        seed=seed,
        replicates=replicates,
        common_luck=common_luck,
        levers=sides[0],
        uncertainties=sides[1],
        columns={},
        read=lambda name: arrays[name],
        runs_complete=int(np.prod(shape)),
        answer=dict(answer or {}),
    )
    outcomes = function(study.points(), np.arange(replicates), np.random.default_rng(seed + 1))
    arrays = {
        name: np.asarray(values, np.float64).reshape(shape) for name, values in outcomes.items()
    }
    labels = {name: OUTCOMES[name].label if name in OUTCOMES else name for name in arrays}
    return replace(study, columns={name: Column(name, label) for name, label in labels.items()})
