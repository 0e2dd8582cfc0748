"""Security (liberal institutionalism): the safety that signatories' restraint promises (Barrett 1994 for the two ends
of the club share).
"""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def security(security_club_share, exposure, offence_held_by_signatories, confidence):
    """Club share x exposure x share of the world's offence bound by the code x confidence that it is kept; all in [0,
    1].

    Only what is reserved for fellow signatories is a reason to sign: what everybody enjoys can be had for nothing.
    """
    return security_club_share * exposure * offence_held_by_signatories * confidence
