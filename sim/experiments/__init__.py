"""Experiments: runs of a scenario, comparisons, pivots, outreach and the frontier of a code, and their outcomes."""
