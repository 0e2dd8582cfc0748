"""Targets, protection and harm (docs/odd.md, 7.3 and 7.7): harm is an index, never money, lives or
incidents.
"""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def attractiveness(exposure, target_rivalry, distance):
    """Weight of a state as a target: its exposure, more where its governance is far from the
    author's (*distance* in [0, 1]).
    """
    return exposure * (1.0 + target_rivalry * distance)


@compiled
def protection(protection_strength, supplier_share, own_practices_kept, suppliers_practices_kept):
    """Share of harm averted, in [0, 1], by the practices of the victim and of its suppliers."""
    practices = (
        1.0 - supplier_share
    ) * own_practices_kept + supplier_share * suppliers_practices_kept
    return protection_strength * practices


@compiled
def gross_harm(severity, exposure):
    """Harm of one operation before protection."""
    return severity * exposure


@compiled
def crime_let_through(averted_by_protection, diligence_strength, hosts_diligence):
    """Share of criminal harm that remains after victims' protection and hosts' due diligence; all
    in [0, 1].
    """
    return (1.0 - averted_by_protection) * (1.0 - diligence_strength * hosts_diligence)
