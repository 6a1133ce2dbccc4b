"""The counters that claims and figures name are the ones that the cases report."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Build, Case

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
FILES = sorted(path for path in SCENARIOS.glob("*/*.toml") if path.parent.name != "profiles")
LABEL_KEYS = ("value", "curve", "inverse_fit", "linearity")
PAIR_KEYS = ("ratio", "difference")


def labels_of(metric: dict[str, Any]) -> list[str]:
    """The case labels that a metric names."""
    return [metric[key] for key in LABEL_KEYS if key in metric] + [
        label for key in PAIR_KEYS for label in metric.get(key, [])
    ]


@cache
def wanted_counters(path: Path) -> dict[str, frozenset[str]]:
    """Counters by label, of one scenario's claims, controls, ceilings and figures."""
    scenario = tomllib.loads(path.read_text())
    wanted: dict[str, set[str]] = defaultdict(set)
    for claim in scenario.get("claim", []):
        for metric in (claim[key] for key in ("metric", "control", "ceiling") if key in claim):
            for label in labels_of(metric):
                wanted[label].add(metric["counter"])
    for figure in scenario.get("figure", []):
        labels = [*figure.get("cases", []), figure.get("relative_to", "")]
        for label in filter(None, labels):
            wanted[label].add(figure["y"])
    return {label: frozenset(counters) for label, counters in wanted.items()}


def reported_counters(build: Build, case: Case, out: Path) -> set[str] | None:
    """The keys of the case's row after one short run; None where this machine cannot run it."""
    command = [*build.command_of(case.program), f"--benchmark_filter=^{case.name}$", f"--benchmark_out={out}"]
    ended = subprocess.run(
        [*command, "--unitcost_sample_ms=1"], capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stderr
    row = json.loads(out.read_text())["benchmarks"][0]
    if row.get("error_occurred"):
        assert row["error_message"].startswith("unmeasurable: "), row["error_message"]
        return None
    return set(row)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_cases_report_the_counters_that_are_asked_of_them(
    build: Build, cases: list[Case], path: Path, tmp_path: Path
) -> None:
    scenario = f"{path.parent.name}/{path.stem}"
    first: dict[str, Case] = {}
    for case in cases:
        if case.scenario == scenario and case.observe == "time":
            first.setdefault(case.label, case)
    missing = []
    for label, counters in wanted_counters(path).items():
        if label not in first:
            continue  # counted under strace: the harness makes these counters
        reported = reported_counters(build, first[label], tmp_path / f"{label}.json")
        if reported is not None and not counters <= reported:
            missing.append(f"{label}: {sorted(counters - reported)} not among {sorted(reported)}")
    assert not missing, "\n".join(missing)
