"""A class on paper: ballots that the teacher types in, cards and ballots to print, and their
languages.
"""

from __future__ import annotations

import ast as ast_of_python
import csv
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from classrooms import Lesson, School
from command_line import parley
from fluent.runtime import FluentResource
from fluent.syntax import FluentSerializer, ast

import sim
from dashboard.classroom import answers
from dashboard.classroom.ballots import BALLOTS
from dashboard.classroom.catalogue import ENGLISH, FRENCH, id_of, source
from dashboard.classroom.documents import document_pages
from dashboard.classroom.pages import filled
from dashboard.classroom.paper import Paper
from dashboard.classroom.plan import (
    ACCEPT,
    AMEND,
    CHOOSE,
    DRAFT,
    EXIT,
    NEWS,
    PLANS,
    PREDICT,
    SECRET,
)
from dashboard.classroom.seats import seats_of
from dashboard.classroom.text_talks import RUNGS, VOTES
from dashboard.classroom.world import scenario_named

DAY = 24 * 3600


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> School:
    return School(tmp_path_factory.mktemp("school"))


def enter(lesson: Lesson, step: int | None = None, **answers: object):
    """The teacher types ballots in, by seat."""
    number = lesson.teacher.state()["step"]["number"] if step is None else step
    ballots = [{"seat": seat.replace("_", "-"), "value": value} for seat, value in answers.items()]
    return lesson.teacher.post("ballots", step=number, ballots=ballots)


def rows_of(lesson: Lesson) -> dict[str, dict]:
    return {row["seat"]: row for row in lesson.teacher.state()["ballots"]}


def test_a_class_without_phones_plays_a_plan_on_paper(school):
    lesson = school.open("15", seats=6)
    assert lesson.teacher.state()["ballots"] == []
    lesson.go_on()
    (question,) = rows_of(lesson)["USA"]["questions"]
    assert (question["unit"], question["high"]) == ("states", 193)
    assert set(rows_of(lesson)) == {"USA", "CHN", "FRA", "Microsoft", "Access Now", "press-1"}
    assert enter(lesson, USA=40, CHN=50, press_1=60).status_code == 200
    assert [rows_of(lesson)[seat]["answered"] for seat in ("CHN", "FRA")] == ["paper", None]
    lesson.go_on()
    assert "press-1" not in rows_of(lesson)
    assert [each["key"] for each in rows_of(lesson)["CHN"]["questions"][0]["choices"]] == ["s", "o"]
    assert enter(lesson, USA="sign", CHN="stay-out", FRA="sign").status_code == 200
    assert {seat["id"] for seat in lesson.teacher.state()["seats"] if seat["decided"]} == {
        "USA",
        "CHN",
        "FRA",
    }
    lesson.go_on()
    assert "United States" in lesson.teacher.state()["world"]["joined"]
    assert set(rows_of(lesson)) == {"press-1"}
    assert enter(lesson, press_1="Washington signs").status_code == 200
    lesson.go_on()
    assert enter(lesson, USA={"mood": "proud", "answer": 51}).status_code == 200
    lesson.go_on()
    debrief = lesson.teacher.state()["debrief"]
    assert sorted(each["before"] for each in debrief["predictions"]) == [40, 50, 60]
    assert debrief["moods"] == [{"value": "proud", "words": "proud", "students": 1}]

    table = lesson.teacher.get("export.csv").get_data().decode("utf-8-sig")
    rows = {row["seat"]: row for row in csv.DictReader(table.splitlines())}
    assert set(rows) == {"United States", "China", "France", "The press"}
    assert rows["China"]["name"] == "China on paper"
    assert {row["2. The launch (by)"] for row in rows.values()} == {"the teacher, from paper", ""}
    assert rows["The press"]["3. Three months later (headline)"] == "Washington signs"
    assert [
        rows["United States"][f"4. Before we talk ({what})"] for what in ("mood", "answer")
    ] == ["proud", "51"]


def test_a_signatory_on_paper_stays_or_leaves(school):
    lesson = school.open("50", seats=6)
    lesson.go_to("choose")
    enter(lesson, USA="sign", CHN="stay-out")
    lesson.go_to("choose")
    keys = {
        seat: [each["key"] for each in row["questions"][0]["choices"]]
        for seat, row in rows_of(lesson).items()
    }
    assert (keys["USA"], keys["CHN"]) == (["s", "l"], ["s", "o"])
    refused = enter(lesson, USA="sign")
    assert refused.status_code == 400
    assert "United States" in refused.get_json()["message"]
    assert enter(lesson, USA="leave", CHN="sign").status_code == 200


def test_ballots_are_entered_together_or_not_at_all(school):
    lesson = school.open("15", seats=6)
    lesson.go_to("choose")
    assert enter(lesson, USA="sign", CHN="perhaps").status_code == 400
    assert not any(seat["decided"] or seat["students"] for seat in lesson.teacher.state()["seats"])


def test_the_first_answer_of_a_seat_stands_on_a_phone_and_on_paper(school):
    lesson = school.open("15", seats=6)
    ada, bo = lesson.join("Ada", "USA"), lesson.join("Bo", "CHN")
    lesson.go_on()
    assert set(rows_of(lesson)) == {"FRA", "Microsoft", "Access Now", "press-1"}
    refused = enter(lesson, USA=10)
    assert (refused.status_code, "alone" in refused.get_json()["message"]) == (400, True)
    lesson.go_on()
    ada.decide("sign")
    refused = enter(lesson, Microsoft="sign", USA="stay-out")
    assert refused.status_code == 409
    assert "United States has decided otherwise already" in refused.get_json()["message"]
    assert [rows_of(lesson)[seat]["answered"] for seat in ("USA", "Microsoft")] == ["phone", None]
    assert enter(lesson, USA="sign", CHN="sign").status_code == 200, "the same again is harmless"
    assert bo.decide("stay-out").status_code == 409
    assert bo.state()["mine"]["by"] == "China on paper"
    assert bo.post("confirm", step=2).status_code == 200


def test_a_ballot_keeps_the_rules_of_steps(school):
    lesson = school.open("15", seats=6)
    step = lesson.go_to("choose")
    late, early = enter(lesson, step - 1, USA="sign"), enter(lesson, step + 1, USA="sign")
    assert (late.status_code, early.status_code) == (409, 409)
    school.clock.move(5 * 60)
    assert enter(lesson, step, USA="sign").status_code == 409, "the time of the step is over"
    lesson.teacher.teach("end")
    assert enter(lesson, lesson.teacher.state()["step"]["number"], USA="sign").status_code == 409


def test_a_seat_that_the_model_played_is_played_on_paper_again(school):
    lesson = school.open("15", seats=6)
    lesson.go_to("choose")
    enter(lesson, USA="sign")
    lesson.teacher.teach("release", seat="CHN")
    assert enter(lesson, CHN="stay-out").status_code == 200
    (china,) = [seat for seat in lesson.teacher.state()["seats"] if seat["id"] == "CHN"]
    assert (china["model"], china["students"]) == (False, ["China on paper"])


@pytest.mark.parametrize(
    "ballots",
    [
        None,
        [],
        {},
        ["USA"],
        [{"seat": "USA"}],
        [{"seat": 7, "value": "sign"}],
        [{"seat": "Narnia", "value": "sign"}],
        [{"seat": "USA", "value": "sign"}] * 2,
        [{"seat": "press-1", "value": "sign"}],
        [{"seat": "USA", "value": ["sign"]}],
        [{"seat": "USA", "value": "sign", "by": "Ada"}],
    ],
)
def test_what_is_no_ballot_is_refused_in_a_sentence(school, ballots):
    lesson = school.open("15", seats=6)
    step = lesson.go_to("choose")
    refused = lesson.teacher.post("ballots", step=step, ballots=ballots)
    assert refused.status_code in (400, 403)
    assert refused.get_json()["message"]


def test_only_the_teacher_enters_ballots(school):
    lesson = school.open("15", seats=6)
    ada = lesson.join("Ada", "USA")
    step = lesson.go_to("choose")
    ballots = [{"seat": "USA", "value": "sign"}]
    assert ada.post("ballots", step=step, ballots=ballots).status_code == 403
    assert lesson.screen().post("ballots", step=step, ballots=ballots).status_code == 403
    other = school.open("15", seats=6)
    other.go_to("choose")
    other.teacher.post("ballots", step=step, ballots=ballots)
    assert rows_of(lesson)["USA"]["answered"] is None
    assert "ballots" not in ada.state()


def test_a_class_on_paper_changes_a_text_and_blocks_it(school):
    school.clock.move(3600)  # one address opens so many sessions an hour
    lesson = school.open("150", seats=6, rule="consensus")
    lesson.go_to("amend")
    questions = rows_of(lesson)["USA"]["questions"]
    assert [each["name"] for each in questions] == [str(number) for number in range(1, 10)]
    assert {"".join(choice["key"] for choice in each["choices"]) for each in questions} == {"12345"}
    assert enter(lesson, USA={"1": "deeper"}, CHN={}, FRA={"1": "sideways"}).status_code == 400
    assert enter(lesson, USA={"1": "deeper"}, CHN={}).status_code == 200
    lesson.go_on()
    assert enter(lesson, press_1="A draft").status_code == 200
    lesson.go_on()
    assert [each["key"] for each in rows_of(lesson)["USA"]["questions"][0]["choices"]] == ["a", "b"]
    assert enter(lesson, USA="block").status_code == 200
    lesson.go_on()
    assert "United States" in [
        each["name"] for each in lesson.teacher.state()["talks"]["vote"]["blockers"]
    ]


def test_steps_of_a_week_take_days(school):
    lesson = school.open("week", seats=6)
    lesson.go_on()
    kinds = []
    while lesson.teacher.state()["step"]["kind"] != "debrief":
        kinds.append(lesson.teacher.state()["step"]["kind"])
        school.clock.move(DAY)
    assert kinds == ["predict", "choose", "choose", "news", "choose", "news", "exit"], (
        "a kind for each of seven days"
    )
    assert lesson.teacher.state()["step"]["ends"] is None


# What is printed.


class Sheets(HTMLParser):
    """The texts of cards and ballots on a printed page, by class."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {"seat-card": [], "ballot": []}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self.inside = dict(attrs)["class"] or ""
            self.texts[self.inside].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == "article" else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[self.inside][-1] += f" {data}"


def sheets(**wish: str) -> Sheets:
    return Sheets(Paper(wish).file())


def test_a_card_of_each_seat_has_its_briefing_and_no_other(school):
    cards = sheets(plan="15", seats="12").texts["seat-card"]
    lesson = school.open("15", seats=12)
    seats = [seat["id"] for seat in lesson.teacher.state()["seats"]]
    briefings = [lesson.teacher.get(f"briefing?seat={seat}").get_json() for seat in seats]
    assert len(cards) == len(briefings) == 12
    for card, told in zip(cards, briefings, strict=True):
        assert told["name"] in card
        assert all(line in card for line in [*told["public"], *told["aims"], told["basis"]])


def test_each_step_that_is_decided_has_a_ballot_of_whoever_decides():
    for plan, steps in PLANS.items():
        ballots = sheets(plan=plan, seats="6").texts["ballot"]
        kinds = [step.kind for step in steps]
        asked = sum(number * kinds.count(kind) for number, some in {
            6: (PREDICT, EXIT), 5: (CHOOSE, AMEND, ACCEPT), 1: (NEWS, DRAFT),
        }.items() for kind in some)  # fmt: skip
        assert len(ballots) == asked
    launch = [each for each in ballots if "2. The launch" in each]
    assert not [each for each in launch if "Stay a signatory" in each], (
        "nobody stands on the list before it"
    )
    later = [each for each in ballots if "4. The first anniversary" in each]
    assert all("If you have signed before" in each and "Sign the text" in each for each in later)


def test_the_teachers_sheet_has_the_steps_of_the_session():
    for plan, steps in PLANS.items():
        rows = re.findall(
            r"<tr><td>(\d+)</td><td><b>(.*?)</b></td><td>(.*?)</td>.*?<td>([^<]*)</td></tr>",
            Paper({"plan": plan, "part": "teacher"}).sheets(),
        )
        assert [int(number) for number, *_ in rows] == list(range(len(steps)))
        assert [title for _, title, *_ in rows] == [step.title for step in steps]
        minutes = [sim.number_formats.duration(step.seconds) for step in steps if step.seconds]
        assert minutes == [time for *_, time, _ in rows if time]
        assert [whose.startswith("no ballot: press Next") for *_, whose in rows] == [
            step.kind in SECRET for step in steps
        ]  # fmt: skip


def test_every_kind_of_step_in_which_phones_answer_has_a_ballot():
    assert set(BALLOTS) == {PREDICT, AMEND, DRAFT, ACCEPT, CHOOSE, NEWS, EXIT}
    for kind in BALLOTS:
        questions = BALLOTS[kind].ask(scenario_named("paris-call-2018"), ENGLISH)
        for signed in (False, True):
            for one in questions:
                keys = [each.key for each in one.put_to(signed) if each.key]
                assert len(keys) == len(set(keys)), "a key is one choice"


def test_french_has_every_sentence_of_a_card_and_a_ballot():
    for file in ("roles", "ballots"):
        english, french = messages(ENGLISH, file), messages(FRENCH, file)
        assert french == english, "each has the same gaps"
    assert messages(FRENCH, "answers").items() <= messages(ENGLISH, "answers").items()
    own = messages(FRENCH, "names") | messages(FRENCH, "steps") | messages(FRENCH, "answers")
    seats = [seat.name for seat in seats_of(scenario_named("paris-call-2018"), 30)]
    states = [name for name in seats if name in sim.facts.state_names().values()]
    titles = {
        f"step-{step.key}" for steps in PLANS.values() for step in steps if step.kind in BALLOTS
    }
    choices = {f"answer-{value}" for value in (*answers.OPTIONS, *VOTES)}
    choices |= {f"mood-{mood}" for mood in answers.MOODS} | {f"rung-{rung}" for rung in RUNGS}
    assert ({id_of(name) for name in states} | titles | choices) - set(own) == set()


def test_french_has_narrow_spaces_before_signs():
    for file in ("roles", "ballots", "names", "steps", "answers"):
        assert re.findall(r"[ \u00a0][:;?!](?!=)", source(FRENCH, file)) == [], file


def test_a_language_without_a_message_says_it_in_english():
    assert (
        FRENCH.say("refusal-session-over")
        == ENGLISH.say("refusal-session-over")
        == "this session is over"
    )
    assert FRENCH.word("Atlantis") == "Atlantis"
    for key, values in (("no-such-message", {}), ("refusal-no-choice", {})):
        with pytest.raises(KeyError):
            ENGLISH.say(key, **values)


MODULES = sorted(Path("dashboard/classroom").glob("*.py"))
PREFIXES = {"paper-part", "paper-choose", "paper-none"}  # of keys that are put together
OF_MODULES = (
    "refusals",
    "answers",
    "steps",
    "roles",
    "ballots",
    "paper",
)  # files of messages that modules ask for


def test_modules_ask_for_messages_that_are_there_and_no_refusal_is_idle():
    strings = {
        node.value
        for path in MODULES
        for node in ast_of_python.walk(ast_of_python.parse(path.read_text("utf-8")))
        if isinstance(node, ast_of_python.Constant) and isinstance(node.value, str)
    }
    known = {key for file in OF_MODULES for key in messages(ENGLISH, file)}
    of_keys = r"(refusal|store|question|paper|slides|ballot|card)-[a-z-]+"
    keys = {text for text in strings if re.fullmatch(of_keys, text)}
    assert {key.rstrip("-") for key in keys} - known - PREFIXES == set(), "each key has its message"
    idle = {key for key in known if key.startswith(("refusal-", "store-", "question-"))} - strings
    assert {
        key for key in idle if not re.match("refusal-(name|headline)-(form|unseen|long)$", key)
    } == set()


def test_a_page_in_a_language_has_english_before_what_the_language_has_itself():
    page = filled("seat", FRENCH)
    assert page.index("answer-sign = Sign the text") < page.index("answer-sign = Signer le texte")
    assert "seat-title" in page


def messages(language, file: str) -> dict[str, set[str]]:
    """The gaps of each message of that *file* of *language*, by its id."""
    found = {}
    for entry in FluentResource(source(language, file)).body:
        if isinstance(entry, ast.Message):
            found[entry.id.name] = set(
                re.findall(r"\$([\w-]+)", FluentSerializer().serialize_entry(entry))
            )
    return found


def test_a_card_in_french_is_french_but_for_what_was_said_in_english():
    page = sheets(plan="15", seats="12", language="fr").texts
    china = page["seat-card"][1]
    assert "1\u202f396 millions d’habitants" in china
    assert "Le 1er mars 2017 (en anglais)\u202f: Its strategy" in china
    assert not any(
        word in text
        for text in page["seat-card"] + page["ballot"]
        for word in ("What ", "You ", "Sign ")
    )


def test_a_wrong_wish_for_sheets_is_refused_in_a_sentence(school):
    for query in (
        "plan=45",
        "seats=7",
        "language=xx",
        "part=all%20of%20it",
        "scenario=nowhere",
        "secret=1",
    ):
        answer = school.client.get(f"/class/paper?{query}")
        assert answer.status_code == 400
        assert answer.get_json()["message"]


def test_the_page_to_print_says_nothing_of_a_session(school):
    lesson = school.open("15", seats=6)
    lesson.join("Ada Lovelace", "USA")
    page = school.client.get("/class/paper?seats=6&plan=15")
    assert page.status_code == 200
    assert "Ada Lovelace" not in page.text
    assert lesson.code not in page.text
    assert "{" not in page.text


def test_the_files_need_no_network(tmp_path):
    cards, deck = tmp_path / "cards.html", tmp_path / "deck.html"
    printed = parley(
        "class", "--print", str(cards), "--slides", str(deck), "--plan", "15", "--seats", "6"
    )
    assert printed.code == 0
    for file in (cards, deck):
        text = file.read_text(encoding="utf-8")
        assert str(file) in printed.out
        assert (
            re.findall(
                r'(?:src|href)="(?!https://pariscall|#)([^"]*)"|url\((?!data:)|@import', text
            )
            == []
        )
    assert (
        deck.read_text(encoding="utf-8").count('<section class="slide')
        == len(document_pages("slides"))
        > 10
    )


@pytest.mark.parametrize(("arguments", "words"), [
    (["--print", "cards.pdf"], "does not end in .html"),
    (["--print", "cards.html", "--language", "xx"], "expected en or fr"),
    (["--print", "nowhere/cards.html"], "there is no folder"),
    (["--print", "cards.html", "--plan", "45"], "there is no such plan"),
])  # fmt: skip
def test_a_file_that_cannot_be_written_is_refused_in_a_sentence(
    monkeypatch, tmp_path, arguments, words
):
    monkeypatch.chdir(tmp_path)
    printed = parley("class", *arguments)
    assert printed.is_refusal
    assert words in printed.err
    assert list(tmp_path.iterdir()) == []
