"""A request: its numbers are checked once, and it is handed down whole."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import sim
from sim.commands.frontier import frontier
from sim.commands.options import Simulation, with_options
from sim.commands.printing import Output
from sim.request import Request

STATES = sim.load("states-only")


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"replicates": 0}, "replicates is 0, expected a whole number from 1"),
        ({"seed": -1}, "seed is -1, expected a whole number from 0"),
        ({"workers": 0}, "workers is 0, expected a whole number from 1"),
    ],
)
def test_a_number_out_of_range_is_refused(numbers: dict[str, Any], sentence: str) -> None:
    with pytest.raises(sim.InputError, match=sentence):
        Request(STATES, **numbers)


def test_another_scenario_has_the_same_luck() -> None:
    request, other = Request(STATES, replicates=3, seed=7, workers=2), sim.load("paris-call-2018")
    there = request.of(other)
    assert there.scenario is other
    assert (there.replicates, there.seed, there.workers) == (3, 7, 2)


def test_a_part_reports_its_progress_as_that_of_the_whole() -> None:
    reports: list[tuple[int, int]] = []
    request = Request(STATES, progress=lambda done, total: reports.append((done, total)))
    part = request.part(5, 20)
    assert part.progress is not None
    part.progress(2, 10)
    assert reports == [(7, 20)]
    assert request.with_progress(None).part(5, 20).progress is None


def test_a_run_keeps_its_request_but_not_whom_it_reported_to() -> None:
    reports: list[int] = []
    run = sim.run(STATES, replicates=2, workers=1, progress=lambda done, _: reports.append(done))
    assert reports[-1] == 2
    assert run.request.progress is None
    assert (run.scenario, run.replicates, run.seed, run.workers) == (STATES, 2, 1, 1)


def test_a_command_takes_a_group_of_options_one_by_one_and_gets_it_whole() -> None:
    def command(name: str, *, simulation: Simulation, output: Output) -> None:
        given.append((name, simulation, output))

    command.__annotations__ |= {"simulation": Simulation, "output": Output}
    given: list[Any] = []
    options = inspect.signature(with_options(frontier)).parameters
    assert {"name", "depths", "replicates", "set_", "workers", "json", "format_"} <= set(options)
    taken = dict.fromkeys(inspect.signature(with_options(command)).parameters)
    with_options(command)(**(taken | {"name": "states-only", "seed": 4}))
    assert given == [("states-only", Simulation(seed=4), Output())]
