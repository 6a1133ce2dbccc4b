"""What is wrong is said before anything is measured, with status 2."""

from __future__ import annotations

import os
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
    refused(unitcost(*TINY, "--only", "interpreter", "--results", str(blocked / "results")), "--results")


@pytest.mark.parametrize("arguments", [("run", "--seed", "minus"), ("run", "--nonsense"), (), ("frobnicate",)])
def test_usage_errors(unitcost, arguments):
    assert unitcost(*arguments).returncode == 2


def test_show_and_resume_of_nothing(unitcost):
    refused(unitcost("show"), "unitcost run")
    refused(unitcost("run", "--resume"), "no run here yet")


def test_a_full_output_is_an_error(unitcost):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        import subprocess

        ended = subprocess.run(
            unitcost.command("list"), stdout=full, stderr=subprocess.PIPE, env=unitcost.environment(), check=False
        )
    finally:
        os.close(full)
    assert ended.returncode == 1
