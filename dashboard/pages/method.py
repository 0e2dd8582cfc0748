"""The page Method: how a world runs, in three sentences and a picture; then, in folds, the model as
its protocol describes it, every dial, the sources of the facts, the classics, how to cite. Its
documents lie in docs/ and are carried along by the wheel (pyproject.toml).
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import dash
import dash_mantine_components as dmc
import flask
from dash import dcc, html

import sim
from dashboard.data.plain_words import plain, with_titles
from dashboard.data.words import ASSUMED, FITTED
from dashboard.folds import fold, folds, lead
from dashboard.pages import Services
from dashboard.requests import reply
from dashboard.shell import badge, card, keys, scrolled_table
from dashboard.view import SCENARIO, SEED, WHERE
from sim import number_formats as formats

PATH, NAME = "/method", "Method"
ROLES = {
    "": "all roles", "lever": "levers", "uncertainty": "uncertainties", "fitted": "fitted weights",
    "resolution": "resolution",
}  # fmt: skip
HEADINGS = ("Dial", "Role", "Default", "Range", "Unit", "Meaning", "Source")
PREFIX = "classics/"
UNITS = {"logits": "log odds"}  # that have a plainer word
# Classics that answer within seconds; the others are for the command line.
QUICK = (
    "granovetter-1978",
    "barrett-1994",
    "centola-macy-2007",
    "repeated-prisoners-dilemma",
    "escalation",
)
# The six steps of a month, in their order, each with what happens in it; assets/method.js draws a
# picture of each.
STEPS = {
    "events": (
        "Something happens",
        "A signature by decree, an election, a dial that changes: what the scenario says.",
    ),
    "deliberate": (
        "Some decide",
        "Whoever takes the matter up weighs its motives, and signs, waits or declines.",
    ),
    "conduct": ("Some act", "Those with means may attack, or neglect what they have promised."),
    "attribute": (
        "Some are named",
        "An attack is traced, or not, or to the wrong one; victims name some in public.",
    ),
    "respond": (
        "Others respond",
        "The named lose standing; victims may strike back, others may impose sanctions.",
    ),
    "learn": (
        "All learn",
        "Kept promises build confidence, broken ones cost it. Norms follow what others do.",
    ),
}
MARKS = {  # of the pictures
    "person": "state, firm or NGO",
    "person signed": "signed",
    "person waiting": "waits",
    "person declined": "declines",
    "person acts": "does harm",
    "person shamed": "lost standing",
    "person taught": "learns",
}
# What each step rests on: a badge, the words beside it, and the look of the step.
GIVEN = "set by the scenario"
BASES = {"events": GIVEN, "deliberate": FITTED}  # of steps; the others are assumed
LOOKS = {GIVEN: "step is-given", FITTED: "step is-fitted", ASSUMED: "step"}

HERE = Path(__file__).resolve().parent.parent  # the package dashboard
IN_SOURCES = {
    "odd.md": HERE.parent / "docs" / "odd.md",
    "CITATION.cff": HERE.parent / "CITATION.cff",
}
DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]+\)")
CITED = (
    r'^title: "(.+)"$',
    r"^ *- name: (.+)$",
    r"^date-released: (\d{4})",
    r'^(?:url|repository-code): "?([^"\n]+)',
)
# Square brackets are intervals; the page would take them for links. Formulas, code and real links
# stay as they are.
BRACKET = re.compile(r"(^ {4}.*$|`[^`]+`|\[[^\]]+\]\(https?:[^)]+\))|\[", re.MULTILINE)
# The page has a table of dials of its own; of other generated tables the marks alone are not for
# readers. A few words in a cell of a table, which stay on one line.
SHORT_CELL = re.compile(r"(?<=\| )[^|`\n]{1,18}(?= \|)")
SUBSECTION = re.compile(r"^### (.+)\n", re.MULTILINE)
FIRST_ON_PAPER = 8  # dials, where not every part is printed: assets/print.css has as many
PAGES_OF_PARTS = 33  # of A4, with every part
NOT_SHOWN = re.compile(
    r"<!-- table of dials: begin -->.*<!-- table of dials: end -->|<!-- .*? -->\n*", re.DOTALL
)


def layout() -> html.Main:
    """All but the rows of the dials, which are many, and the pictures; assets/method.js fetches
    these, runs the classics and copies.
    """
    return html.Main(
        [
            html.Div([html.H1("Method: how a world runs")], className="introduction short"),
            html.Div(
                [html.Div(_leads(), className="leads of-method"), _month()],
                id="first",
                className="first",
            ),
            folds(
                _protocol(),
                _parameters(),
                _sources(),
                _classics(),
                _cite(),
                pages_of_parts=PAGES_OF_PARTS,
            ),
        ],
        className="column",
    )


def register(app: dash.Dash, services: Services) -> None:
    """The routes on the server of *app*: every dial, the pictures of the classics, and the quick
    classics, run.
    """

    @app.server.get("/data/dials")
    def dials() -> flask.Response:
        return reply(services.answers.get("dials", all_dials))

    @app.server.get("/data/classics")
    def classics() -> flask.Response:
        return reply(services.answers.get("classics", sim.classic_pictures))

    @app.server.get("/data/classic")
    def classic() -> flask.Response:
        name = flask.request.args.get("name", "")
        if name not in QUICK:
            raise sim.InputError(
                f"{WHERE}: name is {name[:40]!r}, expected one of {', '.join(QUICK)}"
            )
        return reply(services.answers.get(f"classic?{name}", lambda: classic_of(name), slow=True))


def all_dials() -> list[dict[str, Any]]:
    """Every dial of the default scenario as it stands there, the ambitions of its provisions
    included.
    """
    scenario = sim.load(SCENARIO)
    return [
        {
            "name": name,
            "role": dial.role,
            "structural": dial.structural,
            "value": scenario.settings[name],
            "between": dial.between,
            "unit": UNITS.get(dial.unit, dial.unit),
            "meaning": dial.meaning,
            "source": dial.source,
        }
        for name, dial in scenario.dials.items()
    ]


def classic_of(name: str) -> dict[str, Any]:
    """The classic called *name*, run as it ships: each check with what is expected and what came
    out, and remarks.
    """
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
    """(title, text) of every section of the second level, after the text before the first, whose
    title is empty.

    Links to other files, which lead nowhere in a page, become their words, names of the code plain
    ones, tables their titles, and dates such as 2018-11-12 are said; short cells of tables do not
    break; the table of dials is left out.
    """
    words = plain(LINK.sub(r"\1", NOT_SHOWN.sub("", with_titles(markdown))))
    words = DATE.sub(lambda match: formats.day(match[0]), words)
    words = BRACKET.sub(lambda match: match[1] or r"\[", words)
    words = SHORT_CELL.sub(lambda match: match[0].replace(" ", "\u00a0"), words)
    before, *rest = re.split(r"^## ", words, flags=re.MULTILINE)
    parts = [("", re.sub(r"^# .*\n", "", before).strip())]
    for part in rest:
        title, _, text = part.partition("\n")
        parts.append((title.strip(), text.strip()))
    return parts


def citation(version: str, seed: int = SEED) -> dict[str, str]:
    """How to cite this *version* and worlds of a *seed*, by the name of the form: as a sentence,
    and for BibTeX. Its year and its address are those of the citation file, and are left out where
    that has none.
    """
    text = document("CITATION.cff")
    title, author, year, url = (
        match and match[1] for match in (re.search(each, text, re.MULTILINE) for each in CITED)
    )
    fields = {"author": f"{{{author}}}", "title": f"{{{title}}}", "year": year, "version": version,
              "note": f"Worlds of seed {seed}", "url": url}  # fmt: skip
    entry = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    who, where = f"{author} ({year})" if year else author, f" {url}" if url else ""
    text = f"{who}. {title}, version {version}. Software. Worlds of seed {seed}.{where}"
    return {"Text": text, "BibTeX": f"@software{{parley,\n{entry}}}"}


def _leads() -> list[html.Section]:
    """What a world is, who decides, and what is unknown, each with a number that the code has."""
    roles = Counter(dial["role"] for dial in all_dials())
    motives = {
        name.partition("_")[2] for name, dial in sim.DIALS.items() if dial.group == "Motives"
    }
    return [
        lead(
            0,
            "What is simulated?",
            f"{len(STEPS)} steps",
            "a month, for each stakeholder",
            "Parley plays the months from before the launch on many times, and only luck differs."
            " One time through is one world; pages show shares of worlds.",
        ),
        lead(
            1,
            "What decides who signs?",
            f"{len(motives)} motives",
            "one rule for all",
            "The more speaks for signing, the likelier it is. How much each motive weighs was"
            " fitted to the public register of who signed when.",
        ),
        lead(
            2,
            "What is not known?",
            f"{roles['uncertainty']} of {roles.total()} dials",
            "not measured",
            "A dial is a number of the model that can be set. Signing is public, conduct is not:"
            " what follows a signature is assumed, each assumption is a dial, and results are given"
            " as ranges over them.",
        ),
    ]


def _month() -> html.Section:
    """The picture that comes first: the steps of a month, one after the other, and round again."""
    steps = [
        html.Li(
            [
                html.Div(
                    [], className="step-picture", **{"data-step": name, "aria-hidden": "true"}
                ),
                html.Div([html.H3(f"{place}. {title}"), html.P(words)]),
            ],
            className=LOOKS[BASES.get(name, ASSUMED)],
        )
        for place, (name, (title, words)) in enumerate(STEPS.items(), start=1)
    ]
    return card(
        "One month of a world",
        html.Div(
            [
                html.H3("One month of a world, in six steps; then the next"),
                html.Span(
                    [
                        html.Span([badge(basis, outline=basis == GIVEN), _steps_of(basis)])
                        for basis in LOOKS
                    ],
                    className="month-basis",
                ),
            ],
            className="card-head",
        ),
        html.Ol(steps, className="steps"),
        keys(MARKS, "keys step-keys"),
        style="lead-figure month",
    )


def _steps_of(basis: str) -> html.Span:
    """The numbers of the steps, which follow each other, that rest on a *basis*."""
    first, *more = [
        place for place, name in enumerate(STEPS, start=1) if BASES.get(name, ASSUMED) == basis
    ]
    return html.Span(
        f"steps {first} to {more[-1]}" if more else f"step {first}", className="dimmed"
    )


def _read(text: str, label: str, **more: str) -> html.Div:
    """A piece of a document; what is wider than the page scrolls inside it, by keyboard too."""
    return html.Div(
        dcc.Markdown(text),
        className="markdown",
        tabIndex=0,
        role="group",
        **{"aria-label": label, **more},
    )


def _details(parts: list[tuple[str, str]]) -> list[html.Details]:
    return [
        html.Details(
            [html.Summary(title), *_pieces(title, text)], id=_address(title), className="part"
        )
        for title, text in parts
        if text
    ]


def _pieces(title: str, text: str) -> list[html.Div]:
    """The *text* of a part up to its first subsection, and each of these, to which an address
    leads.
    """
    before, *rest = SUBSECTION.split(text)
    subsections = zip(rest[::2], rest[1::2], strict=True)
    return [
        *([_read(before, title)] if before.strip() else []),
        *(_read(f"### {name}\n{words}", name, id=_address(name)) for name, words in subsections),
    ]


def _address(title: str) -> str:
    """The name by which an address leads to the part of this *title*: its number, where it has
    one.
    """
    number = re.match(r"\d+(?:\.\d+)*", title)
    return (
        f"part-{number[0].replace('.', '-')}"
        if number
        else re.sub(r"\W+", "-", title.lower()).strip("-")
    )


def _contents(parts: list[tuple[str, str]]) -> html.Nav:
    """Where each part and subsection stands, for when all of them are open, one below the other."""

    def line(title: str) -> html.A:
        return html.A(title.partition(" (")[0], href=f"#{_address(title)}")

    lines = [
        html.Li(
            [line(title), html.Ul([html.Li(line(name)) for name in names])]
            if names
            else line(title)
        )
        for title, text in parts
        for names in [SUBSECTION.findall(text)]
    ]
    return html.Nav(
        [html.H3("Contents"), html.Ul(lines)], className="contents", **{"aria-label": "Contents"}
    )


def _protocol() -> html.Details:
    parts = sections(document("odd.md"))[1:]
    visible = [(title, text) for title, text in parts if title != "Dials" and text]
    return fold(
        "protocol",
        "What exactly happens in each step?",
        "The whole model with every formula, in the form that such models are published in (the ODD"
        " protocol).",
        html.P(
            "For whoever checks the model or builds it again. Begin with part 3, which has the"
            " steps in order; part 7 has the formulas of each.",
            className="dimmed",
        ),
        _contents(visible),
        *_details(visible),
    )


def _parameters() -> html.Details:
    roles = [html.Option(words, value=role) for role, words in ROLES.items()]
    count = Counter(dial["role"] for dial in all_dials())
    return fold(
        "parameters",
        "What can be moved?",
        f"{count.total()} dials: {count['lever']} levers that somebody could decide on,"
        f" {count['uncertainty']} uncertainties that nobody has measured, {count['fitted']} weights"
        f" for the fit to the register, and {count['resolution']} for the model’s resolution.",
        html.P(
            "Every dial of the model, as it stands in the default scenario.",
            className="dimmed of-all-dials",
        ),
        html.P(
            f"The first {FIRST_ON_PAPER} of {count.total()} dials, as they stand in the default"
            " scenario. “Print with every part”, a button of the page Method, prints all.",
            className="dimmed of-first-dials",
        ),
        html.Div(
            [
                dmc.TextInput(
                    id="dial-search", label="Search", placeholder="burden, anniversary", size="sm"
                ),
                html.Label(["Show", html.Select(roles, id="dial-role")]),
                html.Span("", id="dial-count", className="dimmed", role="status"),
            ],
            className="filter",
        ),
        scrolled_table("dial-rows", HEADINGS, "Table of parameters", style="dial-table"),
    )


def _sources() -> html.Details:
    (_, before), *parts = sections(sim.sources())
    return fold(
        "sources", "Where do the facts come from?",
        "From public tables: column by column who published it, when, and what it may be used for.",
        _read(before, "What the columns say"), *_details(parts),
    )  # fmt: skip


def _classics() -> html.Details:
    shelf = sim.available_classics()
    return fold(
        "classics",
        "Does the code give what the literature knows?",
        f"{len(shelf)} results of the literature, each with its picture, beside what the same code"
        " gives.",
        html.Ul(
            [
                html.Li([html.Span(className="key median"), "simulated here"]),
                html.Li(
                    [html.Span(className="key known"), "known of it: in theory, or as published"]
                ),
            ],
            className="legend",
        ),
        html.P("", id="classics-message", className="message", role="alert", hidden=True),
        html.Ul([_classic(*row) for row in shelf], className="classics"),
        html.P(
            "Those with a button run here within seconds; the others take minutes, and run from the"
            " command line.",
            className="dimmed on-screen",
        ),
    )


def _classic(name: str, title: str, question: str) -> html.Li:
    """A classic: its picture, claim and reference, which the script writes, and where it is quick a
    button.
    """
    short = name.removeprefix(PREFIX)
    run = html.Button(
        "Run it", className="run", **{"data-classic": short, "aria-label": f"Run it: {title}"}
    )
    return html.Li(
        [
            html.H3(title),
            html.P(question, id=f"claim-{short}", className="claim"),
            html.Div(
                [], id=f"picture-{short}", className="picture", role="img", **{"aria-label": title}
            ),
            html.P("", id=f"checks-{short}", className="checks"),
            html.P("", id=f"reference-{short}", className="dimmed"),
            *([run] if short in QUICK else []),
            html.Div([], id=f"classic-{short}", className="classic-result", role="status"),
        ]
    )


def _cite() -> html.Details:
    forms = [
        html.Div(
            [
                html.Div(
                    [
                        html.H3(form),
                        html.Button(
                            "Copy",
                            className="run",
                            **{"data-copies": f"citation-{form}", "aria-label": f"Copy: {form}"},
                        ),
                    ],
                    className="dial-head",
                ),
                html.Pre(text, id=f"citation-{form}"),
            ],
            className="citation",
        )
        for form, text in citation(sim.__version__).items()
    ]
    has_address = re.search(CITED[-1], document("CITATION.cff"), re.MULTILINE)
    where = "" if has_address else " Add where you got this copy, as it has no public address yet."
    return fold(
        "cite",
        "How is it cited?",
        f"By its version and the seed of its worlds, to repeat all numbers.{where}",
        *forms,
        html.P("", id="copied", className="dimmed", role="status"),
    )
