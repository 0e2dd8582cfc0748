"""What stakeholders there are and what they are like, by name: kinds and traits (model.md, section 2)."""

from __future__ import annotations

KINDS = ("state", "firm", "ngo")

TRAITS = ("openness", "public_rule", "offence", "exposure", "capacity", "audience", "weight")
