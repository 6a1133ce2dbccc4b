"""Duels of revisions: a small project is built from its repository, and linked in two orders."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def stored(unitcost, name: str) -> dict[str, Any]:
    return json.loads((unitcost.results / "latest-duel" / name).read_text())


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
