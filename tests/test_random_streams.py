"""Random streams: draws are Philox4x32-10, keyed by what they are for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import random_streams

LOW = 0xFFFFFFFF
WORDS = st.integers(0, LOW)


def twin(counter: list[int], key: list[int]) -> list[int]:
    """Philox4x32-10 in Python's integers."""
    (a, b, c, d), (k, m) = counter, key
    for _ in range(10):
        first, second = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (second >> 32) ^ b ^ k, second & LOW, (first >> 32) ^ d ^ m, first & LOW
        k, m = (k + 0x9E3779B9) & LOW, (m + 0xBB67AE85) & LOW
    return [a, b, c, d]


def test_published_vectors() -> None:
    zero, ones = np.uint64(0), np.uint64(LOW)
    vector_of_zeros = [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    vector_of_ones = [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]
    assert [
        int(w) for w in random_streams.philox(zero, zero, zero, zero, zero, zero)
    ] == vector_of_zeros
    assert [
        int(w) for w in random_streams.philox(ones, ones, ones, ones, ones, ones)
    ] == vector_of_ones


@given(st.lists(WORDS, min_size=4, max_size=4), st.lists(WORDS, min_size=2, max_size=2))
def test_compiled_and_plain_arithmetic_agree(counter: list[int], key: list[int]) -> None:
    words = random_streams.philox(*(np.uint64(w) for w in counter + key))
    assert [int(w) for w in words] == twin(counter, key)


@given(st.integers(0, 2**63 - 1), st.integers(-32768, 32767), st.integers(0, 2**31))
def test_draws_lie_strictly_between_0_and_1(seed: int, round_number: int, who: int) -> None:
    assert all(
        0 < u < 1
        for u in random_streams.four_draws(seed, random_streams.CONDUCT, 0, round_number, 0, who, 0)
    )


def test_no_two_purposes_share_a_draw() -> None:
    draws = {
        random_streams.four_draws(7, stage, code, t, replicate, who, block)[0]
        for stage in range(9) for code in range(2) for t in (-1, 0, 1) for replicate in range(3)
        for who in range(5) for block in range(3)
    }  # fmt: skip
    assert len(draws) == 9 * 2 * 3 * 3 * 5 * 3


@given(
    st.lists(st.integers(0, 2**31), min_size=1, max_size=40),
    st.integers(0, 2**63 - 1),
    st.integers(-32768, 32767),
    st.integers(0, 2**31),
    st.integers(0, 2**24 - 100),
)
def test_several_at_once_draw_what_each_draws_alone(who, seed, round_number, replicate, block):
    words = np.empty((4, len(who)), np.uint32)
    blocks = block + np.arange(len(who))
    random_streams.words_for_all(
        seed, random_streams.CONDUCT, 1, round_number, replicate, np.array(who), blocks, words
    )
    for place, one in enumerate(who):
        alone = random_streams.four_draws(
            seed, random_streams.CONDUCT, 1, round_number, replicate, one, block + place
        )
        assert tuple(random_streams.as_draw(word) for word in words[:, place]) == alone


def test_draws_are_uniform() -> None:
    draws = np.array(
        [random_streams.four_draws(3, 1, 0, 0, 0, who, 0) for who in range(20000)]
    ).ravel()
    counts = np.histogram(draws, bins=20, range=(0, 1))[0]
    assert (
        (counts - 4000) ** 2 / 4000
    ).sum() < 43.8  # chi-squared, 19 degrees of freedom, one in a thousand
