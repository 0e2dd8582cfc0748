"""The repeated prisoners' dilemma where defection is detected with a chance only (after Friedman
1971 and Green and Porter 1984): two players cooperate until a defection is detected, and never
again after that.

Cooperation pays from a discount factor of (T - R) / ((T - R) + p (R - P)) on. Nobody in Parley
looks that far ahead, so the classic is a computation of its own: payoffs are summed round by round
until the rest is negligible.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.classics.classic import Check, Replication
from sim.classics.picture import Picture, reference, steps, trace
from sim.dials.dial import dials_of
from sim.errors import InputError
from sim.parameters import Lever, Values

SOURCE = "Axelrod 1984"
PRECISION = 1e-9
NEGLIGIBLE = 1e-13  # discount of the first round that is left out


def points(default: float, meaning: str) -> Lever:
    """One of the payoffs of a round."""
    return Lever(default, between=(-100, 100), unit="points", source=SOURCE, meaning=meaning)


def chance_of_detection(default: float, meaning: str) -> Lever:
    """A chance of detection."""
    return Lever(
        default,
        between=(0.01, 1),
        unit="probability",
        source="chosen to span the range",
        meaning=meaning,
    )


class RepeatedPrisonersDilemma:
    temptation_payoff = points(5, "T: of whoever breaks its word while the other keeps it")
    reward_payoff = points(3, "R: of each while both keep their word")
    punishment_payoff = points(1, "P: of each once neither does")
    detection = chance_of_detection(
        1.0, "p: chance that breaking one's word is detected in the round"
    )
    weaker_detection = chance_of_detection(0.5, "p in the second game")
    weakest_detection = chance_of_detection(0.25, "p in the third game")


DIALS = dials_of(RepeatedPrisonersDilemma)


def checks(parameters: Values, replication: Replication) -> Iterator[Check | str]:
    """The critical discount factor at each chance of detection."""
    t, r, p = parameters.temptation_payoff, parameters.reward_payoff, parameters.punishment_payoff
    if not t > r > p:
        raise InputError(
            f"T, R and P are {t:g}, {r:g} and {p:g}, expected T > R > P, or there is no dilemma"
        )
    for chance in (parameters.detection, parameters.weaker_detection, parameters.weakest_detection):
        closed_form = (t - r) / ((t - r) + chance * (r - p))
        yield Check(
            f"critical discount factor, p = {chance:g}",
            closed_form,
            critical(t, r, p, chance),
            PRECISION,
        )
    yield "Nothing is drawn here: neither seed nor replicates change anything."


def picture(parameters: Values, replication: Replication) -> Picture:
    """What breaking one's word gains, by patience, at each chance of detection; and where it stops
    paying.
    """
    t, r, p = parameters.temptation_payoff, parameters.reward_payoff, parameters.punishment_payoff
    chances = [parameters.detection, parameters.weaker_detection, parameters.weakest_detection]
    traces, discounts = [], steps(0.3, 0.86, 57)
    for chance in chances:
        gains = [gain_from_breaking(t, r, p, chance, discount) for discount in discounts]
        traces.append(trace(f"seen {100 * chance:.0f} %", discounts, gains))
    ends = [(t - r) / ((t - r) + chance * (r - p)) for chance in chances]
    zero = reference("", ends, [0.0] * len(ends), dots=True)
    return Picture(
        "how much the next round counts", "gain from breaking one's word", (*traces, zero)
    )


def critical(t: float, r: float, p: float, chance: float) -> float:
    """The discount factor at which defection stops paying, by bisection."""
    low, high = 0.0, 1.0
    while high - low > PRECISION / 2:
        discount = (low + high) / 2
        if gain_from_breaking(t, r, p, chance, discount) > 0:
            low = discount
        else:
            high = discount
    return (low + high) / 2


def gain_from_breaking(t: float, r: float, p: float, chance: float, discount: float) -> float:
    """The present value of defecting in every round, less that of never defecting."""
    gain, weight, undetected = 0.0, 1.0, 1.0
    while weight > NEGLIGIBLE:
        gain += weight * (undetected * t + (1 - undetected) * p - r)
        weight *= discount
        undetected *= 1 - chance
    return gain
