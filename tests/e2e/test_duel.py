"""A duel of a program and its copy, with few pairs: what is stored, what is said, and that a killed one goes on where it stopped."""

from __future__ import annotations

import json
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import lock_held, with_meanwhile

TINY = ("--profile", "tiny", "--slice-ms", "1", "--slices", "4", "--only", "interpreter")


@pytest.fixture
def sides(unitcost, tmp_path: Path) -> tuple[str, str]:
    """The programs and a copy of them."""
    a = unitcost.folder / "benchmarks"
    b = tmp_path / "other"
    shutil.copytree(a, b)
    return str(a), str(b)


def folder(unitcost) -> Path:
    return (unitcost.results / "latest-duel").resolve()


def record(unitcost) -> dict[str, Any]:
    return json.loads((folder(unitcost) / "duel.json").read_text())


def pairs(unitcost) -> list[dict[str, Any]]:
    """Every whole line of the newest duel."""
    file = folder(unitcost) / "pairs.jsonl"
    return [json.loads(line) for line in file.read_text().split("\n")[:-1]] if file.exists() else []


def analysis(unitcost) -> dict[str, Any]:
    return json.loads((folder(unitcost) / "duel-analysis.json").read_text())


def wait_for_pairs(unitcost, child, count: int) -> None:
    """Until the duel has stored so many; it must not end before."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if (folder(unitcost) / "duel.json").exists() and len(pairs(unitcost)) >= count:
            return
        assert child.poll() is None, child.communicate()
        time.sleep(0.002)
    pytest.fail("the duel does not store pairs")


def assert_complete(unitcost, rounds: int) -> None:
    stored = record(unitcost)
    assert stored["status"] == "complete"
    keys = [(p["case"], p["kind"], p["round"], p["attempt"]) for p in pairs(unitcost)]
    assert len(set(keys)) == len(keys)
    for case in stored["plan"]["cases"]:
        assert not case["planned"]["dropped"]
        for kind in ("duel", "control"):
            first = [k for k in keys if k[0] == case["planned"]["key"] and k[1] == kind and k[3] == 1]
            assert len(first) == rounds


def test_a_program_and_its_copy(unitcost, sides):
    ended = unitcost("duel", *sides, "--pairs", "6", *TINY)
    assert ended.returncode == 0, ended.stderr
    assert_complete(unitcost, 6)
    for pair in pairs(unitcost):
        assert pair["outcome"] == "measured", pair["reason"]
        slices = [len(pair["slices"][side]["real_ns"]) for side in "ab"]
        assert slices == [4, 4]
    document = analysis(unitcost)
    assert document["kind"] == "duel"
    assert not document["gateable"]
    assert "6 pairs" in document["not_gateable"]
    assert {row["n"] for row in document["cases"]} == {6}
    assert sum(document["summary"][word] for word in ("regression", "improvement")) == 0
    assert "the same, byte by byte" in ended.stdout
    assert "layout not tested" in ended.stdout
    assert not (folder(unitcost) / "copy-of-a").exists()
    assert ended.stderr.endswith(f"a page with figures: unitcost report {folder(unitcost)}\n")


def test_nothing_stored_says_where_the_programs_lay(unitcost, sides):
    assert unitcost("duel", *sides, "--pairs", "1", *TINY).returncode == 0
    for file in folder(unitcost).iterdir():
        text = file.read_text()
        assert str(unitcost.folder) not in text
        assert sides[1] not in text


def test_a_duel_as_json_is_its_analysis(unitcost, sides):
    ended = unitcost("duel", *sides, "--pairs", "2", "--json", "--quiet", *TINY)
    assert json.loads(ended.stdout) == analysis(unitcost)
    assert ended.stderr == ""


@pytest.mark.parametrize("count", [0, 1, 9])
def test_kill_9_and_resume(unitcost, sides, count):
    child = unitcost.start("duel", *sides, "--pairs", "3", *TINY)
    wait_for_pairs(unitcost, child, count)
    child.kill()
    child.communicate()
    before = pairs(unitcost)
    ended = unitcost("duel", *sides, "--resume")
    assert ended.returncode == 0, ended.stderr
    assert pairs(unitcost)[: len(before)] == before
    assert_complete(unitcost, 3)


def test_an_interrupt_keeps_what_is_finished_and_ends_with_130(unitcost, sides):
    child = unitcost.start("duel", *sides, "--pairs", "20", *TINY)
    wait_for_pairs(unitcost, child, 3)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "--resume" in said
    assert "unitcost report" not in said
    assert record(unitcost)["status"] == "interrupted"
    assert analysis(unitcost)["not_gateable"] == "the duel is interrupted"


def test_resume_is_refused_when_a_program_was_changed(unitcost, sides):
    child = unitcost.start("duel", *sides, "--pairs", "20", *TINY)
    wait_for_pairs(unitcost, child, 1)
    child.terminate()
    child.communicate()
    with (Path(sides[1]) / "interpreter" / "dispatch").open("ab") as program:
        program.write(b"\0")
    ended = unitcost("duel", *sides, "--resume")
    assert ended.returncode == 2
    assert "not those" in ended.stderr


def test_a_duel_goes_on_although_one_side_has_a_program_more(unitcost, sides):
    (Path(sides[1]) / "children" / "behaviour").unlink()
    both = (*TINY, "children/behaviour:good")
    child = unitcost.start("duel", *sides, "--pairs", "20", *both)
    wait_for_pairs(unitcost, child, 1)
    child.terminate()
    child.communicate()
    only_in_a = record(unitcost)["plan"]["only_in_a"]
    assert only_in_a
    assert all(key.startswith("children/behaviour:good") for key in only_in_a)
    ended = unitcost("duel", *sides, "--resume")
    assert ended.returncode == 0, ended.stderr
    assert_complete(unitcost, 20)


def test_a_duel_that_others_measure_or_end_meanwhile_is_left_alone(unitcost, sides):
    meanwhile = with_meanwhile(Path(sides[1]) / "children" / "behaviour")
    child = unitcost.start("duel", *sides, "--pairs", "20", "--profile", "tiny", "--only", "children/behaviour:good")
    wait_for_pairs(unitcost, child, 1)
    child.terminate()
    child.communicate()
    file = folder(unitcost) / "pairs.jsonl"
    with file.open("a") as lines:
        lines.write('{"case":')
    before = file.read_bytes()
    with lock_held(unitcost.folder):
        ended = unitcost("duel", *sides, "--resume")
    assert ended.returncode == 2
    assert "another run measures" in ended.stderr
    assert file.read_bytes() == before

    meanwhile.write_text(f"sed -i 's/\"interrupted\"/\"complete\"/' '{folder(unitcost)}/duel.json'\n")
    ended = unitcost("duel", *sides, "--resume")
    assert ended.returncode == 2
    assert "in the meantime" in ended.stderr
    assert file.read_bytes() == before


def test_a_side_that_crashes_is_named_and_given_up(unitcost, sides):
    crashing = Path(sides[1]) / "interpreter" / "dispatch"
    real = crashing.with_name("dispatch.real")
    crashing.rename(real)
    crashing.write_text(
        '#!/bin/sh\ncase "$*" in *unitcost_token*) kill -SEGV $$;; esac\nexec "$(dirname "$0")/dispatch.real" "$@"\n'
    )
    crashing.chmod(0o755)
    ended = unitcost("duel", *sides, "--pairs", "3", *TINY)
    assert ended.returncode == 1
    failed = [p for p in pairs(unitcost) if p["outcome"] == "failed"]
    assert failed
    assert all(p["reason"].startswith("B: ") and "signal 11" in p["reason"] for p in failed)
    document = analysis(unitcost)
    assert document["cases"] == []
    assert document["not_compared"]
    assert all("signal 11" in row["reason"] for row in document["not_compared"])


def test_a_side_that_crashes_when_calibrated_ends_with_1(unitcost, sides):
    crashing = Path(sides[1]) / "interpreter" / "dispatch"
    real = crashing.with_name("dispatch.real")
    crashing.rename(real)
    crashing.write_text(
        '#!/bin/sh\ncase "$*" in *benchmark_list_tests*) ;; *) kill -SEGV $$;; esac\n'
        'exec "$(dirname "$0")/dispatch.real" "$@"\n'
    )
    crashing.chmod(0o755)
    ended = unitcost("duel", *sides, "--pairs", "2", *TINY)
    assert ended.returncode == 1, ended.stderr
    assert "failed before the first pair" in ended.stderr
    assert "pairs failed" not in ended.stderr
    assert pairs(unitcost) == []
    assert all(row["reason"].startswith("B: failed: ") for row in analysis(unitcost)["not_compared"])


def test_a_program_that_crashes_when_asked_for_its_cases_is_not_one_that_is_gone(unitcost, sides):
    crashing = Path(sides[1]) / "interpreter" / "dispatch"
    crashing.write_text("#!/bin/sh\nkill -SEGV $$\n")
    ended = unitcost("duel", *sides, "--pairs", "2", *TINY)
    assert ended.returncode == 1, ended.stderr
    document = analysis(unitcost)
    assert document["only_in_a"] == []
    reasons = [row["reason"] for row in document["not_compared"]]
    assert reasons
    assert all(reason.startswith("B: failed: asked for its cases") for reason in reasons)


def test_programs_that_know_no_token_go_in_turn(unitcost, sides):
    ended = unitcost("duel", *sides, "--pairs", "2", "--profile", "tiny", "--only", "children/behaviour:good")
    assert ended.returncode == 0, ended.stderr
    assert "know no token" in ended.stdout
    for pair in pairs(unitcost):
        assert [len(pair["slices"][side]["real_ns"]) for side in "ab"] == [2, 2]


def test_a_pilot_says_what_pairs_can_show(unitcost):
    ended = unitcost("duel", "--pilot", "--pairs", "6", *TINY)
    assert ended.returncode == 0, ended.stderr
    document = analysis(unitcost)
    assert document["kind"] == "pilot"
    assert {p["kind"] for p in pairs(unitcost)} == {"control"}
    for row in document["cases"]:
        assert [need["effect"] for need in row["needs"]] == [0.01, 0.02, 0.05, 0.1]
        assert row["sd"] >= 0


def test_one_program_against_another(unitcost, sides):
    programs = [str(Path(side) / "interpreter" / "dispatch") for side in sides]
    ended = unitcost(
        "duel", *programs, "--pairs", "2", "--slice-ms", "1", "--slices", "2", "--only", "dispatch/technique:goto"
    )
    assert ended.returncode == 0, ended.stderr
    assert all(row["token"] for row in analysis(unitcost)["cases"])


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "two sides"),
        (("{a}",), "two sides"),
        (("{a}", "/nowhere"), "nowhere"),
        (("{a}", "{a}/interpreter/dispatch"), "folder"),
        (("{a}", "{b}", "--only", "no/such"), "no/such"),
        (("{a}", "{b}", "--pairs", "0"), "pairs"),
        (("{a}", "{b}", "--pilot"), "no B"),
        (("{a}", "{b}", "--resume", "nothing"), "no duel"),
    ],
)
def test_bad_input_is_refused_with_the_reason(unitcost, sides, arguments, word):
    sides_given = [argument.format(a=sides[0], b=sides[1]) for argument in arguments]
    more = () if "--resume" in sides_given else ("--profile", "tiny")
    ended = unitcost("duel", *sides_given, *more)
    assert ended.returncode == 2
    assert word in ended.stderr


def test_nothing_in_common_is_bad_input(unitcost, sides):
    shutil.rmtree(Path(sides[1]) / "interpreter")
    ended = unitcost("duel", *sides, "--profile", "tiny", "--only", "interpreter")
    assert ended.returncode == 2
    assert "no case in common" in ended.stderr
