"""The one rule for cells that no source fills, and the list of those that it filled."""

from __future__ import annotations

from statistics import median

from sim.facts.table import Row

DECIMALS = 3

Filled = tuple[tuple[Row, ...], tuple[tuple[str, str], ...]]


def filled(rows: tuple[Row, ...], states: tuple[Row, ...]) -> Filled:
    """*rows* without empty cells, and (iso3, column) of each that was empty.

    A figure of 2018 that is missing is that of 2017. What is missing then is the median of the *states* of the same
    region, or of the world where the region has none; of GDP the median per head, as a region says nothing about size.
    """
    full_rows, cells = [], []
    for row in rows:
        empty = [column for column, value in row.items() if value is None]
        cells += [(row["iso3"], column) for column in empty]
        full_rows.append(row | {column: _by_the_rule(row, column, states) for column in empty})
    return tuple(full_rows), tuple(cells)


def _by_the_rule(row: Row, column: str, states: tuple[Row, ...]) -> float:
    year_before = row.get(column.replace("_2018", "_2017"))
    if year_before is not None:
        return float(year_before)

    def size(home: Row) -> float:
        return float(home[column.replace("gdp_usd_bn", "population_m")]) if column.startswith("gdp_usd_bn") else 1.0

    known = [state for state in states if state[column] is not None]
    neighbours = [state for state in known if state["region"] == row["region"]] or known
    return round(median(state[column] / size(state) for state in neighbours) * size(row), DECIMALS)
