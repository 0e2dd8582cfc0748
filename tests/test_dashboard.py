"""The server and its home page: what is sent, what a browser shows, and that every control does what it says."""

from __future__ import annotations

import math
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pandas as pd
import pytest
from playwright.sync_api import Page, expect
from visits import Visit, answer

import sim
from dashboard.app import CompressedBundles, serve

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

CONDUCT = [outcome for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"]
FEW = "?worlds=10"


def test_compressed_bundles_are_few():
    kept = CompressedBundles()
    for number in range(1000):
        kept.set(f"br;/_dash-component-suites/{number}.js", b"")
        kept.set(f"br;/{number}", b"")
    assert len(kept) == 32
    assert "br;/999" not in kept


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


def test_the_server_says_that_it_is_well(address):
    with answer(address, "health") as response:
        assert (response.status, response.read()) == (200, b"OK")


def test_the_page_may_load_nothing_from_elsewhere(address):
    with answer(address) as response:
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "unsafe-eval" not in policy


def test_no_conduct_is_sent_with_the_frame(address):
    sent = answer(address, "_dash-layout").read().decode() + answer(address, f"data/run.csv{FEW}").read().decode()
    assert [outcome.name for outcome in CONDUCT if f'"{outcome.name}"' in sent or outcome.label in sent] == []


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Visit]:
    """The home page on a wide screen, in light, with few worlds; nothing may have gone wrong when the test ends."""
    visit = Visit(page, address, FEW)
    drawn(page)
    yield visit
    assert visit.wrong == []


def drawn(page: Page) -> None:
    """Waits until the curves and the register's points are there."""
    expect(page.locator(".graph .point")).to_have_count(3 * 13, timeout=60_000)


def headline(page: Page, kind: str = "state") -> int:
    return int(page.locator(f"#listed-{kind}").inner_text())


@pytest.mark.browser
def test_the_page_shows_what_the_run_says(visit):
    run = sim.run(replicates=10)
    for kind, rows in run.table().groupby("kind"):
        rounded = math.floor(rows["median"].iloc[-1] + 0.5)
        expect(visit.page.locator(f"#listed-{kind}")).to_have_text(f"{rounded}")
    expect(visit.page.locator("#provenance")).to_contain_text("10 worlds, seed 1, lens full")
    expect(visit.page.get_by_text("fitted to the register").first).to_be_visible()


@pytest.mark.browser
def test_conduct_is_on_the_page_in_its_own_card_alone(visit):
    visit.page.evaluate("document.getElementById('conduct-card').remove()")
    text = visit.page.locator("body").inner_text().lower()
    assert [outcome.label for outcome in CONDUCT if outcome.label.lower() in text] == []


@pytest.mark.browser
def test_another_scenario_changes_title_numbers_and_address(visit):
    visit.page.locator("#scenario").click()
    visit.page.get_by_role("option", name="Only states may sign").click()
    expect(visit.page.locator("#title")).to_have_text("Only states may sign")
    expect(visit.page.locator("#listed-firm")).to_have_text("0")
    assert visit.query == "scenario=states-only&worlds=10"


@pytest.mark.browser
def test_a_moved_dial_is_marked_in_the_address_and_goes_back(visit):
    visit.page.get_by_role("button", name="Levers").click()
    slider = visit.page.get_by_role("slider", name="attention scale")
    before = headline(visit.page)
    slider.focus()
    visit.page.keyboard.press("Home")
    expect(visit.page.locator(".dial.is-moved")).to_have_count(1)
    expect(visit.page.locator("#listed-state")).not_to_have_text(str(before))
    assert set(visit.query.split("&")) == {"set=attention_scale:0", "worlds=10"}
    visit.page.get_by_role("button", name="Reset attention scale").click()
    expect(visit.page.locator("#listed-state")).to_have_text(str(before))
    assert visit.query == "worlds=10"


@pytest.mark.browser
def test_a_link_restores_the_view(page, address):
    link = (
        "?scenario=great-powers-sign&choose=who:USA,CHN&lens=realist&set=monitoring:0.5&branch=12:BRA:signs&worlds=10"
        "&seed=3&round=6"
    )
    visit = Visit(page, address, link)
    drawn(page)
    expect(page.locator("#title")).to_have_text("The great powers sign")
    expect(page.locator("#provenance")).to_contain_text("10 worlds, seed 3, lens realist")
    expect(page.locator("#round-number")).to_have_text("month 6")
    expect(page.locator("#log")).to_contain_text("Brazil signs")
    expect(page.get_by_text("1 moved")).to_be_visible()
    page.get_by_role("button", name="Levers").click()
    expect(page.get_by_role("slider", name="monitoring")).to_have_attribute("aria-valuenow", "0.5")
    expect(page.locator(".dial.is-moved")).to_have_count(1)
    assert "set=monitoring:0.5" in visit.query
    page.reload()
    drawn(page)
    assert sorted(visit.query.split("&")) == sorted(link.removeprefix("?").split("&"))
    page.locator("#reset-all").click()
    expect(page.locator(".dial.is-moved")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("set="))
    assert visit.wrong == []


@pytest.mark.browser
def test_a_wrong_link_says_what_is_wrong_in_one_sentence(page, address):
    Visit(page, address, "?scenario=atlantis")
    expect(page.get_by_role("alert")).to_contain_text("scenario is 'atlantis', expected one of paris-call-2018")


@pytest.mark.browser
def test_playing_shows_round_after_round_and_asks_nobody(visit):
    expect(visit.page.locator("#harm")).to_contain_text("%")  # the last thing that the page asks for by itself
    visit.page.get_by_label("Speed, in rounds a second").select_option("2 a second")
    visit.page.locator("#round").fill("10")
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    expect(visit.page.locator("#round-number")).to_have_text("month 0")
    at_launch = headline(visit.page)
    visit.page.locator("#play").click()
    expect(visit.page.locator("#round-number")).to_have_text(re.compile(r"month ([3-9]|\d\d)"), timeout=20_000)
    visit.page.locator("#play").click()
    expect(visit.page.locator("#play")).to_have_text("Play")
    assert headline(visit.page) > at_launch
    assert [url for url in asked if "/data/" in url] == []
    assert "round=" in visit.query


@pytest.mark.browser
def test_arrow_keys_move_the_round(visit):
    visit.page.locator("body").click(position={"x": 5, "y": 5})
    visit.page.keyboard.press("ArrowLeft")
    expect(visit.page.locator("#round-number")).to_have_text("month 61")


@pytest.mark.browser
def test_the_table_lists_everybody_with_a_name_at_the_round_shown(visit):
    cell = visit.page.locator("#stakeholders .ag-row").filter(has_text="Andorra").first
    expect(cell).to_be_visible(timeout=30_000)
    visit.page.locator("#round").fill("0")
    at_first = sim.run(replicates=10).courses()["signed"]["AND"].iloc[0]
    expect(cell.locator('[col-id="signed"]')).to_have_text(f"{100 * at_first:.0f} %")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (820, "light"), (1440, "light"), (1440, "dark")])
def test_the_page_fits_any_screen_in_either_scheme(page, address, scheme, width):
    visit = Visit(page, address, FEW, scheme, width)
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("data-mantine-color-scheme") == scheme
    assert visit.wrong == []


@pytest.mark.browser
def test_the_toggle_recolours_page_and_curves_and_is_remembered(visit):
    band = visit.page.locator(".graph .js-fill").first
    in_light = band.evaluate("element => getComputedStyle(element).fill")
    visit.page.get_by_role("button", name="Switch between light and dark").click()
    expect(band).not_to_have_css("fill", in_light)
    visit.page.reload()
    drawn(visit.page)
    expect(visit.page.locator(".graph .js-fill").first).not_to_have_css("fill", in_light)


@pytest.mark.browser
def test_the_data_open_in_pandas(visit, tmp_path):
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name="Download the data").click()
    table = pd.read_csv(download.value.path())
    assert set(table["worlds"]) == {10}
    assert set(table["basis"]) == {"fitted to the register"}
