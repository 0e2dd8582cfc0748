"""Conduct: temptation, what holds it back, and the neglect of practices (docs/odd.md, section 7.3). All of it is
assumed.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.elementary import logistic


@compiled
def temptation(temptation_weight, offence, restraint_loading):
    """Readiness that offensive means bring (logits): what is worth forbidding is worth doing."""
    return temptation_weight * offence * (1.0 + restraint_loading)


@compiled
def expected_shame(chance_named, audience):
    """What being named would cost before one's audience, expected; both in [0, 1]."""
    return chance_named * audience


@compiled
def expected_sanction(chance_named, sanctions, signatories_weight):
    """What being named would cost in sanctions by signatories, who hold this share of material power."""
    return chance_named * sanctions * signatories_weight


@compiled
def restraint_on_everyone(deterrence, baseline_share, shame):
    """What holds everybody back (logits): general law and earlier norms do not depend on this code."""
    return deterrence * baseline_share * shame


@compiled
def restraint_on_signatories(deterrence, baseline_share, shame_under_code, sanction, norm_weight, norm):
    """What the code adds where a signatory is covered by its wording (logits)."""
    return deterrence * (1.0 - baseline_share) * (shame_under_code + sanction) + norm_weight * norm


@compiled
def chance_of_operation(operation_base, tempted, restraint):
    """Chance of one operation against one provision in a month, from temptation and restraint (logits)."""
    return logistic(operation_base + tempted - restraint)


@compiled
def wording_covers(ambition, draw):
    """Whether the text's wording covers an act: a shallow text covers little (chance = ambition)."""
    return draw < ambition


@compiled
def chance_of_lapse(lapse_base, lapse_capacity, capacity, lapse_pledge, pledged_ambition):
    """Chance that a practice is neglected in a month: the base, less the share that capacity prevents, less the share
    that a pledge prevents.

    *pledged_ambition* is the provision's for a signatory, 0 for others; all arguments in [0, 1].
    """
    return lapse_base * (1.0 - lapse_capacity * capacity) * (1.0 - lapse_pledge * pledged_ambition)
