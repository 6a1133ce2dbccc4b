"""The share of cases on which two analyses agree."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "agreement.py"


def analysis(path: Path, rows: dict[str, tuple[float, float, float]]) -> Path:
    """An analysis.json with one estimate a row: value, low, high."""
    estimates = [
        {"key": key, "counter": "access_ns", "value": value, "interval": [low, high]}
        for key, (value, low, high) in rows.items()
    ]
    path.write_text(json.dumps({"estimates": estimates}), encoding="utf-8")
    return path


def run(*arguments: Path) -> subprocess.CompletedProcess[str]:
    """The script, as a user calls it."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, check=False
    )


def test_it_counts_overlaps_and_names_the_rest(tmp_path: Path) -> None:
    """Touching ends overlap; cases of one side only do not count."""
    first = analysis(tmp_path / "a.json", {"a": (2, 1, 3), "b": (2, 1, 3), "c": (5, 5, 5), "only": (1, 1, 1)})
    second = analysis(tmp_path / "b.json", {"a": (3.5, 3, 4), "b": (10, 9, 11), "c": (5, 4, 6)})
    done = run(first, second)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "2 of 3 intervals overlap (66.7 %)"
    assert len(lines) == 2 and lines[1].startswith("  b access_ns: 2 [1, 3] and 10 [9, 11]")


def test_nothing_in_common_and_no_analysis_are_bad_input(tmp_path: Path) -> None:
    """Both end in status 2 and say why."""
    first = analysis(tmp_path / "a.json", {"a": (2, 1, 3)})
    other = analysis(tmp_path / "b.json", {"b": (2, 1, 3)})
    assert run(first, other).returncode == 2
    broken = tmp_path / "c.json"
    broken.write_text("[]", encoding="utf-8")
    done = run(first, broken)
    assert done.returncode == 2
    assert "c.json" in done.stderr
