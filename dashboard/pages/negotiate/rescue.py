"""What would have saved talks that fail: a few changes that a chair can make, each negotiated in as
many worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

import sim
from dashboard.pages.negotiate.question import Question
from sim import number_formats as formats

HALF = 0.5  # of the worlds, of the failures, and of what a side offer loses on its way
NEARLY_EMPTY = 0.25  # of what was tabled at first: a text that keeps no more
MOST_CONTESTED, MOST_SEATS = 3, 3
LEVELS = 3  # decimals of levels, as a link holds them
RULE, OFFERS = "rule", "transfer_efficiency"
VOTE = "a majority vote in place of consensus"
WEAKER = "a weaker text from the start: the last draft of the first run"
LESS_TO_HOLD_OUT_FOR = "nothing stronger is on the table to wait for"
COUNTED = (
    "“Most worlds” means more than half of them; the bar of a change that gives a text in fewer is"
    f" pale. A text is nearly empty if it keeps {formats.percent(NEARLY_EMPTY)} of what was tabled"
    " at first, or less."
)
SIDE_OFFERS = "side offers from winners to losers"
OF_SIDE_OFFERS = "assumed: half of what is offered arrives"
CURRENCY = (
    "Side offers stand for favours in other matters. They are counted in points, hundredths of all"
    " that a seat wants, as if a point were worth the same to every seat: our assumption."
)


def rescues_of(asked: Question, negotiation: sim.Negotiation) -> list[dict[str, Any]]:
    """Where the talks fail in most worlds: each change in words, why it helps and what it supposes,
    the link to it, in how many worlds a text is then adopted and how much it keeps of what was
    tabled at first, most first, whether it gives a text in most worlds, and whether that is nearly
    empty. None of talks that take long.
    """
    if asked.is_slow or negotiation.drafts.is_adopted.mean() > HALF:
        return []
    rows = []
    for words, changes in _changes(asked, negotiation):
        try:
            changed = replace(asked, world=1, **changes)
        except sim.InputError:
            continue  # nothing is left to talk about, or nobody to talk
        then = changed.negotiation()
        adopted, kept = int(then.drafts.is_adopted.sum()), then.share_left()
        because = (
            LESS_TO_HOLD_OUT_FOR
            if words == WEAKER and _pays_less_to_refuse(then, negotiation)
            else ""
        )
        enough = f"{then.answer.majority} of {int(then.at_table.votes.sum())} seats are enough"
        supposes = {SIDE_OFFERS: OF_SIDE_OFFERS, VOTE: enough}.get(words, "")
        rows.append(
            {"words": words, "because": because, "supposes": supposes,
             "query": changed.query(), "adopted": adopted, "kept": kept,
             "gives_text": bool(then.drafts.is_adopted.mean() > HALF),
             "is_nearly_empty": kept is not None and round(kept, 2) <= NEARLY_EMPTY}
        )  # fmt: skip
    return sorted(rows, key=lambda row: (-row["adopted"], -(row["kept"] or 0)))


def finding_of(rescues: list[dict[str, Any]]) -> str:
    """How many of the *rescues* give a text in most worlds, and how many of these texts are nearly
    empty; empty of none.
    """
    if not rescues:
        return ""
    text = "a text in most worlds"
    changes = "this one change" if len(rescues) == 1 else f"these {len(rescues)} changes"
    giving = [row for row in rescues if row["gives_text"]]
    if not giving:
        return f"{'Not even' if len(rescues) == 1 else 'None of'} {changes} gives {text}"
    count, empty = len(giving), sum(row["is_nearly_empty"] for row in giving)
    if len(rescues) == 1:
        gives = f"This one change gives {text}"
    elif count == len(rescues):
        gives = f"Each of {changes} gives {text}"
    else:
        gives = f"{count} of {changes} {'gives' if count == 1 else 'give'} {text}"
    if not empty:
        return gives
    if empty == count:
        return f"{gives}, {'a' if count == 1 else 'each of them a'} nearly empty one"
    return f"{gives}, {empty} of them a nearly empty one"


def notes_on(rescues: list[dict[str, Any]], negotiation: sim.Negotiation) -> list[str]:
    """What a reader of the *rescues* would else not understand: what is counted, why a draft that
    is refused now can save the talks where it is tabled from the start, and in what side offers are
    paid. None without rescues.
    """
    notes = [COUNTED] if rescues else []
    if any(row["because"] for row in rescues):
        votes = negotiation.at_table.votes
        refuse = int((negotiation.gains(last_draft(negotiation))[0, votes] < 0).sum())
        notes.append(
            f"Why the last draft can save the talks if it is tabled from the start, though {refuse}"
            f" of {int(votes.sum())} refuse it in the first run: whoever refuses can still agree"
            " with those who think alike on what was tabled, so the less is tabled, the less"
            " refusing is worth. The seats negotiate on from there."
        )
    return [*notes, CURRENCY] if any(row["words"] == SIDE_OFFERS for row in rescues) else notes


def _pays_less_to_refuse(then: sim.Negotiation, negotiation: sim.Negotiation) -> bool:
    """Whether more talks on the last draft of *negotiation* end with a text, *then*, and more
    accept that very draft once it is tabled: it is worth the same to them, so that what refusing is
    worth has fallen.
    """
    adopts_more = then.drafts.is_adopted.sum() > negotiation.drafts.is_adopted.sum()
    before, once_tabled = negotiation.gains(last_draft(negotiation)), then.drafts.gains[0]
    return bool(adopts_more and (once_tabled >= 0).sum() > (before >= 0).sum())


def _changes(asked: Question, negotiation: sim.Negotiation) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each change in words, and as the fields of a question that differ."""
    values, talks = negotiation.talks.settings, negotiation.talks
    if talks.rule == "consensus":
        yield VOTE, _set(asked, {RULE: "majority"})
    if negotiation.drafts.count[0] > 1:
        yield WEAKER, {"set": asked.set_of_tabled(last_draft(negotiation))}
    if values[OFFERS] < HALF:
        yield SIDE_OFFERS, _set(asked, {OFFERS: str(HALF)})
    of_text = (
        negotiation.table()
        .sort_values("blame", ascending=False, kind="stable")
        .head(MOST_CONTESTED)
    )
    contested = of_text[(of_text["blame"] > 0) & (of_text["tabled"] > of_text["in_force"])]
    if len(contested):
        levels = dict(zip(contested["number"], contested["in_force"], strict=True))
        changes = {f"tabled_{number}": formats.setting(level) for number, level in levels.items()}
        yield (
            f"nothing new on {formats.listing(contested['provision'].tolist())}",
            _set(asked, changes),
        )
    seats = negotiation.seats()
    yield from _empty(asked, seats[seats["too_far"] >= HALF].head(MOST_SEATS))


def last_draft(negotiation: sim.Negotiation) -> tuple[float, ...]:
    """The levels of the last draft of world 1, as whoever takes the chair there starts from
    them.
    """
    drafts, table = negotiation.drafts, negotiation.at_table
    text = drafts.texts[drafts.count[0] - 1, 0].round(LEVELS).clip(table.low, table.high)
    return tuple(float(level) for level in text)


def _empty(asked: Question, seats: pd.DataFrame) -> Iterator[tuple[str, dict[str, Any]]]:
    """The empty seats of those for whom the text goes too far."""
    if len(seats):
        without = ",".join(part for part in (asked.without, *seats["who"]) if part)
        names = [sim.with_article(name) for name in seats["name"]]
        also = "also " if asked.without else ""
        yield f"talks {also}without {formats.listing(names)}", {"without": without}


def _set(asked: Question, changes: dict[str, str]) -> dict[str, Any]:
    kept = tuple(part for part in asked.set if part.partition(":")[0] not in changes)
    return {"set": kept + tuple(f"{name}:{value}" for name, value in changes.items())}
