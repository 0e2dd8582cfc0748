"""Experiments: runs of a scenario, their outcomes, comparisons, pivots, outreach, the frontier of a
code, stability.
"""
