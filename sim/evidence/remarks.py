"""What the register cannot pin down, in words: a sentence on each weight that it leaves open, and on contagion."""

from __future__ import annotations

from sim.evidence.calibrate import Fit
from sim.evidence.expected_states import MOVING
from sim.scenario.fit import TIED
from sim.stakeholders import KINDS

CLEAR = 2.0  # log likelihood that one more weight has to bring (about the 5 % level of a likelihood-ratio test)
NOT_SHOWN = "contagion is not shown by this register."
KIND_WORDS = {"state": "states", "firm": "firms", "ngo": "NGOs"}


def not_pinned_down(fit: Fit) -> list[str]:
    """A sentence on every weight whose interval reaches 0, that a bound holds back, or that has a twin."""
    found = []
    for dial, value in fit.weights.items():
        if dial in TIED:
            found.append(f"{dial} is not fitted by itself: it follows from {TIED[dial]}.")
        elif dial in fit.at_bound and value == 0:
            high = fit.intervals.get(dial, (0.0, 0.0))[1]
            found.append(f"{dial} gets no weight; resampled, the register gives it up to {high:.3g}.")
        elif dial in fit.at_bound:
            found.append(f"{dial} lies at its bound, {value:g}, which is ours: the register alone would go beyond it.")
        elif dial in fit.intervals and fit.intervals[dial][0] <= 0 <= fit.intervals[dial][1]:
            low, high = fit.intervals[dial]
            found.append(f"{dial}, {value:.3g}, cannot be told from 0: resampled, it is {low:.3g} to {high:.3g}.")
    for first, second, correlation in fit.hard_to_tell_apart:
        found.append(f"{first} and {second} can hardly be told apart (correlation {correlation:.2f}).")
    return found


def contagion(fit: Fit) -> dict[str, str]:
    """kind -> whether the register shows that others' signatures moved it, in words."""
    words = {}
    for kind in KINDS:
        gain = fit.log_likelihood[kind] - fit.without_contagion[kind]
        names = [f"{kind}_{motive}" for motive in MOVING]
        speaking = [name for name in names if fit.weights.get(name, 0) > 0]
        if not speaking:
            none = f"Nothing that moves with others' signatures gets a weight among {KIND_WORDS[kind]}"
            words[kind] = f"{none}: {NOT_SHOWN}"
            continue
        told = f"What moves with others' signatures raises the log likelihood of {KIND_WORDS[kind]} by {gain:.1f}"
        if gain < CLEAR * len(speaking):
            words[kind] = f"{told}, for {len(speaking)} more weights: {NOT_SHOWN}"
        else:
            words[kind] = (
                f"{told}, through {', '.join(speaking)}: they go together, and the register cannot say which led."
            )
    return words
