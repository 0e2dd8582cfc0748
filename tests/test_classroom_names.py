"""The names that students give themselves: honest ones of all scripts are taken, and none that
hides, stacks up, looks like another or says what the game itself says.
"""

from __future__ import annotations

import pytest
from classrooms import Lesson, School

from dashboard.classroom import cast, names
from dashboard.classroom.names import LONGEST_NAME, as_headline, looks, skeleton
from dashboard.classroom.refusals import ClassError

HONEST = (
    "Ada", "Zoë", "Siân", "Søren", "Łukasz", "José María", "D'Angelo", "O’Brien", "Anne-Marie",
    "Jean-Luc P.", "Núria l·l", "Ñusta", "Þór", "Ağaoğlu Işıl", "İpek", "Đặng Thị Ngọc Ánh",
    "Nguyễn Văn Hùng", "Trần Thị Mỹ Duyên", "Ọláolú", "Ẹ̀bùn", "Дмитрий", "Олена Її", "Љубица",
    "Γιώργος", "Ἀλέξανδρος", "მარიამი", "Արամ", "محمد", "عبد الرحمن", "فاطمه‌زهرا", "مُحَمَّد",
    "שָׁלוֹם", "יעל", "अनन्या", "श्रीमती लक्ष्मी", "ক্ষমা", "தமிழ்ச்செல்வி", "ശ്രീജ", "ස්‍රියානි",
    "สมชาย", "ນາງ ຄຳ", "བསྒྲུབས", "ကျော်", "សុខា", "王小明", "李娜", "さくら", "ケンジ", "김민준",
    "አበበ", "Student 7", "Björn 🦊", "👩‍💻 Ada", "❤️ Eva", "=<b>Chloé</b>", "Ana & Bo", "7B",
)  # fmt: skip
UNSEEN = (
    "", " ", "\t", "\n", "\u00a0", "\u2003\u2003", "\u3000", "\u200b", "\u200c", "\u200d",
    "\u2060", "\ufeff", "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u3164", "\uffa0",
    "\u17b4", "\u180e", "\u2800", "\u2800\u2800", "\U0001d159", "\u206a", "\ufe0f", "\U000e0041",
    "\U000e0100", "Ada\u200b", "A\u200bda", "Ada\u2060", "\ufeffAda", "Ada\u2800", "A\u00adda",
    "Ada\u3164", "Ada\u034f", "\u202eadA", "\u2067Ada\u2069", "Ada\x00", "Ada\x07", "A\nda",
    "A\u2028da", "Ada\x7f", "Ada\x9b", "\ud800", "\ue000", "\uffff", "\U000f0000", "Ada\u0378",
    "Ada\u200d", "A\u200dda", "A\u200cda",
)  # fmt: skip
SHAPELESS = (
    ".", "---", "’", "\u0301", "\u20dd", "🦊", "a" * (LONGEST_NAME + 1), "\ufdfa" * 2,
    "Z\u0300\u0301\u0302\u0303", "A\u0336\u0337\u0338\u0335da", "a" + "\u0489" * 5,
    "e" + "\u0301" * 20, "\u0e01" + "\u0e49" * 8, 7, None, ["Ada"], {"name": "Ada"}, True,
)  # fmt: skip
ALIKE = {  # a name in the class -> others that look like it
    "Ada": (
        "ada", "ADA", " Ada ", "Ａｄａ", "𝒜𝒹𝒶", "Аda", "Αda", "Adа", "ᗅda",
        "𝐀𝐝𝐚",
    ),
    "Ian": ("lan", "1an", "|an", "Іan", "Ιan", "ian", "Ⅰan"),
    "Olga": ("0lga", "Оlga", "Οlga", "OIga", "O1ga", "օlga"),
    "Tom": ("Torn", "Τom", "Тom", "TOM"),
    "José": ("Jose\u0301", "JOSÉ", "Јosé"),
    "Ana Bo": ("Ana  Bo", "Ana\u00a0Bo", "Ana\u2009Bo"),
    "Straße": ("STRASSE", "Strasse"),
    "Пётр": ("ПЁТР", "Пe\u0308тр"),
}  # fmt: skip
OF_THE_GAME = (
    "the teacher, from paper", "The Teacher, from paper", "the model (assumed)", "Teacher",
    "Tеacher", "United States", "United Ѕtates", "États-Unis", "France", "The press",
    "France on paper", "Microsoft", "Arvenia", "ARVENIA",
)  # fmt: skip


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    return School(tmp_path_factory.mktemp("names")).open("15", seats=6)


def test_honest_names_of_many_scripts_are_taken_side_by_side(tmp_path):
    lesson = School(tmp_path).open("15", seats=6)
    refused = {
        name: answer.text
        for name in HONEST
        if (answer := lesson.ask_to_join(name)).status_code != 201
    }
    assert refused == {}
    assert len(HONEST) >= 40


def test_names_differ_where_people_see_a_difference():
    for one, other in (
        ("Ilan", "Lian"), ("Anna", "Ana"), ("José", "Jose"), ("Mia", "Mía"), ("Ali", "Eli"),
        ("李娜", "李纳"), ("さくら", "ざくら"), ("Ana Bo", "AnaBo"),
    ):  # fmt: skip
        assert looks(one).isdisjoint(looks(other)), (one, other)


@pytest.mark.parametrize("name", [*UNSEEN, *SHAPELESS], ids=ascii)
def test_a_name_that_hides_or_has_no_shape_is_refused_in_a_sentence(lesson, name):
    answer = lesson.ask_to_join(name)
    assert answer.status_code == 400, name
    assert answer.get_json()["message"].startswith(("the name ha", "the name is"))


@pytest.mark.parametrize("name", ALIKE)
def test_no_two_names_of_a_session_look_alike(lesson, name):
    lesson.join(name)
    assert {each: lesson.ask_to_join(each).status_code for each in ALIKE[name]} == dict.fromkeys(
        ALIKE[name], 409
    )


def test_two_names_that_look_alike_may_be_in_two_sessions(lesson):
    other = lesson.school.open("15", seats=6)
    assert other.ask_to_join("Ada").status_code == 201
    assert lesson.school.open("15", seats=6).ask_to_join("Аda").status_code == 201


@pytest.mark.parametrize("name", OF_THE_GAME)
def test_no_student_has_a_name_that_the_game_writes(lesson, name):
    answer = lesson.ask_to_join(name)
    assert answer.status_code == 400, name
    assert answer.get_json()["message"].startswith("the game itself writes this name")


def test_the_words_of_the_game_come_from_the_game(lesson):
    seats = [seat["name"] for seat in lesson.teacher.state()["seats"]]
    for word in (*cast.NAMES, *seats, names.FROM_PAPER, names.BY_THE_MODEL):
        assert lesson.ask_to_join(word).status_code == 400, word


def test_hostile_names_are_many():
    assert len({*UNSEEN, *map(str, SHAPELESS), *sum(ALIKE.values(), ()), *OF_THE_GAME}) > 100


def test_a_skeleton_is_the_same_for_all_that_look_alike():
    assert skeleton("раура1") == skeleton("paypal")
    assert skeleton("ρaρa") == skeleton("papa")
    assert skeleton(skeleton("modern")) == skeleton("modern")


def test_a_headline_keeps_its_signs_and_hides_nothing():
    assert as_headline("  ½ of all sign… ‘so far’ ❤️ ") == "½ of all sign… ‘so far’ ❤️"
    for line in ("\u202eback", "a\u200bb", "", " ", "x" * 141):
        with pytest.raises(ClassError):
            as_headline(line)
