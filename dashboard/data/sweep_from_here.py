"""The verdict on a sweep that begins away from the present text: what each of its settings changes
of the text as it stands, which is what somebody who would write it asks.

The numbers are those of the page Compare: harm over all assumptions at once, signing with other
fits that the data allow. What the sweep itself finds, from its first setting on, stands apart from
it.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

import sim
from dashboard.data.brief_pairs import ends_of
from dashboard.data.compare import conduct_of, differences, query_of, side_of, views_of
from dashboard.data.pairs import under_other_fits
from dashboard.data.sweep_views import levers_of, places_by, view_at
from dashboard.view import View, view_of
from sim import number_formats as formats

PREVENTED, EXTRAPOLATED = "harm_prevented", "extrapolated"
UP_TO = f"{formats.NO_BREAK}to{formats.NO_BREAK}"  # between two numbers of one range
TENTHS = 1  # decimals of points
LITTLE = 5.0  # points of all harm, below which a change is a little
ENDS = ("low_90", "high_90")

Row = dict[str, Any]


def signing_of(views: Sequence[View], kind: str) -> Mapping[str, Any]:
    """How many of *kind* have signed in the second of *views* beside the first."""
    (row,) = (row for row in differences(*(side_of(view, view.run()) for view in views))
              if row["key"] == f"signatories-{kind}")  # fmt: skip
    return row


def change_of_signing(views: Sequence[View], kind: str) -> Mapping[str, Any] | None:
    """How many more or fewer of *kind* have signed in the second of *views* than in the first, in
    pairs of worlds with other fits that the data allow; None where there are none.
    """
    others = under_other_fits(*views)
    return signing_of(others, kind) if others else None


def from_here(answer: Mapping[str, Any], analysis: sim.Analysis) -> dict[str, Any]:
    """The *answer* with its verdict on the present text as a headline; and `from_here`: what each
    setting of the lever changes of that text, what the *analysis* gains from its first setting in
    words, and the query by which Compare sets the last setting beside the text as it is. Empty
    where no price in signatories is told, or an address cannot say its settings.
    """
    first, *others = answer["sentences"]
    gain, of_signing = analysis.gain, [each["compare"] for each in answer["how_sure"].values()]
    if gain is None or first["outcome"] != PREVENTED or not of_signing or of_signing[0] is None:
        return {}
    here, (_, last) = view_of(answer["link"]["query"]), views_of(of_signing[0])
    price, whose = gain.price, sim.KIND_WORDS[gain.price.kind]
    whole, own = (
        change_of_signing(views, price.kind) for views in (views_of(of_signing[0]), (here, last))
    )
    if whole is None or own is None:
        return {}
    rows, sets = _rows(answer, here, price.kind)
    ends = rows[PREVENTED][-1]["low"], rows[PREVENTED][-1]["high"]
    levers = [axis["name"] for axis in levers_of(answer)]
    present = statistics.fmean(here.variant.settings[name] for name in levers)
    between = min(
        (row["low"] for row in rows[PREVENTED][:-1] if row["value"] > present), default=0.0
    )
    loses = own["high_90"] < 0
    signing = formats.count(signing_of((here, here), price.kind)["first_median"])
    lost = formats.interval(-own["high_90"], -own["low_90"], formats.count, UP_TO)
    costs = too_many(gain.after, *ends, between) if loses else ""
    gone, more = f"loses {lost} of {signing} signing {whose}", f"{ends_of(own)} {whose} sign"
    verdict = (
        f"From the present text, {yes_or_no(*ends)}: {gain.after} prevents {in_points(*ends)} of"
        f" the harm, and {gone if loses else more}."
    )
    return {
        "sentences": [
            {**first, "headline": [verdict, costs], "also": EXTRAPOLATED},
            *others,
        ],
        "from_here": {
            "words": f"The present text beside {gain.after}: see",
            "compare": query_of([here, last]),
            "present": present,
            "first": f"Counted from a text that asks for {gain.before} instead",
            "first_found": (
                f"Counted from a text that asks for {gain.before} instead, {gain.after} prevents "
                f"{_gained(answer)} points more harm"
            ),
            "rows": rows,
            "sets": sets,
            "pairs": here.worlds,
            "depth": here.variant.code.depth,
            "from_first": (
                f"From a text that asks for {gain.before}, yes, though it loses about {price.loses}"
                f" of {price.signing} signing {whose} ({ends_of(whole)} with other fits)."
                f" {gain.claim}"
            ),
        },
    }


def _gained(answer: Mapping[str, Any]) -> str:
    """How much more harm the last setting prevents than the first, in points."""
    *_, last = (
        row["mean"] for row in answer["effects"] if row["asked"] and row["outcome"] == PREVENTED
    )
    return formats.decimal(last, TENTHS)


def _rows(answer: Mapping[str, Any], here: View, kind: str) -> tuple[dict[str, list[Row]], int]:
    """By outcome, what each value of the lever of an *answer* changes of the text *here*, from the
    lowest value on: the ends of its range, and what they say; and over how many sets of assumptions
    the ranges of harm go. What is assumed has no median, as everywhere.
    """
    signatories, sets = f"signatories_{kind}", 0
    rows: dict[str, list[Row]] = {PREVENTED: [], signatories: []}
    for value, place in places_by(answer, levers_of(answer)[0]["name"]).items():
        views = [here, view_at(here, answer, place)]
        conduct = conduct_of(views)
        sets = conduct["points"]
        (harm,) = (row["ranges"][0] for row in conduct["rows"]
                   if (row["outcome"], row["group"]) == (PREVENTED, "all"))  # fmt: skip
        rows[PREVENTED].append(
            {"value": value, "low": harm[0], "high": harm[1], "told": in_points(*harm)}
        )
        if change := change_of_signing(views, kind):
            low, high = (change[end] for end in ENDS)
            rows[signatories].append(
                {
                    "value": value,
                    "low": low,
                    "high": high,
                    "median": change["median"],
                    "told": ends_of(change),
                }
            )
    return rows, sets


def yes_or_no(low: float, high: float) -> str:
    """Whether more harm is prevented, by a range of changes in points, as `in_points` tells it."""
    least, most = (float(formats.decimal(abs(value), TENTHS)) for value in (low, high))
    if high <= 0 or not most:
        return "no"
    little = " a little" if most < LITTLE else ""
    return f"yes,{little}".removesuffix(",") if low > 0 and least else f"perhaps{little}"


def too_many(text: str, low: float, high: float, between: float = 0.0) -> str:
    """Whether a *text* loses too many signatories for the harm that it prevents, by the range of
    that in points; and the least that is so prevented by the texts *between* the present one and
    it.
    """
    least, most = (float(formats.decimal(abs(value), TENTHS)) for value in (low, high))
    if high <= 0 or not most:
        return "The losses cost protection: no more harm is prevented with them."
    if low < 0 and least:
        return "The losses may cost protection: harm prevented may fall."
    fall = formats.decimal(abs(between), TENTHS)
    one = (
        f"; one in between may prevent up to {fall} points less"
        if between < 0 and float(fall)
        else ""
    )
    return (
        f"In nine in ten sets of assumptions {text} prevents no less harm than the present"
        f" one{one}."
    )


def in_points(low: float, high: float) -> str:
    """A range of changes of the harm prevented: "0 to 2.5 points more"."""
    nothing = formats.decimal(0.0, TENTHS)
    least, most = (formats.decimal(abs(value), TENTHS) for value in (low, high))
    falls, rises = low < 0 and least != nothing, high > 0 and most != nothing
    if not (falls or rises):
        return "no more"
    if falls and rises:
        return f"{least} points less{formats.TO}{most} points more"
    near, far = (least, most) if rises else (most, least)
    return f"{'0' if near == nothing else near}{UP_TO}{far} points {'more' if rises else 'less'}"
