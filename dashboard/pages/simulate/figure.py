"""The figure of the page and its faces: chart, map, table, network and sources, above one play bar.

assets/adoption.js draws the chart and plays it once, assets/faces.js shows a face.
"""

from __future__ import annotations

from typing import Any

import dash
import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import Input, Output, dcc, html

from dashboard.data.words import KINDS, SHARES
from dashboard.pages.simulate.map import world_card
from dashboard.pages.simulate.network import network_card
from dashboard.shell import basis, call_on_change, card, graph, play_bar, signing_badge

FACES = {
    "chart": "Chart",
    "map": "Map",
    "table": "Table",
    "network": "Network",
    "sources": "Sources",
}
FILTERS = {
    "all": "All groups",
    "African": "Africa",
    "Asia-Pacific": "Asia-Pacific",
    "Eastern European": "Eastern Europe",
    "Latin American and Caribbean": "Latin America and Caribbean",
    "Western European and others": "Western Europe and others",
    "eu": "EU",
    "african_union": "AU",
    "asean": "ASEAN",
    "oas": "OAS",
}
SHARES_FILE = "data/shares.csv"
FILES = (  # of the view, and whether of the month shown
    ("data/run.csv", "Totals by month (CSV)", "Download the totals by month (CSV)", "yes"),
    ("data/run.parquet", "Parquet", "Download the totals by month as Parquet", "yes"),
    (SHARES_FILE, "Each one’s share (CSV)", "Download how often each of them signs (CSV)", "round"),
    (
        "data/manifest.json",
        "Manifest",
        "Download the manifest, which repeats this run to the bit",
        "yes",
    ),
)
ABOUT_THE_LIST = (
    "The public list is late: part of what is signed appears months after, and part of the step at"
    " the first anniversary is a backlog published at once. Eleven of the thirteen dated counts,"
    " and the days of states, are from the public register, "
)
REGISTER = "https://pariscall.international"
READ_ON = (
    ", as it stood from 16 September 2019 to 19 January 2024; the first two are from the press and"
    " from a tally of early 2019."
)


def figure() -> html.Section:
    """All faces, of which one is shown, and the round that they show."""
    faces = {
        "chart": _chart(), "map": [world_card()],
        "table": [html.Div([], id="face-table"), dcc.Store(id="table-wanted")],
        "network": [network_card()], "sources": [_sources()],
    }  # fmt: skip
    return html.Section(
        [
            dmc.Tabs(
                [
                    dmc.TabsList([dmc.TabsTab(words, value=face) for face, words in FACES.items()],
                                 **{"aria-label": "What the figure shows"}),
                    *(dmc.TabsPanel(content, value=face) for face, content in faces.items()),
                ],
                id="faces", value="chart",
            ),
            play_bar(),
            html.Div([_legend(), basis(signing_badge(), "", "provenance")], className="legend-row"),
        ],
        className="figure", id="figure",
        **{"aria-label": "The figure: who is on the list, month by month", "data-face": "chart"},
    )  # fmt: skip


def why_not_fitted() -> html.P:
    """Why what the figure shows is no fit to the register, where it is none; below it, so that the
    figure keeps its height.
    """
    return html.P("", className="why", hidden=True, **{"data-why": "page"})


def register(app: dash.Dash) -> None:
    """Has assets/faces.js and assets/stakeholder_table.js called, and fills in the table, whose
    library is large, when the latter wants it.
    """
    app.callback(
        Output("face-table", "children"), Input("table-wanted", "data"), prevent_initial_call=True
    )(_table)
    call_on_change(app, "on_face", "faces")
    call_on_change(app, "on_group", "table-group")


def _chart() -> list[Any]:
    """A panel for each kind. One is large, by default the states; a press on another's name makes
    that one large.
    """
    panels = [_curves(kind) for kind in KINDS]
    return [html.Div(panels, className="panels kinds", id="kinds", **{"data-large": "state"})]


def _curves(kind: str) -> html.Section:
    words = KINDS[kind]
    return card(
        f"{words}, month by month",
        html.H2(
            [
                html.Button(
                    words,
                    className="kind",
                    **{"data-kind": kind, "aria-label": f"{words}: show large"},
                ),
                html.Span("", id=f"finding-{kind}", className="finding"),
            ],
            id=f"heading-{kind}",
        ),
        html.Div(
            [
                graph(f"adoption-{kind}"),
                html.Div(className="veil", hidden=True),
                html.Div(className="cursor", hidden=True),
            ],
            className="curve",
            role="img",
            **{
                "aria-label": (
                    f"{words} on the public list, month by month; the numbers are under Sources"
                )
            },
        ),
        id=f"panel-{kind}",
        style="is-large" if kind == "state" else "",
    )


def _legend() -> html.Ul:
    """What bands, points and lines are, and what a world and the register are; assets/simulate.js
    says whether the bands hold more than luck.
    """
    entries = [
        html.Li([html.Span(className="key half"), "50 %"]),
        html.Li(
            [
                html.Span(className="key most"),
                html.Span("90 % of worlds (runs), luck alone", id="bands-hold"),
            ]
        ),
        html.Li([html.Span(className="key point"), "register: the public list"], id="register-key"),
        html.Li(
            [html.Span(className="key beside"), "simulated, nothing changed"],
            id="beside-key",
            hidden=True,
        ),
        html.Li(
            [html.Span(className="key fits"), "the change, by other fits"],
            id="fits-key",
            hidden=True,
        ),
        html.Li(
            [html.Span(className="key ratified"), "ratify it (assumed)"],
            id="ratified-key",
            hidden=True,
        ),
        html.Li(
            "changes are counted world by world",
            id="by-world-key",
            hidden=True,
            title=(
                "The median of the differences, each between a world and the same world without the"
                " change; it need not be the difference of the two medians"
            ),
        ),
        html.Li(
            [html.Span(className="key event"), "something happens"], id="event-key", hidden=True
        ),
    ]
    return html.Ul(entries, className="keys", id="curve-keys")


def _sources() -> html.Section:
    """What the curves are, the register's counts beside the worlds', and everything to take
    along.
    """
    return card(
        "Sources and data",
        html.H2("The register's counts beside the worlds"),
        html.Div(
            [
                signing_badge(),
                html.Span(
                    [
                        html.Span("", **{"data-worlds": "page", "data-lead": ""}),
                        html.Span("", id="sources-provenance"),
                    ],
                    className="dimmed",
                ),
            ],
            className="basis",
        ),
        html.P(
            [
                ABOUT_THE_LIST,
                html.A(REGISTER, href=REGISTER, target="_blank", rel="noopener noreferrer"),
                READ_ON,
            ],
            className="dimmed",
        ),
        html.Div(
            [],
            id="counts",
            className="wide-table",
            tabIndex=0,
            role="region",
            **{"aria-label": "The register's counts beside the worlds"},
        ),
        _downloads(),
        id="sources-card",
    )


def _downloads() -> html.P:
    """The data of the view, its manifest, and its brief; assets/view.js keeps their queries up to
    date.
    """
    links = [
        html.A(words, href=path, **{"data-holds-view": holds, "aria-label": label})
        for path, words, label, holds in FILES
    ]
    brief = html.A(
        "Brief",
        href="brief",
        **{"data-holds-view": "round", "aria-label": "Brief: this view on one page"},
    )
    return html.P(["Data: ", *links, brief], className="downloads")


def _table(_: Any) -> html.Section:
    return _stakeholders()


def _stakeholders() -> html.Section:
    plain = {"filter": "agTextColumnFilter"}
    shares = [(name, words.split(",")[0].capitalize()) for name, words in SHARES.items()]
    of_change = [
        ("without", "Without"),
        ("change", "Change"),
    ]  # shown where the view changes something
    shares_and_widths = zip(
        [*shares[:1], *of_change, *shares[1:]], (84, 92, 98, 100, 112), strict=True
    )
    columns = [
        {
            "field": "name",
            "headerName": "Who",
            "flex": 1,
            "minWidth": 116,
            "cellRenderer": "Who",
            "wrapText": True,
            "autoHeight": True,
            **plain,
        },
        *(
            {
                "colId": share,
                "headerName": words,
                "width": width,
                "type": "numericColumn",
                "hide": (share, words) in of_change,
                "valueGetter": {"function": f"parley_share(params.data.id, '{share}')"},
                "valueFormatter": {
                    "function": f"parley_words(params.data.id, '{share}', params.value)"
                },
                "sortingOrder": ["desc", "asc", None],
            }
            for (share, words), width in shares_and_widths
        ),
        {
            "colId": "supporter_since",
            "headerName": "Register",
            "width": 134,
            "wrapText": True,
            "autoHeight": True,
            "headerTooltip": (
                "The day by which the public register lists it. “By”: it may have joined before,"
                " from the launch on. What most worlds have wrong about a state is marked."
            ),
            "valueGetter": {"function": "parley_registered(params.data)"},
            "valueFormatter": {"function": "parley_registration(params.data)"},
        },
        {
            "field": "kind",
            "headerName": "Kind",
            "width": 64,
            **plain,
            "valueFormatter": {"function": "parley_kind(params.value)"},
        },
        {"field": "region", "headerName": "Region", "flex": 0.5, "minWidth": 150, **plain},
        # How the table opens: first the states of which worlds and register differ most; where
        # something is supposed, first whose share it changes most.
        {
            "colId": "apart",
            "hide": True,
            "sort": "desc",
            "valueGetter": {"function": "parley_apart(params.data.id)"},
        },
        {
            "colId": "moved",
            "hide": True,
            "valueGetter": {"function": "parley_moved(params.data.id)"},
        },
    ]
    grid = dag.AgGrid(
        id="stakeholders",
        columnDefs=columns,
        rowData=[],
        getRowId="params.data.id",
        dashGridOptions={
            "theme": {
                "function": (
                    "themeQuartz.withParams({backgroundColor: 'var(--card)', foregroundColor:"
                    " 'var(--text)', borderColor: 'var(--grid)', fontFamily: 'inherit',"
                    " headerBackgroundColor: 'var(--card)', accentColor: 'var(--simulated)',"
                    " cellHorizontalPadding: 10, rowHeight: 36, headerHeight: 40})"
                )
            },
            "animateRows": False,
            "localeText": {
                "noRowsToShow": " ",
                "noMatchingRows": "Nobody matches: try another word or group.",
            },
            "tabToNextCell": {
                "function": "false"
            },  # the tab key leaves the table, arrows move in it
            "rowBuffer": 3,
            "isExternalFilterPresent": {"function": "true"},
            "doesExternalFilterPass": {"function": "parley_passes(params.data)"},
        },
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "suppressHeaderMenuButton": True,
            "suppressHeaderFilterButton": True,
        },
        style={"width": "100%"},
    )
    return card(
        "Stakeholders",
        html.Div(
            [
                html.H2("How often each of them signs", id="table-finding"),
                dmc.TextInput(
                    id="table-search", placeholder="Search", size="sm", **{"aria-label": "Search"}
                ),
                dmc.Select(
                    id="table-group",
                    value="all",
                    allowDeselect=False,
                    size="sm",
                    data=[{"value": value, "label": words} for value, words in FILTERS.items()],
                    **{"aria-label": "Regional group of the United Nations, or organisation"},
                ),
            ],
            className="table-head",
        ),
        html.P("", id="table-unit", className="dimmed"),
        grid,
        html.P(
            [
                html.Span("", id="table-count", role="status"),
                " Groups of organisations are those of their home. ",
                html.A(
                    "Download all (CSV)",
                    href=SHARES_FILE,
                    className="on-screen",
                    **{
                        "data-holds-view": "round",
                        "aria-label": "Download how often each of them signs (CSV)",
                    },
                ),
            ],
            className="dimmed",
        ),
    )
