"""The house is built as docs/design says: an include goes down or stays in its room."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# docs/design, "Layers of the harness": a folder may include what stands on an earlier line, and its neighbours
# as long as they do not include it in turn.
LAYERS = [
    {"base"},
    {"machine", "stats", "scenario"},
    {"plan", "store"},
    {"run", "analyse"},
    {"compare", "export", "duel"},
    {"honesty"},
    {"cli"},
]
LEVEL = {folder: level for level, folders in enumerate(LAYERS) for folder in folders}

# A third-party header has one owner, so that replacing the library touches one folder.
OWNERS = {
    "boost/process": "run",
    "boost/asio": "run",
    "toml++/": "scenario",
    "hwloc": "machine",
    "CLI/": "cli",
    "boost/math": "stats",
}

# A kernel is work and nothing else: no clock, no printing, no Google Benchmark, no Python.
FOREIGN_TO_KERNELS = re.compile(
    r'#\s*include\s*[<"](benchmark/|pybind11/|Python\.h|iostream|print|fmt/|ctime|harness/|benchmarks/(?!kernels/))'
    r"|_clock::now|\b(?:std::)?f?printf\(|\bclock_gettime|\b__?rdtscp?\b"
)


def sources(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in {".cpp", ".hpp", ".inc"})


def includes(path: Path) -> list[str]:
    return re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', path.read_text(), re.M)


def folder_edges() -> dict[tuple[str, str], str]:
    """(including folder, included folder) of the harness -> a file in which it happens."""
    edges = {}
    for path in sources("harness"):
        here = path.relative_to(ROOT / "harness").parts[0]
        for include in includes(path):
            parts = include.split("/")
            if parts[0] == "harness" and parts[1] != here:
                edges[here, parts[1]] = str(path.relative_to(ROOT))
    return edges


def test_every_folder_of_the_harness_has_a_layer():
    folders = {path.relative_to(ROOT / "harness").parts[0] for path in sources("harness")}
    assert folders
    assert folders <= LEVEL.keys()


def test_no_include_goes_up():
    edges = folder_edges()
    assert edges
    assert {edge: file for edge, file in edges.items() if LEVEL[edge[0]] < LEVEL[edge[1]]} == {}


def test_neighbours_do_not_include_each_other_in_a_circle():
    level = {edge for edge in folder_edges() if LEVEL[edge[0]] == LEVEL[edge[1]]}
    reached = set(level)
    while True:
        further = {(a, d) for a, b in reached for c, d in level if b == c} - reached
        if not further:
            break
        reached |= further
    assert {edge for edge in reached if edge[0] == edge[1]} == set()


def test_a_third_party_header_has_one_owner():
    wrong = [
        f"{path.relative_to(ROOT)}: {include}"
        for path in sources("harness")
        for include in includes(path)
        for prefix, owner in OWNERS.items()
        if include.startswith(prefix) and path.relative_to(ROOT / "harness").parts[0] != owner
    ]
    assert wrong == []


def test_kernels_hold_nothing_but_work():
    kernels = sources("benchmarks/kernels")
    assert kernels
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in kernels
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if FOREIGN_TO_KERNELS.search(line)
    ]
    assert wrong == []


def test_benchmarks_and_harness_meet_only_through_files():
    def crossing(folder: str, other: str) -> list[str]:
        return [
            f"{path.relative_to(ROOT)}: {include}"
            for path in sources(folder)
            for include in includes(path)
            if include.startswith(f"{other}/")
        ]

    assert crossing("benchmarks", "harness") == []
    assert crossing("harness", "benchmarks") == []


def test_every_benchmark_opens_with_its_four_lines():
    programs = [
        path
        for path in sorted((ROOT / "benchmarks").glob("*/*.cpp"))
        if path.parent.name not in {"kernels", "support", "python"}
    ]
    assert programs
    for path in programs:
        head = re.findall(r"^// (Question|Method|Wrong way|Control): ", path.read_text(), re.M)
        assert head == ["Question", "Method", "Wrong way", "Control"], path.relative_to(ROOT)


def test_every_scenario_has_its_program():
    scenarios = [path for path in (ROOT / "scenarios").glob("*/*.toml") if path.parent.name != "profiles"]
    for path in scenarios:
        name = path.relative_to(ROOT / "scenarios").with_suffix("")
        family = name.parts[0]
        cases = tomllib.loads(path.read_text())["cases"].values()
        if all(isinstance(case, dict) and "program" in case for case in cases):
            continue  # asked of another family's programs, by name: Python's all lie in one folder
        places = [ROOT / "benchmarks" / name.with_suffix(".cpp"), ROOT / "benchmarks" / name.with_suffix(".py")]
        assert any(place.exists() for place in places), f"{path.relative_to(ROOT)} ({family}) pairs with no program"
