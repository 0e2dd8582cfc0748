"""One control per dial and per choice, made from their declarations; assets/view.js follows them.

The six dials to move first come with each answer, as they are those of its scenario, and
assets/dials.js puts them in; all of them are below, by what they are about. assets/dials.js also
says of a dial that does nothing that it does not.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, dcc, html

import sim
from dashboard.data.words import ENDS, ROLES, dial_meaning, dial_words, role_words, unit_words
from dashboard.limits import current_limits
from dashboard.shell import call_on_change
from dashboard.view import DRAWS, SCENARIO, SEED, WORLDS, range_on_pages
from sim import number_formats as formats

DRAWN, DRAWN_TITLE = (
    "Resolution",
    "How finely the world is drawn",
)  # the group of dials of that role
RIVAL_GROUP = "Rival"  # of dials: those of a scenario with a second code
# What a scenario changes, and which do, from the text to what happens; the first is the Call
# itself.
SCENARIO_GROUPS = {
    "As it was": (SCENARIO,),
    "Another text": ("third-way", "binding-treaty", "election-interference", "hack-back"),
    "Other actors": (
        "great-powers-sign",
        "eu-splits",
        "no-microsoft",
        "states-only",
        "co-regulation",
    ),
    "Work beside the text": ("joint-attribution", "capacity-building", "follow-up"),
    "Something happens": ("convenor-leaves", "rival-codes", "internet-war"),
}
STEPS = 100
WEIGHTS = [
    {"value": "fitted", "label": "luck alone: the fitted weights"},
    {"value": DRAWS, "label": "luck and weights: a draw in each world"},
]


def groups() -> dict[str, str]:
    """The groups of dials on pages, each with its title, what the text asks first; fitted weights
    are moved by the lens.
    """
    dials = sorted(_on_pages().values(), key=lambda dial: dial.group != "Text")
    named = {dial.group: dial.group_title for dial in dials if dial.role != "resolution"}
    return named | {DRAWN: DRAWN_TITLE}


def shown_dials(group: str) -> dict[str, Any]:
    """The dials of a *group* in the default scenario, by name."""
    return {name: dial for name, dial in _on_pages().items()
            if group == (DRAWN if dial.role == "resolution" else dial.group)}  # fmt: skip


def _on_pages() -> dict[str, Any]:
    return {name: dial for name, dial in sim.load(SCENARIO).dials.items() if dial.role in ROLES}


def dial_control(dial: Any, value: float) -> html.Div:
    """One dial: its name and value, a slider, what it means and where it comes from, and the way
    back.
    """
    low, high = range_on_pages(dial)
    words = capital(dial_words(dial.name))
    return html.Div(
        [
            html.Div(
                [
                    html.Span(words, className="dial-name"),
                    html.Span(formats.setting(value), className="dial-value",
                              id={"type": "dial-value", "name": dial.name}),
                    html.Button(
                        "reset",
                        id={"type": "reset", "name": dial.name},
                        className="reset",
                        **{"aria-label": f"Reset {words}"},
                    ),
                ],
                className="dial-head",
            ),
            dmc.Slider(
                id={"type": "dial", "name": dial.name},
                min=low,
                max=high,
                value=value,
                updatemode="mouseup",
                step=1 if dial.whole else (high - low) / STEPS,
                size="sm",
                label=None,
                thumbLabel=words,
            ),
            *_ends(dial.name),
            html.P("", className="idle", hidden=True, **{"data-idle": dial.name}),
            html.P([f"{capital(dial_meaning(dial))} ({unit_words(dial.unit)}). ",
                    html.Span(role_words(dial), className="role"), " ",
                    html.Span(f"Source: {dial.source}.", className="source")]),
        ],
        id={"type": "dial-box", "name": dial.name},
        className="dial",
    )  # fmt: skip


def _ends(name: str) -> list[html.Div]:
    """What it is like at either end of the dial called *name*, where that has words."""
    return (
        [html.Div([html.Span(words) for words in ENDS[name]], className="dial-ends")]
        if name in ENDS
        else []
    )


def capital(words: str) -> str:
    """*words* as they begin a sentence."""
    return words[:1].upper() + words[1:]


def dial_groups() -> html.Div:
    """The six dials to move first, then all, folded and by what they are about. Their controls are
    most of the page, and are fetched when a group is opened for the first time.
    """
    items = []
    for group, title in groups().items():
        names = list(shown_dials(group))
        head = [
            html.Span(title, className="group-title"),
            html.Span("", className="moved", **{"data-names": " ".join(names)}),
        ]
        panel = [html.Div([], id=f"dials-{group}"), dcc.Store(id=f"dials-{group}-opened")]
        items.append(
            dmc.AccordionItem([dmc.AccordionControl(head), dmc.AccordionPanel(panel)], value=group)
        )
    every = dmc.Accordion(items, multiple=True, variant="contained", id="dials")
    return html.Div(
        [
            html.Div([], id="first-dials", className="first-dials"),
            html.Details(
                [html.Summary("All other dials, by what they are about"), every],
                className="all-dials",
            ),
        ]
    )


def dial_controls(group: str) -> list[html.Div]:
    """The controls of all dials of a *group*, as the default scenario has them."""
    settings = sim.load(SCENARIO).settings
    return [dial_control(dial, settings[name]) for name, dial in shown_dials(group).items()]


def register(app: dash.Dash) -> None:
    """The callbacks that fill in a group of dials when it is first opened, and the choices of a
    scenario.
    """
    app.callback(
        Output("choices", "children"), Input("choices-of", "data"), prevent_initial_call=True
    )(choices_of)
    call_on_change(app, "on_dials", Input("choices", "children"))
    names = list(groups())
    stores = [Output(f"dials-{group}-opened", "data") for group in names]
    open_group = ClientsideFunction("parley", "on_dial_group")
    app.clientside_callback(open_group, *stores, Input("dials", "value"), prevent_initial_call=True)
    for group in names:
        fill = partial(_fill, group)
        app.callback(
            Output(f"dials-{group}", "children"),
            Input(f"dials-{group}-opened", "data"),
            prevent_initial_call=True,
        )(fill)
        call_on_change(app, "on_dials", Input(f"dials-{group}", "children"))


def _fill(group: str, _: Any) -> list[html.Div]:
    return dial_controls(group)


def choice_controls() -> html.Div:
    """The choices of the scenario in view: those of the default one at first, and of any other once
    it is chosen.
    """
    return html.Div(
        [html.Div(choices_of({"scenario": SCENARIO}), id="choices"), dcc.Store(id="choices-of")]
    )


def choices_of(asked: Any) -> list[html.Div]:
    """A control per choice of the scenario that *asked* names, as `chosen` there says, and per dial
    that it has beside those of the default one; none of a scenario that does not ship.
    """
    name = asked.get("scenario") if isinstance(asked, dict) else None
    if name not in {shipped for shipped, _, _ in sim.available()}:
        return []
    scenario, chosen = sim.load(name), asked.get("chosen")
    controls = [_choice_control(name, choice, chosen) for choice in scenario.choices.values()]
    own = [dial for dial in scenario.dials.values() if dial.group == RIVAL_GROUP]
    controls += [dial_control(dial, scenario.settings[dial.name]) for dial in own]
    return [html.Div(controls, id={"type": "choices", "scenario": name}, className="choices")]


def _choice_control(scenario: str, choice: Any, chosen: Any) -> Any:
    names = [option.name for option in choice.options]
    asked = chosen.get(choice.name) if isinstance(chosen, dict) else None
    is_usable = isinstance(asked, list) and asked and all(each in names for each in asked)
    value = list(asked or ()) if is_usable else list(choice.default)
    options = [{"value": option.name, "label": option.title} for option in choice.options]
    identity = {
        "id": {"type": "choice", "scenario": scenario, "name": choice.name},
        "label": choice.question,
    }
    if choice.several:
        return dmc.MultiSelect(data=options, value=value, **identity)
    return dmc.Select(data=options, value=value[0], allowDeselect=False, **identity)


def scenario_options() -> list[dict[str, Any]]:
    """Every scenario that ships, for a list to choose from, by what it changes."""
    rows = {
        name: {"value": name, "label": title, "question": ask}
        for name, title, ask in sim.available()
    }
    grouped = {name for names in SCENARIO_GROUPS.values() for name in names}
    groups = {**SCENARIO_GROUPS, "Others": tuple(name for name in rows if name not in grouped)}
    return [
        {"group": title, "items": [rows[name] for name in names]}
        for title, names in groups.items()
        if names
    ]


def lens_options() -> list[dict[str, str]]:
    """Every lens, for a list to choose from."""
    return [{"value": name, "label": f"{name}: {lens.title}"} for name, lens in sim.LENSES.items()]


def scenario_controls() -> html.Div:
    """The scenario, its choices, the lens, the weights, how many worlds, and the seed."""
    return html.Div([scenario_control(), choice_controls(), *world_controls()], className="asked")


def scenario_control() -> dmc.Select:
    """The scenario, each with its question."""
    return dmc.Select(
        id="scenario",
        label="Scenario",
        value=SCENARIO,
        allowDeselect=False,
        searchable=True,
        data=scenario_options(),
        renderOption={"function": "scenario_with_question"},
        maxDropdownHeight=480,
        scrollAreaProps={"type": "always"},
        comboboxProps={"width": "min(27rem, calc(100vw - 2rem))", "position": "bottom-end"},
    )


def world_controls() -> list[Any]:
    """How it is simulated: the lens, the weights, how many worlds, and the seed."""
    return [
        dmc.Select(
            id="lens",
            label="Lens: whose theory speaks",
            data=lens_options(),
            value="full",
            allowDeselect=False,
        ),
        dmc.Select(
            id="weights", label="Intervals hold", data=WEIGHTS, value="fitted", allowDeselect=False
        ),
        html.Div(
            [
                dmc.NumberInput(
                    id="worlds",
                    label=f"Worlds (1 to {current_limits().worlds})",
                    min=1,
                    max=current_limits().worlds,
                    value=WORLDS,
                    debounce=400,
                    allowDecimal=False,
                ),
                dmc.NumberInput(
                    id="seed",
                    label="Draw of chance",
                    min=0,
                    value=SEED,
                    debounce=400,
                    allowDecimal=False,
                    hideControls=True,
                ),
            ],
            className="pair",
        ),
        html.P(
            "",
            id="worlds-limit",
            className="dimmed",
            role="status",
            hidden=True,
            **{"data-most": str(current_limits().worlds)},
        ),
    ]
