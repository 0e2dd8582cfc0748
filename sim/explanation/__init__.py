"""Why somebody signs or stays out, in this model: the motives as the engine weighs them, and the smallest feasible
change that turns the decision (docs/odd.md, section 7.8).
"""
