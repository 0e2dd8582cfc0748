"""`parley analyse`: the answer that a sweep gives to its question, what matters, where, and how
much is chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.commands.printing import COLUMN_OF_A_SWEEP, Column, Output, Record, number, record_table
from sim.number_formats import (
    NO_BREAK,
    count,
    decimal,
    effect,
    effect_interval,
    interval,
    percent,
    setting,
    significant,
)
from sim.output_folder import LETTERS

if TYPE_CHECKING:
    from rich.console import Console

    from sim.output_folder import OutputFolder

PAGE = "report.html"
MOST_ROWS = 12  # of a table on the screen

Folder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", help="A folder that `parley sweep` wrote, finished or not."),
]
Outcome = Annotated[
    list[str] | None,
    typer.Option("--outcome", metavar="NAME", help="An outcome of the sweep; may be repeated."),
]
Lever = Annotated[
    list[str] | None,
    typer.Option(
        "--lever",
        metavar="AXIS",
        help="The axis whose values are compared in the same worlds; several are ranked.",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="AXIS", help="The axis by which the effect of the lever is told apart."
    ),
]
Where = Annotated[
    str | None,
    typer.Option(
        "--where", metavar="CONDITION", help="The worlds to look for, such as 'harm_prevented < 5'."
    ),
]


def analyse_with(page: Callable[[Any], str]) -> Callable[..., None]:
    """The command, with the *page* that shows an analysis in HTML: whoever can draw hands it in."""

    def analyse(
        folder: Folder,
        *,
        outcome: Outcome = None,
        lever: Lever = None,
        by: By = None,
        where: Where = None,
        output: Output,
    ) -> None:
        """Answer the question of a sweep in one sentence: what a lever does and where, what
        matters, in which worlds an outcome falls short, and whether there are enough worlds to say
        so. --out adds a page with figures.
        """
        with output.target() as target:
            from sim.analysis.analysis import LONG
            from sim.analysis.analysis import analyse as analysis_of
            from sim.analysis.findings import TABLES

            target.expect(
                [name for name in TABLES if name not in LONG], long=LONG, documents=("analysis",)
            )
            analysis = analysis_of(
                folder, outcome=outcome or None, lever=lever or None, by=by, where=where
            )

            def save(place: OutputFolder, formats: Iterable[str]) -> None:
                analysis.save(place, formats, {PAGE: page(analysis)})

            target.deliver(analysis.as_json(), show_analysis, save)
            if output.out is not None and target.prints:
                typer.echo(f"{output.out / PAGE}: the same with figures, in one file.")

    return analyse


def show_analysis(content: Record, screen: Console) -> None:
    """Print the question, the sentences, the answer first, and short tables."""
    screen.print(f"{content['title']}: {content['question']}", style="bold")
    for note in content["notes"]:
        screen.print(note, style="dim")
    screen.print()
    for each in content["sentences"]:
        screen.print(each["text"], style="bold" if each["kind"] == "answer" else "")
    screen.print()
    for table in (
        _effects(content),
        _regions(content),
        _sensitivity(content),
        _scores(content),
        _boxes(content),
    ):
        if table is not None:
            screen.print(table, "")
    screen.print(_outcomes(content), "")
    screen.print(
        f"{count(content['done'])} of {count(content['runs'])} runs, seed {content['seed']};"
        " simulated worlds, no statement about the one that there is. Intervals:"
        f" {content['intervals']}."
    )
    screen.print(
        f"sweep {content['sha256'][:LETTERS]}"
        + (f", hash {content['hash']}" if content["hash"] else "")
    )


def _outcomes(content: Record) -> Any:
    columns: list[Column] = [
        *COLUMN_OF_A_SWEEP,
        (f"5 to 95{NO_BREAK}% of points", lambda row: interval(row["p5"], row["p95"], significant)),
        ("chance", number("chance", percent)),
    ]
    return record_table(
        "Outcomes, and the share of chance in their variance", columns, content["outcomes"], left=4
    )


def _effects(content: Record) -> Any:
    rows = content["effects"]
    if not rows:
        return None
    columns: list[Column] = [
        ("outcome", "{outcome}"),
        ("basis", "{basis}"),
        ("lever", "{lever}"),
        ("from", lambda row: _value(row["before"])),
        ("to", lambda row: _value(row["after"])),
        ("effect", number("mean", effect)),
        (f"95{NO_BREAK}% interval", lambda row: effect_interval(row["low"], row["high"])),
        (f"5 to 95{NO_BREAK}% of cases", lambda row: effect_interval(row["p5"], row["p95"])),
        ("above 0", number("above", percent)),
    ]
    return record_table("Levers, in the same worlds", columns, rows, left=3)


def _regions(content: Record) -> Any:
    rows = content["regions"]
    if not rows:
        return None
    columns: list[Column] = [
        ("outcome", "{outcome}"),
        ("basis", "{basis}"),
        ("", lambda row: _in_full(content, row)),
        ("effect", number("mean", effect)),
        (f"95{NO_BREAK}% interval", lambda row: effect_interval(row["low"], row["high"])),
        ("cases", "{cases}"),
    ]
    first = rows[0]
    title = f"{_comparison(content, first)}, by {_label(content, first['by'])}"
    return record_table(title, columns, rows, left=3)


def _in_full(content: Record, row: Record) -> str:
    words = str(row["region"])
    return (
        words if words.startswith("where") else f"where {_label(content, row['by'])} lies {words}"
    )


def _comparison(content: Record, region: Record) -> str:
    """The comparison that the *region* is a part of, in words."""
    keys = ("outcome", "lever", "before", "after")
    return next(
        str(row["comparison"])
        for row in content["effects"]
        if all(row[key] == region[key] for key in keys)
    )


def _label(content: Record, axis: str) -> str:
    return next(str(each["label"]) for each in content["axes"] if each["name"] == axis)


def _sensitivity(content: Record) -> Any:
    rows = [
        row
        for row in content["sensitivity"]
        if row["at"] == "all" and row["index"] in ("ST", "mu_star")
    ]
    if not rows:
        return None
    ranked = sorted(
        rows, key=lambda row: (row["outcome"], row["of"] != "outcome", -(row["value"] or 0))
    )
    first = {(row["outcome"], row["of"], row["axis"]): row for row in content["sensitivity"]
             if row["at"] == "all" and row["index"] in ("S1", "mu")}  # fmt: skip
    columns: list[Column] = [
        ("outcome", "{outcome}"),
        ("of its", "{of}"),
        ("basis", "{basis}"),
        ("axis", "{axis}"),
        (f"{rows[0]['index']}", number("value", significant)),
        (f"95{NO_BREAK}% interval", lambda row: effect_interval(row["low"], row["high"])),
        ("S1" if rows[0]["index"] == "ST" else "mu",
         lambda row: significant(first[row["outcome"], row["of"], row["axis"]]["value"])),
        ("chance alone", number("floor", significant)),
    ]  # fmt: skip
    return record_table(
        f"What matters, by {rows[0]['method']}", columns, ranked[:MOST_ROWS], left=4
    )


def _scores(content: Record) -> Any:
    rows = [row for row in content["scores"] if not content["sensitivity"]]
    if not rows:
        return None
    subjects = list(dict.fromkeys((row["outcome"], row["of"]) for row in rows))
    ranked_rows = []
    for subject in subjects:
        own = sorted(
            (row for row in rows if (row["outcome"], row["of"]) == subject),
            key=lambda row: -row["score"],
        )
        ranked_rows += own[: max(MOST_ROWS // len(subjects), 3)]
    columns: list[Column] = [
        ("outcome", "{outcome}"),
        ("of its", "{of}"),
        ("basis", "{basis}"),
        ("axis", "{axis}"),
        ("score", number("score", decimal)),
        ("over folds", lambda row: effect_interval(row["low"], row["high"])),
        ("explained", number("explained", percent)),
    ]
    return record_table("What matters, by permutation in trees", columns, ranked_rows, left=4)


def _boxes(content: Record) -> Any:
    rows = content["boxes"]
    if not rows:
        return None
    columns: list[Column] = [
        ("worlds", "{condition}"),
        ("basis", "{basis}"),
        ("axis", "{axis}"),
        ("from", lambda row: row["values"] or significant(row["low"])),
        ("to", number("high", significant)),
        ("quasi-p", number("quasi_p", significant, 1)),
        ("coverage", number("coverage", percent)),
        ("density", number("density", percent)),
        ("of all", number("of_all", percent)),
    ]
    return record_table("Where", columns, rows, left=3)


def _value(value: Any) -> str:
    return setting(value) if isinstance(value, (int, float)) else str(value)
