"""No cell of a table is a formula, at whichever sign a spreadsheet parts the columns."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess

import pandas as pd
import pytest
from classrooms import School

from dashboard.data.tables import as_csv, without_formula

BEGINS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "a;=1", "a,=1", "a\t=1", "a\r\n=1",
    "a|=1", ";=1", ";;=1", 'a;"=1"', '"=1', 'a;""=1', "a;-1;+2;@b", '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0", "a\n=1", "x;\t=1",
)  # fmt: skip
PLAIN = (
    "Ada",
    "D'Angelo",
    "Anne-Marie",
    "a = b",
    "a; b, c",
    "1 - 2",
    "3, -4",
    "",
    "1+1",
    "a@b.org",
)


def cells(text: str, separator: str) -> list[str]:
    """The cells of *text*, as a spreadsheet parts it that takes *separator* for the sign."""
    return [
        cell
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for cell in row
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("formula", FORMULAS, ids=ascii)
def test_no_formula_is_left_whichever_sign_parts_the_columns(formula, separator):
    table = as_csv([{"before": "x", formula: formula, "after": formula}], same=formula).decode()
    assert not [cell for cell in cells(table, separator) if cell.startswith(BEGINS)]
    assert not [line for line in table.splitlines() if line.startswith(BEGINS)]


def test_other_texts_and_numbers_stay_as_they_are():
    assert [without_formula(text) for text in PLAIN] == list(PLAIN)
    assert as_csv(pd.DataFrame({"n": [-1, 2], "x": [-0.5, 1.0]})) == b"n,x\n-1,-0.5\n2,1.0\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_table_of_a_class_holds_no_formula(tmp_path, separator):
    """Names, headlines and answers, as students type them."""
    lesson = School(tmp_path).open("50-real", seats=6)
    phones = [
        lesson.join("=1+1", "USA"),
        lesson.join("Bo;=1", "CHN"),
        lesson.join('Cy;"=1"', "press-1"),
    ]
    lesson.go_to("news")
    assert phones[2].decide("all agree;=HYPERLINK(A1)").status_code == 200
    lesson.go_to("exit")
    answer = {"mood": "proud", "answer": 7}
    assert phones[0].decide(answer).status_code == 200
    table = lesson.teacher.get("export.csv").data.decode("utf-8-sig")
    assert "all agree;'=HYPERLINK(A1)" in table
    assert not [cell for cell in cells(table, separator) if cell.startswith(BEGINS)]


@pytest.mark.release
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_libreoffice_computes_no_cell(tmp_path, separator):
    """Asked to compute formulas, which it does not by itself; a plain formula shows that it can."""
    rows = [{"before": "x", "name": each, "after": each} for each in FORMULAS]
    (tmp_path / "ours.csv").write_bytes(as_csv(rows))
    (tmp_path / "plain.csv").write_text("=1+1\n", encoding="utf-8")
    options = f"{ord(separator)},34,76,1,,0,false,true,false,false,false,-1,true"
    computed = {}
    for name in ("ours", "plain"):
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        command += [f"--infilter=CSV:{options}", "--convert-to", "fods", f"{name}.csv"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
        table = (tmp_path / f"{name}.fods").read_text(encoding="utf-8")
        computed[name] = table.count("table:formula=")
    assert computed == {"ours": 0, "plain": 1}
