"""Downloads of a view: tables, a manifest that repeats the run, pictures, and a brief on paper."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from test_names_and_conduct import LABELS

import sim
from dashboard.brief import is_own, link_of
from dashboard.data.brief import command_of
from dashboard.data.tables import as_csv
from dashboard.data.words import KINDS
from dashboard.pages.negotiate.answers import told_of
from dashboard.view import view_of
from sim.number_formats import TO, count, percent, percent_interval
from sim.results.manifest import read_manifest

FEW = "worlds=3"
VIEW = (
    "scenario=great-powers-sign&choose=who:USA,CHN&lens=realist&set=monitoring:0.5"
    f"&branch=12:BRA:signs&{FEW}&seed=4"
)
BRANCHES = f"{VIEW}&branch=20:CHN:stays-out&branch=24:KEN,NPL:approached&branch=30:monitoring:0.9"


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return view_of(VIEW).run()


def table(client: FlaskClient, path: str, query: str = VIEW) -> pd.DataFrame:
    """A download opened in pandas."""
    response = client.get(f"/data/{path}?{query}")
    assert response.status_code == 200
    return (pd.read_parquet if path.endswith("parquet") else pd.read_csv)(io.BytesIO(response.data))


# Tables and the manifest


def test_csv_and_parquet_hold_the_same_and_say_what_each_number_rests_on(client):
    as_csv, as_parquet = table(client, "run.csv"), table(client, "run.parquet")
    pd.testing.assert_frame_equal(as_csv, as_parquet, check_dtype=False)
    assert len(as_csv) == 3 * 73
    assert (
        as_csv["registered"].count() == as_csv["registered_on"].count() == 3 * 63
    )  # from the launch on
    in_next_round = as_csv.groupby("kind")["date"].shift(-1, fill_value="9999-12-31")
    assert (as_csv["registered_on"].dropna() < in_next_round[as_csv["registered_on"].notna()]).all()
    assert set(as_parquet["basis_of_registered"]) == {"the public register"}
    assert view_of(as_parquet["view"].iloc[0]) == view_of(VIEW)
    supposed = as_csv["supposing"].iloc[0]
    assert all(
        part in supposed
        for part in ("The great powers sign", "realist", "monitoring 0.5", "Brazil signs")
    )
    assert as_parquet.attrs["supposing"] == supposed
    assert as_parquet.attrs["basis"].startswith("what if")


def test_the_shares_are_those_of_the_run_at_the_round_shown(client, run):
    shares = table(client, "shares.csv", f"{VIEW}&round=3").set_index("id")
    expected = run.courses()["signed"].iloc[3 - run.scenario.first_round]
    pd.testing.assert_series_equal(
        shares["signed"], expected, check_names=False, check_index_type=False, atol=1e-5
    )
    np.testing.assert_allclose(
        shares[["signed", "considered", "not_taken_up"]].sum(axis=1), 1, atol=1e-5
    )
    assert set(shares["date"]) == {"2019-02-12"}
    assert set(table(client, "shares.csv")["round"]) == {62}


def test_motives_and_history_say_whose_they_are_and_of_which_month(client):
    question = "worlds=3&who=USA&by=13"
    motives, history = (
        table(client, path, question) for path in ("explain.csv", "explain/history.csv")
    )
    assert set(zip(motives["round"], motives["date"], strict=True)) == {(13, "2019-12-12")}
    assert set(motives["unit"]) == {"log odds of signing"}
    assert history.set_index("date")["round"]["2019-12-12"] == 13
    assert set(motives["name"]) == set(history["name"]) == {"United States"}


def test_differences_say_what_each_side_supposes_and_which_version_made_them(client):
    rows = table(client, "compare.csv", f"{FEW}&with=scenario%3Dgreat-powers-sign")
    assert set(rows["version"]) == {sim.__version__}
    assert set(rows["first_supposes"]) == {"The Paris Call, 2018"}
    assert set(rows["second_supposes"]) == {"The great powers sign"}


def test_no_number_ends_in_the_noise_of_binary_fractions():
    assert as_csv(pd.DataFrame({"high": [0.1 + 0.2, 51.099999999999994]})) == b"high\n0.3\n51.1\n"


@pytest.mark.parametrize("query", ["round=99", "round=1&round=2"])
def test_a_round_that_is_none_is_refused(client, query):
    response = client.get(f"/data/shares.csv?worlds=1&{query}")
    assert response.status_code == 400
    assert "round" in response.get_json()["message"]


def test_the_manifest_repeats_the_run_to_the_bit(client, run, tmp_path):
    file = tmp_path / "manifest.json"
    file.write_bytes(client.get(f"/data/manifest.json?{VIEW}").data)
    manifest = read_manifest(file)
    again = sim.run(manifest.scenario, replicates=manifest.replicates, seed=manifest.seed)
    for name in (
        "per_code",
        "taken_up_round",
        "signed_round",
        "listed_round",
        "left_round",
        "status",
    ):
        np.testing.assert_array_equal(
            getattr(run.output, name), getattr(again.output, name), err_msg=name
        )


# Pictures


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_says_by_itself_what_it_shows(page: Page, open_page, scheme: str):
    open_page("?worlds=3&set=monitoring:0.5", scheme)
    expect(page.locator(".graph .point")).to_have_count(3 * 13)
    menu = page.locator("section.card", has=page.locator("#adoption-state")).locator(".download")
    menu.locator("summary").click()
    files = {}
    for kind in ("PNG", "SVG", "CSV, all three"):
        with page.expect_download() as download:
            menu.get_by_text(kind, exact=True).click()
        files[kind] = Path(download.value.path()).read_bytes()
    assert files["PNG"].startswith(b"\x89PNG")
    assert len(files["PNG"]) > 20_000
    words = unquote(files["SVG"].decode()).replace("\u00a0", " ")
    parts = (
        "States on the public list",
        "3 simulated worlds, seed 1",
        "What if, under fitted weights",
        "Supposing: monitoring 0.5",
        "90 % of worlds (runs), luck alone",
        "@font-face { font-family: Inter",
    )
    assert [part for part in parts if part not in words] == []
    assert "rgb(0, 114, 178)" in words  # blue on paper, whatever the scheme
    assert "rgb(138, 203, 245)" not in words
    assert set(pd.read_csv(io.BytesIO(files["CSV, all three"]))["worlds"]) == {3}
    assert (
        pd.read_csv(io.BytesIO(files["CSV, all three"]))["supposing"]
        .str.contains("monitoring 0.5")
        .all()
    )


GREAT = "with=scenario%3Dgreat-powers-sign"


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "figures"),
    [
        ("stakeholder?worlds=3&who=USA", 3),
        (f"compare?worlds=3&{GREAT}", 1),
        ("evidence?worlds=3", 15),
    ],
)
def test_every_figure_has_its_numbers(page: Page, open_page, path: str, figures: int):
    open_page(path)
    expect(page.locator(".card div[role=img] .trace").nth(2)).to_be_attached()
    expect(page.locator(".download")).to_have_count(figures)
    menu = page.locator(".download").nth(2 if figures == 3 else 0)
    if not menu.is_visible():
        page.locator("#open-all").click()
    menu.locator("summary").click()
    expect(menu.get_by_text("PNG", exact=True)).to_have_attribute(
        "aria-label", re.compile(r"PNG: \w+")
    )
    with page.expect_download() as download:
        menu.get_by_text("CSV", exact=True).click()
    numbers = pd.read_csv(download.value.path())
    assert len(numbers) > 10
    assert numbers["basis"].str.contains("fitted").all()


# Paper


@pytest.mark.release
@pytest.mark.browser
def test_paper_has_every_figure_and_the_address_and_nothing_lies_over_a_neighbour(
    page: Page, open_page
):
    open_page("negotiate?negotiation=replicates%3D6")
    expect(page.locator("#negotiate-seats .seat")).to_have_count(25)
    expect(page.locator("#negotiate-tally .js-plotly-plot")).to_be_attached()
    page.evaluate(
        "() => dispatchEvent(new Event('beforeprint'))"
    )  # while the figures below have not been in sight
    assert page.locator(".on-paper svg.main-svg:first-child").count() == 2
    expect(page.locator("#print-line")).to_contain_text("/negotiate?negotiation=replicates%3D6")
    page.set_viewport_size({"width": 703, "height": 1000})  # A4
    page.emulate_media(media="print")
    places = """places => places.map(place => place.getBoundingClientRect()).filter((a, k, all) =>
        all.some((b, j) => j > k && a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1
    )).length"""
    assert page.locator("#negotiate-seats .seat, .around .middle").evaluate_all(places) == 0


# The brief


def brief(client: FlaskClient, query: str) -> str:
    return words_of(client.get(f"/brief?{query}").text)


def words_of(html: str) -> str:
    """The text of a page."""
    page = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_brief_holds_the_numbers_of_the_run(client):
    text, run = brief(client, FEW), sim.run(replicates=3)
    for kind, rows in run.table().groupby("kind"):
        low, median, high = (
            count(round(rows[edge].iloc[-1], 1)) for edge in ("low", "median", "high")
        )
        assert f"{KINDS[kind]} {low}–{high} {median}" in text
    assert f"China {percent(run.signed['CHN'])}".replace("\N{NO-BREAK SPACE}", " ") in text
    assert command_of(view_of(FEW)) not in text
    assert command_of(view_of(FEW)) in words_of(client.get(f"/brief/file?{FEW}").text)
    assert 'href="./?worlds=3">open this in Parley</a>' in client.get(f"/brief?{FEW}").text
    assert "the address that it prints /?worlds=3" in words_of(
        client.get(f"/brief/file?{FEW}").text
    )
    assert re.search(r"Made with Parley \S+ on \d+ \w+ \d+: 3 simulated worlds", text)
    assert (
        link_of("https://parley.example.org/", "compare", FEW)
        == f"https://parley.example.org/compare?{FEW}"
    )


def test_the_brief_begins_with_what_happened_and_then_says_how_near_the_model_comes(client):
    text, run = brief(client, FEW), sim.run(replicates=3)
    last, record = (
        run.table().query("kind == 'state'").iloc[-1],
        client.get(f"/data/run?{FEW}").json,
    )
    happened = "".join(words for words, _ in record["happened"])
    assert text.startswith(happened)
    assert "81 by January 2024: Washington only in 2021, Beijing and Moscow never" in happened
    assert f"The model ends at {count(last['median'])} states, between" in text
    assert client.get(f"/data/run?{FEW}&set=monitoring:0.5").json["happened"] == []
    assert all(words in text for words in ("fitted to the register", "not a forecast"))


@pytest.mark.parametrize("asked", [FEW, f"{FEW}&who=BRA", f"{FEW}&with=scenario%3Dstates-only"])
def test_a_brief_is_of_the_whole_run_whatever_month_a_page_shows(client, asked):
    """An old address with a month tells of the end, as its chart does."""
    paused = client.get(f"/brief?{asked}&round=3")
    assert paused.status_code == 200
    without_address = re.compile(r'href="[^"]*"|\?\S*')
    assert re.sub(without_address, "", paused.text) == re.sub(
        without_address, "", client.get(f"/brief?{asked}").text
    )
    assert "12 January 2024" in paused.text.replace("\u00a0", " ")
    assert "February 2019" not in paused.text.replace("\u00a0", " ")
    name = client.get(f"/brief/file?{asked}&round=3").headers["Content-Disposition"]
    assert "2019-02" not in name


@pytest.mark.browser
def test_no_page_takes_its_month_to_the_brief(page: Page, open_page):
    for path in ("", "compare"):
        open_page(f"{path}?{FEW}&round=3")
        expect(page.locator("#to-brief")).to_have_attribute("href", re.compile("worlds="))
        expect(page.locator("#to-brief")).not_to_have_attribute("href", re.compile("round="))


def test_the_brief_names_every_supposition_and_sets_the_baseline_beside_it(client):
    text = brief(client, f"{FEW}&branch=0:USA:signs&may_sign=states")
    assert "Supposing only states may sign; the United States signs from November 2018" in text
    assert re.search(
        r"(with no clear change from|as many as in|(more|fewer) than in) the Paris Call as it was",
        text,
    )
    assert "what if, under fitted weights" in text
    assert "fitted to the register." not in text
    assert "Likelier to sign" in text or "Nobody is likelier to sign" in text
    assert "United States 100 %" in text


def test_the_brief_says_what_it_is_on_that_its_day_is_simulated_and_where_the_great_powers_stand(
    client,
):
    text = brief(client, FEW)
    assert "Brief on “The Paris Call, 2018”" in text
    of_powers = brief(client, f"{FEW}&scenario=great-powers-sign")
    whole = (
        "Brief on “The great powers sign” Supposing the United States, China and Russia sign from"
        " November 2018."
    )
    assert whole in of_powers
    _, _, supposed = of_powers.partition("Supposed to sign with it without ")
    assert all(
        f"{name} 100 %" in supposed.partition("Share of")[0]
        for name in ("China", "Russia", "United States")
    )
    assert re.search(
        r"China .* United States .* Russia .* India", supposed.partition("listed since")[2]
    )
    assert "?" not in text.partition("simulated up to")[2].partition("To repeat it")[0]
    assert "simulated up to 12 January 2024" in text
    for name, since in (("China", "never"), ("United States", "Nov 2021"), ("Russia", "never")):
        assert re.search(rf"{name} \d+ % {since}", text), name


def test_the_brief_counts_what_it_has_no_room_to_name(client):
    assert "and 3 more, in the manifest" in brief(client, BRANCHES)


def test_the_brief_tells_of_the_stakeholder_asked_about(client):
    text = brief(client, f"{FEW}&branch=0:CHN:signs&who=usa")
    share = r"\d+ % of 3 worlds,( against \d+ %| as) in the Paris Call as it was"
    assert re.search(f"The United States: in by January 2024 in {share}", text)
    assert (
        "The page Stakeholder counts 200 worlds, so its shares may differ by a few points." in text
    )
    assert "The United States joined by 11 November 2021" in text
    of_firm = brief(client, f"{FEW}&who=Microsoft")
    assert re.search(r"Microsoft: in by January 2024 in \d+ % of 3 worlds It", of_firm)
    assert (
        "Microsoft joined at the launch, 12 November 2018 (The Hill, 13 November 2018)." in of_firm
    )
    refused = client.get("/brief?who=Atlantis")
    assert refused.status_code == 400
    assert "Atlantis" in refused.get_json()["message"]


def test_the_brief_of_a_question_on_a_stakeholder_begins_with_the_answer_of_the_page(client):
    question = "worlds=20&who=USA&by=13&aim=in"
    text, page = brief(client, question), client.get(f"/data/explain/changes?{question}").json
    answer = page["answer"]
    assert f"Brief on “The Paris Call, 2018”: {answer['question'].replace('What', 'what')}" in text
    *lines, asked = [
        (lead, re.sub(" ?The brackets hold [^.]+[.]", "", words)) for lead, words in answer["lines"]
    ]
    assert asked == ("What is asked", answer["enough"])
    explained = client.get(f"/data/explain?{question}").json
    told = [
        *map(": ".join, lines),
        explained["happened"],
        explained["in_words"],
        answer["aside"],
        answer["enough"],
    ]
    assert "when it really joined" in explained["in_words"]
    assert [words for words in told if words.replace("\N{NO-BREAK SPACE}", " ") not in text] == []
    miss, _, change = answer["headline"].partition(". ")
    told = f"{miss}. In the model, i{change[1:].partition(', not ')[0]}"
    assert told.replace("\N{NO-BREAK SPACE}", " ") in text
    weaker = [each for each in page["changes"] if not (each["borne"] and each["told_from_zero"])]
    drawn = text.partition("weaker evidence: no answer rests on it")[2].partition(
        "share of 20 worlds"
    )[0]
    assert not any(
        each["in_short"][1:] in text.replace(drawn, "") for each in weaker if each["change"]
    )
    for change in [each for each in page["changes"] if each not in weaker]:
        of_weights = (
            f" {percent_interval(*change['of_weights'], between=TO)}"
            if change["of_weights"]
            else ""
        )
        share = percent(change["share_after"]) + of_weights
        assert change["what"].partition(" (")[0][1:] in text
        assert not change["change"] or share.replace("\N{NO-BREAK SPACE}", " ") in text
        assert change["footing"].partition(":")[0].lower() in text
    assert "--by 13 --aim in" in words_of(client.get(f"/brief/file?{question}").text)


def test_the_brief_of_a_comparison_sets_b_beside_a_and_leads_with_whom_follows(client):
    query = f"{FEW}&with=scenario%3Dgreat-powers-sign&with=lens%3Drealist"
    text, a = brief(client, query), sim.run(replicates=3)
    b = sim.run("great-powers-sign", replicates=3)
    firms = count(b.table().query("kind == 'firm'").iloc[-1]["median"])
    assert re.search(rf"B, The great powers sign\. .*he model puts {firms} firms on the list", text)
    assert re.search(r"(more than in|no clear change from) A", text)
    assert "beyond those supposed to sign" in text
    assert "C, lens realist:" in text
    assert "More in B than in A" in text
    others = [who for who in b.signed if who not in ("USA", "CHN", "RUS")]
    most = max(others, key=lambda who: (round(b.signed[who] - a.signed[who], 9), who))
    gap = b.signed[most] - a.signed[most]
    ties = [who for who in others if abs(b.signed[who] - a.signed[who] - gap) < 1e-9]
    name, moved = a.directory().set_index("id")["name"][min(ties)], min(ties)
    said = f"{percent(b.signed[moved])} {percent(a.signed[moved])}".replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert re.search(rf"{re.escape(name)} {said}", text)
    assert client.get(f"/brief?{FEW}&with=scenario%3Dnowhere").status_code == 400


def test_the_brief_of_talks_tells_the_outcome_who_blocks_and_how_much_room_there_is(client):
    text, talks = (
        brief(client, "negotiation=replicates%3D6"),
        sim.negotiate("un-gge-2017", replicates=6),
    )
    told = told_of(talks.answer)
    assert f"{told['verdict']}: {told['outcome']}" in text
    for words in (*(part["words"] for part in told["parts"]), told["room"]["finding"]):
        assert " ".join(words.split()) in text
    most = next(iter(talks.provisions))
    level = talks.table().set_index("provision").loc[most]
    row = f"{most} {percent(level['in_force'])} {percent(level['tabled'])} {percent(level['text'])}"
    assert " ".join(row.split()) in text
    blocker = max(talks.seats().to_dict("records"), key=lambda seat: seat["blocks"])
    row = f"{blocker['name']} {percent(blocker['blocks'])} {blocker['over']}"
    assert row.replace("\N{NO-BREAK SPACE}", " ") in text
    kept_file = words_of(client.get("/brief/file?negotiation=replicates%3D6").text)
    assert "parley negotiate un-gge-2017 --replicates 6" in kept_file
    changed = sim.negotiate("un-gge-2017", replicates=6, set={"rule": "majority"})
    adopted, kept = changed.drafts.is_adopted.sum(), percent(changed.share_left())
    saved = (
        f"; a majority vote in place of consensus ({adopted}, keeps {kept}; 13 of 25 seats are"
        " enough)"
    )
    assert "What would have saved them: worlds of 6 with a text" in text
    assert saved.replace("\N{NO-BREAK SPACE}", " ") in text
    assert "by majority" not in text


def test_the_brief_of_a_vote_lists_the_outvoted_and_does_not_ask_why_talks_failed(client):
    text, talks = (
        brief(client, "negotiation=replicates%3D6%26set%3Drule%3Amajority"),
        sim.load_talks("un-gge-2017"),
    )
    assert "Changed: a vote, by majority." in text
    assert talks.question not in text
    outvoted = sim.negotiate(talks, replicates=6, set={"rule": "majority"}).unwilling()
    assert f"against them: {len(outvoted)} of 25 seats" in text
    for seat in outvoted.to_dict("records"):
        assert (
            f"{seat['name']} {percent(seat['share'])} {seat['over']}".replace(
                "\N{NO-BREAK SPACE}", " "
            )
            in text
        )


def test_the_brief_as_a_file_needs_nothing_else(client):
    answer = client.get(f"/brief/file?{FEW}")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert (
        re.findall(r'(?:src|href)="(?!data:)([^"]*)"|url\("(?!data:)([^"]*)"\)', answer.text) == []
    )
    assert "<script" not in answer.text
    assert "To repeat it" in words_of(answer.text)


@pytest.mark.parametrize(
    ("root", "own"),
    [("http://127.0.0.1:8050/", True), ("http://localhost/", True), ("http://[::1]:80/", True),
     ("https://parley.example.org/", False), ("http://192.168.1.5:8050/", False)],
)  # fmt: skip
def test_an_address_of_this_machine_is_told_from_one_that_others_can_open(root, own):
    assert is_own(root) is own


def test_the_command_of_the_brief_repeats_the_view():
    options = "--replicates 3 --seed 4 --lens realist --set monitoring=0.5 --choose who=USA,CHN"
    assert command_of(view_of(VIEW)) == f"parley run great-powers-sign {options}"


def test_the_brief_tells_fitted_from_assumed_and_holds_no_conduct(client):
    text = brief(client, FEW)
    assert "fitted to the register" in text
    assert "assumed" in text
    assert [label for label in LABELS if label.lower() in text.lower()] == []


def test_a_wrong_brief_is_a_plain_page(client):
    response = client.get("/brief?scenario=%3Cb%3E", headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "<b>" not in response.text
    assert "The link: there is no scenario" in response.text
    assert "the page Simulate lists those that there are" in response.text
    assert not any(name in response.text for name, _, _ in sim.available())


@pytest.mark.long
@pytest.mark.browser
def test_the_brief_is_one_page_of_paper_and_leads_back(page: Page, open_page):
    asked = "scenario=states-only&worlds=6&who=USA&by=13&aim=in"
    for query in (
        asked,
        f"{BRANCHES}&who=BRA",
        "negotiation=replicates%3D6",
        "worlds=3&may_sign=firms",
    ):
        open_page(f"brief?{query}", width=794)
        paper = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1, query
        sizes = (
            "[...document.querySelectorAll('.sheet *')].map(e =>"
            " parseFloat(getComputedStyle(e).fontSize))"
        )
        assert min(page.evaluate(sizes)) >= 14
    page.goto(page.url.replace("worlds=3&may_sign=firms", BRANCHES))
    page.get_by_role("link", name="Back to the view").click()
    expect(page.locator("#branches")).to_contain_text("signs")


@pytest.mark.long
@pytest.mark.browser
def test_the_brief_can_be_read_by_everybody(page: Page, open_page):
    open_page(f"brief?{FEW}&branch=0:USA:signs&who=BRA", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Axe().run(page).response["violations"] == []
