"""What a view changes of the Paris Call as it was: world by world, with other fits, and how many
names are wrong.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import sim
from dashboard.cache import Runs, Store
from dashboard.data.brief import brief_of, curve
from dashboard.data.brief_pairs import Change
from dashboard.data.pairs import sign_of
from dashboard.data.record import record_of
from dashboard.pages.simulate.baseline import beside_baseline
from dashboard.pages.simulate.conduct import conduct_of
from dashboard.view import view_of
from sim import number_formats

FEW = "worlds=6"
POWERS = "scenario=great-powers-sign"


@pytest.fixture(scope="module")
def runs() -> Runs:
    return Runs()


def test_the_difference_is_taken_world_by_world(runs):
    content = beside_baseline(view_of(f"{FEW}&{POWERS}"), runs)
    first, own = (sim.run(name, replicates=6) for name in ("paris-call-2018", "great-powers-sign"))
    gaps = own.listed - first.listed
    for place, kind in enumerate(sim.KINDS):
        ends = np.percentile(gaps[:, :, place], [5, 95], axis=0)
        band = content["difference"][kind]
        np.testing.assert_allclose([band[edge] for edge in ("low_90", "high_90")], ends, atol=1e-5)
    assert content["baseline"] == FEW
    assert content["difference"]["power"]["low_90"][-1] > 0.05
    lead = content["supposed"]["state"]["lead"]
    assert lead == "Three sign. The model already had Washington sign in most worlds, so"
    powers = content["supposed"]["state"]
    assert powers["who"] == ["CHN", "RUS", "USA"]
    beyond = (
        gaps[:, -1, 0]
        - (own.listed_among(powers["who"]) - first.listed_among(powers["who"]))[:, -1]
    )
    assert [powers["low_90"], powers["high_90"]] == np.percentile(beyond, [5, 95]).tolist()
    assert powers["high_90"] < content["difference"]["state"]["low_90"][-1]
    assert content["difference"]["state"]["median"] == np.median(gaps[:, :, 0], axis=0).tolist()
    assert powers["median"] == np.median(beyond)


def test_the_range_of_other_fits_is_that_of_a_view_which_draws_its_weights(runs):
    view = view_of(f"{FEW}&{POWERS}")
    best = beside_baseline(view, runs)
    assert view_of(best["other_fits"]) == view_of(f"{FEW}&{POWERS}&weights=draws")
    wide = beside_baseline(view_of(best["other_fits"]), runs)
    assert wide["other_fits"] == ""
    low, high = (wide["difference"]["state"][end][-1] for end in ("low_90", "high_90"))
    ends = number_formats.change_in_words(low, high).replace("up to ", "0 to ")
    assert wide["in_other_fits"].startswith(f"With other fits that the data allow: {ends} states (")
    assert wide["in_other_fits"] in brief_of(view, runs, 62)["other_fits"]  # the same words on both
    for other in ("lens=null", "weights=draws"):
        assert beside_baseline(view_of(f"{FEW}&{POWERS}&{other}"), runs)["other_fits"] == ""
        assert brief_of(view_of(f"{FEW}&{POWERS}&{other}"), runs, 62)["other_fits"] == ""


def test_where_many_states_join_and_many_leave_both_are_told(runs):
    """A text that is far less open: as the page Compare tells it."""
    both = beside_baseline(view_of(f"{FEW}&set=text_openness:0.2"), runs)["coalitions"]
    assert min(both[way]["number"] for way in ("up", "down")) > 20
    assert "Japan" in both["down"]["named"]
    assert beside_baseline(view_of(f"{FEW}&{POWERS}"), runs)["coalitions"] is None


def test_the_paris_call_as_it_was_differs_in_nothing_from_itself(runs):
    difference = beside_baseline(view_of(FEW), runs)["difference"]
    assert {
        value for band in difference.values() for values in band.values() for value in values
    } == {0}
    assert beside_baseline(view_of(FEW), runs)["in_other_fits"] == ""


@pytest.mark.parametrize(
    ("up", "down", "sign"),
    [(6, 0, 1), (5, 0, 0), (0, 6, -1), (0, 0, 0), (12, 3, 1), (11, 4, 0), (120, 80, 1)],
)
def test_the_sign_of_a_difference_takes_enough_pairs(up, down, sign):
    """More than luck alone would give one time in forty, were more and fewer as likely; none counts
    for neither.
    """
    assert sign_of(np.repeat([2, -1, 0], [up, down, 7])) == sign


def test_the_states_of_which_the_name_is_wrong_are_those_of_the_brief(runs):
    view = view_of(FEW)
    listed = sum(column["all"] for column in brief_of(view, runs, 62)["moved"]["columns"])
    wrong = record_of(view, runs.of(view))["wrong_names"]
    assert wrong["never"] + wrong["came"] == listed > 0
    changed = view_of(f"{FEW}&{POWERS}")
    none = {"expected": 0, "never": 0, "came": 0}  # the register is of the Call as it was
    assert record_of(changed, runs.of(changed))["wrong_names"] == none


def test_a_lens_is_compared_under_the_same_lens(runs):
    content = beside_baseline(view_of(f"{FEW}&lens=null&set=monitoring:0.5"), runs)
    assert set(content["baseline"].split("&")) == {FEW, "lens=null"}


@pytest.mark.parametrize(
    ("median", "numbers"), [(2.0, {"median": "85", "before": "83"}), (4.0, {"median": "85"})]
)
def test_the_curve_of_a_brief_names_the_end_of_the_dashed_line_where_it_is_the_change_away(
    median, numbers
):
    """The difference of two medians may be another than the median of the differences, which is
    what is told.
    """
    now, before = (
        {
            "first_round": 0,
            "dates": ["2018-11-12", "2018-12-12"],
            "register": {"state": []},
            "bands": {
                "listed": {
                    "state": {
                        edge: [0.0, level]
                        for edge in ("median", "low_90", "low_50", "high_50", "high_90")
                    }
                }
            },
        }
        for level in (85.0, 83.0)
    )
    ends = {"median": median, "low_90": median, "high_90": median, "sign": 1}
    drawn = curve(now, before, "state", 1, None, Change(ends, ends, ""))
    assert drawn["numbers"] == numbers
    heights = sorted(drawn["labels"].values())
    assert all(below - above >= 15 for above, below in itertools.pairwise(heights))


def test_the_brief_has_a_share_of_other_fits_with_what_is_supposed_and_one_without(runs):
    columns = brief_of(view_of(f"{FEW}&{POWERS}"), runs, 62)["moved"]["columns"]
    powers = next(column for column in columns if column["title"] == "Supposed to sign")["rows"]
    assert {row["name"]: row["fits"][0] for row in powers} == dict.fromkeys(
        ("China", "Russia", "United States"), number_formats.percent(1.0))  # fmt: skip
    assert all(len(row["fits"]) == 2 for row in powers)


def test_what_to_look_at_is_on_the_chart_of_the_view(runs):
    def words(query: str) -> str:
        view = view_of(f"{FEW}{query}")
        return record_of(view, runs.of(view))["look_at"]

    assert words("") == sim.load("paris-call-2018").look_at
    assert words("&scenario=great-powers-sign") == sim.load("great-powers-sign").look_at
    of_text, of_branch = words("&set=ambition_1:0&set=ambition_2:0"), words("&branch=12:BRA:signs")
    assert "dashed" in of_text
    assert "vermilion" not in of_text
    assert "vermilion points" in of_branch
    assert "other fits" not in words("&set=monitoring:0.5&weights=draws")


@pytest.mark.long
def test_the_harm_prevented_stands_beside_that_of_the_paris_call_as_it_was(runs):
    kept: Store[sim.Run] = Store(1)
    before = conduct_of(view_of(FEW), runs, kept)
    assert before["beside"] is None
    nothing = "&".join(f"set=ambition_{number}:0" for number in range(1, 10))
    after = conduct_of(view_of(f"{FEW}&{nothing}"), runs, kept)
    assert after["beside"]["was"] == [before["headline"][end] for end in ("low", "high")]
    assert (
        after["beside"]["change"][1] < 0
    )  # a text that asks for nothing prevents less, whatever is assumed
