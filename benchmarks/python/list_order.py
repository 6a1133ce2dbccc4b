"""How much slower is a list summed at random than in order?

Question:  What does one element of a list cost when a loop in Python sums it by an index, in order and at random?
Method:    The same loop over the same data; only the order of the index list differs. At module level, as the notes have it,
           where every name is looked up in a dictionary, and inside a function. Beside it the same without objects: indices
           as machine words, an array, NumPy.
Wrong way: Calling the difference the price of the data's order. A shuffled list of index objects sends every step to a second
           place in memory at random: the index object. That is what everyone writes, so it is measured; indices kept as
           words show the first place alone.
Control:   250 elements, their lists and objects, fit into half of any first cache, and both orders cost the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from time import perf_counter_ns
from typing import Any

from unitcost_bench import Program, Sample, Unmeasurable, check, main
from unitcost_kernels import leave, need_memory, next_draw, shuffle_list, shuffle_words, take_part

FEW, MANY, ALL = 250, 1_000_000, 10_000_000  # the last is the notes' own
PASSES = 5  # that lead to other elements each, where a pass visits a part
BYTES_PER_ELEMENT = 96  # two references and two int objects, and what shuffling takes meanwhile

LOOP = """
total_{tag} = 0
for index_{tag} in order_{tag}:
    total_{tag} += data_{tag}[index_{tag}]
"""

Indexed = Any  # whatever answers data[index]: a list, an array
Summation = Callable[[Indexed, Sequence[int]], int]


def at_module_level() -> Summation:
    """The loop as a script has it: compiled as a module, so that its names are globals, among those of this script.

    The names are drawn anew at each call. Where the dictionary keeps them follows from the process's seed for hashes, and where
    they are in each other's way the loop takes half as long again: noise within a process can be averaged, between two it cannot.
    """
    tag = f"{next_draw() % 4096:03x}"
    module = compile(LOOP.format(tag=tag), "<a module>", "exec")

    def summation(data: Indexed, order: Sequence[int]) -> int:
        names = {**globals(), f"data_{tag}": data, f"order_{tag}": order}
        exec(module, names)  # noqa: S102 - our own three lines
        return names[f"total_{tag}"]

    return summation


def sum_in_function(data: Indexed, order: Sequence[int]) -> int:
    """The same loop with local variables."""
    total = 0
    for index in order:
        total += data[index]
    return total


def sum_by_numpy(data: Indexed, order: Indexed) -> int:
    """One call gathers, one sums: no loop in Python and no objects."""
    return int(data[order].sum())


def numbers(count: int) -> list[int]:
    """An object for each number, which lie in memory in the order of the list."""
    return list(range(count))


def shuffled_numbers(count: int, first: int | None = None) -> list[int]:
    """The same objects; the list names them in another order, or only the `first` of them."""
    items = list(range(count))
    shuffle_list(items, next_draw(), first)
    return items


def words(count: int) -> array[int]:
    """Numbers that are no objects; an object is made of each when it is asked for."""
    return array("q", range(count))


def shuffled_words(count: int) -> array[int]:
    """The same in another order."""
    items = array("q", range(count))
    shuffle_words(items, next_draw())
    return items


def as_numpy(make: Callable[[int], array[int]]) -> Callable[[int], Indexed]:
    """What `make` makes, as an array of NumPy's."""

    def convert(count: int) -> Indexed:
        try:
            import numpy  # here, because it doubles the start of a block that does not need it
        except ImportError:
            raise Unmeasurable("NumPy is not installed for the interpreter of the Python programs") from None
        return numpy.frombuffer(make(count), dtype=numpy.int64)

    return convert


def always(summation: Summation) -> Callable[[], Summation]:
    """A way to sum in which nothing is drawn."""
    return lambda: summation


def visited_of(count: int, data: Callable[[int], Indexed], order: Callable[[int], Indexed]) -> int:
    """How many elements a pass visits. Objects at random can take a microsecond each, so a pass leads to a tenth of a million
    of them, or to fifty thousand in ten million. Where it is done sooner than a sample lasts, the next pass goes to others.
    """
    if count == ALL:
        return ALL // 10 if order is numbers else ALL // 200
    is_dear = shuffled_numbers in (order, data) or (order is shuffled_words and data is numbers)
    return count // 10 if count == MANY and is_dear else count


class Case:
    """One way to sum. Data and order are made once a process."""

    def __init__(
        self,
        draw: Callable[[], Summation],
        data: Callable[[int], Indexed],
        order: Callable[[int], Sequence[int]],
        count: int,
    ) -> None:
        self.draw = draw  # for every sample
        self.make_data = data
        self.make_order = order
        self.count = count
        self.visited = visited_of(count, data, order)
        self.all_indices: list[int] = []
        self.passes = 0
        self.ready: tuple[Indexed, list[Sequence[int]]] | None = None

    def warm_up(self) -> None:
        """The specialising interpreter rewrites bytecode in its first few rounds, of which a loop of ten has too few."""
        self.draw()(self.make_data(FEW), self.make_order(FEW))

    def make_visits(self) -> list[Sequence[int]]:
        """The indices that are visited, by pass: as many different ones as make a sample of 20 ms from 44 ns an element on in a
        million, and from 88 in ten million. A pass over the same ones would find them in the caches. In order the others need
        not be made. At random the visited objects lie among all of them, and the others are kept: giving back nine million one
        by one at random takes about as long as the timed passes.
        """
        if self.visited == self.count:
            return [self.make_order(self.count)]
        if self.make_order is numbers and self.make_data is numbers:
            return [numbers(self.visited)]
        begins = range(0, min(PASSES * self.visited, self.count), self.visited)
        if self.make_order is shuffled_words:
            all_words = shuffled_words(self.count)
            return [all_words[begin : begin + self.visited] for begin in begins]
        if self.make_order not in (numbers, shuffled_numbers):
            raise ValueError("a part of all indices is visited in a list of objects, in words, or in order")
        is_shuffled = self.make_order is shuffled_numbers
        wanted = len(begins) * self.visited
        self.all_indices = shuffled_numbers(self.count, wanted) if is_shuffled else numbers(self.count)
        return [take_part(self.all_indices, begin, self.visited) for begin in begins]

    def expected(self, data: Indexed, order: Sequence[int]) -> int:
        """Asked after the clock has stopped: it would bring objects into the caches."""
        return self.count * (self.count - 1) // 2 if self.visited == self.count else sum(map(data.__getitem__, order))

    def measure(self, iterations: int) -> Sample:
        """One sample: `iterations` passes, each over the next of the elements that are visited."""
        if self.ready is None:
            need_memory(self.count * BYTES_PER_ELEMENT)
            self.ready = self.make_data(self.count), self.make_visits()
        data, orders = self.ready
        summation = self.draw()
        elapsed_ns = 0
        totals = set()
        for number in range(self.passes, self.passes + iterations):
            part = number % len(orders)
            order = orders[part]
            begin = perf_counter_ns()
            total = summation(data, order)
            elapsed_ns += perf_counter_ns() - begin
            totals.add((part, total))
        self.passes += iterations
        expected = {(part, self.expected(data, orders[part])) for part, _ in totals}
        check(totals, expected, "the sum of the elements")
        operations = iterations * self.visited
        element_ns = elapsed_ns / operations
        return Sample(
            elapsed_ns, operations, {"element_ns": element_ns, "whole_list_s": element_ns * self.count * 1e-9}
        )


def register(program: Program) -> None:
    """Both orders of the notes' loop at three sizes, and of what stands beside it at one."""

    def add(name: str, case: Case) -> None:
        part = "" if case.visited == case.count else f"/visited:{case.visited}"
        program.add_timed(f"sum/{name}/elements:{case.count}{part}", case.measure, warm_up=case.warm_up)

    in_function = always(sum_in_function)
    orders = {"objects_in_order": numbers, "objects_shuffled": shuffled_numbers}
    word_orders = {"words_in_order": words, "words_shuffled": shuffled_words}
    for index, order in orders.items():
        for count in (FEW, MANY, ALL):
            add(f"scope:module/data:list/index:{index}", Case(at_module_level, numbers, order, count))
        for count in (FEW, MANY):
            add(f"scope:function/data:list/index:{index}", Case(in_function, numbers, order, count))
    for index, order in word_orders.items():
        add(f"scope:function/data:list/index:{index}", Case(in_function, numbers, order, MANY))
        add(f"scope:function/data:array/index:{index}", Case(in_function, words, order, MANY))
        add(
            f"scope:function/data:numpy/index:{index}",
            Case(always(sum_by_numpy), as_numpy(words), as_numpy(order), MANY),
        )
    add(
        "scope:function/data:shuffled_list/index:objects_in_order",
        Case(in_function, shuffled_numbers, numbers, MANY),
    )


if __name__ == "__main__":
    leave(main(register))  # taking twenty million objects apart one by one would take longer than summing them
