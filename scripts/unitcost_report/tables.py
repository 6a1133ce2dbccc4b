"""The values of a figure: as a table for the page, and as rows for its CSV file."""

from __future__ import annotations

from dataclasses import dataclass

from unitcost_report import describe, model, units
from unitcost_report.charts.strip import bins
from unitcost_report.comparison import tables as comparison

Cell = str | int | float | bool | None

_MOST_NOISE_ROWS = 60


@dataclass(frozen=True)
class Table:
    """Head and rows as they are read; the first cell of a row names it."""

    head: list[str]
    rows: list[list[str]]
    note: str = ""


def table(figure: model.Figure) -> Table:
    """The figure's values as people read them: a row for each place, a column for each series."""
    if figure.ladder:
        return _ladder_table(figure)
    if figure.noise:
        return _noise_table(figure)
    if figure.forest:
        return Table(*comparison.forest_rows(figure.forest))
    names: dict[str, dict[int, str]] = {}
    for i, series in enumerate(figure.series):
        for point in series.points:
            name = describe.place(figure, point) or series.name
            names.setdefault(name, {})[i] = _cell(figure, point)
    first = (figure.x.title or figure.x.name) if figure.x else ""
    rows_name_series = figure.x is None and all(len(cells) == 1 for cells in names.values())
    if rows_name_series:  # every row belongs to one series: one column is enough
        rows = [[name, *cells.values()] for name, cells in names.items()]
        return Table([first, figure.y.title or figure.y.name], rows)
    rows = [[name, *(cells.get(i, units.DASH) for i in range(len(figure.series)))] for name, cells in names.items()]
    return Table([first, *(series.name for series in figure.series)], rows)


def _cell(figure: model.Figure, point: model.Point) -> str:
    if point.y is None:
        return "not measured"
    return f"{units.estimate(point.y, point.low, point.high, figure.y.shown_unit)} (n{units.NO_BREAK}={units.NO_BREAK}{point.n})"


def _ladder_table(figure: model.Figure) -> Table:
    rows = []
    for row in figure.ladder:
        measured = units.estimate(row.value_ns, row.low_ns, row.high_ns, "ns")
        rows.append([row.text, measured, str(row.n), row.notes_text or units.DASH, row.claim, row.verdict])
    return Table(["operation", "measured", "blocks", "the notes say", "claim", "verdict"], rows)


def _noise_table(figure: model.Figure) -> Table:
    rows = []
    for part in bins(figure.noise, _MOST_NOISE_ROWS):
        when = f"{units.duration(part.from_s)} – {units.duration(part.to_s)}"
        spread = units.estimate(part.middle, part.low, part.high, "ratio")
        rows.append([when, spread, str(part.blocks), str(part.contaminated)])
    head = ["time", "reference, median [lowest, highest]", "blocks", "contaminated"]
    return Table(head, rows, "Neighbouring blocks are summed up here; the CSV file has every one.")


def csv_rows(figure: model.Figure) -> tuple[list[str], list[list[Cell]]]:
    """The figure's numbers as they stand in the analysis, in the unit of the column's name."""
    if figure.ladder:
        head = ["text", "value_ns", "low_ns", "high_ns", "n", "notes_low_ns", "notes_high_ns", "notes_text"]
        head += ["claim", "verdict", "scenario", "key"]
        return head, [[getattr(row, name) for name in head] for row in figure.ladder]
    if figure.noise:
        head = ["t_s", "reference_ratio", "steal_ticks", "contaminated"]
        return head, [[getattr(point, name) for name in head] for point in figure.noise]
    if figure.forest:
        return comparison.csv_rows(figure.forest)
    x_name = figure.x.name if figure.x else "row"
    head = ["label", "series", x_name, figure.y.name, f"{figure.y.name}_low", f"{figure.y.name}_high", "n", "unit"]
    rows: list[list[Cell]] = []
    for series in figure.series:
        for p in series.points:
            place = p.x if figure.x and p.x is not None else p.text
            rows.append([series.label, series.name, place, p.y, p.low, p.high, p.n, figure.y.unit])
    return head, rows


def estimate_rows(analysis: model.Analysis) -> tuple[list[str], list[list[Cell]]]:
    """Every estimate of the run."""
    head = ["key", "scenario", "label", "counter", "unit", "value", "low", "high", "coverage", "n", "minimum", "lag1"]
    head += ["widened", "contaminated"]
    rows: list[list[Cell]] = []
    for one in analysis.estimates:
        ends = {"low": one.interval[0], "high": one.interval[1]}
        rows.append([ends[name] if name in ends else getattr(one, name) for name in head])
    return head, rows
