"""The first page of a real run: what is kept of it, what the server sends, what a browser shows."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPResponse
from io import StringIO
from urllib.request import Request, urlopen

import pandas as pd
import pytest
import waitress
from playwright.sync_api import Page, expect

import sim
from dashboard.adoption import Adoption, adoption_of
from dashboard.app import CompressedBundles, create_app, serve

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

CONDUCT = [outcome for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"]


@pytest.fixture(scope="session")
def run() -> sim.Run:
    """The Paris Call under twenty lucks."""
    return sim.run("paris-call-2018", replicates=20, seed=1)


@pytest.fixture(scope="session")
def adoption(run: sim.Run) -> Adoption:
    """What the page shows of it."""
    return adoption_of(run)


def test_the_page_and_the_run_tell_the_same_numbers(run, adoption):
    for kind, counts in adoption.registers.items():
        table = run.table().loc[lambda table, kind=kind: table["kind"] == kind].reset_index()
        shown = counts.rename(columns={"low_90": "low", "high_90": "high"})
        columns = ["registered", "median", "low", "high"]
        pd.testing.assert_frame_equal(shown[columns], table[columns], check_dtype=False)


def test_the_curves_go_from_the_launch_to_the_end(adoption):
    assert {(curve["round"].min(), curve["round"].max()) for curve in adoption.curves.values()} == {(0, 62)}


def test_the_data_hold_every_round_and_every_count(adoption):
    table = pd.read_csv(StringIO(adoption.csv()))
    assert len(table) == 3 * 63
    assert table["registered"].count() == 3 * 13
    assert set(table["basis"]) == {"fitted to the register: worlds under the fitted weights"}


def test_compressed_bundles_are_few():
    kept = CompressedBundles()
    for number in range(1000):
        kept.set(f"br;/_dash-component-suites/{number}.js", b"")
        kept.set(f"br;/{number}", b"")
    assert len(kept) == 32
    assert "br;/999" not in kept


@pytest.fixture(scope="session")
def address(adoption: Adoption) -> Iterator[str]:
    """Where the page is served, by the server that `parley dashboard` uses."""
    server = waitress.create_server(create_app(adoption).server, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()


def test_an_address_in_use_is_refused_in_one_sentence(address):
    port = int(address.rstrip("/").rpartition(":")[2])
    with pytest.raises(sim.InputError, match=f"127.0.0.1, port {port}: .* --port"):
        serve("127.0.0.1", port)


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that interrupts another process alone")
def test_the_command_serves_the_page_until_it_is_interrupted(root):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sim.cli", "dashboard", "--port", str(port)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stdout.readline() == "Simulating the Paris Call ...\n"
        assert started.stdout.readline() == f"Parley is at http://127.0.0.1:{port} (Ctrl-C ends it)\n"
        with answer(f"http://127.0.0.1:{port}/") as response:
            assert "Parley" in response.read().decode()
        started.send_signal(signal.SIGINT)
        assert started.communicate(timeout=20) == ("", "")
    assert started.returncode == 0


def answer(address: str, path: str = "", encoding: str = "identity") -> HTTPResponse:
    """What the server answers to a request for *path*."""
    return urlopen(Request(address + path, headers={"Accept-Encoding": encoding}), timeout=10)


def test_the_server_says_that_it_is_well(address):
    with answer(address, "health") as response:
        assert (response.status, response.read()) == (200, b"OK")


def test_the_data_can_be_downloaded(address, adoption):
    with answer(address, "paris-call-2018-adoption.csv") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.read().decode() == adoption.csv()


def test_the_page_may_load_nothing_from_elsewhere(address):
    with answer(address) as response:
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "unsafe-eval" not in policy


def test_no_conduct_is_sent_to_the_page_or_into_the_data(address):
    sent = "".join(answer(address, path).read().decode() for path in ("_dash-layout", "paris-call-2018-adoption.csv"))
    assert "fitted to the register" in sent
    assert [outcome.name for outcome in CONDUCT if outcome.name in sent or outcome.label in sent] == []


class Visit:
    """The page in a browser, and whatever went wrong there or left the host."""

    def __init__(self, page: Page, address: str, scheme: str = "light", width: int = 1440) -> None:
        self.page: Page = page
        self.wrong: list[str] = []
        page.on("request", lambda asked: self._note(asked.url, not asked.url.startswith((address, "data:"))))
        page.on("response", lambda given: self._note(given.url, given.status >= 400))
        page.on("console", lambda said: self._note(said.text, said.type in ("error", "warning")))
        page.on("pageerror", lambda error: self._note(str(error), True))
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        expect(page.locator(".graph .point")).to_have_count(3 * 13)

    def _note(self, what: str, matters: bool) -> None:
        if matters:
            self.wrong.append(what)

    def colours(self) -> list[str]:
        """The colours of the page, of a figure's letters and of its bands."""
        painted = {"body": "backgroundColor", ".graph .xtick text": "fill", ".graph .js-fill": "fill"}
        return [self.page.locator(selector).first.evaluate(f"element => getComputedStyle(element).{name}")
                for selector, name in painted.items()]

    def focus(self) -> str:
        """What has the keyboard's focus: its label or its text."""
        return self.page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent")


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Visit]:
    """The page on a wide screen, in light; nothing may have gone wrong when the test ends."""
    visit = Visit(page, address)
    yield visit
    assert visit.wrong == []


@pytest.mark.browser
def test_the_page_shows_three_curves_with_two_bands_and_thirteen_points(visit):
    assert visit.page.get_by_role("heading", level=2).all_inner_texts() == ["States", "Firms", "NGOs"]
    for panel in visit.page.locator(".graph").all():
        expect(panel.locator(".js-fill")).to_have_count(2)
        expect(panel.locator(".point")).to_have_count(13)


@pytest.mark.browser
def test_the_headline_is_the_end_of_the_run_beside_the_register(visit, adoption):
    for card, kind in zip(visit.page.locator(".card").all(), adoption.curves, strict=True):
        last = adoption.curves[kind].iloc[-1]
        expect(card.locator(".headline")).to_have_text(f"{last['median']:.0f}")
        expect(card.locator("dd")).to_have_text([f"{last['low_90']:.0f}–{last['high_90']:.0f}",
                                                 str(adoption.registers[kind]["registered"].iloc[-1])])


@pytest.mark.browser
def test_the_page_says_that_it_is_fitted_and_what_its_worlds_are(visit):
    expect(visit.page.get_by_text("fitted to the register")).to_be_visible()
    expect(visit.page.get_by_text("worlds under the fitted weights")).to_be_visible()


@pytest.mark.browser
def test_no_conduct_is_on_the_page(visit):
    text = visit.page.locator("body").inner_text().lower()
    assert [outcome.label for outcome in CONDUCT if outcome.label.lower() in text] == []


@pytest.mark.browser
def test_the_pointer_reads_a_month(visit):
    visit.page.locator(".graph .nsewdrag").first.hover()
    expect(visit.page.locator(".hovertext")).to_contain_text("90 % of worlds")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_page_fits_any_screen_in_either_scheme(page, address, scheme, width):
    visit = Visit(page, address, scheme, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("data-mantine-color-scheme") == scheme
    assert visit.wrong == []


@pytest.mark.browser
def test_the_toggle_recolours_page_and_curves_and_is_remembered(visit):
    in_light = visit.colours()
    visit.page.get_by_role("button", name="Switch between light and dark").click()
    expect(visit.page.locator(".graph .js-fill").first).not_to_have_css("fill", in_light[-1])
    in_dark = visit.colours()
    assert all(light != dark for light, dark in zip(in_light, in_dark, strict=True))
    visit.page.reload()
    expect(visit.page.locator(".graph .point")).to_have_count(3 * 13)
    assert visit.colours() == in_dark


@pytest.mark.browser
def test_page_and_curves_follow_the_system(page, address):
    visit = Visit(page, address, "dark")
    in_dark = visit.colours()
    page.emulate_media(color_scheme="light")
    expect(page.locator(".graph .js-fill").first).not_to_have_css("fill", in_dark[-1])
    assert all(dark != light for dark, light in zip(in_dark, visit.colours(), strict=True))
    assert visit.wrong == []


@pytest.mark.browser
def test_everything_that_answers_is_reached_by_keyboard(visit):
    reached = []
    for _ in range(5):
        visit.page.keyboard.press("Tab")
        reached.append(visit.focus())
    assert reached[:2] == ["Switch between light and dark", "Download the data (CSV)"]
    assert all(label.startswith("Inside the 90 % band on ") for label in reached[2:])
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("cell", name="12 November 2018")).to_be_visible()


@pytest.mark.browser
def test_the_link_saves_the_data(visit, adoption):
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name="Download the data").click()
    assert download.value.suggested_filename == "paris-call-2018-adoption.csv"
    assert download.value.path().read_text(encoding="utf-8") == adoption.csv()
