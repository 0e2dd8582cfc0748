"""The page Code designer: a text made of its position, nine ambitions and its rules, beside the present one under the
same random streams.
"""

from __future__ import annotations

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import html

import sim
from dashboard.controls import scenario_controls
from dashboard.data.words import ASSUMED, EXTRAPOLATED, KINDS
from dashboard.pages import Services
from dashboard.pages.designer import routes
from dashboard.pages.designer.position import ENDS as POSITION_ENDS
from dashboard.pages.designer.position import POSITION, READ
from dashboard.shell import basis, call_on_change, card, figure, keys, message, segments, signing_basis, wide_table
from dashboard.view import SCENARIO
from sim import number_formats as formats

PATH, NAME = "/designer", "Code designer"
STEP = 0.05

# What the two ends of each provision's ambition say, in plain words. Ours: the Call itself has one wording of each.
ENDS = {
    1: ("silent on harm to people and infrastructure", "no operation that harms them, whatever the reason"),
    2: ("silent on routing, naming and cables", "nobody touches them, in peace or conflict"),
    3: ("silent on elections", "no interference, and platforms stop it"),
    4: ("silent on theft of trade secrets", "no theft for advantage, by anybody"),
    5: ("tools may be sold to anyone", "no tool leaves without control"),
    6: ("products ship as they are", "secure from design to end of life"),
    7: ("everyone as they please", "basic protection everywhere, all the time"),
    8: ("firms may strike back", "no firm does, and states see to it"),
    9: ("no follow-up", "all follow up, report and name their own side"),
}
RULES = {
    "monitoring": ("nobody watches", "signatory firms and NGOs watch all they can"),
    "sanctions": ("being named costs nothing more", "all signatories sanction whoever is named"),
}
LOADS = ("restraint", "burden")
CONDUCT_BY = {  # outcome and part of conduct against depth
    "harm_prevented/all": "Harm",
    "compliance/all": "Compliance",
    "departure/operations": "Operations",
    "departure/practices": "Practices",
}
WAYS = {
    "together": "all provisions together",
    "restraint first": "provisions on restraint first",
    "effort first": "provisions on effort first",
}


def layout() -> html.Main:
    """The text beside what it changes."""
    return html.Main([_head(), _text(), _changes()], className="simulate designer", id="designer",
                     **{"data-asks": "data/design", "data-tells": "parley:design"})  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/designer.js who may sign, and what is measured along the frontier; answers for the page."""
    for name in ("may-sign", "frontier-by", "conduct-by"):
        call_on_change(app, f"on_{name.replace('-', '_')}", name)
    routes.register(app.server, services)


def _head() -> html.Div:
    return html.Div(
        [
            html.H1("Code designer"),
            html.P("What would a different text have brought in, and whom would it have lost? Move its position or a "
                   "provision, and compare with the present text, world by world.", className="lead"),
            message(),
        ],
        className="head",
    )  # fmt: skip


def _text() -> html.Section:
    code, settings, dials = sim.load(SCENARIO).code, sim.load(SCENARIO).settings, sim.load(SCENARIO).dials
    restraint, burden = (sum(getattr(p, load) for p in code.provisions) for load in LOADS)
    provisions = []
    for provision in code.provisions:
        shares = (provision.restraint / restraint, provision.burden / burden)
        on_restraint, on_effort = map(formats.percent, shares)
        binds = provision.binds.replace(";", ",").replace(", states must prevent it", "; states must prevent it")
        note = f"Binds {binds}. Of all that the text can ask: {on_restraint} of restraint, {on_effort} of effort."
        name = f"{provision.principle}. {_capitalised(provision.short_name)}"
        dial = f"ambition_{provision.principle}"
        provisions.append(_slider(dials[dial], settings[dial], name, ENDS[provision.principle], note))
    rules = [_slider(dials[name], settings[name], name.capitalize(), ends, f"{_capitalised(dials[name].meaning)}.")
             for name, ends in RULES.items()]  # fmt: skip
    return html.Section(
        [
            html.Details([html.Summary("Scenario, lens, worlds and seed"), scenario_controls()], className="frame"),
            html.Div([html.H2("Its position"), html.Button("Back to the present text", id="reset-text",
                                                           className="reset", hidden=True)], className="dial-head"),
            html.P("Where the text stands between the camps; the tick is the present text. Far from the register's own "
                   "text, who signs is extrapolated.", className="dimmed"),
            html.Div([_position(name, dials[name], settings[name]) for name in POSITION]),
            html.P(READ, className="dimmed"),
            html.H2("Its provisions"),
            html.P("Ambition from 0, left out, to 1. The tick is the present text.", className="dimmed"),
            html.Div(provisions),
            html.H2("Its rules"),
            html.P("Monitoring and sanctions act on conduct first: watch harm prevented. Signing feels them through "
                   "standing, and where the lens weighs security.", className="dimmed"),
            html.Div(rules),
            html.Div(
                [
                    html.P("Who may sign", className="dial-name", id="may-sign-label"),
                    dmc.CheckboxGroup(
                        dmc.Group([dmc.Checkbox(label=words, value=f"{kind}s") for kind, words in KINDS.items()]),
                        id="may-sign", value=[f"{kind}s" for kind in code.may_sign],
                        **{"aria-labelledby": "may-sign-label"},
                    ),
                    html.P("", id="may-sign-note", className="dimmed", role="status"),
                ],
                className="dial", id="may-sign-box",
            ),
        ],
        className="controls", **{"aria-label": "The text of the code"},
    )  # fmt: skip


def _capitalised(words: str) -> str:
    return words[0].upper() + words[1:]


def _position(name: str, dial: Any, value: float) -> html.Div:
    """A lever of the text's position; assets/designer.js writes what the weights of the view say of it."""
    return _slider(dial, value, _capitalised(name.removeprefix("text_").replace("_", " ")), POSITION_ENDS[name],
                   [html.Span("", id=f"verdict-{name}", className="known"), " ",
                    html.Span("", id=f"numbers-{name}")])  # fmt: skip


def _slider(dial: Any, value: float, name: str, ends: tuple[str, str], note: Any) -> html.Div:
    """A dial under the identifiers that assets/view.js knows, with what its ends say."""
    low, high = dial.between
    identity = {"type": "dial", "name": dial.name}
    return html.Div(
        [
            html.Div(
                [
                    html.Span(name, className="dial-name"),
                    html.Span(formats.setting(value), id={**identity, "type": "dial-value"}, className="dial-value"),
                    html.Button("reset", id={**identity, "type": "reset"}, className="reset",
                                **{"aria-label": f"Reset {name}"}),
                ],
                className="dial-head",
            ),
            dmc.Slider(id=identity, min=low, max=high, value=value, step=STEP, marks=[{"value": value}], size="sm",
                       updatemode="mouseup", label=None,
                       thumbLabel=f"{name}: {formats.setting(low)} {ends[0]}; {formats.setting(high)} {ends[1]}"),
            html.Div([html.Span(words) for words in ends], className="ends"),
            html.P(note),
        ],
        id={**identity, "type": "dial-box"}, className="dial",
    )  # fmt: skip


def _changes() -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    html.A("Open in Simulate", href="./", id="open-simulate", className="quiet link"),
                    html.A("Compare with the present text", href="compare", id="open-compare", className="quiet link"),
                ],
                className="actions",
            ),
            signing_basis("signed by the end, in the mean of ", "design-provenance"),
            html.Div(
                [
                    *(_headline(kind, words, f"{words} that have signed") for kind, words in KINDS.items()),
                    _headline("power", "Power", "Share of material power"), _depth(), _harm(),
                ],
                className="headlines",
            ),
            html.P("", id="design-said", className="design-said", role="status"),
            html.Div([_people("up", "Would sign more often"), _people("down", "Would leave")], className="two"),
            _downloads("design", ("data/design.csv", "Differences (CSV)"), ("data/design/who.csv", "Who (CSV)")),
            html.Div([_frontier(), _conduct_by_depth()], className="frontier-row"),
            _conduct(),
        ],
        className="shown",
    )  # fmt: skip


def _headline(name: str, title: str, label: str) -> html.Section:
    return card(
        label,
        html.H2(title),
        html.Strong("–", id=f"design-{name}", className="headline"),
        html.P(["present ", html.Span("–", id=f"present-{name}")], className="dimmed"),
        html.P(html.Strong("", id=f"change-{name}", className="change")),
        html.P("", id=f"interval-{name}", className="dimmed interval"),
        style="number",
    )


def _depth() -> html.Section:
    rows = {"restraint": "restraint", "burden": "effort"}
    return card(
        "Depth of the text",
        html.H2("Depth of the text"),
        html.Strong("–", id="design-depth", className="headline"),
        html.P(["present ", html.Span("–", id="present-depth")], className="dimmed"),
        html.Dl([html.Div([html.Dt(words), html.Dd("–", id=f"depth-{name}")]) for name, words in rows.items()]),
        style="number outside",
    )


def _harm() -> html.Section:
    return card(
        "Harm prevented, a range over assumptions",
        html.H2("Harm prevented"),
        html.Strong("–", id="design-harm", className="headline range"),
        html.P(["present ", html.Span("–", id="present-harm")], className="dimmed"),
        html.P(html.Strong("", id="change-harm", className="change")),
        html.P([html.Span(ASSUMED, className="tag"), html.Span(" of harm without it", className="dimmed")]),
        style="number",
    )


def _people(way: str, title: str) -> html.Section:
    return card(
        title,
        html.H2([title, html.Span("", id=f"count-{way}", className="dimmed count")]),
        html.P("Share of simulated worlds in which each has signed by the end: present text, designed text.",
               className="dimmed"),
        html.Div([], id=f"people-{way}"),
        style="people",
    )  # fmt: skip


def _downloads(name: str, *links: tuple[str, str]) -> html.P:
    parts = [html.A(words, href=href, className=f"{name}-data") for href, words in links]
    return html.P(parts, className="downloads")


def _frontier() -> html.Section:
    by = {f"signatories_{kind}": words for kind, words in KINDS.items()} | {"power_share": "Power"}
    legend = {
        "way edge": "frontier: the most signatories at its depth",
        "point near": "like the register's text", "point far": EXTRAPOLATED, "point present": "present text",
        "point designed": "designed text", **{f"way {way.split()[0]}": words for way, words in WAYS.items()},
    }  # fmt: skip
    return card(
        "The frontier",
        html.H2("Participation against depth"),
        html.P("Texts from one that asks for nothing to one that asks for all, each simulated at the present "
               "position and under the present rules: monitoring, sanctions and who may sign.", className="dimmed"),
        signing_basis(None, "frontier-provenance", answer="frontier"),
        segments("frontier-by", by, "Whose participation", size="xs"),
        html.P("", id="frontier-state", className="dimmed", role="status"),
        figure("frontier", "Signatories against the depth of the text; the numbers are in the table below",
               "graph tall"),
        keys(legend),
        html.Details([html.Summary("The simulated texts, to try"),
                      wide_table("frontier-table", "The simulated texts")]),
        _downloads("frontier", ("data/frontier.csv", "Frontier (CSV)")),
    )  # fmt: skip


def _conduct_by_depth() -> html.Section:
    legend = {
        "band free": "free membership: everybody decides anew",
        "band fixed": "fixed membership: the present text's signatories, bound by each text",
        "point designed": "designed text",
    }
    return card(
        "Conduct by depth",
        html.H2("Conduct against depth"),
        html.P("All provisions together, and each text twice: with the signatories of the present text, and with new "
               "ones. Bands are ranges over what nobody has measured.", className="dimmed"),
        basis(ASSUMED, "", "by-depth-provenance"),
        segments("conduct-by", CONDUCT_BY, "Which conduct", size="xs"),
        html.P("", id="by-depth-state", className="dimmed", role="status"),
        figure("by-depth", "Conduct against the depth of the text; the numbers are in the download", "graph tall"),
        keys(legend),
        html.Details([html.Summary("In words"), html.P("", id="by-depth-said", className="dimmed")]),
        _downloads("frontier", ("data/frontier/conduct.csv", "Conduct by depth (CSV)")),
    )  # fmt: skip


def _conduct() -> html.Details:
    return html.Details(
        [
            html.Summary("Conduct under both texts, by group"),
            basis(ASSUMED, "", "conduct-provenance"),
            html.P("Each range holds 90 % of worlds in which all assumptions about conduct vary at once; it belongs to "
                   "a group, never to anybody by name.", className="dimmed"),
            html.P("", id="conduct-state", className="dimmed", role="status"),
            wide_table("conduct-table", "Conduct, by group"),
            _downloads("design", ("data/design/conduct.csv", "Conduct (CSV)")),
        ],
        id="design-conduct", className="card",
    )  # fmt: skip
