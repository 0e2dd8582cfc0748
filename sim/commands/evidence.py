"""`parley calibrate`, `parley backtest` and `parley evidence`: weights, their test on unseen data,
and the record.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.arguments import SEED
from sim.commands import options
from sim.commands.printing import Target, console, reporting
from sim.errors import InputError
from sim.extras import extra
from sim.output_folder import OutputFolder
from sim.scenario.files import DEFAULT
from sim.writing import json_text, writable_file, write_text


def calibrate(
    scenario: Annotated[
        str, typer.Argument(help="The scenario whose text and assumptions hold.")
    ] = DEFAULT,
    lens: Annotated[
        str, typer.Option("--lens", help="The theory whose motives are fitted.")
    ] = "full",
    out: Annotated[
        Path,
        options.path_option("--out", "-o", metavar="FILE", help="The file of weights to write."),
    ] = Path("weights.toml"),
    seed: options.Seed = None,
    workers: options.Workers = None,
    json: options.Json = None,
) -> None:
    """Fit the weights to the register (some minutes); `weights = "FILE"` in a scenario then uses
    them. Draws of weights that the register leaves possible go into a CSV file beside it.
    Interrupted, it goes on where it was.
    """
    from sim.lenses import lens_named
    from sim.scenario.draws import draws_beside

    lens_named(lens, "--lens")
    target = Target(json)
    writable_file(draws_beside(writable_file(out)))  # here and not after minutes of work
    start = SEED if seed is None else seed

    from sim.commands.documents import show
    from sim.evidence.calibrate import calibrate as fit
    from sim.evidence.fit_file import write
    from sim.evidence.identification import contagion, not_pinned_down
    from sim.evidence.report.weights import document

    with reporting("Fitting to the register") as report:
        result = fit(scenario, lens=lens, seed=start, workers=workers, progress=report)
    files = write(result, out)
    target.emit(
        lambda: {
            **vars(result), "text": result.text._asdict(), "common": vars(result.common),
            "not_pinned_down": [vars(each) for each in not_pinned_down(result)],
            "contagion": {kind: vars(each) for kind, each in contagion(result).items()},
        }
    )  # fmt: skip
    if target.prints:
        screen = console()
        show(document(result), screen)
        screen.print(f"Written to {' and '.join(map(str, files))}")


Described = Annotated[
    str | None,
    typer.Option("--scenario", metavar="FILE", help="Score another instrument, with --signers."),
]
WhoSigned = Annotated[
    Path | None,
    options.path_option(
        "--signers",
        metavar="FILE.csv",
        help="Who signed it: iso3 of states, or name of firms and NGOs; and signed_by if known.",
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="COLUMN",
        help=(
            "With --scenario: a membership in states.csv to take out of the facts, the weights"
            " fitted again without it; may be repeated."
        ),
    ),
]


Instruments = Annotated[
    bool,
    typer.Option(
        "--instruments", help="Score who joins the instruments that ship, families left out."
    ),
]


def backtest(
    scenario: Described = None,
    signers: WhoSigned = None,
    without: Without = None,
    instruments: Instruments = False,
    seed: options.Seed = None,
    workers: options.Workers = None,
    json: options.Json = None,
) -> None:
    """Score what Parley says of states, and of dates, that it has not seen (some minutes); or,
    given a scenario that describes another instrument and its signers, what the same weights say of
    that; or, with --instruments, who joins which of the instruments that ship. Interrupted, it goes
    on where it was.
    """
    target = Target(json)
    start = SEED if seed is None else seed
    if instruments:
        options.only_alone(
            "--instruments", {"--scenario": scenario, "--signers": signers, "--without": without}
        )
        _of_instruments(start, workers, target)
        return
    if scenario is not None:
        _of_another(scenario, signers, tuple(without or ()), start, workers, target)
        return
    for option, value, meaning in (
        ("--signers", signers, "the instrument they signed"),
        ("--without", without, "the instrument to score without it"),
    ):
        if value:
            raise InputError(f"{option}: found it alone, expected --scenario beside it, {meaning}")

    from sim.commands.documents import show
    from sim.evidence.backtest import backtest as score
    from sim.evidence.pipeline import WORLDS_OF_THE_BACKTEST
    from sim.evidence.report.page import backtest_document

    with reporting("Leaving out and looking back") as report:
        result = score(start, workers, report)
    target.emit(result.as_json)
    if target.prints:
        backtest = {**result.content, "worlds": WORLDS_OF_THE_BACKTEST}
        show(
            backtest_document({"backtest": backtest, "manifest": result.content["manifest"]}),
            console(),
        )


def _of_instruments(seed: int, workers: int | None, target: Target) -> None:
    from sim.commands.documents import show
    from sim.evidence.report.instruments import document
    from sim.evidence.texts.backtest import instruments_backtest
    from sim.version import __version__

    with reporting("Leaving out families of texts") as report:
        result = instruments_backtest(seed, workers, report)
    target.emit(result.as_json)
    if target.prints:
        show(document(result.content, f"seed {seed}, Parley {__version__}"), console())


def _of_another(
    scenario: str,
    signers: Path | None,
    without: tuple[str, ...],
    seed: int,
    workers: int | None,
    target: Target,
) -> None:
    from sim.commands.documents import show
    from sim.evidence.calibrate import refit
    from sim.evidence.instruments import instrument, members_beside
    from sim.evidence.report.transfer import document, organisations_document
    from sim.evidence.signers import lists_organisations, read_members, read_signers, signers_beside
    from sim.evidence.transfer import check, transfer
    from sim.evidence.transfer_to_organisations import check_members, transfer_to_organisations
    from sim.population import leaving_out
    from sim.scenario import load

    left_out = leaving_out(without, "--without").left_out
    other = load(scenario)
    of_instrument = members_beside(other) if signers is None else None
    file = signers or of_instrument or signers_beside(other)
    of_organisations = of_instrument is None and lists_organisations(file)
    if of_organisations:
        signed = read_members(file, other.code.may_sign)
        check_members(other, signed)
    else:
        signed = read_signers(file) if of_instrument is None else instrument(file.parent).signers
        check(other, signed)
    weights = None
    if left_out:
        with reporting("Fitting states, firms and NGOs again") as report:
            weights = refit(left_out, report)
    options_of_worlds: Any = {
        "seed": seed,
        "without": left_out,
        "weights": weights,
        "workers": workers,
    }
    with reporting("Simulating") as report:
        if of_organisations:
            of_members = transfer_to_organisations(
                other, signed, progress=report, **options_of_worlds
            )
            page, content = organisations_document(of_members), of_members.to_dict
        else:
            result = transfer(other, signed, progress=report, **options_of_worlds)
            page, content = document(result), result.to_dict
    target.emit(content)
    if target.prints:
        show(page, console())


SHIPPED = "shipped"


def evidence(
    out: Annotated[
        Path,
        options.path_option(
            "--out", "-o", metavar="FOLDER", help="Where evidence.md and the folder evidence go."
        ),
    ] = Path("docs"),
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar=f"FILE|{SHIPPED}",
            help="Compute nothing: write the page of this record anew.",
        ),
    ] = None,
    record: Annotated[
        Path | None,
        options.path_option(
            "--record",
            metavar="FILE",
            help="Where the record goes.",
            show_default="FOLDER/evidence.json",
        ),
    ] = None,
    seed: options.Seed = None,
    workers: options.Workers = None,
    json: options.Json = None,
) -> None:
    """Would it have been right? Compute all the evidence on the shipped weights (about an hour),
    and write it: a page to be read in five minutes, pages with figures behind it, and the record
    that they are made from. Interrupted, it goes on where it was.
    """
    if from_ is not None:
        others = {"--seed": seed is not None, "--workers": workers is not None}
        options.only_alone("--from", {"--record": record, **others})
    with extra("analysis", "evidence"):  # here and not after an hour of work
        import matplotlib  # noqa: F401
        import sklearn  # noqa: F401
    target = Target(json, out)
    folder = OutputFolder(out) if target.folder is None else target.folder
    start = SEED if seed is None else seed

    from sim.commands.documents import show_sentences
    from sim.evidence import pipeline
    from sim.evidence.record import RECORD, evidence_on_record
    from sim.evidence.report.document import Sentences
    from sim.evidence.report.page import PAGE, page_files

    on_record = None if from_ is None else evidence_on_record(RECORD if from_ == SHIPPED else from_)
    if from_ is not None:  # a record that is read from the folder stays one of its files
        name = None if from_ == SHIPPED else folder.name_of(Path(from_))
    else:
        name = folder.name_of(out / "evidence.json" if record is None else record)
    if record is not None and name is None:
        writable_file(record)
    with target:
        target.expect(())
        folder.expect([PAGE, *([] if name is None else [name])])
        if on_record is None:
            with reporting("Gathering the evidence") as report:
                on_record = pipeline.gather(start, workers, report)
        texts = {} if name is None else {name: json_text(on_record.content)}
        for file, text in {**texts, **page_files(on_record.content)}.items():
            folder.add(file, text)
        target.add_json(on_record.as_json())
        files = folder.commit(on_record.content["manifest"])
        if record is not None and name is None:
            write_text(record, json_text(on_record.content))
            files.append(record)
        target.emit(on_record.as_json)
        if target.prints:
            screen = console()
            for block in on_record.document.blocks:
                if isinstance(block, Sentences):
                    show_sentences(block, screen)
            screen.print(f"Written to {', '.join(map(str, files))}")
