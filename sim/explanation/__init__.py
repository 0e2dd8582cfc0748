"""Explanations of why a stakeholder signs or stays out in this model: its motives as the engine
weighs them, and the smallest feasible change that turns the decision (docs/odd.md, section 7.8).
"""
