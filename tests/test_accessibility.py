"""Every page, whoever reads it and however: axe-core's rules for WCAG 2.2 AA and good practice, in each look."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from visits import Visit

from dashboard.app import PAGES

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": TAGS, "resultTypes": ["violations"]}

# By width, the colour schemes and their rules.
ONE_LOOK = {1440: {"light": ALL_RULES}}
EVERY_LOOK = {width: {"light": ALL_RULES, "dark": ALL_RULES} for width in (1440, 390)}
STILL = """() => !document.querySelector("body.asking, [aria-busy=true]")
    && document.getAnimations().every(one => one.playState !== "running")"""
QUERIES = {"/stakeholder": "who=USA", "/compare": "with=lens%3Dnull"}


@pytest.mark.parametrize("path", [page.PATH for page in PAGES])
def test_a_page_is_accessible(page: Page, address: str, path: str):
    assert violations(page, address, path, ONE_LOOK) == {}


@pytest.mark.long
@pytest.mark.parametrize("path", [page.PATH for page in PAGES])
def test_a_page_is_accessible_by_every_rule_in_every_look(page: Page, address: str, path: str):
    assert violations(page, address, path, EVERY_LOOK) == {}


def violations(page: Page, address: str, path: str, looks: dict[int, dict[str, Any]]) -> dict[str, list[str]]:
    """What axe-core has to say against the page at *path*, by look; nothing may go wrong in any."""
    found = {}
    for width, schemes in looks.items():
        visit = Visit(page, address, f"{path.lstrip('/')}?worlds=3&{QUERIES.get(path, '')}".rstrip("&"), width=width)
        expect(page.locator("#page h1")).not_to_have_text("", timeout=60_000)
        if path == "/":
            expect(page.locator(".ag-row").first).to_be_attached(timeout=60_000)
        for scheme, rules in schemes.items():
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
            settled(visit)
            wrong = Axe().run(page, options=rules).response["violations"]
            found[f"{scheme}, {width}"] = [f"{one['id']}: {node['target']}" for one in wrong for node in one["nodes"]]
        assert visit.wrong == []
    return {look: wrong for look, wrong in found.items() if wrong}


def settled(visit: Visit) -> None:
    """Waits until nothing is being asked for, drawn or faded in, and for as long as a page lets a question rest."""
    still = 0
    while still < 10:
        visit.page.wait_for_timeout(50)
        still = still + 1 if not visit.asked and visit.page.evaluate(STILL) else 0
