"""Peers: the example of those to whom one is tied (norm cascades, complex contagion)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.kinds_and_statuses import STATE
from sim.motives.motive import Motive, Weight


@compiled
def example(tie, standing, signs):
    """Contribution of one peer: its tie's share of all ties times its standing, if it *signs*, 0 or
    1 (Finnemore and Sikkink 1998; Centola and Macy 2007).
    """
    return tie * standing * signs


@compiled
def value(population, codes, variables, dials, code, i, if_all_signed):
    """Share of *i*'s ties, weighted by standing, to signatories. States see signatures at once,
    firms and NGOs only the public list.
    """
    share = 0.0
    member = variables.member
    is_state = population.people.kind[i] == STATE
    for place in range(population.ties_start[i], population.ties_start[i + 1]):
        j = population.ties_to[place]
        signs = (
            if_all_signed or (member.signed[code, j] if is_state else member.listed[code, j]) == 1
        )
        share += example(
            population.ties_weight[place], variables.standing[j], 1.0 if signs else 0.0
        )
    return share


@compiled
def effect(population, codes, variables, dials, code, i, j):
    """The example of *j*, where *i* is tied to it."""
    low, high = population.ties_start[i], population.ties_start[i + 1]
    while low < high:  # ties_to rises
        middle = (low + high) // 2
        if population.ties_to[middle] < j:
            low = middle + 1
        else:
            high = middle
    if low < population.ties_start[i + 1] and population.ties_to[low] == j:
        return example(population.ties_weight[low], variables.standing[j], 1.0)
    return 0.0


MOTIVE = Motive(
    name="peers",
    place=60,
    value=value,
    effect=effect,
    by_list=("firm", "ngo"),
    weights={
        "state": Weight(
            "the example of states one is tied to",
            start=2.1,
            label="weight of other states' example",
        ),
        "firm": Weight(
            "the example of neighbours and competitors", label="weight of other firms' example"
        ),
        "ngo": Weight("the example of neighbouring NGOs", label="weight of other NGOs' example"),
    },
    formula={"all": "Σ W · standing · (has signed; for firms and NGOs: is on the public list)"},
    source="Finnemore and Sikkink 1998; Centola and Macy 2007",
    lenses=("constructivist",),
)
