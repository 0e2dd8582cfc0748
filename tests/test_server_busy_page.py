"""A busy server as a visitor meets it in a browser: the page says that it waits, asks again, and
gives up at last.
"""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

BUSY = json.dumps({"message": "others are asking long questions here; ask again in a moment"})
TELLS = re.compile(r"The server is busy\. This page asks again in \d+\ss \(try \d of 8\)\.")


class Refusals:
    """Refuses the first *times* requests whose address has *part*, then lets them through; `heard`
    counts them all.
    """

    def __init__(self, page: Page, part: str, times: int, **answer: object) -> None:
        self.part, self.times, self.heard = part, times, 0
        self.answer = {"status": 503, "headers": {"Retry-After": "1"}, "body": BUSY, **answer}
        page.route("**/data/**", self._answer)

    def _answer(self, route: Route) -> None:
        if self.part not in route.request.url:
            return route.fallback()
        self.heard += 1
        return route.continue_() if self.heard > self.times else route.fulfill(**self.answer)  # type: ignore[arg-type]


@pytest.mark.long
def test_a_page_that_finds_the_server_busy_says_so_and_asks_again(page: Page, address: str):
    refusals = Refusals(page, "data/run", 2)
    page.goto(f"{address}?worlds=4")
    line = page.get_by_role("status").filter(has_text="The server is busy")
    expect(line).to_have_text(TELLS)
    expect(page.locator(".graph .js-fill").first).to_be_attached()
    expect(page.locator("#server-busy")).to_be_hidden()
    assert refusals.heard == 3


@pytest.mark.long
def test_a_question_that_a_newer_one_replaces_is_not_asked_again(page: Page, address: str):
    page.goto(f"{address}?worlds=4")
    expect(page.locator(".graph .js-fill").first).to_be_attached()
    refusals = Refusals(page, "monitoring:0.31", 100)
    page.evaluate("() => { parley.view.set.monitoring = 0.31; parley.ask(); }")
    expect(page.locator("#server-busy")).to_have_text(TELLS)
    page.evaluate("() => { parley.view.set.monitoring = 0.32; parley.ask(); }")
    expect(page.locator("#server-busy")).to_be_hidden()
    page.wait_for_function("() => parley.record.query.includes('monitoring:0.32')")
    heard = refusals.heard
    page.wait_for_timeout(3000)  # the first pause is of 1.5 s at most
    assert refusals.heard == heard


@pytest.mark.long
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            {"headers": {}, "body": json.dumps({"message": "this question takes too long here"})},
            "takes too long here",
        ),
        (
            {"status": 502, "headers": {}, "body": "<html>bad gateway</html>"},
            "cannot answer just now (502)",
        ),
    ],
)
def test_what_does_not_help_to_ask_again_is_asked_once_and_told(
    page: Page, address: str, answer, words
):
    refusals = Refusals(page, "data/run", 100, **answer)
    page.goto(f"{address}?worlds=4")
    expect(page.locator("#message")).to_contain_text(words)
    assert refusals.heard == 1
