"""`parley run`, `parley list` and `parley parameters`: run a scenario or a classic, list them, and
list their dials.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.arguments import REPLICATES
from sim.classics.catalogue import available_classics, description_of
from sim.commands import options
from sim.commands.codes import show_codes
from sim.commands.printing import (
    Column,
    Output,
    Record,
    Target,
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
from sim.kinds_and_statuses import GROUP_WORDS, KIND_WORDS, SINGULAR_WORDS
from sim.lessons.catalogue import cards
from sim.negotiation.files import available_talks
from sim.number_formats import (
    TO,
    count,
    day,
    interval,
    percent,
    percent_interval,
    setting,
    significant,
)
from sim.parameters import Dial
from sim.request import Request
from sim.scenario import Scenario, available, load
from sim.scenario.extrapolation import BESIDE, CONVENOR, NEGOTIATION, POPULATION, TEXT, WORLD
from sim.scenario.files import DEFAULT, INSTRUMENTS, is_classic
from sim.sweeps.files import available_sweeps

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MOST_ORGANISATIONS = 10
MOST_DIALS = 5

From = Annotated[
    Path | None,
    options.path_option(
        "--from", metavar="MANIFEST", help="Repeat the run that a manifest describes."
    ),
]
All = Annotated[
    bool,
    typer.Option(
        "--all",
        help=(
            "Print all states with their share of simulated worlds, or organisations where states"
            " may not sign."
        ),
    ),
]
Instruments = Annotated[
    bool,
    typer.Option(
        "--instruments",
        help="List other instruments instead, and how many of the states asked joined.",
    ),
]
Text = Annotated[
    str | None,
    typer.Option(
        "--text",
        metavar="TEXT",
        help="Of a scenario with talks, the text that opens: tabled, negotiated, or levels.",
    ),
]
ConductByName = Annotated[
    bool,
    typer.Option(
        "--conduct-by-name",
        help="Add simulated conduct by name to --json and --out: no evidence about anybody.",
    ),
]


@dataclass(frozen=True)
class SimulationOfRun(options.Simulation):
    """The options of a simulation, of which a classic takes some too."""

    replicates: Annotated[
        int | None, options.replicates_option(f"{REPLICATES}; a classic's own")
    ] = None


def run(
    name: options.ScenarioNameOrDefault = None,
    *,
    simulation: SimulationOfRun,
    text: Text = None,
    from_: From = None,
    output: Output,
    all_states: All = False,
    conduct_by_name: ConductByName = False,
) -> None:
    """Simulate a scenario: who signs, when, and who keeps their word."""
    if from_ is not None:
        options.only_alone(
            "--from",
            {
                "a scenario": name,
                **simulation.are_there("replicates", "seed", "set_", "choose", "lens", "weights"),
                "--text": text is not None,
                "--conduct-by-name": conduct_by_name,
            },
        )
    if name is not None and is_classic(name):
        options.only_alone(
            "a classic",
            {
                **simulation.are_there("choose", "lens", "weights", "facts", "ties"),
                "--text": text is not None,
                "--out": output.out,
                "--format": output.format_,
                "--all": all_states,
                "--conduct-by-name": conduct_by_name,
            },
        )
        run_classic(name, simulation, output.json)
        return
    if conduct_by_name and output.json is None and output.out is None:
        raise InputError(
            "--conduct-by-name: found it alone, expected --json or --out beside it, which it adds"
            " to"
        )
    request = None if from_ else simulation.request(name)
    with output.target() as target:
        from sim.results.manifest import dials_set, read_manifest
        from sim.results.opening import with_text
        from sim.results.run import run_of
        from sim.results.run_tables import long_frames

        if request is None:
            again = read_manifest(Path(from_ or ""), simulation.facts, simulation.ties)
            request = Request(again.scenario, again.replicates, again.seed, simulation.workers)
            conduct_by_name = again.conduct_by_name
        elif text is not None:
            request = request.of(with_text(request.scenario, options.text(text), "--text"))
        scenario = request.scenario
        named = ("named_conduct",) if conduct_by_name else ()
        of_two_codes = ("codes", "effect_of_rival") if scenario.open_rival else ()
        tables = ("milestones", "outcomes", "assumptions", "signed", *of_two_codes, *named)
        target.expect(tables, long=long_frames(scenario))
        with reporting("Simulating") as report:
            result = run_of(request.with_progress(report), conduct_by_name=conduct_by_name)
        with reporting("Conduct, over its assumptions") as report:
            result.simulate_assumptions(report)
        dials = None if from_ is None and text is None else dials_set(scenario)
        show = partial(show_run, scenario=scenario, all_states=all_states, dials=dials)
        target.deliver(result.as_json(), show, result.save)


def show_run(
    content: Record,
    screen: Console,
    scenario: Scenario,
    all_states: bool,
    dials: Mapping[str, float] | None = None,
) -> None:
    """Print a run: signing beside the register, how far to trust it, then conduct as ranges.
    *dials* are those to name as set, by default those that the command line sets.
    """
    manifest = content["manifest"]
    subject = (
        f"{scenario.title}: {count(manifest['replicates'])} simulated worlds, seed"
        f" {manifest['seed']}"
    )
    headline(screen, subject, scenario, dials)
    screen.print(f"These are worlds under {scenario.weights_words}, not a forecast.")
    screen.print(f"An interval holds 90\u00a0% of the worlds: {what_is_in_interval(scenario)}.\n")
    if "negotiation" in content:
        screen.print(
            on_signing("Talks over its text come first, one in each world", ASSUMED), style="bold"
        )
        for sentence in content["negotiation"]["sentences"]:
            screen.print(sentence)
        if content["negotiation"]["agreed"] == 0:
            screen.print(
                "So no code opens in any world: whatever follows is of the world without it."
            )
        elif content["negotiation"]["agreed"] < 1:
            screen.print(
                "Where none is, no code opens, and that world counts as the one without it."
            )
        screen.print(f"parley negotiate {scenario.name} shows the drafts and the seats.\n")
    elif scenario.talks is not None:
        screen.print("Its text is fixed: no talks come before it.\n")
    may_sign = scenario.code.may_sign
    screen.print(_milestones(content["milestones"], may_sign, basis_of_signing(scenario)), "")
    if content["deciles"]:
        screen.print(_deciles(content["deciles"]), "")
    else:
        screen.print(_organisations(content, scenario), "")
    if content["misses"]:
        screen.print("The five largest misses", style="bold")
        for miss in content["misses"]:
            screen.print(f"  {miss}")
    elif not content["deciles"]:
        screen.print("States may not sign this code, so none of them stands beside the register.")
    elif BESIDE in scenario.extrapolations:
        screen.print(
            "The register stood beside the codes of its time: no world with a second one is held"
            " against it."
        )
    else:
        different = [TEXT, NEGOTIATION, CONVENOR, POPULATION]
        different = ["code"] if scenario.code.launch != load(DEFAULT).code.launch else different
        other = next(
            what
            for what in (WORLD, *different)
            if what in scenario.extrapolations or what == "code"
        )
        other = TEXT if other == NEGOTIATION else other
        screen.print(f"The register is of another {other}, so nobody is held against it.")
        screen.print(
            "To hold them against this code's own list: parley backtest --scenario FILE --signers"
            " FILE.csv"
        )
    if "codes" in content:
        show_codes(content, screen)
    conduct = [row for row in content["outcomes"] if row["basis"] == ASSUMED]
    title = (
        "Conduct in simulated worlds  [assumed: ranges over what nobody has measured; no evidence"
        " about anybody]"
    )
    screen.print("", outcome_table(title, conduct, {"all": "all", **GROUP_WORDS}))
    screen.print(_what_matters(content["assumptions"]))
    if all_states and "state" in may_sign:
        screen.print("", _states(content, scenario))
    elif all_states:
        screen.print("", _organisations(content, scenario, None))


def _what_matters(assumptions: Iterable[Record]) -> str:
    """Over what the ranges of conduct go, and on which assumptions the harm prevented depends
    most.
    """
    from sim.experiments.assumptions import POINTS

    varied = [row for row in assumptions if row["low"] != row["high"]]
    clear = [
        f"{row['dial']} ({'more' if row['effect'] > 0 else 'less'})"
        for row in varied
        if row["clear"]
    ]
    ranges = (
        f"A range holds 90\u00a0% of {POINTS} worlds, in which {len(varied)} dials of conduct vary"
        " at once."
    )
    if not clear:
        return ranges
    return (
        f"{ranges}\nMore harm is prevented, or less, where these are larger:"
        f" {', '.join(clear[:MOST_DIALS])}."
    )


def _milestones(milestones: Iterable[Record], may_sign: Iterable[str], basis: str) -> Table:
    """The public list at the register's dates, the kinds that *may_sign* side by side."""
    rows: dict[str, list[str]] = {}
    for row in milestones:
        if row["kind"] not in may_sign:
            continue
        registered = "" if row["registered"] is None else count(row["registered"])
        cells = (registered, count(row["median"]), interval(row["low"], row["high"]))
        rows.setdefault(row["date"], []).extend(cells)
    headings = [KIND_WORDS[kind] for kind in may_sign]
    columns = [
        column for kind in headings for column in (f"{kind}: register", "median", "interval")
    ]
    dated = [(day(when), *cells) for when, cells in rows.items()]
    return table(
        on_signing("On the public list, in the median world", basis), ("date", *columns), dated
    )


def _deciles(deciles: list[Record]) -> Table:
    """States in tenths by their share of simulated worlds, beside the share on the register where
    it is known.
    """
    columns: list[Column] = [
        ("tenth", "{decile}"),
        ("states", "{states}"),
        ("share of simulated worlds", lambda row: percent_interval(row["lowest"], row["highest"])),
        ("on average", number("simulated", percent)),
        ("share on the register", number("observed", percent)),
    ]
    has_register = any(row["observed"] is not None for row in deciles)
    title = "States, by the share of simulated worlds in which they have signed by the end"
    return record_table(title, columns if has_register else columns[:-1], deciles)


def _states(content: Record, scenario: Scenario) -> Table:
    """A row per state: its share of simulated worlds soon after the launch and by the end."""
    rows = [
        (iso3, name, percent(content["signed_soon"][iso3]), percent(content["signed"][iso3]))
        for iso3, name in scenario.facts.state_names.items()
    ]
    columns = ("state", "", "three months after the launch", "by the end")
    return table("Share of simulated worlds in which a state has signed", columns, rows, left=2)


def _organisations(
    content: Record, scenario: Scenario, most: int | None = MOST_ORGANISATIONS
) -> Table:
    """A row per organisation with a name that may sign, *most* of them, those with the largest
    share first.
    """
    kinds = scenario.facts.organisation_kinds
    names = [who for who in content["signed"] if kinds.get(who) in scenario.code.may_sign]
    names.sort(key=lambda who: (-content["signed"][who], -content["signed_soon"][who], who))
    rows = [
        (
            who,
            SINGULAR_WORDS[kinds[who]],
            percent(content["signed_soon"][who]),
            percent(content["signed"][who]),
        )
        for who in names[:most]
    ]
    columns = ("", "", "three months after the launch", "by the end")
    title = on_signing(
        "Share of simulated worlds in which an organisation has signed", basis_of_signing(scenario)
    )
    if len(rows) < len(names):
        title += f"\nThe first {len(rows)} of {len(names)} with a name; --all shows the others"
    return table(title, columns, rows, left=2)


def run_classic(name: str, simulation: options.Simulation, json: str | None) -> None:
    """Run the classic called *name* and deliver its checks."""
    dials, description = options.settings(simulation.set_), description_of(name)
    target = Target(json)

    from sim.classics.classic import classic

    with reporting("Simulating") as report:
        result = classic(
            name,
            set=dials,
            seed=simulation.start,
            replicates=simulation.replicates,
            workers=simulation.workers,
            progress=report,
            where=options.COMMAND_LINE,
        )
    target.deliver(
        result.as_json(),
        partial(show_classic, title=description.title, question=description.question),
    )


def show_classic(content: Record, screen: Console, title: str, question: str) -> None:
    """Print a classic: its question, every check, and the remarks on them."""
    screen.print(title, style="bold")
    screen.print(f"{question}\n")
    columns: list[Column] = [
        ("", "{name}"),
        *((key, number(key, significant, 4)) for key in ("expected", "simulated", "tolerance")),
        ("within", lambda check: "yes" if check["within"] else "no"),
    ]
    screen.print(record_table("", columns, content["checks"]))
    for remark in content["remarks"]:
        screen.print(f"\n{remark}")


def scenarios(instruments: Instruments = False, json: options.Json = None) -> None:
    """List the scenarios, each with its question, then talks, classics of the literature, sweeps
    and lessons; or other instruments.
    """
    if instruments:
        Target(json).deliver(_instruments(), show_instruments)
        return
    groups = {
        "scenarios": available(),
        "talks": available_talks(),
        "classics": available_classics(),
        "sweeps": available_sweeps(),
        "lessons": [(card.name, card.title, card.question) for card in cards()],
    }
    content = [
        {"name": name, "title": title, "question": question, "group": group}
        for group, rows in groups.items()
        for name, title, question in rows
    ]
    Target(json).deliver(content, show_list)


def show_list(content: list[Record], screen: Console) -> None:
    """Print a table per group, of scenarios, talks, classics, sweeps and lessons."""
    columns = [(key, f"{{{key}}}") for key in ("name", "title", "question")]
    for group in dict.fromkeys(row["group"] for row in content):
        rows = [row for row in content if row["group"] == group]
        screen.print(record_table(group.capitalize(), columns, rows, left=3), "")


def _instruments() -> list[Record]:
    from sim.evidence.instruments import instruments

    return [
        {
            "name": f"{INSTRUMENTS}{each.name}",
            "title": each.scenario.title,
            "question": each.scenario.question,
            "kind": each.kind,
            "family": each.family,
            "launch": each.scenario.code.launch.isoformat(),
            "joined": each.joined,
            "asked": each.at_risk,
            "scored": each.scored,
        }
        for each in instruments()
    ]


def show_instruments(content: list[Record], screen: Console) -> None:
    """Print a row per instrument, in the order in which they opened."""
    columns: list[Column] = [
        ("name", "{name}"),
        ("title", "{title}"),
        ("kind", "{kind}"),
        ("opened", number("launch", day)),
        ("joined", "{joined}"),
        ("asked", "{asked}"),
        ("scored", lambda row: "yes" if row["scored"] else "no"),
    ]
    screen.print(record_table("Instruments", columns, content, left=4))


def parameters(
    name: options.ScenarioNameOrDefault = None,
    facts: options.Facts = None,
    json: options.Json = None,
) -> None:
    """List every dial with its value in a scenario or a classic, range, unit, meaning and
    source.
    """
    target = Target(json)
    if name and is_classic(name):
        options.only_alone("a classic", {"--facts": facts})
        title, dials = _dials_of_classic(name)
    else:
        title, dials = _dials_of_scenario(name, facts)
    content = [
        {
            "name": dial.name,
            "group": dial.group,
            "role": dial.role,
            "value": value,
            "low": dial.between[0],
            "high": dial.between[1],
            "plausible": dial.plausible,
            "plausible_as": None if dial.plausible is None else dial.plausible_as,
            "unit": dial.unit,
            "meaning": dial.meaning,
            "source": dial.source,
        }
        for dial, value in dials
    ]
    target.deliver(content, partial(show_parameters, title=title))


def show_parameters(content: list[Record], screen: Console, title: str) -> None:
    """Print a row per dial."""
    columns: list[Column] = [
        ("name", "{name}"),
        ("role", "{role}"),
        ("value", number("value", setting)),
        ("range", lambda row: interval(row["low"], row["high"], setting, TO)),
        ("meaning (unit)", "{meaning} ({unit})"),
    ]
    screen.print(record_table(title, columns, content, left=5))


def _dials_of_scenario(name: str | None, facts: Path | None) -> tuple[str, list[tuple[Dial, Any]]]:
    scenario = options.load_in_world(DEFAULT if name is None else name, facts, None)
    return scenario.title, [
        (dial, scenario.settings[dial.name]) for dial in scenario.dials.values()
    ]


def _dials_of_classic(name: str) -> tuple[str, list[tuple[Dial, Any]]]:
    title = description_of(name).title

    from sim.classics.classic import classic_dials

    return title, [(dial, dial.default) for dial in classic_dials(name).values()]
