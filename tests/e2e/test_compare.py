"""unitcost compare: runs and other people's files against each other, and what cannot be concluded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from run_folders import CASES, make_run, make_side

FOREIGN = Path(__file__).resolve().parents[1] / "data" / "foreign"


def compared(unitcost, *arguments: str) -> dict:
    ended = unitcost("compare", *map(str, arguments), "--json")
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)["comparisons"][0]


def outcomes(comparison: dict) -> dict[str, str]:
    return {row["case"]: row["outcome"] for row in comparison["rows"]}


def test_two_folders_of_runs_are_two_sides(unitcost, tmp_path):
    old = make_side(tmp_path / "old", range(1, 6))
    new = make_side(tmp_path / "new", range(11, 16), factor={CASES[0]: 1.1, CASES[1]: 0.9}, commit="bbbbbbbbbb")
    comparison = compared(unitcost, old, new)
    assert outcomes(comparison) == {CASES[0]: "regression", CASES[1]: "improvement", CASES[2]: "equivalent"}
    assert len(comparison["b"]["sessions"]) == 5
    assert [fact["name"] for fact in comparison["facts"]] == ["commit"]
    row = comparison["rows"][0]
    assert row["interval"][0] < 1.1 < row["interval"][1]
    assert row["counter"] == "access_ns"


def test_sides_can_be_named(unitcost, tmp_path):
    runs = [make_run(tmp_path / f"r{seed}", seed) for seed in range(6)]
    comparison = compared(unitcost, "--a", *runs[::2], "--b", *runs[1::2])
    assert [len(comparison[side]["sessions"]) for side in "ab"] == [3, 3]
    assert set(outcomes(comparison).values()) <= {"equivalent", "inconclusive"}


def test_the_first_is_compared_with_each_of_the_others(unitcost, tmp_path):
    runs = [make_run(tmp_path / f"r{seed}", seed, machine_id=f"{seed:012}") for seed in range(3)]
    ended = unitcost("compare", *map(str, runs), "--json")
    names = [(c["a"]["name"], c["b"]["name"]) for c in json.loads(ended.stdout)["comparisons"]]
    assert names == [("r0", "r1"), ("r0", "r2")]


def test_the_terminal_shows_facts_first_and_concludes_nothing_from_single_sessions(unitcost, tmp_path):
    one = make_run(tmp_path / "one", 1)
    two = make_run(tmp_path / "two", 2, kernel="6.2.0", load_1min=3.0, factor=2.0)
    ended = unitcost("compare", str(one), str(two))
    assert ended.returncode == 0
    lines = ended.stdout.splitlines()
    assert lines[1] == "Facts that differ:"
    assert "set-up" in lines[2]
    assert "kernel" in lines[2]
    assert "moving" in lines[3]
    assert "one session each" in ended.stdout
    assert "regression" not in ended.stdout.split("result")[1].splitlines()[1]


def test_json_is_the_same_for_the_same_input_and_names_no_folder(unitcost, tmp_path):
    runs = [str(make_run(tmp_path / f"r{seed}", seed)) for seed in range(2)]
    first = unitcost("compare", *runs, "--json").stdout
    assert first == unitcost("compare", *runs, "--json").stdout
    assert str(tmp_path) not in first


def test_another_counter_can_be_asked_for(unitcost, tmp_path):
    runs = [make_run(tmp_path / f"r{seed}", seed) for seed in range(2)]
    comparison = compared(unitcost, *runs, "--counter", "real_ns")
    assert {row["counter"] for row in comparison["rows"]} == {"real_ns"}


@pytest.mark.parametrize(
    ("tool", "case", "words"),
    [
        ("google_benchmark", "fill/4096", "not independent"),
        ("pyperf", "sum a list", "one after another"),
        ("hyperfine", "true", "records nothing about the machine"),
    ],
)
def test_files_of_other_tools_are_shown_with_what_they_cannot_prove(unitcost, tool, case, words):
    comparison = compared(unitcost, FOREIGN / f"{tool}_a.json", FOREIGN / f"{tool}_b.json")
    assert outcomes(comparison)[case] == "inconclusive"
    assert comparison["rows"][0]["interval"] is None
    assert any(words in warning for warning in comparison["warnings"])
    assert comparison["a"]["sessions"][0]["source"] == tool.replace("_", "-")


def test_a_google_benchmark_program_says_what_it_wrote(unitcost):
    """Not a file that was kept: what the library of this machine writes today."""
    import subprocess

    program = unitcost.folder / "benchmarks" / "interpreter" / "dispatch"
    names = subprocess.run(
        [program, "--benchmark_list_tests"], capture_output=True, text=True, check=True
    ).stdout.split()
    files = []
    for side in "ab":
        files.append(unitcost.folder / f"{side}.json")
        flags = [f"--benchmark_filter=^{names[0]}$", "--benchmark_repetitions=2", "--unitcost_iterations=1"]
        subprocess.run([program, *flags, f"--benchmark_out={files[-1]}"], capture_output=True, check=True)
    comparison = compared(unitcost, *files)
    assert [row["case"] for row in comparison["rows"]] == [names[0]]


def test_results_go_into_files_and_the_step_summary(unitcost, tmp_path):
    old = make_side(tmp_path / "old", range(1, 5))
    new = make_side(tmp_path / "new", range(11, 15), factor=1.2)
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    files = ["--markdown", str(tmp_path / "c.md"), "--junit", str(tmp_path / "c.xml")]
    ended = unitcost("compare", str(old), str(new), *files, "--github", GITHUB_STEP_SUMMARY=str(summary))
    assert ended.returncode == 0, ended.stderr
    assert summary.read_text() == "before\n" + (tmp_path / "c.md").read_text()
    assert ended.stderr.count("::warning title=") == 3
    from xml.etree import ElementTree

    assert ElementTree.parse(tmp_path / "c.xml").getroot().attrib["tests"] == "3"


def test_github_outside_of_github_is_said(unitcost, tmp_path):
    runs = [str(make_run(tmp_path / f"r{seed}", seed)) for seed in range(2)]
    ended = unitcost("compare", *runs, "--github", GITHUB_STEP_SUMMARY="")
    assert ended.returncode == 2
    assert "GITHUB_STEP_SUMMARY" in ended.stderr
