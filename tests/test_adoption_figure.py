"""One panel of adoption, drawn from made-up numbers without a browser."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.figures.adoption import figure
from dashboard.theme import PALETTES


def three_months() -> tuple[pd.DataFrame, pd.DataFrame]:
    """A curve of three rounds, and a register with counts on the launch day and between two rounds."""
    dates = pd.to_datetime(["2018-11-12", "2018-12-12", "2019-01-12"])
    curve = pd.DataFrame({
        "date": dates, "low_90": [40, 50, 55], "low_50": [45, 58, 62], "median": [50, 60, 65], "high_50": [55, 63, 70],
        "high_90": [60, 68, 77],
    })
    register = pd.DataFrame({
        "date": pd.to_datetime(["2018-11-12", "2019-01-31"]), "registered": [51, 66], "read_on": dates[[0, 2]]})
    return curve, register


def traces(scheme: str = "light") -> dict[str, dict]:
    """The named traces of the panel drawn from `three_months`."""
    panel = figure(*three_months(), PALETTES[scheme])
    return {trace.name: trace.to_plotly_json() for trace in panel.data if trace.name}


def test_a_panel_shows_the_median_two_bands_and_the_register():
    assert list(traces()) == ["90 % of worlds", "50 % of worlds", "median", "register"]


def test_the_median_and_the_points_are_the_numbers_given():
    assert list(traces()["median"]["y"]) == [50, 60, 65]
    assert list(traces()["register"]["y"]) == [51, 66]


@pytest.mark.parametrize("share", [50, 90])
def test_a_band_is_filled_from_its_lower_to_its_upper_edge(share):
    curve, register = three_months()
    drawn = figure(curve, register, PALETTES["light"]).data
    upper = next(i for i, trace in enumerate(drawn) if trace.name == f"{share} % of worlds")
    assert drawn[upper].fill == "tonexty"
    assert list(drawn[upper].y) == list(curve[f"high_{share}"])
    assert list(drawn[upper - 1].y) == list(curve[f"low_{share}"])


def test_the_pointer_finds_the_registers_count_at_the_round_in_which_it_is_read():
    launch, december, january = traces()["median"]["text"]
    assert "register 51 (12 November 2018)" in launch
    assert "register" not in december
    assert "register 66 (31 January 2019)" in january


def test_a_panel_is_drawn_alike_twice_and_leaves_its_tables_alone():
    curve, register = three_months()
    before = curve.copy(), register.copy()
    assert figure(curve, register, PALETTES["dark"]) == figure(curve, register, PALETTES["dark"])
    pd.testing.assert_frame_equal(curve, before[0])
    pd.testing.assert_frame_equal(register, before[1])


def test_each_scheme_has_colours_of_its_own():
    assert traces("light")["median"]["line"]["color"] != traces("dark")["median"]["line"]["color"]
