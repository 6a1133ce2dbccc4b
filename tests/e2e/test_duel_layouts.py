"""Duels in several link orders that a user's command makes, and a real program of this project in two of them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("UNITCOST_BUILD", REPOSITORY / "build" / "bench"))
# As much of a benchmark program as a duel asks of one that knows no token.
WORK = r"""#!/bin/sh
for argument; do
  case $argument in
    --benchmark_list_tests*) echo work; exit ;;
    --benchmark_out=*)
      echo '{"benchmarks":[{"name":"work","run_name":"work","run_type":"iteration","iterations":100,' \
        '"real_time":50.0,"cpu_time":50.0,"time_unit":"us","operations":64}]}' >"${argument#*=}"
      exit ;;
  esac
done
exit 1
"""
FEW = ("--pairs", "2")
# "Links" a script: every order is another file.
RELINK = (
    'cp "$UNITCOST_ORIGINAL" "$UNITCOST_OUTPUT" && echo "# $UNITCOST_SIDE $UNITCOST_LAYOUT" >> "$UNITCOST_OUTPUT/work"'
)


def newest(unitcost) -> Path:
    return (unitcost.results / "latest-duel").resolve()


def stored(unitcost, name: str) -> dict[str, Any]:
    return json.loads((newest(unitcost) / name).read_text())


def pairs(unitcost) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (newest(unitcost) / "pairs.jsonl").read_text().splitlines()]


@pytest.fixture
def programs(tmp_path: Path) -> tuple[str, str]:
    """One executable a side."""
    sides = []
    for side in "ab":
        (tmp_path / side).mkdir()
        program = tmp_path / side / "work"
        program.write_text(WORK)
        program.chmod(0o755)
        sides.append(str(program))
    return sides[0], sides[1]


def test_a_relink_command_gives_the_link_orders(unitcost, programs):
    ended = unitcost("duel", *programs, "--layouts", "3", "--relink", RELINK, "--pairs", "6")
    assert ended.returncode == 0, ended.stderr
    assert "layout: 3 link orders a side" in ended.stdout
    record = stored(unitcost, "duel.json")
    assert record["plan"]["layouts"] == 3
    digests = [layout["work"] for side in "ab" for layout in record[side]["layouts"]]
    assert len(digests) == len(set(digests)) == 6
    for pair in pairs(unitcost):
        drawn = pair["layouts"]
        assert {drawn["a"], drawn["b"]} <= {1, 2, 3}
        assert pair["kind"] == "duel" or drawn["a"] != drawn["b"]
    document = stored(unitcost, "duel-analysis.json")
    assert document["duel"]["layout"] == "3 link orders a side"
    assert {(row["link_orders"]["a"], row["link_orders"]["b"]) for row in document["cases"]} == {(3, 3)}
    assert not (newest(unitcost) / "copy-of-a").exists()
    assert not list((unitcost.results / ".relinked").iterdir())


def test_a_pilot_shows_what_link_orders_do(unitcost, programs):
    ended = unitcost("duel", "--pilot", programs[0], "--layouts", "2", "--relink", RELINK, "--pairs", "8")
    assert ended.returncode == 0, ended.stderr
    assert "slowest against fastest" in ended.stdout
    orders = stored(unitcost, "duel-analysis.json")["cases"][0]["link_orders"]
    assert (orders["a"], orders["b"], orders["ratio"]) == (2, None, 1)


def test_link_orders_that_do_not_differ_are_said(unitcost, programs):
    ended = unitcost(
        "duel", *programs, "--layouts", "2", "--relink", 'cp "$UNITCOST_ORIGINAL" "$UNITCOST_OUTPUT"', *FEW
    )
    assert ended.returncode == 0, ended.stderr
    assert "work of A is the same file in every link order: layout is not tested" in ended.stdout


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("echo no such linker; exit 7", ("link order 1 of A", "status 7", "no such linker")),
        ("echo done nothing", ("put no work into UNITCOST_OUTPUT", "done nothing")),
    ],
)
def test_a_relink_command_that_fails_is_shown_with_its_words(unitcost, programs, command, words):
    ended = unitcost("duel", *programs, "--layouts", "2", "--relink", command, *FEW)
    assert ended.returncode == 1
    for word in words:
        assert word in ended.stderr
    assert not newest(unitcost).exists()


def test_an_interrupt_ends_the_command_and_what_it_started(unitcost, programs, tmp_path):
    started = tmp_path / "started"
    command = f'sleep 600 & echo $! > "{started}.part" && mv "{started}.part" "{started}"; wait'
    child = unitcost.start("duel", *programs, "--layouts", "2", "--relink", command, *FEW)
    until = time.monotonic() + 60
    while not started.exists():
        assert child.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "interrupted before the relink command for link order 1 of A" in said
    assert not Path(f"/proc/{started.read_text().strip()}").exists()


def test_a_killed_duel_goes_on_in_the_same_link_orders(unitcost, programs):
    arguments = ("duel", *programs, "--relink", RELINK)
    child = unitcost.start(*arguments, "--layouts", "3", "--pairs", "1000")
    until = time.monotonic() + 60
    while not (newest(unitcost) / "pairs.jsonl").exists() or len(pairs_so_far(unitcost)) < 2:
        assert child.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    child.kill()
    child.communicate()
    before = pairs_so_far(unitcost)
    again = unitcost.start(*arguments, "--resume")
    while len(pairs_so_far(unitcost)) < len(before) + 2:
        assert again.poll() is None, again.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    again.terminate()
    again.communicate()
    assert pairs_so_far(unitcost)[: len(before)] == before
    other = RELINK.replace("# $UNITCOST_SIDE", "# other")
    refused = unitcost("duel", *programs, "--relink", other, "--resume")
    assert refused.returncode == 2
    assert "not those that the duel was begun with" in refused.stderr


def pairs_so_far(unitcost) -> list[str]:
    """Whole lines only."""
    return (newest(unitcost) / "pairs.jsonl").read_text().split("\n")[:-1]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--relink", "true"), "--layouts"),
        (("--layouts", "1"), "--layouts"),
        (("--layouts", "2"), "--relink COMMAND"),
    ],
)
def test_what_cannot_be_linked_again_is_refused(unitcost, programs, arguments, word):
    ended = unitcost("duel", *programs, *arguments)
    assert ended.returncode == 2
    assert word in ended.stderr


def shuffling_options(order: int) -> list[str]:
    """As the build has them."""
    text = (REPOSITORY / "cmake" / "UnitcostFlags.cmake").read_text()
    options = re.findall(r"-fuse-ld=\S+|-Wl,--shuffle-sections=\S+}", text)
    assert len(options) > 1
    return [option.replace("${UNITCOST_LAYOUT}", str(order)) for option in options]


def test_a_real_program_has_its_functions_elsewhere_and_the_same_cases(tmp_path):
    target = "benchmarks/interpreter/dispatch"
    commands = subprocess.run(
        ["ninja", "-C", str(BUILD), "-t", "commands", target], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    link = next(line for line in reversed(commands) if f"-o {target}" in line)
    addresses, cases = [], []
    for order in (1, 2):
        program = tmp_path / f"dispatch-{order}"
        options = " ".join(f"'{option}'" for option in shuffling_options(order))
        command = link.replace(f"-o {target}", f"-o '{program}' {options}")
        subprocess.run(command, shell=True, cwd=BUILD, check=True)
        symbols = subprocess.run(["nm", str(program)], capture_output=True, text=True, check=True).stdout
        functions = {line.split()[2]: line.split()[0] for line in symbols.splitlines() if line.split()[1:2] == ["T"]}
        addresses.append({name: place for name, place in functions.items() if "unitcost" in name})
        listed = subprocess.run([program, "--benchmark_list_tests"], capture_output=True, text=True, check=True).stdout
        cases.append(listed.splitlines())
    assert addresses[0].keys() == addresses[1].keys()
    moved = [name for name in addresses[0] if addresses[0][name] != addresses[1][name]]
    assert len(moved) > len(addresses[0]) // 2
    assert cases[0] == cases[1]
    assert cases[0]
