"""What a picture shows or says can be found in the table beside it."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from flask.testing import FlaskClient

FEW = "worlds=3&seed=2"


def table(client: FlaskClient, path: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(client.get(f"/data/{path}").text), keep_default_na=False, na_values=[""])


def test_the_curves_compared_have_the_ends_of_other_fits_at_each_difference(client):
    views = f"{FEW}&with=scenario%3Dgreat-powers-sign"
    curves, differences = (table(client, f"{path}?{views}") for path in ("compare/curves.csv", "compare.csv"))
    ends, is_difference = ["other_fits_low_90", "other_fits_high_90"], curves["view"] == "B less A"
    assert curves.loc[~is_difference, ends].isna().all(axis=None)
    last = curves[is_difference].groupby("kind")[ends].last()
    for kind, words in (("state", "States"), ("firm", "Firms"), ("ngo", "NGOs")):
        [told] = differences.loc[differences["measure"] == f"{words} on the public list", ends].to_numpy().tolist()
        assert last.loc[kind].tolist() == pytest.approx(told)
