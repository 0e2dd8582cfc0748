"""The pages Evidence and Method: numbers that are the run's own, every dial and classic, and what a browser shows."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import sim
from dashboard.app import create_app
from dashboard.pages import method
from dashboard.pages.evidence.routes import left_out_of
from dashboard.pages.method import QUICK, citation, document, sections
from dashboard.view import view_of

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

LINK = "worlds=12&seed=3"


@pytest.fixture(scope="module")
def app() -> Any:
    return create_app()


@pytest.fixture(scope="module")
def client(app: Any) -> Any:
    return app.server.test_client()


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=12, seed=3)


@pytest.fixture(scope="module")
def told(client: Any) -> dict[str, Any]:
    return client.get(f"/data/evidence?{LINK}").get_json()


@pytest.mark.parametrize("kind", sim.KINDS)
def test_as_many_dates_are_inside_as_in_the_table_of_the_run(told, run, kind):
    table = run.table().loc[lambda table: table["kind"] == kind]
    inside = table["registered"].between(table["low"], table["high"])
    assert (told["milestones"][kind]["inside"], told["milestones"][kind]["of"]) == (inside.sum(), 13)
    assert [row["median"] for row in told["milestones"][kind]["rows"]] == table["median"].tolist()


@pytest.mark.parametrize("kind", sim.KINDS)
def test_the_error_of_the_medians_is_their_distance_from_the_register(told, run, kind):
    table = run.table().loc[lambda table: table["kind"] == kind]
    assert told["milestones"][kind]["mean_error"] == pytest.approx((table["median"] - table["registered"]).abs().mean())


def test_tenths_and_misses_are_the_runs(told, run):
    assert [row["observed"] for row in told["deciles"]] == pytest.approx(run.deciles()["observed"].tolist(), abs=1e-6)
    assert sum(row["states"] for row in told["deciles"]) == 193
    assert told["misses"] == run.misses()


def test_the_scores_are_those_of_the_lenses_with_their_verdict(told):
    scores = sim.log_scores()
    assert [row["total"] for row in told["scores"]] == pytest.approx(scores["total"].tolist())
    assert told["verdict"] == sim.verdict(scores)


def test_what_is_fitted_and_what_is_assumed_are_all_dials_of_these_roles(told):
    roles = [dial.role for dial in sim.DIALS.values()]
    assert (len(told["fitted"]), len(told["assumed"])) == (roles.count("fitted"), roles.count("uncertainty"))


def test_a_weight_has_a_standard_error_or_a_reason_for_having_none(told):
    assert [weight for weight in told["fitted"] if (weight["standard_error"] is None) != bool(weight["remark"])] == []


def test_a_motive_that_a_lens_silences_is_no_part_of_it():
    remarks = {weight.name: weight.remark for weight in sim.load("paris-call-2018").with_lens("realist").fitted()}
    assert remarks["state_peers"] == "no part of this lens"
    assert remarks["state_restraint"] != "no part of this lens"


def test_pairs_that_are_hard_to_tell_apart_are_fitted_weights_the_most_entangled_first():
    pairs = sim.load("paris-call-2018").hard_to_tell_apart()
    assert {sim.DIALS[name].role for first, second, _ in pairs for name in (first, second)} <= {"fitted"}
    assert [abs(pair[2]) for pair in pairs] == sorted((abs(pair[2]) for pair in pairs), reverse=True)


def test_a_link_to_another_world_shows_the_paris_call_as_it_was_and_says_so(client, told):
    elsewhere = client.get(f"/data/evidence?scenario=states-only&set=monitoring:0.5&{LINK}").get_json()
    assert elsewhere["left_out"] == ["scenario", "set"]
    assert elsewhere["milestones"] == told["milestones"]
    assert left_out_of(view_of(LINK)) == told["left_out"] == []


def test_no_simulated_conduct_is_told_beside_the_register(told):
    sent = json.dumps({name: part for name, part in told.items() if name != "record"})
    labels = [outcome.label for outcome in sim.OUTCOMES.values() if outcome.basis == "assumed"]
    assert [label for label in labels if label in sent] == []


def test_the_dates_can_be_downloaded_with_what_it_takes_to_repeat_them(client):
    answer = client.get(f"/data/evidence.csv?{LINK}")
    rows = list(csv.DictReader(StringIO(answer.get_data(as_text=True))))
    assert len(rows) == 3 * 13
    assert {(row["basis"], row["worlds"], row["seed"]) for row in rows} == {("fitted to the register", "12", "3")}


@pytest.mark.parametrize("name", ["nonsense", "", "watts-2002", "../../etc", "x" * 10_000])
def test_a_classic_that_is_not_offered_is_refused_in_one_sentence(client, name):
    answer = client.get("/data/classic", query_string={"name": name})
    assert answer.status_code == 400
    assert re.fullmatch(r"the link: name is .{0,60}, expected one of [^.\n]+", answer.get_json()["message"])


@pytest.mark.parametrize("name", ["barrett-1994", "repeated-prisoners-dilemma"])
def test_a_classic_comes_out_as_the_literature_has_it(client, name):
    done = client.get("/data/classic", query_string={"name": name}).get_json()
    assert done["within"]
    assert [check["expected"] for check in done["checks"]] == [check.expected for check in sim.classic(name).checks]


def test_the_classics_with_a_button_are_on_the_shelf():
    assert {f"classics/{name}" for name in QUICK} <= {name for name, _, _ in sim.available_classics()}


@pytest.fixture(scope="module")
def page_method() -> str:
    """The page Method as it is sent."""
    return json.dumps(method.layout().to_plotly_json(), default=lambda component: component.to_plotly_json())


def test_every_dial_is_in_the_table_of_parameters_as_it_was_declared(client):
    rows = client.get("/data/dials").get_json()
    assert [row["name"] for row in rows] == list(sim.load("paris-call-2018").dials)
    assert {row["name"] for row in rows} >= set(sim.DIALS)
    assert [row["source"] for row in rows if row["name"] in sim.DIALS] == [dial.source for dial in sim.DIALS.values()]


def test_the_page_holds_the_protocol_the_sources_and_every_classic(page_method):
    for title, _ in [*sections(document("odd.md"))[1:], *sections(sim.sources())[1:]]:
        assert title == "Dials" or json.dumps(title) in page_method
    assert [title for _, title, _ in sim.available_classics() if json.dumps(title) not in page_method] == []


def test_documents_lead_to_no_file_that_the_page_has_not():
    texts = [text for _, text in [*sections(document("odd.md")), *sections(sim.sources())]]
    assert [text for text in texts if re.search(r"\]\((?!https?:)|<!--", text)] == []


def test_intervals_in_documents_are_no_links():
    (entities,) = [text for title, text in sections(document("odd.md")) if title.startswith("2.")]
    assert r"all in \[0, 1]" in entities
    assert sections("Range [0, 1], `[x]` and [away](https://example.org)") == [
        ("", r"Range \[0, 1], `[x]` and [away](https://example.org)")
    ]


def test_the_citation_is_that_of_the_citation_file():
    title = re.search(r'^title: "(.+)"$', document("CITATION.cff"), re.MULTILINE)[1]
    assert all(title in text and sim.__version__ in text for text in citation(sim.__version__).values())


@pytest.fixture
def wrong(page: Page, address: str) -> Iterator[list[str]]:
    """Whatever goes wrong in the browser or leaves the host; nothing may have when the test ends."""
    noted: list[str] = []
    page.on("request", lambda asked: noted.append(asked.url) if not asked.url.startswith((address, "data:")) else None)
    page.on("response", lambda given: noted.append(given.url) if given.status >= 400 else None)
    page.on("console", lambda said: noted.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: noted.append(str(error)))
    yield noted
    assert noted == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_evidence_shows_the_register_beside_the_model(page, address, wrong, told, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}evidence?{LINK}")
    for kind in sim.KINDS:
        inside = told["milestones"][kind]["inside"]
        expect(page.locator(f"#inside-{kind}")).to_have_text(f"{inside} of 13")
        expect(page.locator(f"#evidence-{kind} .scatterlayer .point")).to_have_count(26)
    expect(page.locator("#misses li")).to_have_text(told["misses"])
    expect(page.get_by_role("heading", name="A turning point?")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_a_link_that_says_nonsense_gets_one_sentence(page, address):
    page.goto(f"{address}evidence?lens=astrology")
    expect(page.locator("#evidence-message")).to_contain_text("lens is 'astrology', expected one of")


@pytest.mark.browser
def test_method_finds_a_dial_and_runs_a_classic(page, address, wrong):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{address}method")
    expect(page.locator("#dial-rows tr")).to_have_count(len(sim.load("paris-call-2018").dials))
    page.get_by_label("Search").fill("state peers")
    expect(page.locator("#dial-rows tr:visible [scope=row]")).to_contain_text(["state peers"])
    page.get_by_role("button", name=re.compile("Run it: Barrett")).click()
    expect(page.locator("#classic-barrett-1994 tbody tr")).to_have_count(2)
    expect(page.locator("#classic-barrett-1994")).to_contain_text("✓ yes")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
