"""What really happened in the talks, by public sources, and where the model differs from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.facts.names_in_sentences import with_article
from sim.negotiation.record import Record
from sim.number_formats import listing

if TYPE_CHECKING:
    from sim.experiments.negotiate import Negotiation

HALF = 0.5  # of the worlds, or of the failures
MOST_NAMES = 2  # of seats that no source names
NOT_HELD = "No such talks were held: they are imagined here."


def beside_record(negotiation: Negotiation) -> dict[str, str]:
    """What happened and its sources; of talks as they were first, the model `beside` it in words,
    else nothing.
    """
    talks = negotiation.talks
    if talks.record is None:
        return {"happened": NOT_HELD, "sources": "", "beside": ""}
    beside = _beside(talks.record, negotiation) if talks.is_as_first else ""
    return {"happened": talks.record.happened, "sources": talks.record.sources, "beside": beside}


def _beside(record: Record, negotiation: Negotiation) -> str:
    adopted, worlds = int(negotiation.drafts.is_adopted.sum()), negotiation.replicates
    agrees = adopted > HALF * worlds
    if record.agreed and agrees:
        return "they agree too."
    if record.agreed:
        return f"another end, as talks fail in {worlds - adopted} of {worlds} worlds."
    if agrees:
        return (
            f"another end, as a text is adopted in {adopted} of {worlds} worlds. The model is wrong"
            " here."
        )
    return _of_refusals(record.refused, negotiation) if record.refused else "they fail too."


def fails_otherwise(negotiation: Negotiation) -> bool:
    """Whether the talks fail as they did, but some who refused seldom do so here, or others do as
    well.
    """
    record = negotiation.talks.record
    if record is None or record.agreed or not record.refused or negotiation.agreed > HALF:
        return False
    _, seldom, others = _refusals(record.refused, negotiation)
    return bool(seldom or others)


def _refusals(
    refused: tuple[str, ...], negotiation: Negotiation
) -> tuple[list[str], list[str], list[str]]:
    """The names of those who refuse in most failures as the sources say, of those whom the sources
    name and who seldom do, with how often, and of others who do, most often first.
    """
    failures = len(negotiation.failures)
    seats = negotiation.seats().sort_values("weight", ascending=False, kind="stable")
    is_named, often = seats["who"].isin(refused), seats["blocks"] > HALF
    seldom = [
        f"{row['name']} in only {round(row['blocks'] * failures)} of {failures}"
        for row in seats[is_named & ~often].to_dict("records")
    ]
    others = seats[~is_named & often].sort_values("blocks", ascending=False, kind="stable")
    return seats.loc[is_named & often, "name"].tolist(), seldom, others["name"].tolist()


def _of_refusals(refused: tuple[str, ...], negotiation: Negotiation) -> str:
    """Who refuses in the model, beside those whom the sources name."""
    same, seldom, others = _refusals(refused, negotiation)
    refuse = f"{listing(same)} {'refuses' if len(same) == 1 else 'refuse'} in most failures"
    refusers = ([refuse] if same else []) + seldom
    if not others and not seldom:
        return f"they fail too, over the same seats: {refusers[0]}."
    noun, verb = ("seat", "refuses") if len(others) == 1 else ("seats", "refuse")
    named = listing([with_article(name) for name in others[:MOST_NAMES]])
    of_all = f"{named} most often" if len(others) > MOST_NAMES else named
    among = f"{len(others)} {noun} that these accounts do not name ({of_all}) {verb} as well"
    parts = [", ".join(refusers), *([among] if others else [])]
    return f"they fail too, but not over the same seats: {'; '.join(parts)}."
