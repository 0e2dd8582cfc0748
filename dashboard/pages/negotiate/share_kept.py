"""How much a text keeps of what was tabled at first."""

from __future__ import annotations

from typing import Any

import numpy as np

import sim


def share_of_tabled(levels: Any, talks: sim.Talks) -> float:
    """The share that *levels* keep of what *talks* tabled, as they ship, beyond the text in force, in [0, 1]."""
    low = np.array([subject.in_force for subject in talks.subjects])
    high = np.maximum(low, [subject.tabled for subject in talks.subjects])
    return round(float(max(0.0, (levels - low).sum() / (high - low).sum())), 4)


def share_in_final(negotiation: sim.Negotiation, original: sim.Talks) -> float | None:
    """The same of the texts that are adopted, the mean; None where none is."""
    adopted = negotiation.drafts.is_adopted
    return share_of_tabled(negotiation.drafts.final_texts[adopted].mean(axis=0), original) if adopted.any() else None
