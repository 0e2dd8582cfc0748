"""What `make bench` prints: ratios of times in one turn, the machine, a gather that is the product
that it bounds.
"""

from __future__ import annotations

import re
from itertools import count

import numpy as np
import pytest
from scipy import sparse

from benchmarks import gather, ratios, ways


@pytest.fixture
def clock():
    """A clock that only the ways to be timed turn on."""
    return {"now": 0.0}


def taking(clock: dict[str, float], *seconds: float):
    """A way that takes so many *seconds*, one after the other."""
    turns = count()

    def way() -> None:
        clock["now"] += seconds[next(turns) % len(seconds)]

    return way


def test_a_ratio_is_of_two_times_of_the_same_turn(clock):
    timed = [
        ratios.Timed("first", taking(clock, 100.0, 8.0, 4.0, 6.0)),
        ratios.Timed("five at once", taking(clock, 100.0, 10.0, 10.0, 5.0), 5),
    ]
    first, other = ratios.in_turn("a group", timed, 3, lambda: clock["now"])
    assert (first.seconds, first.ratios) == ([8.0, 4.0, 6.0], [1.0, 1.0, 1.0])
    assert (other.seconds, other.ratios) == ([2.0, 2.0, 1.0], [4.0, 2.0, 6.0])
    assert re.fullmatch(r" +five at once +2000\.000 ms +4\.00 x  \(2\.00 to 6\.00\)", str(other))
    *_, slower = ratios.in_turn("a group", timed[::-1], 3, lambda: clock["now"], multiples=True)
    assert min(slower.ratios) > 1


@pytest.mark.parametrize("kind", [np.float64, np.uint8])
def test_the_gather_is_the_product_of_ties_and_values(kind):
    ties = gather.random_ties(200)
    values, sums = (np.arange(200) % 3).astype(kind), np.zeros(200)
    gather.gather(ties.start, ties.to, ties.weight, values, sums)
    matrix = sparse.csr_array(
        (ties.weight, ties.to.astype(np.int64), ties.start.astype(np.int64)), shape=(200, 200)
    )
    assert sums == pytest.approx(matrix @ values)
    assert ties.to.size / 200 == pytest.approx(gather.DEGREE, rel=0.1)


def test_the_bench_names_the_machine_and_prints_the_groups_asked_for(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(ratios, "WORLDS", 1)
    ratios.main(["signing", "--turns", "1", "--json", str(tmp_path / "ratios.json")])
    machine, libraries, _, group, peer, engine = capsys.readouterr().out.splitlines()
    assert "cores" in machine
    assert libraries.startswith("Python 3")
    assert "mesa 3" in libraries
    assert group == "Signing alone, a world"
    assert [line.split("  ")[1] for line in (peer, engine)] == [
        "tuned Mesa",
        "the engine, 1 worlds, a world",
    ]
    assert (tmp_path / "ratios.json").exists()
    with pytest.raises(SystemExit):
        ratios.main(["sining"])


def test_a_sweep_of_the_peer_is_under_other_dials_each_time():
    monitored = [ways.facts().under(**{ways.SWEPT: value}).dials[-1] for value in ways.points(2)]
    assert [vars(dials)[ways.SWEPT] for dials in monitored] == [0.25, 0.75]
    assert vars(ways.facts().dials[-1])[ways.SWEPT] == 0.0
