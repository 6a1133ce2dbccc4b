"""What a program of anyone's gets from unitcost_bench: bad callables end their own row, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

PROGRAM = """
import sys
from unitcost_bench import Program, Sample, Unmeasurable, main

calls = []

def register(program):
    def good(n):
        calls.append("good")
        return Sample(elapsed_ns=5_000_000 * n, operations=30 * n, counters={"call_ns": 7.5})
    def good_loop(n):
        for _ in range(n):
            pass
    def raising(n):
        raise ValueError("the sum is wrong")
    def silent(n):
        raise RuntimeError
    def cannot(n):
        raise Unmeasurable("no second CPU")
    def too_large(n):
        raise MemoryError
    def no_sample(n):
        return 5
    def no_number(n):
        return Sample(elapsed_ns="soon", operations=1)
    def adding(n):
        program.add_loop("late", good_loop, counter="call_ns")
    def interrupted(n):
        raise KeyboardInterrupt
    program.add_timed("raising", raising)
    program.add_timed("silent", silent)
    program.add_timed("cannot", cannot)
    program.add_timed("too_large", too_large)
    program.add_timed("no_sample", no_sample)
    program.add_timed("no_number", no_number)
    program.add_loop("adding", adding, counter="call_ns")
    program.add_timed("good", good, warm_up=lambda: calls.append("warm"))
    program.add_loop("good_loop", good_loop, counter="step_ns", operations_per_iteration=2)
    if "--interrupt" in sys.argv:
        sys.argv.remove("--interrupt")
        program.add_timed("interrupted", interrupted)
        program.add_timed("after", good)
    if "--twice" in sys.argv:
        program.add_timed("good", good)

status = main(register)
print(calls, file=sys.stderr)
sys.exit(status)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    return path


def test_bad_callables_become_rows_with_the_reason(build, program, tmp_path):
    rows = build.rows(program, tmp_path / "out.json", "--unitcost_iterations=3")
    messages = {name: row.get("error_message") for name, row in rows.items()}
    assert messages.pop("no_sample").startswith("failed: AttributeError")
    assert messages.pop("no_number").startswith("failed: ")
    assert messages == {
        "raising": "failed: ValueError: the sum is wrong",
        "silent": "failed: RuntimeError",
        "cannot": "unmeasurable: no second CPU",
        "too_large": "unmeasurable: out of memory",
        "adding": "failed: RuntimeError: cases cannot be added while the program runs",
        "good": None,
        "good_loop": None,
    }


def test_samples_carry_time_operations_and_counters(build, program, tmp_path):
    rows = build.rows(program, tmp_path / "out.json", "--unitcost_iterations=3", "--benchmark_filter=^good")
    assert rows["good"]["real_time"] == pytest.approx(5_000_000)
    assert (rows["good"]["call_ns"], rows["good"]["operations"], rows["good"]["iterations"]) == (7.5, 90, 3)
    assert rows["good_loop"]["operations"] == 6
    assert rows["good_loop"]["step_ns"] > 0


def test_warm_up_runs_once_before_the_first_sample(build, program):
    ended = build.run(program, "--benchmark_filter=^good$", "--unitcost_iterations=1", "--benchmark_repetitions=3")
    assert ended.stderr.splitlines()[-1] == "['warm', 'good', 'good', 'good']"


def test_an_interrupt_ends_the_program_and_skips_what_is_left(build, program, tmp_path):
    out = tmp_path / "out.json"
    ended = build.run(program, "--interrupt", "--unitcost_iterations=1", f"--benchmark_out={out}")
    assert ended.returncode == 130
    rows = {row["name"]: row.get("error_message") for row in build.document(out)["benchmarks"]}
    assert rows["interrupted"] == rows["after"] == "failed: interrupted"
    assert rows["good"] is None


def test_a_name_is_registered_once(build, program):
    ended = build.run(program, "--twice", "--benchmark_list_tests")
    assert ended.returncode != 0
    assert "'good' is registered twice" in ended.stderr
