"""A change that somebody could make, as `Explanation.changes` has it, tried: the view of which it
is a part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sim
from dashboard.view import CAPACITY, OUTREACH, SIGNS, STAYS_OUT, View

OPENNESS = "text_openness"


def tried(view: View, change: Mapping[str, Any]) -> View | None:
    """*view* with *change*, a table of a scenario file; None where an address cannot hold it."""
    expected = view.variant.with_table(change)
    try:
        candidate = replace(
            view,
            convenor=change.get("code", {}).get("convenor", view.convenor),
            set=_with_dials(view.set, change.get("parameters", {})),
            branch=_with_branches(view.branch, change.get("events", ())),
        )
        if candidate.variant.code.openness != expected.code.openness:
            # Another convenor reads a text anew whose openness stands in the address.
            candidate = replace(
                candidate, set=_with_dials(candidate.set, {OPENNESS: expected.code.openness})
            )
    except sim.InputError:  # there is no room for it beside what the address holds
        return None
    return candidate if candidate.variant.sha256 == expected.sha256 else None


def _with_dials(before: tuple[str, ...], dials: Mapping[str, float]) -> tuple[str, ...]:
    """Those set *before*, with *dials* in place of those of the same name."""
    kept = (part for part in before if part.partition(":")[0] not in dials)
    return (*kept, *(f"{name}:{value:.12g}" for name, value in dials.items()))


def _with_branches(before: tuple[str, ...], events: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *(_branch(event) for event in events))))


def _branch(event: Mapping[str, Any]) -> str:
    """An event that signs, approaches, or raises a capacity as the branch of a link."""
    if "signs" in event:
        action = SIGNS if event["signs"] else STAYS_OUT
    elif "outreach" in event:
        action = f"{OUTREACH}={event['outreach']:.12g},{event.get('until', '')}".rstrip(",")
    else:
        action = f"{CAPACITY}={event['value']:.12g}"
    return f"{event['round']}:{','.join(event['who'])}:{action}"
