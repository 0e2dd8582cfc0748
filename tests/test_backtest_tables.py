"""What `parley backtest` prints: every number that a reader needs to judge it, within a hundred columns."""

from __future__ import annotations

from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

import sim
from sim.commands.documents import show
from sim.evidence.report.page import backtest_document

OTHER, DAY = "random forest", "2019-09-16"


@pytest.fixture
def backtest() -> dict[str, Any]:
    return deepcopy(dict(sim.evidence_on_record().content["backtest"]))


def printed(backtest: dict[str, Any]) -> str:
    screen = Console(file=StringIO(), width=5000, highlight=False, markup=False)
    show(backtest_document(backtest), screen)
    return screen.file.getvalue()


def line(text: str, *words: str) -> str:
    """The first line of a table with all of these *words*."""
    lines = [each for each in text.splitlines() if not each.startswith("- ")]
    return next(each for each in lines if all(word in each for word in words))


def test_every_table_fits_into_a_hundred_columns(backtest):
    rows = [each.rstrip() for each in printed(backtest).splitlines() if not each.endswith(".")]
    assert max(map(len, rows)) <= 100


def test_the_terminal_says_every_sentence_of_the_page_on_states_dates_and_control(backtest):
    said, text = sim.evidence_on_record().said, printed(backtest)
    for subject in ("states", "models", "later", f"later {DAY}", "control"):
        assert [sentence for sentence in said[subject] if sentence not in text] == []


def test_beside_every_other_model_stands_the_difference_with_its_interval(backtest):
    backtest["differences"]["ten_fold"][OTHER]["brier"] = {"value": -0.321, "low": -0.4, "high": -0.2, "draws": 9}
    assert "-0.321 (-0.400 to -0.200)" in line(printed(backtest), OTHER, "-0.321")


def test_a_star_marks_what_is_clear(backtest):
    for model in backtest["differences"]["ten_fold"]:
        backtest["ten_fold"][model]["auc"] = 0.543
    gap = backtest["differences"]["ten_fold"][OTHER]["auc"]
    for low, star in ((0.1, "*"), (-0.1, " ")):
        gap.update(value=0.2, low=low, high=0.3)
        assert f"0.543{star}" in line(printed(backtest), OTHER, "0.543")


def test_calibration_stands_beside_what_right_shares_would_give(backtest):
    group = backtest["against_perfection"]["leave_one_region_out"]["calibration"][0]
    group.update(predicted=0.12, observed=0.34, perfect_low=0.56, perfect_high=0.78)
    assert "0.56–0.78" in line(printed(backtest), "0.12", "0.34")


def test_every_forecast_of_the_list_says_how_many_dates_lie_inside(backtest):
    forecast = backtest["time_split"][DAY]
    text = printed({**backtest, "time_split": {DAY: forecast}})
    inside = f"{forecast['inside']['state']['fitted']} of 10"
    assert line(text, "states", "fitted weights").endswith(inside)
    unchanged = [each.split()[2] for each in text.splitlines() if each.strip().startswith("no change")]
    assert unchanged == ["68", "358", "142"]  # as the register stood on that day
