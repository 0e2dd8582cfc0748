"""What a brief says of the differences of pairs of worlds."""

from __future__ import annotations

import pytest

import sim
from dashboard.data.brief_pairs import (
    Change,
    in_other_fits,
    in_pairs,
    lead_of,
    nobody_follows,
    other_fits_give,
)
from sim.number_formats import percent


def test_a_brief_speaks_of_one_more_state_and_of_several_firms():
    numbers = ((1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (12.0, 0.0, 19.0), (3.0, -2.0, 9.0))
    one, none, some, both = (
        {"median": a, "low_90": b, "high_90": c, "sign": int(a > 0)} for a, b, c in numbers
    )
    changes = {"state": Change(one, none, "supposed to sign"), "firm": Change(some, some, "")}
    said = in_pairs({**changes, "ngo": Change(none, none, "")}, "firm")
    told = (
        "12 more firms (0 to 19), 1 more state (nobody else beyond those supposed to sign) and as"
        " many NGOs."
    )
    assert (
        said
        == f"In pairs of worlds with the same luck (in brackets {percent(0.9)} of them): {told}"
    )
    assert in_pairs({"ngo": Change(both, both, "")}, "ngo").endswith(
        ": no clear change in NGOs (2 fewer to 9 more)."
    )


def change(low: float, high: float, sign: int) -> dict[str, float]:
    return {"median": (low + high) / 2, "low_90": low, "high_90": high, "sign": sign}


def test_the_range_of_other_fits_is_told_of_the_first_kind_and_of_those_that_change():
    none, some, most = change(0, 0, 0), change(2, 12, 1), change(0, 9, 1)
    changes = {
        "state": Change(some, most, "supposed to sign"),
        "firm": Change(change(18, 119, 1), none, ""),
    }
    told = "2 to 12 more states (0 to 9 beyond those supposed to sign) and 18 to 119 more firms."
    with_ngos = {**changes, "ngo": Change(none, none, "")}
    assert in_other_fits(with_ngos, "state") == f"With other fits that the data allow: {told}"
    unclear = {
        "state": Change(change(-3, 9, 1), none, ""),
        "firm": Change(change(0, 1, 0), none, ""),
    }
    both = "3 fewer to 9 more states (no clear change) and 0 to 1 more firms (no clear change)."
    assert in_other_fits(unclear, "state").endswith(f": {both}")
    assert in_other_fits({"state": Change(none, none, "")}, "state") == ""


@pytest.mark.parametrize(
    ("wide", "best", "words"),
    [
        (change(2, 12, 1), change(2, 2, 1), "; other fits give 2 to 12 more"),
        (change(-3, 9, 1), change(2, 2, 1), "; other fits give 3 fewer to 9 more: no clear change"),
        (change(-3, 9, 1), change(-3, 9, 0), "; other fits give 3 fewer to 9 more"),
        (change(0, 0, 0), change(0, 0, 0), ""),
    ],
)
def test_a_headline_is_never_surer_than_other_fits(wide, best, words):
    assert other_fits_give(wide, best) == words


@pytest.mark.parametrize(
    ("best", "wide", "said"),
    [
        (change(0, 0, 0), None, "no other state follows"),
        (change(0, 1, 1) | {"median": 0.0}, None, "in most worlds no other state follows"),
        (
            change(0, 1, 1) | {"median": 0.0},
            change(0, 9, 1),
            "no other state follows (other fits: 0 to 9)",
        ),
        (change(0, 0, 0), change(0, 0, 0), "no other state follows"),
        (change(1, 3, 1), change(0, 9, 1), ""),
    ],
)
def test_that_nobody_follows_goes_with_how_many_do_under_other_fits(best, wide, said):
    of_best = {"state": Change(best, best, "supposed to sign")}
    others = {} if wide is None else {"state": Change(wide, wide, "supposed to sign")}
    assert nobody_follows(of_best, others) == said


@pytest.fixture(scope="module")
def as_it_was() -> sim.Run:
    return sim.run(replicates=6)


@pytest.mark.parametrize(
    ("who", "choice", "median", "lead"),
    [
        (
            ["CHN", "FRA"],
            "signs",
            1.0,
            "two sign; since the model had France in mostly anyway, that is",
        ),
        (
            ["FRA"],
            "signs",
            0.0,
            "France signs; since the model had it in mostly anyway, that is",
        ),
        (
            ["CHN", "FRA"],
            "stays-out",
            -1.0,
            "two stay out; since the model had Beijing out mostly anyway, that is",
        ),
        (["CHN", "FRA"], "signs", 5.0, ""),  # it does not explain so many
        (["CHN", "RUS"], "signs", 2.0, ""),  # none of them is in anyway
        (["CHN", "FRA"], "either", 1.0, ""),
    ],
)
def test_who_was_in_anyway_explains_why_fewer_are_more_than_sign(
    as_it_was, who, choice, median, lead
):
    none = change(0, 0, 0)
    assert (
        lead_of({"who": who, "choice": choice}, none | {"median": median}, none, as_it_was, -1)
        == lead
    )
    assert (
        lead_of(
            {"who": who, "choice": choice},
            none | {"median": median},
            change(2, 4, 1),
            as_it_was,
            -1,
        )
        == ""
    )
