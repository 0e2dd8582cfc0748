"""Classic models of the literature, played by the engine and checked against their known
results.
"""
