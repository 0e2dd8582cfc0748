"""The house, drawn from its imports: docs/house.svg. The same imports give the same bytes.

Rooms stand on floors, so that every arrow leads down. An arrow is left out where a chain of others
says the same.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import combinations, pairwise

from docs.imports import COMMAND_LINE, FACE, PAGES, circles, modules, reachable, room_of, rooms

# Everything in the drawing is measured in pixels.
NARROWEST, MARGIN, GAP, BETWEEN = (
    860,
    24,
    22,
    46,
)  # of the paper, at its edges, beside rooms, between floors
LETTER, LINE, HEAD, PAD = (
    6.35,
    14,
    24,
    10,
)  # of a room: a letter, a line of files, its name, its inner edge
PASSAGE, TIP = (
    10,
    3,
)  # the width that an arrow takes where it passes a floor, and what it leaves free before a room
STYLE = """
  .paper { fill: #fbfaf7 } .wall { fill: #f1efe8; stroke: #d8d4c7 }
  .room { fill: #ffffff; stroke: #8d94a0 }
  .circle { fill: none; stroke: #8d94a0; stroke-dasharray: 3 4 }
  .name { fill: #1f2933; font: 600 13px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif }
  .files {
    fill: #52606d;
    font: 10.5px ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace
  }
  .arrow { fill: none; stroke: #66707d; stroke-width: 1.3 } .head { fill: #66707d }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #14181d } .wall { fill: #1b2128; stroke: #333c47 }
    .room { fill: #232a33; stroke: #6b7684 }
    .circle { stroke: #6b7684 } .name { fill: #e6eaef } .files { fill: #a9b4c0 }
    .arrow { stroke: #8a95a3 } .head { fill: #8a95a3 }
  }
"""


@dataclass(eq=False, repr=False)
class Box:
    """A room in the drawing, or the passage of an arrow through a floor (which has no name)."""

    name: str
    floor: int
    lines: tuple[str, ...] = ()
    width: float = PASSAGE
    x: float = 0.0  # its centre
    y: float = 0.0  # its upper edge, which is that of its floor
    foot: float = 0.0  # the lower edge of its floor
    above: list[Box] = field(default_factory=list)
    below: list[Box] = field(default_factory=list)

    @property
    def height(self) -> float:
        return (
            HEAD + PAD / 2 + LINE * len(self.lines) + (PAD / 2 if self.lines else 0)
            if self.name
            else 0.0
        )


def arrows() -> dict[str, list[str]]:
    """Room -> the rooms to which an arrow leads: none that a chain of other arrows reaches as
    well.
    """
    graph = rooms()
    reached = {room: reachable(graph, room) for room in graph}

    def is_implied(room: str, name: str) -> bool:
        others = graph[room] - {name}
        return any(
            name in reached[other] and other not in reached[name] and room not in reached[other]
            for other in others
        )

    return {
        room: sorted(name for name in names if not is_implied(room, name))
        for room, names in graph.items()
    }


def floors() -> dict[str, int]:
    """Room -> its floor: below all that import it, as high as that allows; rooms in a circle share
    one. All of sim is below the pages.
    """
    graph = rooms()
    graph = graph | {PAGES: frozenset(graph) - {PAGES, *COMMAND_LINE}}
    together = {room: frozenset({room}) for room in graph} | {
        room: c for c in circles(graph) for room in c
    }

    def beneath(room: str) -> set[str]:
        return {name for each in together[room] for name in graph[each]} - together[room]

    @cache
    def height(room: str) -> int:
        return 1 + max(map(height, beneath(room)), default=-1)

    @cache
    def floor(room: str) -> int:
        return (
            min(
                (floor(name) for name in graph if together[room] & beneath(name)),
                default=height(room) + 1,
            )
            - 1
        )

    return {room: floor(room) for room in graph}


def files_of(room: str) -> list[str]:
    """The files of a room, by name, a line for each of its folders; none for a room that is a
    file.
    """
    folders: dict[str, list[str]] = {}
    for module, path in modules().items():
        if room_of(module) == room and path.name != "__init__.py":
            *inner, name = module.removeprefix(room).strip(".").split(".")
            folders.setdefault("/".join(inner), []).append(name)
    if room in (FACE, *folders.get("", [])) or folders == {"": [""]}:
        return []
    return [
        " ".join([f"{folder}/" if folder else "", *names]).strip()
        for folder, names in sorted(folders.items())
    ]


def wrapped(lines: Sequence[str]) -> tuple[str, ...]:
    """The *lines* broken so that a room is about as wide as it is high."""
    letters = sum(map(len, lines))
    width = max(18, min(46, round((5.2 * letters) ** 0.5)))
    return tuple(
        part
        for line in lines
        for part in textwrap.wrap(line, width, subsequent_indent="  " * ("/ " in line))
    )


def title(room: str) -> str:
    """What is written over a room."""
    if room == FACE:
        return "sim.__all__: the public names"
    name = room.removeprefix("sim.").replace(".", "/")
    return f"{name}/" if modules()[room].name == "__init__.py" else f"{name}.py"


def boxes() -> list[list[Box]]:
    """Every floor from the lowest to the highest, with its rooms and its passages, joined by
    arrows.
    """
    at, lines = floors(), {room: wrapped(files_of(room)) for room in rooms()}
    house: list[list[Box]] = [[] for _ in range(max(at.values()) + 1)]
    known = {}
    for room, floor in sorted(at.items()):
        widest = max([len(title(room)) * 1.27, *map(len, lines[room])])
        known[room] = Box(room, floor, lines[room], widest * LETTER + 2 * PAD)
        house[floor].append(known[room])
    for room, names in arrows().items():
        for name in names:
            if at[room] == at[name]:
                continue
            way = [
                known[room],
                *(Box("", floor) for floor in range(at[room] - 1, at[name], -1)),
                known[name],
            ]
            for passage in way[1:-1]:
                house[passage.floor].append(passage)
            for upper, lower in pairwise(way):
                upper.below.append(lower)
                lower.above.append(upper)
    return house


def crossings(upper: Sequence[Box], lower: Sequence[Box]) -> int:
    """How many pairs of arrows between two floors cross, the rooms standing in the order given."""
    place = {box: i for i, box in enumerate(lower)}
    ends = [(i, place[b]) for i, box in enumerate(upper) for b in box.below]
    return sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(ends) for c, d in ends[:i])


def put_in_order(house: list[list[Box]]) -> None:
    """The order on each floor under which the fewest arrows cross, one floor after the other until
    none gets better.
    """
    together = circles(rooms())

    def cost(floor: int, order: Sequence[Box]) -> int:
        above = crossings(house[floor + 1], order) if floor + 1 < len(house) else 0
        below = crossings(order, house[floor - 1]) if floor else 0
        names = [box.name for box in order]
        apart = sum(
            max(map(names.index, c)) - min(map(names.index, c)) - len(c) + 1
            for c in together
            if c <= {*names}
        )
        return above + below + 100 * apart

    changed = True
    while changed:
        changed = False
        for floor, row in enumerate(house):
            for one, other in combinations(range(len(row)), 2):
                order = [*row]
                order[one], order[other] = row[other], row[one]
                if cost(floor, order) < cost(floor, row):
                    row[:], changed = order, True


def spread(row: Sequence[Box], wanted: Sequence[float]) -> None:
    """Set the centres of the boxes of a floor as near to the *wanted* ones as their widths and
    their order allow.

    Boxes whose wishes collide form a block, which stands where it is wanted on average.
    """
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + (one.width + other.width) / 2 + GAP)

    def start(block: Sequence[int]) -> float:
        return sum(wanted[i] - offsets[i] for i in block) / len(block)

    blocks: list[list[int]] = []
    for i in range(len(row)):
        blocks.append([i])
        while len(blocks) > 1 and start(blocks[-2]) > start(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    for block in blocks:
        for i in block:
            row[i].x = start(block) + offsets[i]


def put_in_place(house: list[list[Box]]) -> tuple[float, float]:
    """Give every box its place; the width and the height of the paper."""
    for row in house:
        spread(row, [0.0] * len(row))
    for sweep in range(24):
        for row in house if sweep % 2 else reversed(house):
            near = [box.above + box.below for box in row]
            spread(
                row,
                [
                    sum(b.x for b in n) / len(n) if n else box.x
                    for box, n in zip(row, near, strict=True)
                ],
            )
    everyone = [box for row in house for box in row]
    left, right = (
        min(box.x - box.width / 2 for box in everyone),
        max(box.x + box.width / 2 for box in everyone),
    )
    width = max(NARROWEST, right - left + 2 * (MARGIN + GAP))
    y = float(MARGIN + GAP)
    for row in reversed(house):
        tallest = max(box.height for box in row)
        for box in row:
            box.x, box.y, box.foot = box.x + (width - left - right) / 2, y, y + tallest
        y += tallest + BETWEEN
    return width, y - BETWEEN + GAP + MARGIN


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """An element of SVG; `kind` is its class, and `_` in the name of an attribute stands for a
    hyphen.
    """
    given = {
        key.replace("kind", "class").replace("_", "-"): value for key, value in attributes.items()
    }
    shown = (
        f' {key}="{escape(value) if isinstance(value, str) else f"{value:.1f}"}"'
        for key, value in given.items()
    )
    return f"<{name}{''.join(shown)}>{content}</{name}>"


def rectangle(kind: str, left: float, top: float, right: float, bottom: float) -> str:
    """A rectangle with round corners."""
    return element("rect", kind=kind, x=left, y=top, width=right - left, height=bottom - top, rx=8)


def curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """The part of a path that leads from one point to another, upright at both."""
    bend = (to_y - y) * 0.55
    return f" C{x:.1f} {y + bend:.1f} {to_x:.1f} {to_y - bend:.1f} {to_x:.1f} {to_y:.1f}"


def arrow(upper: Box, lower: Box, place: int) -> str:
    """The way from a room down to another, straight through floors and bent between them; *place*
    is its place among those that leave the room, from the left.
    """
    way = [upper, lower]
    while not way[-1].name:
        way += way[-1].below
    end, arriving = way[-1], sorted(way[-1].above, key=lambda box: box.x)
    x = port(upper, place, len(upper.below))
    path = f"M{x:.1f} {upper.y + upper.height:.1f} V{upper.foot:.1f}"
    for before, box in pairwise(way):
        if box is end:
            path += curve(
                x, before.foot, port(end, arriving.index(before), len(arriving)), end.y - TIP
            )
        else:
            path += curve(x, before.foot, box.x, box.y) + f" V{box.foot:.1f}"
            x = box.x
    return element("path", kind="arrow", marker_end="url(#head)", d=path)


def port(box: Box, place: int, of: int) -> float:
    """Where on the edge of a room the arrow at *place* of so many touches it."""
    return box.x + (place - (of - 1) / 2) * min(26.0, (box.width - 30) / of)


def room(box: Box) -> str:
    """A room with its name and its files."""
    left = box.x - box.width / 2
    parts = [
        rectangle("room", left, box.y, left + box.width, box.y + box.height),
        element("text", escape(title(box.name)), kind="name", x=left + PAD, y=box.y + 18),
    ]
    for number, line in enumerate(box.lines):
        indent = LETTER * (len(line) - len(line.lstrip()))
        baseline = box.y + HEAD + LINE * (number + 0.75)
        parts.append(
            element("text", escape(line.strip()), kind="files", x=left + PAD + indent, y=baseline)
        )
    return "\n".join(parts)


def circle(inside: Sequence[Box]) -> str:
    """A frame around rooms that import each other."""
    left, right = (
        min(box.x - box.width / 2 for box in inside),
        max(box.x + box.width / 2 for box in inside),
    )
    bottom = max(box.y + box.height for box in inside)
    return rectangle("circle", left - 8, inside[0].y - 8, right + 8, bottom + 8)


def drawing() -> str:
    """The house as SVG."""
    house = boxes()
    put_in_order(house)
    width, height = put_in_place(house)
    known = {box.name: box for row in house for box in row if box.name}
    wall = known[PAGES].foot + BETWEEN / 2
    parts = [
        rectangle("paper", 0, 0, width, height),
        rectangle("wall", MARGIN, wall, width - MARGIN, height - MARGIN),
        element("text", "sim/", kind="name", x=MARGIN + 14, y=wall + 24),
        *(circle([known[name] for name in names]) for names in circles(rooms())),
    ]
    for box in known.values():
        leaving = sorted(box.below, key=lambda lower: lower.x)
        parts += [arrow(box, lower, place) for place, lower in enumerate(leaving)]
    parts += map(room, known.values())
    head = element(
        "marker",
        element("path", kind="head", d="M0 0.5 L8 4 L0 7.5 z"),
        id="head",
        orient="auto",
        viewBox="0 0 8 8",
        refX=7,
        refY=4,
        markerWidth=7,
        markerHeight=7,
        markerUnits="userSpaceOnUse",
    )
    content = "\n".join(["", element("style", STYLE), element("defs", head), *parts, ""])
    return (
        element(
            "svg",
            content,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width:.0f} {height:.0f}",
            width=width,
            role="img",
            aria_label="The rooms of Parley and their imports",
        )
        + "\n"
    )
