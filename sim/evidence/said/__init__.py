"""What the record of evidence comes to in words: pure functions from its content to sentences.

docs/evidence.md and the page Evidence show these same sentences. Every number in them, and every direction, is read
from the content, so that a record that says otherwise is told otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.said.another_instrument import of_transfer
from sim.evidence.said.conduct import of_conclusions
from sim.evidence.said.headline import headline
from sim.evidence.said.later_dates import LATER, of_a_day, of_later_dates
from sim.evidence.said.limits import limits
from sim.evidence.said.states import MODELS, of_states
from sim.evidence.said.weights import of_calibration, of_control, of_dates_in_sample, of_recovery


def all_of(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Section -> sentences: headline, in_sample, states, models, later (of both days), "later " and each day, control,
    calibration, recovery, transfer, conclusions and limits.
    """
    backtest = content["backtest"]
    days = backtest["time_split"]
    return {
        "headline": headline(content),
        "in_sample": of_dates_in_sample(content["in_sample"]),
        "states": of_states(backtest),
        "models": list(MODELS),
        LATER: of_later_dates(content["in_sample"], days),
        **{f"{LATER} {day}": of_a_day(told) for day, told in days.items()},
        "control": of_control(backtest["negative_control"]),
        "calibration": of_calibration(content["calibration"], content["recovery"]),
        "recovery": of_recovery(content["recovery"]),
        "transfer": of_transfer(content["transfer"]),
        "conclusions": of_conclusions(content["conclusions"]),
        "limits": limits(),
    }
