"""Learning: confidence follows observed compliance, norms follow conduct (docs/odd.md, section
7.6).
"""

from __future__ import annotations

from sim.compiled import compiled

LEAST_DETECTION = 0.01


@compiled
def believed_compliance(observed_compliance, bayesian_learning, detection):
    """Compliance as observers believe it to be: the observed one or, with Bayesian learning,
    corrected for breaches that nobody sees.
    """
    if bayesian_learning > 0.0:
        return max(0.0, 1.0 - (1.0 - observed_compliance) / max(detection, LEAST_DETECTION))
    return observed_compliance


@compiled
def moved_toward(level, goal, rate):
    """*level* moved toward *goal* by the share *rate* of the distance."""
    return level + rate * (goal - level)


@compiled
def norm_after(
    norm, pace, norm_rate, compliance, peer_breaches, norm_erosion, unseen_peer_breaches
):
    """An internalised norm a month later, in [0, 1]. It grows with compliance (0 or 1) among peers
    who comply, and erodes with the share of peers that break the code unseen.
    """
    grown = norm_rate * (1.0 - norm) * compliance * (1.0 - peer_breaches)
    eroded = norm_erosion * norm * unseen_peer_breaches
    return min(1.0, max(0.0, norm + pace * (grown - eroded)))


@compiled
def standing_when_named(standing, standing_loss):
    """Standing, in [0, 1], after being named once more."""
    return standing * (1.0 - standing_loss)
