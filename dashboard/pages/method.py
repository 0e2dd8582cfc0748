"""The page Method: the model as its protocol describes it, every dial, the sources of the facts, the classics, how to
cite. Its documents lie in docs/ and are carried along by the wheel (pyproject.toml).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import dash
import dash_mantine_components as dmc
import flask
from dash import dcc, html

import sim
from dashboard.pages import Services
from dashboard.requests import reply
from dashboard.shell import card, scrolled_table
from dashboard.view import SCENARIO, WHERE

PATH, NAME = "/method", "Method"
ROLES = {
    "": "all roles", "lever": "levers", "uncertainty": "uncertainties", "fitted": "fitted weights",
    "resolution": "resolution",
}  # fmt: skip
HEADINGS = ("Dial", "Role", "Default", "Range", "Unit", "Meaning", "Source")
PARTS = {"protocol": "Protocol", "parameters": "Parameters", "sources": "Data", "classics": "Classics", "cite": "Cite"}
PREFIX = "classics/"
# Classics that answer within seconds; the others are for the command line.
QUICK = ("granovetter-1978", "barrett-1994", "centola-macy-2007", "repeated-prisoners-dilemma", "escalation")

HERE = Path(__file__).resolve().parent.parent  # the package dashboard
IN_SOURCES = {"odd.md": HERE.parent / "docs" / "odd.md", "CITATION.cff": HERE.parent / "CITATION.cff"}
LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]+\)")
# Square brackets are intervals; the page would take them for links. Formulas, code and real links stay as they are.
BRACKET = re.compile(r"(^ {4}.*$|`[^`]+`|\[[^\]]+\]\(https?:[^)]+\))|\[", re.MULTILINE)
# The page has a table of dials of its own; of other generated tables the marks alone are not for readers.
NOT_SHOWN = re.compile(r"<!-- table of dials: begin -->.*<!-- table of dials: end -->|<!-- .*? -->\n*", re.DOTALL)


def layout() -> html.Main:
    """All but the rows of the dials, which are many; assets/method.js fetches these, runs the classics and copies."""
    return html.Main(
        [
            html.Div(
                [
                    html.H1("Method"),
                    html.P(
                        "What the model is made of, where its facts come from, and how to check it.", className="lead"
                    ),
                    html.Nav(
                        [html.A(words, href=f"#{name}") for name, words in PARTS.items()],
                        className="parts", **{"aria-label": "Parts of this page"},
                    ),
                ],
                className="introduction",
            ),
            html.Div([_protocol(), _parameters(), _sources(), _classics(), _cite()], className="evidence"),
        ],
        className="column",
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """The routes on the server of *app*: every dial, and the quick classics, run."""

    @app.server.get("/data/dials")
    def dials() -> flask.Response:
        return reply(services.answers.get("dials", all_dials))

    @app.server.get("/data/classic")
    def classic() -> flask.Response:
        name = flask.request.args.get("name", "")
        if name not in QUICK:
            raise sim.InputError(f"{WHERE}: name is {name[:40]!r}, expected one of {', '.join(QUICK)}")
        return reply(services.answers.get(f"classic?{name}", lambda: classic_of(name), slow=True))


def all_dials() -> list[dict[str, Any]]:
    """Every dial of the default scenario as it stands there, the ambitions of its provisions included."""
    scenario = sim.load(SCENARIO)
    return [
        {
            "name": name,
            "role": dial.role,
            "structural": dial.structural,
            "value": scenario.settings[name],
            "between": dial.between,
            "unit": dial.unit,
            "meaning": dial.meaning,
            "source": dial.source,
        }
        for name, dial in scenario.dials.items()
    ]


def classic_of(name: str) -> dict[str, Any]:
    """The classic called *name*, run as it ships: each check with what is expected and what came out, and remarks."""
    result = sim.classic(name)
    return {
        "name": name,
        "checks": list(result.rows()),
        "within": result.within,
        "remarks": list(result.remarks),
        "replicates": result.replicates,
        "seed": result.seed,
        "version": sim.__version__,
    }


def document(name: str) -> str:
    """The text of the document called *name*: from the wheel, or from the sources."""
    in_wheel = HERE / name
    return (in_wheel if in_wheel.is_file() else IN_SOURCES[name]).read_text(encoding="utf-8")


def sections(markdown: str) -> list[tuple[str, str]]:
    """(title, text) of every section of the second level, after the text before the first, whose title is empty.

    Links to other files, which lead nowhere in a page, become their words; the table of dials is left out.
    """
    plain = LINK.sub(r"\1", NOT_SHOWN.sub("", markdown))
    plain = BRACKET.sub(lambda match: match[1] or r"\[", plain)
    before, *rest = re.split(r"^## ", plain, flags=re.MULTILINE)
    parts = [("", re.sub(r"^# .*\n", "", before).strip())]
    for part in rest:
        title, _, text = part.partition("\n")
        parts.append((title.strip(), text.strip()))
    return parts


def citation(version: str) -> dict[str, str]:
    """How to cite this *version*, by the name of the form: as a sentence, and for BibTeX."""
    text = document("CITATION.cff")
    matches = [re.search(pattern, text, re.MULTILINE) for pattern in (r'^title: "(.+)"$', r"^ *- name: (.+)$")]
    title, author = (match[1] if match else "Parley" for match in matches)
    bibtex = (
        f"@software{{parley,\n  author = {{{{{author}}}}},\n  title = {{{{{title}}}}},\n  version = {{{version}}},\n}}"
    )
    return {"Text": f"{author}. {title}, version {version}. Software.", "BibTeX": bibtex}


def _part(name: str, title: str, subtitle: str, *content: Any) -> html.Section:
    return card(title, html.H2(title), html.P(subtitle, className="dimmed"), *content, id=name)


def _read(text: str, label: str) -> html.Div:
    """A piece of a document; what is wider than the page scrolls inside it, by keyboard too."""
    return html.Div(dcc.Markdown(text), className="markdown", tabIndex=0, role="group", **{"aria-label": label})


def _details(parts: list[tuple[str, str]]) -> list[html.Details]:
    return [html.Details([html.Summary(title), _read(text, title)], className="part") for title, text in parts if text]


def _protocol() -> html.Section:
    parts = sections(document("odd.md"))[1:]
    visible = [(title, text) for title, text in parts if title != "Dials"]
    return _part(
        "protocol", "The model, after the ODD protocol",
        "Overview, design concepts, details (Grimm et al. 2020). It describes the code as it is, and each formula "
        "names its file.", *_details(visible),
    )  # fmt: skip


def _parameters() -> html.Section:
    roles = [html.Option(words, value=role) for role, words in ROLES.items()]
    return _part(
        "parameters", "Parameters",
        "Every dial of the model, as it stands in the default scenario. Levers are what somebody could decide, "
        "uncertainties what nobody has measured, fitted weights come from the register, and the resolution says how "
        "finely the world is drawn.",
        html.Div(
            [
                dmc.TextInput(id="dial-search", label="Search", placeholder="burden, anniversary", size="sm"),
                html.Label(["Show", html.Select(roles, id="dial-role")]),
                html.Span("", id="dial-count", className="dimmed", role="status"),
            ],
            className="filter",
        ),
        scrolled_table("dial-rows", HEADINGS, "Table of parameters", style="dial-table"),
    )  # fmt: skip


def _sources() -> html.Section:
    (_, before), *parts = sections(sim.sources())
    return _part(
        "sources", "Where the facts come from",
        "Column by column: who published it, what it refers to, when it was published, and what it may be used for.",
        _read(before, "What the columns say"), *_details(parts),
    )  # fmt: skip


def _classics() -> html.Section:
    return _part(
        "classics", "The classics",
        "Results of the literature that the same code comes to as well, beside what is known of them. Those with a "
        "button take some seconds; the others, up to minutes, run from the command line.",
        html.Ul([_classic(*row) for row in sim.available_classics()], className="classics"),
    )  # fmt: skip


def _classic(name: str, title: str, question: str) -> html.Li:
    short = name.removeprefix(PREFIX)
    run = (
        html.Button("Run it", className="run", **{"data-classic": short, "aria-label": f"Run it: {title}"})
        if short in QUICK else html.Code(f"parley run {name}")
    )  # fmt: skip
    return html.Li(
        [
            html.Div([html.H3(title), html.P(question, className="dimmed")]),
            run,
            html.Div([], id=f"classic-{short}", className="classic-result", role="status"),
        ]
    )


def _cite() -> html.Section:
    forms = [
        html.Div(
            [
                html.Div([html.H3(form), html.Button("Copy", className="run", **{"data-copies": f"citation-{form}",
                          "aria-label": f"Copy: {form}"})], className="dial-head"),
                html.Pre(text, id=f"citation-{form}"),
            ],
            className="citation",
        )
        for form, text in citation(sim.__version__).items()
    ]  # fmt: skip
    return _part(
        "cite", "How to cite", "Name the version, and the seed of your runs: every record says both.", *forms,
        html.P("", id="copied", className="dimmed", role="status"),
    )  # fmt: skip
