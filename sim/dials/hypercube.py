"""A sample of all that nobody has measured: dials that vary at once over their plausible ranges."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.dials.dial import Dial


def latin_hypercube(
    dials: Mapping[str, Dial], points: int, seed: int
) -> dict[str, NDArray[np.float64]]:
    """Dial -> [points] values, each evenly over its plausible range, in a Latin hypercube (McKay et
    al. 1979); without the dials that have no such range. For a *seed*, a dial has the same values
    whichever of the others are held.
    """
    from scipy.stats.qmc import LatinHypercube  # takes half a second to load

    shares = LatinHypercube(len(dials), rng=np.random.default_rng(seed)).random(points)
    values = {}
    for share, (name, dial) in zip(shares.T, dials.items(), strict=True):
        if dial.plausible is not None:
            low, high = dial.plausible
            width = high - low
            values[name] = low + (np.floor(share * (width + 1.0)) if dial.whole else share * width)
    return values
