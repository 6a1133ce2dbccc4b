"""The installed package: a suite that knows nothing of Unitcost is built with it, outside the tree, and run, measured and duelled."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("UNITCOST_BUILD", REPOSITORY / "build" / "bench"))
EXAMPLE = REPOSITORY / "tests" / "package" / "example"
COUNTED = "use_up/iterations:4096/repeats:3"


@dataclass(frozen=True)
class Example:
    """The programs of the example."""

    plain: Path
    slower: Path
    before: Path  # with Google Benchmark's own main()


def succeed(*command: str | Path) -> None:
    ended = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    folder = tmp_path_factory.mktemp("package")
    source, build, prefix = folder / "source", folder / "build", folder / "prefix"
    succeed("cmake", "--install", BUILD, "--prefix", prefix, "--component", "benchmark_main")
    shutil.copytree(EXAMPLE, source)
    programs = {}
    for name, slower in (("plain", "OFF"), ("slower", "ON")):
        succeed(
            "cmake",
            "-S",
            source,
            "-B",
            build,
            "-G",
            "Ninja",
            f"-DCMAKE_PREFIX_PATH={prefix}",
            f"-DEXAMPLE_SLOWER={slower}",
        )
        succeed("cmake", "--build", build, "--target", "bench", "bench_before")
        programs[name] = folder / name / "bench"
        programs[name].parent.mkdir()
        shutil.copy(build / "bench", programs[name])
    return Example(**programs, before=build / "bench_before")


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(program: Path, *flags: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([program, *flags], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)

    return run


def rows(file: Path) -> list[dict[str, Any]]:
    """Of the program's file, read strictly: a bare NaN is no JSON."""

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} in {file}")

    return json.loads(file.read_text(), parse_constant=refuse)["benchmarks"]


def test_the_names_are_those_of_google_benchmark(example, run):
    names = run(example.plain, "--benchmark_list_tests")
    assert names.returncode == 0
    assert names.stdout == run(example.before, "--benchmark_list_tests").stdout
    assert COUNTED in names.stdout.splitlines()


def test_iterations_are_those_of_the_harness(example, run, tmp_path):
    out = tmp_path / "out.json"
    ended = run(example.plain, "--unitcost_iterations=50", "--benchmark_repetitions=2", f"--benchmark_out={out}")
    assert ended.returncode == 0, ended.stderr
    samples = [row for row in rows(out) if row["run_type"] == "iteration"]
    listed = run(example.before, "--benchmark_list_tests").stdout.splitlines()
    assert sorted({row["name"] for row in samples}) == sorted(listed)
    assert len(samples) == 2 * len(listed)
    iterations = {row["name"]: row["iterations"] for row in samples if row["threads"] == 1}
    assert iterations.pop(COUNTED) == 4096  # its author prepared so many
    assert set(iterations.values()) == {50}


@pytest.mark.parametrize(
    ("flags", "status"),
    [
        (("--benchmark_filter=^nothing$",), 2),
        (("--benchmark_fliter=hash",), 2),
        (("--unitcost_iterations=5", "--benchmark_out=/dev/full"), 1),
        (("--unitcost_iterations=5", "--unitcost_token=0,first,4,0", "--benchmark_out=out.json"), 2),
    ],
)
def test_what_cannot_be_done_is_said(example, run, flags, status):
    ended = run(example.plain, *flags)
    assert ended.returncode == status
    assert ended.stderr


def test_the_harness_measures_it(example, unitcost):
    ended = unitcost("run", "--profile", "tiny", "--program", str(example.plain))
    assert ended.returncode == 0, ended.stderr
    blocks = [block for block in unitcost.blocks() if block["round"] > 0]
    assert {block["outcome"] for block in blocks} == {"measured"}
    assert {block["case"].partition(":")[2] for block in blocks} >= {
        "hash/bytes:256",
        "count/real_time/threads:2",
        COUNTED,
    }
    for block in blocks:
        assert len(block["samples"]["real_ns"]) == 2
    planned = {case["name"]: case["iterations"] for case in unitcost.record()["plan"]["cases"]}
    for block in blocks:
        name = block["case"].partition(":")[2]
        if name.startswith("hash"):
            assert block["iterations"] == planned[name]


def test_two_builds_of_it_are_duelled_with_the_token(example, unitcost):
    cut = ("--pairs", "2", "--slice-ms", "1", "--slices", "4")
    ended = unitcost("duel", str(example.plain), str(example.slower), *cut, "--profile", "tiny")
    assert ended.returncode == 0, ended.stderr
    assert "know no token" not in ended.stdout
    folder = (unitcost.results / "latest-duel").resolve()
    document = json.loads((folder / "duel-analysis.json").read_text())
    assert document["not_compared"] == []
    assert len(document["cases"]) == 5
    for row in document["cases"]:
        assert row["token"]
        assert row["n"] == 2
        assert row["slices"] == 4
    for line in (folder / "pairs.jsonl").read_text().splitlines():
        pair = json.loads(line)
        assert pair["outcome"] == "measured", pair["reason"]
        assert [len(pair["slices"][side]["real_ns"]) for side in "ab"] == [4, 4]
