"""What can be taken along of a view: tables that open in pandas, a manifest that repeats the run, pictures that explain
themselves.
"""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from visits import Visit

import sim
from dashboard.app import create_app
from dashboard.view import view_of
from sim.experiments.manifest import read_manifest

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

VIEW = (
    "scenario=great-powers-sign&choose=who:USA,CHN&lens=realist&set=monitoring:0.5&branch=12:BRA:signs&worlds=3&seed=4"
)
CONDUCT = [outcome for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Whoever asks the server, without a network."""
    return create_app().server.test_client()


def table(client: FlaskClient, path: str, query: str = VIEW) -> pd.DataFrame:
    """A file that the server gives, opened in pandas."""
    answer = client.get(f"/data/{path}?{query}")
    assert answer.status_code == 200
    assert f"attachment; filename=parley-{path}" in answer.headers["Content-Disposition"]
    read = pd.read_parquet if path.endswith("parquet") else pd.read_csv
    return read(io.BytesIO(answer.data))


def test_csv_and_parquet_hold_the_same_and_say_what_each_number_rests_on(client):
    as_csv, as_parquet = table(client, "run.csv"), table(client, "run.parquet")
    pd.testing.assert_frame_equal(as_csv, as_parquet, check_dtype=False)
    assert set(as_parquet["basis"]) == {"fitted to the register"}
    assert set(as_parquet["basis_of_registered"]) == {"the public register"}
    assert view_of(as_parquet["view"].iloc[0]).run().seed == 4


def test_the_shares_are_those_of_the_run_at_the_round_shown(client):
    run = view_of(VIEW).run()
    shares = table(client, "shares.csv", f"{VIEW}&round=3").set_index("id")
    expected = run.courses()["signed"].iloc[3 - run.scenario.first_round]
    pd.testing.assert_series_equal(shares["signed"], expected, check_names=False, check_index_type=False, atol=1e-5)
    np.testing.assert_allclose(shares[["signed", "considered", "not_taken_up"]].sum(axis=1), 1, atol=1e-5)
    assert set(shares["date"]) == {"2019-02-12"}
    assert set(table(client, "shares.csv")["round"]) == {62}


@pytest.mark.parametrize(("query", "said"), [("round=99", "round is '99', expected a whole number from -10 to 62"),
                                             ("round=1&round=2", "found round twice")])  # fmt: skip
def test_a_round_that_is_none_is_refused(client, query, said):
    answer = client.get(f"/data/shares.csv?worlds=1&{query}")
    assert answer.status_code == 400
    assert said in answer.get_json()["message"]


def test_the_manifest_repeats_the_run_to_the_bit(client, tmp_path):
    file = tmp_path / "manifest.json"
    file.write_bytes(client.get(f"/data/manifest.json?{VIEW}").data)
    asked, ours = read_manifest(file), view_of(VIEW).run()
    again = sim.run(asked.scenario, replicates=asked.replicates, seed=asked.seed)
    for name in ("per_code", "taken_up_round", "signed_round", "listed_round", "left_round", "status"):
        np.testing.assert_array_equal(getattr(ours.output, name), getattr(again.output, name), err_msg=name)


def test_no_download_holds_conduct(client):
    for path in ("run.csv", "shares.csv", "manifest.json"):
        said = client.get(f"/data/{path}?worlds=1").text
        assert [outcome.name for outcome in CONDUCT if outcome.label in said or f",{outcome.name}" in said] == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_says_by_itself_what_it_shows(page: Page, address: str, scheme: str):
    visit = Visit(page, address, "?worlds=3&set=monitoring:0.5", scheme)
    expect(page.locator(".graph .point")).to_have_count(3 * 13, timeout=60_000)
    menu = page.locator("section.card", has=page.locator("#adoption-state")).locator(".download")
    menu.locator("summary").click()
    files = {}
    for kind in ("PNG", "SVG", "CSV"):
        with page.expect_download() as download:
            menu.get_by_text(kind, exact=True).click()
        files[kind] = Path(download.value.path()).read_bytes()
    assert files["PNG"].startswith(b"\x89PNG")
    assert len(files["PNG"]) > 20_000
    drawn = unquote(files["SVG"].decode())
    for words in ("States on the public list", "3 simulated worlds, seed 1", "Fitted to the register", "monitoring 0.5",
                  "points: the register"):  # fmt: skip
        assert words in drawn.replace("\u00a0", " ")
    assert "rgb(0, 114, 178)" in drawn  # blue on paper, whatever the scheme
    assert "rgb(138, 203, 245)" not in drawn
    assert set(pd.read_csv(io.BytesIO(files["CSV"]))["worlds"]) == {3}
    assert visit.wrong == []


@pytest.mark.browser
@pytest.mark.parametrize(("path", "figures"), [("stakeholder?worlds=3&who=USA", 1), ("compare?worlds=3", 3),
                                               ("evidence?worlds=3", 13)])  # fmt: skip
def test_every_figure_has_its_numbers(page: Page, address: str, path: str, figures: int):
    visit = Visit(page, address, path)
    expect(page.locator(".card div[role=img] .trace").nth(2)).to_be_attached(timeout=60_000)
    expect(page.locator(".download")).to_have_count(figures)
    menu = page.locator(".download").first
    menu.locator("summary").click()
    with page.expect_download() as download:
        menu.get_by_text("CSV", exact=True).click()
    numbers = pd.read_csv(download.value.path())
    assert len(numbers) > 10
    assert numbers["basis"].str.contains("fitted to the register").all()
    assert visit.wrong == []
