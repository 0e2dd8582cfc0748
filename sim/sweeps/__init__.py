"""Sweeps: one scenario at many points of its dials, choices, lenses and weights, on disk,
resumable, and with the same numbers however they are computed.
"""
