"""A run that was killed, interrupted or cut off goes on where it stopped: nothing is measured twice, nothing is lost."""

from __future__ import annotations

import json
import signal
import time
from typing import Any

import pytest

GOOD = ("--only", "children/behaviour:good", "--only", "interpreter")
TINY = ("run", "--profile", "tiny")


def key(block: dict[str, Any]) -> tuple[str, int, int]:
    return block["case"], block["round"], block["attempt"]


def wait_for_blocks(unitcost, child, count: int) -> None:
    """Until the run has stored so many; it must not end before."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if (unitcost.results / "latest").exists() and len(unitcost.blocks()) >= count:
            return
        assert child.poll() is None, child.communicate()
        time.sleep(0.002)
    pytest.fail("the run does not store blocks")


def assert_complete(unitcost) -> None:
    """Every case of the plan has its first attempt in each of its rounds, and every key stands once."""
    record = unitcost.record()
    assert record["status"] == "complete"
    keys = [key(block) for block in unitcost.blocks()]
    assert len(set(keys)) == len(keys)
    for case in record["plan"]["cases"]:
        assert not case["dropped"]
        first = [k for k in keys if k[0] == case["key"] and k[2] == 1]
        assert len(first) == case["rounds"] + 1
    positions = [block["position"] for block in unitcost.blocks()]
    assert positions == list(range(len(positions)))


@pytest.mark.parametrize("count", [1, 6, 9, 20])
def test_kill_9_and_resume(unitcost, count):
    child = unitcost.start(*TINY, *GOOD)
    wait_for_blocks(unitcost, child, count)
    child.kill()
    child.communicate()
    before = unitcost.blocks()
    folder = unitcost.latest
    ended = unitcost("run", "--resume")
    assert ended.returncode == 0, ended.stderr
    assert unitcost.latest == folder
    assert unitcost.blocks()[: len(before)] == before
    assert_complete(unitcost)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_keeps_what_is_finished_and_ends_with_130(unitcost, number):
    child = unitcost.start(*TINY, *GOOD)
    wait_for_blocks(unitcost, child, 12)
    child.send_signal(number)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "--resume" in said
    assert unitcost.record()["status"] == "interrupted"
    assert unitcost("run", "--resume", str(unitcost.latest)).returncode == 0
    assert_complete(unitcost)


def test_a_torn_last_line_is_cut_and_measured_again(unitcost):
    child = unitcost.start(*TINY, *GOOD)
    wait_for_blocks(unitcost, child, 14)
    child.kill()
    child.communicate()
    file = unitcost.latest / "blocks.jsonl"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines[:13]) + lines[13][:40])
    assert unitcost("run", "--resume").returncode == 0
    assert_complete(unitcost)
    assert unitcost.blocks()[13]["case"] == json.loads(lines[13])["case"]


def spoil(unitcost, change) -> None:
    record = unitcost.record()
    change(record)
    (unitcost.latest / "run.json").write_text(json.dumps(record))


def reboot(record: dict[str, Any]) -> None:
    record["boot"] = "000000000000"


def rebuild(record: dict[str, Any]) -> None:
    record["build"]["commit"]["value"] = "0123456789"


def move(record: dict[str, Any]) -> None:
    record["machine_id"] = "000000000000"


@pytest.mark.parametrize(
    ("change", "word"), [(reboot, "rebooted"), (rebuild, "another build: commit"), (move, "another machine")]
)
def test_resume_is_refused_with_the_reason(unitcost, change, word):
    child = unitcost.start(*TINY, *GOOD)
    wait_for_blocks(unitcost, child, 3)
    child.terminate()
    child.communicate()
    spoil(unitcost, change)
    ended = unitcost("run", "--resume")
    assert ended.returncode == 2
    assert word in ended.stderr


def test_a_complete_run_is_not_resumed(unitcost):
    assert unitcost(*TINY, "--only", "children/behaviour:good/number:1").returncode == 0
    ended = unitcost("run", "--resume")
    assert ended.returncode == 2
    assert "complete" in ended.stderr


def test_two_runs_at_once_are_refused_and_the_holder_is_named(unitcost):
    child = unitcost.start(*TINY, *GOOD)
    wait_for_blocks(unitcost, child, 1)
    second = unitcost(*TINY, *GOOD)
    child.terminate()
    child.communicate()
    assert second.returncode == 2
    assert f"process {child.pid}" in second.stderr
