"""The shapes of the world map, made from Natural Earth, with boundaries after the practice of the
United Nations.

    make map COUNTRIES=countries-10m.json DISPUTED=world_map.gpkg

The first file is that of the package world-atlas 2.0.2: the countries of Natural Earth 4.1 at 1:10
million. The second comes with QGIS 3; its layer `disputed_borders` has, unchanged, the lines of
Natural Earth 4.1 around disputed areas. All borders and lines together divide the world into faces.
A face belongs to the country that it lies in, except where `MOVES` says that another area has it.
The result is TopoJSON: arcs are lists of steps on a grid of whole numbers, shapes are lists of
numbers of arcs, and ~n is arc n backwards. Functions import what only they need, the extra `map`.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from dashboard.data.record import directory


class Box(NamedTuple):
    """West, south, east and north, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, x: float, y: float) -> bool:
        return self.west <= x <= self.east and self.south <= y <= self.north


# steps across the world: four kilometres at the equator, a tenth of a pixel on a wide screen
GRID = 10_000
DETAIL = 0.14  # degrees: the square root of the smallest triangle that a simple outline keeps
ISLET = 0.06  # square degrees, 700 km² at the equator: smaller parts of an area are left out ...
ISLE = 0.1  # ... unless they have at least this share of its largest part
AREA = 0.06  # square degrees: smaller areas that are not modelled are left out
# degrees by which a line is longer at its ends, so that it meets the border that it ends at
EXTRA = 0.1

# Codes of areas whose status or extent is disputed before the United Nations. Those with X are
# ours.
CRIMEA, INDIAN_KASHMIR, PAKISTANI_KASHMIR = "XCR", "XJI", "XJP"
AKSAI_CHIN, ARUNACHAL, ABYEI, GOLAN, ILEMI = "XAC", "XAP", "XAB", "XGO", "XIT"
KOSOVO, WESTERN_SAHARA, PALESTINE = "XKX", "ESH", "PSE"
DISPUTED = {
    CRIMEA,
    INDIAN_KASHMIR,
    PAKISTANI_KASHMIR,
    AKSAI_CHIN,
    ARUNACHAL,
    ABYEI,
    GOLAN,
    ILEMI,
    KOSOVO,
    WESTERN_SAHARA,
    PALESTINE,
}
# Two states whose border is not determined, and where: that of Sudan with South Sudan, and the
# parallel of 22 degrees north between Egypt and Sudan, north of which lies the Halaib triangle.
OPEN_BORDERS = {("SDN", "SSD"): Box(-180, -90, 180, 90), ("EGY", "SDN"): Box(33, 21, 38, 23)}

# In Natural Earth without a number of ISO 3166.
WITHOUT_A_NUMBER = {
    "Kosovo": KOSOVO,
    "Siachen Glacier": INDIAN_KASHMIR,
    "Somaliland": "SOM",
    "N. Cyprus": "CYP",
    "Cyprus U.N. Buffer Zone": "CYP",
    "Baikonur": "KAZ",
    "USNB Guantanamo Bay": "CUB",
    "Akrotiri": "GBR",
    "Dhekelia": "GBR",
}
# Of which country, in which box, and whose the faces there are. First what lies in dispute, then,
# drawn on their own, areas with an entry of their own in the standard M49 of the Statistics
# Division that Natural Earth has in a state.
MOVES = (
    ("RUS", Box(32, 44.2, 36.62, 46.3), CRIMEA),  # General Assembly, resolution 68/262: of Ukraine
    ("IND", Box(73.7, 32.2, 79.3, 35.7), INDIAN_KASHMIR),
    ("PAK", Box(72.4, 34.4, 77.2, 37.2), PAKISTANI_KASHMIR),
    ("PAK", Box(73.3, 32.7, 75.4, 35.2), PAKISTANI_KASHMIR),
    ("CHN", Box(77.7, 33.3, 80.5, 36.1), AKSAI_CHIN),
    ("IND", Box(91.5, 26.8, 97.5, 29.5), ARUNACHAL),
    ("SDN", Box(27.7, 9.2, 29.1, 10.3), ABYEI),
    ("ISR", Box(35.55, 32.6, 36, 33.5), GOLAN),  # Security Council, resolution 497
    ("KEN", Box(34.3, 4.5, 36, 5.1), ILEMI),
    ("MAR", Box(-17.2, 20.7, -8.6, 27.7), WESTERN_SAHARA),
    ("FRA", Box(-55, 1, -51, 7), "GUF"),
    ("FRA", Box(-62, 15.7, -60.9, 16.6), "GLP"),
    ("FRA", Box(-61.3, 14.3, -60.7, 15), "MTQ"),
    ("FRA", Box(44.9, -13.1, 45.4, -12.5), "MYT"),
    ("FRA", Box(55, -21.5, 56, -20.8), "REU"),
    ("NOR", Box(10, 74, 34, 81), "SJM"),
    ("NOR", Box(-10, 70.5, -7, 71.5), "SJM"),
)
OUT_OF_SIGHT = {"ATA"}  # south of what the page shows
COUNTED_WITH = {CRIMEA: "UKR"}  # a disputed area in the colour of a state


def whose(country: str, x: float, y: float) -> str:
    """The code of the area that has the face around the point (*x*, *y*) of *country*: `MOVES`, or
    the country.
    """
    return next((area for of, box, area in MOVES if of == country and box.holds(x, y)), country)


def with_layers(topology: dict[str, Any], states: Collection[str]) -> dict[str, Any]:
    """*topology*, whose one layer `areas` becomes two, which Plotly knows by name: `countries`, the
    shapes of *states*, and `land`, all others, which the page hatches. One layer of land without
    what lies on it halves what is drawn.
    """
    shapes = topology["objects"]["areas"]["geometries"]
    layers = {
        "countries": [shape for shape in shapes if shape["id"] in states],
        "land": [shape for shape in shapes if shape["id"] not in states],
    }
    objects = {
        name: {"type": "GeometryCollection", "geometries": some} for name, some in layers.items()
    }
    return {
        "type": "Topology",
        "objects": objects,
        "arcs": topology["arcs"],
        "transform": topology["transform"],
    }


def clockwise(topology: dict[str, Any]) -> dict[str, Any]:
    """*topology* with outlines that run clockwise and holes that run the other way, as Plotly
    expects: an outline that runs the other way would fill all the world outside it. Changes
    *topology*.
    """
    places = [
        list(itertools.accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]]))
        for arc in topology["arcs"]
    ]

    def runs_clockwise(ring: list[int]) -> bool:
        way = [place for arc in ring for place in (places[arc] if arc >= 0 else places[~arc][::-1])]
        return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise([*way, way[0]])) < 0

    for layer in topology["objects"].values():
        for shape in layer["geometries"]:
            for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
                for number, ring in enumerate(polygon):
                    if runs_clockwise(ring) != (number == 0):
                        polygon[number] = [~arc for arc in reversed(ring)]
    return topology


def is_open(one: str, other: str) -> Box | None:
    """Where the border between the areas *one* and *other* is drawn as one that is not settled;
    nowhere: None.
    """
    if {one, other} & DISPUTED:
        return Box(-180, -90, 180, 90)
    return OPEN_BORDERS.get((min(one, other), max(one, other)))


def areas_of(countries: Path, disputed: Path) -> dict[str, Any]:
    """The geometry of each area by its code, from the two files, in all detail."""
    import numpy as np
    import pycountry
    import pyogrio.raw
    import shapely

    _, _, outlines, (numbers, names) = pyogrio.raw.read(
        countries, layer="countries", columns=["id", "name"]
    )
    _, _, claims, _ = pyogrio.raw.read(disputed, layer="disputed_borders", columns=[])
    iso = {country.numeric: country.alpha_3 for country in pycountry.countries}
    codes = [
        WITHOUT_A_NUMBER.get(name) or iso.get(number, "")
        for number, name in zip(numbers, names, strict=True)
    ]
    parts, of = shapely.get_parts(shapely.from_wkb(outlines), return_index=True)
    valid = np.array([_valid(_in_two(part)) for part in parts])
    shapes = [shapely.union_all(valid[of == number]) for number in range(len(codes))]
    lines = shapely.line_merge(shapely.union_all(shapely.from_wkb(claims)))
    borders = [*shapely.boundary(shapes), *(_longer(line) for line in shapely.get_parts(lines))]
    faces = shapely.get_parts(shapely.polygonize([shapely.unary_union(borders)]))
    inside = shapely.point_on_surface(faces)
    of_area: dict[str, list[Any]] = {}
    for face, country in zip(
        *shapely.STRtree(shapes).query(inside, predicate="intersects"), strict=True
    ):
        if codes[country] and codes[country] not in OUT_OF_SIGHT:
            of_area.setdefault(whose(codes[country], inside[face].x, inside[face].y), []).append(
                faces[face]
            )
    return {code: shapely.union_all(some) for code, some in sorted(of_area.items())}


def _valid(shape: Any) -> Any:
    import shapely

    return shapely.make_valid(shape, method="structure", keep_collapsed=False)


def _in_two(polygon: Any) -> Any:
    """*polygon*, cut at 180 degrees where its outline leaps from there to 180 degrees west, as
    those of Russia and Fiji do. It must not lie at 0 degrees, too.
    """
    import numpy as np
    import shapely

    if not (np.abs(np.diff(shapely.get_coordinates(polygon)[:, 0])) > 180).any():
        return polygon
    beyond = _valid(
        shapely.transform(polygon, lambda places: np.where([True, False], places % 360, places))
    )
    east, west = (
        beyond.intersection(shapely.box(start, -90, start + 180, 90)) for start in (0, 180)
    )
    return shapely.union_all([east, shapely.transform(west, lambda places: places - [360, 0])])


def _longer(line: Any) -> Any:
    import numpy as np
    import shapely

    places = np.array(line.coords)

    def beyond(end: Any, before: Any) -> Any:
        way = end - before
        return end + way / np.hypot(*way) * EXTRA

    return shapely.LineString(
        [beyond(places[0], places[1]), *places, beyond(places[-1], places[-2])]
    )


def simple(areas: dict[str, Any], states: Collection[str]) -> dict[str, Any]:
    """*areas* with simpler outlines, which neighbours keep in common; without islets, and without
    areas too small to be seen, unless they are disputed or one of *states*.
    """
    import shapely

    large: dict[str, Any] = {}
    for code, area in areas.items():
        parts = sorted(shapely.get_parts(area), key=shapely.area, reverse=True)
        if code in states or code in DISPUTED or parts[0].area >= AREA:
            least = min(ISLET, ISLE * parts[0].area)
            large[code] = shapely.MultiPolygon([part for part in parts if part.area >= least])
    return dict(zip(large, shapely.coverage_simplify(list(large.values()), DETAIL), strict=True))


def open_borders(areas: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The lines along which two of *areas* meet at a border that is not settled, as lists of
    degrees east and north.
    """
    import shapely

    codes, outlines = list(areas), shapely.boundary(list(areas.values()))
    pairs = shapely.STRtree(outlines).query(outlines, predicate="intersects").T
    lines: list[list[tuple[float, float]]] = []
    for one, other in pairs[pairs[:, 0] < pairs[:, 1]]:
        box = is_open(codes[one], codes[other])
        if box:
            shared = shapely.intersection(outlines[one], outlines[other]).intersection(
                shapely.box(*box)
            )
            parts = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
            whole = (
                shapely.get_parts(shapely.line_merge(shapely.MultiLineString(parts)))
                if parts
                else []
            )
            lines += [[(round(x, 2), round(y, 2)) for x, y in line.coords] for line in whole]
    return lines


def topology_of(areas: dict[str, Any]) -> dict[str, Any]:
    """*areas* as TopoJSON on a grid of `GRID` steps, each with its code as id and a point inside it
    for what is written beside the pointer.
    """
    import shapely
    import topojson

    features = [
        {"type": "Feature", "id": code, "geometry": json.loads(shapely.to_geojson(area)),
         "properties": {"ct": _middle(area)}}
        for code, area in areas.items()
    ]  # fmt: skip
    topology = topojson.Topology(
        {"type": "FeatureCollection", "features": features},
        object_name="areas",
        prequantize=False,
        topoquantize=GRID,
    )
    return clockwise(json.loads(topology.to_json()))


def _middle(area: Any) -> list[float]:
    import shapely

    point = shapely.point_on_surface(max(shapely.get_parts(area), key=shapely.area))
    return [round(point.x, 2), round(point.y, 2)]


def write(countries: Path, disputed: Path, folder: Path) -> None:
    """Writes `world_110m.json` and `open_borders.json` into *folder*, which has the dots,
    `small_states.json`.
    """
    people = directory()
    dots = json.loads((folder / "small_states.json").read_text(encoding="utf-8"))["states"]
    states = set(people.loc[people["kind"] == "state", "id"]) - set(dots)
    all_areas = {
        code: area for code, area in areas_of(countries, disputed).items() if code not in dots
    }
    areas = simple(all_areas, states)
    borders = open_borders(areas)
    topology = with_layers(topology_of(_in_one_colour(areas)), states)
    _dump(folder / "world_110m.json", topology)
    source = "Natural Earth (public domain), by dashboard/data/geometry.py; degrees east and north"
    _dump(folder / "open_borders.json", {"source": source, "lines": borders})


def _in_one_colour(areas: dict[str, Any]) -> dict[str, Any]:
    import shapely

    areas_of_colour: dict[str, list[Any]] = {}
    for code, area in areas.items():
        areas_of_colour.setdefault(COUNTED_WITH.get(code, code), []).append(area)
    return {code: shapely.union_all(some) for code, some in areas_of_colour.items()}


def _dump(file: Path, content: dict[str, Any]) -> None:
    file.write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    write(*(Path(name) for name in sys.argv[1:]))
