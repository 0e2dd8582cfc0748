"""What came of talks, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.facts.names_in_sentences import enumeration
from sim.negotiation.talks import CONSENSUS
from sim.number_formats import mean, percent
from sim.scenario.text_talks import OPEN_CALL

if TYPE_CHECKING:
    from sim.experiments.negotiate import Negotiation

HALF, MOST_NAMES = 0.5, 5
OF_CLUBS = (
    "If talks fail, those who think alike can still agree among themselves on what was tabled; the less is tabled, the "
    "less they have to wait for."
)


def negotiation_sentences(negotiation: Negotiation) -> tuple[str, ...]:
    """The sentences of `Negotiation.sentences`."""
    adopted, talks = int(negotiation.drafts.is_adopted.sum()), negotiation.talks
    first = f"A text is adopted in {adopted} of {negotiation.replicates} simulated worlds."
    if adopted:
        part = percent(float(negotiation.tabled_share[negotiation.drafts.is_adopted].mean()))
        first += f" It keeps {part} of what was tabled beyond the text in force."
    more = _of_failures(negotiation) if len(negotiation.failures) else ()
    return first, _room(negotiation), *(_of_call(negotiation) if talks.rule == OPEN_CALL else more)


def _room(negotiation: Negotiation) -> str:
    """How much room there is for a text that all would accept."""
    slack, values = float(np.median(negotiation.slack)), negotiation.talks.values
    with_more = values["transfer_efficiency"] > 0 or values["reservations"] > 0
    start = "In the median world" if negotiation.talks.rule == CONSENSUS else "By consensus, in the median world"
    start = "In the median world, without side offers or reservations," if with_more else start
    gain = percent(abs(slack), 1)
    if slack >= 0:
        return (
            f"{start} there are texts that all would accept: under the best of them even the seat with least to gain "
            f"is better off than without a text, by {gain} of all that it wants."
        )
    no_room = (
        f"{start} no text suits all while all of this is tabled: even under the best one some seat is worse off than "
        f"without a text, by {gain} of all that it wants."
    )
    return f"{no_room} {OF_CLUBS}" if values["club_reach"] > 0 else no_room


def _of_call(negotiation: Negotiation) -> tuple[str, ...]:
    """Whom the convenor's text would suit, where nobody can block."""
    seats = negotiation.seats().sort_values("accepts", kind="stable")
    names = seats.loc[seats["accepts"] < HALF, "name"].tolist()
    accept = mean(float(seats["accepts"].sum()))
    first = f"Of {len(seats)} seats {accept} would accept it, on average; nobody can block."
    if not names:
        return (first,)
    return first, f"In half of the worlds or more it would not suit {enumeration(names, 'and', MOST_NAMES)}."


def _of_failures(negotiation: Negotiation) -> tuple[str, ...]:
    """Over what the talks fail, and who does not accept the text nearest to adoption in half of the failures or more.
    """
    failures = len(negotiation.failures)
    provision, share = next(iter(negotiation.provisions.items()))
    number = round(share * failures)
    of_all = "the one failure" if failures == 1 else f"{number} of {failures} failures"
    first = f"In {of_all}, those who block mind “{provision}” most."
    sides, seats = [], negotiation.seats()
    for column, words in (("too_far", "too far"), ("too_little", "not far enough")):
        often = seats.loc[seats[column] >= HALF].sort_values("weight", ascending=False, kind="stable")
        if names := often["name"].tolist():
            sides.append(f"{words} for {enumeration(names, 'and', MOST_NAMES)}")
    where = "There" if failures == 1 else "In at least half of the failures"
    return (first, f"{where} the text goes {', and '.join(sides)}.") if sides else (first,)
