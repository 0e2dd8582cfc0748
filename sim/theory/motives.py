"""The motives of signing: the terms x of V = Σ β x, in the order of MOTIVES, with the theory that each is from.

Every formula is a value before its weight β (docs/odd.md, section 7.2). Arguments lie in [0, 1] unless said otherwise.
Inclination is 1 for all: the constant per kind, which no theory explains. The record, prior commitments, is a fact
about a state and stands with its traits (`sim.population.states.prior_commitments`). The convenor's club and bloc are
memberships, 0 or 1.
"""

from __future__ import annotations

import math
from collections import namedtuple

from sim.compiled import compiled

NAMES = (
    "inclination",
    "affinity",  # constructivism
    "convenor_votes",  # leadership, as are the next two
    "convenor_club",
    "convenor_bloc",
    "record",  # path dependence
    "peers",  # norm cascades, complex contagion
    "home",  # two-level games
    "patron",  # realism
    "security",  # liberal institutionalism
    "restraint",  # realism
    "burden",  # capacity
)
MOTIVES = namedtuple("MOTIVES", NAMES)(*range(len(NAMES)))
_SQRT_HALF = 0.7071067811865476


@compiled
def governance_distance(openness, public_rule, other_openness, other_public_rule):
    """Distance of two positions in (openness, public rule): 0 the same, 1 opposite corners."""
    across, along = openness - other_openness, public_rule - other_public_rule
    return math.sqrt(across * across + along * along) * _SQRT_HALF


@compiled
def affinity(openness, public_rule, text_openness, text_public_rule):
    """1 at the text's own position, -1 at the opposite corner (Finnemore and Sikkink 1998)."""
    return 1.0 - 2.0 * governance_distance(openness, public_rule, text_openness, text_public_rule)


@compiled
def convenor_closeness(ideal_point, convenor_ideal_point, largest_distance):
    """Closeness to the convenor in UN votes: 1 its own ideal point, 0 the farthest state's; on any scale (Bailey,
    Strezhnev and Voeten 2017).
    """
    return 1.0 - abs(ideal_point - convenor_ideal_point) / largest_distance


@compiled
def example(tie, standing, signs):
    """Contribution of one peer: its tie's share of all ties times its standing, if it *signs*, 0 or 1 (Finnemore and
    Sikkink 1998; Centola and Macy 2007).
    """
    return tie * standing * signs


@compiled
def share_of_own(signatories, organisations):
    """Home, of states: the share of their firms and NGOs that is on the public list (Putnam 1988); 0 without any."""
    return signatories / organisations if organisations > 0.0 else 0.0


@compiled
def patron(has_patron, patron_signs):
    """1 where an allied great power exists and has signed, else 0; both arguments 0 or 1."""
    return has_patron * patron_signs


@compiled
def security(security_club_share, exposure, offence_held_by_signatories, confidence):
    """Exposure times the share of the world's offence that signatories hold, their expected compliance (*confidence*),
    and the share of restraint that only fellow signatories enjoy: the rest can be had without signing (Barrett 1994).
    """
    return security_club_share * exposure * offence_held_by_signatories * confidence


@compiled
def restraint(depth_of_restraint, offence):
    """Minus the offensive means that a code of this depth asks one to give up (Downs, Rocke and Barsoom 1996)."""
    return -depth_of_restraint * offence


@compiled
def burden(depth_of_burden, capacity):
    """Minus the effort that a code of this depth asks for, times the capacity that is lacking."""
    return -depth_of_burden * (1.0 - capacity)
