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
    changes,
    headline,
    number,
    on_signing,
    outcome_table,
    record_table,
    reporting,
    table,
    what_is_in_interval,
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
    day,
    decimal,
    interval,
    level,
    percent,
    points,
)
from sim.request import Request
from sim.scenario import Scenario
from sim.scenario.files import DEFAULT
from sim.words.suppositions import why_not_fitted

if TYPE_CHECKING:
    from rich.console import Console

MOST_MOVED = 5
MOST_DISPUTED = 8
SHOWN_LEVELS = ("signatories", "power_share")
# Two levels and their difference, all of them means over the pairs of worlds, and the interval of
# the differences.
PAIRED: tuple[Column, ...] = (
    ("first", lambda row: level(row["first"], row.get("unit", ""))),
    ("second", lambda row: level(row["second"], row.get("unit", ""))),
    (
        "difference",
        lambda row: clear_change(row["difference"], row["low"], row["high"], row.get("unit", "")),
    ),
    (
        "in 90\u00a0% of pairs",
        lambda row: change_interval(row["low"], row["high"], row.get("unit", "")),
    ),
)

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
    first, second = sides
    basis = basis_of_signing(first, second)
    manifest, names = (
        content["manifests"]["first"],
        {**second.facts.home_names, **first.facts.home_names},
    )
    screen.print(f"{second.title}, less {first.title}", style="bold")
    screen.print(
        f"{count(manifest['replicates'])} pairs of simulated worlds under {first.weights_words},"
        f" each with the same luck; seed {manifest['seed']}."
    )
    for place, side in (("First", first), ("Second", second)):
        if line := changes(side):
            screen.print(f"{place}: {line}")
    for place, side in (("First", first), ("Second", second)):
        if why := why_not_fitted(side):
            screen.print(f"{place}: {why}")
    screen.print(
        "First, second and difference are means over the pairs, rounded each by itself; an"
        f" interval holds 90\u00a0% of the differences: {what_is_in_interval(first)}. Where it is"
        " not all on one side of none the difference is unclear.\n"
    )
    for place, one, other in (("first", first, second), ("second", second, first)):
        if alone := [
            KIND_WORDS[kind] for kind in one.code.may_sign if kind not in other.code.may_sign
        ]:
            who = " and ".join(alone)
            screen.print(f"{who[0].upper()}{who[1:]} may sign in the {place} alone.\n")
    if content["milestones"]:
        last = content["milestones"][-len(KIND_WORDS) :]
        title = on_signing(f"On the public list, {day(last[0]['date'])}", basis)
        screen.print(
            record_table(title, [("", lambda row: KIND_WORDS[row["kind"]]), *PAIRED], last), ""
        )
    else:
        screen.print(
            "The two open on different days, so they have no date of the public list in common.\n"
        )
    levels = [row for row in content["levels"] if row["outcome"] in SHOWN_LEVELS]
    screen.print(
        record_table(on_signing("Have signed by the end", basis), [("", _what), *PAIRED], levels),
        "",
    )
    movers = sorted(
        (item for item in content["signed"].items() if item[1]), key=lambda item: -abs(item[1])
    )
    rows = [(names.get(who, who), points(change)) for who, change in movers[:MOST_MOVED]]
    title = "Moved most: change in the share of simulated worlds signed by the end"
    screen.print(table(title, ("", "change"), rows), "")
    signing, conduct = (
        [row for row in content["outcomes"] if row["basis"] == each] for each in (basis, ASSUMED)
    )
    title = on_signing("Change in signing, in 90\u00a0% of pairs", basis)
    screen.print(outcome_table(title, signing, {"all": "all", **KIND_WORDS}, differences=True), "")
    title = "Change in conduct in simulated worlds  [assumed: ranges over what nobody has measured]"
    screen.print(outcome_table(title, conduct, {"all": "all", **GROUP_WORDS}, differences=True))
    if content["withheld_practices"]:
        screen.print(
            "A dash: withheld, as fewer than three changed there, or one more than all others"
            " together."
        )


def _what(row: Record) -> str:
    """The kind that has signed, or what it is a share of."""
    return KIND_WORDS[row["part"]] if row["part"] in KIND_WORDS else str(row["label"])


def _median_world(row: Record) -> str:
    return f"{count(row['median'])} ({interval(row['low'], row['high'])})"


def show_lenses(content: Record, screen: Console, scenario: Scenario) -> None:
    """Print each lens's log score on the register, the public list at the end, and the most
    disputed signatories.
    """
    lenses = list(content["manifests"])
    manifest, names = content["manifests"][lenses[0]], scenario.facts.home_names
    headline(screen, f"{scenario.title} under {len(lenses)} lenses", scenario)
    screen.print(
        f"{count(manifest['replicates'])} simulated worlds each, with the same luck; seed"
        f" {manifest['seed']}."
    )
    screen.print(
        "Each lens has the weights that the register, or other instruments, give to its own"
        " motives.\n"
    )
    columns: list[Column] = [
        ("lens", "{lens}"),
        ("what speaks", lambda row: LENSES[row["lens"]].title),
        ("weights", "{motives}"),
        *((heading, number(kind, decimal, 1)) for kind, heading in KIND_WORDS.items()),
        ("total", number("total", decimal, 1)),
    ]
    title = "Log score on the register  [fitted; larger is better]"
    screen.print(record_table(title, columns, content["scores"], left=2))
    screen.print(content["verdict"], "")
    last = max(row["date"] for row in content["milestones"])
    at_end = {
        (row["lens"], row["kind"]): row for row in content["milestones"] if row["date"] == last
    }
    rows = [(lens, *(_median_world(at_end[lens, kind]) for kind in KIND_WORDS)) for lens in lenses]
    registered = [at_end[lenses[0], kind]["registered"] for kind in KIND_WORDS]
    if None not in registered:
        rows.append(("register", *map(count, registered)))
    title = (
        f"On the public list, {day(last)}: median world, in brackets 90\u00a0% "
        f" [{content['basis']}]"
    )
    screen.print(table(title, ("lens", *KIND_WORDS.values()), rows), "")
    disputed = sorted(content["signed"], key=lambda row: -row["spread"])[:MOST_DISPUTED]
    columns = [
        ("", lambda row: names.get(row["who"], row["who"])),
        *((lens, number(lens, percent)) for lens in lenses),
    ]
    title = (
        "Over whom they differ most: share of simulated worlds signed by the end "
        f" [{content['basis']}]"
    )
    screen.print(record_table(title, columns, disputed))
