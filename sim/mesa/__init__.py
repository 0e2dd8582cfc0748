"""Parley as a Mesa model: parley.ParleyModel and its agents."""

import warnings

with (
    warnings.catch_warnings()
):  # Mesa's progress bar complains, in a notebook without widgets, of their absence
    warnings.simplefilter("ignore")
    import mesa  # noqa: F401
