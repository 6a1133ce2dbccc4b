"""Every kind of input that cannot be compared: a clear message and status 2, or a row that says why. Never a silent zero."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from run_folders import CASES, make_run, make_side

FOREIGN = Path(__file__).resolve().parents[1] / "data" / "foreign"
HOSTILE = FOREIGN / "hostile"
GOOD = {
    "google": FOREIGN / "google_benchmark_a.json",
    "pyperf": FOREIGN / "pyperf_a.json",
    "hyperfine": FOREIGN / "hyperfine_a.json",
}


def refused(ended, *words: str) -> None:
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert ended.stdout == ""
    for word in words:
        assert word in ended.stderr


def compare(unitcost, *paths):
    return unitcost("compare", *map(str, paths))


def reason(unitcost, case: str, *paths) -> str:
    ended = unitcost("compare", *map(str, paths), "--json")
    compared = json.loads(ended.stdout)["comparisons"][0]
    assert ended.returncode == (0 if compared["rows"] else 2), ended.stderr
    assert ("nothing in common" in ended.stderr) == (not compared["rows"])
    return next(row["reason"] for row in compared["not_comparable"] if row["case"] == case)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.json", ["is empty"]),
        ("blank.json", ["is empty"]),
        ("truncated.json", ["line ", "column ", "not valid JSON"]),
        ("no_json.json", ["line 1, column 1"]),
        ("list.json", ["begins with a list"]),
        ("unknown.json", ["no known format", "pyperf", "hyperfine"]),
        ("no_cases.json", ["has no case"]),
        ("wrong_type.json", ["benchmarks: expected a list"]),
        ("unknown_unit.json", ["'h' is none of"]),
        ("newer_google_benchmark.json", ["schema 2", "schema 1"]),
        ("newer_pyperf.json", ["version 2.0", "version 1.0"]),
        ("pyperf_unknown_unit.json", ["'parsec'"]),
        ("deep.json", ["not valid JSON"]),
        ("overflow.json", ["too large"]),
        ("twice.json", ["stands twice"]),
        ("bad_utf8.json", ["not valid JSON"]),
        ("other_cases.json", ["no case in common", "fill/4096", "else/fill/4096"]),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_name(unitcost, name, words):
    refused(compare(unitcost, GOOD["google"], HOSTILE / name), name, *words)


@pytest.mark.parametrize(
    ("tool", "name", "case", "words"),
    [
        ("google", "nan_repetition.json", "fill/4096", "not a finite number"),
        ("google", "duplicate_rows.json", "fill/4096", "stands twice"),
        ("google", "text_for_number.json", "fill/4096", "is a text"),
        ("pyperf", "pyperf_bytes.json", "sum a list", "measured as real_ns in pyperf_a.json and as value_bytes"),
        ("pyperf", "pyperf_duplicate.json", "sum a list", "stands twice"),
        ("pyperf", "pyperf_calibration_only.json", "sum a list", "calibration"),
        ("hyperfine", "hyperfine_failure.json", "true", "1 of its invocations failed"),
        ("hyperfine", "hyperfine_duplicate.json", "true", "stands twice"),
        ("hyperfine", "hyperfine_nan.json", "true", "not a finite number"),
    ],
)
def test_a_case_that_cannot_be_trusted_says_why(unitcost, tool, name, case, words):
    assert words in reason(unitcost, case, GOOD[tool], HOSTILE / name)


def test_a_nan_in_an_aggregate_is_of_no_matter(unitcost):
    assert compare(unitcost, GOOD["google"], HOSTILE / "nan_aggregate.json").returncode == 0


def test_one_sample_a_side_is_shown_and_concludes_nothing(unitcost, tmp_path):
    files = []
    for name, value in (("a", 5.0), ("b", 9.0)):
        row = {
            "name": "x",
            "run_name": "x",
            "run_type": "iteration",
            "iterations": 1,
            "real_time": value,
            "cpu_time": value,
            "time_unit": "ns",
        }
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(json.dumps({"context": {}, "benchmarks": [row]}))
    ended = compare(unitcost, *files)
    assert ended.returncode == 0
    assert "+80.0 %" in ended.stdout
    assert "inconclusive" in ended.stdout


def test_different_units_of_our_own_runs(unitcost, tmp_path):
    one = make_run(tmp_path / "one", 1)
    two = make_run(tmp_path / "two", 2, counter="access_us", cases=CASES[:1])
    assert "measured as access_ns in one and as access_us in two" in reason(unitcost, CASES[0], one, two)


def test_disjoint_cases_of_our_own_runs(unitcost, tmp_path):
    refused(
        compare(unitcost, make_run(tmp_path / "one", 1), make_run(tmp_path / "two", 2, cases=("sync/x:y",))),
        "no case in common",
        CASES[0],
        "sync/x:y",
    )


def change_record(run: Path, change) -> Path:
    record = json.loads((run / "run.json").read_text())
    change(record)
    (run / "run.json").write_text(json.dumps(record))
    return run


def test_a_run_of_another_schema_names_both(unitcost, tmp_path):
    good = make_run(tmp_path / "good", 1)
    newer = change_record(make_run(tmp_path / "newer", 2), lambda record: record.update(schema=9))
    refused(compare(unitcost, good, newer), "run.json", "schema 9", "schema 1")


def test_a_run_that_is_cut_off_in_its_middle_names_file_and_line(unitcost, tmp_path):
    good = make_run(tmp_path / "good", 1)
    bad = make_run(tmp_path / "bad", 2)
    lines = (bad / "blocks.jsonl").read_text().splitlines(keepends=True)
    lines[3] = lines[3][:30] + "\n"
    (bad / "blocks.jsonl").write_text("".join(lines))
    refused(compare(unitcost, good, bad), "blocks.jsonl:4")


def test_a_torn_last_line_is_left_out_and_said(unitcost, tmp_path):
    good = make_run(tmp_path / "good", 1)
    torn = make_run(tmp_path / "torn", 2)
    text = (torn / "blocks.jsonl").read_text()
    (torn / "blocks.jsonl").write_text(text[:-40])
    ended = compare(unitcost, good, torn)
    assert ended.returncode == 0
    assert "torn: the last line of its blocks was cut off" in ended.stdout


def test_a_block_that_stands_twice(unitcost, tmp_path):
    good = make_run(tmp_path / "good", 1)
    bad = make_run(tmp_path / "bad", 2)
    lines = (bad / "blocks.jsonl").read_text().splitlines(keepends=True)
    (bad / "blocks.jsonl").write_text("".join([*lines, lines[0]]))
    refused(compare(unitcost, good, bad), "stands twice")


def test_nan_in_a_run_is_no_json(unitcost, tmp_path):
    good = make_run(tmp_path / "good", 1)
    bad = make_run(tmp_path / "bad", 2)
    text = (bad / "blocks.jsonl").read_text().replace('"access_ns": [', '"access_ns": [NaN, ', 1)
    (bad / "blocks.jsonl").write_text(text)
    refused(compare(unitcost, good, bad), "blocks.jsonl:1", "not valid JSON")


def stop_before_its_first_block(run: Path) -> Path:
    (run / "blocks.jsonl").unlink()
    return change_record(run, lambda record: (record.update(status="interrupted"), record["plan"].update(frozen=False)))


def test_a_run_without_blocks_says_so_case_by_case(unitcost, tmp_path):
    good = make_run(tmp_path / "good", 1)
    bare = stop_before_its_first_block(make_run(tmp_path / "bare", 2))
    assert "bare: no block was measured" in reason(unitcost, CASES[0], good, bare)
    for command in ("show", "claims"):
        ended = unitcost(command, str(bare))
        assert ended.returncode == 0, ended.stderr
        assert "the run has no blocks: it was stopped before its first one" in ended.stdout + ended.stderr
    report = tmp_path / "report"
    assert unitcost("report", str(bare), "--output", str(report), "--json").returncode == 0
    assert any("no blocks" in text for text in json.loads((report / "analysis.json").read_text())["run"]["warnings"])


@pytest.mark.parametrize(
    "command",
    [
        ("show",),
        ("claims",),
        ("report",),
        ("export", "--format", "csv"),
        ("compare", "{good}"),
        ("gate", "--baseline", "{good}"),
        ("merge", "--into", "{good}"),
    ],
)
def test_a_run_that_lost_its_blocks_is_refused(unitcost, tmp_path, command):
    good = make_run(tmp_path / "good", 1)
    bare = make_run(tmp_path / "bare", 2)
    (bare / "blocks.jsonl").unlink()
    rest = [word.format(good=good) for word in command[1:]]
    refused(unitcost(command[0], str(bare), *rest), "bare/blocks.jsonl: is missing")


def test_the_same_measurement_counts_once(unitcost, tmp_path):
    one = make_run(tmp_path / "one", 1)
    two = tmp_path / "two"
    shutil.copytree(one, two)
    refused(compare(unitcost, one, two), "same measurement")
    other = make_run(tmp_path / "other", 2)
    refused(
        unitcost("compare", "--a", str(one), str(two), "--b", str(other)), "hold the same measurement", "name it once"
    )


def test_what_is_not_there_or_cannot_be_read(unitcost, tmp_path):
    good = make_run(tmp_path / "good", 1)
    refused(compare(unitcost, good, tmp_path / "nowhere"), "nowhere", "is no run")
    empty = tmp_path / "empty"
    empty.mkdir()
    refused(compare(unitcost, good, empty), "neither a run")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused(compare(unitcost, good, pipe), "is no regular file")
    refused(compare(unitcost, good, good / "run.json"), "name the run's folder instead")


def test_usage(unitcost, tmp_path):
    good = str(make_run(tmp_path / "good", 1))
    refused(unitcost("compare", good), "two runs are the least")
    refused(unitcost("compare", "--only", "memory", good, good), "--only took memory and", "name the runs first")
    refused(unitcost("gate", "--counter", "x", good, "--baseline", good), "--counter took x and", "name the runs first")
    refused(unitcost("compare", "--a", good), "--a needs --b")
    refused(unitcost("compare", good, "--a", good, "--b", good), "not both")
    for arguments in (
        ("compare", good, good, "--margin", "0"),
        ("gate", good),
        ("gate", "--baseline", good),
        ("export", good),
        ("merge", good),
    ):
        assert unitcost(*arguments).returncode == 2


@pytest.mark.parametrize("command", ["compare", "gate", "merge", "export"])
def test_a_run_that_cannot_be_read_is_not_passed_over(unitcost, tmp_path, command):
    good = make_side(tmp_path / "good", range(1, 4))
    bad = make_side(tmp_path / "bad", range(11, 15))
    record = bad / "0123456789ab" / "run-12" / "run.json"
    record.unlink()
    record.symlink_to("run.json")  # to itself: not even the superuser can tell what that is
    rest = {
        "compare": (str(good),),
        "gate": ("--baseline", str(good)),
        "merge": ("--into", str(tmp_path / "all")),
        "export": ("--format", "csv"),
    }
    refused(unitcost(command, str(bad), *rest[command]), "run-12/run.json: cannot be read")
    assert not (tmp_path / "all").exists()


def test_merge_reads_all_that_the_folder_holds_already(unitcost, tmp_path):
    into = make_side(tmp_path / "all", range(1, 3))
    record = into / "0123456789ab" / "run-1" / "run.json"
    record.unlink()
    record.symlink_to("run.json")
    refused(
        unitcost("merge", str(make_run(tmp_path / "new", 5)), "--into", str(into)), "run-1/run.json: cannot be read"
    )


def test_a_counter_that_no_case_has_is_refused(unitcost, tmp_path):
    old, new = (make_side(tmp_path / name, range(at, at + 3)) for name, at in (("old", 1), ("new", 11)))
    wanted = "--counter acess_ns: no case of either side has it; did you mean 'access_ns'?"
    refused(unitcost("compare", str(old), str(new), "--counter", "acess_ns"), wanted)
    refused(unitcost("gate", str(new), "--baseline", str(old), "--counter", "acess_ns"), wanted)
    refused(unitcost("gate", str(new), "--baseline", str(old), "--counter", "real_ns", "acess_ns"), wanted)
    both = unitcost("gate", str(new), "--baseline", str(old), "--counter", "real_ns", "access_ns", "--json")
    rows = json.loads(both.stdout)["against"][0]["rows"]
    assert {(row["case"], row["counter"]) for row in rows} == {(c, n) for c in CASES for n in ("access_ns", "real_ns")}
    files = [str(FOREIGN / f"google_benchmark_{side}.json") for side in "ab"]
    refused(unitcost("compare", *files, "--counter", "cpu_nss"), "did you mean 'cpu_ns'?")
    refused(unitcost("compare", str(GOOD["hyperfine"]), str(GOOD["pyperf"]), "--counter", "x"), "known: real_ns")


def test_a_folder_that_holds_one_broken_run_is_not_half_compared(unitcost, tmp_path):
    good = make_side(tmp_path / "good", range(1, 4))
    bad = make_side(tmp_path / "bad", range(11, 14))
    (bad / "0123456789ab" / "run-12" / "run.json").write_text("{")
    refused(compare(unitcost, good, bad), "run-12/run.json", "not valid JSON")
