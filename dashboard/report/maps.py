"""The figures of a report that show a plane: where an outcome tips, and in which worlds something
is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.report.figures import FIRST, HEIGHT, Figure, Row, as_text, layout, vertical
from sim import number_formats as formats

ONE_AXIS, TWO_AXES = 1, 2


def tipping(rows: Sequence[Row], tips: Sequence[Row]) -> Figure:
    """The outcome along one axis with the place where it tips, or over two axes with a line of such
    places.
    """
    return _map(rows, tips) if rows[0]["y"] else _curve(rows, tips)


def _curve(rows: Sequence[Row], tips: Sequence[Row]) -> Figure:
    x = [row["at_x"] for row in rows]
    low, high = (
        [row[end] if row[end] is not None else row["value"] for row in rows]
        for end in ("low", "high")
    )
    shapes = []
    for tip in tips:
        if tip["place"] is not None:
            if tip["threshold"] is not None:
                shapes.append(vertical(tip["place"], "@register"))
            if tip["low"] is not None:
                shapes.append(
                    {
                        "type": "rect",
                        "x0": tip["low"],
                        "x1": tip["high"],
                        "y0": 0,
                        "y1": 1,
                        "yref": "paper",
                        "layer": "below",
                        "fillcolor": "@register",
                        "opacity": 0.15,
                        "line": {"width": 0},
                    }
                )
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": [*x, *x[::-1]],
                "y": [*high, *low[::-1]],
                "fill": "toself",
                "fillcolor": "@most_worlds",
                "line": {"width": 0},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": x,
                "y": [row["value"] for row in rows],
                "line": {"color": FIRST, "width": 2},
                "marker": {"size": 8, "color": FIRST},
                "hovertext": [
                    f"{formats.setting(row['at_x'])}: {formats.significant(row['value'])}"
                    for row in rows
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            },
        ],
        "layout": layout(HEIGHT, rows[0]["x"], "", shapes=shapes, yaxis={"rangemode": "normal"}),
    }


def _map(rows: Sequence[Row], tips: Sequence[Row]) -> Figure:
    xs, ys = sorted({row["at_x"] for row in rows}), sorted({row["at_y"] for row in rows})
    value = {(row["at_x"], row["at_y"]): row["value"] for row in rows}
    there = [tip for tip in tips if tip["place"] is not None]
    data: list[Figure] = [
        {
            "type": "heatmap",
            "x": xs,
            "y": ys,
            "z": [[value[x, y] for x in xs] for y in ys],
            "xgap": 2,
            "ygap": 2,
            "colorscale": [[0, "@most_worlds"], [1, "@simulated"]],
            "colorbar": {"thickness": 12, "outlinewidth": 0, "title": {"text": ""}},
            "text": [[_point(x, y, value[x, y]) for x in xs] for y in ys],
            "hovertemplate": "%{text}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [tip["place"] for tip in there],
            "y": [tip["at_y"] for tip in there],
            "line": {"color": "@register", "width": 2},
            "marker": {"color": "@register", "size": 7},
            "error_x": {
                "type": "data",
                "symmetric": False,
                "color": "@register",
                "thickness": 1.5,
                "array": [(tip["high"] or tip["place"]) - tip["place"] for tip in there],
                "arrayminus": [tip["place"] - (tip["low"] or tip["place"]) for tip in there],
            },
            "hovertext": [f"tips at {formats.significant(tip['place'])}" for tip in there],
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
    ]
    return {
        "data": data,
        "layout": layout(
            HEIGHT + 60,
            rows[0]["x"],
            rows[0]["y"],
            yaxis={"rangemode": "normal", "showgrid": False},
        ),
    }


def _point(x: Any, y: Any, value: float | None) -> str:
    """A point in words: where it lies, and its value."""
    return f"{as_text(x)}, {as_text(y)}: {formats.significant(value)}"


def cases(rows: Sequence[Row], limits: Sequence[Row]) -> Figure:
    """Each case at its values on the first two axes of the box, or on one against the outcome; the
    box as a frame.
    """
    x = limits[0]["axis"]
    y = limits[1]["axis"] if len(limits) > ONE_AXIS else "value"
    traces = []
    for of_interest, colour, name in (
        (False, "@not_taken_up", "other cases"),
        (True, "@register", "cases of interest"),
    ):
        own = [row for row in rows if row["of_interest"] == of_interest]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": [row[x] for row in own],
                "y": [row[y] for row in own],
                "marker": {
                    "color": colour,
                    "size": 8,
                    "opacity": 0.85,
                    "line": {"color": "@card", "width": 1},
                },
                "hovertext": [_point(row[x], row[y], row["value"]) for row in own],
                "hovertemplate": "%{hovertext}<extra>" + name + "</extra>",
            }
        )
    box: Figure = {
        "type": "rect",
        "layer": "above",
        "line": {"color": "@text", "width": 2},
        "fillcolor": "@simulated",
        "opacity": 0.12,
    }
    for name, limit in zip(("x", "y"), limits[:TWO_AXES], strict=False):
        box |= _side(name, limit, rows)
    if len(limits) == ONE_AXIS:
        box |= {"yref": "paper", "y0": 0, "y1": 1}
    return {
        "data": traces,
        "layout": layout(
            HEIGHT + 60, x, "" if y == "value" else y, shapes=[box], showlegend=True,
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            yaxis={"rangemode": "normal"}, xaxis={"showspikes": False},
        ),
    }  # fmt: skip


def _side(name: str, limit: Row, rows: Sequence[Row]) -> Figure:
    """Where the frame begins and ends along one axis; of texts, around those that it holds."""
    values = list(dict.fromkeys(row[limit["axis"]] for row in rows))
    if limit["values"]:
        places = [
            place
            for place, value in enumerate(values)
            if str(value) in str(limit["values"]).split(", ")
        ]
        return {f"{name}0": min(places) - 0.4, f"{name}1": max(places) + 0.4}
    return {
        f"{name}0": limit["low"] if limit["low"] is not None else min(values),
        f"{name}1": limit["high"] if limit["high"] is not None else max(values),
    }
