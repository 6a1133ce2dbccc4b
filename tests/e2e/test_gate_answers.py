"""What unitcost gate leaves where an earlier gate put its answer, and what it says where it has none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from run_folders import CASES, make_run, make_side


@pytest.fixture
def baseline(tmp_path) -> Path:
    return make_side(tmp_path / "baseline", range(1, 6))


@pytest.fixture
def files(tmp_path) -> dict[str, Path]:
    return {"--markdown": tmp_path / "g.md", "--junit": tmp_path / "g.xml", "--report": tmp_path / "page"}


def options(files: dict[str, Path]) -> list[str]:
    return [word for option, path in files.items() for word in (option, str(path))]


def answers(files: dict[str, Path]) -> list[Path]:
    page = files["--report"]
    return [files["--markdown"], files["--junit"], page / "gate.json", page / "index.html"]


def pass_once(unitcost, tmp_path, baseline, files) -> None:
    new = make_side(tmp_path / "same", range(11, 16))
    ended = unitcost("gate", str(new), "--baseline", str(baseline), *options(files))
    assert ended.returncode == 0, ended.stderr
    page = files["--report"] / "index.html"
    if not page.exists():  # nothing to draw with
        page.write_text("Gate passed")
    assert all(path.exists() for path in answers(files))


@pytest.mark.parametrize(("fact", "status"), [({"kernel": "6.2"}, 2), ({"emulated": True}, 4)])
def test_a_gate_without_an_answer_leaves_none_of_yesterday(unitcost, tmp_path, baseline, files, fact, status):
    pass_once(unitcost, tmp_path, baseline, files)
    other = make_side(tmp_path / "other", range(21, 26), **fact)
    ended = unitcost("gate", str(other), "--baseline", str(baseline), "--vary", "machine", *options(files))
    assert ended.returncode == status, ended.stderr
    for path in answers(files):
        assert not path.exists()
        assert f"{path} held an earlier answer and is removed" in ended.stderr


def test_a_gate_that_names_no_runs_leaves_none_either(unitcost, tmp_path, baseline, files):
    pass_once(unitcost, tmp_path, baseline, files)
    assert unitcost("gate", "--baseline", str(baseline), *options(files)).returncode == 2
    assert not any(path.exists() for path in answers(files))


def test_a_gate_with_an_answer_writes_it_over_the_old_one(unitcost, tmp_path, baseline, files):
    pass_once(unitcost, tmp_path, baseline, files)
    slower = make_side(tmp_path / "slower", range(21, 26), factor=1.5)
    ended = unitcost("gate", str(slower), "--baseline", str(baseline), *options(files))
    assert ended.returncode == 3, ended.stderr
    assert "removed" not in ended.stderr
    assert "FAILED" in files["--markdown"].read_text()
    assert json.loads((files["--report"] / "gate.json").read_text())["gate"] == "fail"
    page = files["--report"] / "index.html"
    assert not page.exists() or "Gate passed" not in page.read_text()


def test_a_comparison_that_is_refused_leaves_none_of_yesterday(unitcost, tmp_path):
    one, two = (str(make_run(tmp_path / name, seed)) for name, seed in (("one", 1), ("two", 2)))
    page = tmp_path / "page"
    assert unitcost("compare", one, two, "--report", str(page)).returncode == 0
    assert unitcost("compare", one, one, "--report", str(page)).returncode == 2
    assert not (page / "comparison.json").exists()
    assert not (page / "index.html").exists()


def test_nothing_in_common_is_never_passed(unitcost, tmp_path, baseline):
    new = make_side(tmp_path / "new", range(11, 16), counter="access_us")
    ended = unitcost("gate", str(new), "--baseline", str(baseline), "--on-inconclusive", "pass")
    assert ended.returncode == 2
    assert "nothing in common to judge" in ended.stderr
    assert "measured as access_ns in baseline and as access_us in new" in ended.stderr
    only = unitcost(
        "gate", str(new), "--baseline", str(baseline), "--counter", "access_us", "--on-inconclusive", "pass"
    )
    assert only.returncode == 2
    assert "has no counter access_us" in only.stderr


def test_a_margin_of_its_own_stands_in_the_table(unitcost, tmp_path, baseline):
    new = make_side(tmp_path / "new", range(11, 16), factor={CASES[0]: 1.1})
    rules = tmp_path / "gate.toml"
    rules.write_text(f'schema = 1\n[[margin]]\ncase = "{CASES[0]}"\nmargin_ratio = 0.2\n')
    markdown = tmp_path / "g.md"
    ended = unitcost("gate", str(new), "--baseline", str(baseline), "--rules", str(rules), "--markdown", str(markdown))
    assert ended.returncode == 0, ended.stderr
    row = next(line for line in ended.stdout.splitlines() if line.startswith("ok") and CASES[0] in line)
    assert "  +20.0 %  5:5" in row
    assert "| margin |" in markdown.read_text()
    usual = unitcost("gate", str(make_side(tmp_path / "same", range(21, 26))), "--baseline", str(baseline))
    assert "margin" not in usual.stdout.split("result", 1)[1].splitlines()[0]


def test_a_session_without_a_value_says_why(unitcost, tmp_path):
    row = {"name": "x", "run_name": "x", "run_type": "iteration", "iterations": 1, "time_unit": "ns"}
    files = {}
    for name, more in {
        "a": {"real_time": 5.0, "cpu_time": 5.0},
        "b": {"real_time": 5.1, "cpu_time": 5.1},
        "c": {"error_occurred": True, "error_message": "no such device"},
    }.items():
        files[name] = tmp_path / f"{name}.json"
        files[name].write_text(json.dumps({"context": {}, "benchmarks": [row | more]}))
    ended = unitcost("compare", "--a", str(files["a"]), "--b", str(files["b"]), str(files["c"]))
    assert ended.returncode == 0, ended.stderr
    assert "1:1" in ended.stdout
    assert "1 of 2 sessions of B has no value: the program said: no such device" in ended.stdout


def test_an_interrupted_duel_names_the_whole_command_that_goes_on(unitcost, tmp_path):
    folder = tmp_path / "duel"
    folder.mkdir()
    side = {"name": "A", "commit": ""}
    duel = {"status": "interrupted", "a": side, "b": side, "layout": "not tested", "warnings": []}
    document = {"schema": 1, "kind": "duel", "duel": duel}
    (folder / "duel-analysis.json").write_text(json.dumps(document))
    ended = unitcost("gate", "--duel", str(folder))
    assert ended.returncode == 4, ended.stderr
    assert f"`unitcost duel A B --resume {folder}` goes on with it" in ended.stderr
    side["commit"] = "abcdef"
    (folder / "duel-analysis.json").write_text(json.dumps(document))
    assert f"`unitcost duel abcdef abcdef --build --resume {folder}`" in unitcost("gate", "--duel", str(folder)).stderr
    assert "unitcost duel A B --resume DUEL" in unitcost("duel", "--resume").stderr
