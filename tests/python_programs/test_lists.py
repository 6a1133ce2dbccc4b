"""The lists of list_order.py and the sums of generator_memory.py are what their names say."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("count", [0, 1, 2, 3, 1000])
def test_shuffles_keep_everything_and_leave_nothing_in_its_place(build, count):
    found = build.evaluate(f"""
import json
from array import array
from unitcost_kernels import shuffle_list, shuffle_words
items, words = [str(i) for i in range({count})], array("q", range({count}))
before = list(items)
shuffle_list(items, 7)
shuffle_words(words, 7)
same = [a is b for a, b in zip(items, before, strict=True)].count(True)
print(json.dumps([sorted(map(int, items)), same, sorted(words), [int(i) for i in items] == list(words)]))""")
    assert found == [list(range(count)), 1 if count == 1 else 0, list(range(count)), True]


def test_a_shuffle_is_another_for_another_seed_and_takes_words_only(build):
    found = build.evaluate("""
import json
from array import array
from unitcost_kernels import shuffle_list, shuffle_words
def shuffled(seed):
    items = list(range(100))
    shuffle_list(items, seed)
    return items
refused = []
for wrong in (array("i", [1, 2]), b"12345678", memoryview(array("q", range(4)))[::2]):
    try:
        shuffle_words(wrong, 1)
    except (ValueError, BufferError):
        refused.append(True)
print(json.dumps([shuffled(1) == shuffled(1), shuffled(1) == shuffled(2), len(refused)]))""")
    assert found == [True, False, 3]


@pytest.mark.parametrize(("count", "first"), [(0, 0), (1, 1), (3, 0), (1000, 100), (1000, 1000), (3, 7)])
def test_a_shuffle_of_the_first_places_draws_from_all_and_loses_nothing(build, count, first):
    found = build.evaluate(f"""
import json
from unitcost_kernels import shuffle_list
def shuffled(seed):
    items = list(range({count}))
    shuffle_list(items, seed, {first})
    return items
print(json.dumps([shuffled(1), shuffled(1), shuffled(2)]))""")
    assert sorted(found[0]) == list(range(count))
    assert found[0] == found[1]
    if count < 1000:
        return
    assert found[0] != found[2]
    assert found[0][:first] != list(range(first))
    assert max(found[0][:first]) > 900
    moved_behind = [at for at, item in enumerate(found[0]) if at >= first and item != at]
    assert len(moved_behind) <= first, "each draw moves one object from behind"


def test_objects_of_a_shuffled_list_are_those_that_it_was_filled_with(build):
    """No reference is counted twice or lost: each is held by the list, by `before` and by the loop that asks."""
    found = build.evaluate("""
import json, sys
from unitcost_kernels import shuffle_list
items = [object() for _ in range(50)]
before = list(items)
counts = [sys.getrefcount(item) for item in before]
shuffle_list(items, 3)
print(json.dumps([sys.getrefcount(item) for item in before] == counts))""")
    assert found is True


def test_objects_are_taken_without_counting_a_reference_to_them(build):
    found = build.evaluate("""
import json, sys
from unitcost_kernels import take_part
items = [object() for _ in range(5)]
before = list(items)
counts = [sys.getrefcount(item) for item in before]
taken = take_part(items, 1, 3)
def is_refused(begin, count):
    try:
        take_part(items, begin, count)
    except ValueError:
        return True
    return False
refused = is_refused(0, 6), is_refused(3, 3), is_refused(6, 0)
print(json.dumps([taken == before[1:4], items == before[:1] + [None] * 3 + before[4:], counts, [sys.getrefcount(item) for item in before], refused]))""")
    assert found[:2] == [True, True]
    assert found[2] == found[3], "moved, and not held twice"
    assert found[4] == [True] * 3


@pytest.mark.parametrize("count", [0, 1, 3, 1000])
def test_every_way_to_sum_comes_to_the_same(build, count):
    found = build.evaluate(f"""
import json, list_order as l
loops = (l.at_module_level(), l.sum_in_function)
data = (l.numbers, l.shuffled_numbers, l.words)
orders = (l.numbers, l.shuffled_numbers, l.words, l.shuffled_words)
print(json.dumps([loop(make({count}), order({count})) for loop in loops for make in data for order in orders]))""")
    assert set(found) == {count * (count - 1) // 2}
    assert len(found) == 24


def test_a_wrong_sum_and_a_part_that_was_not_visited_are_no_sample(build):
    found = build.evaluate("""
import json, list_order as l
from unitcost_bench import WrongAnswer
def outcome(summation, visited=1000):
    case = l.Case(l.always(summation), l.numbers, l.shuffled_numbers, 1000)
    case.visited = visited
    try:
        return case.measure(2).counters
    except WrongAnswer as error:
        return str(error)
part = outcome(l.sum_in_function, visited=100)
wrong = outcome(lambda data, order: 1), outcome(lambda data, order: sum(data[:100]), visited=100)
print(json.dumps([part, part["whole_list_s"] / part["element_ns"], *wrong]))""")
    assert found[0]["operations"] == 200
    assert found[1] == pytest.approx(1000e-9)
    assert all("the sum of the elements" in message for message in found[2:])


def test_what_passes_visit_of_a_list_is_its_beginning_in_order_or_places_all_over_it(build):
    found = build.evaluate("""
import json, list_order as l
def visits(data, order, visited):
    case = l.Case(l.always(l.sum_in_function), data, order, 1000)
    case.visited = visited
    return [list(part) for part in case.make_visits()]
def spread(parts):
    return [[len(part), max(part) - min(part)] for part in parts] + [len(set(sum(parts, [])))]
print(json.dumps([visits(l.numbers, l.numbers, 100), sorted(visits(l.numbers, l.shuffled_numbers, 1000)[0]),
                  spread(visits(l.numbers, l.shuffled_numbers, 100)), spread(visits(l.numbers, l.shuffled_words, 100)),
                  visits(l.shuffled_numbers, l.numbers, 100), len(visits(l.numbers, l.shuffled_words, 500))]))""")
    assert found[0] == [list(range(100))]
    assert found[1] == list(range(1000))
    for *parts, different in found[2:4]:
        assert [length for length, _ in parts] == [100] * 5
        assert all(distance > 500 for _, distance in parts)
        assert different == 500, "no pass goes where another was"
    assert found[4] == [list(range(begin, begin + 100)) for begin in range(0, 500, 100)]
    assert found[5] == 2, "no more passes than there are elements for"


def test_a_sample_goes_on_with_the_pass_after_the_last_one(build):
    found = build.evaluate("""
import json, list_order as l
seen = []
def summation(data, order):
    seen.append(order[0])
    return l.sum_in_function(data, order)
case = l.Case(l.always(summation), l.shuffled_numbers, l.numbers, 1000)
case.visited = 100
print(json.dumps([case.measure(2).operations, case.measure(4).operations, seen]))""")
    assert found == [200, 400, [0, 100, 200, 300, 400, 0]]


def test_a_list_that_does_not_fit_into_memory_is_not_measured(build):
    found = build.evaluate("""
import json, list_order as l
from unitcost_bench import Unmeasurable
try:
    l.Case(l.always(l.sum_in_function), l.numbers, l.numbers, 10**14).measure(1)
except Unmeasurable as why:
    print(json.dumps(str(why)))""")
    assert "of memory" in found


def test_leaving_keeps_what_was_printed_and_the_status(build):
    ended = build.run(
        "list_order", "--benchmark_filter=^sum/scope:function/data:list/index:objects_in_order/elements:250$"
    )
    assert ended.returncode == 0
    assert "element_ns" in ended.stdout
    assert build.run("list_order", "--benchmark_filter=^nothing$").returncode == 2


@pytest.mark.parametrize("items", [0, 1, 3, 1000])
def test_list_and_generator_sum_the_same_squares(build, items):
    found = build.evaluate(f"""
import json, generator_memory as g
print(json.dumps([g.sum_of_list({items}), g.sum_of_generator({items})]))""")
    assert found == [sum(i * i for i in range(items))] * 2


def test_the_peak_is_that_of_the_sum_and_of_nothing_before_it(build):
    found = build.evaluate("""
import json, tracemalloc, generator_memory as g
kept = [object() for _ in range(10_000)]
def peak(summation):
    return g.trace_sum(summation, 1000, 2).counters["peak_bytes"]
def wrong(items):
    return 5
try:
    peak(wrong)
except Exception as error:
    refused = type(error).__name__
print(json.dumps([peak(g.sum_of_list), peak(g.sum_of_generator), tracemalloc.is_tracing(), refused]))""")
    of_list, of_generator, tracing, refused = found
    assert 1000 * 8 < of_list < 1000 * 100
    assert of_generator < 5000
    assert not tracing
    assert refused == "WrongAnswer"
