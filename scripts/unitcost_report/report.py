"""One report: read the document, draw every figure, write page and files."""

from __future__ import annotations

from pathlib import Path

from unitcost_report import drawn, export, page, tables
from unitcost_report.comparison import report as comparison
from unitcost_report.load import load
from unitcost_report.reader import BadAnalysisError

DOCUMENTS = ("analysis.json", *comparison.DOCUMENTS)


def report(place: Path, language: str = "en") -> Path:
    """Writes index.html and figures/ beside the document that `place` is or holds; returns the page's path."""
    path = find(place)
    files = export.Files(path.parent / "figures")
    is_run = path.name == DOCUMENTS[0]
    if not is_run:
        _refuse_other(language, {"en"}, path)
    html = _run(path, files, language) if is_run else comparison.html(path, files, language)
    index = path.parent / "index.html"
    export.write_text(index, html)
    files.finish()
    return index


def find(place: Path) -> Path:
    """The document: `place` itself, or the only one in that folder. Throws BadAnalysisError."""
    if place.name in DOCUMENTS and not place.is_dir():
        return place
    found = [name for name in DOCUMENTS if (place / name).exists()]
    if len(found) > 1:
        raise BadAnalysisError(f"{place}: holds {' and '.join(found)}; name the one that is meant")
    return place / (found[0] if found else DOCUMENTS[0])


def _refuse_other(language: str, known: set[str], path: Path) -> None:
    """A page in a language that nothing on it is in would be a wrong promise."""
    if language not in known:
        raise BadAnalysisError(f"--language {language}: {path} has no text in it; there is {', '.join(sorted(known))}")


def _run(path: Path, files: export.Files, language: str) -> str:
    analysis = load(path)
    _refuse_other(language, analysis.languages, path)
    run = analysis.run
    figures = {}
    for figure in analysis.all_figures:
        named = {band.claim for band in figure.bands}
        claims = tuple(claim for claim in analysis.claims if claim.id in named)
        citation = f"{run.id}/{analysis.id}"
        figures[figure.id] = drawn.draw(figure, files, language, citation=citation, preview=run.preview, claims=claims)
    files.text("estimates.csv", export.csv_text(*tables.estimate_rows(analysis)))
    return page.html(analysis, figures, language)
