"""Lessons: a prediction, a run, and beside the prediction what the record, a theorem or two sides
of a debate say.
"""
