"""unitcost export and unitcost merge, from the outside."""

from __future__ import annotations

import csv
import io
import itertools
import json
import shutil
from xml.etree import ElementTree

import pytest
from run_folders import CASES, make_run, make_side


def exported(unitcost, run, form: str) -> str:
    ended = unitcost("export", str(run), "--format", form)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path / "run", 1)


def test_google_benchmark_has_what_its_tools_ask_for(unitcost, run):
    document = json.loads(exported(unitcost, run, "google-benchmark"))
    assert document["context"]["num_cpus"] == 2
    rows = [row for row in document["benchmarks"] if row["name"] == CASES[0]]
    assert [row["repetition_index"] for row in rows] == list(range(6))
    for row in rows:
        assert row["run_type"] == "iteration"
        assert row["time_unit"] == "ns"
        assert row["iterations"] == 10
        assert row["real_time"] == pytest.approx(1000 * row["access_ns"], rel=1e-5)
        assert row["cpu_time"] > 0


def test_pyperf_has_what_pyperf_checks(unitcost, run):
    document = json.loads(exported(unitcost, run, "pyperf"))
    assert document["version"] == "1.0"
    for benchmark in document["benchmarks"]:
        assert benchmark["metadata"]["unit"] == "second"
        assert len(benchmark["runs"]) == 6
        for entry in benchmark["runs"]:
            assert all(isinstance(value, float) and value > 0 for value in entry["values"])
            assert isinstance(entry["metadata"]["loops"], int)
    assert "hostname" not in document["metadata"]


def test_bencher_and_github_action_benchmark(unitcost, run):
    bencher = json.loads(exported(unitcost, run, "bencher"))
    latency = bencher[CASES[0]]["latency"]
    assert latency["lower_value"] <= latency["value"] <= latency["upper_value"]
    entries = json.loads(exported(unitcost, run, "github-action-benchmark"))
    assert {frozenset(entry) for entry in entries} == {frozenset({"name", "unit", "value", "range", "extra"})}


def test_csv_has_a_line_a_run(unitcost, tmp_path):
    side = make_side(tmp_path / "side", range(1, 5))
    rows = list(csv.DictReader(io.StringIO(exported(unitcost, side, "csv"))))
    assert len(rows) == 4
    assert [row["time"] for row in rows] == sorted(row["time"] for row in rows)
    assert all(90 < float(row[f"{CASES[0]} access_ns"]) < 110 for row in rows)


def test_openmetrics_keeps_families_together(unitcost, tmp_path):
    side = make_side(tmp_path / "side", range(1, 4))
    lines = exported(unitcost, side, "openmetrics").splitlines()
    assert lines[-1] == "# EOF"
    families = [line.split("{")[0] for line in lines if not line.startswith("#")]
    changes = sum(a != b for a, b in itertools.pairwise(families))
    assert changes == len(set(families)) - 1


@pytest.mark.parametrize("form", ["openmetrics", "csv"])
def test_a_run_that_is_named_twice_is_exported_once(unitcost, tmp_path, form):
    side = make_side(tmp_path / "side", range(1, 3))
    folders = sorted(path.parent for path in side.rglob("run.json"))
    copy = shutil.copytree(folders[0], tmp_path / "copy")
    ended = unitcost("export", str(folders[0]), str(side), str(copy), "--format", form)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == exported(unitcost, side, form)


def test_junit_and_markdown(unitcost, run):
    suites = ElementTree.fromstring(exported(unitcost, run, "junit"))
    assert {suite.attrib["name"] for suite in suites} == {"claims", "cases"}
    assert CASES[0] in exported(unitcost, run, "markdown")


def test_output_goes_to_a_file_and_errors_are_told(unitcost, run, tmp_path):
    file = tmp_path / "out.json"
    assert unitcost("export", str(run), "-f", "bencher", "-o", str(file)).stdout == ""
    assert json.loads(file.read_text())
    assert unitcost("export", str(run), "-f", "bencher", "-o", str(tmp_path / "no" / "folder")).returncode == 1
    wrong = unitcost("export", str(run), "-f", "pyperv")
    assert wrong.returncode == 2
    assert "did you mean 'pyperf'?" in wrong.stderr
    two = unitcost("export", str(run), str(make_run(tmp_path / "two", 2)), "-f", "bencher")
    assert two.returncode == 2


def test_merge_is_idempotent_and_the_result_is_a_results_folder(unitcost, tmp_path):
    one = make_side(tmp_path / "laptop", range(1, 3), machine_id="aaaaaaaaaaaa")
    two = make_side(
        tmp_path / "board", range(3, 4), machine_id="bbbbbbbbbbbb", commit="older", started_utc="2025-01-01T00:00:00Z"
    )
    into = tmp_path / "all"
    first = unitcost("merge", str(one), str(two), "--into", str(into))
    assert first.returncode == 0, first.stderr
    assert first.stdout.count("copied") == 3
    assert "missing: machine bbbbbbbbbbbb has no run of commit aaaaaaaaaa" in first.stdout
    files = {path: path.read_bytes() for path in into.rglob("*") if path.is_file()}
    again = json.loads(unitcost("merge", str(one), str(two), str(into), "--into", str(into), "--json").stdout)
    assert {run["what"] for run in again["runs"]} == {"there"}
    assert again["missing"] == ["bbbbbbbbbbbb"]
    assert files == {path: path.read_bytes() for path in into.rglob("*") if path.is_file()}
    compared = unitcost("compare", str(into / "aaaaaaaaaaaa"), str(into / "bbbbbbbbbbbb"))
    assert compared.returncode == 0, compared.stderr


def test_merge_refuses_a_changed_copy_and_files_of_others(unitcost, tmp_path):
    run = make_run(tmp_path / "x" / "run", 1)
    into = tmp_path / "all"
    assert unitcost("merge", str(run), "--into", str(into)).returncode == 0
    changed = make_run(tmp_path / "y" / "run", 1, factor=1.5)
    ended = unitcost("merge", str(changed), "--into", str(into))
    assert ended.returncode == 2
    assert "different blocks" in ended.stderr
    assert len(list(into.rglob("run.json"))) == 1
