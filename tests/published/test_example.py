"""The committed run and the committed report belong together, byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ.get("UNITCOST_BUILD", ROOT / "build" / "bench"))


def published_run() -> Path:
    """The one run under results/published."""
    runs = [path.parent for path in (ROOT / "results" / "published").rglob("run.json")]
    assert len(runs) == 1, f"one published run is expected, found {runs}"
    return runs[0]


def report(run: Path, folder: Path) -> None:
    """As `make report RUN=…` does."""
    command = [str(BUILD / "unitcost"), "report", str(run), "--output", str(folder)]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)


def test_the_published_run_gives_the_example_byte_for_byte(tmp_path: Path) -> None:
    """Whoever analyses the published run gets the analysis.json of reports/example."""
    report(published_run(), tmp_path / "again")
    ours = (tmp_path / "again" / "analysis.json").read_bytes()
    theirs = (ROOT / "reports" / "example" / "analysis.json").read_bytes()
    assert ours == theirs, (
        "analysis.json is not that of reports/example: after a change of the analysis, write the example anew"
    )


def test_the_example_page_is_drawn_from_the_example_analysis() -> None:
    """The page carries the identifier of the analysis beside it."""
    analysis = json.loads((ROOT / "reports" / "example" / "analysis.json").read_text(encoding="utf-8"))
    page = (ROOT / "reports" / "example" / "index.html").read_text(encoding="utf-8")
    assert f"{analysis['run']['id']}/{analysis['id']}" in page


def test_the_example_has_no_third_party_code() -> None:
    """No script from elsewhere, and nothing fetched from anywhere."""
    page = (ROOT / "reports" / "example" / "index.html").read_text(encoding="utf-8")
    assert 'src="http' not in page
    assert "@import" not in page
    assert page.count("<script") == page.count("</script>") <= 2
