"""docs/api.md: every public name is there, as its docstring has it, and what the examples show is what comes out."""

from __future__ import annotations

import doctest

import pytest

import sim
from docs import api

SOURCE = api.source()
LISTED = [name for group in SOURCE["group"] for name in group["names"]]
CALLABLE = [name for name in sim.__all__ if callable(getattr(sim, name))]


def test_the_reference_is_fresh():
    assert api.page() == api.PAGE.read_text(encoding="utf-8"), "run make docs"


def test_every_public_name_stands_there_once():
    assert sorted(LISTED) == sorted(sim.__all__)


def test_whatever_can_be_called_has_an_example_and_whatever_cannot_a_line():
    assert set(SOURCE["examples"]) == set(CALLABLE)
    assert set(SOURCE["constants"]) == set(sim.__all__) - set(CALLABLE)


def test_whatever_can_be_called_has_a_docstring():
    assert [name for name in CALLABLE if not (getattr(sim, name).__doc__ or "").strip()] == []


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long) if name in SOURCE["long"] else name for name in CALLABLE]
)
def test_an_example_shows_what_comes_out(name):
    example = doctest.DocTestParser().get_doctest(SOURCE["examples"][name], {"sim": sim}, name, str(api.SOURCE), 0)
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append, clear_globs=False)
    assert result.failed == 0, "".join(report)
    used, what = "".join(step.source + (step.exc_msg or "") for step in example.examples), getattr(sim, name)
    assert name in used or any(isinstance(value, what) for value in example.globs.values())
