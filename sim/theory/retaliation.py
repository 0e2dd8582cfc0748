"""Retaliation: a branching process that mostly dies out (docs/odd.md, section 7.5)."""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def firm_readiness(firm_strike_back, baseline_share, pledged_ambition):
    """Chance that a firm strikes back: less where a provision forbids it that the firm and its
    state have pledged.

    *pledged_ambition* is the provision's, half of it for each of the two that has pledged it; all
    in [0, 1].
    """
    return firm_strike_back * (1.0 - (1.0 - baseline_share) * pledged_ambition)


@compiled
def strikes_back(readiness, firebreak, leave_cyberspace, draw_strike, draw_firebreak, draw_leave):
    """Whether a blow is answered in cyberspace: its victim is ready to, and neither calls it off
    nor answers by other means.
    """
    return (
        draw_strike < readiness and draw_firebreak >= firebreak and draw_leave >= leave_cyberspace
    )


@compiled
def mean_offspring(readiness, firebreak, leave_cyberspace, allies_join):
    """R: mean number of answers to one blow; a chain has 1 / (1 - R) blows on average while R <
    1.
    """
    return readiness * (1.0 - firebreak) * (1.0 - leave_cyberspace) * (1.0 + allies_join)
