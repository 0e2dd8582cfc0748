"""What a change yields in worlds that did not choose it: how many then show the other decision, and
its price.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.experiments.basis import basis_of_signing
from sim.explanation.decision import Decision
from sim.explanation.footing import footing
from sim.explanation.price import price
from sim.explanation.question import is_large
from sim.explanation.resampling import interval, is_decided
from sim.explanation.search import Finding, is_moved

REACH = "it would have to be reached as well"
BEYOND = 1 + 1e-9  # of its range: what a change needs that does not turn the decision


def judged(decision: Decision, finding: Finding) -> Finding:
    """*finding* with what its change yields in the worlds of *decision*. One that does not turn it
    in these needs more than its range. In the worlds that chose it that is a first estimate,
    corrected as all that is counted there.
    """
    change = finding.change
    if change.change is None:
        return replace(finding, change=replace(change, share_before=decision.share_before))
    scenario, samples = decision.with_table(change.change), decision.trial.samples
    trial = decision.trial.under(scenario)
    means, gain = decision.means(trial.signed), trial.signed.astype(float) - decision.trial.signed
    spread, gains = interval(means), interval(samples.means(gain))
    moves, rests = is_moved(decision, gain), footing(decision, change)
    after = decision.share(trial.signed)
    is_clear = moves and bool(is_large(decision.share_before, after))
    turns = is_clear and is_decided(decision.target.has_shares(means))
    once = not turns and decision.not_reached and decision.target.has_chance(change.chance or 0.0)
    change = replace(
        change,
        turns=turns,
        once_reached=once,
        moves=moves,
        note=f"{change.note}; {REACH}".removeprefix("; ") if once else change.note,
        share_before=decision.share_before,
        share_after=after,
        low=spread.low,
        high=spread.high,
        gain_low=gains.low,
        gain_high=gains.high,
        basis=basis_of_signing(scenario),
        footing=rests.words,
        told_from_zero=rests.told_from_zero,
        borne=decision.can_be_borne(change.change),
        price=price(decision.trial, trial, change.change),
    )
    return Finding(change, finding.need if turns else np.maximum(finding.need, BEYOND))
