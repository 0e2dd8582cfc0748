"""The classics give the results of the literature, at their own parameters and at others, and no
wrong ones.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

import sim
from sim.classics import barrett_1994, granovetter_1978, repeated_prisoners_dilemma, watts_2002
from sim.classics.axelrod_1986 import empty_society, state_of
from sim.classics.catalogue import description_of
from sim.classics.classic import Check, Replication, classic_dials
from sim.classics.crowd import crowd_of
from sim.classics.pictures import picture_of
from sim.document_tables import check_rows, with_tables
from sim.experiments.simulate import Setting
from sim.parameters import DIALS
from sim.scenario.files import CLASSICS

ROOT = Path(__file__).resolve().parent.parent
NAMES = [name.removeprefix(CLASSICS) for name, _, _ in sim.available_classics()]
PAGE = (ROOT / "docs" / "classics.md").read_text(encoding="utf-8")

# Two settings beside the one that ships. QUICK has the dials and replicates that keep a slow
# classic short. The quick tests take the first setting of these; test_full_size_and_another_seed
# takes all, and the one that ships in full size.
OTHERS = {
    "granovetter-1978": [
        {"people": 50, "raised_threshold": 10},
        {"people": 200, "raised_threshold": 0},
    ],
    "watts-2002": [
        {"threshold": 0.12, "mean_degree": 3, "denser_mean_degree": 6, "dense_mean_degree": 16},
        {"threshold": 0.25, "mean_degree": 2.5, "denser_mean_degree": 3.3, "dense_mean_degree": 5},
    ],
    "centola-macy-2007": [{"threshold": 1}, {"neighbours": 6, "threshold": 3, "seeds": 2}],
    "bass-1969": [{"innovation": 0.02}, {"innovation": 0.1, "imitation": 0.3}],
    "brock-durlauf-2001": [
        {"interaction": 1.2, "weak_interaction": 0.8},
        {"private_utility": 0.1, "interaction": 1.6, "weak_interaction": 0.3},
    ],
    "barrett-1994": [
        {"cost_slope": 0.1},
        {"countries": 20, "benefit_slope": 3, "benefit_level": 7},
    ],
    "repeated-prisoners-dilemma": [
        {"temptation_payoff": 6},
        {"reward_payoff": 4, "weakest_detection": 0.05},
    ],
    "axelrod-1986": [{"temptation": 10}, {"metapunishment": 0.9, "metaenforcement": 0.2}],
    "escalation": [{"strike_back": 0.9, "firebreak": 0}, {"strike_back": 0.7, "allies_join": 0.5}],
}
QUICK: dict[str, tuple[dict[str, float], int]] = {
    "watts-2002": ({"people": 2000}, 50),
    "centola-macy-2007": ({}, 8),
    "bass-1969": ({"people": 10_000, "rounds_to_half": 60}, 4),
    "brock-durlauf-2001": ({}, 1),
}
EXPECTED = {
    "granovetter-1978": [100, 1],
    "centola-macy-2007": [1000, 0],
    "brock-durlauf-2001": [0.8586, -0.8586, 0, 0],
    "barrett-1994": [3, 4],
    "repeated-prisoners-dilemma": [1 / 2, 2 / 3, 4 / 5],
    "escalation": [1 / (1 - 0.5 * 0.7 * 0.9)],
    "bass-1969": [6.19, 6.55],
}
QUICK_ONES = [name for name in NAMES if name != "axelrod-1986"]
QUICK_OTHERS = [
    (name, settings)
    for name in QUICK_ONES
    for settings in OTHERS[name][: 1 if name in QUICK else None]
]


def quick(
    name: str, settings: dict[str, float], seed: int = 1, workers: int | None = None
) -> sim.Classic:
    """A classic with fewer people or replicates than it asks for itself."""
    fewer, replicates = QUICK.get(name, ({}, None))
    return sim.classic(
        name, set={**fewer, **settings}, seed=seed, replicates=replicates, workers=workers
    )


@cache
def as_it_ships(name: str) -> sim.Classic:
    return quick(name, {})


def misses(result: sim.Classic) -> list[Check]:
    return [check for check in result.checks if not check.within]


def test_every_classic_is_tried_at_other_parameters():
    assert sorted(NAMES) == sorted(OTHERS)


@pytest.mark.long
@pytest.mark.parametrize("name", QUICK_ONES)
def test_what_is_known_comes_out_at_the_classics_own_parameters(name):
    result = as_it_ships(name)
    assert result.checks
    assert misses(result) == []
    if name in EXPECTED:
        assert [check.expected for check in result.checks] == pytest.approx(
            EXPECTED[name], abs=0.005
        )


@pytest.mark.long
@pytest.mark.parametrize(("name", "settings"), QUICK_OTHERS, ids=str)
def test_what_is_known_comes_out_at_other_parameters(name, settings):
    result, own = quick(name, settings), as_it_ships(name)
    assert result.checks
    assert misses(result) == []
    mixture = [
        Check(ours.name, ours.expected, theirs.simulated, ours.tolerance)
        for ours, theirs in zip(own.checks, result.checks, strict=False)
    ]
    assert not all(check.within for check in mixture), (
        "a simulation that ignores its parameters would pass"
    )


@cache
def at_full_size(name: str) -> sim.Classic:
    return sim.classic(name, seed=2)


@pytest.mark.release
@pytest.mark.parametrize("name", NAMES)
def test_full_size_and_another_seed(name):
    for result in (
        at_full_size(name),
        *(quick(name, settings, seed=2) for settings in OTHERS[name]),
    ):
        assert result.checks
        assert misses(result) == []


@pytest.mark.long
def test_cascades_are_common_inside_the_window_and_absent_outside():
    inside, dense, sparse, densest = (
        check.simulated for check in at_full_size("watts-2002").checks
    )
    assert min(inside, dense) >= 0.2
    assert sparse == densest == 0


@pytest.mark.long
def test_metanorms_hold_where_the_norm_alone_collapses_and_not_where_they_are_weak():
    soon, late, with_metanorms, weak = (
        check.simulated for check in at_full_size("axelrod-1986").checks
    )
    assert with_metanorms < soon < late
    assert weak > 0.9


def test_the_window_of_cascades_is_that_of_the_generating_function():
    assert watts_2002.window(0.18) == pytest.approx((1.02, 5.765), abs=0.005)
    assert watts_2002.window(0.4) == ()


@pytest.mark.long
def test_thresholds_that_begin_at_one_set_nobody_off():
    everybody_one_more = granovetter_1978.np.arange(100) + 1
    assert (
        granovetter_1978.acting(everybody_one_more)
        == granovetter_1978.simulated(everybody_one_more)
        == 0
    )


def test_what_one_neighbour_sets_off_spreads_where_the_classic_forbids_it():
    dense = [watts_2002.cascade(2000, 0.05, 7, 1, replicate) for replicate in range(3)]
    assert (
        max(dense)
        > 200
        > max(watts_2002.cascade(2000, 0.18, 7, 1, replicate) for replicate in range(3))
    )


def test_leaders_who_cannot_count_on_replies_keep_fewer_together():
    def game(reply: float) -> barrett_1994.Game:
        return barrett_1994.Game(
            10, lambda q: q * (200 - q) / 20, lambda q: reply * (100 - q) / 10, 0.25, 100
        )

    assert barrett_1994.self_enforcing(game(1)) == 4 != barrett_1994.self_enforcing(game(0))


def test_breaking_pays_just_below_the_critical_discount_and_not_just_above():
    gain = repeated_prisoners_dilemma.gain_from_breaking
    assert gain(5, 3, 1, 0.25, 0.79) > 0 > gain(5, 3, 1, 0.25, 0.81)


def test_a_norm_is_collapsed_established_or_neither():
    states = []
    for bold, vengeful in ((7, 0), (6, 1), (2, 5), (3, 5), (7, 2)):
        everybody = empty_society(20)
        everybody.boldness[:], everybody.vengefulness[:] = bold, vengeful
        states.append(state_of(everybody))
    assert states == ["collapsed", "collapsed", "established", "neither", "neither"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "settings"),
    [
        pytest.param("watts-2002", {"people": 1000}, marks=pytest.mark.long),
        pytest.param("centola-macy-2007", {"rewired_share": 0.0005}, marks=pytest.mark.long),
        ("bass-1969", {}),
        ("escalation", {}),
    ],
    ids=str,
)
def test_workers_change_nothing_and_a_seed_does(name, settings):
    first, again, other = (
        [*result.rows(), *result.remarks]
        for result in (
            quick(name, settings, 3, 1),
            quick(name, settings, 3, 4),
            quick(name, settings, 7),
        )
    )
    assert first == again != other


def test_the_norms_game_depends_on_its_seed_alone():
    def shares(seed: int, workers: int) -> list[float]:
        result = sim.classic(
            "axelrod-1986", set={"opportunities": 3}, replicates=6, seed=seed, workers=workers
        )
        return [
            float(number) for remark in result.remarks for number in re.findall(r"0\.\d+", remark)
        ]

    assert shares(1, 1) == shares(1, 4) != shares(2, 4)


@pytest.mark.long
def test_plain_python_gives_the_same_bits():
    """Without the compiler, each in a process of its own."""
    script = (
        "import json, sim\nsmall = {'watts-2002': {'people': 1000}, 'escalation': {'chains': 100},"
        " 'axelrod-1986': {'people': 3}}\nfor name, settings in small.items():\n   "
        " print(json.dumps({**sim.classic(name, set=settings, replicates=1).as_json(), 'manifest':"
        " 0}))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "NUMBA_DISABLE_JIT": off, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for off in ("0", "1")
    }
    assert len(outputs) == 1


def test_what_cannot_be_checked_is_said_and_not_checked():
    near = quick("watts-2002", {"mean_degree": 1.05})
    assert len(near.checks) == 3
    assert any("too near" in remark for remark in near.remarks)
    assert len(quick("bass-1969", {"imitation": 0.02}).checks) == 1
    assert any(
        "no closed form" in r.lower()
        for r in quick("centola-macy-2007", {"rewired_share": 0.5}).remarks
    )
    for leave in (0.05, 0.1):
        result = sim.classic(
            "escalation", set={"strike_back": 1, "firebreak": 0, "leave_cyberspace": leave}
        )
        assert misses(result) == []
        assert "cuts chains off at 64 blows" in result.remarks[0]


def test_a_classic_runs_the_model_that_any_run_has_compiled():
    """Arrays of other types would have everything compiled again."""
    crowd, model = crowd_of(10, {}), Setting.from_scenario(sim.load("paris-call-2018"))
    for name in ("population_arrays", "codes", "schedule"):
        assert numba.typeof(getattr(crowd, name)) == numba.typeof(getattr(model, name))


@pytest.mark.parametrize("name", NAMES)
def test_dials_of_a_classic_are_its_own(name):
    dials = classic_dials(name)
    assert all(
        dial.meaning and dial.unit and dial.source and dial.default is not None
        for dial in dials.values()
    )
    assert {id(dial) for dial in dials.values()} & {id(dial) for dial in DIALS.values()} == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_classic_cites_and_says_what_it_asks_sets_shows_and_assumes(name):
    notes = description_of(name).notes
    for heading in (
        "The question.",
        "What it sets.",
        "What to look at.",
        "What is assumed.",
        "References.",
    ):
        assert f"**{heading}**" in notes
    assert description_of(name).title in notes.splitlines()[0]
    assert re.search(
        r"(19|20)\d\d", import_module(f"sim.classics.{name.replace('-', '_')}").__doc__
    )


def test_a_classic_tells_the_same_as_table_json_and_in_a_notebook():
    result = sim.classic("classics/granovetter-1978", set={"people": 10})
    content = json.loads(json.dumps(result.as_json(), allow_nan=False))
    assert content["checks"] == [{**row} for row in result.rows()]
    assert result.table().to_dict("records") == content["checks"]
    assert content["manifest"]["parameters"] == {"people": 10, "raised_threshold": 1}
    assert content["manifest"]["parley"] == sim.__version__
    assert content["manifest"]["classic"] == "classics/granovetter-1978"
    assert "10" in result._repr_html_()


def test_progress_counts_up_to_all_replicates():
    reports = []
    Replication(1, 5, 2, lambda count, total: reports.append((count, total))).each(
        lambda replicate: replicate
    )
    assert reports == [(count, 5) for count in range(1, 6)]


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("granovetter", {}, "did you mean 'classics/granovetter-1978'"),
        ("bass-1969", {"set": {"inovation": 0.1}}, "did you mean 'innovation'"),
        ("bass-1969", {"set": {"innovation": True}}, "expected a number from 0.001 to 2"),
        ("bass-1969", {"replicates": 0}, "replicates is 0"),
        (
            "granovetter-1978",
            {"set": {"people": 5, "raised_threshold": 5}},
            "expected one of the thresholds",
        ),
        ("centola-macy-2007", {"set": {"seeds": 5}}, "expected no more than there are neighbours"),
    ],
)
def test_a_wrong_classic_is_refused_in_one_sentence(name, arguments, expected):
    with pytest.raises(sim.InputError, match=re.escape(expected)):
        sim.classic(name, **arguments)


def test_a_classic_is_no_scenario():
    with pytest.raises(sim.InputError, match="found a classic, expected a scenario"):
        sim.load("classics/bass-1969")
    with pytest.raises(sim.InputError, match="found a classic, expected a scenario"):
        sim.run(ROOT / "scenarios" / "classics" / "bass-1969")


def test_the_page_of_classics_has_a_row_for_every_check():
    for name in ("granovetter-1978", "barrett-1994", "repeated-prisoners-dilemma", "escalation"):
        assert [
            row for row in check_rows(sim.classic(name)) if f"| {' | '.join(row)} |" not in PAGE
        ] == []
    assert all(f"| `{CLASSICS}{name}` |" in PAGE for name in NAMES)


def shipped_picture(name: str) -> dict[str, Any]:
    (of_it,) = (
        each["picture"] for each in sim.classic_pictures() if each["name"] == f"{CLASSICS}{name}"
    )
    return dict(of_it)


def same_picture(ours: Any, theirs: Any) -> bool:
    """Whether both are the same to the digits that another processor may give."""
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(
            same_picture(ours[key], theirs[key]) for key in ours
        )
    if isinstance(ours, (list, tuple)):
        return len(ours) == len(theirs) and all(
            same_picture(*pair) for pair in zip(ours, theirs, strict=True)
        )
    return (
        ours == pytest.approx(theirs, rel=1e-4, abs=1e-6)
        if isinstance(ours, float)
        else ours == theirs
    )


@pytest.mark.parametrize(
    "name", ["barrett-1994", "centola-macy-2007", "repeated-prisoners-dilemma", "escalation"]
)
def test_the_picture_that_ships_is_what_the_classic_gives(name):
    assert same_picture(picture_of(name).as_json(), shipped_picture(name)), "run make classics"


@pytest.mark.release
@pytest.mark.parametrize("name", NAMES)
def test_every_picture_that_ships_is_fresh(name):
    assert same_picture(picture_of(name).as_json(), shipped_picture(name)), "run make classics"


def test_what_is_simulated_lies_on_what_is_known_in_a_picture():
    traces = shipped_picture("bass-1969")["traces"]
    known, simulated = traces[0], traces[1]
    theory = np.interp(simulated["x"], known["x"], known["y"])
    assert np.abs(theory - simulated["y"]).max() < 0.01
    granovetter = shipped_picture("granovetter-1978")["traces"]
    assert [trace["y"][-1] for trace in granovetter] == [100, 1]


@pytest.mark.release
def test_the_table_of_classics_is_fresh():
    assert with_tables(PAGE, "docs/classics.md") == PAGE, "run make classics"
