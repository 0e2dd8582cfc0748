"""One control per dial and per choice, made from their declarations; assets/view.js follows them."""

from __future__ import annotations

from functools import partial
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, dcc, html

import sim
from dashboard.data.words import dial_words
from dashboard.limits import current_limits
from dashboard.shell import call_on_change
from dashboard.view import DRAWS, SCENARIO, SEED, WORLDS, range_on_pages
from sim import number_formats as formats

ROLES = {"lever": "Levers", "uncertainty": "Uncertainties", "resolution": "Resolution"}
EXPLANATIONS = {
    "lever": "what somebody could decide", "uncertainty": "what nobody has measured",
    "resolution": "how finely the world is drawn",
}  # fmt: skip
RIVAL_GROUP = "Rival"  # of dials: those of a scenario with a second code
STEPS = 100
WEIGHTS = [
    {"value": "fitted", "label": "luck alone: the fitted weights"},
    {"value": DRAWS, "label": "luck and weights: a draw in each world"},
]


def shown_dials(role: str) -> dict[str, Any]:
    """The dials of *role* in the default scenario, by name; fitted weights are moved by the lens."""
    return {name: dial for name, dial in sim.load(SCENARIO).dials.items() if dial.role == role}


def dial_control(dial: Any, value: float) -> html.Div:
    """One dial: its name and value, a slider, what it means and where it comes from, and the way back."""
    low, high = range_on_pages(dial)
    return html.Div(
        [
            html.Div(
                [
                    html.Span(dial_words(dial.name), className="dial-name"),
                    html.Span(formats.setting(value), className="dial-value",
                              id={"type": "dial-value", "name": dial.name}),
                    html.Button(
                        "reset",
                        id={"type": "reset", "name": dial.name},
                        className="reset",
                        **{"aria-label": f"Reset {dial_words(dial.name)}"},
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
                thumbLabel=dial_words(dial.name),
            ),
            html.P([f"{dial.meaning} ({dial.unit}). ", html.Span(f"Source: {dial.source}.", className="source")]),
        ],
        id={"type": "dial-box", "name": dial.name},
        className="dial",
    )


def dial_groups() -> dmc.Accordion:
    """All levers, then all uncertainties, then the resolution, folded. Their controls are most of the page, and are
    fetched when a group is opened for the first time.
    """
    groups = []
    for role, title in ROLES.items():
        head = [
            html.Span(title, className="group-title"),
            html.Span(EXPLANATIONS[role], className="dimmed"),
            html.Span("", className="moved", **{"data-names": " ".join(shown_dials(role))}),
        ]
        panel = [html.Div([], id=f"dials-{role}"), dcc.Store(id=f"dials-{role}-opened")]
        groups.append(dmc.AccordionItem([dmc.AccordionControl(head), dmc.AccordionPanel(panel)], value=role))
    return dmc.Accordion(groups, multiple=True, variant="contained", id="dials")


def dial_controls(role: str) -> list[html.Div]:
    """The controls of all dials of *role*, as the default scenario has them."""
    settings = sim.load(SCENARIO).settings
    return [dial_control(dial, settings[name]) for name, dial in shown_dials(role).items()]


def register(app: dash.Dash) -> None:
    """The callbacks that open a group of dials, and fill it the first time."""
    stores = [Output(f"dials-{role}-opened", "data") for role in ROLES]
    open_group = ClientsideFunction("parley", "on_dial_group")
    app.clientside_callback(open_group, *stores, Input("dials", "value"), prevent_initial_call=True)
    for role in ROLES:
        fill = partial(_fill, role)
        app.callback(
            Output(f"dials-{role}", "children"), Input(f"dials-{role}-opened", "data"), prevent_initial_call=True
        )(fill)
        call_on_change(app, "on_dials", Input(f"dials-{role}", "children"))


def _fill(role: str, _: Any) -> list[html.Div]:
    return dial_controls(role)


def choice_controls() -> list[html.Div]:
    """A control per choice of each scenario, and per dial that it has beside those of the default one, in a box that is
    visible with its scenario alone.
    """
    boxes = []
    for name, _, _ in sim.available():
        controls: list[Any] = []
        scenario = sim.load(name)
        for choice in scenario.choices.values():
            options = [{"value": option.name, "label": option.title} for option in choice.options]
            default = list(choice.default)
            identity = {"id": {"type": "choice", "scenario": name, "name": choice.name}, "label": choice.question}
            if choice.several:
                controls.append(dmc.MultiSelect(data=options, value=default, **identity))
            else:
                controls.append(dmc.Select(data=options, value=default[0], allowDeselect=False, **identity))
        own = [dial for dial in scenario.dials.values() if dial.group == RIVAL_GROUP]
        controls += [dial_control(dial, scenario.settings[dial.name]) for dial in own]
        boxes.append(html.Div(controls, id={"type": "choices", "scenario": name}, className="choices", hidden=True))
    return boxes


def scenario_options() -> list[dict[str, str]]:
    """Every scenario that ships, for a list to choose from."""
    return [{"value": name, "label": title} for name, title, _ in sim.available()]


def lens_options() -> list[dict[str, str]]:
    """Every lens, for a list to choose from."""
    return [{"value": name, "label": f"{name}: {lens.title}"} for name, lens in sim.LENSES.items()]


def scenario_controls() -> html.Div:
    """The scenario, its choices, the lens, the weights, how many worlds, and the seed."""
    return html.Div(
        [
            dmc.Select(
                id="scenario", label="Scenario", value=SCENARIO, allowDeselect=False, searchable=True,
                data=[{"value": name, "label": title, "question": ask} for name, title, ask in sim.available()],
                renderOption={"function": "scenario_with_question"}, maxDropdownHeight=480,
                comboboxProps={"width": "min(27rem, calc(100vw - 2rem))", "position": "bottom-end"},
            ),
            *choice_controls(),
            dmc.Select(
                id="lens", label="Lens: whose theory speaks", data=lens_options(), value="full", allowDeselect=False
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
                        id="seed", label="Seed", min=0, value=SEED, debounce=400, allowDecimal=False, hideControls=True
                    ),
                ],
                className="pair",
            ),
            html.P("", id="worlds-limit", className="dimmed", role="status", hidden=True,
                   **{"data-most": str(current_limits().worlds)}),
        ],
        className="asked",
    )
