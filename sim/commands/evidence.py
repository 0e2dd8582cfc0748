"""`parley evidence`: everything that speaks for the model and against it, as a page with figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands import options
from sim.commands.printing import Target, console, reporting
from sim.writing import json_text, writable_file, writable_folder, write_text

if TYPE_CHECKING:
    from sim.evidence.record_of_evidence import Evidence

SHIPPED = "shipped"


def evidence(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="Where evidence.md and evidence/*.svg go.")
    ] = Path("docs"),
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar=f"FILE|{SHIPPED}", help="Compute nothing: write the page of this record anew."),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="Where the record goes.", show_default="FOLDER/evidence.json"),
    ] = None,
    seed: options.Seed = None,
    workers: options.Workers = None,
    json: options.Json = None,
) -> None:
    """Would it have been right? Compute all the evidence on the shipped weights (half an hour and more), and write it:
    a page with figures, and the record that they are made from. Interrupted, it goes on where it was.
    """
    if from_ is not None:
        options.only_alone("--from", {"--record": record, "--seed": seed, "--workers": workers})
    target = Target(json)
    _, start, threads = options.luck(None, seed, workers)

    from sim.evidence.evidence_page import FOLDER, write_page
    from sim.evidence.figures.sheet import drawing
    from sim.evidence.record_of_evidence import RECORD, evidence_on_record

    found = None if from_ is None else evidence_on_record(RECORD if from_ == SHIPPED else Path(from_))
    drawing()
    if record is not None:
        writable_file(record)
    writable_folder(writable_folder(out) / FOLDER)
    written = []
    if found is None:
        found, kept = _gathered(start, threads), out / "evidence.json" if record is None else record
        write_text(kept, json_text(found.content))
        written.append(kept)
    written += write_page(found, out)
    target.emit(found.as_json)
    if target.prints:
        screen = console()
        for sentence in found.said["headline"]:
            screen.print(sentence)
        screen.print(f"Written to {', '.join(map(str, written))}")


def _gathered(seed: int, workers: int | None) -> Evidence:
    from sim.evidence import gathering

    with reporting("Gathering the evidence") as report:
        return gathering.gather(seed, workers, report)
