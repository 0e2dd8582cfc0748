"""The repeated prisoners' dilemma where defection is detected with a chance only (after Friedman 1971 and Green and
Porter 1984): two keep a word as long as neither is seen to break it, and never again after that.

Keeping pays from a discount factor of (T - R) / ((T - R) + p (R - P)) on. Nobody in this model looks that far ahead, so
the classic is reckoned by itself: payoffs are summed round by round until what is left is worth nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.classics.classic import Check, Luck
from sim.errors import InputError
from sim.parameters import Lever, Values
from sim.parameters.declaration import declared

SOURCE = "Axelrod 1984"
PRECISION = 1e-9
NOTHING = 1e-13  # of the future that is left out


def points(default: float, meaning: str) -> Lever:
    """One of the payoffs of a round."""
    return Lever(default, between=(-100, 100), unit="points", source=SOURCE, meaning=meaning)


def seen(default: float, meaning: str) -> Lever:
    """A chance of detection."""
    return Lever(default, between=(0.01, 1), unit="probability", source="chosen to span the range", meaning=meaning)


class RepeatedPrisonersDilemma:
    temptation_payoff = points(5, "T: of whoever breaks its word while the other keeps it")
    reward_payoff = points(3, "R: of each while both keep their word")
    punishment_payoff = points(1, "P: of each once neither does")
    detection = seen(1.0, "p: chance that breaking one's word is detected in the round")
    weaker_detection = seen(0.5, "p in the second game")
    weakest_detection = seen(0.25, "p in the third game")


DIALS = declared(RepeatedPrisonersDilemma)


def checks(values: Values, luck: Luck) -> Iterator[Check | str]:
    """The critical discount factor at each chance of detection."""
    t, r, p = values.temptation_payoff, values.reward_payoff, values.punishment_payoff
    if not t > r > p:
        raise InputError(f"T, R and P are {t:g}, {r:g} and {p:g}, expected T > R > P, or there is no dilemma")
    for chance in (values.detection, values.weaker_detection, values.weakest_detection):
        known = (t - r) / ((t - r) + chance * (r - p))
        yield Check(f"critical discount factor, p = {chance:g}", known, critical(t, r, p, chance), PRECISION)
    yield "Nothing is drawn here: neither seed nor replicates change anything."


def critical(t: float, r: float, p: float, chance: float) -> float:
    """The discount factor at which breaking stops paying, by halving what it may be."""
    low, high = 0.0, 1.0
    while high - low > PRECISION / 2:
        discount = (low + high) / 2
        if gain_from_breaking(t, r, p, chance, discount) > 0:
            low = discount
        else:
            high = discount
    return (low + high) / 2


def gain_from_breaking(t: float, r: float, p: float, chance: float, discount: float) -> float:
    """What it is worth to break one's word in every round rather than never, in payoffs of today."""
    gain, worth, undetected = 0.0, 1.0, 1.0
    while worth > NOTHING:
        gain += worth * (undetected * t + (1 - undetected) * p - r)
        worth *= discount
        undetected *= 1 - chance
    return gain
