"""How sure a sweep's numbers on signing are where its assumptions hardly bear on who signs.

There a difference in signatories is about the same under all assumptions, which says nothing of how
sure it is: that hangs on the fit, which a sweep does not vary. The answer says so in place of
ranges, and leads to the page Compare, which tells the difference with other fits that the data
allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

import sim
from dashboard.data.brief_pairs import ends_of
from dashboard.data.compare import query_of, views_of
from dashboard.data.pairs import under_other_fits
from dashboard.data.sweep_from_here import ENDS, change_of_signing
from dashboard.data.sweep_views import CHOICE, DIAL, levers_of, view_at
from dashboard.view import view_of

ASSUMED = "assumed"
HARDLY_BEAR = "These assumptions hardly bear on who signs"
SEE = f"{HARDLY_BEAR}; for how sure that is see"  # the page Compare, as a link
SIGNATORIES = {f"signatories_{kind}": words for kind, words in sim.KIND_WORDS.items()}  # outcomes


def on_signing(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The sentences of an *answer* to a sweep without ranges over assumptions that hardly bear on
    an outcome; and `how_sure`, by outcome: what is said instead, the query by which Compare sets
    both sides of the last comparison beside each other, None where that tells no more, and how far
    that difference goes with other fits.
    """
    asked = {row["outcome"]: row for row in answer["effects"] if row["asked"]}
    of = {name: row for name, row in asked.items() if _hardly_bear(answer, name)}
    queries = {name: _compare_query(answer, row) for name, row in of.items()}
    changes = {name: _with_other_fits(name, query) for name, query in queries.items()}
    return {
        "sentences": [
            (
                {**each, "text": f"{each['without_ranges'] or each['text']} {HARDLY_BEAR}."}
                if each["kind"] == "answer" and each["outcome"] in of
                else each
            )
            for each in answer["sentences"]
        ],
        "how_sure": {
            name: {
                "words": _in_words(name, query, changes[name]),
                "compare": query,
                "other_fits": (
                    None if (change := changes[name]) is None else [change[end] for end in ENDS]
                ),
            }
            for name, query in queries.items()
        },
    }


def _with_other_fits(name: str, query: str | None) -> Mapping[str, Any] | None:
    """How far the difference in the outcome called *name* goes with other fits, of what Compare
    tells by *query*; None where that tells nothing of it.
    """
    if query is None or name not in SIGNATORIES:
        return None
    return change_of_signing(views_of(query), name.removeprefix("signatories_"))


def _in_words(name: str, query: str | None, change: Mapping[str, Any] | None) -> str:
    """What is said of the outcome called *name* in place of a range, before the link to Compare,
    where there is one.
    """
    if query is None:
        return f"{HARDLY_BEAR}."
    if change is None:
        return SEE
    return (
        f"{HARDLY_BEAR}. With other fits that the data allow: {ends_of(change)}"
        f" {SIGNATORIES[name]}; see"
    )


def _hardly_bear(answer: Mapping[str, Any], name: str) -> bool:
    """Whether the assumptions move the outcome called *name*, one of signing, by no more than luck
    moves a mean over the worlds of a setting. Settings with luck of their own cannot tell.
    """
    (basis,) = (each["basis"] for each in answer["outcomes"] if each["name"] == name)
    rows, axes = answer["rows"], answer["axes"]
    varied = [
        axis["name"] for axis in axes if not axis["lever"] and len(set(rows[axis["name"]])) > 1
    ]
    if basis == ASSUMED or not answer["common"] or not varied or f"{name}_sd" not in rows:
        return False
    levers = [rows[axis["name"]] for axis in axes if axis["lever"]]
    by_lever: dict[tuple[Any, ...], list[float]] = {}
    for *at, value in zip(*levers, rows[name], strict=True):
        if value is not None:
            by_lever.setdefault(tuple(at), []).append(value)
    deviations = [value for value in rows[f"{name}_sd"] if value is not None]
    if not deviations:
        return False
    luck = np.mean(deviations) / np.sqrt(answer["replicates"])
    return all(max(values) - min(values) <= luck for values in by_lever.values())


def _compare_query(answer: Mapping[str, Any], effect: Mapping[str, Any]) -> str | None:
    """Both sides of an *effect* in one query of Compare, with all else as it is in the scenario;
    None where an address cannot say them, and where there are no other fits.
    """
    query, rows = answer["link"]["query"], answer["rows"]
    if query is None or not {axis["kind"] for axis in levers_of(answer)} <= {DIAL, CHOICE}:
        return None
    of_lever, names = rows[effect["lever"]], [axis["name"] for axis in answer["axes"]]
    if not {effect["before"], effect["after"]} <= set(of_lever):
        return None  # of very many settings some alone are here
    before = of_lever.index(effect["before"])
    after = min(
        (place for place, value in enumerate(of_lever) if value == effect["after"]),
        key=lambda place: sum(rows[name][place] != rows[name][before] for name in names),
    )
    try:
        views = [view_at(view_of(query), answer, place) for place in (before, after)]
        return query_of(views) if under_other_fits(*views) else None
    except sim.InputError:
        return None
