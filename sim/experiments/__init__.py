"""Experiments: a scenario in many worlds, its outcomes, pivots, outreach and stability."""
