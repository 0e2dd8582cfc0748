"""Bass (1969), A new product growth for model consumer durables, Management Science 15(5).

Whoever has not adopted does so at the rate p + q F, F being the share of those who have. In this model everybody takes
the matter up at the rate p + q and then adopts with the chance (p + q F) / (p + q): p is the inclination, q the weight
of the motive security, which moves with the share of signatories, and the chance is the value itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from math import log, log1p, sqrt
from statistics import fmean

from sim.classics.classic import Check, Luck
from sim.classics.crowd import MEAN_FIELD, crowd, rounds
from sim.parameters import Lever, Values
from sim.parameters.declaration import declared

SOURCE = "Bass 1969"
HALF = 0.5


class Bass:
    innovation = Lever(
        0.03, between=(0.001, 2), unit="per year", source=SOURCE, meaning="p: rate of adoption without any example"
    )
    imitation = Lever(
        0.38, between=(0, 5), unit="per year", source=SOURCE, meaning="q: rate that the example of all others adds"
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


DIALS = declared(Bass)


def linear(value: float, rationality: float) -> float:
    """The rule of whoever adopts with a chance that is the value itself."""
    return min(1.0, max(0.0, value))


def checks(values: Values, luck: Luck) -> Iterator[Check | str]:
    """The date of the peak, and that at which half have adopted: means over the replicates."""
    p, q = values.innovation, values.imitation
    dates = [("date at which half have adopted", HALF, half_have_adopted(values))]
    if q > p:
        # New adopters are too level around their peak to see its date; what is seen is when its share has adopted.
        dates.insert(0, ("date of the peak", (1 - p / q) / 2, log(q / p) / (p + q)))
    else:
        yield "With imitation no larger than innovation adoption has no peak: it declines from the start."
    histories = luck.each(partial(simulated, values, luck.seed))
    in_theory = list(recursion(values))
    for name, share, date in dates:
        late = reached(share, in_theory, values) - date
        read = fmean(reached(share, history, values) for history in histories)
        # Somewhat more than three standard errors: the date is settled by when the first few, p N / (p + q), adopt.
        yield Check(name, date, read - late, 3.5 / sqrt(p * (p + q) * values.people * luck.replicates))
    yield (
        f"In a round of {round_length(values):.3g} years people see the share of its beginning, which makes dates "
        f"{late:.3g} years late; they were corrected for that."
    )


def half_have_adopted(values: Values) -> float:
    """The date, in years, in closed form."""
    return log(2 + values.imitation / values.innovation) / (values.innovation + values.imitation)


def round_length(values: Values) -> float:
    """How many years a round of the model lasts."""
    return half_have_adopted(values) / values.rounds_to_half


def simulated(values: Values, seed: int, replicate: int) -> list[float]:
    """The share of adopters after each round, until half have adopted."""
    p, q = values.innovation, values.imitation
    dials = {
        "state_attention_base": -log1p(-(p + q) * round_length(values)),
        "state_inclination": p / (p + q),
        "state_security": q / (p + q),
        **MEAN_FIELD,
    }
    played = rounds(crowd(int(values.people), dials), linear, seed, replicate)
    return until_half(state.code.offence_share[0] for state in played)


def recursion(values: Values) -> list[float]:
    """The same for infinitely many people."""

    def shares() -> Iterator[float]:
        share = 0.0
        while True:
            share += (1 - share) * (values.innovation + values.imitation * share) * round_length(values)
            yield share

    return until_half(shares())


def until_half(shares: Iterable[float]) -> list[float]:
    """*shares*, of which the last is the first to reach a half."""
    history = []
    for share in shares:
        history.append(float(share))
        if share >= HALF:
            break
    return history


def reached(share: float, history: list[float], values: Values) -> float:
    """The date at which *share* is reached, between two rounds."""
    after = next(place for place, adopted in enumerate(history) if adopted >= share)
    before = history[after - 1] if after else 0.0
    return round_length(values) * (after + (share - before) / (history[after] - before))
