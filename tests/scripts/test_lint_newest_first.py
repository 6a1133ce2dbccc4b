"""clang-tidy over the whole tree, those that changed last first, within a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import lint_newest_first
import pytest

SCRIPT = Path(lint_newest_first.__file__)


def test_what_changed_last_comes_first_and_what_git_does_not_know_before_it() -> None:
    sources = [Path("a.cpp"), Path("b.cpp"), Path("c.cpp"), Path("new.cpp")]
    ordered = lint_newest_first.newest_first(sources, ["c.cpp", "gone.cpp", "a.cpp", "c.cpp", "b.cpp"])
    assert ordered == [Path("new.cpp"), Path("c.cpp"), Path("a.cpp"), Path("b.cpp")]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository of two sources with a copy of the script, and a clang-tidy that finds something in the one that holds the word."""
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / SCRIPT.name).write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    build = tmp_path / "build"
    build.mkdir()
    (build / "generated.cpp").write_text("", encoding="utf-8")
    for name in ("good.cpp", "other.cpp"):
        (tmp_path / name).write_text("int x;\n", encoding="utf-8")
    files = ["../good.cpp", "../other.cpp", "generated.cpp"]
    database = [{"directory": str(build), "file": file, "command": "c++"} for file in files]
    (build / "compile_commands.json").write_text(json.dumps(database), encoding="utf-8")
    tool = tmp_path / "bin" / "clang-tidy"
    tool.parent.mkdir()
    tool.write_text('#!/bin/sh\nif grep -q mistake "$4"; then echo "$4: a mistake"; exit 1; fi\n', encoding="utf-8")
    tool.chmod(0o755)
    return tmp_path


def run(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{tree / 'bin'}:{os.environ['PATH']}"}
    command = [sys.executable, str(tree / "scripts" / SCRIPT.name), str(tree / "build"), *options]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_every_source_is_read_and_what_a_build_generated_is_not(tree: Path) -> None:
    ended = run(tree)
    assert ended.returncode == 0, ended.stderr
    assert "read 2 of 2 files\n" in ended.stderr


def test_a_finding_is_shown_and_fails(tree: Path) -> None:
    (tree / "other.cpp").write_text("mistake\n", encoding="utf-8")
    ended = run(tree)
    assert ended.returncode == 1
    assert "other.cpp: a mistake" in ended.stdout


def test_what_the_time_did_not_reach_is_counted(tree: Path) -> None:
    ended = run(tree, "--minutes", "0")
    assert ended.returncode == 0
    assert "read 0 of 2 files; 2, which changed longest ago, were left" in ended.stderr


def test_without_a_database_it_says_how_to_get_one(tree: Path) -> None:
    (tree / "build" / "compile_commands.json").unlink()
    ended = run(tree)
    assert ended.returncode == 2
    assert "cmake --preset check" in ended.stderr
