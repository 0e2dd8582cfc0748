"""Experiments: a scenario in many worlds, its outcomes, pivots, outreach, depth and stability."""
