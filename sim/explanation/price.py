"""The price of a change: who signs in most worlds without it, and with it no longer does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.explanation.question import LEAST_MOVE, MOST
from sim.explanation.resampling import interval
from sim.explanation.trial import Trial
from sim.facts.names_in_sentences import with_article
from sim.kinds_and_statuses import KIND_WORDS, KINDS, STATE
from sim.number_formats import listing, percent

LEAST = 0.05  # of the signatories of a kind: fewer are not worth a word
NAMED = 3  # states


def price(before: Trial, after: Trial, change: Mapping[str, Any] | None = None) -> str:
    """Who no longer signs in the worlds of *after*, as a clause: the states that did in most of those *before*, the
    weightiest first, and the share of each other kind that is lost; empty where nobody is. Whom the *change* itself
    keeps out is not counted, nor is the stakeholder.
    """
    people = before.setting.population
    absences = [event["who"] for event in (change or {}).get("events", ()) if event.get("signs") is False]
    apart = {before.who}.union(*absences)
    counts = np.array([who not in apart for who in people.ids])
    then, now = before.share_of_each, after.share_of_each
    leave = counts & (people.kind == STATE) & (then > MOST) & (now <= MOST) & (then - now >= LEAST_MOVE)
    leavers: list[int] = sorted(np.flatnonzero(leave).tolist(), key=lambda i: -people.trait("weight")[i])
    named = [with_article(people.names[i]) for i in leavers[:NAMED]]
    who = [*named, *([f"{len(leavers) - NAMED} more states"] if len(leavers) > NAMED else [])]
    for number, kind in list(enumerate(KINDS))[1:]:
        of_kind = counts & (people.kind == number)
        had, has = (trial.signatories[:, of_kind].sum(axis=1).astype(float) for trial in (before, after))
        loss = float((had - has).mean() / had.mean()) if had.any() else 0.0
        if loss >= LEAST and interval(before.samples.means(has - had)).high < 0:
            who.append(f"{percent(loss)} of the {KIND_WORDS[kind]}")
    if not who:
        return ""
    return f"{listing(who)} no longer {'signs' if len(who) == len(leavers) == 1 else 'sign'}"
