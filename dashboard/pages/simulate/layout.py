"""The home page: pick a scenario, move its dials, and watch adoption unfold beside the register."""

from __future__ import annotations

import dash
import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Input, dcc, html

from dashboard import controls
from dashboard.controls import dial_groups, scenario_controls
from dashboard.pages import Services
from dashboard.pages.simulate import map as worldmap
from dashboard.pages.simulate import network, routes
from dashboard.pages.simulate.branches import branch_card
from dashboard.pages.simulate.conduct import conduct_card
from dashboard.shell import play_bar

PATH, NAME = "/", "Simulate"
KINDS = {"state": "States", "firm": "Firms", "ngo": "NGOs"}
FILTERS = {
    "all": "All", "African": "Africa", "Asia-Pacific": "Asia-Pacific", "Eastern European": "Eastern Europe",
    "Latin American and Caribbean": "Latin America and Caribbean",
    "Western European and others": "Western Europe and others",
    "eu": "EU", "african_union": "AU", "asean": "ASEAN", "oas": "OAS",
}  # fmt: skip
SHARES = {"signed": "Signed", "considered": "Considered", "not_reached": "Not taken up"}


def layout() -> html.Div:
    """Controls beside what they change."""
    return html.Div(
        [
            html.Aside(
                [
                    scenario_controls(),
                    html.Div(
                        [html.H2("Dials"), html.Button("Reset all", id="reset-all", className="reset", hidden=True)],
                        className="dial-head",
                    ),
                    dial_groups(),
                ],
                className="controls",
                **{"aria-label": "What is simulated"},
            ),
            html.Main(
                [
                    html.H1("", id="title"),
                    html.P("", id="question", className="lead"),
                    html.P("", id="message", className="message", role="alert", hidden=True),
                    html.Div(
                        [
                            dmc.Badge("fitted to the register", variant="light", c="var(--text)", tt="none", size="lg"),
                            html.Span("worlds under the fitted weights; ", className="dimmed"),
                            html.Span("", id="provenance", className="dimmed"),
                        ],
                        className="basis",
                    ),
                    html.Div(
                        [*(_headline(kind) for kind in KINDS), _power(), _outside(), conduct_card()],
                        className="headlines",
                    ),
                    _legend(),
                    html.Div([_panel(kind) for kind in KINDS], className="panels"),
                    branch_card(),
                    worldmap.world_card(),
                    network.network_card(),
                    _stakeholders(),
                    html.Section(
                        [html.H2("What happens from outside"), html.Ol([], id="log", className="log")],
                        className="card",
                        **{"aria-label": "Events"},
                    ),
                    play_bar(),
                ],
                className="shown",
            ),
        ],
        className="simulate",
    )


def register(app: dash.Dash, services: Services) -> None:
    """Every control tells assets/view.js, in the browser."""

    def hears(function: str, *inputs: Input) -> None:
        app.clientside_callback(ClientsideFunction("parley", function), *inputs, prevent_initial_call=True)

    hears("heard_dial", Input({"type": "dial", "name": ALL}, "value"))
    hears("heard_asked", *(Input(name, "value") for name in ("scenario", "lens", "worlds", "seed")))
    hears("heard_choice", Input({"type": "choice", "scenario": ALL, "name": ALL}, "value"))
    hears("heard_reset", Input({"type": "reset", "name": ALL}, "n_clicks"))
    hears("heard_reset_all", Input("reset-all", "n_clicks"))
    hears("heard_branch_choice", Input("branch-who", "value"), Input("branch-choice", "value"))
    hears("heard_branch_dial", Input("branch-dial", "value"))
    hears("heard_branch_value", Input("branch-value", "value"))
    hears("heard_group", Input("table-group", "value"))
    controls.register(app)
    worldmap.register(app)
    network.register(app)
    routes.register(app.server, services.answers, services.runs)


def _headline(kind: str) -> html.Section:
    return html.Section(
        [
            html.H2(KINDS[kind]),
            html.Strong("–", id=f"listed-{kind}", className="headline"),
            html.P([html.Span("–", id=f"interval-{kind}"), " in 90 % of worlds"], className="dimmed"),
            html.P(
                [html.Span(className="key point"), " register ", html.Span("–", id=f"register-{kind}")],
                className="dimmed",
            ),
        ],
        className="card number",
        **{"aria-label": f"{KINDS[kind]} on the public list"},
    )


def _power() -> html.Section:
    return html.Section(
        [
            html.H2("Material power"),
            html.Strong("–", id="power", className="headline"),
            html.P([html.Span("–", id="power-interval"), " in 90 % of worlds"], className="dimmed"),
            html.P("held by signatory states", className="dimmed"),
        ],
        className="card number",
        **{"aria-label": "Signatories' share of material power"},
    )


def _outside() -> html.Section:
    rows = (
        ("not-reached", "have not taken it up"),
        ("waiting", "considered and wait"),
        ("declined", "considered and declined"),
    )
    return html.Section(
        [
            html.H2("States outside"),
            html.Dl([html.Div([html.Dt(words), html.Dd("–", id=name)]) for name, words in rows]),
            html.P("median world", className="dimmed"),
        ],
        className="card number wide outside",
        **{"aria-label": "States that have not signed"},
    )


def _legend() -> html.Div:
    keys = {"median": "median of the worlds", "half": "50 % of worlds", "most": "90 % of worlds", "point": "register"}
    entries = [html.Li([html.Span(className=f"key {key}"), words]) for key, words in keys.items()]
    without = [html.Span(className="key beside"), "median without the branches"]
    entries.append(html.Li(without, id="beside-key", hidden=True))
    return html.Div([html.Ul(entries), downloads()], className="legend")


def _panel(kind: str) -> html.Section:
    title = KINDS[kind]
    return html.Section(
        [
            html.H2(f"{title} on the public list"),
            html.Div(
                [
                    dcc.Graph(
                        id=f"adoption-{kind}", config={"displayModeBar": False}, responsive=True, className="graph"
                    ),
                    html.Div(className="cursor", hidden=True),
                ],
                className="curve",
                role="img",
                **{"aria-label": f"{title} on the public list, month by month; the numbers are in the download"},
            ),
        ],
        className="card",
        **{"aria-label": f"{title}, month by month"},
    )


def _stakeholders() -> html.Section:
    plain = {"filter": "agTextColumnFilter"}
    columns = [
        {"field": "name", "headerName": "Who", "flex": 2, "minWidth": 190, "cellRenderer": "Who", **plain},
        *(
            {"colId": what, "headerName": words, "width": 118, "type": "numericColumn",
             "valueGetter": {"function": f"parley_share(params.data.id, '{what}')"},
             "valueFormatter": {"function": "parley_percent(params.value)"}}
            for what, words in SHARES.items()
        ),
        {"field": "supporter_since", "headerName": "On the register by", "width": 150},
        {"field": "kind", "headerName": "Kind", "width": 90, **plain},
        {"field": "region", "headerName": "Region", "flex": 1, "minWidth": 130, **plain},
        {"field": "groups", "headerName": "Groups", "flex": 1, "minWidth": 130, **plain,
         "valueFormatter": {"function": "parley_groups(params.value)"}},
    ]  # fmt: skip
    chips = [dmc.Chip(words, value=value, size="sm", variant="outline") for value, words in FILTERS.items()]
    return html.Section(
        [
            html.Div(
                [
                    html.H2("States, and organisations with a name"),
                    dmc.Badge("fitted to the register", variant="light", c="var(--text)", tt="none"),
                ],
                className="with-badge",
            ),
            html.P("", id="table-unit", className="dimmed"),
            html.Div(
                [
                    dmc.TextInput(id="table-search", label="Search", size="sm"),
                    html.Div(dmc.ChipGroup(chips, id="table-group", value="all"), className="chips", role="group",
                             **{"aria-label": "Regional group of the United Nations, or organisation"}),
                ],
                className="table-head",
            ),
            dag.AgGrid(
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
            ),
            html.P(
                [html.Span("", id="table-count", role="status"), " Groups of organisations are those of their home."],
                className="dimmed",
            ),
        ],
        className="card",
        **{"aria-label": "Stakeholders"},
    )  # fmt: skip


FILES = {"data/run.csv": "CSV", "data/run.parquet": "Parquet", "data/manifest.json": "Manifest"}
WHAT = {"CSV": "Download the data (CSV)", "Parquet": "Download them as Parquet",
        "Manifest": "Download the manifest, which repeats this run to the bit"}  # fmt: skip


def downloads() -> html.P:
    """The data of the view, its manifest, and its brief."""
    links = [html.A(words, href=path, **{"data-holds-view": "yes", "aria-label": WHAT[words]})
             for path, words in FILES.items()]  # fmt: skip
    brief = html.A("Brief", href="brief", **{"data-holds-view": "round", "aria-label": "Brief: this view on one page"})
    return html.P(["Data: ", *links, brief], className="downloads")


