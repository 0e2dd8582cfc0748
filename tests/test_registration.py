"""Whether and when somebody really joined is told where it is known, and nothing rests on a day
that is not.
"""

from __future__ import annotations

from datetime import date

import pytest

import sim
from sim.explanation.standing import had_joined
from sim.number_formats import count, of_worlds, percent


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=12, seed=1)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("USA", "The United States joined by 11 November 2021, about 3 years after the launch."),
        ("CHN", "China was not on the register by its last reading, 19 January 2024."),
        (
            "FRA",
            "France launched the Call, and was on the register from that day, 12 November 2018.",
        ),
        ("DEU", "Germany was on the register at the launch, 12 November 2018."),
        (
            "CAN",
            (
                "Canada was on the register by 16 September 2019, perhaps since the launch: the"
                " exact day is not known."
            ),
        ),
        (
            "Microsoft",
            "Microsoft joined at the launch, 12 November 2018 (The Hill, 13 November 2018).",
        ),
        (
            "Cisco",
            (
                "Cisco had joined by 31 March 2020, perhaps at the launch (the Internet Governance"
                " Radar)."
            ),
        ),
        (
            "Huawei",
            (
                "Huawei joined by 22 September 2019, 10 months after the launch (the French foreign"
                " ministry)."
            ),
        ),
        (
            "Tencent",
            (
                "Tencent had not joined by 31 March 2020 (the Internet Governance Radar); what came"
                " later is not known here."
            ),
        ),
        (
            "Apple",
            (
                "Whether Apple joined is not known here: the register is read by country alone, and"
                " no firm by name."
            ),
        ),
    ],
)
def test_what_really_happened_is_told_from_the_register(run, who, words):
    told = run.explain(who).as_json(changes=False)
    assert told["happened"] == words
    source = told["happened_source"]
    assert (source is None) == ("(" not in words or who == "CAN")
    assert source is None or (
        f"({source['words']})" in words and source["url"].startswith("https://")
    )


@pytest.mark.parametrize(
    ("who", "until", "joined"),
    [
        ("FRA", "2018-11-12", True),
        ("CHN", "2019-12-12", False),
        ("CHN", "2024-06-01", None),
        ("USA", "2021-09-29", False),
        ("USA", "2021-10-12", None),
        ("USA", "2021-12-12", True),
        ("CAN", "2018-11-12", None),
        ("CAN", "2019-12-12", True),
        ("AUS", "2018-11-12", False),
        ("Google", "2018-11-12", True),
        ("Cisco", "2019-12-12", None),
        ("Cisco", "2020-12-12", True),
        ("Huawei", "2018-12-12", False),
        ("Tencent", "2019-12-12", False),
        ("Tencent", "2020-12-12", None),
        ("Apple", "2019-12-12", None),
        ("USA", "2018-06-12", None),
    ],
)
def test_who_had_joined_is_told_where_it_is_known_alone(run, who, until, joined):
    assert had_joined(run.explain(who).subject, run.scenario, date.fromisoformat(until)) is joined


def test_no_answer_rests_on_a_day_by_which_somebody_may_long_have_joined(run):
    answer = run.explain("CAN", by=0).answer
    assert "in fact" not in f"{answer.sentence} {answer.follows} {answer.caveat}".lower()


def test_a_code_that_has_no_register_has_no_story_of_what_happened():
    assert sim.explain("instruments/budapest", "USA", replicates=1).happened == ""


@pytest.mark.parametrize(
    ("who", "by", "then"),
    [("USA", 13, ", and by 11 November 2021, when it really joined, in"),
     ("CHN", 13, ", and by the end, 12 January 2024, in none."),
     ("CAN", 0, "."), ("FRA", 0, "."), ("Microsoft", 13, "."),
     ("Apple", 0, ", and by the end, 12 January 2024, in")],
)  # fmt: skip
def test_what_the_model_has_is_told_of_the_day_on_which_it_really_joined_too(run, who, by, then):
    explanation = run.explain(who, by=by)
    signed = explanation.signed_by
    is_all = signed in (0, 1)
    share = (
        of_worlds(signed, run.replicates)
        if is_all
        else f"{percent(signed)} of {count(run.replicates)} worlds"
    )
    assert f"in {share}{then}" in explanation.in_words


@pytest.mark.parametrize(
    ("who", "then"), [("MEX", "by 16 September 2019, when the register first names it, in "),
                      ("Huawei", "by 22 September 2019, when it really joined, in ")],
)  # fmt: skip
def test_an_earlier_day_on_which_it_really_joined_stands_first(run, who, then):
    words = run.explain(who, by=13).in_words
    assert words.startswith(f"In this model it has signed {then}")
    assert ", and by 12 December 2019 in " in words


def test_a_share_by_the_day_somebody_joined_is_that_of_the_last_round_that_ends_by_then(run):
    then = run.explain("USA", by="2021-11-11")
    assert then.question.day.isoformat() == "2021-10-12"
    assert f"when it really joined, in {percent(then.signed_by)}." in run.explain("USA").in_words


def test_who_has_signed_in_all_worlds_by_the_day_it_joined_is_told_once(run):
    whole = "In this model it has signed by 16 September 2019 in all "
    by_then = run.explain("CAN", by="2019-09-16").signed_by
    assert run.explain("CAN", by=13).in_words.startswith(whole) is (by_then == 1)


def test_why_a_day_is_not_known_stands_apart_and_only_where_it_is_not(run):
    told = (run.explain(who).as_json(changes=False) for who in ("CAN", "FRA", "Huawei"))
    canada, france, huawei = (each["why_not_dated"] for each in told)
    assert (
        canada
        == "The oldest stored copy of the register is of 16 September 2019. Of the 39 states first"
        " named there, 23 had joined at the launch; Canada may be one of them."
    )
    assert france == huawei == ""
