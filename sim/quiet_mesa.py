"""Mesa without a warning: in a notebook without widgets, a progress bar that it imports complains of their absence."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import mesa

__all__ = ["mesa"]
