"""scripts/measure: what a run's end means for the report and for the exit status."""

from __future__ import annotations

import pytest

UNITCOST = """#!/bin/sh
echo "unitcost $*" >>{calls}
case $1 in
  run) [ {made_a_run} = no ] || ln -sfn machine/new results/latest; exit {run_status} ;;
  report) exit {report_status} ;;
esac
"""


@pytest.fixture
def measure(machine, wanted):
    """Calls scripts/measure quick where `unitcost` ends as told."""
    machine.packages = wanted("debian-12", "build", "measure")
    machine.repository.joinpath("results/machine").mkdir(parents=True)
    machine.repository.joinpath("results/latest").symlink_to("machine/old")
    program = machine.repository / "build/bench/unitcost"
    program.parent.mkdir(parents=True)

    def run(run_status: int, report_status: int = 0, made_a_run: str = "yes"):
        machine.lay_out()
        machine.program("cmake", f'#!/bin/sh\necho "cmake $*" >>{machine.folder}/calls\n')
        program.write_text(
            UNITCOST.format(
                calls=machine.folder / "calls",
                run_status=run_status,
                report_status=report_status,
                made_a_run=made_a_run,
            )
        )
        program.chmod(0o755)
        return machine.run("measure", "quick")

    return run


def unitcost_calls(machine):
    return [call.removeprefix("unitcost ") for call in machine.calls if call.startswith("unitcost")]


def test_a_clean_run_is_reported(machine, measure):
    assert measure(0).returncode == 0
    assert unitcost_calls(machine) == ["run --profile quick", "report results/latest"]


def test_it_builds_without_tests_before_it_measures(machine, measure):
    measure(0)
    assert machine.calls.index("cmake --build --preset bench") < machine.calls.index("unitcost run --profile quick")
    assert any(call.startswith("cmake --preset bench -DUNITCOST_TESTS=OFF") for call in machine.calls)


def test_a_run_with_a_failed_block_is_reported_and_fails(machine, measure):
    ended = measure(1)
    assert ended.returncode == 1
    assert unitcost_calls(machine)[-1] == "report results/latest"
    assert "results/latest/logs/" in ended.stderr


@pytest.mark.parametrize("status", [2, 4, 130])
def test_a_run_that_did_not_finish_is_not_reported(machine, measure, status):
    assert measure(status).returncode == status
    assert unitcost_calls(machine) == ["run --profile quick"]


def test_an_older_run_is_not_passed_off_as_this_one(machine, measure):
    assert measure(1, made_a_run="no").returncode == 1
    assert unitcost_calls(machine) == ["run --profile quick"]


def test_a_failed_report_fails(machine, measure):
    assert measure(0, report_status=1).returncode == 1
