"""Random streams: each draw depends only on its purpose.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011) as a function of its key (the seed) and its
counter (stakeholder, round, replicate, and stage, code and block together). Two scenarios with one
seed share their draws, and no draw depends on workers, chunks, engine or on any other draw.

This is the only module that does unsigned arithmetic: numbers of 32 bits in 64, masked explicitly,
so that nothing wraps around and plain Python and compiled code agree.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled, compiled_into

# The streams, one per purpose; REPLICATE is for what holds in a replicate from its start to its
# end.
REPLICATE, EVENTS, DELIBERATE, CONDUCT, PRACTICE, ATTRIBUTE, RESPOND, TARGET, RATIFY, NEGOTIATE = (
    range(10)
)
DRAWS = 4  # in one block
CLASSICS = 15  # the last there can be, so that stages may still be added

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_ROUND_OFFSET = 32768
_UNIT = 2.0**-32


@compiled_into
def philox(counter_0, counter_1, counter_2, counter_3, key_0, key_1):
    """Four words of 32 bits, as uint64, from six words of 32 bits given as uint64 (Salmon et al.
    2011, ten rounds).
    """
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * counter_0
        product_1 = _MULTIPLIER_1 * counter_2
        counter_0 = (product_1 >> _HALF) ^ counter_1 ^ key_0
        counter_1 = product_1 & _LOW
        counter_2 = (product_0 >> _HALF) ^ counter_3 ^ key_1
        counter_3 = product_0 & _LOW
        key_0 = (key_0 + _WEYL_0) & _LOW
        key_1 = (key_1 + _WEYL_1) & _LOW
    return counter_0, counter_1, counter_2, counter_3


@compiled_into
def as_draw(word):
    """The number in (0, 1) that a *word* of 32 bits stands for: the middle of its place among 2**32
    equal ones.
    """
    return (np.float64(word) + 0.5) * _UNIT


@compiled
def four_draws(seed, stage, code, round_number, replicate, stakeholder, block):
    """Four independent numbers, uniform in the open interval (0, 1), for one purpose.

    seed: 0 to 2**63 - 1; stage, code: 0 to 15; round_number: -32768 to 32767; replicate,
    stakeholder: 0 to 2**31; block: 0 to 2**24 - 1.
    """
    purpose = stage + 16 * code + 256 * block
    word_0, word_1, word_2, word_3 = philox(
        np.uint64(stakeholder),
        np.uint64(round_number + _ROUND_OFFSET),
        np.uint64(replicate),
        np.uint64(purpose),
        np.uint64(seed) & _LOW,
        np.uint64(seed) >> _HALF,
    )
    return as_draw(word_0), as_draw(word_1), as_draw(word_2), as_draw(word_3)


@compiled
def words_for_all(seed, stage, code, round_number, replicate, who, blocks, words):
    """Fill words [4, n or more] of 32 bits with the words of each stakeholder of *who* [n], from
    its block in *blocks* [n]: those whose draws `four_draws` returns, in a tenth of the time, as
    processors compute several at once.
    """
    words_0, words_1, words_2, words_3 = words[0], words[1], words[2], words[3]
    for place in range(who.size):
        purpose = stage + 16 * code + 256 * np.int64(blocks[place])
        word_0, word_1, word_2, word_3 = philox(
            np.uint64(who[place]) & _LOW,
            np.uint64(round_number + _ROUND_OFFSET),
            np.uint64(replicate) & _LOW,
            np.uint64(purpose) & _LOW,
            np.uint64(seed) & _LOW,
            np.uint64(seed) >> _HALF,
        )
        words_0[place] = np.uint32(word_0)
        words_1[place] = np.uint32(word_1)
        words_2[place] = np.uint32(word_2)
        words_3[place] = np.uint32(word_3)
