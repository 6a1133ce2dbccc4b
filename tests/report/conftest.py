"""Makes the samples beside the tests importable, and renders each once a session."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))  # for run_folders
sys.path.insert(0, str(Path(__file__).parent))

import report_sample
from comparison_pages import Page, page, unitcost
from duel_folders import make_duel
from run_folders import CASES, GONE, NEW, make_side
from unitcost_report import model
from unitcost_report.load import load
from unitcost_report.report import report


@pytest.fixture(scope="session")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> model.Analysis:
    """The sample, read."""
    return load(report_sample.write(tmp_path_factory.mktemp("analysis"), report_sample.build()))


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's report."""
    folder = tmp_path_factory.mktemp("report")
    report_sample.write(folder, report_sample.build())
    report(folder)
    return folder


@pytest.fixture(scope="session")
def html(rendered: Path) -> str:
    """The sample's page."""
    return (rendered / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """Five sessions against five: one case is slower, one faster, and the kernel differs."""
    folder = tmp_path_factory.mktemp("comparison")
    old = make_side(folder / "old", range(1, 6))
    changed = {CASES[0]: 1.1, CASES[1]: 0.9}
    new = make_side(folder / "new", range(11, 16), factor=changed, commit="bbbbbbbbbb", kernel="6.2.0")
    ended = unitcost(folder / "results", "compare", old, new, "--report", folder / "page")
    return page(folder / "page", "comparison.json", ended)


@pytest.fixture(scope="session")
def duel(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """Every outcome, and a quiet null control."""
    results = tmp_path_factory.mktemp("duel") / "results"
    make_duel(results / "0123456789ab" / "20260102T030405Z-duel")
    (results / "latest-duel").symlink_to("0123456789ab/20260102T030405Z-duel")
    ended = unitcost(results, "report", "latest-duel")
    return page(results.parent / "reports" / "20260102T030405Z-duel", "duel-analysis.json", ended)


@pytest.fixture(scope="session")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A gate that fails: one case is slower, one slower and accepted, one crept since the release, one gone, one new; the kernel differs."""
    folder = tmp_path_factory.mktemp("gated")
    slow, crept, accepted = CASES
    common = {"session_sd": 0.0005}
    release = make_side(folder / "release", range(1, 6), cases=(*CASES, GONE), **common)
    last = make_side(folder / "last", range(11, 16), cases=(*CASES, GONE), factor={crept: 1.04}, **common)
    cost = {slow: 1.1, crept: 1.045, accepted: 1.2}
    fresh = make_side(folder / "new", range(16, 21), cases=(*CASES, NEW), factor=cost, kernel="6.2.0", **common)
    rules = folder / "gate.toml"
    rules.write_text(
        f'schema = 1\nmargin_ratio = 0.02\n[[accepted]]\ncase = "{accepted}"\ncommit = "cccccccccc"\nuntil = 2999-12-31\n'
        'reason = "bounds are checked"\nat_most_ratio = 1.3\n'
        '[[accepted]]\ncase = "old/*"\ncommit = "dd"\nuntil = 2001-12-31\nreason = "long ago"\n'
    )
    sides = ("gate", fresh, "--baseline", last, "--release", release)
    ended = unitcost(folder / "results", *sides, "--vary", "kernel", "--rules", rules, "--report", folder / "page")
    return page(folder / "page", "gate.json", ended, status=3)


@pytest.fixture(scope="session")
def gated_duel(duel: Page, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A gate over the duel; that fails, too."""
    folder = tmp_path_factory.mktemp("gated-duel")
    ended = unitcost(folder, "gate", "--duel", duel.folder, "--report", folder / "page")
    return page(folder / "page", "gate.json", ended, status=3)


@pytest.fixture(scope="session")
def pilot(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The spread of pairs of one program."""
    folder = tmp_path_factory.mktemp("pilot")
    ended = unitcost(folder, "report", make_duel(folder / "pilot", pilot=True), "--output", folder / "page")
    return page(folder / "page", "duel-analysis.json", ended)
