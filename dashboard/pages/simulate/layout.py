"""The page Simulate, which is the home page: pick a scenario, move its dials, and watch adoption unfold beside the
register.
"""

from __future__ import annotations

import dash
import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import ALL, Input, html

import sim
from dashboard import controls
from dashboard.data.words import KINDS, SHARES
from dashboard.pages import Services
from dashboard.pages.simulate import map as world_map
from dashboard.pages.simulate import network, routes
from dashboard.pages.simulate.branches import branch_card
from dashboard.pages.simulate.conduct import conduct_card
from dashboard.shell import call_on_change, card, graph, message, play_bar, signing_badge, signing_basis

PATH, NAME = "/", "Simulate"
FILTERS = {
    "all": "All", "African": "Africa", "Asia-Pacific": "Asia-Pacific", "Eastern European": "Eastern Europe",
    "Latin American and Caribbean": "Latin America and Caribbean",
    "Western European and others": "Western Europe and others",
    "eu": "EU", "african_union": "AU", "asean": "ASEAN", "oas": "OAS",
}  # fmt: skip
FILES = (
    ("data/run.csv", "CSV", "Download the data (CSV)"),
    ("data/run.parquet", "Parquet", "Download them as Parquet"),
    ("data/manifest.json", "Manifest", "Download the manifest, which repeats this run to the bit"),
)


def layout() -> html.Div:
    """Controls beside what they change."""
    return html.Div(
        [
            html.Aside(
                [
                    controls.scenario_controls(),
                    html.Div(
                        [html.H2("Dials"), html.Button("Reset all", id="reset-all", className="reset", hidden=True)],
                        className="dial-head",
                    ),
                    controls.dial_groups(),
                ],
                className="controls",
                **{"aria-label": "What is simulated"},
            ),
            html.Main(
                [
                    html.H1("", id="title"),
                    html.P("", id="question", className="lead"),
                    message(),
                    signing_basis("", "provenance"),
                    html.Div(
                        [*(_headline(kind) for kind in KINDS), _power(), _outside(), conduct_card()],
                        className="headlines",
                    ),
                    _legend(),
                    html.Div([_curves(kind) for kind in KINDS], className="panels"),
                    branch_card(),
                    world_map.world_card(),
                    network.network_card(),
                    _stakeholders(),
                    card("Events", html.H2("What happens from outside"), html.Ol([], id="log", className="log")),
                    play_bar(),
                ],
                className="shown",
            ),
        ],
        className="simulate",
    )


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/view.js of every control, and answers for the page."""
    call_on_change(app, "on_dial", Input({"type": "dial", "name": ALL}, "value"))
    call_on_change(app, "on_view", "scenario", "lens", "weights", "worlds", "seed")
    call_on_change(app, "on_choice", Input({"type": "choice", "scenario": ALL, "name": ALL}, "value"))
    call_on_change(app, "on_reset", Input({"type": "reset", "name": ALL}, "n_clicks"))
    call_on_change(app, "on_reset_all", Input("reset-all", "n_clicks"))
    call_on_change(app, "on_branch_choice", "branch-who", "branch-choice")
    call_on_change(app, "on_branch_dial", "branch-dial")
    call_on_change(app, "on_branch_value", "branch-value")
    call_on_change(app, "on_group", "table-group")
    controls.register(app)
    world_map.register(app)
    network.register(app)
    routes.register(app.server, services)


def _headline(kind: str) -> html.Section:
    return card(
        f"{KINDS[kind]} on the public list",
        html.H2(KINDS[kind]),
        html.Strong("–", id=f"listed-{kind}", className="headline"),
        _interval(kind),
        html.P(
            [html.Span(className="key point"), " register ", html.Span("–", id=f"register-{kind}")], className="dimmed"
        ),
        style="number",
    )


def _interval(name: str, place: str = "") -> html.P:
    """The ends of 90 % of worlds, or that a kind may not sign."""
    worlds = html.Span(" in 90 % of worlds", id=f"worlds-{name}")
    return html.P([html.Span("–", id=place or f"interval-{name}"), worlds], className="dimmed")


def _power() -> html.Section:
    return card(
        "Signatories' share of material power",
        html.H2("Material power"),
        html.Strong("–", id="power", className="headline"),
        _interval("power", "power-interval"),
        html.P("held by signatory states", className="dimmed"),
        style="number",
    )


def _outside() -> html.Section:
    return card(
        "States that have not signed",
        html.H2("States outside"),
        html.Dl(
            [
                html.Div([html.Dt(sim.STATUSES[status].word), html.Dd("–", id=f"states-{status}")])
                for status in ("not_taken_up", "waiting", "declined")
            ]
        ),
        html.P("median world", className="dimmed"),
        style="number wide outside",
        id="outside-card",
    )


def _legend() -> html.Div:
    keys = {"median": "median of the worlds", "half": "50 % of worlds", "most": "90 % of worlds", "point": "register"}
    entries = [html.Li([html.Span(className=f"key {key}"), words]) for key, words in keys.items()]
    without = [html.Span(className="key beside"), "median without the branches"]
    entries.append(html.Li(without, id="beside-key", hidden=True))
    return html.Div([html.Ul(entries), _downloads()], className="legend")


def _downloads() -> html.P:
    """The data of the view, its manifest, and its brief; assets/view.js keeps their queries up to date."""
    links = [
        html.A(words, href=path, **{"data-holds-view": "yes", "aria-label": label}) for path, words, label in FILES
    ]
    brief = html.A("Brief", href="brief", **{"data-holds-view": "round", "aria-label": "Brief: this view on one page"})
    return html.P(["Data: ", *links, brief], className="downloads")


def _curves(kind: str) -> html.Section:
    title = f"{KINDS[kind]} on the public list"
    return card(
        f"{KINDS[kind]}, month by month",
        html.H2(title),
        html.Div(
            [graph(f"adoption-{kind}"), html.Div(className="cursor", hidden=True)],
            className="curve", role="img",
            **{"aria-label": f"{title}, month by month; the numbers are in the download"},
        ),
        id=f"panel-{kind}",
    )  # fmt: skip


def _stakeholders() -> html.Section:
    plain = {"filter": "agTextColumnFilter"}
    columns = [
        {"field": "name", "headerName": "Who", "flex": 2, "minWidth": 190, "cellRenderer": "Who", **plain},
        *(
            {"colId": share, "headerName": words.split(",")[0].capitalize(), "width": 118, "type": "numericColumn",
             "valueGetter": {"function": f"parley_share(params.data.id, '{share}')"},
             "valueFormatter": {"function": "parley_percent(params.value)"}}
            for share, words in SHARES.items()
        ),
        {"field": "supporter_since", "headerName": "On the register by", "width": 180,
         "valueFormatter": {"function": "parley_day(params.value)"}},
        {"field": "kind", "headerName": "Kind", "width": 90, **plain},
        {"field": "region", "headerName": "Region", "flex": 1, "minWidth": 130, **plain},
        {"field": "groups", "headerName": "Groups", "flex": 1, "minWidth": 130, **plain,
         "valueFormatter": {"function": "parley_groups(params.value)"}},
    ]  # fmt: skip
    chips = [dmc.Chip(words, value=value, size="sm", variant="outline") for value, words in FILTERS.items()]
    grid = dag.AgGrid(
        id="stakeholders",
        columnDefs=columns,
        rowData=[],
        getRowId="params.data.id",
        dashGridOptions={
            "theme": {
                "function": "themeQuartz.withParams({backgroundColor: 'var(--card)', "
                "foregroundColor: 'var(--text)', borderColor: 'var(--grid)', fontFamily: 'inherit', "
                "headerBackgroundColor: 'var(--card)', accentColor: 'var(--simulated)'})"
            },
            "animateRows": False,
            "tabToNextCell": {"function": "false"},  # the tab key leaves the table, arrows move in it
            "rowBuffer": 3,
            "isExternalFilterPresent": {"function": "true"},
            "doesExternalFilterPass": {"function": "parley_passes(params.data)"},
        },
        defaultColDef={"sortable": True, "resizable": True},
        style={"height": "26rem", "width": "100%"},
    )
    return card(
        "Stakeholders",
        html.Div([html.H2("States, and organisations with a name"), signing_badge(small=True)], className="with-badge"),
        html.P("", id="table-unit", className="dimmed"),
        html.Div(
            [
                dmc.TextInput(id="table-search", label="Search", size="sm"),
                html.Div(dmc.ChipGroup(chips, id="table-group", value="all"), className="chips", role="group",
                         **{"aria-label": "Regional group of the United Nations, or organisation"}),
            ],
            className="table-head",
        ),
        grid,
        html.P(
            [html.Span("", id="table-count", role="status"), " Groups of organisations are those of their home."],
            className="dimmed",
        ),
    )  # fmt: skip
