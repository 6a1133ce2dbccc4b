"""unitcost gate: 0 passed, 2 refused, 3 failed, 4 inconclusive."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from run_folders import CASES, make_side


@pytest.fixture
def baseline(tmp_path) -> Path:
    return make_side(tmp_path / "baseline", range(1, 6))


def gate(unitcost, new: Path, baseline: Path, *more: str):
    return unitcost("gate", str(new), "--baseline", str(baseline), *map(str, more))


def test_equal_sides_pass_and_a_planted_regression_fails(unitcost, tmp_path, baseline):
    same = gate(unitcost, make_side(tmp_path / "same", range(11, 16), commit="bbbbbbbbbb"), baseline)
    assert same.returncode == 0, same.stderr + same.stdout
    assert "PASSED" in same.stdout
    assert "could have been missed" in same.stdout
    slower = gate(unitcost, make_side(tmp_path / "slower", range(11, 16), factor={CASES[1]: 1.1}), baseline)
    assert slower.returncode == 3
    assert "FAILED: 2 ok, 1 regression" in slower.stdout


def test_too_few_sessions_are_inconclusive_and_pass_only_when_asked(unitcost, tmp_path, baseline):
    new = make_side(tmp_path / "new", range(11, 13), factor=2.0)
    ended = gate(unitcost, new, baseline)
    assert ended.returncode == 4
    assert "a gate needs 3 a side" in ended.stdout
    lenient = gate(unitcost, new, baseline, "--on-inconclusive", "pass")
    assert lenient.returncode == 0
    assert "any change could have been missed" in lenient.stdout


def test_another_kernel_refuses_unless_it_is_declared(unitcost, tmp_path, baseline):
    new = make_side(tmp_path / "new", range(11, 16), kernel="6.2.0")
    ended = gate(unitcost, new, baseline)
    assert ended.returncode == 2
    assert "kernel (set-up): 6.1.0 in baseline, 6.2.0 in new; --vary kernel" in ended.stderr
    assert gate(unitcost, new, baseline, "--vary", "kernel").returncode == 0
    assert gate(unitcost, new, baseline, "--vary", "kernal").returncode == 2


@pytest.mark.parametrize(
    ("fact", "value", "word"), [("cpu_model", "Other", "machine"), ("compiler", "GNU 13", "build")]
)
def test_every_kind_of_difference_has_its_word(unitcost, tmp_path, baseline, fact, value, word):
    new = make_side(tmp_path / "new", range(11, 16), **{fact: value})
    assert gate(unitcost, new, baseline).returncode == 2
    assert gate(unitcost, new, baseline, "--vary", word).returncode == 0


def test_moving_facts_and_the_commit_need_no_declaration(unitcost, tmp_path, baseline):
    new = make_side(tmp_path / "new", range(11, 16), load_1min=9.0, commit="cccccccccc")
    assert gate(unitcost, new, baseline).returncode == 0


def test_rules_widen_margins_and_accept_changes_until_a_day(unitcost, tmp_path, baseline):
    new = make_side(tmp_path / "new", range(11, 16), factor={CASES[0]: 1.1})
    rules = tmp_path / "gate.toml"
    rules.write_text(f'schema = 1\n[[margin]]\ncase = "{CASES[0]}"\nmargin_ratio = 0.2\n')
    assert gate(unitcost, new, baseline, "--rules", rules).returncode == 0
    row = 'schema = 1\n[[accepted]]\ncase = "memory/*"\ncommit = "abc"\nreason = "safer"\nuntil = '
    rules.write_text(row + "2999-12-31\n")
    accepted = gate(unitcost, new, baseline, "--rules", rules)
    assert accepted.returncode == 0
    assert "accepted with commit abc until 2999-12-31: safer" in accepted.stdout
    rules.write_text(row + "2001-12-31\n")
    late = gate(unitcost, new, baseline, "--rules", rules)
    assert late.returncode == 3
    assert "ran out on 2001-12-31" in late.stdout
    rules.write_text("schema = 1\nmargins = 3\n")
    wrong = gate(unitcost, new, baseline, "--rules", rules)
    assert wrong.returncode == 2
    assert f"{rules}:2:" in wrong.stderr


def test_the_last_release_sees_a_creep(unitcost, tmp_path, baseline):
    last = make_side(tmp_path / "last", range(11, 16), factor=1.04, session_sd=0.0005)
    new = make_side(tmp_path / "new", range(21, 26), factor=1.045, session_sd=0.0005)
    assert gate(unitcost, new, last, "--margin", "0.02").returncode == 0
    ended = gate(unitcost, new, last, "--margin", "0.02", "--release", baseline)
    assert ended.returncode == 3
    assert "A: release" in ended.stdout


def test_nothing_in_common_is_refused(unitcost, tmp_path, baseline):
    new = make_side(tmp_path / "new", range(11, 16), cases=("sync/x:y",))
    ended = gate(unitcost, new, baseline)
    assert ended.returncode == 2
    assert "no case in common" in ended.stderr


def test_a_case_that_vanished_is_not_passed_over(unitcost, tmp_path, baseline):
    ended = gate(unitcost, make_side(tmp_path / "new", range(11, 16), cases=CASES[:2]), baseline)
    assert ended.returncode == 4
    assert "has no such case" in ended.stdout


def test_files_and_json(unitcost, tmp_path, baseline):
    new = make_side(tmp_path / "new", range(11, 16), factor={CASES[0]: 1.3})
    junit = tmp_path / "g.xml"
    summary = tmp_path / "s.md"
    files = ["--json", "--junit", str(junit), "--github"]
    ended = unitcost("gate", str(new), "--baseline", str(baseline), *files, GITHUB_STEP_SUMMARY=str(summary))
    assert ended.returncode == 3
    document = json.loads(ended.stdout)
    assert (document["gate"], document["exit_status"]) == ("fail", 3)
    suites = ElementTree.parse(junit).getroot()
    assert suites.attrib["failures"] == "1"
    assert suites.find(".//failure").attrib["type"] == "regression"
    assert "::error title=regression%3A " in ended.stderr
    assert "FAILED" in summary.read_text()


def test_a_report_holds_the_document_and_leaves_the_status_alone(unitcost, tmp_path, baseline):
    new = make_side(tmp_path / "new", range(11, 16), factor={CASES[0]: 1.3})
    ended = gate(unitcost, new, baseline, "--json", "--report", tmp_path / "page")
    assert ended.returncode == 3, ended.stderr
    assert (tmp_path / "page" / "gate.json").read_text() == ended.stdout
    document = json.loads(ended.stdout)
    rows = {row["case"]: row for row in document["against"][0]["rows"]}
    assert [rows[case]["gates"] for case in CASES] == [True, True, True]
    assert rows[CASES[0]]["accepted"] is None
    assert (document["on_inconclusive"], document["vary"]) == ("fail", [])
    refused = gate(
        unitcost, make_side(tmp_path / "k", range(21, 26), kernel="6.2"), baseline, "--report", tmp_path / "r"
    )
    assert refused.returncode == 2
    assert not (tmp_path / "r").exists()


def test_a_claim_that_was_lost_fails_in_junit_and_is_noted(unitcost, tmp_path):
    old = make_side(tmp_path / "old", range(1, 6), claim_ns=120.0)
    new = make_side(tmp_path / "new", range(11, 16), factor=1.5, claim_ns=120.0)
    junit = tmp_path / "g.xml"
    margins = tmp_path / "gate.toml"
    margins.write_text('schema = 1\n[[margin]]\ncase = "*"\nmargin_ratio = 0.8\n')
    ended = gate(unitcost, new, old, "--rules", margins, "--junit", junit)
    assert ended.returncode == 0, ended.stderr + ended.stdout
    assert "Note: the claim memory.walk held in baseline and is refuted in new" in ended.stdout
    failed = ElementTree.parse(junit).getroot().findall(".//failure")
    assert [failure.attrib["type"] for failure in failed] == ["lost"]
    compared = tmp_path / "c.xml"
    assert unitcost("compare", str(old), str(new), "--junit", str(compared)).returncode == 0
    root = ElementTree.parse(compared).getroot()
    assert root.attrib["failures"] == "0"
    assert root.find(".//testcase[@classname='claims.memory/walk']").attrib["name"] == "memory.walk"


def test_files_of_other_tools_are_not_gated(unitcost, baseline):
    foreign = Path(__file__).resolve().parents[1] / "data" / "foreign" / "google_benchmark_a.json"
    ended = gate(unitcost, foreign, baseline)
    assert ended.returncode == 2
    assert "unitcost compare" in ended.stderr


def test_a_duel_is_named_alone(unitcost, tmp_path, baseline):
    assert unitcost("gate", "--duel", str(tmp_path), "--baseline", str(baseline)).returncode == 2
    ended = unitcost("gate", "--duel", str(tmp_path))
    assert ended.returncode == 2
    assert "unitcost duel" in ended.stderr
