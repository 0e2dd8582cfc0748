"""Sheets for paper, of lessons and of classes: as a PDF they embed their typeface, and what stands
on one page does so on A4 and on Letter.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page

import sim
from dashboard.classroom.paper import Paper
from sim.lessons.sheet import HTML, sheet

pytestmark = pytest.mark.browser

PAPERS = {"A4": (210, 297), "Letter": (215.9, 279.4)}  # millimetres
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def printed(page: Page, paper: str) -> bytes:
    """The PDF of *page* on this *paper*, with what is compressed in it unpacked."""
    made = page.pdf(format=paper, prefer_css_page_size=True)
    return b"\n".join([made, *map(unpacked, STREAM.findall(made))])


def unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def check_fonts(pdf: bytes) -> None:
    """Every font is Inter and embedded, and none is a set of drawings."""
    names = set(re.findall(rb"/FontName\s*/[A-Z]+\+([\w-]+)", pdf))
    assert names
    assert all(name.startswith(b"Inter") for name in names), names
    assert pdf.count(b"/FontFile2") == len(re.findall(rb"/FontName\b", pdf))
    assert b"/Type3" not in pdf


def is_size(pdf: bytes, paper: str) -> bool:
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    points = tuple(millimetres / 25.4 * 72 for millimetres in PAPERS[paper])
    return all(tuple(map(float, size)) == pytest.approx(points, abs=1.5) for size in sizes)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", sim.available_lessons())
def test_the_tasks_of_a_lesson_are_a_sheet_of_paper_with_its_typeface(
    page: Page, tmp_path: Path, name: str, paper: str
):
    file = tmp_path / "sheet.html"
    file.write_text(sheet(sim.load_lesson(name), suffix=HTML), encoding="utf-8")
    page.goto(file.as_uri())
    pdf = printed(page, paper)
    check_fonts(pdf)
    assert is_size(pdf, paper)
    assert pages(pdf) <= 2, "the two sides of one sheet"


@pytest.mark.parametrize("paper", PAPERS)
def test_the_sheets_of_a_class_fit_on_the_paper_of_the_printer_with_their_typeface(
    page: Page, tmp_path: Path, paper: str
):
    file = tmp_path / "class.html"
    file.write_text(Paper({"plan": "50", "seats": 30}).file(), encoding="utf-8")
    page.goto(file.as_uri())
    pdf = printed(page, paper)
    check_fonts(pdf)
    assert is_size(pdf, paper)

    cards = tmp_path / "cards.html"
    cards.write_text(Paper({"plan": "50", "seats": 30, "part": "cards"}).file(), encoding="utf-8")
    page.goto(cards.as_uri())
    assert pages(printed(page, paper)) == 15, "two cards to a page"
    copies = tmp_path / "copies.html"
    copies.write_text(Paper({"part": "copies"}).file(), encoding="utf-8")
    page.goto(copies.as_uri())
    assert pages(printed(page, paper)) == page.locator(".sheet").count()


@pytest.mark.parametrize("paper", PAPERS)
def test_the_sheet_of_a_student_fits_on_the_paper_of_the_printer_with_its_typeface(
    page: Page, open_page, paper: str
):
    open_page("learn?lesson=veto")
    page.locator("#lesson-number").wait_for()
    page.wait_for_function("document.fonts.check('650 1em \"Inter on paper\"')")
    page.wait_for_function(
        "[...document.fonts].filter(one => one.family.includes('on paper')"
        " && one.status === 'loaded').length === 2"
    )
    pdf = printed(page, paper)
    check_fonts(pdf)
    assert is_size(pdf, paper)
    assert pages(pdf) == 1
