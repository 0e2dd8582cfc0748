"""The zone of agreement, the texts that every seat with a vote accepts, and the solutions within
it, by convex programmes: U is concave, so the zone is convex. Side offers and reservations are left
out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from sim.negotiation.table import Floats, Table
from sim.theory import bargaining

FIRST_SEATS = 8  # that a programme starts with; those whose condition is broken join it
TOLERANCE = 1e-7  # of U
DECIMALS = 6  # of results, as solvers differ in their last digits between processors
MOST_STEPS = 300


class Zone:
    """One replicate of a table, among its seats with a vote."""

    def __init__(self, table: Table, replicate: int = 0) -> None:
        voters = table.votes
        self.ideals, self.saliences = (
            table.ideals[replicate, voters],
            table.effective[replicate, voters],
        )
        self.reservation = (table.reservation + table.unmoved)[replicate, voters]
        self.weights = table.weights[voters] / table.weights[voters].sum()
        self.low, self.high = table.low, table.high

    def gains(self, text: Floats) -> Floats:
        """U - r of each seat with a vote."""
        return bargaining.utility(text, self.ideals, self.saliences) - self.reservation

    def farthest(self, bases: Floats, directions: Floats) -> tuple[Floats, float]:
        """The text that brings all seats farthest from *bases* along *directions*, both gains [N],
        and how far: the largest step t with gains >= bases + t directions.
        """
        text = bargaining.compromise(
            self.weights, self.ideals, self.saliences + 1e-12, self.low, self.high
        )
        seats = np.argsort(self.gains(text) - bases)[:FIRST_SEATS]
        while True:
            text, step = self._farthest_of(seats, bases, directions, text)
            short = self.gains(text) - bases - step * directions
            worst = np.argsort(short)[:FIRST_SEATS]
            added_seats = np.setdiff1d(worst[short[worst] < -TOLERANCE], seats)
            if not added_seats.size:
                return text, step
            seats = np.union1d(seats, added_seats)

    def _farthest_of(
        self, seats: NDArray[np.intp], bases: Floats, directions: Floats, text: Floats
    ) -> tuple[Floats, float]:
        ideals, saliences = self.ideals[seats], self.saliences[seats]
        floor, along = self.reservation[seats] + bases[seats], directions[seats]
        minus_step = np.append(np.zeros(text.size), -1.0)
        start = (self.gains(text)[seats] - bases[seats])[along > 0] / along[along > 0]
        solution = minimize(
            lambda point: -point[-1],
            np.append(text, start.min() if start.size else 0.0),
            jac=lambda point: minus_step,
            method="SLSQP",
            bounds=[*zip(self.low, self.high, strict=True), (-1e3, 1e3)],
            constraints={
                "type": "ineq",
                "fun": lambda point: (
                    bargaining.utility(point[:-1], ideals, saliences) - floor - point[-1] * along
                ),
                "jac": lambda point: np.hstack(
                    [-2.0 * saliences * (point[:-1] - ideals), -along[:, None]]
                ),
            },
            options={"ftol": 1e-10, "maxiter": MOST_STEPS},
        )
        return np.clip(solution.x[:-1], self.low, self.high), float(solution.x[-1])

    def slack(self) -> float:
        """How far the seat that has least to gain stays above its reservation value at the text
        best for it, in U; below 0 the zone is empty, and no text can be adopted by consensus.
        """
        count = len(self.weights)
        return round(self.farthest(np.zeros(count), np.ones(count))[1], DECIMALS)

    def best_gains(self) -> Floats:
        """What each seat would gain at the text that it likes best in the zone."""
        count = len(self.weights)
        return np.array(
            [self.farthest(np.zeros(count), np.eye(count)[seat])[1] for seat in range(count)]
        )

    def kalai_smorodinsky(self) -> Floats:
        """The text at which all seats get at least the same share, as large as can be, of the best
        gain of each (Kalai and Smorodinsky 1975). Of an empty zone there is none: the text of the
        largest slack.
        """
        count = len(self.weights)
        best = self.best_gains() if self.slack() > 0 else np.ones(count)
        return np.round(self.farthest(np.zeros(count), np.maximum(best, TOLERANCE))[0], DECIMALS)

    def nash(self) -> Floats:
        """The text of the largest weighted product of gains (Nash 1950). Of an empty zone there is
        none: the text of the largest slack.
        """
        count = len(self.weights)
        text, step = self.farthest(np.zeros(count), np.ones(count))
        if step > TOLERANCE:

            def slope(point: Floats) -> Floats:
                by_seat = bargaining.nash_weights(self.weights, self.gains(point))
                marginal: Floats = (
                    by_seat[:, None] * 2.0 * self.saliences * (point - self.ideals)
                ).sum(axis=0)
                return marginal

            solution = minimize(
                lambda point: -bargaining.log_nash_product(self.weights, self.gains(point)),
                text,
                jac=slope,
                method="SLSQP",
                bounds=list(zip(self.low, self.high, strict=True)),
                constraints={
                    "type": "ineq",
                    "fun": self.gains,
                    "jac": lambda point: -2.0 * self.saliences * (point - self.ideals),
                },
                options={"ftol": 1e-12, "maxiter": MOST_STEPS},
            )
            text = np.clip(solution.x, self.low, self.high)
        return np.round(text, DECIMALS)

    def efficiency(self, text: Floats) -> float:
        """The share, in [0, 1], that the gains at *text* are of those farthest along the same ray,
        on the Pareto frontier (Debreu 1951); not a number where a seat loses.
        """
        gains = self.gains(text)
        if gains.min() < -TOLERANCE or gains.max() <= TOLERANCE:
            return float("nan")
        return round(
            min(1.0, 1.0 / self.farthest(np.zeros(gains.size), np.maximum(gains, 0.0))[1]), DECIMALS
        )
