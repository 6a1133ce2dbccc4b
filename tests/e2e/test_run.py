"""A run from plan to last block, and what it says on the way."""

from __future__ import annotations

import json
import os
import re
import socket
from collections import Counter

GOOD = ("--only", "children/behaviour:good", "--only", "interpreter", "--only", "syscall")
TINY = ("run", "--profile", "tiny")


def test_a_run_measures_every_case_in_every_round(unitcost):
    ended = unitcost(*TINY, *GOOD, "--seed", "7", "--label", "a name")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == str(unitcost.latest)
    record = unitcost.record()
    assert (record["status"], record["label"], record["plan"]["seed"]) == ("complete", "a name", 7)
    first = Counter(b["case"] for b in unitcost.blocks() if b["round"] > 0 and b["attempt"] == 1)
    dropped = {case["key"] for case in record["plan"]["cases"] if case["dropped"]}
    assert dropped <= {"syscall/batching:empty#syscalls"}  # where strace is missing or not allowed
    expected = {case["key"]: case["rounds"] for case in record["plan"]["cases"] if not case["dropped"]}
    assert first == expected
    assert "harness" in ended.stderr
    assert not list(unitcost.latest.glob("child.*"))


def test_real_children_have_samples_covariates_and_their_cpu(unitcost):
    assert unitcost(*TINY, "--only", "interpreter").returncode == 0
    for block in (b for b in unitcost.blocks() if b["round"] > 0):
        assert block["outcome"] == "measured"
        assert len(block["samples"]["bytecode_ns"]) == 2
        assert len(block["samples"]["real_ns"]) == 2
        covariates = block["covariates"]
        assert covariates["cpus_used"] == covariates["cpus_asked"]
        assert covariates["reference_before_ns"] > 0
        absent = unitcost.record()["absent"]
        assert {n for n, v in covariates.items() if v is None} <= set(absent) | {"others_cpu_s"}


def test_system_calls_are_counted_or_said_to_be_unmeasurable(unitcost):
    assert unitcost(*TINY, "--only", "syscall").returncode == 0
    case = unitcost.record()["plan"]["cases"][0]
    counted = [b for b in unitcost.blocks() if b["round"] > 0]
    assert case["dropped"] or all(b["samples"]["syscalls"][0] > 0 for b in counted)


def test_children_that_misbehave_are_recorded_and_the_run_goes_on(unitcost):
    ended = unitcost(*TINY, "--only", "children")
    assert ended.returncode == 1, ended.stderr
    dropped = {case["name"]: case["dropped"] for case in unitcost.record()["plan"]["cases"]}
    assert "signal 11" in dropped["crash"]
    assert "deadline of 2 s" in dropped["hang"]
    assert "no benchmark output" in dropped["silent"]
    assert "no row" in dropped["short"]
    assert "finite" in dropped["nan"]
    assert dropped["wrong"] == "failed: the sum is wrong"
    assert dropped["unmeasurable"] == "this machine has no such thing"
    assert {name for name, reason in dropped.items() if not reason} == {f"good/number:{2**i}" for i in range(6)}
    crash = next(b for b in unitcost.blocks() if b["case"].endswith(":crash"))
    assert crash["end"] == {"kind": "signalled", "code": 11, "stderr_tail": "last words"}
    assert "last words" in (unitcost.latest / "logs" / "children_behaviour_crash-0-1.log").read_text()
    shown = unitcost("show")
    assert shown.returncode == 0
    assert "deadline" in shown.stdout


def test_what_cannot_run_here_is_no_failure(unitcost):
    ended = unitcost(*TINY, "--only", "children/behaviour:unmeasurable", "--only", "children/behaviour:good/number:1")
    assert ended.returncode == 0, ended.stderr


def test_nothing_in_a_run_names_the_host_or_a_folder(unitcost):
    unitcost(*TINY, "--only", "children/behaviour:crash", "--only", "children/behaviour:good/number:1")
    for file in (path for path in unitcost.latest.rglob("*") if path.is_file()):
        text = file.read_text()
        assert str(unitcost.folder) not in text, file.name
        assert str(os.environ.get("HOME", "/no/home")) + "/" not in text, file.name
        host = socket.gethostname()
        assert host == "localhost" or not re.search(rf"\b{re.escape(host)}\b", text), file.name


def test_the_plan_of_one_seed_is_one_order(unitcost):
    orders: dict[
        str, list[list[str]]
    ] = {}  # by plan: on a busy machine round 0 may find a case slow, which then has fewer rounds
    while not any(len(same) == 2 for same in orders.values()):
        unitcost(*TINY, "--only", "children/behaviour:good", "--seed", "11")
        cases = json.loads((unitcost.latest / "run.json").read_text())["plan"]["cases"]
        plan = str([(case["key"], case["rounds"], case["dropped"]) for case in cases])
        orders.setdefault(plan, []).append([b["case"] for b in unitcost.blocks() if b["attempt"] == 1])
        assert sum(map(len, orders.values())) < 8
    first, second = next(same for same in orders.values() if len(same) == 2)
    assert first == second


def test_a_dry_run_prints_the_plan_and_writes_nothing(unitcost):
    ended = unitcost(*TINY, "--only", "interpreter", "--dry-run")
    assert ended.returncode == 0
    assert re.search(r"memory     at most \d", ended.stdout)
    assert "disk" in ended.stdout
    assert not unitcost.results.exists()
    plan = json.loads(unitcost(*TINY, "--only", "interpreter", "--dry-run", "--json").stdout)
    assert len(plan["cases"]) == 2


def test_any_google_benchmark_program_is_measured_without_a_scenario(unitcost):
    program = unitcost.folder / "benchmarks" / "children" / "behaviour"
    planned = unitcost(*TINY, "--program", str(program), "--only", "good", "--dry-run")
    assert "memory     not known beforehand" in planned.stdout
    ended = unitcost(*TINY, "--program", str(program), "--only", "good", "--json")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["status"] == "complete"
    assert {b["case"] for b in unitcost.blocks()} == {f"behaviour:good/number:{2**i}" for i in range(6)}


def test_list_and_doctor_print_json(unitcost):
    rows = json.loads(unitcost("list", "--cases", "--json").stdout)
    assert {
        "scenario": "syscall/batching",
        "label": "calls",
        "program": "syscall/batching",
        "name": "empty",
        "observe": "syscalls",
    } in rows
    doctor = json.loads(unitcost("doctor", "--json").stdout)
    assert doctor["machine"]["cpus"]["value"] >= 1
    assert all(finding["hint"] for finding in doctor["noise"] + doctor["not_measurable"])
