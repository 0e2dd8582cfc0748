"""Fits run again where what they compute with has changed, and not after a change of words."""

from __future__ import annotations

import pytest
import refits

SOURCE = '''"""What it is for."""

RATE = 0.5  # a month


def weight(number):
    """Of one."""

    return RATE * number["#"]
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [("What it is for.", "Two\nlines."), ("Of one.", "Of all."), ("# a month", "# a year")],
)
def test_other_words_are_the_same_code(old, new):
    assert refits.code_of(SOURCE.replace(old, new)) == refits.code_of(SOURCE)


@pytest.mark.parametrize(("old", "new"), [("0.5", "0.6"), ("RATE *", "RATE +"), ('#"]', '-"]')])
def test_another_number_sign_or_key_is_other_code(old, new):
    assert refits.code_of(SOURCE.replace(old, new)) != refits.code_of(SOURCE)


def test_every_input_is_there():
    assert all((refits.ROOT / place).exists() for place in refits.INPUTS)
