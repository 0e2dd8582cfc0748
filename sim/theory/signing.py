"""The decision to sign: quantal response (McKelvey and Palfrey 1995; docs/odd.md, section 7.2)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.elementary import logistic


@compiled
def chance_of_signing(value, rationality):
    """Chance that a stakeholder that takes the matter up signs, in [0, 1]. *value* is the sum of
    its motives (logits); with *rationality* 0 the chance is one half.

    A researcher's own rule has this signature and must return a number in [0, 1].
    """
    return logistic(rationality * value)


@compiled
def fill_with_chances(values, rationality, chances):
    """Fill *chances* [n] with the same for each of *values* [n]."""
    for place in range(values.size):
        chances[place] = chance_of_signing(values[place], rationality)


@compiled
def value_of_leaving(value, exit_cost, audience):
    """Value of leaving (logits): minus the value of signing, less a cost that grows with the
    audience, in [0, 1].
    """
    return -value - exit_cost * 0.5 * (1.0 + audience)


@compiled
def would_sign_if_all_did(value_if_all_signed):
    """Whether a stakeholder that does not sign *waits* for others rather than *declines*
    (Granovetter 1978).
    """
    return value_if_all_signed > 0.0
