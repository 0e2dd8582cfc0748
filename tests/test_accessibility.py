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

LOOKS = [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
QUERIES = {"/stakeholder": "who=USA", "/compare": "with=lens%3Dnull"}


@pytest.mark.parametrize("path", [page.PATH for page in PAGES])
def test_a_page_is_accessible_in_every_look(page: Page, address: str, path: str):
    found: dict[tuple[str, int], list[str]] = {}
    visit = Visit(page, address, f"{path.lstrip('/')}?worlds=3&{QUERIES.get(path, '')}".rstrip("&"))
    expect(page.locator("#page h1")).not_to_have_text("", timeout=60_000)
    settled(page)
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        settled(page)
        wrong = Axe().run(page, options=RULES).response["violations"]
        found[scheme, width] = [f"{one['id']}: {node['target']}" for one in wrong for node in one["nodes"]]
    assert {look: violations for look, violations in found.items() if violations} == {}
    assert visit.wrong == []


def settled(page: Page) -> None:
    """Waits until nothing is being asked for, drawn or faded in."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("""() => !document.body.classList.contains("asking") && !document.querySelector("[aria-busy=true]")
        && document.getAnimations().every(one => one.playState !== "running")""")
