"""The tables of facts: complete, in range, with their provenance, and agreeing with each other; and
the text of the Paris Call, whom it binds and how deep it goes.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sim import facts
from sim.code_of_conduct import Code, Provision
from sim.errors import InputError
from sim.facts import shipped
from sim.facts.columns import TABLES
from sim.facts.other_names import OTHER_NAMES, spelling
from sim.facts.table import Row, address, fill_empty_cells, flag, iso3, number, read_table, text
from sim.scenario import load

SIZES = {
    "eu": 28,
    "nato": 29,
    "oecd": 36,
    "council_of_europe": 47,
    "francophonie": 51,
    "commonwealth": 53,
    "african_union": 54,
    "oas": 35,
    "asean": 10,
    "sco": 8,
    "csto": 6,
    "cis": 9,
    "brics": 5,
    "g7": 7,
    "g20": 19,
    "five_eyes": 5,
    "freedom_online_coalition": 30,
}
USES = {"strict", "structural", "no"}


def sources() -> dict[str, dict[str, list[str]]]:
    """Table -> column -> the cells of its row in SOURCES.md."""
    tables: dict[str, dict[str, list[str]]] = {}
    for part in re.split(
        r"^## ", (facts.DATA / "SOURCES.md").read_text(encoding="utf-8"), flags=re.M
    )[1:]:
        title, _, body = part.partition("\n")
        rows = [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in body.splitlines()
            if line[:2] == "| "
        ]
        tables[title] = {row[0]: row[1:] for row in rows[1:]}
    return tables


@pytest.mark.parametrize(
    "cell", ["somewhere", "http://example.org/page", "https://example.org/a page", "https://x"]
)
def test_what_is_no_address_is_refused(cell):
    assert address("url").read(cell) is None
    assert address("url").read("https://example.org/page") == "https://example.org/page"


def test_what_was_said_in_public_moves_no_hash(tmp_path, monkeypatch):
    before = facts.data_sha256()
    shutil.copytree(facts.DATA, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(shipped, "DATA", tmp_path)
    with (tmp_path / "positions.csv").open("a") as positions:
        positions.write("more")
    assert facts.Facts().sha256 == before


def test_neither_what_was_said_in_public_nor_a_table_of_talks_enters_a_run():
    tables = ["paris_call_organisation_reports", "positions", "gge_provisions", "gge_seats"]
    assert [name for name, table in TABLES.items() if not table.simulated] == tables
    assert {row[3] for row in sources()["positions.csv"].values()} == {"no"}


def test_every_position_has_one_sentence_and_where_to_read_it():
    positions = facts.positions()
    assert len({position.who for position in positions}) >= 15
    assert all(
        position.said.endswith(".") and position.url.startswith("https://")
        for position in positions
    )
    assert list(positions) == sorted(positions, key=lambda position: (position.who, position.date))


def test_there_are_193_states_in_alphabetical_order():
    index = list(facts.states().index)
    assert len(index) == 193
    assert index == sorted(index)


def test_no_cell_is_left_empty():
    assert not facts.states().isna().any().any()
    assert not facts.other_homes().isna().any().any()


def test_whoever_asks_may_change_the_frame():
    mine = facts.states()
    mine.loc["FRA", "freedom_2017"] = 0
    assert facts.states().loc["FRA", "freedom_2017"] > 0


@pytest.mark.parametrize(("group", "size"), SIZES.items())
def test_lists_of_members_have_their_known_size(group, size):
    assert facts.states()[group].sum() == len(facts.members(group, "test")) == size


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_its_provenance(table):
    rows = sources()[f"{table}.csv"]
    header = (facts.DATA / f"{table}.csv").read_text("utf-8").split("\n")[0]
    assert set(rows) == set(header.split(","))
    assert all(len(row) == 4 and row[3] in USES for row in rows.values())


def test_every_table_that_is_shipped_is_declared():
    assert {path.stem for path in facts.DATA.glob("*.csv")} == set(TABLES)


def test_what_was_published_after_the_launch_is_for_no_strict_use():
    late = re.compile(r"(?<!_to)_2018$|^unga")
    rows = sources()["states.csv"]
    assert {row[3] for column, row in rows.items() if late.search(column)} == {"structural", "no"}
    assert all(
        row[3] != "strict"
        for row in rows.values()
        if row[2] in ("2019", "after the launch", "December 2018")
    )


def test_the_register_itself_predicts_nothing():
    registers = [
        name for name in TABLES if name.startswith("paris_call") and name != "paris_call_provisions"
    ]
    assert {row[3] for name in registers for row in sources()[f"{name}.csv"].values()} == {"no"}


def test_filled_cells_are_those_that_the_provenance_lists():
    cells = {(iso3, column) for iso3, row in sources()["Cells that no source fills"].items()
              for column in row[0].split(", ")}  # fmt: skip
    assert set(facts.filled_cells()) == cells


def home(
    iso3: str, region: str, gdp: float | None = 1, population: float = 1, score: float | None = 1
) -> Row:
    return {
        "iso3": iso3,
        "region": region,
        "gdp_usd_bn_2017": gdp,
        "population_m_2017": population,
        "score": score,
    }


def test_an_empty_cell_gets_the_median_of_its_region():
    rows = (home("AAA", "x", score=1), home("BBB", "x", score=4), home("CCC", "y", score=9),
            home("DDD", "x", score=None))  # fmt: skip
    assert fill_empty_cells(rows, rows)[0][3]["score"] == 2.5


def test_an_empty_cell_gets_the_median_of_the_world_where_the_region_has_none():
    rows = (home("AAA", "x", score=1), home("BBB", "x", score=4), home("CCC", "y", score=None))
    assert fill_empty_cells(rows, rows)[0][2]["score"] == 2.5


def test_missing_wealth_is_filled_per_head():
    rows = (home("AAA", "x", gdp=30, population=10), home("BBB", "x", gdp=None, population=2))
    assert fill_empty_cells(rows, rows)[0][1]["gdp_usd_bn_2017"] == 6


def test_a_missing_figure_of_2018_is_that_of_2017():
    assert (
        facts.states().loc["PRK", "internet_users_pct_2018"]
        == facts.states().loc["PRK", "internet_users_pct_2017"]
    )


def test_the_states_on_the_register_add_up_to_its_totals():
    dates = facts.register_states()["signed_by"]
    totals = facts.milestones().set_index("date")["states"]
    assert [(dates <= day).sum() for day in totals.index[2:]] == list(totals.iloc[2:])
    assert len(dates) == 81


@pytest.mark.parametrize(("kind", "column"), [("firm", "firms"), ("ngo", "ngos")])
def test_organisations_by_country_stay_close_below_the_totals(kind, column):
    organisations = facts.register_organisations().query("kind == @kind")
    gaps = [
        row[column]
        - organisations.loc[organisations["listed_by"] <= row["date"], "organisations"].sum()
        for _, row in facts.milestones().iloc[2:].iterrows()
    ]
    assert all(0 <= gap <= 24 for gap in gaps)


def test_no_two_stakeholders_answer_to_one_name():
    others = [name for names in OTHER_NAMES.values() for name in names]
    names = [
        *facts.state_names(),
        *facts.state_names().values(),
        *facts.organisation_kinds(),
        *others,
    ]
    assert len({spelling(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "who"),
    [("Turkey", "TUR"), ("turkiye", "TUR"), ("UK", "GBR"), ("Cote d'Ivoire", "CIV")],
)
def test_a_state_answers_to_the_names_that_people_use(name, who):
    assert facts.SHIPPED.id_of(name) == who


def test_other_names_are_of_states_that_there_are():
    assert set(OTHER_NAMES) <= set(facts.state_names())


def test_apple_amazon_and_twitter_are_there_though_they_are_on_no_list():
    assert {"Apple", "Amazon", "Twitter", "Microsoft", "Access Now"} <= set(
        facts.organisation_kinds()
    )


def test_the_hash_of_the_data_does_not_know_line_ends(tmp_path, monkeypatch):
    before = facts.data_sha256()
    for file in facts.DATA.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(shipped, "DATA", tmp_path)
    assert facts.Facts().sha256 == before
    with (tmp_path / "states.csv").open("a") as states:
        states.write("X")
    assert facts.Facts().sha256 != before


COLUMNS = (iso3("iso3"), text("name"), number("score", 0, 1, may_be_empty=True), flag("eu"))
GOOD = "iso3,name,score,eu\nFRA,France,0.5,1\nUSA,United States,,0\n"
FAULTS = {
    "missing column": (
        "iso3,name,eu\nFRA,France,1\n",
        "line 1: the column 'score' is missing, expected iso3, name",
    ),
    "misspelt column": ("iso3,name,scroe,eu\nFRA,France,0,1\n", "did you mean 'scroe'?"),
    "unknown column": (
        "iso3,name,score,eu,x\nFRA,France,0,1,2\n",
        "line 1: found 'x' as a column, expected iso3",
    ),
    "column twice": (
        "iso3,name,score,eu,eu\nFRA,France,0,1,1\n",
        "found 'eu' a second time, expected",
    ),
    "row twice": (
        GOOD + "FRA,France,0,1\n",
        "line 4, column iso3: found FRA a second time, expected each iso3 once",
    ),
    "short row": (GOOD + "DEU,Germany,0\n", "line 4: found 3 cells, expected 4"),
    "no number": (
        GOOD + "DEU,Germany,much,0\n",
        "line 4, column score: found 'much', expected a number from 0 to 1",
    ),
    "nan": (GOOD + "DEU,Germany,nan,0\n", "column score: found 'nan', expected a number"),
    "infinite": (
        GOOD + "DEU,Germany,inf,0\n",
        "column score: found 'inf', expected a number from 0 to 1",
    ),
    "out of range": (
        GOOD + "DEU,Germany,1.5,0\n",
        "column score: found '1.5', expected a number from 0 to 1",
    ),
    "no flag": (GOOD + "DEU,Germany,1,yes\n", "column eu: found 'yes', expected 0 or 1"),
    "no code": (
        GOOD + "de,Germany,1,0\n",
        "column iso3: found 'de', expected three capital letters",
    ),
    "empty cell": (GOOD + "DEU,,1,0\n", "line 4, column name: the cell is empty, expected a text"),
    "header alone": (
        "iso3,name,score,eu\n",
        "found a header without rows, expected at least one row",
    ),
    "empty": ("", "the file is empty, expected a table in CSV"),
    "binary": ("iso3\0name", "found a binary file, expected a table in CSV"),
    "open quote": (GOOD + 'DEU,"Germany,1,0\n', "expected a table in CSV"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_table_is_refused_with_its_place(tmp_path, fault):
    content, sentence = FAULTS[fault]
    (tmp_path / "mine.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=rf"^mine\.csv.*{re.escape(sentence)}") as error:
        read_table(tmp_path / "mine.csv", "mine.csv", COLUMNS, ("iso3",))
    assert "\n" not in str(error.value)


def test_a_good_table_is_read_by_type(tmp_path):
    (tmp_path / "mine.csv").write_text("\ufeff" + GOOD, encoding="utf-8")
    france, america = read_table(tmp_path / "mine.csv", "mine.csv", COLUMNS, ("iso3",))
    assert france == {"iso3": "FRA", "name": "France", "score": 0.5, "eu": 1}
    assert america["score"] is None


def replace_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, table: str, old: str, new: str
) -> None:
    """Replaces *old* by *new* in the *table* that ships."""
    content = (facts.DATA / f"{table}.csv").read_text(encoding="utf-8")
    assert old in content
    (tmp_path / f"{table}.csv").write_text(content.replace(old, new, 1), encoding="utf-8")
    rows = read_table(tmp_path / f"{table}.csv", table, TABLES[table].columns, TABLES[table].key)
    original = shipped.rows_of
    monkeypatch.setattr(shipped, "rows_of", lambda name: rows if name == table else original(name))
    monkeypatch.setattr(facts, "SHIPPED", facts.Facts())


@pytest.mark.parametrize(
    ("table", "old", "new", "reader", "sentence"),
    [
        (
            "paris_call_states",
            "\nAUT,",
            "\nAUX,",
            facts.register_states,
            "there is no home 'AUX', expected one of states.csv",
        ),
        (
            "paris_call_states",
            "AUT,,",
            "AUT,2018-11-12,",
            facts.register_states,
            "row AUT, column not_yet_on: found 2018-11-12",
        ),
        (
            "paris_call_organisations_by_country",
            "ngo,ARG,",
            "ngo,ARX,",
            facts.register_organisations,
            "there is no home 'ARX', expected one of states.csv or other_homes.csv",
        ),
        (
            "organisations",
            "Microsoft,firm,USA,software",
            "Microsoft,firm,USA,advocacy",
            facts.organisations,
            "row Microsoft, column sector: found 'advocacy', expected one of platform",
        ),
        (
            "organisations",
            "Telstra,firm,AUS,telecom,1,1",
            "Telstra,firm,AUS,telecom,1,2",
            facts.organisations,
            "firms of AUS, column size_rank: found 2, expected each from 1 to 1 once",
        ),
        (
            "paris_call_organisation_reports",
            "\nKaspersky,",
            "\nKasperski,",
            facts.organisation_reports,
            "row Kasperski, column name: found 'Kasperski', expected a name of organisations.csv",
        ),
        (
            "paris_call_organisation_reports",
            "\nGoogle,,2018-11-12,",
            "\nGoogle,,,",
            facts.organisation_reports,
            (
                "row Google: found None as not_yet_on and None as signed_by, expected one of the"
                " two, or both in this order"
            ),
        ),
        (
            "positions",
            "\nKaspersky,",
            "\nKasperski,",
            facts.positions,
            (
                "positions.csv, row Kasperski 2018-11-15, column who: found 'Kasperski', expected"
                " the iso3 of a state"
            ),
        ),
    ],
)
def test_what_no_single_cell_shows_is_found_as_well(
    monkeypatch, tmp_path, table, old, new, reader, sentence
):
    replace_in(monkeypatch, tmp_path, table, old, new)
    with pytest.raises(InputError, match=re.escape(sentence)):
        reader()


PRINCIPLES = {provision.principle: provision for provision in facts.provisions()}


@pytest.fixture
def code() -> Code:
    return load("paris-call-2018").code


def with_ambition(code: Code, ambition: float) -> Code:
    return replace(code, provisions=tuple(replace(p, ambition=ambition) for p in code.provisions))


def test_the_paris_call_has_nine_principles():
    assert list(PRINCIPLES) == list(range(1, 10))


@pytest.mark.parametrize(
    ("principle", "bound_kinds"),
    [
        (1, {"state"}),
        (2, {"state", "firm"}),
        (3, {"state", "platform"}),
        (6, {"firm"}),
        (7, {"state", "firm", "ngo"}),
        (8, {"firm"}),
    ],
)
def test_a_principle_binds_those_whom_its_row_names(principle, bound_kinds):
    assert PRINCIPLES[principle].bound == bound_kinds


def test_only_the_principle_against_private_hack_back_has_states_prevent_others():
    assert [n for n, provision in PRINCIPLES.items() if provision.prevented_by_states] == [8]


def test_platforms_are_bound_as_platforms_and_as_firms():
    assert [n for n, p in PRINCIPLES.items() if p.binds_a("firm", platform=True)] == [
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
    ]
    assert not PRINCIPLES[3].binds_a("firm")


def test_breaking_is_an_operation_a_lapse_or_a_strike_back():
    conduct = {n: provision.conduct for n, provision in PRINCIPLES.items()}
    assert {n for n, what in conduct.items() if what == "operation"} == {1, 2, 3, 4, 5}
    assert {n for n, what in conduct.items() if what == "practice"} == {6, 7, 9}
    assert conduct[8] == "strike-back"


def test_a_text_without_ambition_has_no_depth_and_one_of_full_ambition_is_of_full_depth(code):
    assert with_ambition(code, 0).depth_restraint == with_ambition(code, 0).depth_burden == 0
    assert with_ambition(code, 1).depth_restraint == pytest.approx(1)
    assert with_ambition(code, 1).depth_burden == pytest.approx(1)


def test_depth_weighs_ambition_by_what_a_principle_asks_for(code):
    assert code.depth_restraint == pytest.approx(
        2.14 / 4.1
    )  # Σ R m / Σ R over the nine rows, by hand
    assert code.depth_burden == pytest.approx(1.5 / 3.0)


def test_principles_that_ask_for_no_restraint_do_not_deepen_it(code):
    assert code.with_ambition(6, 1).depth_restraint == code.depth_restraint
    assert code.with_ambition(6, 1).depth_burden > code.depth_burden


def test_a_text_that_asks_for_nothing_has_depth_0():
    nothing = Provision(1, "be kind", "all", 0, 0, 0, 1, "being unkind", "practice")
    code = Code(
        "Kindness",
        load("paris-call-2018").code.launch,
        None,
        None,
        0.5,
        0.5,
        ("state",),
        (nothing,),
    )
    assert (code.depth_restraint, code.depth_burden) == (0, 0)
