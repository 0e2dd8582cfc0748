"""`parley explain`: why somebody signs or stays out, in this model, and what would turn it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.arguments import check_round, place_of
from sim.commands import options
from sim.commands.printing import Target, console, headline, reporting, table
from sim.scenario.calendar import end_of_round
from sim.scenario.event import stakeholder_named
from sim.stakeholders import STATUSES

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from sim.explanation.change import Change
    from sim.explanation.explanation import Explanation

BAR = 7  # characters to each side
READABLE = 96  # characters in a line of text
ALL_BUT_FEW = 0.95
SMALLEST = (
    "The smallest feasible change, by the share that it uses of a range that we chose (docs/odd.md, section 7.8), as a "
    "scenario file says it:"
)

Who = Annotated[
    str, typer.Argument(metavar="WHO", help="A state (USA or by name), a firm or NGO by name, or 'firm DEU-017'.")
]
Round = Annotated[
    str | None,
    typer.Option("--round", metavar="ROUND", help="The round, by its number or a date in it.", show_default="0"),
]


def explain(
    scenario: options.Named,
    who: Who,
    round_: Round = None,
    replicates: options.Replicates = None,
    seed: options.Seed = None,
    set_: options.Settings = None,
    choose: options.Choices = None,
    lens: options.Lens = None,
    workers: options.Workers = None,
    json: options.Json = None,
) -> None:
    """Why does somebody sign or stay out, and what would turn it? In this model; no evidence of anybody's reasons."""
    settings, choices = options.settings(set_), options.choices(choose)
    number, start, threads = options.luck(replicates, seed, workers)
    asked = options.changed(scenario, settings, choices, lens)
    person = stakeholder_named(who, "explain")

    from sim.population import build

    at = check_round(asked, round_, "--round")
    place_of(build(asked.parameters), person, "explain")
    target = Target(json)

    from sim.experiments.run import run as simulate

    with reporting("Simulating") as report:
        done = simulate(asked, replicates=number, seed=start, workers=threads, progress=report).explain(person, at)
    with reporting("Looking for what would turn it") as report:
        done.find_changes(report)
    target.emit(done.as_json)
    if target.prints:
        show(done, console())


def show(done: Explanation, screen: Console) -> None:
    """Print the verdict, the motives, how it stands, what would turn it, and what it said in public."""
    subject, launch = done.subject, done.run.scenario.code.launch
    day = end_of_round(launch, subject.round)
    headline(screen, f"{subject.name}: {done.run.scenario.title}, round {subject.round} ({day})", done.run.scenario)
    screen.print(done.reading, width=READABLE)
    if done.may_sign:
        screen.print(f"{done.run.replicates} simulated worlds under the fitted weights, seed {done.run.seed}.\n")
        screen.print(_contributions(done))
        _decision(done, screen)
        screen.print("", _course(done), "")
        _dates(done, screen)
        if done.target is not None:
            _turns(done, screen)
    _said(done, screen)


def _contributions(done: Explanation) -> Table:
    """One row per motive, the largest first, with a bar to the left where it speaks against signing."""
    together = bool(done.decided_with)
    longest = max(abs(c.value) for c in done.contributions) or 1.0
    rows = []
    for c in done.contributions:
        span = f"{c.low:+.2f} to {c.high:+.2f}" if c.differs else ""
        shared = (_signed(c.together),) if together else ()
        rows.append((c.meaning, _bar(c.value / longest), _signed(c.value), *shared, span))
    shared = (f"{done.value_together:+.2f}",) if together else ()
    rows.append(("in sum, V", "", f"{done.value:+.2f}", *shared, ""))
    columns = ("", f"{'against':>{BAR}}|for", "logits", *(("the Union",) if together else ()), "interval")
    return table("What it weighs  [fitted to the register]", columns, rows, left=2)


def _signed(logits: float) -> str:
    """With its sign and two decimals, and never minus nothing."""
    return f"{round(logits, 2) + 0.0:+.2f}"


def _bar(share: float) -> str:
    blocks = "■" * round(abs(share) * BAR)
    return f"{blocks if share < 0 else '':>{BAR}}|{blocks if share > 0 else ''}"


def _decision(done: Explanation, screen: Console) -> None:
    """Who decides, and with what chance."""
    if done.decided_with:
        number = len(done.decided_with)
        said = f"The Union deliberates as one, on the mean V of its {number} members that decide: the chance is theirs."
        screen.print(said, width=READABLE)
    if done.chance is not None:
        screen.print(f"Chance that it signs when it takes the matter up in this round: {done.chance:.2f}")
    if done.by_round["signed"] > ALL_BUT_FEW:
        signed = f"By this round it has signed in {done.by_round['signed']:.2f} of the worlds"
        screen.print(f"{signed}: this is what it would weigh again.", width=READABLE)
    screen.print("An interval runs from the 5th to the 95th percentile of the worlds.")


def _course(done: Explanation) -> Table:
    end = end_of_round(done.run.scenario.code.launch, done.run.scenario.last_round)
    by_round, by_end = done.by_round, done.by_end
    rows = [(status.label, f"{by_round[name]:.2f}", f"{by_end[name]:.2f}") for name, status in STATUSES.items()]
    columns = ("share of simulated worlds", f"by round {done.subject.round}", f"by the end ({end})")
    return table("How it stands  [fitted to the register]", columns, rows)


def _dates(done: Explanation, screen: Console) -> None:
    """When it signs, and when that becomes public."""
    for label, found in (("It signs", done.signs_in), ("It appears on the public list", done.listed_in)):
        if found is None:
            continue
        low, median, high = (f"round {found[end]['round']} ({found[end]['date']})" for end in ("low", "median", "high"))
        screen.print(f"{label}, where it does, in {median}; interval {low} to {high}.", width=READABLE)


def _turns(done: Explanation, screen: Console) -> None:
    """What counts as a turn, a row for each family, and the smallest change as a scenario file says it."""
    from sim.explanation.decision import BE_REACHED, STAY_OUT

    assert done.target is not None
    often = f"It decides as if on {done.target.occasions:.1f} occasions like this one"
    if done.target.action == STAY_OUT:
        said = f"{often}: a chance below {done.target.chance:.2f} on each would keep it out in most worlds."
    elif done.target.action == BE_REACHED:
        said = "It would sooner sign than not, and takes the matter up too seldom."
    else:
        said = f"{often}: a chance of {done.target.chance:.2f} on each would have it sign in most worlds."
    screen.print(f"\nWhat would make it {done.target.action}", style="bold")
    screen.print(said, width=READABLE)
    rows = [_row(change) for change in done.changes]
    columns = ("", "the smallest change, or the largest feasible one", "V", "chance", "signed by the end", "turns")
    screen.print(table("", columns, rows, left=2), width=READABLE)
    smallest = done.smallest_change
    if smallest is None or smallest.change is None:
        screen.print("None of these alone turns it.")
        return
    screen.print(SMALLEST, width=READABLE)
    screen.print("")
    for line in smallest.as_toml().splitlines():
        screen.print(f"    {line}" if line else "")


def _row(change: Change) -> tuple[str, ...]:
    words = f"{change.what} ({change.note})" if change.note else change.what
    if change.share_after is None:
        return (change.family, words, "", "", "", "")
    signs = f"{change.share_before:.2f} → {change.share_after:.2f}"
    turns = "yes" if change.turns else "once reached" if change.once_reached else "no"
    return (change.family, words, f"{change.value:+.2f}", f"{change.chance:.2f}", signs, turns)


def _said(done: Explanation, screen: Console) -> None:
    said: list[Any] = done.said_in_public
    if not said:
        return
    screen.print("\nSaid in public  [not used by the model]", style="bold")
    for position in said:
        screen.print(f"{position.date}, {position.who}: {position.said}", width=READABLE)
        screen.print(f"    {position.source}", width=READABLE)
        screen.print(f"    {position.url}", soft_wrap=True)
