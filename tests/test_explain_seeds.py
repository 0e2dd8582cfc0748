"""Whether what is named first as the smallest change depends on luck: the same question under ten
seeds.
"""

from __future__ import annotations

from collections import Counter

import pytest

import sim

SEEDS = range(1, 11)
ASKED = ("USA", "CHN", "IND", "BRA", "KEN", "ISR")
CANNOT = "none is told apart"


def first_named(run: sim.Run, who: str) -> str:
    """The lever that is named first, or that none is told apart: several tie, or nothing is shown
    to move it.
    """
    answer = run.explain(who).answer
    if len(answer.named) == 1:
        (change,) = answer.named
        return f"{change.family}: {change.lever.key}"
    assert any(
        words in answer.sentence
        for words in ("cannot be told apart", "none moves it more than luck does")
    )
    return CANNOT


@pytest.mark.long
def test_over_ten_seeds_the_first_change_is_the_same_or_is_said_not_to_be_told_apart():
    named = {who: Counter() for who in ASKED}
    for seed in SEEDS:
        run = sim.run("paris-call-2018", replicates=200, seed=seed, conduct=False)
        for who in ASKED:
            named[who][first_named(run, who)] += 1
    print(*(f"{who}: {numbers.most_common()}" for who, numbers in named.items()), sep="\n")
    most = {
        who: max((n for words, n in all_.items() if words != CANNOT), default=0)
        for who, all_ in named.items()
    }
    assert {who: all_ for who, all_ in named.items() if all_[CANNOT] + most[who] < 9} == {}
