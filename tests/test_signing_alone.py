"""A run without practices and harm, which takes a third less: who signs is the same to the bit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sim

CONDUCT = [outcome.name for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed" and outcome.column]


@pytest.mark.parametrize("name", [name for name, _, _ in sim.available()])
def test_who_signs_does_not_depend_on_practices_and_harm(name):
    whole, signing = (sim.run(name, replicates=2, seed=7, conduct=conduct) for conduct in (True, False))
    for field in ("per_code", "taken_up_round", "signed_round", "listed_round", "left_round", "status"):
        np.testing.assert_array_equal(getattr(whole.output, field), getattr(signing.output, field), err_msg=field)


def test_ranges_of_conduct_are_the_same():
    whole, signing = (sim.run(replicates=2, seed=7, conduct=conduct) for conduct in (True, False))
    pd.testing.assert_frame_equal(whole.outcomes, signing.outcomes)
    pd.testing.assert_frame_equal(sim.Comparison(whole, whole).outcomes, sim.Comparison(signing, signing).outcomes)


def test_what_was_left_out_is_not_told():
    signing = sim.run(replicates=1, conduct=False)
    for name in CONDUCT:
        with pytest.raises(sim.InputError, match="conduct=False"):
            signing.values(name)
    assert [name for name, _ in signing.by_replicate if name in CONDUCT] == []
    with pytest.raises(sim.InputError, match="conduct=False"):
        signing.frames()
