"""What the report says turns with the record: each number in a sentence, and each verdict."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

import sim
from sim.evidence.comparisons import SPLIT_WORDS, Comparison, Standing, comparisons
from sim.evidence.conclusions import DOES_NOT, HOLDS, UNDECIDED
from sim.evidence.record import Evidence
from sim.evidence.report.conduct import support
from sim.evidence.report.dates import standard_error
from sim.evidence.report.page import first_page
from sim.evidence.report.states import findings
from sim.evidence.report.summary import values_of
from sim.evidence.report.transfer import unseen
from sim.evidence.scores import HEADLINE_SPLIT, NARROW, TRIVIAL, WIDE

DAY, OTHER_DAY = "2019-09-16", "2019-12-31"
OTHERS = (
    "base rate",
    "freedom alone",
    "flat ridge",
    "flat ridge, 27 covariates",
    "random forest",
    "Gaussian process",
    "ensemble",
)
RIVALS = OTHERS[2:]
Content = dict[str, Any]


@pytest.fixture
def content() -> Content:
    """The shipped record, to be changed."""
    return deepcopy(dict(sim.evidence_on_record().content))


def text(content: Content, subject: str) -> str:
    return " ".join(Evidence(content).sentences[subject])


@pytest.mark.parametrize(
    ("path", "value", "subject", "said"),
    [
        (("backtest", HEADLINE_SPLIT, "parley", "auc"), 0.612, "headline", "61 of 100 pairs"),
        (("backtest", HEADLINE_SPLIT, "parley", "auc"), 0.612, "states", "AUC 0.612"),
        (("backtest", HEADLINE_SPLIT, "parley", "brier"), 0.345, "states", "0.345"),
        (
            ("backtest", "structural", HEADLINE_SPLIT, "random forest", "auc"),
            0.987,
            "states",
            "random forest by AUC",
        ),
        (
            ("backtest", "robustness", "outside_union", "scores", "parley", "auc"),
            0.613,
            "robustness",
            "AUC 0.613",
        ),
        (
            ("backtest", "robustness", "without_club", "scores", "parley", "brier"),
            0.346,
            "robustness",
            "0.346",
        ),
        (("backtest", "robustness", "outside_union", "states"), 111, "robustness", "111 states"),
        (("backtest", "time_split", DAY, "open"), 55, f"later {DAY}", "55 states had not signed"),
        (("backtest", "time_split", DAY, "auc", NARROW), 0.61, f"later {DAY}", "AUC 0.61"),
        (("backtest", "time_split", DAY, "gradient"), 7.5, f"later {DAY}", "gradient of 7.5"),
        (
            ("backtest", "negative_control", "auc"),
            [0.2, 0.9],
            "control",
            "2 shuffles lie between AUC 0.20 and 0.90",
        ),
        (
            ("backtest", "negative_control", "verdict"),
            "Something is found.",
            "control",
            "Something is found.",
        ),
        (("in_sample", "worlds"), 77, "in_sample", "77 worlds"),
        (("recovery", "draws"), 3, "recovery", "3 draws"),
        (("recovery", "worlds"), 1, "recovery", "1 world were"),
        (
            ("calibration", "contagion", "firm"),
            {"verdict": "no_weight", "gain": 0.0, "dials": []},
            "calibration",
            "gets a weight among firms: contagion is not shown by",
        ),
        (("transfer", 0, "brier"), 0.171, "transfer", "0.171"),
    ],
)
def test_a_number_of_the_record_is_the_number_that_is_said(
    content: Content, path: tuple[Any, ...], value: Any, subject: str, said: str
) -> None:
    assert said not in text(content, subject)
    *parts, last = path
    place: Any = content
    for part in parts:
        place = place[part]
    place[last] = value
    assert said in text(content, subject)


@pytest.mark.parametrize(
    ("score", "value", "half", "standing"),
    [
        ("auc", 0.1, 0.05, Standing.CLEARLY_BETTER),
        ("auc", 0.1, 0.2, Standing.BETTER),
        ("auc", -0.1, 0.05, Standing.CLEARLY_WORSE),
        ("auc", -0.1, 0.2, Standing.WORSE),
        ("brier", -0.1, 0.05, Standing.CLEARLY_BETTER),
        ("brier", 0.1, 0.2, Standing.WORSE),
        ("brier", 0.0, 0.1, Standing.SAME),
    ],
)
def test_who_does_better_and_how_clearly_follows_the_difference(
    score: str, value: float, half: float, standing: Standing
) -> None:
    ends = value - half, value + half
    of = Comparison("ten_fold", score, "random forest", 0.5, 0.5 - value, value, *ends)
    assert of.standing == standing


def test_every_number_of_a_comparison_is_the_records(content: Content) -> None:
    backtest = content["backtest"]
    compared = list(comparisons(backtest))
    assert {(each.split, each.score) for each in compared} == {
        (s, n) for s in SPLIT_WORDS for n in ("auc", "brier")
    }
    for each in compared:
        gap = backtest["differences"][each.split][each.model][each.score]
        scores = (backtest[each.split][model][each.score] for model in ("parley", each.model))
        assert [each.ours, each.theirs] == list(scores)
        assert [each.value, each.low, each.high] == [gap["value"], gap["low"], gap["high"]]


def set_gap(
    content: Content, score: str, ours: float, theirs: float, half: float, splits: Any = SPLIT_WORDS
) -> None:
    """Every other model gets the score *theirs*, with an interval of the difference of *half* on
    each side.
    """
    for split in splits:
        for model, scores in content["backtest"][split].items():
            scores[score] = ours if model == "parley" else theirs
        for gaps in content["backtest"]["differences"][split].values():
            gap = ours - theirs
            gaps[score] = {"value": gap, "low": gap - half, "high": gap + half, "draws": 9}


def test_where_another_model_wins_anywhere_it_is_said(content: Content) -> None:
    for score, ours, theirs in (("auc", 0.9, 0.8), ("brier", 0.1, 0.2)):
        set_gap(content, score, ours, theirs, 0.05)
    assert "In none of" in text(content, "states")
    set_gap(content, "brier", 0.2, 0.1, 0.05, ["ten_fold"])
    assert "In none of" not in text(content, "states")
    assert "random forest by Brier score with a tenth left out (0.100 to 0.200, clearly)" in text(
        content, "states"
    )


@pytest.mark.parametrize(
    ("half", "words"), [(0.05, "clearly worse than"), (0.5, "worse than, but not clearly,")]
)
def test_models_are_sorted_into_better_and_worse(content: Content, half: float, words: str) -> None:
    set_gap(content, "auc", 0.8, 0.9, half)
    assert f"By AUC Parley is {words} flat ridge" in text(content, "states")


def test_nothing_is_won_against_trivial_models(content: Content) -> None:
    """Where Parley does better than these alone, clearly, it wins nothing."""
    for score, ours, theirs in (("auc", 0.9, 0.95), ("brier", 0.1, 0.05)):
        set_gap(content, score, ours, theirs, 0.01)
        for split in SPLIT_WORDS:
            for model in TRIVIAL:
                gap = ours - (1 - theirs)
                content["backtest"][split][model][score] = 1 - theirs
                content["backtest"]["differences"][split][model][score] = {
                    "value": gap, "low": gap - 0.01, "high": gap + 0.01, "draws": 9
                }  # fmt: skip
    said = text(content, "states")
    of = 2 * len(SPLIT_WORDS) * len(RIVALS)
    assert f"Of {of} comparisons with models that learn" in said
    assert f"another does as well or better in {of}:" in said
    assert "Parley clearly does better in 0." in said
    assert "clearly better than base rate" not in said
    assert "Base rate and freedom alone are trivial" in said
    assert "Parley does better than either throughout" in said


def test_a_trivial_model_that_does_better_is_named(content: Content) -> None:
    gap = {"value": -0.1, "low": -0.2, "high": -0.05, "draws": 9}
    content["backtest"]["differences"]["ten_fold"]["freedom alone"]["auc"] = gap
    assert "it loses to freedom alone by AUC with a tenth left out" in text(content, "states")


# The headline without the convenor's club, and outside the Union.


def set_variants(content: Content, value: float, half: float) -> None:
    """In each variant Parley has AUC 0.8 and Brier score 0.2, and is better than every other model
    by *value*.
    """
    for variant in content["backtest"]["robustness"].values():
        for model, scores in variant["scores"].items():
            ours = model == "parley"
            scores |= {"auc": 0.8 if ours else 0.8 - value, "brier": 0.2 if ours else 0.2 + value}
        for gaps in variant["differences"].values():
            for score, sign in (("auc", 1), ("brier", -1)):
                gap = value * sign
                gaps[score] = {"value": gap, "low": gap - half, "high": gap + half, "draws": 9}


def test_the_headline_stands_beside_its_value_without_the_club_and_outside_the_union(
    content: Content,
) -> None:
    for name, auc in (
        ("without_club", 0.71),
        ("outside_union", 0.62),
        ("without_club_outside_union", 0.53),
    ):
        content["backtest"]["robustness"][name]["scores"]["parley"]["auc"] = auc
    told = findings(content["backtest"])
    assert told["ours"]["auc"] == content["backtest"][HEADLINE_SPLIT]["parley"]["auc"]
    assert [each["ours"]["auc"] for each in told["variants"]] == [0.71, 0.62, 0.53]
    flattery = Evidence(content).summary["details"]["unseen-states"][0]
    assert re.findall(r"(\d+)(?: of 100 pairs|, without|\.$)", flattery) == ["71", "62", "53"]


@pytest.mark.parametrize(
    ("value", "half", "worse", "clearly_worse", "clearly_better"),
    [(0.1, 0.05, 0, 0, 30), (0.1, 0.2, 0, 0, 0), (-0.1, 0.2, 30, 0, 0), (-0.1, 0.05, 30, 30, 0)],
)
def test_variants_are_counted_by_who_does_better(
    content: Content, value: float, half: float, worse: int, clearly_worse: int, clearly_better: int
) -> None:
    set_variants(content, value, half)
    said = text(content, "robustness")
    assert re.search(
        r"Of these 30 comparisons with models that learn, another does as well or better in"
        rf" {worse}\b.*, clearly in "
        rf"{clearly_worse}; Parley clearly does better in {clearly_better}\.",
        said,
    )
    standings = [
        each.standing for of in findings(content["backtest"])["variants"] for each in of["best"]
    ]
    clear = bool(clearly_worse or clearly_better)
    side = (Standing.CLEARLY_WORSE, Standing.WORSE) if worse else (
        Standing.CLEARLY_BETTER, Standing.BETTER
    )  # fmt: skip
    assert standings == [side[0] if clear else side[1]] * 6


def test_a_model_that_does_better_without_the_club_is_named_with_its_interval(
    content: Content,
) -> None:
    set_variants(content, 0.1, 0.05)
    variant = content["backtest"]["robustness"]["without_club"]
    variant["scores"]["ensemble"]["auc"] = 0.88
    variant["differences"]["ensemble"]["auc"] = {
        "value": -0.08,
        "low": -0.1,
        "high": -0.02,
        "draws": 9,
    }
    assert (
        "best other model is ensemble with 0.880, Parley less it −0.080 (90 % interval −0.100 to"
        " −0.020): ensemble does better, clearly" in text(content, "robustness")
    )
    (club, _) = findings(content["backtest"])["variants"][0]["best"]
    assert (club.model, club.standing) == ("ensemble", Standing.CLEARLY_WORSE)


@pytest.mark.parametrize(
    ("auc", "brier", "helps"), [(1, 1, ""), (0, 1, "one of the two"), (0, 0, "not clearly help")]
)
def test_whether_others_signatures_help_follows_both_scores(
    content: Content, auc: int, brier: int, helps: str
) -> None:
    """Parley without contagion is worse by both scores, clearly by those that are 1."""
    gaps = content["backtest"]["differences"][HEADLINE_SPLIT]["parley without contagion"]
    for score, value, clear in (("auc", 0.3, auc), ("brier", -0.3, brier)):
        half = 0.1 if clear else 0.4
        gaps[score] = {"value": value, "low": value - half, "high": value + half, "draws": 9}
    sentence = next(
        each for each in Evidence(content).sentences["states"] if each.startswith("Fitted without")
    )
    assert helps in sentence
    assert ("no contagion is shown" in sentence) == bool(auc or brier)


def test_the_states_that_are_most_wrong_are_named(content: Content) -> None:
    wrong = {"FRA": (1, 0.05), "TUV": (0, 0.9)}
    for state in content["backtest"]["states"]:
        state["signed"], state["share"] = wrong.get(state["iso3"], (1, 1.0))
    assert re.search(
        r"misses: France \(share 5\s%, signed\), Tuvalu \(share 90\s%, did", text(content, "states")
    )


def test_groups_outside_a_perfect_models_band_are_counted(content: Content) -> None:
    groups = content["backtest"]["against_perfection"][HEADLINE_SPLIT]["calibration"]
    groups[2] |= {"predicted": 0.4, "observed": 0.7, "perfect_high": 0.5}
    assert "In 4 of 5 groups" in text(content, "states")
    assert "predicted 40\u00a0%, observed 70\u00a0%" in text(content, "states")


def test_scores_below_what_chance_allows_say_that_shares_are_too_sure(content: Content) -> None:
    assert "too sure of themselves" not in text(content, "states")
    content["backtest"]["against_perfection"][HEADLINE_SPLIT]["perfect_model"]["auc"] |= {
        "low": 0.99,
        "high": 1.0,
    }
    assert "Parley's AUC is worse than that" in text(content, "states")


def later(content: Content, change: Callable[[Content], None]) -> str:
    """What is said of the first day after a *change*."""
    forecast = content["backtest"]["time_split"][DAY]
    change(forecast)
    return text(content, f"later {DAY}")


@pytest.mark.parametrize(
    ("low", "high", "inside", "failing"),
    [(0, 10_000, 10, ""), (0, 1, 0, "above"), (9000, 10_000, 0, "below")],
)
def test_later_dates_inside_above_and_below_the_wide_interval_are_counted(
    content: Content, low: float, high: float, inside: int, failing: str
) -> None:
    def change(forecast: Content) -> None:
        for row in forecast["dates"]:
            row[WIDE] = {"low": low, "median": low, "high": high}
        for of_kind in forecast["inside"].values():
            of_kind[WIDE] = inside

    said = later(content, change)
    assert f"the wide one {inside} of states, {inside} of firms and {inside} of NGOs" in said
    assert ("Where the wide interval fails" in said) == bool(failing)
    assert not failing or f"firms lie {failing} it on 10" in said


@pytest.mark.parametrize(
    ("low", "high", "words"), [(0, 99, "holds the 13"), (0, 1, "too few"), (90, 99, "too many")]
)
def test_the_number_foreseen_is_right_too_small_or_too_large(
    content: Content, low: float, high: float, words: str
) -> None:
    number = {
        NARROW: {"low": low, "median": low, "high": high},
        WIDE: {"low": 0, "median": 1, "high": 99},
    }
    assert words in later(content, lambda forecast: forecast.update(number=number))


@pytest.mark.parametrize(
    ("fitted", "wide", "words"),
    [
        (0.9, 0.9, "enough to tell both"),
        (0.55, 0.9, "cannot tell one of them"),
        (0.4, 0.55, "cannot tell them"),
    ],
)
def test_a_ranking_that_may_be_chance_is_called_that(
    content: Content, fitted: float, wide: float, words: str
) -> None:
    assert words in later(
        content, lambda forecast: forecast.update(auc={NARROW: fitted, WIDE: wide})
    )


def test_the_standard_error_of_an_auc_is_that_of_the_literature() -> None:
    assert standard_error(0.893, 51, 58) == pytest.approx(
        0.0325, abs=1e-4
    )  # computed by hand from the formula


@pytest.mark.parametrize(
    ("ours", "words"), [(0.99, "none does"), (0.75, "(27 covariates) does"), (0.65, "forest do")]
)
def test_models_without_a_simulator_stand_beside_the_ranking(
    content: Content, ours: float, words: str
) -> None:
    rankings = dict(zip(OTHERS, (0.9, 0.5, 0.6, 0.8, 0.7, 0.4, 0.3), strict=True))
    auc = {NARROW: 0.9, WIDE: ours}
    assert f"{words} better" in later(
        content, lambda forecast: forecast.update(rankings=rankings, auc=auc)
    )


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([0.04, 0.48, 0.48, 0.0], "1.5 and 2.5"),
        ([0, 0, 0, 1.0], "3.5 and 3.5"),
        ([0.06, 0, 0, 0.94], "0.5 and 3.5"),
    ],
)
def test_nine_tenths_of_the_probable_gradients_are_named(
    content: Content, shares: list[float], words: str
) -> None:
    probable = [
        {"gradient": place + 0.5, "probability": share} for place, share in enumerate(shares)
    ]
    assert f"it lay between {words}, where" in later(
        content, lambda forecast: forecast.update(gradients=probable)
    )


def test_a_curve_that_comes_nearer_or_holds_more_dates_is_named(content: Content) -> None:
    def with_bass(nearer: bool) -> Callable[[Content], None]:
        def change(forecast: Content) -> None:
            forecast["inside"]["state"][WIDE] = 0
            rows = [row["registered"] for row in forecast["dates"] if row["kind"] == "state"]
            for name, curve in forecast["curves"]["state"].items():
                hit = nearer and name == "Bass"
                curve["expected"] = curve["low"] = curve["high"] = (
                    rows if hit else [9999.0] * len(rows)
                )

        return change

    said = later(content, with_bass(True))
    assert "states: the curve Bass is nearer (0.0 to" in said
    assert "states: the curve Bass holds more (10 to Parley's 0)" in said
    said = later(content, with_bass(False))
    assert "states: no curve is nearer" in said
    assert "states: no curve holds more" in said


@pytest.mark.parametrize(("last_day", "is_wrong"), [(0, True), (6, True), (7, False)])
def test_a_forecast_is_wrong_about_a_kind_where_it_holds_fewer_than_nine_in_ten_totals(
    content: Content, last_day: int, is_wrong: bool
) -> None:
    for day, inside in ((DAY, 10), (OTHER_DAY, last_day)):
        for of_kind in content["backtest"]["time_split"][day]["inside"].values():
            of_kind[WIDE] = inside
    missed = values_of(content)["missed"]
    assert (missed is not None) == is_wrong
    if is_wrong:
        expected = {"kinds": list(sim.KINDS), "number": 3 * (7 - last_day), "of": 21}
        assert missed == expected


def test_weights_recovered_too_rarely_are_named_the_worst_first(content: Content) -> None:
    shares = dict.fromkeys(content["recovery"]["found"], 1.0)
    content["recovery"]["found"] = {**shares, "state_peers": 0.7, "firm_home": 0.2, "ngo_home": 0.9}
    assert f"{len(shares) - 2} of {len(shares)} weights" in text(content, "recovery")
    assert text(content, "recovery").endswith("firm_home 20 and state_peers 70.")
    assert f"{len(shares) - 2} of the {len(shares)} fitted weights" in text(content, "headline")
    content["recovery"]["found"] = shares
    assert f"all {len(shares)} fitted weights" in text(content, "headline")


def test_contagion_may_be_shown_for_no_kind(content: Content) -> None:
    for of_kind in content["calibration"]["contagion"].values():
        of_kind["verdict"] = "not_shown"
    assert values_of(content)["no_contagion"] == list(sim.KINDS)
    assert "for any kind" in first_page(content)


def test_an_instrument_whose_list_was_told_is_no_test(content: Content) -> None:
    content["transfer"] = content["transfer"][:1]
    for column, is_test in ((None, True), ("budapest_party", False)):
        content["transfer"][0]["revealed_by"] = column
        assert ("no test" not in text(content, "transfer")) == is_test
        assert bool(unseen(content["transfer"])) == is_test


@pytest.mark.parametrize(("base", "better"), [(0.2, True), (0.1, False)])
def test_a_brier_score_is_held_against_one_share_for_all(
    content: Content, base: float, better: bool
) -> None:
    content["transfer"] = content["transfer"][-1:]
    content["transfer"][0] |= {"brier": 0.15, "base_brier": base}
    assert ("no better than one share for all" not in text(content, "transfer")) == better


@pytest.mark.parametrize(("value", "level"), [(0.1, False), (-0.1, True), (0.0, True)])
def test_a_model_without_a_simulator_may_rank_another_instrument_as_well(
    content: Content, value: float, level: bool
) -> None:
    content["transfer"] = content["transfer"][-1:]
    instrument = content["transfer"][0]
    gap = {"value": value, "low": value - 0.05, "high": value + 0.05, "draws": 9}
    instrument["baselines"] = {
        "oracle": {"auc": {"score": instrument["auc"] - value, "difference": gap}}
    }
    assert ("oracle carries over as well" in text(content, "transfer")) == level


def test_conclusions_are_counted_by_what_becomes_of_them(content: Content) -> None:
    of, cells = content["conclusions"]["conclusions"], content["conclusions"]["cells"]
    for cell in cells:
        cell["holds"] = HOLDS
    assert "not to be drawn" not in text(content, "conclusions")
    for cell in cells:
        if cell["conclusion"] == of[0]["name"]:
            cell["holds"] = UNDECIDED
    next(cell for cell in cells if cell["conclusion"] == of[1]["name"])["holds"] = DOES_NOT
    assert f"1 conclusion not to be drawn: {of[0]['sentence']}" in text(content, "conclusions")
    told = support(content["conclusions"])
    assert [len(each) for each in (told.every, told.most, told.others)] == [len(of) - 2, 1, 1]
