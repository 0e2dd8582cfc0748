"""Patron: the signature of the allied great power (realism)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.motives.motive import Motive, Weight


@compiled
def patron(has_patron, patron_signs):
    """1 where an allied great power exists and has signed, else 0; both arguments 0 or 1."""
    return has_patron * patron_signs


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """1 where the patron of *i* has signed."""
    ally = population.people.patron[i]
    if ally < 0:
        return 0.0
    return patron(1.0, 1.0 if if_all_signed else float(variables.member.signed[code, ally]))


@compiled
def effect(population, codes, variables, dials, code, i, j):
    """1 where *j* is the patron of *i*."""
    return patron(1.0, 1.0) if population.people.patron[i] == j else 0.0


MOTIVE = Motive(
    name="patron",
    place=80,
    value=value,
    effect=effect,
    weights={
        "state": Weight(
            "the allied great power's signature", start=0.0, scale=0.5,
            label="weight of the allied great power's signature, states",
        )
    },
    formula={"states": "whether the patron has signed"},
    source="Waltz 1979; Mearsheimer 1994",
    lenses=("realist",),
)  # fmt: skip
