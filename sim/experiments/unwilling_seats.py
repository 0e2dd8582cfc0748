"""Whom the text that talks end with does not suit, whether it is adopted or not, and over what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.experiments.basis import ASSUMED
from sim.negotiation.seats import seats_named
from sim.theory import bargaining

if TYPE_CHECKING:
    from sim.experiments.negotiate import Negotiation

COLUMNS = ("who", "name", "share", "blocks", "paid", "outvoted", "too_far", "too_little", "over")


def unwilling_seats(negotiation: Negotiation) -> pd.DataFrame:
    """The table of `Negotiation.unwilling`."""
    talks, table, drafts = negotiation.talks, negotiation.at_table, negotiation.drafts
    names, adopted = seats_named(talks.seats, talks.facts).names, drafts.is_adopted[:, None]
    loses = ~bargaining.accepts(drafts.final_gains) & table.votes
    paid = negotiation.paid(drafts.final_gains) & adopted
    blame = table.blame(drafts.final_texts) * loses[..., None]
    most = blame.argmax(axis=2)
    levels = np.take_along_axis(drafts.final_texts, most, axis=1)
    above = levels > np.take_along_axis(table.ideals, most[..., None], axis=2)[..., 0]
    cases = {
        "share": loses,
        "blocks": loses & ~adopted,
        "paid": paid,
        "outvoted": loses & adopted & ~paid,
        "too_far": loses & above,
        "too_little": loses & ~above,
    }
    shares = {name: truths.mean(axis=0) for name, truths in cases.items()}
    means = drafts.final_gains.mean(axis=0)
    rows = [
        {
            "who": who,
            "name": names[seat],
            **{name: float(values[seat]) for name, values in shares.items()},
            "over": talks.subjects[blame[:, seat].sum(axis=0).argmax()].provision,
            "gain": float(means[seat]),
        }
        for seat, who in enumerate(talks.seats)
        if loses[:, seat].any()
    ]
    frame = pd.DataFrame(rows, columns=(*COLUMNS, "gain"))
    order = frame.sort_values(["share", "gain"], ascending=[False, True], ignore_index=True)
    return order.drop(columns="gain").assign(basis=ASSUMED)
