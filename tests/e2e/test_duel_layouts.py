"""Duels in several link orders, and duels of revisions: a user's command, a build of a small project, and a real program of this one."""

from __future__ import annotations

import json
import os
import re
import shutil
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


PROJECT = {
    "CMakeLists.txt": """cmake_minimum_required(VERSION 3.25)
project(tiny LANGUAGES CXX)
list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_SOURCE_DIR}/cmake")
include(UnitcostFlags)
add_subdirectory(benchmarks)
""",
    "CMakePresets.json": """{"version": 6, "configurePresets": [{"name": "bench", "generator": "Ninja",
"binaryDir": "${sourceDir}/build/bench", "cacheVariables": {"CMAKE_BUILD_TYPE": "RelWithDebInfo"}}]}
""",
    "benchmarks/CMakeLists.txt": """add_executable(behaviour behaviour.cpp)
set_target_properties(behaviour PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/children")
target_link_libraries(behaviour PRIVATE unitcost_flags)
""",
    # As much of a benchmark program as a duel asks of one that knows no token.
    "benchmarks/behaviour.cpp": r"""#include <cstdio>
#include <cstring>

const char* kName = "good/number:1";
int list_cases() { return std::puts(kName); }
int write_rows(const char* file) {
  std::FILE* out = std::fopen(file, "w");
  std::fprintf(out, R"({"benchmarks":[{"name":"%s","run_name":"%s","run_type":"iteration","iterations":100,)", kName, kName);
  std::fprintf(out, R"("real_time":50.0,"cpu_time":50.0,"time_unit":"us","operation_ns":12.5,"operations":64}]})");
  return std::fclose(out);
}
int main(int count, char** arguments) {
  for (int at = 1; at < count; ++at) {
    if (std::strcmp(arguments[at], "--unitcost_abilities") == 0) return 2;
  }
  for (int at = 1; at < count; ++at) {
    if (std::strncmp(arguments[at], "--benchmark_list_tests", 22) == 0) return list_cases() < 0;
    if (std::strncmp(arguments[at], "--benchmark_out=", 16) == 0) return write_rows(arguments[at] + 16);
  }
  return 1;
}
""",
}


class Repository:
    """A project of one program, under git."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in PROJECT.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        (folder / "cmake").mkdir()
        shutil.copy(REPOSITORY / "cmake" / "UnitcostFlags.cmake", folder / "cmake")
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True).stdout.strip()

    def commit(self, **replaced: str) -> str:
        """Everything as it is, with texts of the program replaced; the commit's hash."""
        source = self.folder / "benchmarks" / "behaviour.cpp"
        for old, new in replaced.items():
            source.write_text(source.read_text().replace(old, new))
        self.git("add", "CMakeLists.txt", "CMakePresets.json", "benchmarks", "cmake")
        self.git("commit", "-q", "-m", "next")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    folder = tmp_path / "project"
    folder.mkdir()
    return Repository(folder)


def duel_in(repository: Repository, unitcost, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        unitcost.command("duel", *arguments),
        cwd=repository.folder,
        env=unitcost.environment(),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


BUILT = ("--build", "--profile", "tiny", "--only", "children/behaviour:good/number:1", "--pairs", "1")


def test_two_revisions_are_built_once_and_linked_in_two_orders(unitcost, repository):
    commits = [repository.commit(), repository.commit(kName="kOtherName")]
    ended = duel_in(repository, unitcost, "HEAD~1", "main", "--layouts", "2", *BUILT)
    assert ended.returncode == 0, ended.stderr
    record = stored(unitcost, "duel.json")
    assert [record["a"]["commit"], record["b"]["commit"]] == commits
    for side in "ab":
        first, second = record[side]["layouts"]
        assert first["children/behaviour"] != second["children/behaviour"]
    document = stored(unitcost, "duel-analysis.json")
    assert document["duel"]["b"]["commit"] == commits[1]
    builds = repository.folder / "build" / "revisions"
    assert {folder.name for folder in builds.iterdir()} == {commit[:12] for commit in commits}
    assert repository.git("status", "--porcelain", "--untracked-files=no") == ""

    programs = sorted(builds.glob("*/build*/**/children/behaviour"))
    assert len(programs) == 2 * (1 + 1 + 2)  # as the linker orders, in the second build, and two copies
    made = {program: program.stat().st_mtime_ns for program in programs}
    again = duel_in(repository, unitcost, "HEAD~1", "main", "--layouts", "2", *BUILT)
    assert again.returncode == 0, again.stderr
    assert {program: program.stat().st_mtime_ns for program in programs} == made

    # Sources that are newer than the programs would be linked in their place.
    side = builds / commits[0][:12] / "build" / "benchmarks"
    (builds / commits[0][:12] / "source" / "benchmarks" / "behaviour.cpp").write_text("int main() { return 3; }\n")
    stale = duel_in(repository, unitcost, "--pilot", str(side), "--layouts", "2", "--profile", "tiny", "--pairs", "1")
    assert stale.returncode == 2
    assert "not what the sources" in stale.stderr


def test_an_unknown_revision_is_bad_input_before_anything_is_built(unitcost, repository):
    repository.commit()
    ended = duel_in(repository, unitcost, "HEAD", "no-such-branch", *BUILT)
    assert ended.returncode == 2
    assert "B: 'no-such-branch' is no revision" in ended.stderr
    assert not (repository.folder / "build").exists()


def test_a_revision_that_does_not_compile_is_shown_with_its_log(unitcost, repository):
    commit = repository.commit(**{"int main(": "int no main("})
    ended = duel_in(repository, unitcost, "--pilot", "HEAD", *BUILT)
    assert ended.returncode == 1
    assert "building A (HEAD, commit " in ended.stderr
    assert "error:" in ended.stderr
    log = repository.folder / "build" / "revisions" / commit[:12] / "build.log"
    assert str(log) in ended.stderr
    assert "no main" in log.read_text()


def test_building_outside_a_repository_is_bad_input(unitcost, tmp_path):
    ended = subprocess.run(
        unitcost.command("duel", "A", "B", *BUILT),
        cwd=tmp_path,
        env=unitcost.environment() | {"GIT_CEILING_DIRECTORIES": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert "--build" in ended.stderr
