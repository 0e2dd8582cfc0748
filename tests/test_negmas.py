"""The same tables in NegMAS, another library's code: its solutions are ours, and its mechanisms
negotiate for our seats.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from negotiating_tables import GGE_2017, by, random_tables

import sim
from sim.errors import InputError
from sim.negotiation.procedure import negotiate_drafts
from sim.negotiation.talks import Subject
from sim.negotiation.ufuns import ufuns_of
from sim.negotiation.zone import Zone

SEATS = ("FRA", "CHN", "KEN")
SUBJECTS = tuple(Subject(name, 0.5, 0.2, 0.1, 0.0, 1.0) for name in ("cables", "hospitals"))
CLOSE = 1e-3


def grid_around(text: np.ndarray) -> list[tuple[float, ...]]:
    """All texts of two provisions in steps of .05, and those near *text* in steps of .0005."""
    wide = np.linspace(0, 1, 21)
    near = np.arange(-15, 16) * 0.0005
    texts = [
        *product(wide, wide),
        *(tuple(text + np.array(step)) for step in product(near, near)),
        tuple(text),
    ]
    return [
        tuple(float(level) for level in one) for one in texts if min(one) >= 0 and max(one) <= 1
    ]


def solution(points, functions, text, gains) -> tuple[np.ndarray, list[tuple[float, ...]]]:
    """What each seat has at the solution of NegMAS among the texts that all accept, and the
    frontier; *gains* are the best of each seat.
    """
    from negmas.preferences import pareto_frontier

    texts = [
        one
        for one in grid_around(text)
        if all(u(one) >= u.reserved_value - 1e-9 for u in functions)
    ]
    frontier, _ = pareto_frontier(functions, outcomes=texts)
    ranges = [
        (u.reserved_value, u.reserved_value + gain)
        for u, gain in zip(functions, gains, strict=True)
    ]
    return np.array(points(functions, frontier, ranges=ranges)[0][0]), list(frontier)


@pytest.fixture
def negmas():
    """NegMAS, where it is installed."""
    return pytest.importorskip("negmas")


@pytest.mark.parametrize("seats", [2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_its_solutions_are_ours(negmas, seats, seed):
    from negmas.preferences import kalai_points, nash_points
    from negmas.preferences.ops import ks_points

    table = random_tables(seats, 2, 1, (0.02, 0.05), seed)
    _, functions = ufuns_of(by(seats=SEATS[:seats], subjects=SUBJECTS), table, 1)
    zone = Zone(table)
    best = zone.best_gains()

    nash, frontier = solution(nash_points, functions, zone.nash(), best)
    assert zone.gains(zone.nash()) + zone.reservation == pytest.approx(nash, abs=CLOSE)

    egalitarian = zone.farthest(np.zeros(seats), np.ones(seats))[0]
    kalai, _ = solution(kalai_points, functions, egalitarian, best)
    assert min(kalai - zone.reservation) == pytest.approx(zone.slack(), abs=CLOSE)

    text = negotiate_drafts(table, by()).final_texts[0]
    ours = zone.gains(text) + zone.reservation
    assert not any(
        (np.array(point) > ours + CLOSE).all() for point in frontier
    )  # the chair's text is on its frontier

    if seats == 2:  # of more it takes the least spread of shares, and we the largest least share
        smorodinsky, _ = solution(ks_points, functions, zone.kalai_smorodinsky(), best)
        assert zone.gains(zone.kalai_smorodinsky()) + zone.reservation == pytest.approx(
            smorodinsky, abs=CLOSE
        )


def test_a_seat_is_worth_the_same_there(negmas):
    """Also with provisions that do not move, ambiguous ones, and voices, which are left out."""
    talks = replace(GGE_2017, seats=("FRA", "CHN", "KEN"), voice=("KEN",))
    negotiation = sim.negotiate(talks, replicates=2, set={"ambiguity_12": 0.5, "tabled_1": 0.3})
    _, functions = negotiation.ufuns(2)
    table = negotiation.at_table
    moves = table.high > table.low
    for texts in negotiation.drafts.texts:
        there = [function(tuple(texts[1][moves].tolist())) for function in functions]
        assert there == pytest.approx(table.utilities(texts)[1][table.votes])
    assert [function.reserved_value for function in functions] == pytest.approx(
        table.reservation[1][table.votes]
    )
    assert [function.name for function in functions] == ["FRA", "CHN"]


def test_the_example_in_the_documentation_runs(negmas, monkeypatch):
    page = (Path(__file__).resolve().parent.parent / "docs" / "negotiation.md").read_text(
        encoding="utf-8"
    )
    scope: dict = {}
    exec(re.search(r"```python\n(import parley\nfrom negmas.*?)```", page, re.DOTALL)[1], scope)
    assert scope["agreement"] is None or len(scope["agreement"]) == len(scope["space"].issues)


def test_without_negmas_one_sentence_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "negmas", None)
    with pytest.raises(InputError, match="ufuns: negmas is not installed"):
        sim.negotiate(GGE_2017, replicates=1).ufuns()
    with pytest.raises(InputError, match="replicate is 2, expected a whole number from 1 to 1"):
        sim.negotiate(GGE_2017, replicates=1).ufuns(2)
