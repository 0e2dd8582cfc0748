"""The table of a negotiation in each of its replicates: what every seat wants, what it has without
a text, and within which bounds a text may move.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.engine.random_streams import NEGOTIATE, four_draws
from sim.theory import bargaining
from sim.theory.elementary import normal_quantile

Floats = NDArray[np.float64]
DECIMALS = 9  # of what seats want: exponentials differ in their last bits between processors


@dataclass(frozen=True, eq=False)
class Table:
    """Q replicates of one table of N seats and K provisions. Agreed language is not reopened, so
    texts lie from `in_force` to the larger of in force and tabled.
    """

    ideals: Floats  # [Q, N, K] in [0, 1]
    saliences: Floats  # [Q, N, K], summing to 1
    weights: Floats  # [N], summing to 1
    reservation: Floats  # [Q, N] the U that a seat has where the talks fail
    in_force: Floats  # [K] in [0, 1]
    tabled: Floats  # [K] in [0, 1]
    club_texts: Floats  # [Q, N, K]
    reach: Floats  # [N] in [0, 1]
    failing_cost: float
    votes: NDArray[np.bool_]  # [N] whether a seat has a vote, or a voice alone
    ambiguity: Floats  # [K] in [0, 1]
    reservations: int = 0
    reservation_cost: float = 0.0
    transfer_efficiency: float = 0.0
    low: Floats = field(init=False)  # [K]
    high: Floats = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", self.in_force)
        object.__setattr__(self, "high", np.maximum(self.in_force, self.tabled))

    @property
    def replicates(self) -> int:
        """Q."""
        return len(self.ideals)

    @cached_property
    def effective(self) -> Floats:
        """[Q, N, K] saliences of what moves: an ambiguous provision counts as less of a change, for
        those who want it and those who do not.
        """
        return self.saliences * (1.0 - self.ambiguity)

    @cached_property
    def unmoved(self) -> Floats:
        """[Q, N] what ambiguous provisions cost as if they stood as in force."""
        return (self.saliences * self.ambiguity * (self.in_force - self.ideals) ** 2).sum(axis=-1)

    def of(self, numbers: NDArray[np.intp]) -> Table:
        """The table in some of its replicates."""
        per_replicate = ("ideals", "saliences", "reservation", "club_texts")
        return replace(self, **{name: getattr(self, name)[numbers] for name in per_replicate})

    def utilities(self, texts: Floats) -> Floats:
        """U [Q, N] of *texts* [Q, K] or [K], without what reservations save."""
        return bargaining.utility(texts, self.ideals, self.effective) - self.unmoved

    def gains(self, texts: Floats) -> Floats:
        """U - r [Q, N] of *texts* [Q, K] or [K]: a seat accepts where it is not below 0."""
        gains = self.utilities(texts) - self.reservation
        if self.reservations:
            losses = bargaining.loss(texts, self.ideals, self.effective)
            before = bargaining.loss(self.in_force, self.ideals, self.effective)
            gains = gains + bargaining.relief(
                losses, before, self.reservations, self.reservation_cost
            )
        return gains

    def blame(self, texts: Floats) -> Floats:
        """[Q, N, K] what each provision of *texts* adds to r - U, which is its sum less the cost of
        failing and what reservations save.
        """
        return bargaining.blame(
            texts, self.in_force, self.club_texts, self.reach, self.ideals, self.effective
        )

    def compromise(self, weights: Floats) -> Floats:
        """[Q, K] the text of the largest sum of U, weighted by *weights* [Q, N] or [N]."""
        return bargaining.compromise(
            weights, self.ideals, self.effective + 1e-12, self.low, self.high
        )


def table_of(
    ideals: Floats,
    saliences: Floats,
    *,
    weights: Floats,
    positions: Floats,
    in_force: Floats,
    tabled: Floats,
    failing_cost: float,
    club_reach: float,
    votes: NDArray[np.bool_] | None = None,
    ambiguity: Floats | None = None,
    reservations: int = 0,
    reservation_cost: float = 0.0,
    transfer_efficiency: float = 0.0,
) -> Table:
    """The table whose seats have these *ideals* and *saliences* [Q, N, K], *weights* and governance
    *positions* [N], with the reservation values that follow.
    """
    blurred = saliences if ambiguity is None else saliences * (1.0 - ambiguity)
    high = np.maximum(in_force, tabled)
    club_weights = bargaining.like_minded(positions, weights)
    reach = club_reach * club_weights.sum(axis=1)
    clubs = np.round(
        bargaining.club_text(club_weights, ideals, saliences, in_force, high), DECIMALS
    )
    before = bargaining.utility(in_force, ideals, saliences)
    gain = (bargaining.loss(in_force, ideals, blurred) - blurred * (clubs - ideals) ** 2).sum(
        axis=-1
    )
    return Table(
        ideals=ideals,
        saliences=saliences,
        weights=weights,
        reservation=bargaining.reservation(before, before + gain, reach, failing_cost),
        in_force=in_force,
        tabled=tabled,
        club_texts=clubs,
        reach=reach,
        failing_cost=failing_cost,
        votes=np.ones(len(weights), dtype=np.bool_) if votes is None else votes,
        ambiguity=np.zeros(len(in_force)) if ambiguity is None else ambiguity,
        reservations=reservations,
        reservation_cost=reservation_cost,
        transfer_efficiency=transfer_efficiency,
    )


def table_at_reservation(
    ideals: Floats,
    saliences: Floats,
    reservation: Floats,
    low: Floats,
    high: Floats,
    weights: Floats | None = None,
) -> Table:
    """A table whose seats have these reservation values [Q, N], whatever is in force: one of the
    literature.
    """
    count = ideals.shape[1]
    return Table(
        ideals=ideals,
        saliences=saliences,
        weights=np.full(count, 1 / count) if weights is None else weights,
        reservation=reservation,
        in_force=low,
        tabled=high,
        club_texts=np.broadcast_to(low, ideals.shape),
        reach=np.zeros(count),
        failing_cost=0.0,
        votes=np.ones(count, dtype=np.bool_),
        ambiguity=np.zeros(len(low)),
    )


def standard_normals(
    seed: int, replicates: int, who: NDArray[np.int64], provisions: int
) -> tuple[Floats, Floats]:
    """Two standard normal draws [replicates, seat, provision], for ideals and for saliences, of the
    replicates 0 on. *who* are the stakeholders' places in the population: a state has the same luck
    at every table, whoever else sits there.
    """
    normals = np.empty((2, replicates, len(who), provisions))
    _fill(seed, who, normals)
    return normals[0], normals[1]


@compiled
def _fill(seed: int, who: NDArray[np.int64], normals: Floats) -> None:
    for replicate in range(normals.shape[1]):
        for seat in range(who.size):
            for provision in range(normals.shape[3]):
                draws = four_draws(seed, NEGOTIATE, 0, 0, replicate, who[seat], provision)
                normals[0, replicate, seat, provision] = normal_quantile(draws[0])
                normals[1, replicate, seat, provision] = normal_quantile(draws[1])
