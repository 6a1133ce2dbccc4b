"""The files beside the page: each figure as SVG, PNG, CSV and Vega-Lite spec, and every estimate as CSV."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from unitcost_report import render, tables
from unitcost_report.charts import theme

_WRITTEN = "written.json"
_SCHEMA = 1
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")  # of a file in the folder, not of one elsewhere


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


@dataclass
class Files:
    """The folder beside the page. What is written into it is noted in `written.json`, so that the next report there can take
    away what it does not replace."""

    folder: Path
    _digests: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, text: str) -> None:
        """Writes a file of the folder."""
        self._bytes(name, text.encode("utf-8"))

    def drawing(self, identifier: str, spec: dict[str, Any]) -> None:
        """`<id>.svg`, `<id>.dark.svg`, `<id>.png` and `<id>.vl.json`."""
        drawing = render.svg(spec)
        self.text(f"{identifier}.svg", drawing)
        self.text(f"{identifier}.dark.svg", theme.to_dark(drawing))
        self._bytes(f"{identifier}.png", render.png(drawing))
        self.text(f"{identifier}.vl.json", json.dumps(spec, ensure_ascii=False, indent=1) + "\n")

    def finish(self) -> None:
        """Deletes what an earlier report wrote here and this one did not, and notes what this one wrote. A file that was changed
        since, and one that no report wrote, is somebody's and stays."""
        for name, digest in self._noted().items():
            path = self.folder / name
            is_ours = name not in self._digests and path.is_file() and not path.is_symlink()
            if is_ours and _digest(path.read_bytes()) == digest:
                path.unlink()
        noted = {"schema": _SCHEMA, "sha256": dict(sorted(self._digests.items()))}
        write_text(self.folder / _WRITTEN, json.dumps(noted, indent=1) + "\n")

    def _bytes(self, name: str, content: bytes) -> None:
        write_bytes(self.folder / name, content)
        self._digests[name] = _digest(content)

    def _noted(self) -> dict[str, str]:
        """Names and digests that the last report noted; nothing where its note is missing or says something else."""
        try:
            noted = json.loads((self.folder / _WRITTEN).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(noted, dict) or noted.get("schema") != _SCHEMA or not isinstance(noted.get("sha256"), dict):
            return {}
        return {name: digest for name, digest in noted["sha256"].items() if _NAME.fullmatch(name)}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
