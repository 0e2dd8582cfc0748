"""What the page Negotiate asks for: the talks of a link, a text of the visitor's own at the same
table and once it is tabled, the text that is best for the worst-off seat, the end under other
assumptions, and tables.
"""

from __future__ import annotations

import json
from functools import partial

import flask

import sim
from dashboard.cache import Store
from dashboard.data.tables import as_csv
from dashboard.pages import Services
from dashboard.pages.negotiate.answers import (
    TABLES,
    assumptions_of,
    blame_of,
    table_of,
    tabled_of,
    talks_of,
    text_of,
    widest_of,
    world_of,
)
from dashboard.pages.negotiate.question import KEYS, Question, question_of
from dashboard.requests import CSV, query, reply
from dashboard.view import WHERE

NEGOTIATIONS, MOST_WORTH = (
    8,
    80_000,
)  # kept, and seats times worlds in all of them, of some kilobyte each


class Negotiations(Store[sim.Negotiation]):
    """Negotiations, bounded in their number and in the seats and worlds of all of them together."""

    def __init__(self) -> None:
        super().__init__(NEGOTIATIONS, MOST_WORTH, worth_of)

    def of(self, asked: Question) -> sim.Negotiation:
        """What is *asked*, negotiated."""
        return self.value(asked.query(world=False), asked.negotiation)


def worth_of(one: sim.Negotiation) -> int:
    """Seats times worlds of a negotiation; no more than all that is kept, so that the last one
    always is.
    """
    return min(one.replicates * len(one.talks.seats), MOST_WORTH)


def register(server: flask.Flask, services: Services) -> None:
    """The routes on *server*, from *services*."""
    answers, negotiations = services.answers, Negotiations()

    def answer(asked: Question) -> bytes:
        """All worlds are told once, each of them when it is on show."""
        key = f"negotiate?{asked.query()}"
        whole = answers.find(key)
        if whole is not None:
            return whole
        of_all = f"negotiate/all?{asked.query(world=False)}"
        talks = answers.get(
            of_all, lambda: talks_of(asked, negotiations.of(asked)), slow=asked.is_slow
        )
        return answers.get(key, lambda: json.loads(talks) | world_of(asked, negotiations.of(asked)))

    @server.get("/data/negotiate")
    def talks() -> flask.Response:
        asked, shown = question_of(query())
        content = answer(asked)
        if shown.draft is not None:
            shown.check(len(json.loads(content)["drafts"]))
        return reply(content)

    def of_chair() -> tuple[Question, tuple[float, ...]]:
        asked, shown = question_of(query())
        if shown.levels is None:
            raise sim.InputError(
                f"{WHERE}: found no levels, expected one per provision beside {', '.join(KEYS)}"
            )
        return asked, shown.levels

    @server.get("/data/negotiate/text")
    def text() -> flask.Response:
        asked, levels = of_chair()
        key = f"negotiate/text?{asked.query()}&levels={','.join(map(str, levels))}"
        return reply(answers.get(key, lambda: text_of(asked, negotiations.of(asked), levels)))

    @server.get("/data/negotiate/tabled")
    def tabled() -> flask.Response:
        asked, levels = of_chair()
        then = asked.tabling(levels)
        key = f"negotiate/tabled?{then.query(world=False)}"
        return reply(
            answers.get(key, lambda: tabled_of(then, negotiations.of(then)), slow=then.is_slow)
        )

    @server.get("/data/negotiate/widest")
    def widest() -> flask.Response:
        asked, _ = question_of(query())
        key = f"negotiate/widest?{asked.query()}"
        return reply(
            answers.get(key, lambda: widest_of(asked, negotiations.of(asked)), slow=asked.is_slow)
        )

    @server.get("/data/negotiate/assumptions")
    def assumptions() -> flask.Response:
        asked, _ = question_of(query())
        key = f"negotiate/assumptions?{asked.query(world=False)}"
        return reply(
            answers.get(key, lambda: assumptions_of(asked, negotiations.of(asked)), slow=True)
        )

    @server.get("/data/negotiate/blame.csv")
    def blame() -> flask.Response:
        asked, shown = question_of(query())

        def compute() -> bytes:
            negotiation = negotiations.of(asked)
            shown.check(int(negotiation.drafts.count[asked.world - 1]))
            return as_csv(blame_of(asked, shown, negotiation))

        key = f"negotiate/blame.csv?{asked.query()}&{shown}"
        return reply(answers.get(key, compute, slow=asked.is_slow), CSV, "negotiate-blame.csv")

    def download(name: str) -> flask.Response:
        asked, _ = question_of(query())
        key = f"negotiate/{name}.csv?{asked.query(world=name == 'drafts')}"
        content = answers.get(
            key, lambda: as_csv(table_of(asked, negotiations.of(asked), name)), slow=asked.is_slow
        )
        return reply(content, CSV, f"negotiate-{name}.csv")

    for name in TABLES:
        server.add_url_rule(
            f"/data/negotiate/{name}.csv", f"negotiate-{name}", partial(download, name)
        )
