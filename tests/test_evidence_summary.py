"""The record of evidence in short and in plain words: what the page Evidence says first, and what
no page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

import sim
from dashboard.data.plain_words import IN_SOURCES, plain, plain_document
from dashboard.pages.evidence.layout import LEADS, OF_THE_RECORD
from sim.evidence.comparisons import best_rival, with_rivals
from sim.evidence.scores import HEADLINE_SPLIT

# Names of the code, as a visitor would see them: snake_case, hashes, files, commands.
OF_THE_CODE = re.compile(
    r"\b[a-z]{2,}(?:_[a-z0-9]{2,})+\b|\b(?=[a-f]*\d)[0-9a-f]{12,}\b"
    r"|\.(?:py|csv|toml|md|json)\b|\bparley [a-z]+\b|--[a-z]"
)
SIDE = "ridge on the text's side"  # the best model without Parley


@pytest.fixture(scope="module")
def record() -> sim.Evidence:
    return sim.evidence_on_record()


@pytest.fixture(scope="module")
def summary(record) -> dict[str, Any]:
    return record.summary


def test_three_sentences_come_first_each_with_a_number_of_the_record(client, record, summary):
    assert client.get("/data/evidence/summary").get_json() == summary
    states = record.content["backtest"]["states"]
    right = sum((each["share"] > 0.5) == bool(each["signed"]) for each in states)
    assert [lead["question"] for lead in summary["leads"]] == list(LEADS)
    assert summary["leads"][0]["number"] == f"{right} of {len(states)}"
    assert summary["leads"][2]["number"] == "Nobody"
    days = [
        ([inside["with_uncertainty"] for inside in day["inside"].values()], day["of"])
        for day in record.content["backtest"]["time_split"].values()
    ]
    held, of = min(days, key=lambda day: min(day[0]) / day[1])
    worst = [
        each for each in held if each == min(held)
    ]  # of each kind that is as bad, and all of their counts
    assert summary["leads"][1]["number"] == f"{of * len(worst) - sum(worst)} of {of * len(worst)}"
    assert summary["leads"][1]["counts"].startswith("times wrong about how many")


def test_how_it_ranks_states_beside_simple_statistics_is_read_from_the_record(record, summary):
    best = best_rival(record.content["backtest"], "auc")
    assert not best.clear
    assert (
        "It ranks states no better than simple statistics: of 100 pairs"
        in summary["leads"][0]["sentence"]
    )
    content = deepcopy(dict(record.content))
    for each in content["backtest"]["differences"]["leave_one_region_out"].values():
        each["auc"] = {"value": -0.1, "low": -0.2, "high": -0.05}
    assert (
        "It ranks states worse than simple statistics"
        in sim.Evidence(content).summary["leads"][0]["sentence"]
    )


def test_the_leading_figure_comes_with_its_range_and_with_what_hindsight_adds(record, summary):
    sentence, backtest = summary["leads"][0]["sentence"], record.content["backtest"]
    without_club = backtest["robustness"]["without_club"]["scores"]["parley"]["auc"]
    assert (
        f"put in knowing who had signed; without it, Parley puts {100 * without_club:.0f} right"
        in sentence
    )
    low, high = map(int, re.search(r"regions drawn anew: (\d+)–(\d+)\.", sentence).groups())
    right = int(summary["leads"][0]["number"].split()[0])
    alone = (
        1.645 * (right * (1 - right / len(backtest["states"]))) ** 0.5
    )  # if every state were on its own
    assert low < right < high
    assert high - low > 2 * alone


def test_a_range_with_all_counts_says_where_its_middle_is_far_off(record, summary):
    forecast = record.content["backtest"]["time_split"]["2019-09-16"]
    last = [row for row in forecast["dates"] if row["kind"] == "state"][-1]
    off = (
        f"its middle ran high: {last['with_uncertainty']['median']:.0f} against"
        f" {last['registered']} at the end"
    )
    for said in (summary["leads"][1]["sentence"], summary["answers"]["unseen-dates"]):
        assert off in said
    assert off in summary["findings"]["later-0-state"]
    assert "its middle" not in summary["findings"]["later-1-state"]  # which is near
    assert "its middle" not in summary["findings"]["later-0-firm"]  # whose range has no count


def test_where_another_model_does_better_the_answer_names_it_and_its_score(record, summary):
    part, answer = record.content["instruments"], summary["answers"]["instruments"]
    worst = part["instruments"]["budapest"]
    ends = "–".join(f"{100 * worst['interval'][end]:.0f}" for end in ("low", "high"))
    rival = 100 * worst["baselines"][SIDE]
    ours = f"{100 * worst['auc']:.0f}"
    told = f"{ours} (90\u00a0% range {ends}) against {rival:.0f}."
    assert f"On the Convention on Cybercrime Parley is clearly worse: {told}" in answer


def test_a_table_has_the_pairs_put_right_by_either_weights(record, summary):
    means, rows = record.content["instruments"]["means"], summary["tables"]["instruments"]["rows"]
    calls = ("parley, fitted to the Paris Call alone", "flat ridge of the Paris Call")
    models = {"other texts": ("parley", SIDE), "the Paris Call": calls}
    assert rows == [
        [words, weights, *(f"{100 * means[each][key]:.0f}" for each in models[weights])]
        for key, texts in (("instruments", "all 26"), ("open", "the 16 open ones"))
        for words, weights in ((texts, "other texts"), ("", "the Paris Call"))
    ]
    blind = f"on state-led texts they put {100 * means[calls[1]]['closed']:.0f} of 100 pairs right"
    assert blind in summary["details"]["instruments"][1]


def test_the_figure_of_other_texts_is_headed_by_the_rival_that_its_answer_names(record, summary):
    part, finding, answer = (
        one["instruments"] for one in (record.content, summary["findings"], summary["answers"])
    )
    gaps = [each["differences"][SIDE] for each in part["instruments"].values()]
    ours, theirs = (100 * part["means"][one]["instruments"] for one in ("parley", SIDE))
    assert part["differences"][SIDE]["low"] < 0 < ours - theirs
    rival = f"simple statistics ({theirs:.0f})."
    assert finding.startswith(f"{ours:.0f} of 100 pairs right, not clearly more than {rival}")
    assert (
        f"{ours:.0f} of 100 pairs right (one state that joined, one that did not), simple"
        " statistics" in answer
    )
    assert f"simple statistics {theirs:.0f}." in answer
    ahead, behind = sum(gap["low"] > 0 for gap in gaps), sum(gap["high"] < 0 for gap in gaps)
    assert finding.endswith(
        f"Text by text, clearly ahead on {ahead} of {len(gaps)}, clearly behind on {behind}"
    )


def test_a_text_with_two_scores_says_why(record, summary):
    (of_code,) = [
        each
        for each in record.content["transfer"]
        if each["name"] == "budapest" and each["without"]
    ]
    of_text, best = (
        record.content["instruments"]["instruments"]["budapest"],
        of_code["baselines"]["flat ridge"]["auc"],
    )
    answer, (fits, _, untold) = summary["answers"]["elsewhere"], summary["details"]["elsewhere"]
    ours, theirs, common = (
        f"{100 * each:.0f}" for each in (of_code["auc"], best["score"], of_text["auc"])
    )
    assert f"{ours} on the Convention on Cybercrime (simple statistics {theirs})" in answer
    assert f"With weights from other texts Parley puts right {common} and" in answer
    table = summary["tables"]["elsewhere"]
    rival = f"{100 * of_text['baselines'][SIDE]:.0f}"
    first, second = table["rows"][:2]
    assert first == ["Convention on Cybercrime", "other texts", f"▽ {common}", rival]
    assert second == ["", "the Paris Call", f"▽ {ours}", theirs]
    assert table["notes"] == ["▽ Parley clearly behind."]
    assert "fitted to all texts but those of the same family" in fits
    assert "who belongs to the Budapest Convention and the Freedom Online Coalition" in untold


def test_a_score_that_is_not_clearly_apart_has_no_mark(record):
    content = deepcopy(dict(record.content))
    for each in content["transfer"]:
        for of_model in each["baselines"].values():
            of_model["auc"]["difference"] = {"value": -0.1, "low": -0.2, "high": 0.1}
    rows = sim.Evidence(content).summary["tables"]["elsewhere"]["rows"]
    assert not [row for row in rows if row[1] == "the Paris Call" and row[2][0] in "▲▽"]


def test_curves_that_foresee_totals_better_are_named_with_both_numbers(record, summary):
    told = summary["details"]["unseen-dates"][0]
    assert "“last pace” is nearer to the states (4.7 off on average, Parley 5.5)" in told
    assert "“no change” is nearer to the NGOs" in told
    assert (
        "“saturating exponential” has 7 of 7 counts of firms and NGOs in its range, Parley 5 and 4"
        in told
    )
    said = [one for day in ("2019-09-16", "2019-12-31") for one in record.sentences[f"later {day}"]]
    assert sum("the curve" in one for one in said) == 3  # two by distance, one by dates held
    content = deepcopy(dict(record.content))
    for day in content["backtest"]["time_split"].values():
        for kind, curves in day["curves"].items():
            day["inside"][kind]["with_uncertainty"] = day["of"]
            for curve in curves.values():
                curve["expected"] = [1e6] * day["of"]
    assert sim.Evidence(content).summary["details"]["unseen-dates"][0].startswith("No curve")


def test_a_group_at_the_edge_of_luck_is_said_to_be_there(record, summary):
    assert (
        summary["findings"]["calibration"]
        == "All 5 groups lie within luck, 2 at its very edge: 44\u00a0% signed where it said"
        " 30\u00a0% and 53\u00a0% where it said 64\u00a0%"
    )
    content = deepcopy(dict(record.content))
    groups = content["backtest"]["against_perfection"][HEADLINE_SPLIT]["calibration"]
    groups[2]["observed"] += 0.1
    told = sim.Evidence(content).summary["findings"]["calibration"]
    assert told.startswith("4 of 5 groups lie within luck, 1 at its very edge: 53")
    assert told.endswith("; beyond it 54\u00a0% signed where it said 30\u00a0%")


def test_conclusions_hold_under_so_many_sets_and_not_under_any(record, summary):
    sets = len(record.content["conclusions"]["assumptions"])
    assert f"hold under all {sets} sets of assumptions tried" in summary["answers"]["conclusions"]


def test_the_heading_counts_whoever_does_clearly_worse_by_either_score(record, summary):
    rivals = with_rivals(record.content["backtest"], HEADLINE_SPLIT)
    worse = [(each.score, each.model) for each in rivals if each.better and each.clear]
    assert {score for score, _ in worse} == {"brier"}
    assert f"{len(worse)} do clearly worse" in summary["findings"]["models"]
    assert "none of the 5 is clearly apart" in summary["findings"]["models-auc"]
    assert f"{len(worse)} of the 5 clearly worse" in summary["findings"]["models-brier"]


def test_every_question_of_the_record_has_an_answer_in_a_sentence(summary):
    assert set(summary["answers"]) == set(OF_THE_RECORD)
    assert all(answer.endswith(".") and len(answer) < 340 for answer in summary["answers"].values())


def test_a_record_that_says_otherwise_gives_other_sentences(record, summary):
    content = deepcopy(dict(record.content))
    for day in content["backtest"]["time_split"].values():
        for inside in day["inside"].values():
            inside["with_uncertainty"] = day["of"]
    for each in content["backtest"]["states"]:
        each["share"] = 0.9 if each["signed"] else 0.1
    otherwise = sim.Evidence(content).summary
    assert otherwise["leads"][0]["number"] == "193 of 193"
    assert otherwise["leads"][1]["number"] == "0 of 193"
    assert otherwise["findings"]["later-0-firm"] != summary["findings"]["later-0-firm"]


def test_sentences_in_short_say_no_word_of_statistics_or_of_the_code(summary):
    texts = [
        text
        for part in (*summary["leads"], summary["answers"], summary["findings"])
        for text in part.values()
    ]
    texts += [text for part in summary["details"].values() for text in part]
    assert [text for text in texts if re.search(r"AUC|Brier|likelihood|log score", text)] == []
    assert [text for text in texts if OF_THE_CODE.search(text)] == []


def test_plain_words_keep_every_number_of_the_document_and_no_name_of_the_code(record):
    def texts(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            for key, value in part.items():
                yield from texts(value) if key not in ("kind", "name", "align") else ()
        elif isinstance(part, list):
            for each in part:
                yield from texts(each)
        elif isinstance(part, str):
            yield part

    document = record.document.as_json()
    plain_texts = list(texts(plain_document(document)))
    assert [text for text in plain_texts if OF_THE_CODE.search(text.replace(IN_SOURCES, ""))] == []
    said = [sentence for sentences in record.sentences.values() for sentence in sentences]
    numbers = re.compile(r"(?<![\w_])\d+(?:\.\d+)?(?!\w)")
    assert [one for one in said if numbers.findall(plain(one)) != numbers.findall(one)] == []
