"""What stakeholders there are and what they are like, by name: kinds and traits (docs/odd.md, section 2)."""

from __future__ import annotations

KINDS = ("state", "firm", "ngo")
GROUPS = ("state_high", "state_middle", "state_low", "firm", "ngo")  # states in thirds by offensive means

TRAITS = ("openness", "public_rule", "offence", "exposure", "capacity", "audience", "weight")
