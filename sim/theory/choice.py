"""The one decision rule: quantal response (McKelvey and Palfrey 1995)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.elementary import logistic


@compiled
def chance_of_signing(value, rationality):
    """Chance that whoever takes the matter up signs, for the summed motives *value* (logits); rationality 0 is a coin
    flip.

    A researcher's own rule has this signature and must return a number in [0, 1].
    """
    return logistic(rationality * value)


@compiled
def value_of_leaving(value, exit_cost, audience):
    """The value of signing with its sign turned, less what leaving costs before one's audience, in [0, 1] (logits)."""
    return -value - exit_cost * 0.5 * (1.0 + audience)


@compiled
def would_sign_if_all_did(value_if_all_signed):
    """Whether one who considered and did not sign *waits* (for others) rather than *declines* (Granovetter 1978)."""
    return value_if_all_signed > 0.0
