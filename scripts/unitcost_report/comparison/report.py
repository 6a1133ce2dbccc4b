"""One page of a comparison, a gate, a duel or a pilot: read the document, draw its figures, write the files beside the page."""

from __future__ import annotations

from pathlib import Path

from unitcost_report import drawn, export
from unitcost_report.comparison import figures, load, load_duel, load_gate, page, tables
from unitcost_report.comparison.model import Document
from unitcost_report.reader import Node, read

_READERS = {
    "comparison.json": load.document,
    "gate.json": load_gate.document,
    "duel-analysis.json": load_duel.document,
}
DOCUMENTS = tuple(_READERS)


def html(path: Path, files: export.Files, language: str) -> str:
    """The page of the document in `path`; figures and tables go to `files`."""
    document = read_document(path)
    citation = f"{document.source_id}/{document.id}"
    found = [
        [drawn.draw(figure, files, language, citation=citation) for figure in of_one]
        for of_one in figures.all_of(document)
    ]
    rows = [row for comparison in document.comparisons for row in comparison.judged]
    table = tables.pilot_csv_rows(document.pilot) if document.kind == "pilot" else tables.csv_rows(rows)
    files.text("rows.csv", export.csv_text(*table))
    return page.html(document, found, language)


def read_document(path: Path) -> Document:
    """The document, checked. Throws BadAnalysisError."""

    def build(root: Node) -> Document:
        return _READERS[path.name](root, path.name)

    return read(path, build)
