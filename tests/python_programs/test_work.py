"""What the programs time is the work that they say: twins agree, wrong answers are caught, the lock is held or released."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("state", "steps"), [(1, 0), (1, 1), (7, 2), (12345, 1000), (2**31 - 1, 54321)])
def test_kernel_its_python_twin_and_the_short_cut_agree(build, state, steps):
    found = build.evaluate(f"""
import json, gil_threads as g, unitcost_kernels as k
walks = (g.walk_python, k.walk_holding, k.walk_releasing, k.jump)
print(json.dumps([walk({state}, {steps}) for walk in walks] + list(k.walk_in_team(1, [], [{state}], {steps}).ends)))""")
    expected = state
    for _ in range(steps):
        expected = (expected * 1103515245 + 12345) % 2**31
    assert found == [expected] * 5


def test_a_native_team_does_every_share_once(build):
    found = build.evaluate("""
import json, unitcost_kernels as k
team = k.walk_in_team(3, [], [1, 2, 3, 4, 5], 1000)
print(json.dumps([list(team.ends) == [k.jump(s, 1000) for s in (1, 2, 3, 4, 5)], len(team.thread_ns)]))""")
    assert found == [True, 3]


def test_only_the_releasing_kernel_lets_another_thread_in(build):
    """With a switch interval of 100 s, nobody is asked to give up the lock: the other thread gets in only where it is released."""
    found = build.evaluate("""
import json, sys, threading, unitcost_kernels as k
sys.setswitchinterval(100)
def other(gate, seen):
    gate.acquire()
    seen.append(True)
def attempt(walk, tries):
    gate, seen = threading.Lock(), []
    gate.acquire()
    thread = threading.Thread(target=other, args=(gate, seen))
    thread.start()
    gate.release()
    for _ in range(tries):
        walk(1, 10_000_000)
        if seen: break
    got_in = bool(seen)
    thread.join()
    return got_in
print(json.dumps([attempt(k.walk_holding, 3), attempt(k.walk_releasing, 500)]))""")
    assert found == [not build.interpreter["gil"], True]


@pytest.mark.parametrize(
    ("walk", "problem"),
    [
        ("lambda state, steps: state", "WrongAnswer"),
        ("lambda state, steps: k.jump(state, steps) if state != 3 else None", "WrongAnswer"),
        ("lambda state, steps: [][state]", "IndexError"),
    ],
)
def test_a_team_with_a_thread_that_did_not_do_its_share_is_no_sample(build, walk, problem):
    found = build.evaluate(f"""
import json, gil_threads as g, unitcost_kernels as k
try:
    g.measure(g.team_of({walk}), threads=4, shares=4, iterations=1)
    print(json.dumps("measured"))
except Exception as error:
    print(json.dumps(type(error).__name__))""")
    assert found == problem


def test_a_team_that_cannot_be_started_as_a_whole_ends_at_once_and_is_unmeasurable(build):
    found = build.evaluate("""
import json, threading, gil_threads as g
start, asked = threading.Thread.start, []
def scarce(self):
    asked.append(self)
    if len(asked) == 3:
        raise RuntimeError("can't start new thread")
    start(self)
threading.Thread.start = scarce
try:
    g.measure(g.team_of(g.walk_python), threads=4, shares=4, iterations=1)
except g.Unmeasurable as error:
    print(json.dumps([str(error), [thread.is_alive() for thread in asked[:2]]]))""")
    assert found == ["the system does not allow 4 threads: can't start new thread", [False, False]]


@pytest.mark.parametrize("write", ["lambda path, n: None", "lambda path, n: open(path, 'wb').write(b'y' * n)"])
def test_a_file_with_other_contents_is_no_sample(build, write):
    found = build.evaluate(f"""
import json, batching
try:
    batching.write_files({write}, 10, 1)
    print(json.dumps("measured"))
except batching.WrongAnswer as error:
    print(json.dumps(str(error)))""")
    assert "10 bytes" in found


def test_the_scratch_file_is_removed_also_when_the_writer_fails(build):
    found = build.evaluate("""
import json, os, batching
paths = []
def write(path, size_bytes):
    paths.append((path, os.path.exists(path)))
    raise OSError("no")
try:
    batching.write_files(write, 10, 1)
except OSError:
    print(json.dumps([paths[0][1], os.path.exists(paths[0][0])]))""")
    assert found == [True, False]


def test_thread_counts_are_those_that_a_scenario_can_ask_for(build):
    found = build.evaluate("""
import json, gil_threads
print(json.dumps([gil_threads.thread_counts(cpus) for cpus in (1, 2, 4, 6)]))""")
    assert found == [[1, 2, 4], [1, 2, 4], [1, 2, 4, 8], [1, 2, 4, 6, 8, 12]]
