"""Every page, whoever reads it and however: axe-core's rules for WCAG 2.2 AA and good practice, in each look."""

from __future__ import annotations

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

# What is dark and narrow has the colours of the one and the places of the other.
LOOKS = {1440: ("light", "dark"), 390: ("light",)}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {
    "light": {"runOnly": TAGS, "resultTypes": ["violations"]},
    # Colours are all that differs.
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]},
}
QUERIES = {"/stakeholder": "who=USA", "/compare": "with=lens%3Dnull"}


@pytest.mark.parametrize("path", [page.PATH for page in PAGES])
def test_a_page_is_accessible_in_every_look(page: Page, address: str, path: str):
    found = {}
    for width, schemes in LOOKS.items():
        visit = Visit(page, address, f"{path.lstrip('/')}?worlds=3&{QUERIES.get(path, '')}".rstrip("&"), width=width)
        expect(page.locator("#page h1")).not_to_have_text("", timeout=60_000)
        if path == "/":
            expect(page.locator(".ag-row").first).to_be_attached(timeout=60_000)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
            settled(page)
            wrong = Axe().run(page, options=RULES[scheme]).response["violations"]
            found[scheme, width] = [f"{one['id']}: {node['target']}" for one in wrong for node in one["nodes"]]
        assert visit.wrong == []
    assert {look: violations for look, violations in found.items() if violations} == {}


def settled(page: Page) -> None:
    """Waits until nothing is being asked for, drawn or faded in."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("""() => !document.querySelector("body.asking, [aria-busy=true]")
        && document.getAnimations().every(one => one.playState !== "running")""")
