"""The programs as the harness meets them: names, flags, JSON, exit statuses."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

KERNELS = ("native", "releasing_gil", "holding_gil", "pure_python")
FOUR_THREADS = tuple(f"together/interpreter:default/kernel:{kernel}/threads:4" for kernel in KERNELS)
BATCHING = ("open_each/bytes:10000", "open_each/bytes:20000", "buffered/bytes:10000", "buffered/bytes:20000", "empty")


def listed(build, program) -> list[str]:
    ended = build.run(program, "--benchmark_list_tests")
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def gil_scenario(repository) -> dict[str, Any]:
    return tomllib.loads((repository / "scenarios" / "python" / "gil_threads.toml").read_text())


def test_batching_lists_its_cases(build):
    assert sorted(listed(build, "batching")) == sorted(BATCHING)


def test_scenario_and_program_name_the_same_cases(build, repository):
    scenario = gil_scenario(repository)
    patterns = [
        name.replace("{kernel}", kernel)
        for name in scenario["cases"].values()
        for kernel in scenario["axis"]["kernel"]["values"]
    ]
    names = listed(build, "gil_threads")
    threads = sorted({int(name.rpartition(":")[2]) for name in names if name.startswith("together/")})
    asked = {pattern.replace("{threads}", str(count)) for pattern in patterns for count in threads}
    assert asked == set(names)


def test_every_scenario_names_cases_that_the_programs_have(build, repository):
    for file in (repository / "scenarios").glob("*/*.toml"):
        for label, case in tomllib.loads(file.read_text()).get("cases", {}).items():
            if isinstance(case, dict) and case.get("program") == "python/batching":
                assert case["name"] in BATCHING or "{" in case["name"], f"{file.name}: {label}"


def test_one_iteration_is_exactly_one(build, tmp_path):
    rows = build.rows("batching", tmp_path / "out.json", "--unitcost_iterations=1")
    assert list(rows) == listed(build, "batching")
    assert {row["iterations"] for row in rows.values()} == {1}
    assert rows["open_each/bytes:20000"]["operations"] == 20_000


def test_threads_report_the_work_of_all_of_them(build, tmp_path):
    rows = build.rows("gil_threads", tmp_path / "out.json", "--unitcost_iterations=2", "--benchmark_filter=:4$")
    assert set(FOUR_THREADS) < set(rows)
    for row in rows.values():
        assert "error_occurred" not in row
        assert row["operations"] == 4 * 2 * 20_000
        assert 0 < row["shortest_thread_ns"] <= row["longest_thread_ns"]
        assert row["wall_ns"] == pytest.approx(row["real_time"], rel=1e-6)


def test_repetitions_are_rows_of_their_own(build, tmp_path):
    out = tmp_path / "out.json"
    flags = ("--unitcost_iterations=1", "--benchmark_repetitions=3", f"--benchmark_out={out}")
    assert build.run("batching", "--benchmark_filter=^empty$", *flags).returncode == 0
    rows = [row for row in build.document(out)["benchmarks"] if row["run_type"] == "iteration"]
    assert [row["name"] for row in rows] == ["empty"] * 3


def test_context_says_which_interpreter_ran_and_whether_it_has_a_lock(build, tmp_path):
    out = tmp_path / "out.json"
    assert (
        build.run(
            "batching", "--benchmark_filter=^empty$", "--unitcost_iterations=1", f"--benchmark_out={out}"
        ).returncode
        == 0
    )
    context = build.document(out)["context"]
    assert context["python_version"] == build.interpreter["version"]
    assert context["python_implementation"] == build.interpreter["implementation"]
    assert context["python_gil"] == str(build.interpreter["gil"]).lower()


def test_a_filter_that_matches_nothing_is_a_usage_error(build):
    ended = build.run("batching", "--benchmark_filter=^nothing$")
    assert ended.returncode == 2
    assert "no case matches" in ended.stderr


def test_an_output_that_cannot_be_written_is_said(build, tmp_path):
    ended = build.run("batching", "--benchmark_filter=^empty$", "--unitcost_iterations=1", "--benchmark_out=/dev/full")
    assert ended.returncode == 1
    assert "could not be written" in ended.stderr


def test_the_recorded_interpreter_tells_no_configure_paths(build):
    assert set(build.interpreter) == {"executable", "version", "implementation", "gil", "build_flags"}
    assert "/" not in build.interpreter["build_flags"]
