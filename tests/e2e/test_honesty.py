"""The long check with tiny numbers: it plans, measures, plants, goes on where it stopped, and ends with a table. And what is planted really is."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import BUILD

TINY = ("--profile", "tiny", "--only", "interpreter/dispatch:dispatch/technique:goto", "--pairs", "1")
SIZES = (*TINY, "--layouts", "0", "--duels", "2", "--trials", "1", "--visible", "1", "--loaded", "1")


@pytest.fixture
def with_planted(unitcost):
    """Beside the programs those in which something can be planted, as in a build."""
    program = unitcost.folder / "planted" / "interpreter" / "dispatch"
    program.parent.mkdir(parents=True)
    shutil.copy(BUILD / "planted" / "interpreter" / "dispatch", program)
    return unitcost


def folder(unitcost) -> Path:
    return next(path for path in (unitcost.results / "honesty").iterdir() if (path / "state.json").exists())


def duels(unitcost) -> list[dict[str, Any]]:
    return [json.loads(file.read_text()) for file in sorted(folder(unitcost).glob("*/duel.json"))]


def planted_run(tmp_path: Path, program: str, case: str, text: str | None) -> dict[str, Any]:
    """One repetition of a planted program, with the file beside it."""
    copy = tmp_path / Path(program).name
    shutil.copy(BUILD / "planted" / program, copy)
    if text is not None:
        Path(f"{copy}.planted").write_text(text)
    out = tmp_path / "child-b.json"
    ended = subprocess.run(
        [str(copy), f"--benchmark_filter=^{case}$", f"--benchmark_out={out}", "--unitcost_iterations=2"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    rows = json.loads(out.read_text())["benchmarks"]
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize(
    ("program", "case"),
    [
        ("interpreter/dispatch", "dispatch/technique:goto/workload:mix"),
        ("syscall/batching", "raw/chunk:64"),
        ("sync/mutex_semaphore", "contend/lock:mutex/threads:1/section:none"),
    ],
    ids=["loop", "own clock", "team"],
)
def test_a_delay_is_planted_inside_the_timed_region(tmp_path, program, case):
    row = planted_run(tmp_path, program, case, f"delay ^{case}$ 2\n")
    assert 0 < row["planted_ns"] <= row["real_time"] * row["iterations"] * 1.001  # rounded in the file


@pytest.mark.parametrize("text", [None, "", "delay ^other$ 2\n"])
def test_nothing_is_planted_without_a_line_for_it(tmp_path, text):
    row = planted_run(tmp_path, "interpreter/dispatch", "dispatch/technique:goto/workload:mix", text)
    assert "planted_ns" not in row


def test_a_program_with_a_load_beside_it_ends(tmp_path):
    row = planted_run(tmp_path, "interpreter/dispatch", "dispatch/technique:goto/workload:mix", "load child-b.json\n")
    assert "planted_ns" not in row


def test_all_pieces_are_measured_once(with_planted):
    unitcost = with_planted
    first = unitcost("honesty", *SIZES, "--only-phase", "same")
    assert first.returncode == 4, first.stderr
    assert "duels are done" in first.stderr
    assert [duel["plan"]["pilot"] for duel in duels(unitcost)] == [True, True]

    ended = unitcost("honesty", "--quiet")
    assert ended.returncode in (3, 4), ended.stderr  # numbers so small reach nothing
    assert "missed: A against its copy: gated alarms" in ended.stderr
    assert "| number | asked | measured | |" in ended.stdout
    state = json.loads((folder(unitcost) / "state.json").read_text())
    measured = duels(unitcost)
    assert sorted(piece["seed"] for piece in state["pieces"]) == sorted(duel["plan"]["seed"] for duel in measured)
    assert all(duel["status"] == "complete" for duel in measured)
    assert not (folder(unitcost) / "sides").exists()

    again = unitcost("honesty", "--quiet")
    assert again.stdout == ended.stdout
    assert len(duels(unitcost)) == len(measured)
    before = sorted(unitcost.results.rglob("*"))
    assert unitcost("honesty", "--table").stdout == ended.stdout
    assert sorted(unitcost.results.rglob("*")) == before
    assert unitcost("honesty", *TINY, "--layouts", "0", "--duels", "3").returncode == 2


def test_a_second_one_is_refused_before_it_touches_anything(with_planted):
    unitcost = with_planted
    child = unitcost.start("honesty", *SIZES, "--only-phase", "loaded")
    until = time.monotonic() + 120
    while not any(unitcost.results.glob("honesty/*/*/duel.json")):
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < until, "no duel is begun"
        time.sleep(0.002)
    child.send_signal(signal.SIGSTOP)

    def programs_and_plan() -> list[tuple[str, int, int]]:
        files = [folder(unitcost) / "state.json", *(folder(unitcost) / "sides").rglob("*")]
        return sorted((str(file), file.stat().st_ino, file.stat().st_mtime_ns) for file in files)

    before = programs_and_plan()
    second = unitcost("honesty", "--only-phase", "loaded")
    after = programs_and_plan()
    child.send_signal(signal.SIGCONT)
    child.terminate()
    child.communicate()
    assert len(before) > 2
    assert after == before
    assert second.returncode == 2
    assert f"process {child.pid}" in second.stderr


def test_a_table_of_nothing_writes_nothing(unitcost):
    ended = unitcost("honesty", "--table")
    assert ended.returncode == 4, ended.stderr
    assert "| number | asked | measured | |" in ended.stdout
    assert not unitcost.results.exists()


def test_other_programs_are_refused(with_planted):
    unitcost = with_planted
    assert unitcost("honesty", *SIZES, "--only-phase", "same").returncode == 4
    program = unitcost.folder / "benchmarks" / "interpreter" / "dispatch"
    other = program.read_bytes() + b"\0"
    program.unlink()
    program.write_bytes(other)
    program.chmod(0o755)
    ended = unitcost("honesty")
    assert ended.returncode == 2
    assert "other programs" in ended.stderr


def test_duels_whose_pairs_were_cut_in_another_way_are_not_gone_on_with(with_planted):
    unitcost = with_planted
    assert unitcost("honesty", *SIZES, "--only-phase", "same").returncode == 4
    state = folder(unitcost) / "state.json"
    text = state.read_text()
    ours = json.loads(text)["cut"]
    state.write_text(text.replace(ours, "60 slices of 0.5 ms"))
    before = sorted(state.parent.iterdir())
    ended = unitcost("honesty")
    assert ended.returncode == 2
    assert f"its pairs are cut into 60 slices of 0.5 ms, those of this harness into {ours}" in ended.stderr
    assert sorted(state.parent.iterdir()) == before
    assert unitcost("honesty", "--table").returncode == 4, "what there is can be read all the same"


def test_planting_needs_the_programs_for_it(unitcost):
    ended = unitcost("honesty", *SIZES, "--only-phase", "loaded")
    assert ended.returncode == 2
    assert "planted" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--only-phase", "all"), "no phase"),
        (("/nowhere",), "nowhere"),
        (("--minutes", "0"), "minutes"),
        (("--table", "--only-phase", "foo"), "--only-phase"),
    ],
)
def test_bad_input_is_refused_with_the_reason(unitcost, arguments, word):
    ended = unitcost("honesty", *arguments)
    assert ended.returncode == 2
    assert word in ended.stderr
    assert not unitcost.results.exists()
