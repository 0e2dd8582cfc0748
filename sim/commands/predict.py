"""`parley predict`: which states would join a text that is described in a few lines."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.arguments import SEED
from sim.commands import options
from sim.commands.printing import Target, reporting
from sim.errors import InputError, nearest
from sim.facts import state_names

Text = Annotated[
    str,
    typer.Argument(
        metavar="TEXT",
        help="The path of a file that describes the text, or a name that `parley list` shows.",
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="NAME",
        help="declaration, coalition, treaty or vote.",
        show_default="as in the file",
    ),
]
Joined = Annotated[
    str | None,
    typer.Option("--joined", metavar="NUMBER", help="How many states join, if that is known."),
]
Among = Annotated[
    str | None,
    typer.Option(
        "--among",
        metavar="COLUMN",
        help="A membership in states.csv: its members alone are in the room.",
    ),
]
Why = Annotated[
    list[str] | None,
    typer.Option("--why", metavar="ISO3", help="A state whose motives are shown; may be repeated."),
]
All = Annotated[
    bool, typer.Option("--all", help="Print every state, and not those at both ends alone.")
]


def predict(
    name: Text,
    kind: Kind = None,
    joined: Joined = None,
    among: Among = None,
    why: Why = None,
    all_states: All = False,
    set_: options.Settings = None,
    choose: options.Choices = None,
    seed: options.Seed = None,
    json: options.Json = None,
) -> None:
    """Which states would likely join a text, from its description alone. How many is not
    foretold.
    """
    scenario = options.scenario(name, set_, choose)
    start = SEED if seed is None else seed
    number = None if joined is None else options.whole(joined)
    who = [_state(iso3) for iso3 in why or ()]
    target = Target(json)

    from sim.commands.documents import show
    from sim.evidence.report.prediction import document
    from sim.evidence.texts.prediction import predict as rank

    with reporting("Fitting, and coding the text anew"):
        result = rank(scenario, kind=kind, joined=number, among=among, seed=start)  # type: ignore[arg-type]
        for iso3 in who:
            if iso3 not in result.contributions.index:
                raise InputError(
                    f"--why: {iso3} is not asked, expected one of the {result.text.at_risk}"
                    " that are"
                )
        content = result.as_json()
    target.deliver(
        content, lambda content, screen: show(document(content, who, all_states), screen)
    )


def _state(iso3: str) -> str:
    if iso3 not in state_names():
        raise InputError(
            f"--why: there is no state {iso3!r}, expected an iso3 such as"
            f" FRA{nearest(iso3, state_names())}"
        )
    return iso3
