"""`run --program`: a program without a scenario is measured, and everything that reads a run reads its run."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

RUN = ("run", "--profile", "tiny", "--quiet")
STAND_IN = '''#!/usr/bin/env python3
"""Speaks Google Benchmark's flags alone; what its cases are called has all that such names may have."""
import json, re, sys

CASES = ["BM_Sort<std::vector<int>, 8>/real_time", "memory", "2 fast {x}", "BM_copy/4096", "BM_Copy/4096"]
flags = dict(argument[2:].partition("=")[::2] for argument in sys.argv[1:])
if not all(name.startswith("benchmark_") for name in flags):
    sys.exit(f"unrecognised: {sys.argv[1:]}")
if "benchmark_list_tests" in flags:
    print("\\n".join(CASES))
    sys.exit()
rows = []
for name in (case for case in CASES if re.search(flags["benchmark_filter"], case)):
    for index in range(int(flags["benchmark_repetitions"])):
        row = {"name": name, "run_name": name, "run_type": "iteration", "repetition_index": index}
        rows.append({**row, "iterations": 9, "real_time": 50.0, "cpu_time": 50.0, "time_unit": "us"})
with open(flags["benchmark_out"], "w") as file:
    json.dump({"context": {}, "benchmarks": rows}, file)
'''


@pytest.fixture
def stand_in(tmp_path) -> Path:
    program = tmp_path / "My fake.2.sh"
    program.write_text(STAND_IN)
    program.chmod(0o755)
    return program


def measure(unitcost, program: Path, *more: str) -> Path:
    ended = unitcost(*RUN, "--program", str(program), *more)
    assert ended.returncode == 0, ended.stderr
    return Path(ended.stdout.strip())


def output(unitcost, *arguments) -> str:
    ended = unitcost(*map(str, arguments))
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def assert_readable(unitcost, run: Path, keys: set[str]) -> None:
    assert {row["case"] for row in json.loads(output(unitcost, "show", run, "--json"))["cases"]} == keys
    assert json.loads(output(unitcost, "claims", run, "--json")) == []
    for form in ("google-benchmark", "csv", "openmetrics", "junit", "markdown", "bencher"):
        assert all(
            key.partition(":")[2].partition("<")[0] in output(unitcost, "export", run, "-f", form) for key in keys
        )
    report = unitcost.folder / "report"
    output(unitcost, "report", run, "--output", report, "--json")
    estimates = json.loads((report / "analysis.json").read_text())["estimates"]
    assert {row["key"] for row in estimates} == keys


def test_the_run_of_a_program_of_others_is_read_by_everything(unitcost, stand_in):
    names = ("BM_Sort<std::vector<int>, 8>/real_time", "memory", "2 fast {x}", "BM_copy/4096", "BM_Copy/4096")
    keys = {f"My fake.2.sh:{name}" for name in names}
    assert_readable(unitcost, measure(unitcost, stand_in), keys)
    runs = [measure(unitcost, stand_in, "--only", "2 fast") for _ in range(6)]
    key = "My fake.2.sh:2 fast {x}"
    compared = json.loads(output(unitcost, "compare", runs[0], runs[1], "--json"))["comparisons"][0]
    assert [row["case"] for row in compared["rows"]] == [key]
    judged = json.loads(output(unitcost, "gate", *runs[::2], "--baseline", *runs[1::2], "--json"))
    assert [(row["case"], row["gate"]) for row in judged["against"][0]["rows"]] == [(key, "ok")]
    assert "6 runs read" in output(unitcost, "merge", *runs, "--into", unitcost.folder / "merged")


def test_the_run_of_one_of_our_programs_is_read_by_everything(unitcost):
    program = unitcost.folder / "benchmarks" / "interpreter" / "dispatch"
    run = measure(unitcost, program, "--only", "dispatch/technique:goto/workload:mix")
    assert_readable(unitcost, run, {"dispatch:dispatch/technique:goto/workload:mix"})
    other = measure(unitcost, program, "--only", "dispatch/technique:goto/workload:mix")
    compared = json.loads(output(unitcost, "compare", run, other, "--json"))["comparisons"][0]
    assert [row["counter"] for row in compared["rows"]] == ["bytecode_ns"]


def test_an_interrupted_run_of_a_program_goes_on(unitcost, stand_in):
    child = unitcost.start("run", "--profile", "tiny", "--program", str(stand_in))
    until = time.monotonic() + 120
    while not (unitcost.results / "latest").exists() or len(unitcost.blocks()) < 2:
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < until
        time.sleep(0.002)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130, said
    assert f"unitcost run --resume {unitcost.latest} --program '{stand_in}' goes on" in said
    before = unitcost.blocks()
    lost = unitcost("run", "--resume")
    assert lost.returncode == 2
    assert "the program 'My fake.2.sh'" in lost.stderr
    other = unitcost.folder / "benchmarks" / "interpreter" / "dispatch"
    assert "the program 'My fake.2.sh'" in unitcost("run", "--resume", "--program", str(other)).stderr
    ended = unitcost("run", "--resume", "--program", str(stand_in))
    assert ended.returncode == 0, ended.stderr
    assert unitcost.record()["status"] == "complete"
    assert unitcost.blocks()[: len(before)] == before
    assert {block["case"] for block in unitcost.blocks()} == {
        case["key"] for case in unitcost.record()["plan"]["cases"]
    }
