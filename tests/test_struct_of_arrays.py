"""Compiled functions take structs of arrays by reference, and constants as numbers."""

from __future__ import annotations

import copy
import pickle
from typing import Any, NamedTuple

import numba
import numpy as np
import pytest

from sim.compiled import compiled_here
from sim.struct_of_arrays import struct_of_arrays


@struct_of_arrays
class Field(NamedTuple):
    """Arrays of several shapes."""

    level: np.ndarray
    trend: np.ndarray
    record: np.ndarray


@struct_of_arrays
class Farm(NamedTuple):
    """A struct in a struct."""

    size: np.ndarray
    field: Field


def change_farm(farm, by):
    """As `change`, by way of the farm."""
    farm.field.trend[1, 2] += by
    return farm.size[0] + farm.field.trend[1, 2]


def change(field, by):
    """A number from each array of *field*, after a change to one of them."""
    field.trend[1, 2] += by
    total = 0.0
    for place in range(field.level.size):
        total += field.level[place]
    return total, field.trend.shape, field.trend[1, 2], field.record[1].weight


def a_field() -> Field:
    """A reversed row, a transposed table and records."""
    records = np.recarray(2, np.dtype([("kind", np.uint8), ("weight", np.float64)], align=True))
    records.weight = (3.0, 4.0)
    return Field(np.arange(6.0)[::-2], np.arange(12.0).reshape(4, 3).T, records)


def test_compiled_code_reads_and_changes_the_arrays_of_a_struct_itself() -> None:
    field = a_field()
    expected = change(a_field(), 0.5)
    assert compiled_here(change)(field, 0.5) == expected == (9.0, (3, 4), 7.5, 4.0)
    assert field.trend[1, 2] == 7.5


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda field: pickle.loads(pickle.dumps(field))])
def test_a_copy_of_a_struct_has_arrays_of_its_own(copied) -> None:
    compiled_change, field = compiled_here(change), a_field()
    compiled_change(field, 0.5)
    other = copied(field)
    compiled_change(other, 0.5)
    assert field.trend[1, 2] == 7.5
    assert other.trend[1, 2] == 8.0


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda field: pickle.loads(pickle.dumps(field))])
def test_a_copy_of_a_struct_is_of_the_type_for_which_code_is_compiled(copied) -> None:
    farm = Farm(np.ones(1), a_field()._replace(level=np.arange(3.0), trend=np.ones((2, 3))))
    farm.field.level.setflags(write=False)
    other = copied(farm)
    assert numba.typeof(other) == numba.typeof(farm)
    assert [array.flags.writeable for array in other.field] == [False, True, True]


def test_a_struct_may_hold_another() -> None:
    farm, compiled_change = Farm(np.ones(1), a_field()), compiled_here(change_farm)
    assert compiled_change(farm, 0.5) == 8.5
    assert farm.field.trend[1, 2] == 7.5
    other = copy.deepcopy(farm)
    compiled_change(other, 0.5)
    assert (farm.field.trend[1, 2], other.field.trend[1, 2]) == (7.5, 8.0)


def test_a_constant_argument_does_not_compile_a_function_once_more() -> None:
    def twice(x):
        return 2 * x

    inner: Any = compiled_here(twice)

    def three_calls(x):
        return inner(1) + inner(2) + inner(x)

    assert compiled_here(three_calls)(3) == 12
    assert len(inner.for_compiled().signatures) == 1
