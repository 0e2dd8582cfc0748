"""The value of signing for one stakeholder: each motive's value times its weight, and their sum (logits).

`parley explain` shows these same numbers.
"""

from __future__ import annotations

from sim.compiled import compiled
from sim.dials import AT
from sim.engine.arrays import TRAIT
from sim.theory.motives import MOTIVES, affinity, burden, example, patron, restraint, security, share_of_own


@compiled
def weigh_motives(population, codes, variables, dials, code, i, if_all_signed):
    """Sum (logits) of the contributions of all motives of *i*; fills variables.contributions, in the order of MOTIVES.

    With *if_all_signed* the motives that depend on others' signatures are valued as if everybody had signed.
    """
    terms = variables.contributions
    for m in range(terms.size):
        terms[m] = 0.0
    person, position = population.people[i], codes.traits[code]
    near = affinity(
        variables.traits[TRAIT.openness, i],
        variables.traits[TRAIT.public_rule, i],
        position.openness,
        position.public_rule,
    )
    weight_of_burden = burden(position.depth_burden, variables.traits[TRAIT.capacity, i])
    offence_bound = 1.0 if if_all_signed else variables.code[code].offence_share
    safety = security(
        dials[AT.security_club_share],
        variables.traits[TRAIT.exposure, i],
        offence_bound,
        variables.code[code].confidence,
    )
    at_home = 0.0
    if person.kind != 0 and person.home >= 0 and (if_all_signed or variables.member[code, person.home].listed == 1):
        at_home = 1.0
    if person.kind == 0:
        own = float(population.own_start[i + 1] - population.own_start[i])
        listed = own if if_all_signed else float(variables.own_listed[code, i])
        terms[MOTIVES.inclination] = dials[AT.state_inclination]
        terms[MOTIVES.affinity] = dials[AT.state_affinity] * near
        terms[MOTIVES.convenor_votes] = dials[AT.state_convenor_votes] * codes.convenor[code, 0, i]
        terms[MOTIVES.convenor_club] = dials[AT.state_convenor_club] * codes.convenor[code, 1, i]
        terms[MOTIVES.convenor_bloc] = dials[AT.state_convenor_bloc] * codes.convenor[code, 2, i]
        terms[MOTIVES.record] = dials[AT.state_record] * person.record
        if dials[AT.state_peers] > 0.0:
            terms[MOTIVES.peers] = dials[AT.state_peers] * peers_signed(population, variables, code, i, if_all_signed)
        terms[MOTIVES.home] = dials[AT.state_home] * share_of_own(listed, own)
        if person.patron >= 0:
            signs = 1.0 if if_all_signed else float(variables.member[code, person.patron].signed)
            terms[MOTIVES.patron] = dials[AT.state_patron] * patron(1.0, signs)
        terms[MOTIVES.security] = dials[AT.state_security] * safety
        terms[MOTIVES.restraint] = dials[AT.state_restraint] * restraint(
            position.depth_restraint, variables.traits[TRAIT.offence, i]
        )
        terms[MOTIVES.burden] = dials[AT.state_burden] * weight_of_burden
    elif person.kind == 1:
        terms[MOTIVES.inclination] = dials[AT.firm_inclination]
        terms[MOTIVES.affinity] = dials[AT.firm_affinity] * near
        if dials[AT.firm_peers] > 0.0:
            terms[MOTIVES.peers] = dials[AT.firm_peers] * peers_signed(population, variables, code, i, if_all_signed)
        terms[MOTIVES.home] = dials[AT.firm_home] * at_home
        terms[MOTIVES.security] = dials[AT.firm_security] * safety
        terms[MOTIVES.burden] = dials[AT.firm_burden] * weight_of_burden
    else:
        terms[MOTIVES.inclination] = dials[AT.ngo_inclination]
        terms[MOTIVES.affinity] = dials[AT.ngo_affinity] * near
        terms[MOTIVES.record] = dials[AT.ngo_record] * person.record
        if dials[AT.ngo_peers] > 0.0:
            terms[MOTIVES.peers] = dials[AT.ngo_peers] * peers_signed(population, variables, code, i, if_all_signed)
        terms[MOTIVES.home] = dials[AT.ngo_home] * at_home
        terms[MOTIVES.burden] = dials[AT.ngo_burden] * weight_of_burden
    value = 0.0
    for m in range(terms.size):
        value += terms[m]
    return value


@compiled
def peers_signed(population, variables, code, i, if_all_signed):
    """Share of *i*'s ties, weighted by standing, to signatories. States see signatures at once, firms and NGOs only the
    public list.
    """
    share = 0.0
    is_state = population.people[i].kind == 0
    for place in range(population.ties_start[i], population.ties_start[i + 1]):
        j = population.ties_to[place]
        neighbour = variables.member[code, j]
        signs = if_all_signed or (neighbour.signed if is_state else neighbour.listed) == 1
        share += example(population.ties_weight[place], variables.standing[j], 1.0 if signs else 0.0)
    return share
