"""Common weights of states' motives, fitted to many instruments at once.

Of each instrument the fit knows who was asked and what each answered.

- *Votes.* Everybody in the room decides, and has three answers in order: against, abstain, for. An
  ordered logit: for with chance σ(V), not against with chance σ(V + g), with one gap g for all
  votes (McKelvey and Zavoina 1975).
- *Whoever was there.* Where the risk set is those present, as at a conference, each decides, with
  chance σ(V) to join.
- *Whoever is free to join.* Who joins has first to be reached. With A the attention that the text
  has had in all, and s a state's share of it, the chance to have joined is 1 - exp(-A s σ(V)): the
  model's own hazard, summed over time.
- *Inclination and attention* of each instrument are drawn towards the mean of its kind (partial
  pooling: Gelman and Hill 2006).
- *Families.* Texts of nearly the same content are nearly one observation: every family counts as
  many deciders as the Paris Call has, and in each instrument the Union's members count as one.
- *Penalty.* A ridge on each weight times its motive's standard deviation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, log_expit

from sim.evidence.instruments import KINDS
from sim.evidence.maximise import FreeWeight, Maximum, maximise
from sim.evidence.motive_values import Floats, free_weight
from sim.evidence.texts.data import ABSTAINED, AGAINST, FOR, MOTIVES, Rows, family_weights

RIDGE = 2.0  # an eighth or eight times of it moves the mean AUC by 0.002 at most
INCLINATIONS_WITHIN = 3.0  # logits: the spread of instruments about the mean of their kind
ATTENTION = float(np.log(40.0))  # in all, to a text; the natural logarithm
ATTENTION_WITHIN = 1.0  # a factor of e: of kinds about it, and of instruments about their kind
GAP = "abstention"
LEAST = 1e-12
FARTHEST = 40.0  # in spreads, where the inclination that gives a number of signatories is sought


def inclination_to(name: str) -> str:
    """The name of the inclination to an instrument, or of the mean of a kind, in logits."""
    return f"inclination to {name}"


def attention_to(name: str) -> str:
    """The name of the log attention to an instrument in all, or of the mean of a kind."""
    return f"log attention to {name}"


@dataclass(frozen=True)
class CommonFit:
    """The result of a search: `best` has weights by dial, and inclinations and attention by their
    names.
    """

    best: Maximum

    @property
    def weights(self) -> Floats:
        """[motives] in the order of MOTIVES."""
        return np.array([self.best.weights[f"state_{motive}"] for motive in MOTIVES])


class Table:
    """The rows of several instruments as one table, for the objective: n rows, I instruments, M
    motives (MOTIVES).

    *factors* are multiplied with the weight of each instrument's rows, as a bootstrap needs.
    """

    def __init__(self, rows: Sequence[Rows], factors: Mapping[str, float] | None = None) -> None:
        self.names = [each.name for each in rows]
        self.kind = np.array([KINDS.index(each.instrument.kind) for each in rows])
        self.has_to_reach = np.array([each.has_to_reach for each in rows])
        self.is_vote = np.array([each.instrument.kind == "vote" for each in rows])
        self.number = np.repeat(np.arange(len(rows)), [len(each.places) for each in rows])
        self.values = np.concatenate([each.values for each in rows])
        self.share = np.concatenate([each.share for each in rows])
        self.answer = np.concatenate([each.answer for each in rows])
        by_family = family_weights(rows)
        self.weight = np.concatenate(
            [
                each.weight * by_family[each.name] * (factors or {}).get(each.name, 1.0)
                for each in rows
            ]
        )
        mean = np.average(self.values, axis=0, weights=self.weight)
        self.spreads = np.sqrt(np.average((self.values - mean) ** 2, axis=0, weights=self.weight))

    def free(self, motives: Sequence[str]) -> list[FreeWeight]:
        """All that is fitted where the *motives* may have a weight. A motive with the same value
        for all gets none.
        """
        weights = [
            free_weight("state", motive)
            for motive, spread in zip(MOTIVES, self.spreads, strict=True)
            if motive in motives and spread > 0
        ]
        pools = [KINDS[kind] for kind in np.unique(self.kind)]
        pools_to_reach = [KINDS[kind] for kind in np.unique(self.kind[self.has_to_reach])]
        to_reach = [name for name, has in zip(self.names, self.has_to_reach, strict=True) if has]
        return [
            *weights,
            *([FreeWeight(GAP, 1.5, 1e-3, 20, 0.5)] if (self.answer == ABSTAINED).any() else []),
            *(
                FreeWeight(inclination_to(name), 0.0, -30, 30, 1.0)
                for name in (*pools, *self.names)
            ),
            *(
                FreeWeight(attention_to(name), ATTENTION, -3, 12, 0.5)
                for name in (*pools_to_reach, *to_reach)
            ),
        ]

    def objective(self, at: Mapping[str, float], ridge: float) -> tuple[float, dict[str, float]]:
        """The weighted log likelihood less the penalty, and its slopes."""
        weights = np.array([at[f"state_{motive}"] for motive in MOTIVES])
        inclination = np.array([at[inclination_to(name)] for name in self.names])
        attention = np.array(
            [
                at[attention_to(name)] if has else 0.0
                for name, has in zip(self.names, self.has_to_reach, strict=True)
            ]
        )
        value = self.values @ weights + inclination[self.number]
        log_chance, of_value, of_attention = (
            np.zeros(len(value)),
            np.zeros(len(value)),
            np.zeros(len(value)),
        )
        reach = self.has_to_reach[self.number]
        log_chance[reach], of_value[reach], of_attention[reach] = chances_to_join(
            value[reach],
            self.answer[reach] == FOR,
            self.share[reach],
            attention[self.number][reach],
        )
        there = ~reach
        # only a vote has a third answer
        gap = np.where(self.is_vote[self.number], at.get(GAP, 0.0), 0.0)[there]
        log_chance[there], of_value[there], of_gap = ordered_logit(
            value[there], self.answer[there], gap
        )
        off = np.sqrt(ridge) * self.spreads * weights
        of_weights = (of_value * self.weight) @ self.values - np.sqrt(ridge) * self.spreads * off
        total = float(log_chance @ self.weight) - float(off @ off) / 2
        slopes = {
            f"state_{motive}": float(slope)
            for motive, slope in zip(MOTIVES, of_weights, strict=True)
        }
        slopes[GAP] = float(of_gap @ (self.weight * self.is_vote[self.number])[there])
        total += self._pool(at, inclination, self._by_instrument(of_value), slopes)
        return total + self._pool_attention(
            at, attention, self._by_instrument(of_attention), slopes
        ), slopes

    def _by_instrument(self, slopes: Floats) -> Floats:
        """[I] the weighted sum of *slopes* [n] over the rows of each instrument."""
        return np.bincount(self.number, slopes * self.weight, len(self.names)).astype(np.float64)

    def _pool(
        self,
        at: Mapping[str, float],
        inclination: Floats,
        of_instruments: Floats,
        slopes: dict[str, float],
    ) -> float:
        """The log prior of the inclinations, up to a constant; their slopes go into *slopes*."""
        means = np.array([at.get(inclination_to(kind), 0.0) for kind in KINDS])
        off = (inclination - means[self.kind]) / INCLINATIONS_WITHIN
        for name, slope in zip(self.names, of_instruments - off / INCLINATIONS_WITHIN, strict=True):
            slopes[inclination_to(name)] = float(slope)
        for kind, slope in zip(
            KINDS, np.bincount(self.kind, off / INCLINATIONS_WITHIN, len(KINDS)), strict=True
        ):
            slopes[inclination_to(kind)] = float(slope)
        return -float(off @ off) / 2

    def _pool_attention(
        self,
        at: Mapping[str, float],
        attention: Floats,
        of_instruments: Floats,
        slopes: dict[str, float],
    ) -> float:
        """The same of the log attention, whose means are themselves drawn towards ATTENTION."""
        means = np.array([at.get(attention_to(kind), ATTENTION) for kind in KINDS])
        off = np.where(self.has_to_reach, attention - means[self.kind], 0.0) / ATTENTION_WITHIN
        off_means = (means - ATTENTION) / ATTENTION_WITHIN
        for name, slope in zip(self.names, of_instruments - off / ATTENTION_WITHIN, strict=True):
            slopes[attention_to(name)] = float(slope)
        of_means = (
            np.bincount(self.kind, off / ATTENTION_WITHIN, len(KINDS))
            - off_means / ATTENTION_WITHIN
        )
        slopes |= {
            attention_to(kind): float(slope) for kind, slope in zip(KINDS, of_means, strict=True)
        }
        return -float(off @ off + off_means @ off_means) / 2


def ordered_logit(
    value: Floats, answer: NDArray[np.int64], gap: Floats | float
) -> tuple[Floats, Floats, Floats]:
    """[n] log chances of the *answer* (AGAINST, ABSTAINED, FOR) under *value*, in logits, and their
    slopes in the value and in the *gap* (McKelvey and Zavoina 1975); with a gap of 0 nobody
    abstains.
    """
    yes, not_no = expit(value), expit(value + gap)
    between = np.maximum(not_no - yes, LEAST)
    cases = [answer == FOR, answer == AGAINST]
    logs = np.select(cases, [log_expit(value), log_expit(-value - gap)], np.log(between))
    of_value = np.select(
        cases, [1 - yes, -not_no], (not_no * (1 - not_no) - yes * (1 - yes)) / between
    )
    of_gap = np.select(cases, [np.zeros(len(value)), -not_no], not_no * (1 - not_no) / between)
    return logs, of_value, of_gap


def chances_to_join(
    value: Floats, has_joined: NDArray[np.bool_], share: Floats, log_attention: Floats
) -> tuple[Floats, Floats, Floats]:
    """[n] log chances of having joined by now, or not, and their slopes in the *value*, in logits,
    and in the *log_attention*, of which each has its *share*.
    """
    signs = expit(value)
    hazard = np.exp(log_attention) * share * signs
    joins = np.maximum(-np.expm1(-hazard), LEAST)
    logs = np.where(has_joined, np.log(joins), -hazard)
    of_log_hazard = np.where(has_joined, hazard * np.exp(-hazard) / joins, -hazard)
    return logs, of_log_hazard * (1 - signs), of_log_hazard


def fit_common(
    rows: Sequence[Rows],
    ridge: float = RIDGE,
    motives: Sequence[str] = MOTIVES,
    factors: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
) -> CommonFit:
    """The common weights of *motives*, all others being 0. *factors*: instrument -> what its rows
    count for beside their weight. The search begins at *start* if given.
    """
    table = Table(rows, factors)
    silent = {f"state_{motive}": 0.0 for motive in MOTIVES}
    return CommonFit(
        maximise(lambda at: table.objective(at, ridge), table.free(motives), silent, start)
    )


def values_of(rows: Rows, weights: Floats) -> Floats:
    """[n] the value of joining under *weights* [motives], without inclination, in logits."""
    return rows.values @ weights


def chances(rows: Rows, fit: CommonFit, value: Floats, spreads: float) -> Floats:
    """[n] chances to have joined an instrument, by the *value* [n] of joining. Inclination and
    attention move together, each by so many of its *spreads* from the mean of its kind.
    """
    at, kind = fit.best.weights, rows.instrument.kind
    signs = expit(value + at.get(inclination_to(kind), 0.0) + spreads * INCLINATIONS_WITHIN)
    if not rows.has_to_reach:
        return signs
    attention = at.get(attention_to(kind), ATTENTION)
    return -np.expm1(-np.exp(attention + spreads * ATTENTION_WITHIN) * rows.share * signs)


def spreads_of_number(rows: Rows, fit: CommonFit, value: Floats, number: float) -> float:
    """The spreads at which the `chances` sum up to *number*."""
    return float(
        brentq(
            lambda spreads: chances(rows, fit, value, spreads).sum() - number, -FARTHEST, FARTHEST
        )
    )


def shares_of_number(rows: Rows, fit: CommonFit, number: float | None = None) -> Floats:
    """[n] chances to have joined an instrument when *number* join, by default as many as did: the
    number that joins is not foretold by a text.
    """
    value = values_of(rows, fit.weights)
    several = float(rows.joined.sum()) if number is None else number
    return chances(rows, fit, value, spreads_of_number(rows, fit, value, several))


def spread_of_instruments(rows: Sequence[Rows], fit: CommonFit) -> float:
    """How far instruments lie from the mean of their kind by how many joined them, in spreads: the
    root of the mean square over families, less a degree of freedom for each kind.
    """
    by_family: dict[str, list[float]] = {}
    for each in rows:
        spreads = spreads_of_number(
            each, fit, values_of(each, fit.weights), float(each.joined.sum())
        )
        by_family.setdefault(each.instrument.family, []).append(spreads**2)
    kinds = {each.instrument.kind for each in rows}
    return float(
        np.sqrt(
            sum(np.mean(squares) for squares in by_family.values()) / (len(by_family) - len(kinds))
        )
    )
