"""The command: exit statuses and messages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import report_sample

SCRIPTS = Path(__file__).parents[2] / "scripts"


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "unitcost_report", str(folder), *options]
    return subprocess.run(command, env={"PYTHONPATH": str(SCRIPTS)}, capture_output=True, text=True, check=False)


def test_it_prints_the_page_it_wrote(tmp_path: Path) -> None:
    report_sample.write(tmp_path, report_sample.small())
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path / 'index.html'}\n"


def test_bad_input_is_two_and_writes_nothing(tmp_path: Path) -> None:
    document = report_sample.small()
    document["figures"][0]["series"][0]["points"][0]["y"] = "many"
    report_sample.write(tmp_path, document)
    done = run(tmp_path)
    assert done.returncode == 2
    assert "figures[0].series[0].points[0].y: expected a number or null, found str 'many'" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["analysis.json"]


def test_a_folder_without_analysis_is_two(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere")
    assert done.returncode == 2
    assert "analysis.json: No such file" in done.stderr


def test_a_language_that_no_text_is_in_is_two_and_writes_nothing(tmp_path: Path) -> None:
    document = report_sample.small()
    document["claims"][0]["says"] = {"en": "In English", "pt": "Em português"}
    report_sample.write(tmp_path, document)
    done = run(tmp_path, "--language", "xx")
    assert done.returncode == 2
    assert "--language xx: " in done.stderr
    assert "there is en, pt" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["analysis.json"]
    assert run(tmp_path, "--language", "pt").returncode == 0


def test_what_cannot_be_written_is_one_and_named(tmp_path: Path) -> None:
    report_sample.write(tmp_path, report_sample.small())
    (tmp_path / "figures").write_text("a file where a folder should be", encoding="utf-8")
    done = run(tmp_path)
    assert done.returncode == 1
    assert "cannot write" in done.stderr
    assert "figures" in done.stderr
    assert "Traceback" not in done.stderr
