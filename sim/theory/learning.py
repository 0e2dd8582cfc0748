"""Learning: confidence follows what is observed, norms follow what is done (docs/odd.md, section 7.6)."""

from __future__ import annotations

from sim.compiled import compiled

LEAST_DETECTION = 0.01


@compiled
def believed_compliance(observed_compliance, bayesian_learning, detection):
    """Compliance that observers believe in: what they see, or, if Bayesian, allowing for the share of breaches that
    nobody sees.
    """
    if bayesian_learning > 0.0:
        return max(0.0, 1.0 - (1.0 - observed_compliance) / max(detection, LEAST_DETECTION))
    return observed_compliance


@compiled
def moved_toward(level, goal, rate):
    """*level* moved toward *goal* by the share *rate* of what lies between."""
    return level + rate * (goal - level)


@compiled
def norm_after(norm, pace, norm_rate, kept, peers_broke, norm_erosion, peers_got_away):
    """An internalised norm a month later, in [0, 1]: grows by keeping the code among others who keep it, erodes when
    peers get away with breaking it.
    """
    grown = norm_rate * (1.0 - norm) * kept * (1.0 - peers_broke)
    eroded = norm_erosion * norm * peers_got_away
    return min(1.0, max(0.0, norm + pace * (grown - eroded)))


@compiled
def standing_when_named(standing, standing_loss):
    """Standing, in [0, 1], after being named once more."""
    return standing * (1.0 - standing_loss)
