"""What came of talks in plain sentences, for a reader who knows neither the model nor its words: the verdict, what is
negotiated, what comes out, who gets what, how sure that is, and whether there was a text for all. The page and its
brief show the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

import sim
from dashboard.data.record import directory
from dashboard.pages.negotiate.on_record import fails_otherwise
from dashboard.pages.negotiate.share_kept import share_of_tabled
from sim import number_formats as formats

HALF, NEARLY_ALL = 0.5, 0.9  # of the worlds, or of the failures
MOST_NAMES, MOST_PROVISIONS = 4, 3
NINE_IN_TEN = (0.05, 0.95)
SUBSTANTIAL = 0.95  # of what was tabled: a provision that keeps more is hardly cut
HUNDRED, DECIMALS = 100, 6
FATES = {"outvoted": "outvoted", "paid": "paid by others to accept it"}  # of seats that a text does not suit
WORLDS = "Each simulated world is one run of the talks under other luck in what seats want and attend to."
NOTE = (
    "What each seat wants is computed from public figures by formulas that nobody has measured. No forecast, and no "
    "evidence of any state's reasons."
)


def outcome_of(negotiation: sim.Negotiation, original: sim.Talks) -> dict[str, Any]:
    """The verdict and the outcome, which together are the headline; the parts of the answer, each a lead and its words;
    and the room for a text, a finding and paragraphs. What a text keeps is told of the talks as they ship, *original*.
    """
    adopted, worlds = int(negotiation.drafts.is_adopted.sum()), negotiation.replicates
    return {
        "verdict": _verdict(negotiation, original),
        "outcome": f"{f'a text is adopted in {adopted}' if adopted else 'no text is adopted in any'} of {worlds} "
                   "simulated worlds",
        "parts": [
            {"lead": lead, "words": words}
            for lead, words in (
                ("What is negotiated", _subject(negotiation)), ("What comes out", _text(negotiation, original)),
                ("Who gets what", _gains(negotiation)), ("How sure that is", _certainty(adopted, worlds)),
            )
        ],
        "room": _room(negotiation),
    }  # fmt: skip


def _verdict(negotiation: sim.Negotiation, original: sim.Talks) -> str:
    """How the talks end; of talks as they ship, with a word where they fail over other seats than in the record."""
    adopted, worlds, talks = int(negotiation.drafts.is_adopted.sum()), negotiation.replicates, negotiation.talks
    if adopted > HALF * worlds:
        return "The talks succeed" if adopted == worlds else "Most talks succeed"
    ships = talks.settings == original.settings and talks.seats == original.seats
    otherwise = " as they really did, but not over the same seats" if ships and fails_otherwise(negotiation) else ""
    return f"{'Most talks' if adopted else 'The talks'} fail{otherwise}"


def _subject(negotiation: sim.Negotiation) -> str:
    """Who negotiates over what, and when a text stands."""
    talks = negotiation.talks
    votes = [seat for seat in talks.seats if seat not in talks.voice]
    new = [one for one in talks.subjects if one.tabled > one.in_force]
    most = sorted(new, key=lambda one: one.in_force - one.tabled)[:MOST_PROVISIONS]
    names = formats.listing([f"“{one.provision}”" for one in most])
    voices = [seat for seat in talks.seats if seat in talks.voice]
    heard = f" {_people(voices)} may speak and have no vote." if voices else ""
    return (
        f"{_people(votes)} negotiate {len(talks.subjects)} provisions on conduct in cyberspace. "
        f"{_rule(talks, len(votes))}{heard} "
        f"The text tabled, with which they begin, asks for most that is new on {names}."
    )


def _people(seats: Sequence[str]) -> str:
    """How many states, and how many others, who go by their names."""
    people = directory()
    states = len({*people.loc[people["kind"] == "state", "id"]}.intersection(seats))
    parts = [f"{states} state{'' if states == 1 else 's'}"] if states else []
    others = len(seats) - states
    return formats.listing([*parts, *([f"{others} firms and NGOs"] if others else [])])


def _rule(talks: sim.Talks, votes: int) -> str:
    if talks.rule != "consensus":
        first = ", after votes on changes to it" if talks.amendments else ""
        return f"A text stands if a majority accepts it{first}."
    return f"A text stands only if all {votes} accept it (consensus), within {talks.deadline} drafts."


def _text(negotiation: sim.Negotiation, original: sim.Talks) -> str:
    """What is left of the text that was tabled, or over what the talks fail."""
    adopted = negotiation.drafts.is_adopted
    kept = _share_left(negotiation, original) if adopted.any() else ""
    if adopted.mean() > HALF:
        return f"{kept} {_least_left(negotiation, original)}".strip()
    failures, votes = negotiation.failures, negotiation.at_table.votes
    gains = negotiation.drafts.final_gains[failures]
    refuse = formats.count(float(((gains < 0) & votes).sum(axis=1).mean()))
    provision, share = next(iter(negotiation.provisions.items()))
    often = f"{round(share * len(failures))} of {len(failures)} failed talks"
    first = f"On average {refuse} of {int(votes.sum())} refuse even the nearest draft, {_nearest(negotiation)}"
    more = f" Where one is adopted, {kept[0].lower()}{kept[1:]}" if kept else ""
    return f"{first} What divides them most is “{provision}”, in {often}.{more}"


def _nearest(negotiation: sim.Negotiation) -> str:
    """By what a draft that fails is nearest to adoption, and by how much it fails."""
    if negotiation.talks.rule != "consensus":
        return "the one that seats of most weight accept."
    gains = negotiation.drafts.final_gains[negotiation.failures][:, negotiation.at_table.votes]
    points = formats.mean(-HUNDRED * float(gains.min(axis=1).mean()))
    return (
        "which is not the one that most accept but the one that costs the worst-off seat least: "
        f"{points} of the 100 points that are all it wants, by formulas that nobody has measured."
    )


def _share_left(negotiation: sim.Negotiation, original: sim.Talks) -> str:
    """How much of what is new is left, in the mean and in nine of ten worlds."""
    adopted = negotiation.drafts.is_adopted
    texts = negotiation.drafts.final_texts[adopted]
    mean = share_of_tabled(texts.mean(axis=0), original)
    low, high = np.quantile([share_of_tabled(text, original) for text in texts], NINE_IN_TEN)
    span = formats.percent_interval(float(low), float(high), between=formats.TO)
    between = f" ({span} in nine worlds of ten)" if len(texts) > 1 and high > low else ""
    return f"It keeps {formats.percent(mean)} of what was tabled at first beyond the rules already in force{between}."


def _least_left(negotiation: sim.Negotiation, original: sim.Talks) -> str:
    """Of what least is left."""
    text = negotiation.drafts.final_texts[negotiation.drafts.is_adopted].mean(axis=0)
    shares = {
        one.provision: (float(level) - one.in_force) / (one.tabled - one.in_force)
        for one, level in zip(original.subjects, text, strict=True) if one.tabled > one.in_force
    }  # fmt: skip
    least = sorted(shares, key=lambda provision: shares[provision])[:2]
    cut = [f"“{one}” ({formats.percent(max(0.0, shares[one]))})" for one in least if shares[one] < SUBSTANTIAL]
    return f"Least is left of {formats.listing(cut)}." if cut else ""


def _gains(negotiation: sim.Negotiation) -> str:
    """Who wins and who loses."""
    adopted = negotiation.drafts.is_adopted
    if adopted.mean() <= HALF:
        where = "In most worlds nobody wins" if adopted.any() else "Nobody wins"
        return f"{where}: the rules in force stay. {_sides(negotiation)}".strip()
    seats, unwilling, gains = negotiation.seats(), negotiation.unwilling(), gains_by_seat(negotiation)
    names = seats.loc[seats["vote"]].set_index("who")["name"]
    ordered = [names[who] for who in sorted(names.index, key=lambda who: -gains[who])]
    most = f"Most is gained by {_names(ordered[:2])}"
    for column, fate in FATES.items():
        if losers := unwilling.loc[unwilling[column] >= HALF, "name"].tolist():
            return f"{most}. Worse off than without a text, and {fate}: {_names(losers)}."
    return f"No seat that accepts is worse off than without a text. {most}, least by {_names(ordered[-1:])}."


def gains_by_seat(negotiation: sim.Negotiation) -> dict[str, float]:
    """Seat -> how much better off it is than without a text, the mean of the worlds with one; empty where none has."""
    adopted = negotiation.drafts.is_adopted
    if not adopted.any():
        return {}
    means = negotiation.drafts.final_gains[adopted].mean(axis=0)
    return {who: round(float(gain), DECIMALS) for who, gain in zip(negotiation.talks.seats, means, strict=True)}


def _sides(negotiation: sim.Negotiation) -> str:
    """For whom the text nearest to adoption goes too far, and for whom not far enough, in most failures."""
    seats = negotiation.seats().sort_values("weight", ascending=False, kind="stable")
    sides = [
        f"{words} {_names(names)}"
        for column, words in (("too_far", "too far for"), ("too_little", "not far enough for"))
        if (names := seats.loc[seats[column] > HALF, "name"].tolist())
    ]
    return f"In most failed talks the nearest draft goes {', '.join(sides)}." if sides else ""


def _names(names: Sequence[str]) -> str:
    return formats.listing([sim.with_article(name) for name in names], MOST_NAMES)


def _certainty(adopted: int, worlds: int) -> str:
    """How far luck decides, which the worlds tell, and what no number of worlds tells."""
    alike = max(adopted, worlds - adopted)
    if worlds == 1:
        luck = "One world does not tell what luck would change"
    elif alike == worlds:
        luck = f"All {worlds} worlds end alike: luck hardly matters"
    elif alike >= NEARLY_ALL * worlds:
        luck = f"{alike} of {worlds} worlds end alike: luck matters little"
    else:
        luck = f"Luck decides: {adopted} of {worlds} worlds have a text, the others have none"
    return f"{luck}. What may be wrong is what we assume. {NOTE}"


def _room(negotiation: sim.Negotiation) -> dict[str, Any]:
    """Whether there was a text that all would accept, and how near the best one comes."""
    slack, values = negotiation.slack, negotiation.talks.values
    suits, worlds = int((slack >= 0).sum()), negotiation.replicates
    where = "none" if not suits else "all" if suits == worlds else str(suits)
    apart = ", side offers and reservations apart" if values["transfer_efficiency"] or values["reservations"] else ""
    median, low, high = float(np.median(slack)), *(float(end) for end in np.quantile(slack, NINE_IN_TEN))
    span = f", and in nine worlds of ten {_between(low, high)} off" if high > low else ""
    paragraphs = [
        "A seat refuses a text under which it would be worse off than without one.",
        "Take the text that is best for whoever likes it least. In the median world it leaves that seat "
        f"{_points(median)} off than without a text{span}. A point is a hundredth of all that a seat wants.",
    ]
    if values["club_reach"] > 0 and median < 0:
        paragraphs.append(
            "Without a text the rules in force stay, and those who think alike can still agree among themselves on "
            "what was tabled. So the less is tabled, the less they have to wait for: a weaker proposal can suit all "
            "where this one cannot."
        )
    tabled = " while so much is tabled" if values["club_reach"] > 0 and suits < worlds else ""
    finding = f"A text that all would accept{tabled}: in {where} of {worlds} worlds{apart}"
    return {"finding": finding, "paragraphs": paragraphs}


def _points(slack: float) -> str:
    """How much better or worse off a seat is than without a text, in hundredths of all that it wants."""
    return f"{formats.mean(HUNDRED * abs(slack))} points {'better' if slack >= 0 else 'worse'}"


def _between(low: float, high: float) -> str:
    """The same from *low* to *high*, the side said once where both lie on it."""
    if (low >= 0) == (high >= 0):
        return f"{_points(low).partition(' ')[0]} to {_points(high)}"
    return f"{_points(low)} to {_points(high)}"
