"""Attribution: tracing is technical, naming is political (docs/odd.md, section 7.4)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.elementary import logistic

USUAL_FRIENDS = 0.3


@compiled
def trace_probability(attribution_quality, monitoring, watch):
    """Chance that one operation is traced to its author; all in [0, 1] (docs/odd.md, section
    7.4).
    """
    return 1.0 - (1.0 - attribution_quality) * (1.0 - monitoring * watch)


@compiled
def friends_behind(friends, joint_attribution, signatories_weight):
    """Backing of a victim: its friends' share of material power, and of what signatories add by
    naming jointly; at most 1.
    """
    return min(1.0, friends + joint_attribution * signatories_weight)


@compiled
def dependence(victim_weight, accused_weight):
    """How far a victim depends on the accused: by how much the accused outweighs it, in [0, 1]."""
    return max(0.0, accused_weight - victim_weight)


@compiled
def naming_probability(
    naming_base,
    naming_weight,
    victim_weight,
    naming_friends,
    backing,
    naming_dependence,
    victim_dependence,
):
    """Chance that a victim that traced an operation names its author in public (docs/odd.md,
    section 7.4).
    """
    return logistic(
        naming_base
        + naming_weight * victim_weight
        + naming_friends * (backing - USUAL_FRIENDS)
        - naming_dependence * victim_dependence
    )
