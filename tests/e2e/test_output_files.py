"""Files that a user names are written as a shell's `>` would: into what is there, behind links, and whole."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest
from run_folders import CASES, make_run


@pytest.fixture
def run(unitcost):
    return make_run(unitcost.folder / "elsewhere" / "0123456789ab" / "one", 1)


def files_of(output_option: str, unitcost, run, output: Path) -> tuple[str, ...]:
    """The command line that writes `output`."""
    other = unitcost.folder / "two"
    if not other.exists():
        make_run(other, 2)
    if output_option == "export":
        return ("export", str(run), "--format", "markdown", "--output", str(output))
    return ("compare", str(run), str(other), f"--{output_option}", str(output))


OUTPUTS = pytest.mark.parametrize("output", ["export", "markdown", "junit"])


@OUTPUTS
def test_a_fifo_gets_the_text_and_stays(unitcost, run, tmp_path, output):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(fifo.read_text()), daemon=True)
    reader.start()
    ended = unitcost(*files_of(output, unitcost, run, fifo))
    assert ended.returncode == 0, ended.stderr
    assert fifo.is_fifo()
    reader.join(60)
    assert CASES[0] in read[0]


@OUTPUTS
def test_a_link_is_followed_and_stays(unitcost, run, tmp_path, output):
    real = tmp_path / "far" / "real"
    real.parent.mkdir()
    real.write_text("old")
    link = tmp_path / "link"
    link.symlink_to("far/real")
    ended = unitcost(*files_of(output, unitcost, run, link))
    assert ended.returncode == 0, ended.stderr
    assert link.is_symlink()
    assert CASES[0] in real.read_text()
    assert [path.name for path in real.parent.iterdir()] == ["real"]


@OUTPUTS
def test_a_device_behind_a_link_stays(unitcost, run, tmp_path, output):
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    ended = unitcost(*files_of(output, unitcost, run, link))
    assert ended.returncode == 0, ended.stderr
    assert link.is_symlink()
    assert Path("/dev/null").is_char_device()


def test_standard_output_by_its_name_is_standard_output(unitcost, run, tmp_path):
    stdout = tmp_path / "stdout"  # as /dev/stdout, which a program that gets it wrong as root would replace
    stdout.symlink_to("/proc/self/fd/1")
    command = unitcost.command(*files_of("markdown", unitcost, run, stdout))
    file = tmp_path / "out"
    file.write_text("before\n")
    with file.open("a") as out:
        assert subprocess.run(command, stdout=out, env=unitcost.environment(), check=False).returncode == 0
    text = file.read_text()
    assert text.startswith("before\n#")
    assert text.count(CASES[0]) > 1  # as Markdown, and behind it for the terminal


@OUTPUTS
def test_what_cannot_be_written_is_named_as_it_was_given(unitcost, run, tmp_path, output):
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    ended = unitcost(*files_of(output, unitcost, run, link))
    assert ended.returncode == 1
    assert f"{link}: cannot be written" in ended.stderr
    assert "free some space" in ended.stderr
    missing = tmp_path / "no" / "x"
    ended = unitcost(*files_of(output, unitcost, run, missing))
    assert ended.returncode == 1
    assert f"{missing}: cannot be written" in ended.stderr
    assert "--res" not in ended.stderr  # neither --results nor --resume


def test_folders_that_cannot_be_made_are_status_1_as_well(unitcost, run, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    inside = str(blocked / "folder")
    other = str(make_run(tmp_path / "two", 2))
    for arguments in (
        ("merge", str(run), "--into", inside),
        ("report", str(run), "--output", inside),
        ("compare", str(run), other, "--report", inside),
        ("honesty", "--results", inside),
        ("compare", str(run), other, "--github"),
    ):
        ended = unitcost(*arguments, GITHUB_STEP_SUMMARY=inside)
        assert ended.returncode == 1, ended.stderr
        assert inside in ended.stderr


def test_runs_are_found_by_name_where_the_option_says(unitcost, run, tmp_path):
    there = ("--results", str(run.parents[1]))
    assert "one" in unitcost("show", "one", *there, "--json").stdout
    assert unitcost("claims", "one", *there).returncode == 0
    assert CASES[0] in unitcost("export", "one", "--format", "csv", *there).stdout
    assert "copied" in unitcost("merge", "one", "--into", str(tmp_path / "all"), *there).stdout
    for arguments in (("show",), ("claims",), ("export", "--format", "csv"), ("merge", "--into", str(tmp_path / "b"))):
        ended = unitcost(arguments[0], "one", *arguments[1:])
        assert ended.returncode == 2
        assert "'one' is no run" in ended.stderr


def test_an_unknown_counter_is_named_with_the_nearest(unitcost, run):
    ended = unitcost("export", str(run), "--format", "csv", "--counter", "acess_ns")
    assert ended.returncode == 2
    assert "no counter 'acess_ns' was measured; did you mean 'access_ns'?" in ended.stderr
    both = unitcost("export", str(run), "--format", "csv", "--counter", "access_ns", "--counter", "nosuch")
    assert both.returncode == 2
    assert "'nosuch'" in both.stderr
    assert unitcost("export", str(run), "--format", "csv", "--counter", "real_ns").returncode == 0


def test_help_names_what_is_there(unitcost):
    assert "Exit status:" in unitcost("export", "--help").stdout
    assert "scenarios/profiles" in unitcost("run", "--help").stdout
