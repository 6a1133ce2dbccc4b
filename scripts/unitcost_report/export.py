"""The files beside the page: each figure as SVG, PNG, CSV and Vega-Lite spec, and every estimate as CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from unitcost_report import render, tables
from unitcost_report.charts import theme


def csv_text(head: list[str], rows: list[list[tables.Cell]]) -> str:
    """RFC 4180, but with plain line ends; null is empty, true and false as in JSON."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([str(cell).lower() if isinstance(cell, bool) else cell for cell in row])
    return out.getvalue()


def write_text(path: Path, text: str) -> None:
    """Replaces the file in one step: a reader never sees half a page."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Replaces the file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def write_drawing(folder: Path, identifier: str, spec: dict[str, Any]) -> None:
    """`<id>.svg`, `<id>.dark.svg`, `<id>.png` and `<id>.vl.json`."""
    drawing = render.svg(spec)
    write_text(folder / f"{identifier}.svg", drawing)
    write_text(folder / f"{identifier}.dark.svg", theme.to_dark(drawing))
    write_bytes(folder / f"{identifier}.png", render.png(drawing))
    write_text(folder / f"{identifier}.vl.json", json.dumps(spec, ensure_ascii=False, indent=1) + "\n")
