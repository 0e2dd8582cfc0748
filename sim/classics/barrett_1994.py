"""Barrett (1994), Self-enforcing international environmental agreements, Oxford Economic Papers 46.

Identical countries abate, q each and Q in all. Signatories choose what is best for them together
and take into account how the others reply; each of the others does what is best for itself. An
agreement enforces itself where no signatory gains by leaving and no other country by joining. In
Parley nobody chooses how much to abate, so the classic is a game of its own: all countries sign
first, then one after the other leaves as long as that pays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scipy.optimize import brentq, minimize_scalar

from sim.classics.classic import Check, Replication
from sim.classics.picture import Picture, Trace, reference, trace
from sim.dials.dial import dials_of
from sim.parameters import Lever, Values

SOURCE = "Barrett 1994"
# share of a payoff below which nobody leaves, so that the precision of a search decides nothing
INDIFFERENT = 1e-6


class Barrett:
    countries = Lever(
        10,
        between=(3, 50),
        whole=True,
        unit="countries",
        source=SOURCE,
        meaning="N: how many there are",
    )
    benefit_level = Lever(
        100.0,
        between=(1, 1000),
        unit="abatement",
        source=SOURCE,
        meaning="a: beyond it more abatement does harm",
    )
    benefit_slope = Lever(
        1.0,
        between=(0.01, 100),
        unit="value per abatement squared",
        source=SOURCE,
        meaning="b: of marginal benefit",
    )
    cost_slope = Lever(
        0.25,
        between=(0.01, 100),
        unit="value per abatement squared",
        source=SOURCE,
        meaning="c: of marginal cost",
    )


DIALS = dials_of(Barrett)


class Game(NamedTuple):
    """The benefit of each of N countries, b Q / N or b (a Q - Q²/2) / N, and the slope c of its
    cost c q²/2.
    """

    countries: int
    benefit: Callable[[float], float]
    marginal_benefit: Callable[[float], float]
    cost_slope: float
    most: float  # the largest abatement of a country


def checks(parameters: Values, replication: Replication) -> Iterator[Check | str]:
    """The size of the agreement under a linear and under a quadratic benefit."""
    n, a, b, c = (
        int(parameters.countries),
        parameters.benefit_level,
        parameters.benefit_slope,
        parameters.cost_slope,
    )
    linear, quadratic = games(parameters)
    yield Check("signatories, linear benefit", 3, self_enforcing(linear), 0)
    yield Check(
        "signatories, quadratic benefit", in_theory(n, a, b, c), self_enforcing(quadratic), 0
    )
    yield "Nothing is drawn here: neither seed nor replicates change anything."


def games(parameters: Values) -> tuple[Game, Game]:
    """The game with a linear benefit, and that with a quadratic one."""
    n, a, b, c = (
        int(parameters.countries),
        parameters.benefit_level,
        parameters.benefit_slope,
        parameters.cost_slope,
    )
    linear = Game(n, lambda q: b * q / n, lambda q: b / n, c, b / c)
    return linear, Game(n, lambda q: b * (a * q - q * q / 2) / n, lambda q: b * (a - q) / n, c, a)


def picture(parameters: Values, replication: Replication) -> Picture:
    """What a signatory gains by staying, by how many have signed; the largest gain or loss is 1."""
    traces: list[Trace] = []
    n, a, b, c = (
        int(parameters.countries),
        parameters.benefit_level,
        parameters.benefit_slope,
        parameters.cost_slope,
    )
    stable, sizes = (3, in_theory(n, a, b, c)), range(2, n + 1)
    for game, name in zip(games(parameters), ("linear benefit", "quadratic benefit"), strict=True):
        gains = [payoffs(game, k)[0] - payoffs(game, k - 1)[1] for k in sizes]
        most = max(map(abs, gains))
        stay = self_enforcing(game)
        traces.append(trace(f"{name}: {stay} stay", sizes, [gain / most for gain in gains]))
    traces.append(reference("", stable, (0, 0), dots=True))
    return Picture("countries that have signed", "gain from staying in", tuple(traces))


def in_theory(n: int, a: float, b: float, c: float) -> int:
    """The size of the largest agreement that nobody leaves, by the closed form for quadratic
    benefits.

    Under linear benefits, leaving an agreement of k changes a payoff in proportion to (k - 1) (k -
    3), so the size is 3 for any b and c.
    """

    def closed_form(k: int) -> tuple[float, float]:
        ratio = n * c / b
        remainder = ratio / (
            ratio + n - k
        )  # how much less all countries abate where a signatory abates one unit less
        signatory = a * k * remainder**2 / (ratio + k**2 * remainder**2)
        other = (a - k * signatory) / (ratio + n - k)
        total = k * signatory + (n - k) * other
        benefit = b * (a * total - total**2 / 2) / n
        return benefit - c * signatory**2 / 2, benefit - c * other**2 / 2

    return max(k for k in range(1, n + 1) if closed_form(k)[0] >= closed_form(k - 1)[1])


def self_enforcing(game: Game) -> int:
    """The number of signatories left when none gains by leaving any more."""
    signatories = game.countries
    while True:
        staying, leaving = payoffs(game, signatories)[0], payoffs(game, signatories - 1)[1]
        if leaving <= staying + INDIFFERENT * abs(staying):
            return signatories
        signatories -= 1


def payoffs(game: Game, signatories: int) -> tuple[float, float]:
    """The payoffs of a signatory and of another country with so many signatories, both by numerical
    search.
    """
    others = game.countries - signatories

    def reply(signed: float) -> float:
        """The abatement of each of the others: the best reply to the total of the signatories."""
        reach = game.countries**2 * game.most / game.cost_slope
        return brentq(
            lambda q: game.cost_slope * q - game.marginal_benefit(signed + others * q),
            -reach,
            reach,
        )

    def payoff(own: float, each_signatory: float) -> float:
        signed = signatories * each_signatory
        return game.benefit(signed + others * reply(signed)) - game.cost_slope * own**2 / 2

    best = minimize_scalar(
        lambda q: -payoff(q, q),
        bounds=(0, game.most),
        method="bounded",
        options={"xatol": 1e-9 * game.most},
    ).x
    return payoff(best, best), payoff(reply(signatories * best), best)
