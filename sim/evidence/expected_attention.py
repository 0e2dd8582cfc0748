"""Attention over all rounds of a world without luck in it, and its pulses, of which the fit needs the slopes.

Compiled, and all memory is the caller's. T rounds.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.attention import attention, pulse


@compiled
def fill_with_attention(base, campaign, launch, launch_decay, anniversary, anniversary_decay, scale, rounds, found):
    """Fill found [T] with the attention of the *rounds* [T], a rate a month, in a world without luck in it."""
    for t in range(rounds.size):
        found[t] = attention(
            base, campaign, launch, launch_decay, anniversary, anniversary_decay, scale, 1.0, rounds[t]
        )


@compiled
def fill_with_pulse(decay, since, found):
    """Fill found [T] with what is left of a pulse of height 1, so many months *since* [T] it started."""
    for t in range(since.size):
        found[t] = pulse(1.0, decay, since[t])
