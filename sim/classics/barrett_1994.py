"""Barrett (1994), Self-enforcing international environmental agreements, Oxford Economic Papers 46.

Countries alike abate, q each and Q in all. Signatories choose what is best for them together, knowing how the others
will reply; each of the others does what is best for itself. An agreement enforces itself where no signatory gains by
leaving and nobody else by joining. Nobody in this model chooses how much to do, so the classic is a game of its own:
everybody signs first, and one after the other leaves as long as that pays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scipy.optimize import brentq, minimize_scalar

from sim.classics.classic import Check, Luck
from sim.parameters import Lever, Values
from sim.parameters.declaration import declared

SOURCE = "Barrett 1994"
INDIFFERENT = 1e-6  # share of a payoff for which nobody leaves, so that a search by trying decides no tie


class Barrett:
    countries = Lever(10, between=(3, 50), whole=True, unit="countries", source=SOURCE, meaning="N: how many there are")
    benefit_level = Lever(
        100.0, between=(1, 1000), unit="abatement", source=SOURCE, meaning="a: beyond it more abatement does harm"
    )
    benefit_slope = Lever(
        1.0, between=(0.01, 100), unit="value per abatement squared", source=SOURCE, meaning="b: of marginal benefit"
    )
    cost_slope = Lever(
        0.25, between=(0.01, 100), unit="value per abatement squared", source=SOURCE, meaning="c: of marginal cost"
    )


DIALS = declared(Barrett)


class Game(NamedTuple):
    """What each of N countries has of Q in all, b Q / N or b (a Q - Q²/2) / N, and the slope c of its cost c q²/2."""

    countries: int
    benefit: Callable[[float], float]
    marginal_benefit: Callable[[float], float]
    cost_slope: float
    most: float  # abatement that no country exceeds


def checks(values: Values, luck: Luck) -> Iterator[Check | str]:
    """The size of the agreement under either kind of benefit."""
    n, a, b, c = int(values.countries), values.benefit_level, values.benefit_slope, values.cost_slope
    linear = Game(n, lambda q: b * q / n, lambda q: b / n, c, b / c)
    quadratic = Game(n, lambda q: b * (a * q - q * q / 2) / n, lambda q: b * (a - q) / n, c, a)
    yield Check("signatories, linear benefit", 3, self_enforcing(linear), 0)
    yield Check("signatories, quadratic benefit", in_theory(n, a, b, c), self_enforcing(quadratic), 0)
    yield "Nothing is drawn here: neither seed nor replicates change anything."


def in_theory(n: int, a: float, b: float, c: float) -> int:
    """The largest agreement that nobody leaves, by the closed form of what everybody does under quadratic benefits.

    Under linear ones, leaving an agreement of k changes a payoff in proportion to (k - 1) (k - 3): 3, whatever b and c.
    """

    def payoffs(k: int) -> tuple[float, float]:
        ratio = n * c / b
        left = ratio / (ratio + n - k)  # by how much less is done in all where a signatory does one less
        signatory = a * k * left**2 / (ratio + k**2 * left**2)
        other = (a - k * signatory) / (ratio + n - k)
        total = k * signatory + (n - k) * other
        benefit = b * (a * total - total**2 / 2) / n
        return benefit - c * signatory**2 / 2, benefit - c * other**2 / 2

    return max(k for k in range(1, n + 1) if payoffs(k)[0] >= payoffs(k - 1)[1])


def self_enforcing(game: Game) -> int:
    """How many are left of all the countries when nobody gains any more by leaving."""
    signatories = game.countries
    while True:
        staying, leaving = played(game, signatories)[0], played(game, signatories - 1)[1]
        if leaving <= staying + INDIFFERENT * abs(staying):
            return signatories
        signatories -= 1


def played(game: Game, signatories: int) -> tuple[float, float]:
    """The payoffs of a signatory and of another country when so many sign, both searched for by trying."""
    others = game.countries - signatories

    def reply(signed: float) -> float:
        """What each of the others does: as much as pays, given what the signatories do in all."""
        reach = game.countries**2 * game.most / game.cost_slope
        return brentq(lambda q: game.cost_slope * q - game.marginal_benefit(signed + others * q), -reach, reach)

    def payoff(own: float, each_signatory: float) -> float:
        signed = signatories * each_signatory
        return game.benefit(signed + others * reply(signed)) - game.cost_slope * own**2 / 2

    searched = minimize_scalar(
        lambda q: -payoff(q, q), bounds=(0, game.most), method="bounded", options={"xatol": 1e-9 * game.most}
    )
    return payoff(searched.x, searched.x), payoff(reply(signatories * searched.x), searched.x)
