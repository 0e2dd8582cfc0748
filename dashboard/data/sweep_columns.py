"""What the columns of the tables of a sweep's answer mean, as a table of its own: a row for each
column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sim

SETTINGS = "settings"  # what the points of a sweep are called on the page

Row = dict[str, Any]

END_95 = "end of the 95 % interval"
END_90 = "end of nine in ten of the sets of assumptions"
HALF = "mean effect where the dial in turns_by stands in the {} half of its range"
EVERYWHERE: Mapping[str, str] = {  # in several tables
    "outcome": "what is measured, by its name",
    "basis": "what the number rests on",
    "of": "what it is about: the outcome itself, or the effect of the lever on it",
    "axis": "the dial, by its name",
    "label": "the dial, in words",
    "lever": "the dial that is compared, by its name",
    "before": "the value of the lever that it is compared with",
    "after": "the value of the lever that is compared",
    "unit": "unit of the numbers of the row",
    "value": "the number itself",
    "mean": "mean over the sets of assumptions",
    "low": f"lower {END_95}",
    "high": f"upper {END_95}",
    "p5": f"lower {END_90}",
    "p95": f"upper {END_90}",
    "cases": "sets of assumptions",
    "x": "the dial across, by its name",
    "y": "the dial upward, by its name; empty where there is none",
    "at_x": "value of the dial across",
    "at_y": "value of the dial upward",
    "scenario": "scenario that all settings begin with",
    "seed": "seed of the worlds",
    "version": "version of Parley",
    "sweep": "name of the sweep",
    "settings": "settings of the whole sweep",
    "worlds_each": "worlds under each setting",
    "worlds": "worlds under all settings together",
    "sha256": "digest of the sweep",
}
OF_TABLES: Mapping[str, Mapping[str, str]] = {
    "effects": {
        "comparison": "which value of the lever is set beside which, in words",
        "asked": "whether the question is about this comparison",
        "above": "share of the sets of assumptions in which it is above 0",
        "worlds_above": "share of the pairs of worlds in which it is above 0",
        "chance": "standard error of the effect under one set of assumptions",
        "clear": "whether the 95 % interval leaves 0 out",
        "hardly": "whether it is less than a fifth of the standard deviation of single worlds",
        "level": "mean of the outcome at the value in before",
        "other_fits_low_90": (
            "lower end of 90 % of pairs of worlds with other fits that the data allow"
        ),
        "other_fits_high_90": (
            "upper end of 90 % of pairs of worlds with other fits that the data allow"
        ),
    },
    "regions": {
        "by": "the dial by which the assumptions are cut into parts",
        "region": "the part, in words",
        "state": "what the dial is in that part, where it has words for it",
        "limits": "from where to where the part goes on the dial, in words",
        "start": "lower end of the part",
        "end": "upper end of the part",
        "peak": "whether the effect is clearly beyond that in both outer parts",
        "stands_out": "whether sentences name the part",
    },
    "sensitivity": {
        "method": "how it is found",
        "at": "where the other dials stand; all: anywhere",
        "index": (
            "mu: mean effect of moving the dial through its range, with its sign; mu_star: mean"
            " size of that effect; sigma: how far these effects differ; S1 and ST: first-order and"
            " total Sobol' index"
        ),
        "floor": "mu_star that luck alone shows",
        "rows": "passes through all dials, or rows of the base sample",
        "wide": "whether the interval is wider than the value",
        "clear": "whether the dial is told apart from none",
        "turns_by": (
            "the dial that decides which way this one works, by where it stands; the dial itself:"
            " it goes up in one half of its range and down in the other; empty: none does"
        ),
        "turns_up": "whether the effect is higher where the dial in turns_by is higher",
        "lower_half_mean": HALF.format("lower"),
        "lower_half_low": f"lower {END_95} of lower_half_mean",
        "lower_half_high": f"upper {END_95} of lower_half_mean",
        "upper_half_mean": HALF.format("upper"),
        "upper_half_low": f"lower {END_95} of upper_half_mean",
        "upper_half_high": f"upper {END_95} of upper_half_mean",
    },
    "scores": {
        "score": "how much worse decision trees guess new settings once they do not know the dial",
        "low": "lowest score in five tries",
        "high": "highest score in five tries",
        "share": "score as a share of the scores of all dials",
        "share_low": "lowest share in five tries",
        "share_high": "highest share in five tries",
        "explained": "share of the differences between new settings that the trees explain",
    },
    "boxes": {
        "condition": "the cases that are looked for",
        "what": "what the condition is about, in words",
        "low": "lower limit of the dial; empty: none",
        "high": "upper limit of the dial; empty: none",
        "values": "values of the dial, where it has no order",
        "quasi_p": "how likely chance alone would need this limit",
        "coverage": "share of all cases looked for that lie within all limits",
        "coverage_low": "lower end of coverage over the worlds",
        "coverage_high": "upper end of coverage over the worlds",
        "density": "share of what lies within all limits that is looked for",
        "density_low": "lower end of density over the worlds",
        "density_high": "upper end of density over the worlds",
        "of_all": "share of all cases that is looked for",
        "share_of_worlds": "share of single worlds within all limits in which the condition holds",
        "share_of_worlds_elsewhere": "the same of single worlds elsewhere",
    },
    "tips": {
        "threshold": "the value that is crossed; empty: where it changes most",
        "place": "value of the dial across where it does so",
        "low": "lower end of the place",
        "high": "upper end of the place",
        "share": "share of repeated draws of the worlds in which it is there",
        "rises": "whether the outcome rises there",
    },
    "map": {"value": "mean of the outcome there"},
    "convergence": {
        "quantity": "what is worked out from fewer worlds",
        "points": "sets of assumptions, comparisons or passes that it is worked out from",
        "replicates": "worlds under each of them that it is worked out from",
    },
    SETTINGS: {
        "point": "number of the setting",
        "basis": "what the numbers of the file rest on that promise least",
        "settings_in_this_file": "settings in the file",
    },
}

FIGURE = "the table of a figure"  # that the page itself draws
OF_FIGURE: Mapping[str, str] = {
    "dial": "the dial, as the figure calls it",
    "axis": "the dial, by its name",
    "from": "the end that is compared with, in words",
    "to": "the other end, in words",
    "from_value": "value of the dial there",
    "to_value": "value of the dial at the other end",
    "where": "the half of a range in which the bar holds; empty: anywhere",
    "difference": "mean difference of the outcome between the two ends",
    "low_95": f"lower {END_95}",
    "high_95": f"upper {END_95}",
    "says": "the difference as the figure says it",
    "either_way": (
        "whether it raises in some settings and lowers in others, so that the difference is a size"
    ),
    "luck_alone_reaches": "size that luck alone reaches",
    "across": "the dial across, as the figure calls it",
    "at_across": "its value in words",
    "upward": "the dial upward, as the figure calls it",
    "at_upward": "its value in words",
    "settings_in_cell": "settings over which the cell is the mean",
    "shown": "whether the figure draws the setting",
    "difference_median": "median difference of the outcome over the pairs",
    "low_90": "lower end of 90 % of the pairs",
    "high_90": "upper end of 90 % of the pairs",
    "pairs": "pairs of worlds, of harm one for each set of assumptions, that are compared",
    **{name: EVERYWHERE[name] for name in ("settings", "worlds_each", "worlds")},
}


def columns_of(answer: Mapping[str, Any], tables: Mapping[str, list[str]]) -> list[Row]:
    """A row for each column of *tables*, by their names: what it means in words, and of a dial and
    of an outcome its unit, and what that outcome rests on.
    """
    of_settings = {**_axes(answer), **_outcomes(answer)}
    rows: list[Row] = []
    for table, columns in tables.items():
        in_words = {**EVERYWHERE, **OF_TABLES[table]}
        for column in columns:
            own = of_settings.get(column, {}) if table == SETTINGS else {}
            rows.append(
                {
                    "table": table,
                    "column": column,
                    "meaning": own.get("meaning") or in_words[column],
                    "unit": own.get("unit", ""),
                    "basis": own.get("basis", answer["basis"]),
                }
            )
    return rows + [
        {
            "table": FIGURE,
            "column": column,
            "meaning": meaning,
            "unit": "",
            "basis": answer["basis"],
        }
        for column, meaning in OF_FIGURE.items()
    ]


def labels_of(answer: Mapping[str, Any]) -> dict[str, str]:
    """The dials of an *answer* by their names, one that stands for several as it is called with
    them.
    """
    return {axis["name"]: axis["label"] for axis in answer["axes"]} | {
        row["lever"]: row["label"] for row in answer["effects"]
    }


def _axes(answer: Mapping[str, Any]) -> dict[str, Row]:
    """What the column of each dial means."""
    together, called = _moved_together(answer), labels_of(answer)
    rows = {}
    for axis in answer["axes"]:
        own = ": ".join(filter(None, (axis["label"], axis["meaning"])))
        if axis["name"] in together:
            own = f"{axis['label']}; {', '.join(together)} have one value: {called[together[0]]}"
        elif axis["moves"]:
            own = f"{axis['label']}: one value for {', '.join(axis['moves'])}"
        rows[axis["name"]] = {"meaning": own, "unit": axis["unit"]}
    return rows


def _moved_together(answer: Mapping[str, Any]) -> list[str]:
    """The levers of an *answer* that have one value in each setting, where there are several."""
    levers = [axis["name"] for axis in answer["axes"] if axis["lever"]]
    values = [answer["rows"][name] for name in levers]
    return levers if len(levers) > 1 and all(each == values[0] for each in values) else []


def _outcomes(answer: Mapping[str, Any]) -> dict[str, Row]:
    """What the columns of each outcome mean: its mean, how far worlds differ, and what it rests
    on.
    """
    rows: dict[str, Row] = {}
    for outcome in answer["outcomes"]:
        name, label, own = outcome["name"], outcome["label"], {"basis": sim.BASES[outcome["basis"]]}
        rows |= {
            name: {
                "meaning": f"{label}: mean over the worlds of the setting",
                "unit": outcome["unit"],
                **own,
            },
            f"{name}_sd": {
                "meaning": f"{label}: standard deviation between these worlds",
                "unit": outcome["unit"],
                **own,
            },
            f"{name}_basis": {"meaning": f"{label}: what it rests on", **own},
        }
    return rows
