"""The theories as pure functions on numbers, each with its source, for the engine and for
explanations.
"""
