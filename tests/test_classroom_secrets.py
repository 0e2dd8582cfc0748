"""What a class decides in secret stays secret: on the disk, and from whoever has all that the class
leaves behind, and Parley.
"""

from __future__ import annotations

import shutil
from typing import Any

import class_attacker
import numpy as np
import pytest
from class_attacker import belief, countries_of, played_again, session
from classrooms import KEY, School, files_of
from test_classroom_conduct import STATES, game_in

import sim
from dashboard.classroom import cast
from dashboard.classroom.keys import BYTES, Key
from dashboard.classroom.plan import ACCUSE
from dashboard.classroom.refusals import ClassError
from dashboard.classroom.seats import SIZES
from dashboard.classroom.store import KEYS
from dashboard.classroom.world import EVERY, Order

SESSIONS = 10
NO_KEY = "the key of this session is lost"


@pytest.fixture
def school(tmp_path):
    return School(tmp_path)


# On the disk


def stored(school: School) -> bytes:
    """All that lies in the files of a school."""
    return b"".join(path.read_bytes() for path in files_of(school))


def test_no_secret_decision_can_be_read_in_the_files(school):
    game = game_in(school)
    game.keep(USA="break", CHN="keep")
    game.go_to(ACCUSE)
    whom = game.name("CHN")
    game.phones["USA"].decide(f"sanction {whom}")
    content = stored(school)
    assert b'"sign' in content, "decisions on signing are no secret"
    for word in ('"break', '"keep"', "sanction ", whom):
        assert word.encode() not in content, word


def test_what_is_enciphered_tells_neither_what_it_is_nor_how_long():
    key = Key(KEY)
    values: list[Any] = ["keep", "break", "nobody", "sanction Arvenia"]
    written = [key.encipher(value) for value in values]
    assert len({len(each) for each in written}) == 1
    assert [key.decipher(each) for each in written] == values
    assert key.encipher("keep") != key.encipher("keep")
    with pytest.raises(ClassError, match=NO_KEY):
        Key(bytes([1]) * BYTES).decipher(written[0])


def test_a_copy_of_the_store_without_its_keys_tells_no_secret(school, tmp_path_factory):
    game = game_in(school)
    game.keep(USA="break")
    school.store.close()
    copy = tmp_path_factory.mktemp("copy")
    shutil.copy(school.store.path, copy / school.store.path.name)
    answer = School(copy).client.get("/class/api/state", headers=game.lesson.teacher.headers)
    assert (answer.status_code, NO_KEY in answer.text) == (503, True)


def test_a_lost_key_takes_no_other_session_with_it(school):
    lesson, other = school.open("50", seats=6), school.open("50", seats=6)
    school.key_file(lesson.teacher.token).unlink()
    assert lesson.teacher.get("state").status_code == 503
    assert other.teacher.get("state").status_code == 200
    assert lesson.teacher.teach("wipe").status_code == 200, "it can still be wiped"


def test_the_key_goes_with_the_session(school):
    lesson, other = school.open("50", seats=6), school.open("50", seats=6)
    for _ in (lesson.teacher.teach("end"), lesson.teacher.teach("wipe")):
        pass
    assert not school.key_file(lesson.teacher.token).exists()
    assert school.key_file(other.teacher.token).exists()
    school.clock.move(70 * 24 * 3600.0)
    school.open("50", seats=6)
    assert not school.key_file(other.teacher.token).exists(), "a session that is forgotten"


def test_keys_are_set_aside_with_their_store(school):
    school.open("50", seats=6)
    school.store.close()
    school.store.path.write_bytes(b"no store" * 200)
    school.open("50", seats=6)
    folder = school.store.path.parent
    aside = folder / f"{school.store.path.name}.aside-1{KEYS}"
    assert [len(each.read_bytes()) for each in aside.iterdir()] == [BYTES]
    assert len([*(folder / f"{school.store.path.name}{KEYS}").iterdir()]) == 1


def test_no_two_sessions_have_one_key(school):
    opened = [school.client.post("/class/api/sessions", json={"seed": 1}) for _ in range(5)]
    keys = {school.key_file(each.get_json()["secret"]).read_bytes() for each in opened}
    assert (len(keys), {len(key) for key in keys}) == (5, {BYTES})


# Luck of its own


def test_conduct_of_another_seed_is_other_conduct_and_the_same_seed_is_the_same_run():
    def operations(conduct_seed: int | None) -> Any:
        run = sim.run(
            class_attacker.PARIS, replicates=1, conduct_by_name=True, conduct_seed=conduct_seed
        )
        return run.named_operations(1)

    usual = operations(None)
    assert operations(1).equals(usual)
    assert not operations(2).equals(usual)
    assert operations(2).equals(operations(2))


def test_no_manifest_tells_a_run_with_a_secret_seed(tmp_path):
    run = sim.run(class_attacker.PARIS, replicates=1, conduct_seed=123456)
    with pytest.raises(sim.InputError, match="secret seed"):
        _ = run.manifest
    with pytest.raises(sim.InputError, match="secret seed"):
        run.save(tmp_path / "run")
    assert not [*tmp_path.iterdir()]
    assert "123456" not in f"{run!r}{run.request!r}"


def test_who_breaks_it_acts_once_in_each_stretch_of_months():
    months = [*Order(4, "USA", keeps=False).by_month(1, 62).items()]
    broken = [month for month, keeps in months if not keeps]
    assert [(month - 4) // EVERY for month in broken] == [*range(len(broken))]
    assert len({tuple(Order(4, "USA", False).by_month(luck, 62)) for luck in range(9)}) > 5
    assert Order(4, "USA", keeps=True).by_month(1, 62) == {4: True}


def test_the_countries_of_a_class_never_all_do_the_same():
    """Else the debrief, which says how many acted, would tell the secret of every team."""
    names = dict.fromkeys((*STATES, "RUS", "IND", "BRA"), "")
    for number in range(200):
        for kept in (True, False):
            told = cast.orders(names, dict.fromkeys(STATES, kept), 4, Key(bytes([number])))
            assert {each.who: each.keeps for each in told}.items() >= dict.fromkeys(
                STATES, kept
            ).items()
            assert {each.keeps for each in told} == {True, False}


# From whoever has the table, the seed and Parley


def test_with_the_luck_of_the_seed_the_class_could_be_played_again():
    """The attack works where it can: it finds what was decided, in most classes nothing else."""
    alone = 0
    for number in range(2 * SESSIONS):
        secret = session(6, number, keyed=False)
        possible = played_again(secret, 6)
        assert tuple(secret.breaks.values()) in possible
        alone += len(possible) == 1
    assert alone > SESSIONS


def test_with_a_key_the_class_cannot_be_played_again():
    for number in range(SESSIONS):
        secret = session(6, number, keyed=True)
        assert tuple(secret.breaks.values()) not in played_again(secret, 6)


@pytest.mark.long
@pytest.mark.parametrize("seats", SIZES)
def test_the_best_guess_of_a_secret_is_no_better_than_the_table_alone(seats):
    """An attacker who has learned from other classes how often each country is accused knows no
    more of a team than how many countries acted, and is sure of none.
    """
    right, by_table, beliefs = 0, 0, []
    for number in range(SESSIONS):
        secret = session(seats, number, keyed=True)
        rows = secret.rows(countries_of(seats)[0]).values()
        most = np.mean([acted for acted, *_ in rows]) > 0.5
        found = belief(secret, seats)
        for who, broke in secret.breaks.items():
            beliefs.append(found[who])
            right += (beliefs[-1] > 0.5) == broke
            by_table += most == broke
    assert right <= by_table + 0.05 * len(beliefs)
    assert 0.01 < min(beliefs) < max(beliefs) < 0.99
