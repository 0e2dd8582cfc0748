"""What came of talks in plain sentences, for a reader who knows neither the model nor its words:
how they end, who refuses or gains, over which text, how sure that is, and whether there was a text
for all. The command line, the page and its brief all show these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.experiments.talks_on_record import fails_otherwise
from sim.facts.names_in_sentences import with_article
from sim.negotiation.talks import CONSENSUS, MAJORITY, Talks
from sim.number_formats import TO, count, listing, mean, percent, percent_interval
from sim.scenario.text_talks import OPEN_CALL

if TYPE_CHECKING:
    from sim.experiments.negotiate import Negotiation
    from sim.negotiation.table import Floats

HALF, NEARLY_ALL = 0.5, 0.9  # of the worlds, or of the failures
MOST_NAMES, MOST_PROVISIONS, MOST_SPANS, LEAST = 4, 3, 2, 2
NINE_IN_TEN = (0.05, 0.95)
SUBSTANTIAL = 0.95  # of what was tabled: a provision that keeps more is hardly cut
# of what was tabled: where a provision goes so much farther in some worlds, luck decides over it
FAR_APART = 0.2
NOISE = 6  # decimals, below which floats tell nothing: what is as in force is at 0
TWO_THIRDS, NEAR = 2 / 3, 0.001  # of the seats; texts and links have 0.667 or 0.6666
HUNDRED = 100  # points are hundredths of all that a seat wants
FATES = {
    "outvoted": "outvoted",
    "paid": "paid by others to accept it",
}  # of seats that a text does not suit
ASSUMED = (
    "What each seat wants is assumed: computed from public figures, by formulas that nobody has"
    " measured. No forecast, and no evidence of any state's reasons."
)


class Part(NamedTuple):
    """A part of an answer: what it is about, and a sentence or two."""

    lead: str
    words: str


class Answer(NamedTuple):
    """What came of talks: the *verdict* and the *outcome*, which together are the headline; the
    parts, the first on what is negotiated, the last on how sure the answer is; and what *room*
    there is for a text, a finding and what explains it.
    """

    verdict: str
    outcome: str
    parts: tuple[Part, ...]
    room: str
    room_in_words: tuple[str, ...]
    majority: int

    @property
    def headline(self) -> str:
        """The verdict and the outcome in one sentence."""
        return f"{self.verdict}: {self.outcome}."

    @property
    def sentences(self) -> tuple[str, ...]:
        """The headline, the parts and the room."""
        return self.headline, *(part.words for part in self.parts), f"{self.room}."


def negotiation_answer(negotiation: Negotiation) -> Answer:
    """The answer of `Negotiation.answer`."""
    room, room_in_words = _room(negotiation)
    adopted, worlds = int(negotiation.drafts.is_adopted.sum()), negotiation.replicates
    text = f"a text is adopted in {adopted}" if adopted else "no text is adopted in any"
    return Answer(
        verdict=_verdict(negotiation),
        outcome=f"{text} of {worlds} simulated worlds",
        parts=(
            Part("What is negotiated", f"{_scope(negotiation.talks)} {_tabled(negotiation.talks)}"),
            *_parts(negotiation),
            Part("How sure", _certainty(negotiation)),
        ),
        room=room,
        room_in_words=room_in_words,
        majority=_carrying(negotiation.talks),
    )


def _verdict(negotiation: Negotiation) -> str:
    """Whether the talks end as their rule asks."""
    rule, agreed = negotiation.talks.rule, negotiation.agreed
    if rule == OPEN_CALL:
        return "The convenor's text stands"
    end = "Consensus" if rule == CONSENSUS else _majority_by_name(negotiation.talks)
    without = f"No {end.removeprefix('A ').lower()}"
    where = "" if agreed in (0, 1) else " in most worlds"
    of_seats = "" if rule == CONSENSUS else f" ({_majority(negotiation.talks)})"
    return f"{end if agreed > HALF else without}{of_seats}{where}"


def _scope(talks: Talks) -> str:
    """Who negotiates over what, and when a text stands."""
    votes = [seat for seat in talks.seats if seat not in talks.voice]
    voices = [seat for seat in talks.seats if seat in talks.voice]
    voice = f" {_people(voices, talks)} may speak and have no vote." if voices else ""
    subject = (
        f"{_people(votes, talks)} negotiate {len(talks.subjects)} provisions on conduct in"
        " cyberspace."
    )
    return f"{subject} {_rule(talks, len(votes))}{voice}"


def _tabled(talks: Talks) -> str:
    """On what the text with which they begin asks for most that is new."""
    new = [one for one in talks.subjects if one.tabled > one.in_force]
    most = sorted(new, key=lambda one: one.in_force - one.tabled)[:MOST_PROVISIONS]
    names = listing([f"“{one.provision}”" for one in most])
    return f"The text tabled, with which they begin, asks for most that is new on {names}."


def _people(seats: Sequence[str], talks: Talks) -> str:
    """How many states, and how many others, who go by their names."""
    states = len([seat for seat in seats if seat in talks.facts.state_names])
    others = len(seats) - states
    parts = [f"{states} state{'' if states == 1 else 's'}"] if states else []
    return listing([*parts, *([f"{others} firms and NGOs"] if others else [])])


def _rule(talks: Talks, votes: int) -> str:
    if talks.rule == CONSENSUS:
        return (
            f"A text stands only if all {votes} accept it (consensus), within {talks.deadline}"
            " drafts."
        )
    if talks.rule == OPEN_CALL:
        return "The convenor's text stands as it is."
    votes_first = ", after votes on changes to it" if talks.amendments else ""
    return f"A text stands if {_majority(talks)} accept it{votes_first}."


def _majority_by_name(talks: Talks) -> str:
    return "Two thirds" if abs(talks.values["quota_number"] - TWO_THIRDS) < NEAR else "A majority"


def _carrying(talks: Talks) -> int:
    """The fewest seats with a vote that carry it, under a majority rule; 0 under another."""
    if talks.rule != MAJORITY:
        return 0
    votes = len(talks.seats) - len(talks.voice)
    return next(
        n
        for n in range(votes + 1)
        if n > HALF * votes and n / votes >= talks.values["quota_number"]
    )


def _majority(talks: Talks) -> str:
    """The same in words, of all seats with a vote, and their least weight where the rule asks for
    one.
    """
    weight = talks.values["quota_weight"]
    with_weight = f" with {percent(weight)} of the weight" if weight else ""
    return f"{_carrying(talks)} of {len(talks.seats) - len(talks.voice)} seats{with_weight}"


def _parts(negotiation: Negotiation) -> tuple[Part, ...]:
    """Who and what, of talks that mostly succeed, that mostly fail, or that nobody can block."""
    if negotiation.talks.rule == OPEN_CALL:
        return (Part("Whom it suits", _of_call(negotiation)),)
    if negotiation.agreed > HALF:
        text = f"{_share_left(negotiation)} {_least_left(negotiation)}".strip()
        return Part("Who gains", _gains(negotiation)), Part("Which text", text)
    return Part("Who refuses", _refusals(negotiation)), Part("Over what", _dispute(negotiation))


def _of_call(negotiation: Negotiation) -> str:
    """Whom the convenor's text would suit, where nobody can block; whom it suits least first."""
    seats = negotiation.seats().sort_values(["accepts", "gain"])
    names = seats.loc[seats["accepts"] < HALF, "name"].tolist()
    accept = mean(float(seats["accepts"].sum()))
    first = f"Of {len(seats)} seats {accept} would accept it, on average; nobody can block."
    return (
        f"{first} In half of the worlds or more it would not suit {_names(names)}."
        if names
        else first
    )


def _refusals(negotiation: Negotiation) -> str:
    """How many refuse the text nearest to adoption, and for whom it goes too far, or not far
    enough, in most failures.
    """
    votes = negotiation.at_table.votes
    gains = negotiation.drafts.final_gains[negotiation.failures]
    refuse = count(float(((gains < 0) & votes).sum(axis=1).mean()))
    seats = negotiation.seats().sort_values("weight", ascending=False, kind="stable")
    sides = [
        f"{words} for {_names(names)}"
        for column, words in (("too_far", "too far"), ("too_little", "not far enough"))
        if (names := seats.loc[seats[column] > HALF, "name"].tolist())
    ]
    is_consensus = negotiation.talks.rule == CONSENSUS
    nearest = "the draft nearest to agreement" if is_consensus else "the draft that comes nearest"
    first = f"On average {refuse} of {int(votes.sum())} refuse even {nearest}"
    return (
        f"{first}. In most failed talks it goes {', and '.join(sides)}." if sides else f"{first}."
    )


def _dispute(negotiation: Negotiation) -> str:
    """Over what the talks fail, and by how much."""
    failures = len(negotiation.failures)
    provision, share = next(iter(negotiation.provisions.items()))
    often = (
        "the one failure"
        if failures == 1
        else f"{round(share * failures)} of {failures} failed talks"
    )
    first = f"What divides them most is “{provision}”, in {often}. {_nearest(negotiation)}"
    if negotiation.drafts.is_adopted.any():
        left = _share_left(negotiation)
        return f"{first} Where a text is adopted, {left[0].lower()}{left[1:]}"
    return first


def _nearest(negotiation: Negotiation) -> str:
    """By what a draft that fails is nearest to adoption, and by how much it fails."""
    if negotiation.talks.rule != CONSENSUS:
        return "The nearest draft is the one that seats of most weight accept."
    gains = negotiation.drafts.final_gains[negotiation.failures][:, negotiation.at_table.votes]
    points = mean(-HUNDRED * float(gains.min(axis=1).mean()))
    least = "Even under the nearest draft, the seat that likes it least would lose"
    return (
        f"{least} {points} points on average, compared with no text (100 points are all it wants)."
    )


def _share_left(negotiation: Negotiation) -> str:
    """How much of what is new is left, in the mean and in nine of ten worlds."""
    texts = negotiation.drafts.final_texts[negotiation.drafts.is_adopted]
    first = negotiation.talks.as_first
    low, high = np.quantile([first.share_of_tabled(text) for text in texts], NINE_IN_TEN)
    span = percent_interval(float(low), float(high), between=TO)
    between = f" ({span} in nine worlds of ten)" if len(texts) > 1 and high > low else ""
    left = percent(first.share_of_tabled(texts.mean(axis=0)))
    scale = "a provision counts by how far it would go beyond these"
    return (
        f"It keeps {left} of what was tabled at first beyond the rules already in force{between};"
        f" {scale}."
    )


def _least_left(negotiation: Negotiation) -> str:
    """Of what least is left: two provisions, and those of which as little is left as of the
    second.
    """
    adopted = negotiation.drafts.final_texts[negotiation.drafts.is_adopted]
    shares = {
        name: max(0.0, float(ends.mean())) for name, ends in _on_scale(negotiation, adopted).items()
    }
    cut = sorted((one for one in shares if shares[one] < SUBSTANTIAL), key=lambda one: shares[one])
    least: dict[str, list[str]] = {
        percent(shares[one]): [] for one in cut[:LEAST]
    }  # by how it reads, as ties do alike
    for one in cut:
        if (left := percent(shares[one])) in least:
            least[left].append(f"“{one}”")
    parts = [
        f"{listing(names, MOST_NAMES)} ({left}{' each' if len(names) > 1 else ''})"
        for left, names in least.items()
    ]
    return f"Least is left of {listing(parts)}." if parts else ""


def _on_scale(negotiation: Negotiation, texts: Floats) -> dict[str, Floats]:
    """Provision -> how far each of *texts* goes on it: 0 as in force, 1 as tabled at first; of all
    that may move.
    """
    return {
        one.provision: ((texts[:, place] - one.in_force) / (one.tabled - one.in_force)).round(NOISE)
        for place, one in enumerate(negotiation.talks.as_first.subjects)
        if one.tabled > one.in_force
    }


def _gains(negotiation: Negotiation) -> str:
    """Who wins by the text, most first, and who loses, most first."""
    seats, unwilling, gains = (
        negotiation.seats(),
        negotiation.unwilling(),
        negotiation.gains_of_text,
    )
    names = seats.loc[seats["vote"]].set_index("who")["name"]
    ordered = [names[who] for who in sorted(names.index, key=lambda who: -gains[who])]
    winners, verb = _names(ordered[:2]), "gain" if len(ordered) > 1 else "gains"
    most = f"{winners[0].upper()}{winners[1:]} {verb} most"
    for column, fate in FATES.items():
        losers = sorted(unwilling.loc[unwilling[column] >= HALF, "who"], key=lambda who: gains[who])
        if losers:
            return (
                f"{most}. Worse off than without a text, and {fate}:"
                f" {_names([names[who] for who in losers])}."
            )
    return (
        f"No seat that accepts is worse off than without a text. {most}, {_names(ordered[-1:])}"
        " least."
    )


def _names(names: Sequence[str]) -> str:
    return listing([with_article(name) for name in names], MOST_NAMES)


def _certainty(negotiation: Negotiation) -> str:
    """How far luck decides, which the worlds tell; whether the talks really ended so; and what
    neither tells.
    """
    luck = _luck(negotiation)
    record = negotiation.talks.record
    if not negotiation.talks.is_as_first or record is None:
        return f"{luck} {ASSUMED}"
    if record.agreed != (negotiation.agreed > HALF):
        return f"{luck} The talks really ended otherwise: the model is wrong here. {ASSUMED}"
    otherwise = ", but not over the same seats" if fails_otherwise(negotiation) else ""
    return (
        f"{luck} The talks really {'agreed' if record.agreed else 'failed'} too{otherwise}."
        f" {ASSUMED}"
    )


def _luck(negotiation: Negotiation) -> str:
    """How far luck decides whether there is a text; where nearly all worlds have one, which, and
    where nearly all fail, over what and by whom.
    """
    worlds, adopted = negotiation.replicates, int(negotiation.drafts.is_adopted.sum())
    if worlds == 1:
        return "One world does not tell what luck would change."
    if max(adopted, worlds - adopted) < NEARLY_ALL * worlds:
        return f"Luck decides: {adopted} of {worlds} worlds have a text, the others have none."
    if adopted > HALF * worlds:
        return _luck_of_text(negotiation)
    fail = f"talks fail in {f'{worlds - adopted} of {worlds}' if adopted else 'all'} worlds"
    differs = _what_differs(negotiation)
    decides = f"The {fail}; luck decides {' and '.join(differs)}."
    return decides if differs else f"Luck hardly matters: the {fail} alike."


def _luck_of_text(negotiation: Negotiation) -> str:
    """How far luck decides which text the worlds adopt, nearly all of them: on which provisions it
    goes much farther in some than in others.
    """
    worlds, adopted = (
        negotiation.replicates,
        negotiation.drafts.final_texts[negotiation.drafts.is_adopted],
    )
    is_all = len(adopted) == worlds
    ends = {
        one: (float(low), float(high))
        for one, shares in _on_scale(negotiation, adopted).items()
        for low, high in [np.quantile(shares, NINE_IN_TEN)]
    }
    apart = {one: high - low for one, (low, high) in ends.items()}
    far = sorted((one for one in apart if apart[one] >= FAR_APART), key=lambda one: -apart[one])
    if not far:
        same = "the same text" if not any(apart.values()) else "much the same text"
        matters = "hardly matters: all" if is_all else f"matters little: {len(adopted)} of {worlds}"
        return f"Luck {matters} worlds have {same}."
    first, *others = [
        f"on “{one}” {percent_interval(*ends[one], between=TO)}" for one in far[:MOST_SPANS]
    ]
    named = listing([f"{first} of what was tabled at first", *others])
    more = len(far) - MOST_SPANS
    also = (
        f"; {more} more provision{' varies' if more == 1 else 's vary'} by a fifth or more"
        if more > 0
        else ""
    )
    have = f"{'All' if is_all else f'{len(adopted)} of {worlds}'} worlds have a text"
    return f"{have}, but luck decides how far it goes: {named}, in nine worlds of ten{also}."


def _what_differs(negotiation: Negotiation) -> list[str]:
    """What is not the same in nearly all failures: the provision that divides most, and the seats
    that refuse.
    """
    most = max(negotiation.provisions.values())
    blocks = negotiation.seats()["blocks"]
    wavers = ((blocks > 1 - NEARLY_ALL) & (blocks < NEARLY_ALL)).any()
    return [
        words
        for words, is_so in (("what divides most", most < NEARLY_ALL), ("who refuses", wavers))
        if is_so
    ]


def _room(negotiation: Negotiation) -> tuple[str, tuple[str, ...]]:
    """Whether there was a text that all would accept, and how near the best one comes."""
    slack, values = negotiation.slack, negotiation.talks.values
    suits, worlds = int((slack >= 0).sum()), negotiation.replicates
    where = "none" if not suits else "all" if suits == worlds else str(suits)
    apart = (
        ", side offers and reservations apart"
        if values["transfer_efficiency"] or values["reservations"]
        else ""
    )
    median, low, high = (
        float(np.median(slack)),
        *(float(end) for end in np.quantile(slack, NINE_IN_TEN)),
    )
    span = f", and in nine worlds of ten {_between(low, high)} off" if high > low else ""
    words = [
        "A seat refuses a text under which it would be worse off than without one.",
        (
            "Take the text that is best for whoever likes it least. In the median world it leaves"
            f" that seat {_points(median)} off than without a text{span}. A point is a hundredth of"
            " all that a seat wants."
        ),
    ]
    if values["club_reach"] > 0 and median < 0:
        words.append(
            "Without a text the rules in force stay, and those who think alike can still agree"
            " among themselves on what was tabled. So the less is tabled, the less they have to"
            " wait for: a weaker proposal can suit all where this one cannot."
        )
    tabled = " while so much is tabled" if values["club_reach"] > 0 and suits < worlds else ""
    return f"A text that all would accept{tabled}: in {where} of {worlds} worlds{apart}", tuple(
        words
    )


def _points(slack: float) -> str:
    """How much better or worse off a seat is than without a text, in hundredths of all that it
    wants.
    """
    return f"{mean(HUNDRED * abs(slack))} points {'better' if slack >= 0 else 'worse'}"


def _between(low: float, high: float) -> str:
    """The same from *low* to *high*, the side said once where both lie on it."""
    if (low >= 0) == (high >= 0):
        return f"{_points(low).partition(' ')[0]} to {_points(high)}"
    return f"{_points(low)} to {_points(high)}"
