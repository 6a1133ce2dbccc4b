"""What the CSV files and the tables say is what the analysis says."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from unitcost_report import describe, model, tables, units


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(cell: str, value: float | str | bool | None) -> bool:
    """Whether a cell is the JSON value, without any rounding."""
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == str(value).lower()
    return cell == value if isinstance(value, str) else float(cell) == value


def test_csv_files_hold_the_numbers_of_the_analysis(rendered: Path) -> None:
    document = json.loads((rendered / "analysis.json").read_text(encoding="utf-8"))
    for figure in document["figures"]:
        found = rows_of(rendered / "figures" / f"{figure['id']}.csv")
        wanted = [(line, point) for line in figure["series"] for point in line["points"]]
        assert len(found) == len(wanted)
        y = figure["y"]["name"]
        for row, (line, point) in zip(found, wanted, strict=True):
            place = point["text"] if point["x"] is None else point["x"]
            values = [line["label"], line["name"], place, point["y"], point["low"], point["high"], point["n"]]
            names = ["label", "series", figure["x"]["name"] if figure["x"] else "row", y, f"{y}_low", f"{y}_high", "n"]
            assert all(same(row[name], value) for name, value in zip(names, values, strict=True))
            assert row["unit"] == figure["y"]["unit"]


def test_ladder_noise_and_estimates_are_there_row_by_row(rendered: Path) -> None:
    document = json.loads((rendered / "analysis.json").read_text(encoding="utf-8"))
    for name, wanted in (("ladder", document["ladder"]["rows"]), ("noise", document["noise"]["points"])):
        found = rows_of(rendered / "figures" / f"{name}.csv")
        assert len(found) == len(wanted)
        for row, values in zip(found, wanted, strict=True):
            assert all(same(row[key], values[key]) for key in row)
    estimates = rows_of(rendered / "figures" / "estimates.csv")
    assert [float(row["value"]) for row in estimates] == [one["value"] for one in document["estimates"]]
    assert [row["key"] for row in estimates] == [one["key"] for one in document["estimates"]]


def test_a_table_has_every_place_and_every_series(analysis: model.Analysis) -> None:
    for figure in analysis.figures:
        table = tables.table(figure)
        places = {describe.place(figure, p) or s.name for s in figure.series for p in s.points}
        assert {row[0] for row in table.rows} == places
        assert all(len(row) == len(table.head) for row in table.rows)
        text = json.dumps(table.rows, ensure_ascii=False)
        for series in figure.series:
            for point in series.points:
                if point.y is not None:
                    assert units.quantity(point.y, figure.y.unit) in text


def test_the_description_names_title_ends_claims_and_marks(analysis: model.Analysis) -> None:
    figure = next(one for one in analysis.figures if one.id == "memory-cache_cliffs-1")
    text = describe.figure(figure, "en").replace(units.NO_BREAK, " ")
    for part in (
        "Latency of a dependent load by working set.",
        "lower is better",
        "random huge: 1.5",
        "ns at 4 KiB to",
        "Detected in the data: cliff 48 KiB, cliff 2 MiB, cliff 24 MiB.",
        "Reported by the kernel: L1 data 48 KiB",
        "The notes expect: L1 1–2 ns (fundamentos)",
    ):
        assert part in text


def test_a_long_figure_is_described_in_short(analysis: model.Analysis) -> None:
    for figure in analysis.all_figures:
        assert 40 < len(describe.figure(figure, "en")) < 1500
