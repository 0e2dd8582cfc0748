"""`parley compare`: two scenarios under common random numbers, or one scenario under each lens."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.arguments import with_weights
from sim.commands import options
from sim.commands.printing import (
    Column,
    Output,
    Record,
    ends_of,
    headline,
    number,
    on_signing,
    outcome_table,
    record_table,
    reporting,
    table,
)
from sim.errors import InputError
from sim.experiments.basis import basis_of_signing
from sim.findings import ASSUMED
from sim.kinds_and_statuses import GROUP_WORDS, KIND_WORDS
from sim.lenses import LENSES, lens_named
from sim.number_formats import (
    change_interval,
    clear_change,
    count,
    decimal,
    interval,
    level,
    percent,
    points,
)
from sim.request import Request
from sim.scenario import Scenario
from sim.scenario.files import DEFAULT
from sim.words.language import say
from sim.words.outcomes import outcome_label

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MOST_MOVED = 5
MOST_DISPUTED = 8
SHOWN_LEVELS = ("signatories", "power_share")

First = Annotated[
    str | None,
    typer.Argument(
        metavar="FIRST", help=options.NAME_OR_PATH, show_default=f"with --lenses: {DEFAULT}"
    ),
]
Second = Annotated[str | None, typer.Argument(metavar="SECOND", help=options.NAME_OR_PATH)]
AllLenses = Annotated[
    bool,
    typer.Option(
        "--lenses",
        help="Compare the theories on one scenario, each with the weights fitted for it.",
    ),
]
SecondSettings = Annotated[
    list[str] | None,
    typer.Option(
        "--set-second", metavar="NAME=VALUE", help="As --set, in the second scenario only."
    ),
]

SecondFacts = Annotated[
    Path | None,
    options.path_option(
        "--facts-second", metavar="FOLDER", help="As --facts, in the second scenario only."
    ),
]
SecondTies = Annotated[
    Path | None,
    options.path_option(
        "--ties-second", metavar="FILE", help="As --ties, in the second scenario only."
    ),
]


def compare(
    first: First = None,
    second: Second = None,
    *,
    simulation: options.Simulation,
    set_second: SecondSettings = None,
    facts_second: SecondFacts = None,
    ties_second: SecondTies = None,
    lenses: AllLenses = False,
    output: Output,
) -> None:
    """Simulate two scenarios under the same luck: what does the second change? --set, --choose,
    --lens, --facts and --ties hold for both. With --lenses instead: one scenario, under each of the
    theories.
    """
    if lenses:
        options.only_alone(
            "--lenses",
            {
                "a second scenario": second,
                "--set-second": set_second,
                **simulation.are_there("lens"),
                "--facts-second": facts_second,
                "--ties-second": ties_second,
            },
        )
        _compare_lenses(simulation.request(first), output)
        return
    if first is None or second is None:
        raise InputError(
            f"compare: found {'one scenario' if first else 'none'}, expected two, or one with"
            " --lenses"
        )
    facts, ties = simulation.facts, simulation.ties
    worlds = [(facts, ties), (facts_second or facts, ties_second or ties)]
    sides = [
        options.load_in_world(name, *world)
        for name, world in zip((first, second), worlds, strict=True)
    ]
    sides = _with_options(sides, (first, second), simulation, set_second)
    request = simulation.request(sides[0])
    with output.target() as target:
        from sim.results.compare import comparison_of

        target.expect(
            ("milestones", "outcomes", "signed"), documents=("manifest-first", "manifest-second")
        )
        with reporting("Simulating") as report:
            comparison = comparison_of(request.with_progress(report), sides[1])
        with reporting("Conduct, over its assumptions") as report:
            comparison.simulate_assumptions(report)
        target.deliver(comparison.as_json(), partial(show_comparison, sides=sides), comparison.save)


def _compare_lenses(request: Request, output: Output) -> None:
    """Simulate what *request* asks for under each lens, and deliver the differences."""
    with output.target() as target:
        from sim.results.compare import lens_comparison_of

        target.expect(
            ("scores", "milestones", "signed"),
            documents=[f"manifest-{name}" for name in LENSES],
        )
        with reporting("Simulating") as report:
            by_lens = lens_comparison_of(request.with_progress(report))
        show = partial(show_lenses, scenario=request.scenario)
        target.deliver(by_lens.as_json(), show, by_lens.save)


def _with_options(
    sides: list[Scenario],
    names: tuple[str, str],
    simulation: options.Simulation,
    set_second: list[str] | None,
) -> list[Scenario]:
    """Both *sides* with the values of the options; each takes those options of --choose for which
    it has a choice.
    """
    dials, of_second, answers = (
        options.settings(simulation.set_),
        options.settings(set_second),
        options.choices(simulation.choose),
    )
    lens = simulation.lens
    for choice in answers:
        if not any(choice in side.choices for side in sides):
            raise InputError(
                f"--choose: there is no choice {choice!r} in {names[0]} or {names[1]}, expected one"
                " that either has"
            )
    if lens is not None:
        sides = [side.with_lens(lens_named(lens, "--lens").name) for side in sides]
    first, second = (
        side.with_changes(
            set=dials,
            choices={
                choice: option for choice, option in answers.items() if choice in side.choices
            },
            where=options.COMMAND_LINE,
        )
        for side in sides
    )
    second = second.with_changes(set=of_second, where=options.COMMAND_LINE)
    return [with_weights(side, simulation.weights, "--weights") for side in (first, second)]


def show_comparison(content: Record, screen: Console, sides: list[Scenario]) -> None:
    """Print the differences: the public list at the end, who is moved most, then every outcome."""
    from sim.words.compare import about_comparison, signers_of_one

    first, second = sides
    basis, manifest = basis_of_signing(first, second), content["manifests"]["first"]
    worlds = manifest["replicates"], manifest["seed"]
    title, *about = about_comparison(first, second, *worlds, options.COMMAND_LINE)
    screen.print(title, style="bold")
    for sentence in (content["headline"], *about):
        if sentence:
            screen.print(sentence)
    screen.print()
    for sentence in signers_of_one(first, second):
        screen.print(f"{sentence}\n")
    paired = paired_columns()
    if content["milestones"]:
        last = content["milestones"][-len(KIND_WORDS) :]
        title = on_signing(say("compare-table-list", day=last[0]["date"]), basis)
        columns: list[Column] = [("", lambda row: KIND_WORDS[row["kind"]]), *paired]
        screen.print(record_table(title, columns, last), "")
    else:
        screen.print(f"{say('compare-no-day')}\n")
    findings = content["findings"]["outcomes"]
    levels = [_level(each) for each in findings if each["measure"] in SHOWN_LEVELS]
    title = on_signing(say("compare-table-signing"), basis)
    screen.print(record_table(title, [("", _what), *paired], levels), "")
    screen.print(_movers(content["signed"], sides), "")
    signing, conduct = (
        [each for each in findings if (each["basis"] == ASSUMED) == assumed]
        for assumed in (False, True)
    )
    title = on_signing(say("compare-table-changes"), basis)
    screen.print(outcome_table(title, signing, KIND_WORDS, differences=True), "")
    title = say("compare-table-conduct")
    screen.print(outcome_table(title, conduct, GROUP_WORDS, differences=True))
    if content["withheld_practices"]:
        screen.print(say("compare-withheld"))


def paired_columns() -> list[Column]:
    """Two levels and their difference, all of them means over the pairs of worlds, and the interval
    of the differences.
    """

    def difference(row: Record) -> str:
        return clear_change(row["difference"], row["low"], row["high"], row.get("unit", ""))

    def ends(row: Record) -> str:
        return change_interval(row["low"], row["high"], row.get("unit", ""))

    return [
        (say("compare-head-first"), lambda row: level(row["first"], row.get("unit", ""))),
        (say("compare-head-second"), lambda row: level(row["second"], row.get("unit", ""))),
        (say("compare-head-difference"), difference),
        (say("compare-head-interval"), ends),
    ]


def _level(finding: Record) -> Record:
    """A difference as a row of `paired_columns`."""
    low, high = ends_of(finding)
    return {**finding, "difference": finding["estimate"], "low": low, "high": high}


def _what(row: Record) -> str:
    """The kind that has signed, or what it is a share of."""
    return KIND_WORDS[row["part"]] if row["part"] in KIND_WORDS else outcome_label(row["measure"])


def _movers(signed: Record, sides: list[Scenario]) -> Table:
    """Those whose share of worlds changes most."""
    first, second = sides
    names = {**second.facts.home_names, **first.facts.home_names}
    movers = sorted((item for item in signed.items() if item[1]), key=lambda item: -abs(item[1]))
    rows = [(names.get(who, who), points(change)) for who, change in movers[:MOST_MOVED]]
    return table(say("compare-table-moved"), ("", say("compare-head-change")), rows)


def _median_world(row: Record) -> str:
    return f"{count(row['median'])} ({interval(row['low'], row['high'])})"


def show_lenses(content: Record, screen: Console, scenario: Scenario) -> None:
    """Print each lens's log score on the register, the public list at the end, and the most
    disputed signatories.
    """
    from sim.words.compare import about_lenses

    lenses = list(content["manifests"])
    manifest, names = content["manifests"][lenses[0]], scenario.facts.home_names
    worlds = manifest["replicates"], manifest["seed"]
    title, *about = about_lenses(scenario, len(lenses), *worlds)
    headline(screen, title, scenario)
    for sentence in about:
        screen.print(sentence)
    screen.print()
    columns: list[Column] = [
        (say("lenses-head-lens"), "{lens}"),
        (say("lenses-head-motives"), lambda row: LENSES[row["lens"]].title),
        (say("lenses-head-weights"), "{motives}"),
        *((heading, number(kind, decimal, 1)) for kind, heading in KIND_WORDS.items()),
        (say("lenses-head-total"), number("total", decimal, 1)),
    ]
    screen.print(record_table(say("lenses-table-scores"), columns, content["scores"], left=2))
    screen.print(content["verdict"], "")
    last = max(row["date"] for row in content["milestones"])
    at_end = {
        (row["lens"], row["kind"]): row for row in content["milestones"] if row["date"] == last
    }
    rows = [(lens, *(_median_world(at_end[lens, kind]) for kind in KIND_WORDS)) for lens in lenses]
    registered = [at_end[lenses[0], kind]["registered"] for kind in KIND_WORDS]
    if None not in registered:
        rows.append((say("lenses-head-register"), *map(count, registered)))
    title = on_signing(say("lenses-table-list", day=last), content["basis"])
    screen.print(table(title, (say("lenses-head-lens"), *KIND_WORDS.values()), rows), "")
    disputed = sorted(content["signed"], key=lambda row: -row["spread"])[:MOST_DISPUTED]
    columns = [
        ("", lambda row: names.get(row["who"], row["who"])),
        *((lens, number(lens, percent)) for lens in lenses),
    ]
    title = on_signing(say("lenses-table-disputed"), content["basis"])
    screen.print(record_table(title, columns, disputed))
