"""Files beside a page: a report takes away those of the report before it, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import report_sample
from unitcost_report.report import report


def write(folder: Path, *figures: str) -> None:
    """The report of an analysis with these figures."""
    document = report_sample.small()
    (pattern,) = document["figures"]
    document["figures"] = [pattern | {"id": name} for name in figures]
    report_sample.write(folder, document)
    report(folder)


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "figures").iterdir()}


def test_figures_of_the_report_before_are_taken_away(tmp_path: Path) -> None:
    write(tmp_path, "old", "kept")
    before = names(tmp_path)
    write(tmp_path, "kept", "fresh")
    assert {name for name in before if name.startswith("old")} >= {"old.svg", "old.png", "old.csv"}
    assert names(tmp_path) == {name.replace("old", "fresh") for name in before}


def test_what_a_report_did_not_write_stays(tmp_path: Path) -> None:
    write(tmp_path, "old")
    figures = tmp_path / "figures"
    (figures / "mine.svg").write_text("mine")
    (figures / "old.csv").write_text("changed by hand")
    (figures / "sub").mkdir()
    write(tmp_path, "fresh")
    assert (figures / "mine.svg").read_text() == "mine"
    assert (figures / "old.csv").read_text() == "changed by hand"
    assert not (figures / "old.svg").exists()
    write(tmp_path, "again")
    assert {"mine.svg", "old.csv", "sub"} <= names(tmp_path)


def test_a_note_that_names_other_places_or_is_broken_deletes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "old")
    note = tmp_path / "figures" / "written.json"
    digest = json.loads(note.read_text())["sha256"]["old.csv"]
    outside = tmp_path / "old.csv"
    outside.write_bytes((tmp_path / "figures" / "old.csv").read_bytes())
    link = tmp_path / "figures" / "link.csv"
    link.symlink_to(outside)
    for name in ("../old.csv", str(outside), "link.csv"):
        note.write_text(json.dumps({"schema": 1, "sha256": {name: digest}}))
        write(tmp_path, "fresh")
        assert outside.exists()
        assert link.is_symlink()
    for text in ("", "[1]", '{"schema": 2, "sha256": {"old.csv": ""}}', '{"schema": 1, "sha256": ["old.csv"]}'):
        note.write_text(text)
        write(tmp_path, "fresh")
        assert (tmp_path / "figures" / "old.csv").exists()


def test_the_note_is_the_same_for_the_same_report(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, "figure")
    notes = [(tmp_path / name / "figures" / "written.json").read_bytes() for name in ("one", "two")]
    assert notes[0] == notes[1]
    assert set(json.loads(notes[0])["sha256"]) == names(tmp_path / "one") - {"written.json"}
