"""What `parley backtest` prints: every number that a reader needs to judge it, within a hundred columns."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from sim.commands.backtest_tables import SPLITS, show
from sim.evidence import later_dates as time_split
from sim.evidence.backtest import _Backtest
from sim.evidence.scores import OURS, against_perfection, differences, scored, verdicts
from sim.parameters.lenses import LENSES
from sim.population import KINDS, STRICT

WORLDS = 20
OTHER = "flat ridge, 28 covariates"


@pytest.fixture(scope="module")
def content(paris_call, known, weights) -> dict[str, Any]:
    """As `parley backtest --json` has it, with shares out of thin air and few worlds."""
    rng = np.random.default_rng(1)
    signed = known.signed
    shares = {OURS: np.clip(0.7 * signed + 0.3 * rng.random(193), 0, 1), OTHER: rng.random(193)}
    groups = np.array([f"group {n % 22}" for n in range(193)])
    found = scored(signed, shares, WORLDS)
    gaps = differences(signed, shares, WORLDS, groups, seed=1)
    asked = time_split.split(paris_call, date(2019, 9, 16), LENSES["full"], STRICT, seed=1)
    worlds = time_split.worlds_from_then(asked, weights, WORLDS, seed=1, anniversary=0.5)
    run = _Backtest(paris_call, 1)
    later = time_split.forecast(asked, [worlds], [worlds])
    later |= {"curves": {kind: run.curves(asked, kind) for kind in KINDS}, "rankings": run.rankings(asked)}
    perfection = against_perfection(signed, shares[OURS], WORLDS, np.zeros(193, dtype=bool), seed=1)
    return {
        **dict.fromkeys(SPLITS, found),
        "differences": dict.fromkeys(SPLITS, gaps),
        "against_perfection": dict.fromkeys(SPLITS, perfection),
        "structural": dict.fromkeys(SPLITS, found),
        "time_split": {later["known_by"]: later},
        "negative_control": {"verdict": "What is not there is not found."},
        "verdicts": [*verdicts("ten_fold", found, gaps), "ten fold, AUC: Parley 0.5, magic 0.9: magic does better."],
    }


@pytest.fixture(scope="module")
def printed(content) -> str:
    screen = Console(file=StringIO(), width=100, highlight=False, markup=False)
    show(content, screen)
    return screen.file.getvalue()


def line(printed: str, *words: str) -> str:
    """The first line with all of these *words*."""
    return next(each for each in printed.splitlines() if all(word in each for word in words))


def test_every_table_fits_into_a_hundred_columns(content):
    wide = Console(file=StringIO(), width=300, highlight=False, markup=False)
    show(content, wide)
    rows = [each.rstrip() for each in wide.file.getvalue().splitlines() if not each.rstrip().endswith(".")]
    assert max(map(len, rows)) <= 100


def test_beside_every_other_model_stands_the_difference_with_its_interval(content, printed):
    gap = content["differences"]["ten_fold"][OTHER]["brier"]
    assert f"{gap['value']:+.3f} ({gap['low']:+.3f} to {gap['high']:+.3f})" in line(printed, OTHER)


def test_calibration_stands_beside_what_right_shares_would_give(content, printed):
    last = content["against_perfection"]["ten_fold"]["calibration"][-1]
    assert f"{last['perfect_low']:.2f}–{last['perfect_high']:.2f}" in line(
        printed, f"{last['predicted']:.2f}", f"{last['observed']:.2f}"
    )


def test_every_forecast_of_the_list_says_how_many_dates_lie_inside(content, printed):
    told = content["time_split"]["2019-09-16"]
    assert line(printed, "luck alone").split()[-3:] == [f"{told['inside']['state']['fitted']}", "of", "10"]
    for curve in told["curves"]["state"]:
        assert line(printed, curve).endswith("of 10")
    unchanged = [each.split()[2] for each in printed.splitlines() if "no change" in each]
    assert unchanged == ["68", "358", "142"]  # as the register stood on that day


def test_a_star_marks_what_is_clear(content, printed):
    assert content["differences"]["ten_fold"][OTHER]["auc"]["low"] > 0
    assert f"{content['ten_fold'][OTHER]['auc']:.3f}*" in line(printed, OTHER)
    assert "*" not in line(printed, f"{OURS} ")


def test_where_another_model_does_better_that_is_spelled_out(printed):
    assert "Of 3 comparisons of AUC or Brier score Parley does better in 2, clearly so in 2." in printed
    assert "magic does better" in printed
    assert f"{OTHER} 0." not in printed
