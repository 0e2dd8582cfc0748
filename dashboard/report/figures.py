"""The figures of a report: rows of an analysis in, figures of Plotly out, as plain tables.

A colour is written as "@name", a name of `dashboard.theme.Palette`: the page puts in that of its
scheme, light or dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.data.words import dial_words
from sim import number_formats as formats

Row = Mapping[str, Any]
Figure = dict[str, Any]

ROW, ABOVE_AND_BELOW = 34, 92  # pixels of a bar, and of the axis below all
HEIGHT = 340
FIFTHS = [0, 0.2, 0.4, 0.6, 0.8, 1]  # of an axis of shares
MOST_BARS, MOST_QUANTITIES = 12, 4
WIDE, NARROW = 9, 3  # pixels of an interval
FIRST, SECOND, THIRD = "@simulated", "@second", "@third"
TITLE = {"size": 12, "color": "@dimmed"}


def layout(height: int, x: str, y: str = "", **more: Any) -> Figure:
    """What all figures share, beside the template."""
    return {
        "height": height,
        "margin": {"l": 0, "r": 12, "t": 8, "b": 0},
        "hovermode": "closest",
        "xaxis": {"title": {"text": x, "standoff": 8, "font": TITLE}, **more.pop("xaxis", {})},
        "yaxis": {"title": {"text": y, "font": TITLE}, **more.pop("yaxis", {})},
        **more,
    }


def intervals(
    names: Sequence[str],
    rows: Sequence[Row],
    value: str,
    x: str,
    colour: str = FIRST,
    outer: tuple[str, str] | None = None,
) -> Figure:
    """A row for each of *rows*: its *value* as a dot, its 95 % interval as a bar, and from *outer*
    to *outer* as a line.
    """
    places = list(range(len(rows)))
    traces = []
    if outer is not None:
        traces.append(_bars(rows, places, *outer, "@most_worlds", WIDE + 5))
    traces.append(
        _bars(rows, places, "low", "high", "@half_the_worlds" if outer else "@most_worlds", WIDE)
    )
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [row[value] for row in rows],
            "y": places,
            "marker": {"color": colour, "size": 9},
            "text": [_hover(name, row, value) for name, row in zip(names, rows, strict=True)],
            "hovertemplate": "%{text}<extra></extra>",
        }
    )
    return {
        "data": traces,
        "layout": layout(
            ROW * len(rows) + ABOVE_AND_BELOW,
            x,
            xaxis={
                "zeroline": True,
                "zerolinecolor": "@dimmed",
                "zerolinewidth": 1,
                "rangemode": "tozero",
                "showgrid": True,
                "showspikes": False,
            },
            yaxis={
                "tickvals": places,
                "ticktext": [wrapped(name) for name in names],
                "autorange": False,
                "showgrid": False,
                "zeroline": False,
                "rangemode": "normal",
                "ticklabelstandoff": 8,
                "range": [len(rows) - 0.5, -0.5],
            },
        ),
    }


def _bars(
    rows: Sequence[Row], places: Sequence[int], low: str, high: str, colour: str, width: int
) -> Figure:
    x: list[Any] = []
    y: list[Any] = []
    for row, place in zip(rows, places, strict=True):
        if row[low] is not None and row[high] is not None:
            x += [row[low], row[high], None]
            y += [place, place, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
    }


def _hover(name: str, row: Row, value: str) -> str:
    middle = formats.significant(row[value])
    ends = formats.interval(row["low"], row["high"], formats.significant)
    span = "" if row["low"] is None else f"<br>95\u00a0% interval {ends}"
    return f"{name}<br>{middle}{span}"


def wrapped(name: str, most: int = 26) -> str:
    """*name* in lines of about so many characters."""
    lines: list[str] = [""]
    for word in name.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def as_text(value: Any) -> str:
    """A value of an axis as text."""
    return formats.setting(value) if isinstance(value, (int, float)) else str(value)


def effects(rows: Sequence[Row], unit: str) -> Figure:
    """What each value of a lever does, or each lever."""
    several = len({row["lever"] for row in rows}) > 1
    names = [
        (
            f"{row['label']}: {as_text(row['before'])} → {as_text(row['after'])}"
            if several
            else str(row["comparison"])
        )
        for row in rows
    ]
    if several:
        order = sorted(range(len(rows)), key=lambda place: -abs(rows[place]["mean"]))[:MOST_BARS]
        rows, names = [rows[place] for place in order], [names[place] for place in order]
    return intervals(
        names, rows, "mean", f"difference, in {unit}" if unit else "difference", outer=("p5", "p95")
    )


def by_region(rows: Sequence[Row], unit: str) -> Figure:
    """The effect of a lever in parts of another axis."""
    names = [_region(row) for row in rows]
    return intervals(
        names, rows, "mean", f"difference, in {unit}" if unit else "difference", outer=("p5", "p95")
    )


def _region(row: Row) -> str:
    words = str(row["region"]).removeprefix("where ")
    return words if row["region"] != words else f"{dial_words(str(row['by']))} lies {words}"


def sensitivity(rows: Sequence[Row]) -> Figure:
    """Sobol' indices, the total and that of first order below it, or elementary effects beside the
    floor of chance.
    """
    kinds = {row["index"] for row in rows}
    main, second = ("ST", "S1") if "ST" in kinds else ("mu_star", "")
    ranked = sorted(
        (row for row in rows if row["index"] == main), key=lambda row: -(row["value"] or 0)
    )[:MOST_BARS]
    title = "share of variance: total (dot), first order (ring)"
    if main == "mu_star":
        title = "mean size of elementary effects"
    figure = intervals([dial_words(row["axis"]) for row in ranked], ranked, "value", title)
    if second:
        first = {row["axis"]: row["value"] for row in rows if row["index"] == second}
        figure["data"].append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [first[row["axis"]] for row in ranked],
                "y": list(range(len(ranked))),
                "marker": {
                    "symbol": "circle-open",
                    "color": SECOND,
                    "size": 10,
                    "line": {"width": 2},
                },
                "hovertext": [f"S1 {formats.significant(first[row['axis']])}" for row in ranked],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    floor = ranked[0]["floor"] if ranked else None
    if floor:
        figure["layout"]["shapes"] = [vertical(floor, "@register")]
        figure["layout"]["annotations"] = [_note(floor, "chance alone")]
    return figure


def vertical(x: float, colour: str) -> Figure:
    """A dotted line at *x* through the whole figure."""
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": colour, "dash": "dot", "width": 1.5},
    }


def _note(x: float, text: str) -> Figure:
    return {
        "x": x,
        "y": 1,
        "yref": "paper",
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 4,
        "font": {"color": "@dimmed", "size": 12},
    }


def scores(rows: Sequence[Row]) -> Figure:
    """Scores of axes, over folds."""
    ranked = sorted(rows, key=lambda row: -row["score"])[:MOST_BARS]
    return intervals(
        [dial_words(row["axis"]) for row in ranked], ranked, "score", "loss when shuffled"
    )


def histogram(rows: Sequence[Row], x: str) -> Figure:
    """How many points have which mean."""
    return {
        "data": [
            {
                "type": "bar",
                "x": [(row["start"] + row["end"]) / 2 for row in rows],
                "y": [row["points"] for row in rows],
                "width": [row["end"] - row["start"] for row in rows],
                "marker": {"color": "@half_the_worlds", "line": {"color": "@card", "width": 1}},
                "hovertext": [
                    f"{formats.interval(row['start'], row['end'], formats.significant)}:"
                    f" {row['points']} points"
                    for row in rows
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        ],
        "layout": layout(
            HEIGHT,
            x,
            "points",
            xaxis={
                "zeroline": True,
                "zerolinecolor": "@register",
                "zerolinewidth": 2,
                "rangemode": "tozero",
            },
        ),
    }


def convergence(rows: Sequence[Row]) -> Figure:
    """The first quantities from parts of the points, and from parts of the replicates."""
    quantities = list(dict.fromkeys(row["quantity"] for row in rows))[:MOST_QUANTITIES]
    steps = list(dict.fromkeys((row["points"], row["replicates"]) for row in rows))
    colours = (FIRST, SECOND, THIRD, "@text")
    traces = []
    for number, (quantity, colour) in enumerate(zip(quantities, colours, strict=False)):
        own = {
            (row["points"], row["replicates"]): row for row in rows if row["quantity"] == quantity
        }
        shift = 0.12 * (number - (len(quantities) - 1) / 2)
        there = [(place, own[step]) for place, step in enumerate(steps) if step in own]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": wrapped(quantity, 48),
                "x": [place + shift for place, _ in there],
                "y": [row["value"] for _, row in there],
                "marker": {"color": colour, "size": 8},
                "error_y": {
                    "type": "data",
                    "array": [(row["high"] or 0) - (row["value"] or 0) for _, row in there],
                    "color": colour,
                    "thickness": 2,
                    "width": 0,
                },
                "hovertext": [formats.significant(row["value"]) for _, row in there],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    ticks = [f"{points} ×<br>{replicates}" for points, replicates in steps]
    return {
        "data": traces,
        "layout": layout(
            HEIGHT,
            "points × worlds at each",
            "",
            showlegend=True,
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            xaxis={"tickvals": list(range(len(steps))), "ticktext": ticks, "showspikes": False},
            yaxis={"zeroline": True, "zerolinecolor": "@dimmed"},
        ),
    }


def chance(rows: Iterable[Row]) -> Figure:
    """Of each outcome, the share of chance in the variance of single worlds, and that between
    points.
    """
    own = [row for row in rows if row["chance"] is not None]
    names = [wrapped(row["label"]) for row in own]
    shares = [("between points", [1 - row["chance"] for row in own], "@simulated"),
              ("chance", [row["chance"] for row in own], "@not_taken_up")]  # fmt: skip
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": name,
                "x": values,
                "y": names,
                "marker": {"color": colour},
                "hovertext": [formats.percent(value) for value in values],
                "hovertemplate": "%{hovertext}<extra>" + name + "</extra>",
            }
            for name, values, colour in shares
        ],
        "layout": layout(
            ROW * len(own) + ABOVE_AND_BELOW + 20,
            "share of variance",
            barmode="stack",
            showlegend=True,
            legend={
                "orientation": "h",
                "y": 1.02,
                "yanchor": "bottom",
                "x": 0,
                "traceorder": "normal",
            },
            xaxis={
                "range": [0, 1],
                "tickvals": FIFTHS,
                "ticktext": [*map(formats.percent, FIFTHS)],
                "showspikes": False,
            },
            yaxis={"showgrid": False, "autorange": "reversed"},
        ),
    }
