"""The price of a change: who signs in far fewer worlds with it than without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.explanation.question import MOST
from sim.explanation.resampling import interval
from sim.explanation.trial import Trial
from sim.facts.names_in_sentences import with_article
from sim.kinds_and_statuses import KIND_WORDS, KINDS, STATE
from sim.number_formats import listing, percent

FAR_FEWER = (
    0.25  # of the worlds: neither luck alone nor the number of worlds decides who loses so much
)
LEAST = 0.05  # of the signatories of a kind: fewer are not worth a word
NAMED = 3  # states


def price(before: Trial, after: Trial, change: Mapping[str, Any] | None = None) -> str:
    """Who is lost in the worlds of *after*, as a clause: of the states that sign in most of those
    *before*, those that sign in far fewer, the weightiest first, and the share of each other kind
    that no longer signs; empty where nobody is. Whom the *change* itself keeps out is not counted,
    nor is the stakeholder.
    """
    people = before.setting.population
    absences = [
        event["who"] for event in (change or {}).get("events", ()) if event.get("signs") is False
    ]
    apart = {before.who}.union(*absences)
    counts = np.ones(len(people.ids), bool)
    counts[[people.ids.index(who) for who in apart if who in people.ids]] = False
    then, now = before.share_of_each, after.share_of_each
    lose = counts & (people.kind == STATE) & (then > MOST) & (then - now >= FAR_FEWER)
    losers: list[int] = sorted(
        np.flatnonzero(lose).tolist(), key=lambda i: -people.trait("weight")[i]
    )
    named = [with_article(people.names[i]) for i in losers[:NAMED]]
    states = listing(
        [*named, *([f"{len(losers) - NAMED} more states"] if len(losers) > NAMED else [])]
    )
    parts, others = (
        [f"{states} {'signs' if len(losers) == 1 else 'sign'} in far fewer worlds"]
        if losers
        else [],
        [],
    )
    for number, kind in list(enumerate(KINDS))[1:]:
        of_kind = counts & (people.kind == number)
        had, has = (
            trial.signatories[:, of_kind].sum(axis=1).astype(float) for trial in (before, after)
        )
        loss = float((had - has).mean() / had.mean()) if had.any() else 0.0
        if loss >= LEAST and interval(before.samples.means(has - had)).high < 0:
            others.append(f"{percent(loss)} of the {KIND_WORDS[kind]}")
    parts += [f"{listing(others)} no longer sign"] if others else []
    return ", and ".join(parts)
