"""scripts/bootstrap and .venv."""

from __future__ import annotations

import pytest


@pytest.fixture
def ready(machine, wanted):
    """A machine with every package and a .venv."""
    machine.packages = wanted("debian-12", "build", "measure", "test", "page")
    assert machine.run("bootstrap").returncode == 0
    assert made_venv(machine.calls)
    return machine


def made_venv(calls):
    return any(call.startswith("python -m venv") for call in calls)


def test_the_locked_packages_are_installed_by_hash(machine, wanted):
    machine.packages = wanted("debian-12", "build", "measure")
    machine.run("bootstrap")
    (install,) = [call for call in machine.calls if "-m pip install" in call]
    assert "--require-hashes" in install
    assert install.endswith(f"-r {machine.repository}/scripts/requirements.lock")


def test_a_changed_lock_makes_it_anew(ready):
    lock = ready.repository / "scripts/requirements.lock"
    lock.write_text(lock.read_text() + "# changed\n")
    assert ready.run("bootstrap").returncode == 0
    assert made_venv(ready.calls)
    ready.run("bootstrap")
    assert not made_venv(ready.calls)


def test_a_moved_checkout_makes_it_anew(ready):
    (ready.repository / ".venv/left-over").touch()
    moved = ready.repository.rename(ready.folder / "moved")
    ready.checkout = moved.name
    ready.run("bootstrap")
    assert made_venv(ready.calls)
    assert not (moved / ".venv/left-over").exists()


def test_another_interpreter_makes_it_anew(ready):
    stamp = ready.repository / ".venv/.unitcost-stamp"
    stamp.write_text(stamp.read_text().replace("fake-python", "older-python"))
    ready.run("bootstrap")
    assert made_venv(ready.calls)


def test_an_interpreter_that_no_longer_starts_makes_it_anew(ready):
    (ready.repository / ".venv/bin/python").write_text("#!/nowhere/python\n")
    ready.run("bootstrap")
    assert made_venv(ready.calls)


def test_a_half_made_one_is_not_taken_for_whole(machine, wanted):
    machine.packages = wanted("debian-12", "build", "measure")
    machine.pip_status = 1
    assert "going on without Python" in machine.run("bootstrap").stderr
    assert not (machine.repository / ".venv").exists()
    machine.pip_status = 0
    assert machine.run("bootstrap").returncode == 0
    assert made_venv(machine.calls)


def test_a_failed_one_stops_testing_but_not_measuring(machine, wanted):
    machine.packages = wanted("debian-12", "build", "measure", "test", "page")
    machine.pip_status = 1
    assert machine.run("bootstrap", "bench").returncode == 0
    stopped = machine.run("bootstrap", "test")
    assert stopped.returncode == 1
    assert "network" in stopped.stderr


def test_a_missing_interpreter_is_named(machine, wanted):
    machine.packages = wanted("debian-12", "build", "measure")
    machine.lay_out()
    (machine.bin / "fake-python").unlink()
    machine.lay_out = lambda: None
    told = machine.run("bootstrap")
    assert told.returncode == 0
    assert "no Python 3 found" in told.stderr
    assert "UNITCOST_PYTHON" in told.stderr
