"""A run that was killed, interrupted or cut off goes on where it stopped: nothing is measured twice, nothing is lost."""

from __future__ import annotations

import json
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import lock_held, with_meanwhile

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


def interrupted(unitcost, *arguments: str) -> None:
    child = unitcost.start(*arguments)
    wait_for_blocks(unitcost, child, 3)
    child.terminate()
    child.communicate()
    assert unitcost.record()["status"] == "interrupted"


def build_anew(program: Path) -> None:
    text = program.read_text()
    program.unlink()
    program.write_text(text + "\n")
    program.chmod(0o755)


@pytest.fixture
def foreign(unitcost) -> Path:
    """Somebody's program, in a place of its own."""
    program = unitcost.folder / "mine" / "bench"
    program.parent.mkdir()
    shutil.copy(unitcost.folder / "benchmarks" / "children" / "behaviour", program)
    return program


def test_resume_is_refused_when_a_program_was_built_anew(unitcost):
    interrupted(unitcost, *TINY, *GOOD)
    build_anew(unitcost.folder / "benchmarks" / "children" / "behaviour")
    before = unitcost.blocks()
    ended = unitcost("run", "--resume")
    assert ended.returncode == 2
    assert "'children/behaviour' is not the one" in ended.stderr
    assert unitcost.blocks() == before


def test_resume_is_refused_when_a_program_of_others_was_built_anew(unitcost, foreign):
    interrupted(unitcost, *TINY, "--program", str(foreign), "--only", "good")
    build_anew(foreign)
    ended = unitcost("run", "--resume", "--program", str(foreign))
    assert ended.returncode == 2
    assert "'bench' is not the one" in ended.stderr


def test_a_run_of_a_version_that_noted_no_programs_goes_on(unitcost):
    interrupted(unitcost, *TINY, *GOOD)
    spoil(unitcost, lambda record: record.pop("programs"))
    ended = unitcost("run", "--resume")
    assert ended.returncode == 0, ended.stderr
    assert_complete(unitcost)


def test_nothing_is_cut_while_another_run_measures(unitcost):
    interrupted(unitcost, *TINY, *GOOD)
    file = unitcost.latest / "blocks.jsonl"
    with file.open("a") as lines:
        lines.write('{"case":')
    before = file.read_bytes()
    with lock_held(unitcost.folder):
        ended = unitcost("run", "--resume")
    assert ended.returncode == 2
    assert "another run measures" in ended.stderr
    assert file.read_bytes() == before


def test_a_run_that_another_process_ends_meanwhile_is_left_alone(unitcost, foreign):
    meanwhile = with_meanwhile(foreign)
    interrupted(unitcost, *TINY, "--program", str(foreign), "--only", "good")
    before = unitcost.blocks()
    meanwhile.write_text(f"sed -i 's/\"interrupted\"/\"complete\"/' '{unitcost.latest}/run.json'\n")
    ended = unitcost("run", "--resume", "--program", str(foreign))
    assert ended.returncode == 2
    assert "in the meantime" in ended.stderr
    assert unitcost.record()["status"] == "complete"
    assert unitcost.blocks() == before
