"""The verdict on a sweep that begins away from the present text: what it finds from its first setting to its last, and
what the last one changes of the text as it stands, which is what somebody who would write it asks.

The numbers are those of the page Compare: harm over all assumptions at once, signing with other fits that the data
allow.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

import sim
from dashboard.data.brief_pairs import ends_of
from dashboard.data.compare import conduct_of, differences, query_of, side_of, views_of
from dashboard.data.pairs import under_other_fits
from dashboard.view import View, view_of
from sim import number_formats as formats

PREVENTED, EXTRAPOLATED = "harm_prevented", "extrapolated"
TENTHS = 1  # decimals of points


def change_of_signing(views: Sequence[View], kind: str) -> Mapping[str, Any] | None:
    """How many more or fewer of *kind* have signed in the second of *views* than in the first, in pairs of worlds with
    other fits that the data allow; None where there are none.
    """
    sides = [side_of(view, view.run()) for view in under_other_fits(*views)]
    if not sides:
        return None
    (row,) = (row for row in differences(*sides) if row["key"] == f"signatories-{kind}")
    return row


def from_here(answer: Mapping[str, Any], analysis: sim.Analysis) -> dict[str, Any]:
    """The *answer* with its verdict on the present text as a headline, with what the *analysis* gains from its first
    setting below it, the query by which Compare sets its last setting beside the text as it is, and the mean of the
    levers in that text; empty where no price in signatories is told, or an address cannot say its settings.
    """
    first, *others = answer["sentences"]
    levers = [axis["name"] for axis in answer["axes"] if axis["lever"]]
    gain, of_signing = analysis.gain, [each["compare"] for each in answer["how_sure"].values()]
    if gain is None or first["outcome"] != PREVENTED or not of_signing or of_signing[0] is None:
        return {}
    here, (_, last) = view_of(answer["link"]["query"]), views_of(of_signing[0])
    price, whose = gain.price, sim.KIND_WORDS[gain.price.kind]
    whole, own = (change_of_signing(views, price.kind) for views in (views_of(of_signing[0]), (here, last)))
    if whole is None or own is None:
        return {}
    (ends,) = (row["ranges"][0] for row in conduct_of([here, last])["rows"]
               if (row["outcome"], row["group"]) == (PREVENTED, "all"))  # fmt: skip
    verdict = (
        f"From the present text, {yes_or_no(*ends)}: {gain.after} prevents {in_points(*ends)} of the harm, and "
        f"{ends_of(own)} {whose} sign."
    )
    from_first = (
        f"From a text that asks for {gain.before}, yes, though it loses about {price.loses} of {price.signing} signing "
        f"{whose} ({ends_of(whole)} with other fits). {gain.claim}"
    )
    return {
        "sentences": [{**first, "headline": [verdict, from_first], "also": EXTRAPOLATED}, *others],
        "from_here": {
            "words": f"The present text beside {gain.after}: see",
            "compare": query_of([here, last]),
            "present": statistics.fmean(here.variant.settings[name] for name in levers),
        },
    }


def yes_or_no(low: float, high: float) -> str:
    """Whether more harm is prevented, by a range of changes in points, as `in_points` tells it."""
    least, most = (float(formats.decimal(abs(value), TENTHS)) for value in (low, high))
    if high <= 0 or not most:
        return "no"
    return "yes" if low > 0 and least else "perhaps"


def in_points(low: float, high: float) -> str:
    """A range of changes of the harm prevented: "as much or up to 2.5 points more"."""
    least, most = (formats.decimal(abs(value), TENTHS) for value in (low, high))
    nothing = formats.decimal(0.0, TENTHS)
    if least == nothing and high > 0 and most != nothing:
        return f"as much or up to {most} points more"
    if low > 0:
        return f"{least} to {most} points more"
    if high <= 0 or most == nothing:
        return "no more"
    return f"{least} points less to {most} points more"
