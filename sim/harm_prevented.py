"""Harm prevented by a code: the same world with and without it, under the same luck (model.md, section 7).

The difference is split exactly into restraint (operations not undertaken, at the harm they would have done without the
code), retaliation (strikes avoided, likewise) and protection (what still happens does less harm, and less crime gets
through). Selection stands beside them: what a comparison of signatories with others
would credit to the code, though it was so before.
"""

from __future__ import annotations

import numpy as np

from sim.output import Output
from sim.record import Array
from sim.tallies import WORLD_COLUMNS

AT = {name: column for column, name in enumerate(WORLD_COLUMNS)}
COMPONENTS = ("restraint", "protection", "retaliation")


def harm_prevented(without: Output, with_code: Output, criminal_share: float, first_round: int) -> dict[str, Array]:
    """One number per replicate for harm_index, harm_prevented, its COMPONENTS, and selection.

    *without* must have been played with the dates of *with_code* as its shadow. All but the index are % of the harm
    without the code; a world without harm has index 100, and nothing to prevent.
    """
    a = _totals(without, first_round)
    d = _totals(with_code, first_round)
    net = a["harm_gross"] - a["harm_saved"]
    crime = _ratio(net * criminal_share / (1.0 - criminal_share), a["crime_let_through"])
    harm_a, harm_d = (
        t["harm_gross"]
        - t["harm_saved"]
        + t["strike_harm_gross"]
        - t["strike_harm_saved"]
        + crime * t["crime_let_through"]
        for t in (a, d)
    )
    landed_d = _ratio(d["harm_gross"] - d["harm_saved"], d["harm_gross"])
    landed_a = np.where(a["harm_gross"] > 0, _ratio(net, a["harm_gross"]), landed_d)
    struck_d = _ratio(d["strike_harm_gross"] - d["strike_harm_saved"], d["strike_harm_gross"])
    struck_a = _ratio(a["strike_harm_gross"] - a["strike_harm_saved"], a["strike_harm_gross"])
    struck_a = np.where(a["strike_harm_gross"] > 0, struck_a, struck_d)
    parts = {
        "restraint": (a["harm_gross"] - d["harm_gross"]) * landed_a,
        "protection": d["harm_gross"] * (landed_a - landed_d)
        + d["strike_harm_gross"] * (struck_a - struck_d)
        + crime * (a["crime_let_through"] - d["crime_let_through"]),
        "retaliation": (a["strike_harm_gross"] - d["strike_harm_gross"]) * struck_a,
        "selection": _selection(without, first_round),
    }
    shares = {name: 100.0 * _ratio(part, harm_a) for name, part in parts.items()}
    return {
        "harm_index": np.where(harm_a > 0, 100.0 * _ratio(harm_d, harm_a), 100.0),
        "harm_prevented": 100.0 * _ratio(harm_a - harm_d, harm_a),
        **shares,
    }


def _totals(output: Output, first_round: int) -> dict[str, Array]:
    """Each worldwide count per replicate, summed from the launch on."""
    sums = output.worldwide[:, -first_round:].sum(axis=1)
    return {name: sums[:, column] for name, column in AT.items()}


def _selection(without: Output, first_round: int) -> Array:
    """How much less harm those who will sign do, without the code, than as many others; 0 where a group is empty."""
    rounds = without.worldwide[:, -first_round:]
    members, others = rounds[:, :, AT["members_with_means"]], rounds[:, :, AT["others_with_means"]]
    expected = _ratio(rounds[:, :, AT["harm_by_others"]], others) * members
    less = np.where((members > 0) & (others > 0), expected - rounds[:, :, AT["harm_by_members"]], 0.0)
    total: Array = less.sum(axis=1)
    return total


def _ratio(part: Array, whole: Array) -> Array:
    """part / whole, and 0 where there is no whole."""
    return np.divide(part, whole, out=np.zeros(np.shape(part)), where=whole > 0)
