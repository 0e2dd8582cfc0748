"""Analysis of sweeps: what a lever does and where, which uncertainties matter, in which worlds an
outcome falls short, where it tips, and how much of each number is chance.
"""
