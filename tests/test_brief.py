"""A view on one page of paper."""

from __future__ import annotations

import re
from html import unescape

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from visits import Visit

import sim
from dashboard.app import create_app
from dashboard.pages.brief import command_of
from dashboard.view import view_of

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

FEW = "worlds=3"
BRANCHED = (
    "scenario=great-powers-sign&choose=who:USA,CHN&lens=realist&set=monitoring:0.5&branch=12:BRA:signs"
    "&branch=20:CHN:stays-out&branch=30:monitoring:0.9&worlds=3&round=40"
)
CONDUCT = [outcome for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Whoever asks the server, without a network."""
    return create_app().server.test_client()


def words(client: FlaskClient, query: str) -> str:
    """The page's text."""
    page = re.sub(r"<style>.*?</style>", "", client.get(f"/brief?{query}").text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_brief_says_what_the_run_says(client):
    said, run = words(client, FEW), sim.run(replicates=3)
    for kind, rows in run.table().groupby("kind"):
        assert f"{ {'state': 'States', 'firm': 'Firms', 'ngo': 'NGOs'}[kind] } {rows['median'].iloc[-1]:.0f}" in said
    assert f"China {100 * run.signed['CHN']:.0f} %" in said
    assert "Nothing: the scenario as it ships." in said
    assert "parley run paris-call-2018 --replicates 3 --seed 1" in said
    assert "http://localhost/?worlds=3" in said


def test_the_brief_says_what_was_changed(client):
    said = words(client, BRANCHED)
    for change in ("lens: realist", "monitoring: 0.5 instead of 0", "from month 12, Brazil signs",
                   "the United States, China", "from month 20, China stays out",
                   "12 March 2022 (month 40)", "parley run --from"):  # fmt: skip
        assert change in said


def test_the_command_repeats_the_view():
    view = view_of("scenario=great-powers-sign&choose=who:USA,CHN&lens=realist&set=monitoring:0.5&worlds=3")
    expected = "great-powers-sign --replicates 3 --seed 1 --lens realist --set monitoring=0.5 --choose who=USA,CHN"
    assert command_of(view) == f"parley run {expected}"


def test_the_brief_tells_fitted_from_assumed_and_holds_no_conduct(client):
    said = words(client, FEW)
    assert "fitted to the register" in said
    assert "assumed" in said
    assert [outcome.label for outcome in CONDUCT if outcome.label.lower() in said.lower()] == []


def test_a_wrong_brief_is_a_plain_page(client):
    answer = client.get("/brief?scenario=%3Cb%3E", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert "<b>" not in answer.text
    assert "expected one of paris-call-2018" in answer.text


@pytest.mark.browser
@pytest.mark.parametrize("query", [FEW, BRANCHED], ids=["default", "three branches"])
def test_the_brief_is_one_page_of_paper(page: Page, address: str, query: str):
    visit = Visit(page, address, f"brief?{query}", width=794)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    whole, seen = page.locator(".sheet").evaluate("sheet => [sheet.scrollHeight, sheet.clientHeight]")
    assert whole <= seen  # nothing is cut off
    assert visit.wrong == []


@pytest.mark.browser
def test_the_brief_can_be_read_by_everybody_and_leads_back(page: Page, address: str):
    visit = Visit(page, address, f"brief?{FEW}&round=3", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="Back to the view").click()
    expect(page.locator("#round-number")).to_have_text("month 3", timeout=60_000)
    brief = page.get_by_role("link", name="Brief")
    expect(brief).to_have_attribute("href", f"{address}brief?{FEW}&round=3")
    assert visit.wrong == []
