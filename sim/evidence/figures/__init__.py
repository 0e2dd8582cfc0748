"""The figures of docs/evidence.md, as SVG: name -> text. The same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.figures.bins import bins
from sim.evidence.figures.found_again import found_again
from sim.evidence.figures.intervals import dates_in_sample, later_dates
from sim.evidence.figures.models import models


def all_of(content: Mapping[str, Any]) -> dict[str, str]:
    """File name -> SVG of every figure; InputError where matplotlib is missing."""
    return {
        "dates-in-sample.svg": dates_in_sample(content),
        "models.svg": models(content),
        "calibration.svg": bins(content),
        "later-dates.svg": later_dates(content),
        "recovery.svg": found_again(content),
    }
