"""The motives of signing, a function each; `MOTIVES` is their order wherever contributions are kept."""

from __future__ import annotations

import math
from collections import namedtuple

from sim.compiled import compiled

NAMES = (
    "inclination",
    "affinity",
    "convenor_votes",
    "convenor_club",
    "convenor_bloc",
    "record",
    "peers",
    "home",
    "patron",
    "security",
    "restraint",
    "burden",
)
MOTIVES = namedtuple("MOTIVES", NAMES)(*range(len(NAMES)))


SQRT_HALF = 0.7071067811865476


@compiled
def governance_distance(openness, public_rule, other_openness, other_public_rule):
    """Distance of two positions in (openness, public rule): 0 the same, 1 opposite corners."""
    across = openness - other_openness
    along = public_rule - other_public_rule
    return math.sqrt(across * across + along * along) * SQRT_HALF


@compiled
def affinity(openness, public_rule, text_openness, text_public_rule):
    """1 at the text's own position, -1 at the opposite corner; all arguments in [0, 1] (docs/odd.md, section 7.2)."""
    return 1.0 - 2.0 * governance_distance(openness, public_rule, text_openness, text_public_rule)


@compiled
def burden(depth_of_burden, capacity):
    """Minus the text's depth of burden times the capacity one lacks, both in [0, 1]."""
    return -depth_of_burden * (1.0 - capacity)


@compiled
def convenor_closeness(ideal_point, convenor_ideal_point, largest_distance):
    """Closeness to the convenor in UN votes: 1 its own ideal point, 0 the farthest state's (Bailey, Strezhnev and
    Voeten 2017).
    """
    return 1.0 - abs(ideal_point - convenor_ideal_point) / largest_distance


@compiled
def share_of_own(signatories, organisations):
    """Share of a state's own firms and NGOs that have publicly signed; 0 where it has none."""
    return signatories / organisations if organisations > 0.0 else 0.0


@compiled
def patron(has_patron, patron_signs):
    """1 where there is a patron and it has signed, else 0 (arguments 0 or 1)."""
    return has_patron * patron_signs


@compiled
def example(tie, standing, signs):
    """What one neighbour adds to the motive: its tie's share of all ties, in [0, 1], times its standing, in [0, 1], if
    it signs (0 or 1).
    """
    return tie * standing * signs


@compiled
def record(budapest_party, freedom_online_member):
    """0, 1/2 or 1: party to the Budapest Convention and member of the Freedom Online Coalition (each 0 or 1)."""
    return 0.5 * (budapest_party + freedom_online_member)


@compiled
def restraint(depth_of_restraint, offence):
    """Minus the text's depth of restraint times one's offensive means, both in [0, 1]."""
    return -depth_of_restraint * offence


@compiled
def security(security_club_share, exposure, offence_held_by_signatories, confidence):
    """Club share x exposure x share of the world's offence bound by the code x confidence that it is kept; all in [0,
    1].

    Only what is reserved for fellow signatories is a reason to sign: what everybody enjoys can be had for nothing.
    """
    return security_club_share * exposure * offence_held_by_signatories * confidence
