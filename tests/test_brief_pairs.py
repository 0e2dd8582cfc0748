"""What a brief says of the differences of pairs of worlds."""

from __future__ import annotations

from dashboard.data.brief_pairs import Change, in_pairs
from sim.number_formats import percent


def test_a_brief_speaks_of_one_more_state_and_of_several_firms():
    numbers = ((1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (12.0, 0.0, 19.0), (3.0, -2.0, 9.0))
    one, none, some, both = ({"median": a, "low_90": b, "high_90": c, "sign": int(a > 0)} for a, b, c in numbers)
    changes = {"state": Change(one, none, "supposed to sign"), "firm": Change(some, some, "")}
    said = in_pairs({**changes, "ngo": Change(none, none, "")}, "firm")
    told = "12 more firms (0 to 19), 1 more state (nobody else beyond those supposed to sign) and as many NGOs."
    assert said == f"In pairs of worlds with the same luck (in brackets {percent(0.9)} of them): {told}"
    assert in_pairs({"ngo": Change(both, both, "")}, "ngo").endswith(": no clear change in NGOs (2 fewer to 9 more).")
