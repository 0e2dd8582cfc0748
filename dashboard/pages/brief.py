"""The brief: one view on one page of paper, with what was changed, the results beside the register, and how to repeat
them; signing only. A page without a script but for its button.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import dash
import flask

import sim
from dashboard.data.record import names, record_of
from dashboard.data.words import KINDS, basis_of, branch_words, dial_words
from dashboard.pages import Services
from dashboard.requests import query, reply
from dashboard.theme import PALETTES
from dashboard.view import LENS, View, view_and_round
from sim import number_formats as formats

MOST_CHANGES = 7  # named on the page
OUTSIDE = ("waiting", "declined")
MOST_POWERFUL = 14
LONGEST_LINK = 300  # characters that a page has room for
SHARES = ((0.9, 1.01, "in at least 90 % of worlds"), (0.5, 0.9, "in half to 90 %"), (0.1, 0.5, "in 10 % to half"),
          (-0.01, 0.1, "in fewer than 10 %"))  # fmt: skip
WIDTH, HEIGHT, LEFT, BELOW = 300.0, 150.0, 30.0, 16.0  # of a curve, in its own units


def register(app: dash.Dash, services: Services) -> None:
    """The page /brief on the server of *app*."""

    @app.server.get("/brief")
    def brief() -> flask.Response:
        view, month = view_and_round(query())
        key = f"brief {month}?{view.query()}"
        content = json.loads(services.answers.get(key, lambda: brief_of(view, services.runs.of(view), month)))
        last = month == view.variant.last_round
        link = link_of(flask.request.url_root, content["query"], month, last)
        back = link_of("./", content["query"], month, last) or "./"
        colours = vars(PALETTES["light"])
        return reply(flask.render_template("brief.html", **content, colours=colours, link=link, back=back), "text/html")


def brief_of(view: View, run: sim.Run, round_shown: int) -> dict[str, Any]:
    """All that the page holds but its address, as plain JSON."""
    record = record_of(view, run)
    place = round_shown - view.variant.first_round
    people = run.directory()
    may_sign = record["may_sign"]
    states_sign = "state" in may_sign
    signers = people[people["kind"] == "state"] if states_sign else people[people["kind"].isin(may_sign)]
    signers = signers.sort_values("weight", ascending=False)
    shares = {who: count / run.replicates for who, count in zip(record["names"], record["signed"][place], strict=True)}
    changes = changes_of(view, record["settings"])
    of_signers = [shares[who] for who in signers["id"]]
    bands = record["bands"]
    return {
        "title": record["title"], "question": record["question"], "lens": record["lens"], "worlds": run.replicates,
        "seed": run.seed, "version": sim.__version__, "day": formats.day(record["dates"][place]), "round": round_shown,
        "basis": basis_of(view.variant), "why": record["why"], "weights": view.variant.weights_words,
        "holds": "luck and the weights’ uncertainty" if view.weights else "luck alone",
        "changes": changes[:MOST_CHANGES], "more_changes": max(0, len(changes) - MOST_CHANGES),
        "numbers": [_headline(record, kind, place) for kind in KINDS],
        "power": {"median": formats.percent(bands["power_share"]["median"][place]),
                  "most": formats.percent_interval(*ends(bands["power_share"], 90, place), between=formats.TO)},
        "outside": {status: formats.count(bands[status]["state"]["median"][place]) for status in OUTSIDE},
        "not_taken_up": formats.count(len(signers) - bands["taken_up"]["state"]["median"][place]),
        "curves": [{"kind": KINDS[kind], "drawn": curve(record, kind, place)} for kind in may_sign],
        "states_sign": states_sign, "signers": len(signers),
        "whom": " and ".join(sim.KIND_WORDS[kind] for kind in may_sign),
        "powerful": [
            {"name": names()[who], "share": formats.percent(shares[who]), "width": round(100 * shares[who]),
             "since": "" if not states_sign else formats.day(since.isoformat()) if since else "never"}
            for who, since in list(zip(signers["id"], signers["supporter_since"], strict=True))[:MOST_POWERFUL]
        ],
        "spread": [{"words": words, "count": sum(low <= share < high for share in of_signers)}
                   for low, high, words in SHARES],
        "command": command_of(view), "in_manifest": bool(view.branch or view.may_sign), "query": view.query(),
    }  # fmt: skip


def changes_of(view: View, settings: Mapping[str, float]) -> list[str]:
    """What the view changes of its scenario, in words; *settings* are the dials before."""
    scenario = view.variant
    options = [
        f"{choice.question} {', '.join(o.title for o in choice.options if o.name in scenario.answers[name])}"
        for name, choice in scenario.choices.items() if scenario.answers[name] != tuple(choice.default)
    ]  # fmt: skip
    dials = []
    for part in view.set:
        name, _, value = part.partition(":")
        after, before = formats.setting(float(value)), formats.setting(settings[name])
        dials.append(f"{dial_words(name)}: {after} instead of {before}")
    branches = [f"from month {month}, {words}" for month, words in (branch_words(one, names()) for one in view.branch)]
    text = [f"open to {view.may_sign.replace(',', ' and ')} alone"] if view.may_sign else []
    weights = ["weights: one draw in each world"] if view.weights else []
    text += [f"convened by {names()[scenario.code.convenor]}"] if view.convenor and scenario.code.convenor else []
    return [*([f"lens: {view.lens}"] if view.lens != LENS else []), *weights, *options, *text, *dials, *branches]


def command_of(view: View) -> str:
    """The command that simulates the view, without its branches."""
    words = ["parley", "run", view.scenario, "--replicates", str(view.worlds), "--seed", str(view.seed)]
    words += ["--lens", view.lens] if view.lens else []
    words += ["--weights", view.weights] if view.weights else []
    convenor = (f"convenor:{view.convenor}",) if view.convenor else ()
    for option, parts in (("--set", (*convenor, *view.set)), ("--choose", view.choose)):
        for part in parts:
            words += [option, part.replace(":", "=", 1)]
    return shlex.join(words)


def link_of(root: str, query: str, round_shown: int, last: bool) -> str:
    """The link to the view on the server at *root*; empty where paper has no room for it."""
    parts = "&".join(part for part in (query, "" if last else f"round={round_shown}") if part)
    link = f"{root}?{parts}" if parts else root
    return link if len(link) <= LONGEST_LINK else ""


def _headline(record: Mapping[str, Any], kind: str, place: int) -> dict[str, str]:
    if kind not in record["may_sign"]:
        return {"kind": KINDS[kind], "median": "–", "half": "may not sign", "most": "–", "register": "–"}
    bands = record["bands"]["listed"][kind]
    return {
        "kind": KINDS[kind], "median": formats.count(bands["median"][place]),
        "half": formats.interval(*ends(bands, 50, place)), "most": formats.interval(*ends(bands, 90, place)),
        "register": formats.count(record["registered"][kind][place]),
    }  # fmt: skip


def ends(bands: Mapping[str, Sequence[float]], share: int, place: int) -> tuple[float, float]:
    """The ends of so many percent of the worlds, at the round of *place*."""
    return bands[f"low_{share}"][place], bands[f"high_{share}"][place]


def curve(record: Mapping[str, Any], kind: str, place: int) -> dict[str, Any]:
    """The public list of one *kind* from the launch on, as shapes of an SVG picture of WIDTH by HEIGHT."""
    start = -record["first_round"]
    days = [date.fromisoformat(day).toordinal() for day in record["dates"]][start:]
    bands = {edge: values[start:] for edge, values in record["bands"]["listed"][kind].items()}
    points = [(date.fromisoformat(point["date"]).toordinal(), point["count"]) for point in record["register"][kind]]
    top = 1.06 * max(1, *bands["high_90"], *(count for _, count in points))

    def x(day: float) -> float:
        return round(LEFT + (WIDTH - LEFT - 6) * (day - days[0]) / (days[-1] - days[0]), 1)

    def y(count: float) -> float:
        return round((HEIGHT - BELOW) * (1 - count / top), 1)

    def steps(values: Sequence[float]) -> list[tuple[float, float]]:
        corners = [(x(days[0]), y(values[0]))]
        for day, before, value in zip(days[1:], values, values[1:], strict=False):
            corners += [(x(day), y(before)), (x(day), y(value))]
        return corners

    def path(corners: Sequence[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{a} {b}" for a, b in corners)

    def area(share: int) -> str:
        return path([*steps(bands[f"low_{share}"]), *reversed(steps(bands[f"high_{share}"]))]) + "Z"

    step = next(size for size in (10, 20, 50, 100, 200, 500, 1000) if top / size <= 5)
    years = [(x(date(year, 1, 1).toordinal()), str(year)) for year in range(2019, 2100)
             if days[0] <= date(year, 1, 1).toordinal() <= days[-1]]  # fmt: skip
    return {
        "most": area(90), "half": area(50), "median": path(steps(bands["median"])),
        "points": [(x(day), y(count)) for day, count in points if days[0] <= day <= days[-1]],
        "levels": [(y(level), str(level)) for level in range(0, int(top) + 1, step)], "years": years[::2],
        "shown": x(days[place - start]) if place >= start else None,
    }  # fmt: skip
