"""scripts/bootstrap and the system's package manager."""

from __future__ import annotations

import pytest


def names(calls: list[str], action: str) -> list[str]:
    """The package names of the one apt-get call with this action."""
    (call,) = [call for call in calls if call.startswith("apt-get") and f" {action}" in call]
    return [word for word in call.split("[")[0].split(f" {action}")[1].split() if not word.startswith("-")]


def test_nothing_missing_is_silent_and_calls_nothing(machine, wanted):
    machine.packages = wanted("debian-12", "build", "measure")
    assert machine.run("bootstrap").returncode == 0  # makes .venv
    again = machine.run("bootstrap")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert [call for call in machine.calls if "-m" in call or "apt" in call] == []


def test_without_root_it_names_what_is_missing_and_the_exact_command(machine, wanted):
    machine.packages = [name for name in wanted("debian-12", "build", "measure") if name not in {"cmake", "strace"}]
    refused = machine.run("bootstrap")
    assert refused.returncode == 2
    assert "missing on debian-12: cmake strace\n" in refused.stderr
    assert '  su -c "apt-get update && apt-get install -y --no-install-recommends cmake strace"\n' in refused.stderr
    assert machine.calls == []


def test_a_sudo_that_asks_for_a_password_is_left_to_the_user(machine, wanted):
    machine.sudo = "asks"
    machine.packages = [name for name in wanted("debian-12", "build", "measure") if name != "cmake"]
    refused = machine.run("bootstrap")
    assert refused.returncode == 2
    assert '  sudo sh -c "apt-get update && apt-get install -y --no-install-recommends cmake"\n' in refused.stderr
    assert machine.calls == []


@pytest.mark.parametrize("become", ["root", "sudo"])
def test_only_the_missing_packages_are_installed_after_one_update(machine, wanted, become):
    machine.user_id, machine.sudo = (0, None) if become == "root" else (1000, "works")
    machine.packages = [name for name in wanted("debian-12", "build", "measure") if name not in {"cmake", "g++"}]
    assert machine.run("bootstrap").returncode == 0
    assert names(machine.calls, "update") == []
    assert names(machine.calls, "install") == ["g++", "cmake"]
    assert "[noninteractive]" in next(
        call for call in machine.calls if call.startswith("apt-get") and " install" in call
    )


def test_a_package_source_out_of_reach_does_not_stop_the_installation(machine, wanted):
    machine.user_id, machine.update_status = 0, 100
    machine.packages = [name for name in wanted("debian-12", "build", "measure") if name != "cmake"]
    assert machine.run("bootstrap").returncode == 0
    assert names(machine.calls, "install") == ["cmake"]


def test_a_failed_installation_shows_its_end_and_the_command(machine, wanted):
    machine.user_id, machine.install_status = 0, 100
    machine.packages = [name for name in wanted("debian-12", "build", "measure") if name != "cmake"]
    failed = machine.run("bootstrap")
    assert failed.returncode == 1
    assert "could not install: cmake" in failed.stderr
    assert "E: Unable to locate package" in failed.stderr
    assert "apt-get install -y --no-install-recommends cmake" in failed.stderr


def test_measuring_goes_on_without_python_packages_but_testing_does_not(machine, wanted):
    machine.own_python = False
    machine.packages = wanted("debian-12", "build", "measure", "test", "page")
    # The system's own interpreter is a fake one, too: making a real .venv takes a minute on a busy machine.
    script = machine.repository / "scripts/bootstrap.d/python.sh"
    script.write_text(script.read_text().replace("/usr/bin/python3", str(machine.bin / "fake-python")))
    measuring = machine.run("bootstrap", "bench")
    assert measuring.returncode == 0
    assert "going on without them" in measuring.stderr
    assert "install -y --no-install-recommends python3 python3-dev python3-venv" in measuring.stderr
    assert machine.run("bootstrap", "test").returncode == 2


def test_measuring_installs_no_browser_and_testing_does(machine):
    machine.user_id = 0
    assert machine.run("bootstrap", "bench").returncode == 0
    measuring = names(machine.calls, "install")
    assert machine.run("bootstrap", "test").returncode == 0
    testing = names(machine.calls, "install")
    assert "chromium" in testing
    assert not {"chromium", "libgtest-dev", "clang-tidy"} & set(measuring)


def test_ubuntu_gets_no_snap_and_a_note_where_there_is_no_browser(machine, wanted):
    machine.distribution = "ubuntu-24.04"
    machine.packages = wanted("ubuntu-24.04", "build", "measure", "test", "page")
    told = machine.run("bootstrap", "test")
    assert told.returncode == 0
    assert "none of chromium, google-chrome" in told.stderr
    machine.bin.joinpath("chromium").symlink_to("sh")
    assert machine.run("bootstrap", "test").stderr == ""


def test_an_unknown_distribution_is_told_what_is_needed_and_left_alone(machine):
    machine.distribution, machine.user_id = "debian-99", 0
    told = machine.run("bootstrap")
    assert told.returncode == 2
    assert "no package list for debian-99" in told.stderr
    assert "missing: C++-compiler CMake Ninja pkg-config Git strace\n" in told.stderr
    for need in ("boost/process/v2.hpp", "1.81", "GoogleBenchmark", "toml++"):
        assert need in told.stderr
    assert machine.calls == []


def test_an_unknown_distribution_with_everything_passes_in_silence(machine):
    machine.distribution = "debian-99"
    machine.lay_out()
    for tool in ("cmake", "ninja", "pkg-config", "git", "strace", "c++"):
        machine.program(tool, "#!/bin/sh\nexit 0\n")
    assert machine.run("bootstrap").returncode == 0
    assert machine.run("bootstrap").stderr == ""


def test_an_unknown_distribution_hears_of_a_missing_header(machine):
    machine.distribution = "debian-99"
    machine.lay_out()
    for tool in ("cmake", "ninja", "pkg-config", "git", "strace"):
        machine.program(tool, "#!/bin/sh\nexit 0\n")
    # A compiler that is too old, and one that finds every header but one.
    machine.program("c++", "#!/bin/sh\nexit 1\n")
    assert "missing: C++20-in-c++" in machine.run("bootstrap").stderr
    machine.program("c++", "#!/bin/sh\nsed -n '/hwloc.h/,/endif/{/^missing/p}'\n")
    told = machine.run("bootstrap")
    assert told.returncode == 2
    assert "missing: hwloc" in told.stderr
    assert "fmt " not in told.stderr.split("needed are")[0]


@pytest.mark.parametrize("arguments", [["everything"], ["bench", "test"]])
def test_a_wrong_component_is_a_usage_error(machine, arguments):
    wrong = machine.run("bootstrap", *arguments)
    assert wrong.returncode == 2
    assert "bench|test|check|all" in wrong.stderr
    assert machine.calls == []
