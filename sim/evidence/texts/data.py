"""Data of the fit of common weights: who joined which instrument, and the values of the motives, a
row each.

Only motives enter that others' signatures do not move: of most instruments no order of joining is
known. Memberships that are themselves an instrument, or that are younger than it may be, are taken
out of the facts before it is fitted or scored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim import facts
from sim.code_of_conduct import Code
from sim.evidence.instruments import JOINED, OUTSIDE, Instrument
from sim.evidence.motive_values import Floats, MotiveValues, attention_shares, motives_of
from sim.evidence.states import EVEN_SHARE
from sim.motives import ON_SIGNATURES
from sim.population import Measures, leaving_out
from sim.population.states import PRIOR_COMMITMENTS

MOTIVES = tuple(
    name for name in motives_of("state") if name != "inclination" and name not in ON_SIGNATURES
)
BELONGS_TO = {
    "budapest": ("budapest_party",),
    "foc": ("freedom_online_coalition",),
}  # family -> memberships
AGAINST, ABSTAINED, FOR = 0, 1, 2  # answers; who joins a declaration or treaty is for it
FAMILY_COUNTS_FOR = 166.0  # deciders, as many as the fit to the Paris Call has


@dataclass(frozen=True)
class Rows:
    """n states in the risk set of one *instrument*, and how they answered."""

    instrument: Instrument
    places: NDArray[np.int64]  # [n] among the 193
    values: Floats  # [n, motives of MOTIVES]
    share: Floats  # [n] of the attention of a state that has all means, in [0, 1]
    answer: NDArray[np.int64]  # [n] AGAINST, ABSTAINED or FOR
    in_union: NDArray[np.bool_]  # [n] members of the European Union

    @property
    def name(self) -> str:
        """The name of the instrument."""
        return self.instrument.name

    @property
    def joined(self) -> NDArray[np.int64]:
        """[n] 1 for those that joined, 0 for all others."""
        return (self.answer == FOR).astype(np.int64)

    @property
    def has_to_reach(self) -> bool:
        """Whether states have to be reached before they decide: those that were present have
        not.
        """
        return self.instrument.kind != "vote" and bool((self.instrument.answers >= OUTSIDE).all())

    @property
    def weight(self) -> Floats:
        """[n] what each counts for: the Union's members together as one, as they have one
        position.
        """
        weight = np.ones(len(self.places))
        weight[self.in_union] /= max(1, int(self.in_union.sum()))
        return weight


def measures_for(instrument: Instrument) -> Measures:
    """The facts without memberships that are *instrument* itself, or one of its family, or that
    states made after it had opened.
    """
    later = instrument.scenario.code.launch < facts.milestones()["date"].iloc[0]
    return leaving_out(
        PRIOR_COMMITMENTS if later else BELONGS_TO.get(instrument.family, ()), instrument.name
    )


def read_rows(instrument: Instrument, code: Code | None = None) -> Rows:
    """The rows of *instrument*, or as they would be if *code* described it."""
    scenario = instrument.scenario if code is None else replace(instrument.scenario, code=code)
    parameters = scenario.parameters.with_values({"capacity_wealth_share": EVEN_SHARE})
    values = MotiveValues(scenario, parameters, measures_for(instrument))
    at_risk = np.flatnonzero(instrument.answers >= OUTSIDE)
    states = list(facts.state_names())
    answer = np.where(instrument.answers[at_risk] == JOINED, FOR, AGAINST)
    if instrument.kind == "vote":
        stances = instrument.members["stance"].reindex([states[place] for place in at_risk])
        answer[(stances == "abstain").to_numpy()] = ABSTAINED
    capacity = values.population.trait("capacity")[at_risk]
    return Rows(
        instrument=instrument,
        places=at_risk,
        values=np.stack([values.still[motive][at_risk] for motive in MOTIVES], axis=1),
        share=attention_shares(
            parameters.state_attention_gradient, capacity, 0.0, np.zeros(len(at_risk))
        ),
        answer=answer,
        in_union=values.population.memberships["eu"][at_risk] == 1,
    )


def family_weights(rows: Sequence[Rows]) -> Mapping[str, float]:
    """Instrument -> the factor on its rows' weights with which all families count the same."""
    totals: dict[str, float] = {}
    for each in rows:
        totals[each.instrument.family] = totals.get(each.instrument.family, 0.0) + float(
            each.weight.sum()
        )
    return {each.name: FAMILY_COUNTS_FOR / totals[each.instrument.family] for each in rows}


def families(rows: Sequence[Rows]) -> list[str]:
    """The families of the instruments, in the order in which their first opened."""
    return list(dict.fromkeys(each.instrument.family for each in rows))


def by_family_left_out(
    rows: Sequence[Rows], shares_of: Callable[[Sequence[Rows], Sequence[Rows]], dict[str, Floats]]
) -> dict[str, Floats]:
    """Instrument -> [n] shares, those of each family from *shares_of*, which gets all other rows,
    and the family's.
    """
    shares: dict[str, Floats] = {}
    for family in families(rows):
        others = [each for each in rows if each.instrument.family != family]
        shares |= shares_of(others, [each for each in rows if each.instrument.family == family])
    return shares
