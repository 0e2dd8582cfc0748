"""`parley explain`: why a stakeholder signs or stays out in this model, and which change would turn
the decision.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from sim.arguments import check_round, place_of
from sim.commands import options
from sim.commands.printing import (
    Column,
    Record,
    Target,
    headline,
    number,
    on_signing,
    record_table,
    reporting,
    table,
)
from sim.findings import ASSUMED, EXTRAPOLATED
from sim.kinds_and_statuses import STATUSES
from sim.negotiation.files import is_talks, load_talks, talks_of
from sim.negotiation.talks import Talks
from sim.number_formats import (
    day,
    decimal,
    difference,
    difference_interval,
    percent,
    percent_interval,
)
from sim.scenario import Scenario
from sim.scenario.calendar import end_of_round
from sim.scenario.event import stakeholder_named
from sim.words.basis import BASES
from sim.words.language import say
from sim.writing import toml_text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

BAR = 7  # characters to each side
LOGITS = 2  # decimals
THOUSAND = 1000  # gains at the table are told in thousandths
READABLE = 96  # characters in a line of text
ALL_BUT_FEW = 0.95

Name = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario or talks that `parley list` shows, or the path of a file.",
    ),
]
Who = Annotated[
    str,
    typer.Argument(
        metavar="WHO", help="A state (USA or by name), a firm or NGO by name, or 'firm DEU-017'."
    ),
]
Round = Annotated[
    str | None,
    typer.Option(
        "--round",
        metavar="ROUND",
        help="The round, by its number or a date in it.",
        show_default="0",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="ROUND",
        help="By when it is to sign: a round or a date, that of --round or later.",
        show_default="that of --round",
    ),
]
Aim = Annotated[
    str | None,
    typer.Option(
        "--aim", metavar="in|out", help="What would bring it in, or what would keep it out.",
        show_default="out where it signs in most worlds and did in fact, else in",
    ),
]  # fmt: skip


def explain(
    name: Name,
    who: Who,
    *,
    round_: Round = None,
    by: By = None,
    aim: Aim = None,
    event: options.Events = None,
    simulation: options.Simulation,
    json: options.Json = None,
) -> None:
    """Why does somebody sign or stay out, or accept a text at the table, and what would turn it? In
    this model; no evidence of anybody's reasons.
    """
    if is_talks(name):
        options.only_alone(
            "talks",
            {
                "--round": round_ is not None,
                "--by": by is not None,
                "--aim": aim is not None,
                "--event": event,
                **simulation.are_there("choose", "lens", "weights", "ties", "workers"),
            },
        )
        talks = load_talks(name, facts=simulation.facts).with_changes(
            options.words_and_numbers(simulation.set_), where=options.COMMAND_LINE
        )
        _explain_seat(talks, who, simulation, json)
        return
    scenario = simulation.scenario(name)
    scenario = (
        scenario.with_changes(events=options.events(event), where=options.COMMAND_LINE)
        if event
        else scenario
    )
    if scenario.talks is not None and scenario.talks.decides:
        idle = {
            "--round": round_ is not None,
            "--by": by is not None,
            "--aim": aim is not None,
            "--event": event,
            **simulation.are_there("lens", "weights", "ties", "workers"),
        }
        options.only_alone("talks over a text", idle)
        _explain_seat(talks_of(scenario), who, simulation, json)
        return
    stakeholder = stakeholder_named(who, "explain", scenario.facts)

    from sim.explanation.question import check_aim, check_by
    from sim.population import build

    at = check_round(scenario, round_, "--round")
    until, purpose = check_by(scenario, by, at, "--by"), check_aim(aim, "--aim")
    place_of(build(scenario.parameters, of=scenario.facts), stakeholder, "explain")
    request = simulation.request(scenario)
    target = Target(json)

    from sim.results.run import run_of

    with reporting("Simulating") as report:
        run = run_of(request.with_progress(report))
        explanation = run.explain(stakeholder, at, until, purpose)
    with reporting("Looking for what would turn it") as report:
        explanation.find_changes(report)
    target.deliver(explanation.as_json(), partial(show_explanation, scenario=scenario))


def _explain_seat(talks: Talks, who: str, simulation: options.Simulation, json: str | None) -> None:
    """Negotiate *talks*, and tell why the seat *who* accepts the text or refuses it."""
    target = Target(json)
    from sim.results.negotiate import negotiate

    negotiation = negotiate(talks, replicates=simulation.number, seed=simulation.start)
    explanation = negotiation.explain(who)
    target.deliver(explanation.as_json(), partial(show_seat, talks=talks))


def show_seat(content: Record, screen: Console, talks: Talks) -> None:
    """Print why a seat accepts or refuses, and the provisions."""
    screen.print(f"{content['name']} at the table: {talks.title}", style="bold")
    for sentence in content["sentences"]:
        screen.print(sentence, width=READABLE)
    columns: list[Column] = [
        ("", "{number}"),
        ("provision", "{provision}"),
        ("final text", number("text", decimal)),
        ("it wants", number("wants", decimal)),
        ("its attention", number("attention", decimal)),
        ("against,\nthousandths", lambda row: difference(THOUSAND * row["against"])),
        ("kept by", lambda row: "" if row["kept_by"] is None else decimal(row["kept_by"])),
    ]
    title = on_signing("The text, and what it wants", ASSUMED)
    screen.print("", record_table(title, columns, content["provisions"], left=2))
    screen.print(say("explain-seat-columns"), width=READABLE)


def show_explanation(content: Record, screen: Console, scenario: Scenario) -> None:
    """Print what happened, the verdict, what would turn the decision, the motives, the shares of
    worlds, and public statements.
    """
    subject = (
        f"{content['name']}: {scenario.title}, round {content['round']} ({day(content['date'])})"
    )
    headline(screen, subject, scenario)
    for words in (content["happened"], content["in_words"], content["reading"]):
        if words:
            screen.print(words, width=READABLE)
    if content["may_sign"]:
        worlds, seed = (content["manifest"][key] for key in ("replicates", "seed"))
        weights = scenario.weights_words
        screen.print(say("explain-worlds", worlds=worlds, weights=weights, seed=str(seed)))
        if content["event"] is None:
            _print_changes(content, screen)
        screen.print("", _contributions(content))
        _print_chance(content, screen)
        screen.print(
            "",
            _statuses(content, end_of_round(scenario.code.launch, scenario.last_round).isoformat()),
            "",
        )
        _print_dates(content, screen)
    _print_statements(content["said_in_public"], screen)


def _contributions(content: Record) -> Table:
    """One row per motive, the largest first, with a bar to the left where it is against signing."""
    together = bool(content["decided_with"])
    longest = max(abs(motive["value"]) for motive in content["contributions"]) or 1.0
    rows = []
    for motive in content["contributions"]:
        span = _span(motive["low"], motive["high"])
        union = (_signed(motive["together"]),) if together else ()
        rows.append(
            (
                motive["meaning"],
                _bar(motive["value"] / longest),
                _signed(motive["value"]),
                *union,
                span,
            )
        )
    union = (_signed(content["value_together"]),) if together else ()
    rows.append(
        (
            "in sum, V",
            "",
            _signed(content["value"]),
            *union,
            _span(content["value_low"], content["value_high"]),
        )
    )
    columns = (
        "",
        f"{'against':>{BAR}}|for",
        "logits",
        *(("the Union",) if together else ()),
        "interval",
    )
    return table(on_signing("What it weighs", content["basis"]), columns, rows, left=2)


def _span(low: float, high: float) -> str:
    """An interval over worlds; empty where all worlds are the same."""
    return "" if low == high else difference_interval(low, high, LOGITS)


def _signed(logits: float) -> str:
    return difference(logits, LOGITS)


def _bar(share: float) -> str:
    blocks = "■" * round(abs(share) * BAR)
    return f"{blocks if share < 0 else '':>{BAR}}|{blocks if share > 0 else ''}"


def _print_chance(content: Record, screen: Console) -> None:
    """Print who decides, and the chance to sign."""
    signed, chance = content["by_round"]["signed"], content["chance"]
    sentences = (
        say("explain-union", members=members) if (members := len(content["decided_with"])) else "",
        "" if chance is None else say("explain-chance", chance=chance),
        content["despite"],
        say("explain-again", share=signed) if signed > ALL_BUT_FEW else "",
        say("explain-intervals"),
    )
    for sentence in filter(None, sentences):
        screen.print(sentence, width=READABLE)


def _statuses(content: Record, end: str) -> Table:
    """The share of worlds in each status, by the round and by the end."""
    rows = [
        (status.label, percent(content["by_round"][name]), percent(content["by_end"][name]))
        for name, status in STATUSES.items()
    ]
    columns = (
        "share of simulated worlds",
        f"by round {content['round']}",
        f"by the end ({day(end)})",
    )
    return table(on_signing("How it stands", content["basis"]), columns, rows)


def _print_dates(content: Record, screen: Console) -> None:
    """Print when it signs, and when its signature becomes public."""
    for message, key in (("explain-signs", "signs_in"), ("explain-appears", "listed_in")):
        if content[key] is None:
            continue
        rounds = {
            end: say("explain-round", round=each["round"], day=date.fromisoformat(each["date"]))
            for end, each in content[key].items()
        }
        screen.print(say(message, **rounds), width=READABLE)


def _print_changes(content: Record, screen: Console) -> None:
    """Print the question and its answer, a row for each family of levers, and what is named as a
    scenario file.
    """
    answer = content["answer"]
    screen.print(f"\n{answer['question']}", style="bold")
    screen.print(f"{answer['headline']}. [{BASES[answer['basis']]}]", width=READABLE)
    for words in (
        content["because"],
        *map(": ".join, answer["lines"]),
        answer["aside"],
        answer["why_asked"],
    ):
        if words:
            screen.print(words, width=READABLE)
    if content["aim"] is None:
        return
    screen.print(say("explain-signed", share=content["signed_by"], how=answer["as_it_is"]))
    of_each = "the smallest change, or the largest feasible one"
    columns = (
        "",
        of_each,
        f"signed by {day(content['asked']['day'])}",
        "interval",
        "enough?",
        "first in",
    )
    rows = [_change_cells(change, content["basis"]) for change in content["changes"]]
    screen.print(
        table(on_signing("Of each kind", answer["basis"]), columns, rows, left=2), width=READABLE
    )
    screen.print(say("explain-columns"), width=READABLE)
    for change in content["changes"]:
        if change["family"] in answer["first_families"]:
            of_family = None if change["turns"] else change["family"]
            screen.print(f"{say('explain-file', family=of_family)}\n")
            for line in toml_text(change["change"]).splitlines():
                screen.print(f"    {line}" if line else "")
            if settings := _as_settings(change["change"]):
                screen.print(f"\n{say('explain-settings', settings=settings)}", width=READABLE)


def _as_settings(change: Record) -> str:
    """The --set of a *change*; empty where it is one of events, for which the command line has
    none.
    """
    if "events" in change:
        return ""
    dials = {**change.get("code", {}), **change.get("parameters", {})}
    return " ".join(f"--set {name}={value}" for name, value in dials.items())


def _change_cells(change: Record, basis: str) -> tuple[str, ...]:
    price = say("explain-price", price=change["price"]) if change["price"] else ""
    what = "; ".join(filter(None, (change["what"], price, change["note"], change["footing"])))
    if change["change"] is None:
        return (change["family"], what, "", "", "", "")
    if change["basis"] == EXTRAPOLATED != basis:
        what += f" [{BASES[EXTRAPOLATED]}]"
    span = percent_interval(change["low"], change["high"])
    share, first = percent(change["share_after"]), percent(change["first"])
    return (change["family"], what, share, span, change["verdict"], first)


def _print_statements(statements: list[Record], screen: Console) -> None:
    """Print its public statements, if any."""
    if statements:
        screen.print(f"\n{say('explain-public')}", style="bold")
    for statement in statements:
        screen.print(
            f"{day(statement['date'])}, {statement['who']}: {statement['said']}", width=READABLE
        )
        screen.print(f"    {statement['source']}", width=READABLE)
        screen.print(f"    {statement['url']}", soft_wrap=True)
