"""Bass (1969), A new product growth for model consumer durables, Management Science 15(5).

Those who have not adopted do so at the rate p + q F, where F is the share of adopters. In Parley
everybody takes the matter up at the rate p + q and then adopts with the chance (p + q F) / (p + q):
p is the inclination, q the weight of the motive security, which moves with the share of
signatories, and the chance is the value itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice, pairwise
from math import exp, log, log1p, sqrt
from statistics import fmean

from sim.classics.classic import Check, Replication
from sim.classics.crowd import MEAN_FIELD, crowd_of, rounds
from sim.classics.picture import Picture, reference, steps, trace
from sim.dials.dial import dials_of
from sim.parameters import Lever, Values

SOURCE = "Bass 1969"
HALF = 0.5
PICTURED = 2  # times the date at which half have adopted


class Bass:
    innovation = Lever(
        0.03,
        between=(0.001, 2),
        unit="per year",
        source=SOURCE,
        meaning="p: rate of adoption without any example",
    )
    imitation = Lever(
        0.38,
        between=(0, 5),
        unit="per year",
        source=SOURCE,
        meaning="q: rate that the example of all others adds",
    )
    people = Lever(
        100_000,
        between=(1000, 1_000_000),
        whole=True,
        unit="people",
        source="many, as the closed form is for infinitely many",
        meaning="how many there are",
    )
    rounds_to_half = Lever(
        130,
        between=(20, 5000),
        whole=True,
        unit="rounds",
        source="many, as rounds should be short",
        meaning="in how many rounds of the model half of all should have adopted",
    )


DIALS = dials_of(Bass)


def linear(value: float, rationality: float) -> float:
    """The rule of adopters whose chance is the value itself."""
    return min(1.0, max(0.0, value))


def checks(parameters: Values, replication: Replication) -> Iterator[Check | str]:
    """The date of the peak, and the date at which half have adopted: means over the replicates."""
    p, q = parameters.innovation, parameters.imitation
    dates = [("date at which half have adopted", HALF, half_have_adopted(parameters))]
    if q > p:
        # The number of new adopters is too flat around its peak to show the date; the share of
        # adopters there does.
        dates.insert(0, ("date of the peak", (1 - p / q) / 2, log(q / p) / (p + q)))
    else:
        yield (
            "With imitation no larger than innovation adoption has no peak: it declines from the"
            " start."
        )
    histories = replication.each(partial(simulated, parameters, replication.seed))
    in_theory = list(recursion(parameters))
    for name, share, date in dates:
        late = date_of(share, in_theory, parameters) - date
        mean_date = fmean(date_of(share, history, parameters) for history in histories)
        # A little more than three standard errors: the date depends on when the first few, p N / (p
        # + q), adopt.
        yield Check(
            name,
            date,
            mean_date - late,
            3.5 / sqrt(p * (p + q) * parameters.people * replication.replicates),
        )
    yield (
        f"In a round of {round_length(parameters):.3g} years people see the share of its beginning,"
        f" which makes dates {late:.3g} years late; they were corrected for that."
    )


def half_have_adopted(parameters: Values) -> float:
    """The date, in years, in closed form."""
    return log(2 + parameters.imitation / parameters.innovation) / (
        parameters.innovation + parameters.imitation
    )


def round_length(parameters: Values) -> float:
    """The length of a round of the model, in years."""
    return half_have_adopted(parameters) / parameters.rounds_to_half


def simulated(parameters: Values, seed: int, replicate: int) -> list[float]:
    """The share of adopters after each round, until half have adopted."""
    return until_half(shares(parameters, seed, replicate))


def shares(parameters: Values, seed: int, replicate: int) -> Iterator[float]:
    """The share of adopters after each round."""
    p, q = parameters.innovation, parameters.imitation
    dials = {
        "state_attention_base": -log1p(-(p + q) * round_length(parameters)),
        "state_inclination": p / (p + q),
        "state_security": q / (p + q),
        **MEAN_FIELD,
    }
    states = rounds(crowd_of(int(parameters.people), dials), linear, seed, replicate)
    return (float(state.code.offence_share[0]) for state in states)


def recursion(parameters: Values) -> list[float]:
    """The share of adopters after each round for infinitely many people, until half have
    adopted.
    """

    def in_theory() -> Iterator[float]:
        share = 0.0
        while True:
            share += (
                (1 - share)
                * (parameters.innovation + parameters.imitation * share)
                * round_length(parameters)
            )
            yield share

    return until_half(in_theory())


def until_half(shares: Iterable[float]) -> list[float]:
    """*shares* up to the first that is at least a half."""
    history = []
    for share in shares:
        history.append(float(share))
        if share >= HALF:
            break
    return history


def date_of(share: float, history: list[float], parameters: Values) -> float:
    """The date, in years, at which the share of adopters is *share*, interpolated between two
    rounds.
    """
    after = next(place for place, adopted in enumerate(history) if adopted >= share)
    before = history[after - 1] if after else 0.0
    return round_length(parameters) * (after + (share - before) / (history[after] - before))


def picture(parameters: Values, replication: Replication) -> Picture:
    """Who adopts in each year, in closed form and in the first replicate."""
    p, q = parameters.innovation, parameters.imitation
    length, each = (
        round_length(parameters),
        max(1, int(parameters.rounds_to_half) // 16),
    )  # rounds between points
    history = [
        0.0,
        *islice(shares(parameters, replication.seed, 0), PICTURED * int(parameters.rounds_to_half)),
    ][::each]
    dates = [(place + 0.5) * each * length for place in range(len(history) - 1)]
    pace = [(after - before) / (each * length) for before, after in pairwise(history)]

    def rate(date: float) -> float:
        fading = exp(-(p + q) * date)
        return (p + q) ** 2 / p * fading / (1 + q / p * fading) ** 2

    closed = steps(0.0, dates[-1], 57)
    peak = (
        [reference("the peak", [log(q / p) / (p + q)], [rate(log(q / p) / (p + q))], dots=True)]
        if q > p
        else []
    )
    traces = (
        reference("", closed, map(rate, closed)),
        trace("simulated", dates, pace, dots=True),
        *peak,
    )
    return Picture("years", "adopt in a year", traces, percent=True)
