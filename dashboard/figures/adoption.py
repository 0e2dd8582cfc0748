"""How the public list grows: bands of simulated worlds, their median, and the counts of the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import Palette, template


def figure(curve: pd.DataFrame, register: pd.DataFrame, palette: Palette) -> go.Figure:
    """One panel of adoption, in counts on the public list.

    *curve* has a row per round: `date` (its last day), `low_90`, `low_50`, `median`, `high_50`, `high_90`; *register*
    has a row per dated count: `date`, `registered`, and `read_on`, the date in *curve* on which that count is read.
    What is counted at the end of a round holds until the end of the next, hence the steps.
    """
    panel = go.Figure(layout={"template": template(palette)})
    edge = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    for share, colour in ((90, palette.most_worlds), (50, palette.half_the_worlds)):
        panel.add_scatter(x=curve["date"], y=curve[f"low_{share}"], **edge)
        panel.add_scatter(x=curve["date"], y=curve[f"high_{share}"], **edge,
                          name=f"{share} % of worlds", fill="tonexty", fillcolor=colour)
    panel.add_scatter(x=curve["date"], y=curve["median"], name="median", mode="lines",
                      line={"width": 2.5, "shape": "hv", "color": palette.simulated},
                      text=[_reading(row, register) for row in curve.to_dict("records")], hoverinfo="text")
    panel.add_scatter(x=register["date"], y=register["registered"], name="register", mode="markers", hoverinfo="skip",
                      marker={"size": 9, "color": palette.register, "line": {"width": 1.5, "color": palette.card}})
    panel.update_xaxes(tickvals=[f"{year}-01-01" for year in _years(curve["date"])], tickformat="%Y")
    return panel


def _years(dates: pd.Series) -> range:
    """The years that begin between the first and the last of *dates*."""
    return range(dates.min().year + 1, dates.max().year + 1)


def _reading(row: Mapping[Any, Any], register: pd.DataFrame) -> str:
    """What the pointer shows at a round: the simulated worlds, and the register's count where it is read there."""
    read_here = register[register["read_on"] == row["date"]]
    return "<br>".join([
        f"<b>{in_words(row['date'])}</b>",
        f"median {row['median']:.0f}",
        *(f"{share} % of worlds {span(row, share)}" for share in (50, 90)),
        *(f"register {count['registered']} ({in_words(count['date'])})" for count in read_here.to_dict("records")),
    ])


def span(row: Mapping[Any, Any], share: int) -> str:
    """The interval that holds *share* per cent of the worlds: 66–82."""
    return f"{row[f'low_{share}']:.0f}–{row[f'high_{share}']:.0f}"


def in_words(day: date) -> str:
    """12 November 2018."""
    return f"{day.day} {day:%B %Y}"
