"""What is wrong is said before anything is measured, with status 2."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

TINY = ("run", "--profile", "tiny")


def refused(ended, *words: str) -> None:
    assert ended.returncode == 2, ended.stderr
    for word in words:
        assert word in ended.stderr


def test_an_unknown_prefix_names_the_nearest(unitcost):
    refused(unitcost(*TINY, "--only", "interpretr"), "interpreter")
    assert not unitcost.results.exists() or not (unitcost.results / "latest").exists()


def test_an_unknown_profile_names_the_known(unitcost):
    refused(unitcost("run", "--profile", "tiney"), "tiny")


def test_a_missing_program_is_named(unitcost):
    (unitcost.folder / "benchmarks" / "interpreter" / "dispatch").unlink()
    refused(unitcost(*TINY, "--only", "interpreter"), "interpreter/dispatch", "build it")


def test_a_missing_foreign_program_and_one_that_is_none(unitcost, tmp_path):
    refused(unitcost(*TINY, "--program", "/nowhere/at-all"), "no such program")
    plain = tmp_path / "plain"
    plain.write_text("text")
    refused(unitcost(*TINY, "--program", str(plain)), "chmod +x")
    refused(unitcost(*TINY, "--program", "/bin/false"), "not a Google Benchmark program")


def test_a_results_folder_that_cannot_be_written(unitcost, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    ended = unitcost(*TINY, "--only", "interpreter", "--results", str(blocked / "results"))
    assert ended.returncode == 1, ended.stderr
    assert "--results" in ended.stderr
    assert not ended.stdout  # before anything is measured


@pytest.mark.parametrize("arguments", [("run", "--seed", "minus"), ("run", "--nonsense"), (), ("frobnicate",)])
def test_usage_errors(unitcost, arguments):
    assert unitcost(*arguments).returncode == 2


def test_show_and_resume_of_nothing(unitcost):
    refused(unitcost("show"), "unitcost run")
    refused(unitcost("run", "--resume"), "no run here yet")


@pytest.mark.parametrize("name", ["circle", "n" * 300])
def test_a_folder_that_cannot_be_looked_into_is_said(unitcost, name):
    (unitcost.folder / "circle").symlink_to("circle")
    for command in ("show", "claims", "report", "export"):
        more = ("--format", "csv") if command == "export" else ()
        refused(unitcost(command, str(unitcost.folder / name), *more), name, "cannot be read")


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--results", ""),
        ("run", "--results="),
        ("run", "--resume", ""),
        ("run", "--program", ""),
        ("show", ""),
        ("export", "latest", "--format", "csv", "--output", ""),
        ("merge", "latest", "--into", ""),
        ("compare", "a", "b", "--markdown", ""),
        ("gate", "a", "--baseline", ""),
        ("duel", "a", ""),
        ("honesty", "--results", ""),
    ],
    ids=" ".join,
)
def test_an_empty_name_is_refused(unitcost, arguments):
    refused(unitcost(*arguments), "is empty")
    assert not unitcost.results.exists()


def test_an_empty_label_is_no_label(unitcost):
    assert unitcost(*TINY, "--only", "interpreter", "--label", "", "--dry-run").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("runn",), "no command 'runn'; did you mean 'run'?"),
        (("list", "--profile", "quick"), "list: not expected: --profile quick\n"),
        (("export", "latest", "--formt", "csv"), "not expected: --formt; did you mean '--format'?"),
        (("run", "--seed", "0"), "--seed: '0' is no number above zero\n"),
        (("honesty", "--minutes", "nan"), "--minutes: 'nan' is no number above zero\n"),
        (("duel", "a", "b", "--pairs", "1001"), "--pairs: '1001' is no number from 1 to 1000\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_word_is_named(unitcost, arguments, words):
    refused(unitcost(*arguments), words)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("--version",),
        ("--help",),
        (*TINY, "--dry-run"),
        (*TINY, "--dry-run", "--json"),  # more than a buffer: writing fails before the end, too
    ],
    ids=" ".join,
)
def test_a_full_output_is_an_error(unitcost, arguments):
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            unitcost.command(*arguments),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=unitcost.environment(),
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr
