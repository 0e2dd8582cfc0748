"""Whether what is named first as the smallest change depends on luck: the same question under ten seeds."""

from __future__ import annotations

from collections import Counter

import pytest

import sim

SEEDS = range(1, 11)
ASKED = ("USA", "CHN", "IND", "BRA", "KEN", "ISR")
CANNOT = "cannot be told apart"


def first_named(who: str, seed: int) -> str:
    """The lever that is named first, or that several cannot be told apart."""
    run = sim.run("paris-call-2018", replicates=200, seed=seed, conduct=False)
    answer = run.explain(who).answer
    if len(answer.named) == 1:
        (change,) = answer.named
        return f"{change.family}: {change.lever}"
    return CANNOT if CANNOT in answer.sentence else "nothing moves it"


@pytest.mark.long
@pytest.mark.parametrize("who", ASKED)
def test_over_ten_seeds_the_first_change_is_the_same_or_is_said_not_to_be_told_apart(who):
    named = Counter(first_named(who, seed) for seed in SEEDS)
    print(f"\n{who}: " + "; ".join(f"{words} ({number})" for words, number in named.most_common()))
    told_apart = named.total() - named[CANNOT]
    most = max((number for words, number in named.items() if words != CANNOT), default=0)
    assert named[CANNOT] + most >= 9, f"{told_apart - most} seeds name another change"
