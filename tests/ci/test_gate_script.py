"""ci/gate: what the wrappers of the CI servers call. The program is a stand-in that writes down how it was called."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

STAND_IN = """#!/usr/bin/env bash
echo "$*" >>"$CALLS"
case $1 in
  run)
    if [ -z "${NO_FOLDER:-}" ]; then echo "run-$(grep -c ^run "$CALLS")"; fi
    if [ ! -f "${@: -1}/.machine-key" ]; then echo "drawn with $(grep -c ^run "$CALLS")" >"${@: -1}/.machine-key"; fi
    exit "${RUN_STATUS:-0}" ;;
  merge) mkdir -p "${@: -1}/m/run" && touch "${@: -1}/m/run/run.json" ;;
  gate) exit "${GATE_STATUS:-0}" ;;
esac
"""


class Script:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = folder / "unitcost"
        self.program.write_text(STAND_IN)
        self.program.chmod(0o755)

    def __call__(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if k != "GITHUB_STEP_SUMMARY"}
        environment |= {"UNITCOST": str(self.program), "CALLS": str(self.folder / "calls"), **more}
        return subprocess.run(
            [ROOT / "ci" / "gate", *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text().splitlines()


@pytest.fixture
def script(tmp_path) -> Script:
    return Script(tmp_path)


def test_the_first_runs_become_the_baseline_and_the_next_are_gated_by_it(script):
    first = script("--baseline", "base")
    assert first.returncode == 0, first.stderr
    assert script.calls() == [
        *["run --profile quick --quiet --results results"] * 3,
        "merge run-1 run-2 run-3 --into base",
    ]
    second = script("--baseline", "base", "--sessions", "2")
    assert second.returncode == 0, second.stderr
    gate = "gate run-4 run-5 --baseline base --markdown ./unitcost-gate.md --junit ./unitcost-gate.xml"
    assert script.calls()[-1] == gate


def test_an_earlier_answer_does_not_stay_where_there_is_none(script):
    earlier = [script.folder / f"unitcost-gate.{kind}" for kind in ("md", "xml")]
    for file in earlier:
        file.write_text("passed")
    assert script("--baseline", "base").returncode == 0
    assert not any(file.exists() for file in earlier)


@pytest.mark.parametrize("status", ["0", "2", "3", "4"])
def test_the_status_is_that_of_the_gate(script, status):
    script("--baseline", "base")
    assert script("--baseline", "base", GATE_STATUS=status).returncode == int(status)


def test_a_block_that_failed_is_for_the_gate_to_judge(script):
    assert script("--baseline", "base", RUN_STATUS="1").returncode == 0
    assert script("--baseline", "base", RUN_STATUS="1", GATE_STATUS="4").returncode == 4
    assert script.calls()[-1].startswith("gate run-4 run-5 run-6 ")


@pytest.mark.parametrize(
    ("status", "folder", "ends"), [("2", "", "2"), ("130", "", "130"), ("1", "no", "1"), ("0", "no", "1")]
)
def test_a_run_that_is_none_ends_it(script, status, folder, ends):
    ended = script("--baseline", "base", RUN_STATUS=status, NO_FOLDER=folder)
    assert ended.returncode == int(ends)
    assert len(script.calls()) == 1


def test_the_machine_keeps_its_key_in_a_checkout_that_is_cleaned(script):
    script("--baseline", "base")
    (script.folder / "results" / ".machine-key").unlink()
    script("--baseline", "base")
    assert (script.folder / "results" / ".machine-key").read_text() == "drawn with 1\n"


def test_options_are_handed_on_word_by_word(script):
    script("--baseline", "base")
    script(
        "--baseline", "base", "--only", "a b", "--profile", "full", "--", "--vary", "kernel", GITHUB_STEP_SUMMARY="s.md"
    )
    assert "run --profile full --quiet --only a b --results results" in script.calls()
    assert script.calls()[-1].endswith("--vary kernel --github")


@pytest.mark.parametrize("arguments", [(), ("--baseline",), ("--baseline", "b", "--sessions", "no"), ("--nonsense",)])
def test_wrong_usage_measures_nothing(script, arguments):
    assert script(*arguments).returncode == 2
    assert not (script.folder / "calls").exists()


def test_the_wrappers_use_options_that_the_script_has():
    known = set(re.findall(r"--[a-z]+(?= )", (ROOT / "ci" / "gate").read_text()))
    for wrapper in ("github/action.yml", "gitlab/unitcost.yml", "jenkins/Jenkinsfile"):
        text = (ROOT / "ci" / wrapper).read_text()
        assert "--baseline" in text
        calls = [line for line in text.splitlines() if "--baseline" in line]
        for option in re.findall(r"(?<=\s)--[a-z]+", " ".join(calls)):
            assert option in known, f"{wrapper}: {option}"
