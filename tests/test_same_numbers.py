"""A number that appears on two pages, or on a page and at the command line, is the same text at the
same settings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import quote

import pytest
from command_outputs import Commands
from playwright.sync_api import Page, expect

FEW = 12  # worlds
LEAST = 60  # pairs of texts
UNTOLD = "may be luck"
KINDS = ("state", "firm", "ngo")


class Place(NamedTuple):
    """A view at a round, under what is written in an address and at the command line."""

    scenario: str
    seed: int
    round: int
    day: str
    lens: str = ""

    @property
    def query(self) -> str:
        """The address of a page on it."""
        return f"{self.view}&round={self.round}"

    @property
    def view(self) -> str:
        """The address of the same at its end."""
        lens = f"&lens={self.lens}" if self.lens else ""
        return f"scenario={self.scenario}{lens}&worlds={FEW}&seed={self.seed}"

    @property
    def options(self) -> tuple[str, ...]:
        """The arguments of a command on it."""
        lens = ("--lens", self.lens) if self.lens else ()
        return (self.scenario, "--replicates", f"{FEW}", "--seed", f"{self.seed}", *lens)


# The rounds end on dates of the register, so that pages and commands tell of the same day.
PLACES = (
    Place("paris-call-2018", 1, 0, "12 November 2018"),
    Place("paris-call-2018", 2, 12, "12 November 2019", "realist"),
    Place("great-powers-sign", 3, 12, "12 November 2019"),
)
MEASURES = {  # on a page, and at the command line
    "States that have signed": "states",
    "Firms that have signed": "firms",
    "NGOs that have signed": "NGOs",
    "Material power held by signatory states": "Signatories' share of states' material power",
}
WHO = {"BRA": "Brazil", "USA": "United States"}


class Walk:
    """The texts of the same number in two places, side by side."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str, str]] = []

    def add(self, what: str, here: str, there: str) -> None:
        """A number and its texts."""
        self.pairs.append((what, plain(here), plain(there)))

    def add_all(self, what: str, here: Sequence[str], there: Sequence[str]) -> None:
        """The numbers of a row and their texts."""
        assert len(here) == len(there), (what, here, there)
        for place, pair in enumerate(zip(here, there, strict=True)):
            self.add(f"{what}, {place + 1}", *pair)


def plain(text: str) -> str:
    """*text* without the words around the number."""
    text = text.removeprefix("register").removeprefix("present").removeprefix(", ")
    return re.sub(r" in 90\s% of (worlds|pairs|pairs of worlds)$", "", text).strip()


def median_change(words: str) -> str:
    """The median change that the page Compare says in *words*, as the designer writes it: 2 fewer
    (3 to 1) is −2.
    """
    size, points, side = re.match(r"(\S+?)(?:\s(points?))? ?(more|fewer|less)?\b", words).groups()
    side = side or re.search(r"more|fewer|less", words)[0]
    return f"{'+' if side == 'more' else '−'}{size}{chr(0xA0) + points if points else ''}"


def ends(words: str) -> str:
    """The interval that the page Compare says in *words*, as a terminal writes it: 2 more (2 to 3)
    is +2 to +3.
    """
    if ranged := re.fullmatch(
        r"(.+?) \((.+)\)", words
    ):  # the median, and the ends without the side that it says
        median, words = ranged.groups()
        words = (
            words if words.endswith(("more", "fewer", "less")) else f"{words} {median.split()[-1]}"
        )
    size, side = re.fullmatch(r"(.*?)(?:\spoints?)? (more|fewer|less)", words).groups()
    unit = "\u00a0points" if "point" in words else ""
    if across := re.fullmatch(r"(\S+?)(?:\spoints?)? (?:fewer|less) to (\S+)", size):
        return f"−{across[1]} to +{across[2]}{unit}"
    low, _, high = (
        f"0 to {size[6:]}".partition(" to ")
        if size.startswith("up to ")
        else size.partition(" to ")
    )
    sign = "+" if side == "more" else "−"
    signed = [end if end == "0" else f"{sign}{end}" for end in (low, high or low)]
    return " to ".join(dict.fromkeys(signed if sign == "+" else signed[::-1])) + unit


def rows(printed: str, title: str) -> dict[str, list[str]]:
    """The rows of the table under *title* of what a command printed, by the first cell."""
    lines = takewhile(str.strip, printed[printed.index(title) :].splitlines()[1:])
    cells = [re.split(r" {2,}", line.strip()) for line in lines]
    return {cell[0]: cell[1:] for cell in cells}


@pytest.mark.long
@pytest.mark.browser
def test_a_number_is_the_same_text_wherever_it_appears(
    page: Page, open_page: Callable, commands: Commands
):
    walk = Walk()

    def text(selector: str) -> str:
        expect(page.locator(selector).first).not_to_have_text(re.compile(r"^[–—]?$"))
        return page.locator(selector).first.inner_text()

    def cells(region: str, row: str) -> list[str]:
        return (
            page.get_by_role("region", name=region, exact=True)
            .get_by_role("row", name=row)
            .locator("td")
            .all_inner_texts()
        )

    def of_kinds() -> dict[str, list[str]]:
        return {
            kind: [text(f"#{part}-{kind}") for part in ("register", "listed", "interval")]
            for kind in KINDS
        }

    for place in PLACES:
        where = f"{place.scenario}, seed {place.seed}, month {place.round}: "
        open_page(f"?{place.query}")
        expect(page.locator("#round-date")).to_have_text(place.day)
        on_page = of_kinds()
        open_page(f"?{place.view}")
        expect(page.locator("#round-date")).to_have_text("12 January 2024")
        at_end = of_kinds()
        outside = {
            status: text(f"#states-{status}") for status in ("not_taken_up", "waiting", "declined")
        }
        open_page(f"brief?{place.view}")
        table = page.locator("main table tbody tr").filter(has=page.locator(".range")).all()
        for kind, row in zip(KINDS, table, strict=True):
            in_cells, most = row.locator("td").all_inner_texts(), row.locator(".range").inner_text()
            is_shown = page.get_by_role("columnheader", name="register").count()
            told = [in_cells[-1] if is_shown else "–", in_cells[0], most]
            walk.add_all(f"{where}{kind}s on the list, Simulate and brief", at_end[kind], told)
        said = page.locator("main").inner_text()
        for status, number in outside.items():
            words = {"not_taken_up": r"(\S+) have not taken", "waiting": r"(\S+) wait and",
                     "declined": r"(\S+) declined"}[status]  # fmt: skip
            walk.add(
                f"{where}states outside, Simulate and brief", number, re.search(words, said)[1]
            )
        printed = commands("run", *place.options, "--all").printed
        [row] = [
            row for day, row in rows(printed, "On the public list").items() if day == place.day
        ]
        of_each = len(row) // len(
            KINDS
        )  # where the register is of another code, nothing of it is printed
        for number, kind in enumerate(KINDS):
            told = row[of_each * number : of_each * (number + 1)]
            walk.add_all(
                f"{where}{kind}s on the list, Simulate and `parley run`",
                on_page[kind][-of_each:],
                told,
            )
        for who, name in list(WHO.items())[: 2 if place.round == 0 else 1]:
            open_page(f"stakeholder?{place.query}&who={who}")
            expect(page.locator("#who-name")).to_have_text(name)
            expect(page.locator("#who-provenance")).to_contain_text(
                "200 worlds"
            )  # as at the command line
            expect(page.locator("#turn-state")).to_have_text("")
            page.get_by_role("button", name="Open all").click()
            now = re.search(r": signed in (\S+\s%) of .*, not taken up in (\S+\s%)",
                            text("#history-now"))  # fmt: skip
            explained = commands(
                "explain", place.scenario, who, "--round", f"{place.round}", *place.options[3:]
            ).printed
            by_round = {status: row[0] for status, row in rows(explained, "How it stands").items()}
            walk.add(
                f"{where}{who} signed by the round, Stakeholder and `parley explain`",
                now[1],
                by_round["has signed"],
            )
            for chance in page.locator(".chance strong").all_inner_texts():
                said = re.search(r"takes the matter up in this round: (\S+\s%)", explained)
                walk.add(
                    f"{where}{who}, chance, Stakeholder and `parley explain`", chance, f"{said[1]}"
                )
            told = rows(explained, "What it weighs")
            for line in page.locator("#motives tr[data-motive]").all():
                name, value = (
                    line.locator("th").inner_text(),
                    line.locator(".logits").first.inner_text(),
                )
                [row] = [row for motive, row in told.items() if motive.removesuffix(", V") == name]
                number = next(cell for cell in row if re.fullmatch(r"[+−]?\d+\.\d\d|0", cell))
                walk.add(f"{where}{who}, {name}, Stakeholder and `parley explain`", value, number)

    first, second = PLACES[0], "scenario=great-powers-sign"
    query = f"worlds={FEW}&seed=4"
    open_page(f"compare?{query}&with={quote(second)}")
    page.get_by_role("region", name="B compared with A", exact=True).get_by_text(
        "Every measure, B beside A"
    ).click()
    printed = commands(
        "compare", first.scenario, "great-powers-sign", "--replicates", f"{FEW}", "--seed", "4"
    ).printed
    levels = rows(printed, "Have signed by the end")
    for label, name in MEASURES.items():
        if (row := cells("B compared with A", label)) and row[
            -1
        ] != UNTOLD:  # it has what is not alike
            walk.add(f"{label}, Compare and `parley compare`", ends(row[-1]), levels[name][-1])

    designed = f"{query}&set=ambition_8:0"
    open_page(f"designer?{designed}")
    parts = {
        kind: [text(f"#{part}-{kind}") for part in ("present", "change", "interval")]
        for kind in (*KINDS, "power")
    }
    open_page(f"compare?{query}&with={quote(f'{designed}')}")
    page.get_by_role("region", name="B compared with A", exact=True).get_by_text(
        "Every measure, B beside A"
    ).click()
    for kind, (label, _) in zip((*KINDS, "power"), MEASURES.items(), strict=True):
        if (row := cells("B compared with A", label)) and row[-1] != UNTOLD:
            walk.add(f"{label}, designer and Compare", parts[kind][-1].strip("()"), ends(row[-1]))
            walk.add(
                f"median change of {label}, designer and Compare",
                parts[kind][1],
                median_change(row[-1]),
            )
            walk.add(
                f"{label} under the present text, designer and Compare", parts[kind][0], row[0]
            )
    open_page(f"?{query}")
    for kind in KINDS:  # by the end all that have signed are on the list
        walk.add(
            f"{kind}s at the end, designer and Simulate", parts[kind][0], text(f"#listed-{kind}")
        )

    open_page(f"negotiate?negotiation={quote('replicates=40&seed=2')}")
    expect(page.locator("#negotiate-answer")).to_contain_text("of 40 simulated worlds")
    printed = commands("negotiate", "un-gge-2017", "--replicates", "40", "--seed", "2").printed
    seats = rows(printed, "Who does not accept the text")
    blockers = {seat: row for seat, row in seats.items() if row and row[0].endswith("%")}
    page.locator("#negotiate-all-fold > summary").click()
    for seat, numbers in list(blockers.items())[:6]:
        row = page.locator("#negotiate-all tr").filter(
            has=page.get_by_role("rowheader", name=seat, exact=True)
        )
        weight, _, blocks, too_far, too_little, _ = row.locator("td").all_inner_texts()
        walk.add_all(
            f"{seat}, Negotiate and `parley negotiate`",
            [weight, blocks, too_far, too_little],
            numbers[:4],
        )

    different = [pair for pair in walk.pairs if pair[1] != pair[2]]
    assert not different, "\n".join(map(repr, different))
    assert len(walk.pairs) >= LEAST
