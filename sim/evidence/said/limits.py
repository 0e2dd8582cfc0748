"""What no score here can make good, in words."""

from __future__ import annotations

from sim.evidence.calibrate_states import MOST_ATTENTION, SHARE_SPREAD, SLOWEST


def limits() -> list[str]:
    """What was chosen with the answer in sight, and what was never measured."""
    return [
        "The convenor's motives (votes with it, its club, its bloc) and attention through its club were chosen after "
        "seeing who signed, and the text of the Call was coded by people who knew. No leaving out can undo that.",
        "Three settings of the fit were made with the scores of leaving regions out in sight: launch attention of at "
        f"most {MOST_ATTENTION:g} a month, a pulse that fades at {SLOWEST:g} a month or faster, and a spread of "
        f"{SHARE_SPREAD:g} around one half for the share of wealth in capacity.",
        "The seven features of the flat ridge are Parley's own, written with the answer in sight, so that it is no "
        "naive rival: what Parley gains over it is what simulating adds.",
        "Whether somebody stayed out because nobody asked or because it was not persuaded, the register does not say; "
        "it is assumed that attention falls steeply with lacking capacity.",
        "The states' objective is a composite pseudo-likelihood and no likelihood; draws and intervals are those of a "
        "bootstrap of it, which can be too narrow.",
        "Standard errors count the penalty's pull beside the draws, and may be wider than the intervals. How they are "
        "made was settled with simulated worlds in sight, so that finding weights again is no blind test of them.",
        "One list of one code is one history: neighbours sign alike and the Union signs as one, so that there are far "
        "fewer independent cases than 193.",
        "Conduct (operations, compliance, harm, confidence) is measured by nobody and fitted to nothing. No score here "
        "speaks for it.",
    ]
