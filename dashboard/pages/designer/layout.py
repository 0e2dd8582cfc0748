"""The page Code designer: a text made of its position, nine ambitions and its rules, beside what it
changes under the same random streams.

The first screen holds both: every control on the left, who joins and who leaves on the right; on a
phone one line at the foot follows the controls. Below are the frontier around the present text, and
conduct, which is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import html

import sim
from dashboard.controls import capital, scenario_controls
from dashboard.data.provision_words import ENDS
from dashboard.data.view_names import FULL_MONITORING, STATE_LED, STRONGEST_SANCTIONS
from dashboard.data.words import ASSUMED, KINDS, MATERIAL_POWER, POWER, WHAT_POWER_COUNTS
from dashboard.pages import Services
from dashboard.pages.designer import routes
from dashboard.pages.designer.below import below, file_link
from dashboard.pages.designer.position import ENDS as POSITION_ENDS
from dashboard.pages.designer.position import POSITION, READ
from dashboard.shell import call_on_change, message, signing_basis
from dashboard.view import SCENARIO
from sim import number_formats as formats

PATH, NAME = "/designer", "Designer"
STEP = 0.05

# What provisions concern, by the conduct that breaks them: the heading, in the order of the page.
CONCERNS = {
    "operation": "Operations it forbids",
    "practice": "Duties it asks for",
    "strike-back": "Striking back",
}
RULES = {
    "monitoring": ("nobody watches", "signatory firms and NGOs watch all they can"),
    "sanctions": ("being named costs nothing more", "all signatories sanction whoever is named"),
}
RULES_ACT = "Rules act on what is done, hardly on who signs: see harm prevented."
LOADS = ("restraint", "burden")
READING = "A provision at 0 is left out; at 1 it asks in full for what stands below it."
# What a reader may take from a text far outside the data: why is said where its basis is.
FAR = "Far outside the data: trust the direction, not the number."
FAR_WITH_FITS = f"{FAR.removesuffix('.')}; other fits give wide ranges."
PALE = (
    f"They stand pale in the table: the changes in {formats.percent(0.9)} of pairs of worlds; and"
    " in brackets after each great power: in how many worlds it signs the present text → this one."
    " So far out none is sure. “Far fewer” is two thirds or less of what it is under the present"
    " text, “far more” half as much again or more: said only where both ends of the other fits"
    " are so."
)
WHAT_DEPTH_IS = (
    "Depth is the mean of the ambitions, weighted by restraint and by effort; not their plain mean."
)
PRINCIPLES = tuple(ENDS)
EVERYTHING, NOTHING = ({f"ambition_{principle}": end for principle in PRINCIPLES} for end in (1, 0))
# Texts to begin with: what differs from the present text.
TRIES: Mapping[str, Mapping[str, float]] = {
    "Asks for all": EVERYTHING,
    "Asks for nothing": NOTHING,
    "State-led": STATE_LED,
    "Monitoring and sanctions": {**FULL_MONITORING, **STRONGEST_SANCTIONS},
}


def layout() -> html.Main:
    """The text beside what it changes."""
    both = html.Div([_text(), _answer(), _grounds()], className="both")
    provisions = html.Details(
        [
            html.Summary(
                [
                    "What each provision binds and weighs",
                    html.Span(
                        ": whom, what breaks it, and its share of the text",
                        className="dimmed promise",
                    ),
                ]
            ),
            _provisions(sim.load(SCENARIO).code),
        ],
        id="design-provisions",
        className="card",
    )
    return html.Main([_head(), both, below(provisions)], className="designer", id="designer",
                     **{"data-tells": "parley:design"})  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/designer.js who may sign, and what is measured along the frontier; answers for
    the page.
    """
    for name in ("may-sign", "frontier-by", "conduct-by"):
        call_on_change(app, f"on_{name.replace('-', '_')}", name)
    routes.register(app.server, services)


def _head() -> html.Div:
    frame = html.Details(
        [
            html.Summary([html.Span("Scenario, worlds and seed", id="frame-said")]),
            scenario_controls(),
        ],
        className="frame",
    )
    return html.Div(
        [
            html.H1("Code designer"),
            html.P("Write another text: who would join, and who would leave?", className="lead"),
            frame,
            html.Div(
                [
                    html.Span("Try", className="dimmed"),
                    *(
                        html.Button(words, className="try", **{"data-try": _spelled(changes)})
                        for words, changes in TRIES.items()
                    ),
                    html.A("Change the text ↓", href="#design-text", className="designer-jump"),
                    html.Button(
                        "Back to the present text", id="reset-text", className="reset", hidden=True
                    ),
                ],
                className="tries",
                role="group",
                **{"aria-label": "Texts to begin with"},
            ),
            message(),
        ],
        className="head",
    )


# The text


def _text() -> html.Section:
    scenario = sim.load(SCENARIO)
    levers, settings = scenario.dials, scenario.settings
    groups: dict[str, list[Any]] = {name: [] for name in CONCERNS.values()}
    for provision in scenario.code.provisions:
        dial, words = levers[f"ambition_{provision.principle}"], capital(provision.short_name)
        ends = ENDS[provision.principle]
        groups[CONCERNS[provision.conduct]].append(
            _lever(
                dial, settings[dial.name], words, ends, capital(ends[1]), str(provision.principle)
            )
        )
    forbidden, duties, back = (_group(name, levers) for name, levers in groups.items())
    position = [_position(levers[name], settings[name]) for name in POSITION]
    rules = [
        _lever(
            levers[name],
            settings[name],
            name.capitalize(),
            ends,
            f"At {formats.setting(high)}, {ends[1]}",
            degrees="rule",
        )
        for name, ends in RULES.items()
        for _, high in [levers[name].between]
    ]
    rules.append(html.P(RULES_ACT, className="says acts"))
    columns = [
        [_group("Where it stands", position), forbidden],
        [duties, back, _group("Its rules", rules), _may_sign(scenario.code)],
    ]
    return html.Section(
        [
            html.H2("The text", className="heard"),
            html.Div(
                [html.Div(column, className="groups") for column in columns], className="columns"
            ),
            html.P(
                [
                    html.Span(
                        [
                            html.Span(className="tick-key", **{"aria-hidden": "true"}),
                            "the present text. ",
                        ],
                        className="of-tick",
                    ),
                    READING,
                ],
                className="dimmed reading",
            ),
            html.A("What it changes ↑", href="#design-answer", className="designer-jump"),
        ],
        className="card text",
        id="design-text",
        **{"aria-label": "The text of the code"},
    )


def _spelled(changes: Mapping[str, float]) -> str:
    """Levers and their values as assets/designer.js reads them."""
    return ",".join(f"{name}:{formats.setting(value)}" for name, value in changes.items())


def _group(name: str, levers: list[Any]) -> html.Fieldset:
    return html.Fieldset([html.Legend(name), *levers], className="group")


def _position(dial: Any, value: float) -> html.Div:
    """A lever of the text's position; assets/designer.js writes what the weights of the view say of
    it.
    """
    name, ends = dial.name, POSITION_ENDS[dial.name]
    known = html.Details(
        [
            html.Summary("–", id=f"plain-{name}"),
            html.P("", id=f"verdict-{name}"),
            html.Details(
                [
                    html.Summary("The weights behind this"),
                    html.P([html.Span("", id=f"numbers-{name}"), f" {READ}"]),
                ]
            ),
        ],
        className="known",
    )
    words = capital(name.removeprefix("text_").replace("_", " "))
    return _lever(
        dial, value, words, ends, [html.Span(end) for end in ends], degrees=name, more=known
    )


def _lever(
    dial: Any, value: float, name: str, ends: tuple[str, str], says: Any, number: str = "",
    degrees: str = "provision", more: Any = None,
) -> html.Div:  # fmt: skip
    """A dial of the text: its name, a slider that assets/designer.js puts in, its value, and what
    it says; the script writes the value as one of the *degrees* in words as well.
    """
    low, high = dial.between
    first, last = formats.setting(low), formats.setting(high)
    label = f"{f'{number}. ' if number else ''}{name}: {first} {ends[0]}; {last} {ends[1]}"
    title = [html.Span(number, className="number-of"), name] if number else name
    numbers = {"low": low, "high": high, "step": STEP, "value": value}
    slide = {
        "data-lever": dial.name,
        "data-label": label,
        **{f"data-{name}": formats.setting(number) for name, number in numbers.items()},
    }
    said = {"data-degrees": degrees, "data-low": ends[0], "data-high": ends[1]}
    caption = html.P(
        says,
        id=f"says-{dial.name}",
        className="says ends" if isinstance(says, list) else "says",
        **said,
    )
    return html.Div(
        [
            html.Span(title, className="lever-name"),
            *([] if number else [html.Span("", id=f"degree-{dial.name}", className="degree")]),
            html.Div([], className="slide", **slide),
            html.Span(formats.setting(value), id=f"value-{dial.name}", className="lever-value",
                      **{"aria-hidden": "true"}),
            caption,
            html.P("", className="idle", hidden=True, **{"data-idle": dial.name}),
            *([more] if more else []),
        ],
        className="lever", id=f"lever-{dial.name}",
    )  # fmt: skip


def _may_sign(code: Any) -> html.Fieldset:
    boxes = dmc.CheckboxGroup(
        dmc.Group(
            [dmc.Checkbox(label=words, value=f"{kind}s") for kind, words in KINDS.items()], gap="sm"
        ),
        id="may-sign",
        value=[f"{kind}s" for kind in code.may_sign],
        **{"aria-labelledby": "may-sign-label"},
    )
    return html.Fieldset(
        [html.Legend("Who may sign", id="may-sign-label"), boxes,
         html.P("", id="may-sign-said", className="may-sign-said"),
         html.P("", id="may-sign-note", className="dimmed", role="status")],
        className="group", id="may-sign-box",
    )  # fmt: skip


def _provisions(code: Any) -> html.Div:
    """Each provision as the table of the scenario has it: whom it binds, what breaks it, how much
    of the text it is.
    """
    totals = {load: sum(getattr(p, load) for p in code.provisions) for load in LOADS}
    headings = (
        "Provision",
        "Binds",
        "Breaking it is",
        "Of all restraint",
        "Of all effort",
        "At 0",
        "At 1",
    )
    rows = []
    for provision in code.provisions:
        binds = provision.binds.replace(";", ",").replace(
            ", states must prevent it", "; states must prevent it"
        )
        shares = [formats.percent(getattr(provision, load) / totals[load]) for load in LOADS]
        name = f"{provision.principle}. {capital(provision.short_name)}"
        cells = zip(
            headings[1:],
            (binds, provision.breaking_it_is, *shares, *ENDS[provision.principle]),
            strict=True,
        )
        # Where the table is narrow each row is a card, whose cells have their headings before them.
        rows.append(
            html.Tr(
                [
                    html.Th(name, scope="row"),
                    *(html.Td(words, **{"data-heading": heading}) for heading, words in cells),
                ]
            )
        )
    head = html.Thead(html.Tr([html.Th(heading, scope="col") for heading in headings]))
    return html.Div(
        html.Table([head, html.Tbody(rows)]),
        className="wide-table provisions",
        tabIndex=0,
        role="region",
        **{"aria-label": "The provisions"},
    )


# What it changes


def _answer() -> html.Section:
    columns = ("Present", "Change")
    of_pairs = f"; change in pairs of worlds ({formats.percent(0.9)} of them)"
    table = html.Table(
        [
            html.Caption(
                [
                    "Signed by the end, median world",
                    html.Span(of_pairs, className="of-designed"),
                    html.Span(f" ({formats.percent(0.9)} of worlds)", className="of-present"),
                ],
                className="dimmed",
            ),
            html.Thead(
                html.Tr(
                    [html.Td(""), *(html.Th(words, scope="col") for words in columns), _scale()]
                )
            ),
            html.Tbody(
                [
                    *(_number(kind, words) for kind, words in KINDS.items()),
                    _number("power", MATERIAL_POWER),
                ]
            ),
        ],
        className="numbers-table",
    )
    lists = html.Div(
        [
            _people("up", "Who would join"),
            _people("down", "Who would leave"),
            html.Div([], id="people-moved", className="also-moved"),
            html.P("", id="people-named", className="named"),
        ],
        className="two",
    )
    power = WHAT_POWER_COUNTS[0].lower() + WHAT_POWER_COUNTS[1:]
    more = html.Details(
        [
            html.Summary(["More: ", html.Span("the numbers, ", className="of-far"),
                          html.Span("how the lists add up, ", className="of-changed"), power]),
            html.P(PALE, className="of-far"),
            html.P("", id="people-sum", className="of-changed"),
            html.P("", id="people-counted", className="of-changed"),
            html.Div([], id="people-less-moved", className="of-far"),
            html.P(POWER),
            html.P(WHAT_DEPTH_IS),
        ],
        className="counted", id="design-more",
    )  # fmt: skip
    return html.Section(
        [
            html.P(
                [
                    html.Span("Who signs it", className="of-present"),
                    html.Span("What it changes", className="of-changed"),
                    html.Span("", id="design-computing", className="computing"),
                ],
                className="eyebrow",
            ),
            html.H2(
                "The present text is being simulated", id="design-said", **{"aria-live": "polite"}
            ),
            html.P(
                FAR,
                id="design-far",
                className="beyond-data",
                hidden=True,
                **{"data-alone": FAR, "data-ranges": FAR_WITH_FITS},
            ),
            html.P("", id="design-coalitions", className="coalitions"),
            html.P("", id="design-powers", className="powers"),
            html.P("", id="design-scenario", className="powers", hidden=True),
            html.Div([], id="design-apart", className="apart", hidden=True),
            html.P("", id="design-line", className="result-line", **{"aria-hidden": "true"}),
            html.P(
                "Press a text to try, or move a slider: who would join or leave stands here.",
                className="hint",
            ),
            table,
            _plot_key(),
            html.P("", id="design-of-pairs", className="of-pairs of-present"),
            html.P("", id="design-fits", className="fits", hidden=True),
            lists,
            html.Dl([*_depth(), *_harm()], className="beside"),
            more,
            html.P(
                [
                    html.A("Compare both texts", href="compare", id="open-compare"),
                    html.A("Open in Simulate", href="./", id="open-simulate"),
                ],
                className="downloads onward",
            ),
        ],
        className="card effect",
        id="design-answer",
        **{"aria-label": "What it changes", "aria-busy": "true"},
    )


def _grounds() -> html.Div:
    """What the numbers rest on, and what can be taken along."""
    return html.Div([signing_basis(None, "design-provenance"), _links()], className="grounds")


def _scale() -> html.Td:
    """The ends of the line on which the shares or the changes lie, which assets/designer_plot.js
    writes.
    """
    return html.Td(
        html.Div([], className="scale", id="plot-scale"),
        className="plot",
        **{"aria-hidden": "true"},
    )


def _plot_key() -> html.P:
    marks = [
        html.Span([html.Span(className=f"mark {name}"), words])
        for name, words in (
            ("dot", "median pair"),
            ("spread", f"luck, {formats.percent(0.9)} of pairs"),
        )
    ]
    fits = html.Span(
        [html.Span(className="mark reach"), "other fits", html.Span(" …", id="plot-key-awaits")],
        id="plot-key-fits",
        hidden=True,
    )
    return html.P([*marks, fits], className="plot-key of-changed", **{"aria-hidden": "true"})


def _number(name: str, words: str) -> html.Tr:
    """A row of counts; in its last cell assets/designer.js draws them as shares of all."""
    change = [
        html.Strong("", id=f"change-{name}"),
        html.Span("", id=f"interval-{name}", className="interval"),
        html.Span("", id=f"fits-{name}", className="of-fits"),
    ]
    level = [
        html.Span("–", id=f"present-{name}"),
        html.Span("", id=f"ends-{name}", className="ends-of-level"),
    ]
    drawn = html.Td("", className="plot", id=f"plot-{name}", **{"aria-hidden": "true"})
    return html.Tr([html.Th(words, scope="row"), html.Td(level), html.Td(change), drawn])


def _depth() -> list[Any]:
    """The depth of both texts, and what that is."""
    return [
        html.Dt("Depth", className="depth"),
        html.Dd(
            [
                html.Span("–", id="present-depth"),
                html.Span([" → ", html.Strong("–", id="design-depth")], className="of-designed"),
                html.Span(" of 1: how much it asks for", className="dimmed"),
            ],
            className="depth",
        ),
    ]


def _harm() -> list[Any]:
    """Harm prevented under both texts and what lies between them: ranges over the assumptions."""
    return [
        html.Dt("Harm prevented"),
        html.Dd(
            [
                html.Span("being simulated", className="waits dimmed"),
                html.Span("", id="present-harm"),
                html.Span([" → ", html.Strong("", id="design-harm")], className="of-designed"),
                html.Span("", id="way-harm"),
                " ",
                html.Span(ASSUMED, className="tag"),
                html.Span(
                    [
                        "of the harm without the code",
                        html.Span(
                            [
                                ", over all assumptions; ",
                                html.Span(
                                    ["change ", html.Span("", id="change-harm")],
                                    className="unbroken",
                                ),
                                ", in pairs of the same assumptions",
                            ],
                            className="of-designed",
                        ),
                    ],
                    className="dimmed of-harm",
                ),
            ],
            className="harm",
        ),
    ]


def _people(way: str, title: str) -> html.Section:
    return html.Section(
        [
            html.H3(title),
            html.P("", id=f"people-{way}-counts", className="counts"),
            html.Div([], id=f"people-{way}"),
        ],
        className="people",
        **{"aria-label": title},
    )


def _links() -> html.P:
    design = (("data/design.csv", "Differences (CSV)"), ("data/design/who.csv", "Who (CSV)"))
    return html.P(
        [file_link(path, words) for path, words in design], className="downloads of-changed"
    )
