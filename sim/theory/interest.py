"""What a seat at a negotiating table wants of a text, from its traits (docs/odd.md, section 7.9).
The arguments are numbers or arrays of NumPy that broadcast; the last axis is that of provisions.
"""

from __future__ import annotations

import numpy as np


def governance_position(openness, un_votes, ideal_point_share):
    """Where a seat stands between control (-1) and openness (1): its openness, in [0, 1], and with
    *ideal_point_share* its votes in the General Assembly, in [-1, 1] (Bailey, Strezhnev and Voeten
    2017).
    """
    return ideal_point_share * un_votes + (1.0 - ideal_point_share) * (2.0 * openness - 1.0)


def interest(governance_position, exposure, offence, capacity, position, restraint, burden):
    """What a seat gains from a provision, about -2 to 2: the side it takes, the attacks it is
    spared less the means it gives up, less the effort for which it has no capacity. The last three
    arguments are the loadings of the provision.
    """
    return (
        position * governance_position
        + restraint * (exposure - offence)
        - burden * (1.0 - capacity)
    )


def ideal(interest, position_noise, normal):
    """The level of a provision that a seat likes best, in [0, 1]: the middle, and up or down with
    its interest; *normal* is a standard normal draw. Single-peaked preferences (Black 1948).
    """
    return np.clip(0.5 + interest + position_noise * normal, 0.0, 1.0)


def salience(interest, salience_floor, salience_noise, normal):
    """The share of a seat's attention that each provision has, summing to 1: more where its
    interest is strong, and never none, by the *salience_floor* (Bueno de Mesquita 1994). *normal*
    is a standard normal draw.
    """
    raw = (salience_floor + np.abs(interest)) * np.exp(salience_noise * normal)
    return raw / raw.sum(axis=-1, keepdims=True)
