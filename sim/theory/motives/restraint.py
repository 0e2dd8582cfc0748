"""Restraint (realism): the offensive means that the text would have one give up."""

from __future__ import annotations

from sim.compiled import compiled


@compiled
def restraint(depth_of_restraint, offence):
    """Minus the text's depth of restraint times one's offensive means, both in [0, 1]."""
    return -depth_of_restraint * offence
