"""Conduct: temptation, restraint, and the neglect of practices (docs/odd.md, section 7.3). All
formulas are assumed.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.elementary import logistic


@compiled
def temptation(temptation_weight, offence, restraint_loading):
    """Readiness to operate (logits), from one's offensive means and the loading of the act on
    restraint.
    """
    return temptation_weight * offence * (1.0 + restraint_loading)


@compiled
def expected_shame(chance_named, audience):
    """Expected cost of being named before one's audience; both arguments in [0, 1]."""
    return chance_named * audience


@compiled
def expected_sanction(chance_named, sanctions, signatories_weight):
    """Expected cost of sanctions by signatories, who hold the share *signatories_weight* of
    material power.
    """
    return chance_named * sanctions * signatories_weight


@compiled
def restraint_on_everyone(deterrence, baseline_share, shame):
    """Restraint on everybody (logits): general law and earlier norms, which do not depend on this
    code.
    """
    return deterrence * baseline_share * shame


@compiled
def restraint_on_signatories(
    deterrence, baseline_share, shame_under_code, sanction, norm_weight, norm
):
    """Restraint that the code adds where its wording covers a signatory's act (logits)."""
    return deterrence * (1.0 - baseline_share) * (shame_under_code + sanction) + norm_weight * norm


@compiled
def chance_of_operation(operation_base, temptation_value, restraint):
    """Chance in a month of one operation against one provision; all arguments in logits."""
    return logistic(operation_base + temptation_value - restraint)


@compiled
def wording_covers(ambition, draw):
    """Whether the wording of a provision covers an act, with chance *ambition*: a shallow one
    covers little.
    """
    return draw < ambition


@compiled
def chance_of_lapse(lapse_base, lapse_capacity, capacity, lapse_pledge, pledged_ambition):
    """Chance that a practice is neglected in a month: the base, less the share that capacity
    prevents, less the share that a pledge prevents.

    *pledged_ambition* is the provision's for a signatory, 0 for others; all arguments in [0, 1].
    """
    return lapse_base * (1.0 - lapse_capacity * capacity) * (1.0 - lapse_pledge * pledged_ambition)
