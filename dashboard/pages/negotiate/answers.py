"""What the page Negotiate shows, as plain JSON: what came of the talks in all worlds, the drafts of
one of them, and what a text of the visitor's own is worth to each seat. All of it is assumed, and
about what seats accept.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import sim
from dashboard.data.words import ASSUMED
from dashboard.pages.negotiate.otherwise import (
    before_and_now,
    of_weight,
    other_rules,
    question_of_changed,
    still_no_text,
)
from dashboard.pages.negotiate.question import OnShow, Question, loaded
from dashboard.pages.negotiate.rescue import LEVELS, finding_of, notes_on, rescues_of

MOST_ROWS = 30  # of the heat map
THOUSAND, DECIMALS = 1000, 2  # of utilities, as they are shown
TEXTS = {"mean": "text", "low": "low", "high": "high"}  # of nine worlds in ten


def talks_of(asked: Question, negotiation: sim.Negotiation) -> dict[str, Any]:
    """What came of the talks in all worlds, whichever of them is on show."""
    talks, original = negotiation.talks, loaded(asked.talks)
    adopted, ships = negotiation.drafts.is_adopted, negotiation.talks.is_as_first
    rescues = rescues_of(asked, negotiation)
    return {
        "name": talks.name,
        "title": talks.title,
        "question": talks.question if ships else question_of_changed(asked, talks),
        "record": negotiation.beside_record,
        "rule": talks.rule,
        "settings": {**talks.settings, "chair": talks.chair},
        "original": original.settings,
        "everybody": _everybody(asked.talks),
        "without": [seat for seat in original.seats if seat not in talks.seats],
        "deadline": talks.deadline,
        "replicates": negotiation.replicates,
        "seed": negotiation.seed,
        "version": sim.__version__,
        "basis": ASSUMED,
        "adopted": int(adopted.sum()),
        "told": told_of(negotiation.answer),
        "other_rules": other_rules(asked, negotiation),
        "before_and_now": before_and_now(asked, negotiation),
        "still_no_text": still_no_text(asked, negotiation),
        "of_weight": of_weight(talks),
        "rescues": rescues,
        "rescues_in_short": finding_of(rescues),
        "of_rescues": notes_on(rescues, negotiation),
        "kept": negotiation.share_left(),
        "kept_of_tabled": negotiation.share_left(talks),
        "is_slow": asked.is_slow,
        "points": asked.points,
        "seats": _seats(negotiation),
        "payment": payment_of(negotiation),
        "unwilling": negotiation.unwilling().drop(columns="basis").to_dict("records"),
        "provisions": _provisions(negotiation, original),
        "path": _path(negotiation),
    }  # fmt: skip


def told_of(answer: Any) -> dict[str, Any]:
    """The library's *answer* in words, as JSON."""
    return {
        "verdict": answer.verdict, "outcome": answer.outcome, "headline": answer.headline,
        "parts": [part._asdict() for part in answer.parts], "majority": answer.majority,
        "room": {"finding": answer.room, "paragraphs": answer.room_in_words},
    }  # fmt: skip


def payment_of(negotiation: sim.Negotiation) -> dict[str, Any] | None:
    """Of the worlds in which others pay for a text, how many they are, and in their mean what all
    who lose by it lose together, what those who gain have to hand over so that this arrives, and
    what they gain, in utility. None where nobody pays. The model does not say who of them pays how
    much.
    """
    gains, adopted = negotiation.drafts.final_gains, negotiation.drafts.is_adopted
    is_paid = adopted & negotiation.paid(gains).any(axis=1)
    if not is_paid.any():
        return None
    of_voters = gains[is_paid][:, negotiation.at_table.votes]
    lost = float(np.maximum(-of_voters, 0).sum(axis=1).mean())
    gained = float(np.maximum(of_voters, 0).sum(axis=1).mean())
    handed = lost / negotiation.at_table.transfer_efficiency
    amounts = {"lost": lost, "handed": handed, "gained": gained}
    return {
        "worlds": int(is_paid.sum()),
        **{name: round(amount, 6) for name, amount in amounts.items()},
    }


def world_of(asked: Question, negotiation: sim.Negotiation) -> dict[str, Any]:
    """Every draft of the world on show, from the text tabled on, and which was adopted or came
    nearest to it.
    """
    drafts, place = negotiation.drafts, asked.world - 1
    count = int(drafts.count[place])
    return {
        "query": asked.query(),
        "world": asked.world,
        "final": int(drafts.final[place]) + 1,
        "is_adopted": bool(drafts.is_adopted[place]),
        "wants": [
            [round(float(level), LEVELS) for level in seat]
            for seat in negotiation.at_table.ideals[place]
        ],
        "drafts": [
            _draft(place, negotiation, drafts.texts[number, place], drafts.gains[number, place])
            for number in range(count)
        ],
    }


def text_of(
    asked: Question, negotiation: sim.Negotiation, levels: tuple[float, ...]
) -> dict[str, Any]:
    """What the text with these *levels* is worth to each seat, in the world on show, and in how
    many worlds it would be adopted.
    """
    place, gains, adopts = asked.world - 1, negotiation.gains(levels), negotiation.adopts(levels)
    votes, paid = negotiation.at_table.votes, negotiation.paid(gains)
    here = gains[place]
    least = int(np.where(votes, here, np.inf).argmin())
    return {
        "levels": levels,
        **_draft(place, negotiation, np.array(levels), here),
        "adopted": int(adopts.sum()),
        "adopted_here": bool(adopts[place]),
        "accepts": [int(count) for count in ((gains >= 0) | paid).sum(axis=0)],
        "kept": negotiation.talks.as_first.share_of_tabled(levels),
        "least": {"seat": least, "gain": _thousandths(here[least])},
        "basis": ASSUMED,
    }


def tabled_of(asked: Question, negotiation: sim.Negotiation) -> dict[str, Any]:
    """What comes of a chair's text once it is tabled and the seats have negotiated on from it."""
    adopted = int(negotiation.drafts.is_adopted.sum())
    return {"adopted": adopted, "kept": negotiation.share_left(), "basis": ASSUMED}


def widest_of(asked: Question, negotiation: sim.Negotiation) -> dict[str, Any]:
    """The levels of the text that is best for the worst-off seat in the world on show, and whether
    it suits all.
    """
    levels, room = (
        negotiation.solutions(asked.world)["widest"],
        float(negotiation.slack[asked.world - 1]),
    )
    return {
        "levels": [round(float(level), LEVELS) for level in levels],
        "suits_all": room >= 0,
        "basis": ASSUMED,
    }


def assumptions_of(asked: Question, negotiation: sim.Negotiation) -> dict[str, Any]:
    """How robust the end of the talks is, over sets of assumptions; in one thread, as a server has
    other visitors.
    """
    robustness = negotiation.over_assumptions(asked.points, workers=1)
    return {"points": robustness.points, "sentences": robustness.sentences, "basis": ASSUMED}


@functools.cache
def _everybody(name: str) -> list[dict[str, str]]:
    """Everybody with a seat in the talks of that *name* as they ship, for a list to choose from."""
    seats = sim.negotiate(loaded(name), replicates=1).seats().sort_values("name")
    return [
        {"value": who, "label": label}
        for who, label in zip(seats["who"], seats["name"], strict=True)
    ]


def _seats(negotiation: sim.Negotiation) -> list[dict[str, Any]]:
    """A row per seat, in the order of the table, with what it wants of all that may move: 0 to 1,
    the mean level.
    """
    table = negotiation.at_table
    moves = table.high > table.low
    wants = dict(
        zip(negotiation.talks.seats, table.ideals[:, :, moves].mean(axis=(0, 2)), strict=True)
    )
    numbers = ("weight", "accepts", "blocks", "too_far", "too_little", "gain")
    rows = negotiation.seats().set_index("who", drop=False).loc[list(negotiation.talks.seats)]
    gains = negotiation.gains_of_text
    return [
        {
            "who": row["who"],
            "name": row["name"],
            "vote": bool(row["vote"]),
            "over": row["over"] if isinstance(row["over"], str) else None,
            **{name: round(float(row[name]), 6) for name in numbers},
            "gain_of_text": gains.get(row["who"]),
            "wants": round(float(wants[row["who"]]), 4),
        }
        for row in rows.to_dict("records")
    ]


def _provisions(negotiation: sim.Negotiation, original: sim.Talks) -> list[dict[str, Any]]:
    """A row per provision: its levels in force, tabled now and tabled at first, that of the final
    text over all worlds, and in what share of the failures it divides most.
    """
    rows = zip(
        negotiation.talks.subjects,
        original.subjects,
        negotiation.table().to_dict("records"),
        strict=True,
    )
    return [
        {"provision": now.provision, "low": now.in_force, "high": max(now.in_force, now.tabled),
         "first": max(first.in_force, first.tabled), "blocks": round(row["blocks"], 6),
         "blame_share": round(row["blame_share"], 6),
         **{f"text_{end}": round(row[name], 6) for end, name in TEXTS.items()}}
        for now, first, row in rows
    ]  # fmt: skip


def _path(negotiation: sim.Negotiation) -> list[dict[str, float]]:
    """Of all worlds, by draft: the mean number that accept, and the share that has a text by
    then.
    """
    adopted = negotiation.path()["adopted"]
    return [
        {"accept": round(float(number), 2), "adopted": round(float(share), 4)}
        for number, share in zip(_accept(negotiation).mean(axis=1), adopted, strict=True)
    ]


def _accept(negotiation: sim.Negotiation) -> NDArray[np.int64]:
    """[draft, world] how many with a vote accept."""
    votes, drafts = negotiation.at_table.votes, negotiation.drafts
    return np.array(
        [((gains >= 0) & votes | negotiation.paid(gains)).sum(axis=1) for gains in drafts.gains]
    )


def _draft(place: int, negotiation: sim.Negotiation, text: Any, gains: Any) -> dict[str, Any]:
    """A text in one world: its levels, who objects, and who accepts as others pay for it alone,
    what it is worth to each, U - r, and over what it hurts those whom it hurts most, in thousandths
    of U.
    """
    table = negotiation.at_table
    blame = table.of(np.array([place])).blame(text)[0]
    rows = np.argsort(gains, kind="stable")[:MOST_ROWS]
    loses, paid = gains < 0, negotiation.paid(gains[None])[0]
    objects = loses & ~paid
    return {
        "text": [round(float(level), LEVELS) for level in text],
        "objects": [int(seat) for seat in np.flatnonzero(objects)],
        "paid": [int(seat) for seat in np.flatnonzero(paid)],
        "accept": int((~objects & table.votes).sum()),
        "gains": [_thousandths(gain) for gain in gains],
        "hurt": [int(seat) for seat in rows],
        "blame": [[_thousandths(part) for part in blame[seat]] for seat in rows],
        "resisted": int((blame * (loses & table.votes)[:, None]).sum(axis=0).argmax())
        if loses.any()
        else None,
    }


def _thousandths(utility: float) -> float:
    return round(THOUSAND * float(utility), DECIMALS) + 0.0  # and no minus before a zero


def drafts_of(asked: Question, negotiation: sim.Negotiation) -> pd.DataFrame:
    """`Negotiation.path`, with how many accept: in the mean of worlds, and in the one on show while
    its talks last.
    """
    place, accept = asked.world - 1, _accept(negotiation)
    lasts = np.arange(len(accept)) < negotiation.drafts.count[place]
    return negotiation.path().assign(
        accept=accept.mean(axis=1).round(2), world=asked.world,
        accept_in_world=pd.Series(accept[:, place], dtype="Int64").where(lasts),
    )  # fmt: skip


TABLES = {
    "seats": lambda _, negotiation: negotiation.seats(),
    "provisions": lambda _, negotiation: negotiation.table(),
    "drafts": drafts_of,
}


def blame_of(asked: Question, shown: OnShow, negotiation: sim.Negotiation) -> pd.DataFrame:
    """A row per seat and provision: what it adds to what the seat holds against the text on show, r
    - U, in the world on show, and U - r of the whole text.
    """
    place, table, drafts = asked.world - 1, negotiation.at_table, negotiation.drafts
    draft = int(drafts.final[place]) if shown.draft is None else shown.draft - 1
    text = drafts.texts[draft, place] if shown.levels is None else np.array(shown.levels)
    part = table.of(np.array([place]))
    blame, gains = part.blame(text)[0], part.gains(text)[0]
    rows = [
        {
            "who": who,
            "provision": subject.provision,
            "level": text[k],
            "blame": blame[seat, k],
            "gain": gains[seat],
        }
        for seat, who in enumerate(negotiation.talks.seats)
        for k, subject in enumerate(negotiation.talks.subjects)
    ]
    label = "own" if shown.levels is not None else str(draft + 1)
    return (
        pd.DataFrame(rows)
        .round(6)
        .assign(world=asked.world, draft=label, basis=ASSUMED, **_repeats(asked))
    )


def table_of(asked: Question, negotiation: sim.Negotiation, name: str) -> pd.DataFrame:
    """One of TABLES, with what it takes to repeat it in every row."""
    return TABLES[name](asked, negotiation).assign(**_repeats(asked))


def _repeats(asked: Question) -> dict[str, Any]:
    return {
        "talks": asked.talks,
        "worlds": asked.replicates,
        "seed": asked.seed,
        "parley": sim.__version__,
        "link": asked.query(world=False),
    }
