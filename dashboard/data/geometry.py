"""The world's geometry as plotly.js ships it, made smaller and cut to the states that are modelled.

    node -p 'self = window = {}; JSON.stringify(require("./dist/plotly-geo-assets.js").topojson.world_110m)' > full.json
    python -m dashboard.data.geometry full.json dashboard/assets/topojson/world_110m.json

The first line runs in the unpacked npm package plotly.js, of the version that the package plotly bundles
(`plotly.offline.get_plotlyjs_version()`). The format is TopoJSON: arcs are lists of steps on a grid of whole numbers,
shapes are lists of numbers of arcs, and ~n is arc n backwards.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from dashboard.data.record import directory

GRID = 9_999  # steps across the world: four kilometres at the equator, a tenth of a pixel on a wide screen


def cut_to(topology: dict[str, Any], states: Collection[str]) -> dict[str, Any]:
    """*topology* with two layers on a coarser grid: `countries` holds *states*, by id, `land` all other areas.

    Every id is there once: Plotly draws the first shape of an id alone, and the full file has a second one for the
    Canary Islands, the Azores and the Galápagos. One layer of land without what lies on it halves what is drawn.
    """
    shapes = _each_once(topology["objects"]["countries"]["geometries"])
    numbers: dict[int, int] = {}

    def renumber(arc: int) -> int:
        number = numbers.setdefault(~arc if arc < 0 else arc, len(numbers))
        return ~number if arc < 0 else number

    for shape in shapes:
        shape["arcs"] = _all(shape["arcs"], renumber)
    layers = {
        "countries": [shape for shape in shapes if shape["id"] in states],
        "land": [shape for shape in shapes if shape["id"] not in states],
    }
    step = 360 / GRID
    coarser = [axis / step for axis in topology["transform"]["scale"]]
    return {
        "type": "Topology",
        "objects": {name: {"type": "GeometryCollection", "geometries": some} for name, some in layers.items()},
        "arcs": [_on_a_grid(topology["arcs"][arc], coarser) for arc in numbers],
        "transform": {"scale": [step, step], "translate": topology["transform"]["translate"]},
    }


def _each_once(shapes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_id: dict[str, dict[str, Any]] = {}
    for shape in shapes:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        first = by_id.setdefault(shape["id"], {**shape, "type": "MultiPolygon", "arcs": []})
        first["arcs"] += polygons
    return list(by_id.values())


def _all(arcs: Any, change: Callable[[int], int]) -> Any:
    return [_all(part, change) for part in arcs] if isinstance(arcs, list) else change(arcs)


def _on_a_grid(steps: list[list[int]], coarser: list[float]) -> list[list[int]]:
    """The same way in larger steps; those that have become none are left out, but never the end."""
    places = [[round(at * by) for at, by in zip(place, coarser, strict=True)] for place in _places(steps)]
    way = [place for place, following in itertools.pairwise(places) if place != following] + [places[-1]]
    way = way if len(way) > 1 else [places[0], places[-1]]
    return [way[0], *([b - a for a, b in zip(*pair, strict=True)] for pair in itertools.pairwise(way))]


def _places(steps: list[list[int]]) -> list[tuple[int, int]]:
    return list(itertools.accumulate(((x, y) for x, y in steps), lambda a, b: (a[0] + b[0], a[1] + b[1])))


if __name__ == "__main__":
    full, small = (Path(name) for name in sys.argv[1:])
    people = directory()
    members = set(people.loc[people["kind"] == "state", "id"])
    text = json.dumps(cut_to(json.loads(full.read_text(encoding="utf-8")), members), separators=(",", ":"))
    small.write_text(text + "\n", encoding="utf-8")
