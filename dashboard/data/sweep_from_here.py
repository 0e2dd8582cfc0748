"""The verdict on a sweep that begins away from the present text: what it finds from its first setting to its last, and
what the last one changes of the text as it stands, which is what somebody who would write it asks.

The numbers are those of the page Compare: harm over all assumptions at once, signing with other fits that the data
allow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import sim
from dashboard.data.brief_pairs import ends_of
from dashboard.data.compare import conduct_of, differences, query_of, side_of, views_of
from dashboard.data.pairs import under_other_fits
from dashboard.view import View, view_of
from sim import number_formats as formats

PREVENTED, EXTRAPOLATED = "harm_prevented", "extrapolated"
LOSES = re.compile(
    r"Yes, though it loses (\d+) of (\d+) signing (\w+): (with a text that asks for \w+ instead of (\w+), )"
)
KIND_OF = {words: kind for kind, words in sim.KIND_WORDS.items()}
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


def from_here(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The *answer* with its verdict as a headline, and the query by which Compare sets its last setting beside the text
    as it is; empty where no price in signatories is told, or an address cannot say its settings.
    """
    first, *others = answer["sentences"]
    found, of_signing = LOSES.match(first["text"]), [each["compare"] for each in answer["how_sure"].values()]
    if found is None or first["outcome"] != PREVENTED or not of_signing or of_signing[0] is None:
        return {}
    lost, signing, whose, change, little = found.groups()
    here, (_, last) = view_of(answer["link"]["query"]), views_of(of_signing[0])
    kind = KIND_OF[whose]
    whole, own = (change_of_signing(views, kind) for views in (views_of(of_signing[0]), (here, last)))
    if whole is None or own is None:
        return {}
    (gain,) = (row["ranges"][0] for row in conduct_of([here, last])["rows"]
               if (row["outcome"], row["group"]) == (PREVENTED, "all"))  # fmt: skip
    verdict = (
        f"Yes, from a text that asks for {little}; from the present one, {in_points(*gain)}. It costs about {lost} of "
        f"{signing} signing {whose} ({_fewer(whole)} with other fits), from the present text {_fewer(own)}."
    )
    text = change.removeprefix("with ").partition(" instead of ")[0]
    claim = first["text"].partition(". ")[0].removeprefix(found[0])
    part = f"{change[0].upper()}{change[1:]}{claim}."
    return {
        "sentences": [{**first, "headline": [verdict, part], "also": EXTRAPOLATED}, *others],
        "from_here": {"words": f"The present text beside {text}: see", "compare": query_of([here, last])},
    }


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


def _fewer(change: Mapping[str, Any]) -> str:
    """The ends of a *change* of a count, after words that say it is fewer: "23 to 99"."""
    return ends_of(change).removesuffix(" fewer")
