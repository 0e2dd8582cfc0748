"""The answer to what would bring a stakeholder in, or keep it out: what it may rest on, what it
says of suppositions, and what a change costs.
"""

from __future__ import annotations

import re

import pytest

import sim
from sim.explanation import trial
from sim.explanation.question import LEAST_MOVE, is_large, share_sought
from sim.number_formats import NO_BREAK, percent, percent_interval, points_interval
from sim.words.explanation import OF_CONVENOR, lever_words, verdict_words
from sim.words.explanation import because as because_of

BY = 13  # the end of 2019


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=12, seed=1)


def estimate_of(explanation: sim.Explanation) -> str:
    """The first estimate of an *explanation* in words."""
    return explanation.first_estimate_as_json()["answer"]["estimate"]


@pytest.fixture(scope="module")
def more() -> sim.Run:
    """A world for each draw of the weights."""
    return sim.run(replicates=100, seed=1, conduct=False)


@pytest.mark.long
def test_no_answer_rests_on_an_extrapolation_which_stands_aside_and_has_a_price(more):
    explanation = more.explain("CHN", by=BY)
    forum = next(change for change in explanation.changes if change.family == "forum")
    assert forum.turns
    assert not forum.borne
    assert forum.price.states  # also those that half of the worlds keep
    assert forum.price.others
    answer = explanation.answer
    assert answer.named == ()
    assert answer.headline.startswith(
        "Nothing that the register can check would bring China in. Only "
    )
    assert forum.lever.present == "France"
    assert lever_words(forum) in answer.aside
    text = next(change for change in explanation.changes if change.family == "text")
    assert text.lever.key == "all provisions lowered"
    assert text.turns
    assert not text.borne
    assert text.share_after > forum.share_after  # what does most is the example
    assert lever_words(text) not in answer.aside  # it is said once
    assert text.of_weights.low < text.of_weights.high
    span = percent_interval(
        *text.of_weights, between=f"{NO_BREAK}to{NO_BREAK}"
    )  # no number stands without its range
    assert (
        answer.caveat == "Only changes on weaker evidence would move it, for example to"
        f" {percent(text.share_after)} of worlds ({span}) if the text asked nothing on any"
        " provision; the register cannot check that"
    )


@pytest.mark.long
def test_a_change_that_hardly_moves_it_gives_way_to_the_text_that_asks_nothing(more):
    """A provision that moves Russia by two points is no answer where the empty text brings it
    in.
    """
    explanation = more.explain("RUS", by=BY)
    text = next(change for change in explanation.changes if change.family == "text")
    assert text.lever.key == "all provisions lowered"
    empty = sim.run(
        replicates=100, seed=1, conduct=False, set={f"ambition_{k}": 0 for k in range(1, 10)}
    )
    assert empty.signed["RUS"] > 0.5 > explanation.answer.standing.share
    assert "the text asked nothing on any provision" in explanation.answer.caveat


@pytest.mark.long
@pytest.mark.parametrize(
    ("who", "by", "side"),
    [
        ("USA", BY, "in"),
        ("ISR", BY, "in"),
        ("CRI", 62, "in"),
        ("GAB", BY, "out"),
        ("PRY", 62, "out"),
    ],
)
@pytest.mark.parametrize("aim", ["in", "out"])
def test_whom_the_model_has_wrong_is_told_so_before_anything_else(more, who, by, side, aim):
    answer = more.explain(who, by=by, aim=aim).answer
    assert answer.standing.missed
    assert answer.standing.had_joined == (side == "out")
    name = re.escape(sim.with_article(answer.standing.subject.name))
    first = rf"The model (wrongly has {name} {side} by then: in fact it|misses {name}: )"
    for words in (answer.headline, answer.finding, answer.in_brief):
        assert re.match(first, words)


def test_where_other_weights_cross_what_is_sought_it_cannot_be_told_whether_it_is_enough(more):
    explanation = more.explain("USA")
    low, high = explanation.answer.named[0].of_weights
    assert low < explanation.target.share < high
    (change,) = explanation.answer.named
    assert explanation.answer.headline.startswith(
        f"If {lever_words(change, 'if')}, the United States would sign in "
    )
    assert change.verdict == "perhaps"


@pytest.mark.long
def test_where_no_fit_has_it_right_the_miss_comes_first_and_the_change_in_a_line(more):
    missed, met = more.explain("ISR", by=BY), more.explain("CHN", by=BY)
    assert missed.answer.standing.of_weights.low > 0.5
    assert missed.answer.findings.misses
    (change,), share = missed.answer.named, percent(missed.answer.standing.share)
    finding = missed.answer.headline
    assert missed.answer.caveat == ""
    assert finding.startswith("The model misses Israel: it stayed out, and here it has signed in ")
    span = percent_interval(*missed.answer.standing.of_weights, between=f"{NO_BREAK}to{NO_BREAK}")
    assert (
        f"in {share} of worlds ({span}), so the model cannot say what would really have brought"
        " it in" in finding
    )
    lines = dict(missed.answer.lines)
    in_model = rf"Israel signs by then in .* of worlds \(.*\) if {lever_words(change)}\."
    assert re.fullmatch(in_model, lines["In the model only"])
    assert "erhaps" not in missed.answer.follows
    assert lines["What is asked"] == missed.answer.enough
    assert not met.answer.caveat.startswith(("But ", "In fact "))
    assert "The model" not in met.answer.headline


@pytest.mark.long
def test_where_other_weights_cross_the_middle_it_is_left_open_and_no_number_is_repeated(more):
    answer = more.explain("USA", by=BY).answer
    low, high = answer.standing.of_weights
    assert low < 0.5 < high
    (change,), share, after = (
        answer.named,
        percent(answer.standing.share),
        percent(answer.named[0].share_after),
    )
    spans = (low, high), change.of_weights
    before, then = (percent_interval(*ends, between=f"{NO_BREAK}to{NO_BREAK}") for ends in spans)
    assert (
        answer.headline
        == "The model wrongly has the United States in by then: in fact it stayed out until"
        f" November{NO_BREAK}2021. If {lever_words(change, 'if')}, it would sign in {after} of"
        f" worlds ({then}): perhaps enough to bring it into nearly all worlds. Without the change"
        f" it signs by then in {share} of worlds ({before})"
    )
    assert answer.lines[-1] == ("What is asked", answer.enough)
    assert not any(
        words in answer.follows for words in (before, then, f"{after} of", f"{share} of")
    )
    assert answer.follows == " ".join(f"{lead}: {words}" for lead, words in answer.lines)


@pytest.mark.long
@pytest.mark.parametrize(
    ("who", "by"), [("USA", 0), ("BRA", 0), ("BRA", BY), ("KEN", 0), ("ISR", 0)]
)
def test_an_answer_that_is_only_perhaps_has_a_line_on_how_sure_it_is(more, who, by):
    answer = more.explain(who, by=by).answer
    lines = dict(answer.lines)
    assert (": perhaps enough" in answer.headline) == ("Perhaps only: " in lines["How sure"])
    assert lines["How sure"].startswith("The change moves the share by +")
    assert (
        f". The brackets hold 90{NO_BREAK}% of other fits that the data allow, which"
        in lines["How sure"]
    )


@pytest.mark.long
def test_what_is_supposed_is_told_alone_where_more_is_sought_and_by_the_end():
    explanation = sim.explain("great-powers-sign", "Huawei", replicates=200)
    supposed, paris = explanation.run, sim.run("paris-call-2018", replicates=200, conduct=False)
    (before, after), (was, became) = (
        [percent(run.explain("Huawei", by=by).signed_by) for run in (paris, supposed)]
        for by in (0, supposed.scenario.last_round)
    )
    assert before != after
    answer = explanation.answer
    assert answer.headline == f"{answer.alone}. {answer.caveat}"
    assert (
        re.sub(r" \([^)]*\)", "", answer.alone)
        == "Supposing the United States, China and Russia sign from November 2018, Huawei has"
        f" signed by launch day in {after} of worlds"
    )
    gain = points_interval(*explanation.standing.gain_of_weights, 0)
    without, by_end, beyond = answer.caveat.split(". ", 2)
    assert re.sub(r" \([^)]*\)", "", without) == (
        f"Without that it signs by then in {before} of worlds; what is supposed moves it by {gain}"
        f" in {percent(0.9)} of fits"
    )  # the ranges of the two shares overlap
    month = f"January{NO_BREAK}2024"
    assert by_end == f"By {month} it signs in {became}, not {was}, by the best fit"
    assert beyond.startswith("Beyond that, if it were approached ")
    assert explanation.in_words.endswith(
        f"has signed by 12 November 2018 in {after} of 200 worlds."
    )  # one date


@pytest.mark.long
def test_outreach_says_in_which_months(more):
    months = {0: "it is approached from September to November 2018",
              1: "it is approached from October to December 2018",
              BY: "it is approached from October to December 2019"}  # fmt: skip
    for by, words in months.items():
        (change,) = (
            each for each in more.explain("KEN", by=by).changes if each.family == "outreach"
        )
        assert lever_words(change) == words
        assert change.lever.months == 3


@pytest.mark.long
@pytest.mark.parametrize(("who", "by"), [("USA", 0), ("USA", BY), ("BRA", BY), ("KEN", 0)])
def test_where_fits_disagree_it_is_said_that_the_model_cannot_say_what_turns_it(more, who, by):
    answer = more.explain(who, by=by).answer
    crosses = answer.standing.of_weights.low <= 0.5 <= answer.standing.of_weights.high
    caveat = (
        "The model cannot say what would really have brought it in: before any change, some fits"
        " have it in and"
    )
    assert (caveat in answer.follows) == crosses


@pytest.mark.long
def test_one_question_has_one_answer_whichever_round_is_explained(more):
    """The date alone decides, and nothing that is tried comes after it."""
    answers = [
        more.explain("USA", explained, by=BY).changes_as_json() for explained in (-3, 0, 12, BY)
    ]
    for content in answers:
        del content["round"], content["date"]
    assert answers[0] == answers[1] == answers[2] == answers[3]
    for by in (0, 1, BY):
        for change in more.explain("KEN", by=by).changes:
            events = (change.change or {}).get("events", [])
            assert all(event["round"] <= by for event in events)
            assert all(event["until"] <= by for event in events if "outreach" in event)


def test_changes_that_tie_have_their_numbers(more):
    answer = more.explain("UZB").answer
    assert len(answer.named) > 1
    said, shares = (
        f"{answer.headline}. {answer.follows}",
        [percent(change.share_after) for change in answer.named],
    )
    spans = [
        percent_interval(*each.of_weights, between=f"{NO_BREAK}to{NO_BREAK}")
        for each in answer.named
    ]
    first, *others = (f"{share}{{}} ({span})" for share, span in zip(shares, spans, strict=True))
    yielded = " or ".join([first.format(" of worlds"), *(each.format("") for each in others)])
    assert f"signs by then in {yielded} instead of {percent(answer.standing.share)} (" in said


def test_what_was_tried_in_vain_is_told_with_what_it_yields(more):
    explanation = more.explain("CHN")
    vain = {change.family: change for change in explanation.changes if change.is_in_vain}
    assert set(vain) >= {"outreach", "forum", "signature"}
    assert lever_words(vain["forum"]) == "another state convenes"  # nobody is named for nothing
    assert all(change.share_after is not None and change.change is None for change in vain.values())
    assert all(change.why == "luck" for change in vain.values())
    assert explanation.standing.is_in_all_fits
    assert not more.explain("USA").standing.is_in_all_fits


@pytest.mark.long
@pytest.mark.parametrize(("who", "by"), [("CHN", 0), ("CHN", BY), ("RUS", BY), ("IND", 0)])
def test_where_weaker_evidence_moves_it_nothing_is_said_of_all_that_was_tried(more, who, by):
    explanation = more.explain(who, by=by)
    weaker = [
        each for each in explanation.changes if each.change and not each.is_offered and each.moves
    ]
    assert explanation.answer.headline.startswith(("No", "Nothing"))
    enough = [each for each in weaker if each.share_after > 0.5]
    assert ("Nothing tried" in explanation.answer.headline) == (not enough)


@pytest.mark.long
def test_no_convenor_is_named_for_a_small_move_and_one_of_several_is_an_example(more):
    for who in ("USA", "BRA", "CAN"):
        (forum,) = (change for change in more.explain(who).changes if change.family == "forum")
        assert forum.change is None or abs(forum.points) >= LEAST_MOVE
        if forum.change is None and forum.share_after is not None:
            assert verdict_words(forum, None).startswith(
                ("hardly moves it (", "no effect", "not shown to move it (")
            )
    (canada,) = (change for change in more.explain("CAN").changes if change.family == "forum")
    assert canada.lever.is_alike
    assert canada.of_weights is not None


@pytest.mark.parametrize(("who", "aim"), [("USA", "in"), ("CHN", "in"), ("FRA", "out")])
def test_who_was_out_in_fact_is_asked_to_come_in_though_the_model_has_it_in(run, who, aim):
    explanation = run.explain(who, by=BY)
    assert explanation.question.aim == aim
    assert (explanation.signed_by > 0.5) == (who != "CHN")


def test_why_it_is_in_or_out_is_told_of_the_date_that_is_asked_about(run):
    out, kept, later = run.explain("USA"), run.explain("KEN"), run.explain("FRA", by=BY)
    assert out.because.startswith(
        "Why, in the model: what holds it back most is the offensive means"
    )
    assert (
        f"not taken the matter up by then in {percent(kept.by_round['not_taken_up'])} of worlds"
        in kept.because
    )
    assert later.because.startswith("Why, in the model: what speaks most for signing is ")
    assert later.because == run.explain("FRA", BY).because


@pytest.mark.parametrize(
    ("change", "who", "words", "basis"),
    [
        (
            {"code": {"convenor": "GAB"}},
            "CHN",
            "Supposing Gabon convenes, and the text is read as its",
            "extrapolated",
        ),
        (
            {"parameters": {"ambition_1": 0.0}},
            "USA",
            "Supposing a text with ambition of",
            "what_if",
        ),
    ],
)
def test_where_something_is_supposed_nothing_is_as_it_is(run, change, who, words, basis):
    explanation = sim.explain(run.scenario.with_table(change), who, by=BY, aim="in", replicates=12)
    answer, without = explanation.answer, run.explain(who, by=BY).signed_by
    assert answer.findings.basis == basis
    assert answer.standing.without.share == without
    if explanation.target is None or answer.standing.is_large_move:
        assert words in answer.headline  # after whom the model misses
        assert f"Without that it signs by then in {percent(without)}" in answer.caveat
    told, question = answer.as_json(), answer.standing.question
    sought = share_sought(question.aim, without)
    assert told["aim_without"] == (None if sought is None else {"what": "sign", "share": sought})
    assert (told["verdict"] == "") == (sought is None)
    assert answer.headline.count(":") <= 1 + answer.caveat.count(":")
    said = " ".join([answer.headline, answer.sentence, answer.enough, told["as_it_is"]])
    assert "as it is" not in said
    assert "as supposed" in said


def test_who_is_approached_as_supposed_is_told_in_one_clause(run):
    approach = {"round": BY - 2, "who": ["KEN"], "outreach": 2.0, "until": BY}
    explanation = sim.explain(
        run.scenario.with_table({"events": [approach]}), "KEN", by=BY, aim="in", replicates=12
    )
    headline = explanation.answer.headline
    assert headline.startswith("Supposing Kenya is approached at a rate of 2 a month from ")
    assert ", it signs by then in " in headline


@pytest.mark.long
def test_what_is_supposed_is_no_surer_than_it_was_as_a_change(more):
    """A text that asks the USA for less: how far that moves each of the other fits is the same
    number both times.
    """
    before = more.explain("USA", by=BY, aim="in")
    [change] = [each for each in before.changes if each.family == "text"]
    scenario = more.scenario.with_table(change.change)
    answer = sim.explain(scenario, "USA", by=BY, aim="in", replicates=100).answer
    spans = answer.standing.spans
    assert spans == (change.of_weights, before.answer.standing.of_weights)
    assert answer.standing.gain_of_weights == change.gain_of_weights
    with_it, without = (
        percent_interval(*span, between=f"{NO_BREAK}to{NO_BREAK}") for span in spans
    )
    assert answer.finding.endswith(
        {"perhaps": ": perhaps enough", "enough": ": enough"}[change.verdict]
    )
    stayed = f"n fact it stayed out until November{NO_BREAK}2021"
    assert stayed in answer.caveat
    assert stayed in before.answer.headline.split(". ")[0]
    assert "The model cannot say what would really have brought it in" in answer.follows
    moved = points_interval(*change.gain_of_weights, 0)
    assert f"How sure: The change moves the share by {moved} in 90" in before.answer.follows
    assert f"How sure: The supposition moves the share by {moved} in 90" in answer.follows
    assert with_it not in answer.follows  # it is said once
    share = percent(answer.standing.without.share)
    assert f"of 100 worlds ({with_it}):" in answer.finding
    assert answer.caveat.startswith(
        f"Without that it signs by then in {share} of worlds ({without}"
    )


def test_a_supposition_is_enough_where_its_share_stands_clear_of_the_one_without_it(run):
    supposed = run.scenario.with_table({"events": [{"round": 0, "who": ["USA"], "signs": False}]})
    answer = sim.explain(supposed, "FRA", by=BY, aim="in", replicates=12).answer
    assert not answer.standing.is_told_apart  # it signs in nearly all worlds, with that and without
    assert "enough" not in answer.headline
    text = run.scenario.with_table({"parameters": {"ambition_1": 0.0}})
    answer = sim.explain(text, "USA", by=BY, aim="in", replicates=12).answer
    assert answer.standing.is_told_apart
    assert (
        answer.standing.without.is_missed_in_most_fits
    )  # none of which are looked for in so few worlds
    assert answer.headline.startswith(
        "The model misses the United States, so this shows the model, not the United "
    )
    assert "enough" not in answer.headline
    assert answer.caveat.endswith(f"In fact it stayed out until November{NO_BREAK}2021")
    assert answer.follows.startswith("How sure: Other luck alone gives ")


@pytest.mark.long
def test_the_verdict_on_what_is_supposed_opens_the_answer_though_more_is_sought(more):
    """A text that asks the USA for less brings it into most worlds by the launch; nearly all are
    sought then.
    """
    [change] = [each for each in more.explain("USA").changes if each.family == "text"]
    answer = sim.explain(
        more.scenario.with_table(change.change), "USA", aim="in", replicates=100
    ).answer
    before, after = percent(change.share_before), percent(change.share_after)
    said = (
        rf"in {after} of 100 worlds \(.*\): perhaps enough\. Without that it signs by then in"
        rf" {before} of worlds( \(.*\))?\. Beyond that, "
    )
    assert re.search(said, answer.headline)
    assert re.search(
        r"Beyond that, nothing .* would bring it into nearly all worlds", answer.caveat
    )
    assert not answer.caveat.startswith(
        "But "
    )  # it was out by the launch in fact, and in most worlds
    assert (
        "The model cannot say what would really have brought it in"
        in dict(answer.lines)["How sure"]
    )


def test_a_supposition_that_hardly_moves_it_is_not_called_enough_wherever_it_ends(run):
    support = run.scenario.with_table({"parameters": {"ambition_6": 0.6}})
    answer = sim.explain(support, "USA", by=BY, aim="in", replicates=12).answer
    assert not is_large(answer.standing.without.share, answer.standing.share)
    assert "enough" not in answer.headline


def test_what_is_tried_is_a_what_if_though_the_worlds_before_it_are_fitted(run):
    assert run.explain("USA").basis == "fitted"
    assert run.explain("USA").answer.findings.basis == "what_if"


def test_a_change_is_judged_in_worlds_that_did_not_choose_it(more):
    explanation = more.explain("USA")
    trial = explanation.standing.trial
    here, elsewhere = (each.signings.numbers for each in (trial, trial.elsewhere(40)))
    assert set(elsewhere).isdisjoint(here)
    assert len(elsewhere) == 40
    (change,) = explanation.answer.named
    assert change.share_after == trial.under(trial.scenario.with_table(change.change)).share_signed


def test_a_change_that_several_stakeholders_have_in_common_is_simulated_once(run, monkeypatch):
    signings, table = trial.signings_of(run, BY), {"parameters": {"ambition_6": 0.0}}
    for each in (signings, signings.elsewhere(6)):
        first = each.under(each.with_table(table)).signatories
        monkeypatch.setattr(trial, "simulate", None)
        assert each.under(each.with_table(dict(table))).signatories is first
        monkeypatch.undo()
    assert signings.with_table(table) is signings.elsewhere(6).with_table(table)


def test_an_estimate_claims_no_interval_and_not_that_anything_is_enough(run):
    for who in ("USA", "CHN", "KEN", "Microsoft"):
        estimate = estimate_of(run.explain(who))
        assert "enough" not in estimate
        assert "\u00a0to\u00a0" not in estimate


def test_an_estimate_names_a_change_only_where_all_others_are_far_behind():
    few = sim.run(replicates=50, seed=1, conduct=False)
    close, ahead = few.explain("UZB"), few.explain("KEN")
    sentence, share = estimate_of(close), percent(close.standing.share)
    assert sentence.startswith(f"Uzbekistan has signed by then in about {share} of")
    assert "; the changes tried so far give about " in sentence
    assert re.search(r", give or take \d+ points$", sentence)
    # what moves it rests on what the register cannot judge
    far = estimate_of(few.explain("CAN", by=BY))
    none = "no change that the register can check is seen to move it so far"
    assert far == f"Canada has signed by then in all worlds; {none}"
    assert close.first_estimate.stands_out is None
    change = ahead.first_estimate.named[0]
    assert estimate_of(ahead).endswith(
        f"one change stands out so far: {lever_words(change, name='')}"
    )


def test_an_estimate_goes_from_the_share_of_the_answer_and_needs_no_world_that_the_answer_does_not(
    run, monkeypatch
):
    """The worlds that choose a change are those of the search, so that the answer only adds those
    that judge it.
    """
    explanation = run.explain("KEN")
    estimate = explanation.first_estimate
    played = []
    simulate = trial.simulate
    monkeypatch.setattr(
        trial,
        "simulate",
        lambda setting, numbers, *rest, **more: (
            played.append(int(numbers[0])),
            simulate(setting, numbers, *rest, **more),
        )[1],
    )
    answer = explanation.answer
    assert all(change.share_before == answer.standing.share for change in estimate.changes)
    assert played
    assert set(played) == {0}  # none in the worlds that chose it, which follow those of the answer


def test_nothing_is_estimated_where_nothing_is_sought(run):
    assert run.explain("FRA", aim="in").first_estimate is None


def test_the_convenor_is_told_to_be_that(run):
    answer = run.explain("FRA").answer
    assert answer.headline.startswith("France launched the Call itself, and in the model nothing ")
    because = run.explain("FRA").because
    assert (
        "what speaks most for signing is that one of the Union's members, France, is the convenor"
        in because
    )
    assert because.endswith(
        "averages over the European Union, as the model lets its members decide as one."
    )
    alone = sim.run(
        run.scenario.with_table({"parameters": {"bloc_votes": 0.0}}), replicates=12, conduct=False
    )
    explanation = alone.explain("FRA")
    assert "Union" not in explanation.because
    of_convenor = [each for each in explanation.contributions if each.motive in OF_CONVENOR]
    words = because_of(
        of_convenor, explanation.by_round, "France", is_together=False, convenes=True
    )
    assert words == "Why, in the model: what speaks most for signing is that it is the convenor."
    assert "convenes" not in run.explain("DEU").answer.headline


def test_of_whom_a_choice_is_supposed_the_answer_is_what_it_would_do_without(run):
    supposed = run.scenario.with_table({"events": [{"round": 0, "who": ["USA"], "signs": True}]})
    answer = sim.explain(supposed, "USA", replicates=12).answer
    without = percent(run.explain("USA").signed_by)
    assert (
        answer.headline
        == "As supposed, the United States signs from November 2018; without that, it has signed"
        f" by then in {without} of 12 worlds"
    )


def test_who_asked_for_no_aim_is_told_why_it_is_this_one(run):
    why = "The question is what would keep it out, as it has signed in most worlds by then."
    assert (
        run.explain("USA", by=BY).answer.why_asked
        == "The question is what would bring it in, as in fact it was out by then."
    )
    assert run.explain("FRA").answer.why_asked == why
    assert run.explain("FRA", aim="out").answer.why_asked == ""
