// Large lists for Python programs: a shuffle that takes a tenth of a second where random.shuffle() takes ten, room in memory, and a quick end.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

#include <pybind11/stl.h>

#include "benchmarks/kernels/memory_ring.hpp"
#include "benchmarks/python/bindings.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/room.hpp"

namespace py = pybind11;

namespace unitcost::python {
namespace {

/// One random cycle through all places: nothing stays where it was, unless it is alone.
std::vector<std::uint32_t> places(std::size_t count, std::uint64_t seed) {
  if (count > std::numeric_limits<std::uint32_t>::max()) throw std::invalid_argument("too long to be shuffled");
  return kernels::make_cycle(static_cast<std::uint32_t>(count), kernels::Order::kRandom, seed);
}

/// The first places get a random choice of all objects in random order (Fisher and Yates, stopped early): no more misses than places that are wanted.
void shuffle_first(const py::list& items, std::mt19937_64& lots, std::size_t first) {
  for (std::size_t i = 0; i < first; ++i) {
    const std::size_t other = std::uniform_int_distribution<std::size_t>(i, items.size() - 1)(lots);
    PyObject* const object = PyList_GET_ITEM(items.ptr(), static_cast<Py_ssize_t>(i));
    PyList_SET_ITEM(items.ptr(), static_cast<Py_ssize_t>(i),
                    PyList_GET_ITEM(items.ptr(), static_cast<Py_ssize_t>(other)));
    PyList_SET_ITEM(items.ptr(), static_cast<Py_ssize_t>(other), object);
  }
}

/// Moves the references alone: no object is touched and no count of references changes.
void shuffle_list(const py::list& items, std::uint64_t seed, std::optional<std::size_t> first) {
  if (items.empty()) return;
  if (first) {
    std::mt19937_64 lots(seed);
    shuffle_first(items, lots, std::min(*first, items.size()));
    return;
  }
  const auto place = places(items.size(), seed);
  std::vector<PyObject*> before(items.size());
  for (std::size_t i = 0; i < before.size(); ++i) before[i] = PyList_GET_ITEM(items.ptr(), static_cast<Py_ssize_t>(i));
  for (std::size_t i = 0; i < before.size(); ++i)
    PyList_SET_ITEM(items.ptr(), static_cast<Py_ssize_t>(i), before[place[i]]);
}

/// A slice would count a reference to each object, and so bring all of them into the caches in the order of the visit that is timed next.
py::list take_part(const py::list& items, std::size_t begin, std::size_t count) {
  if (begin > items.size() || count > items.size() - begin)
    throw std::invalid_argument("fewer objects than are to be taken");
  py::list taken(count);  // its places are empty
  for (std::size_t i = 0; i < count; ++i) {
    const auto from = static_cast<Py_ssize_t>(begin + i);
    PyList_SET_ITEM(taken.ptr(), static_cast<Py_ssize_t>(i), PyList_GET_ITEM(items.ptr(), from));
    PyList_SET_ITEM(items.ptr(), from, py::none().release().ptr());
  }
  return taken;
}

void shuffle_words(const py::buffer& words, std::uint64_t seed) {
  const py::buffer_info info = words.request(true);
  if (info.ndim != 1 || info.itemsize != sizeof(std::int64_t) || info.strides[0] != info.itemsize)
    throw std::invalid_argument("words are a contiguous row of eight-byte numbers");
  if (info.size == 0) return;
  const auto place = places(static_cast<std::size_t>(info.size), seed);
  auto* const word = static_cast<std::int64_t*>(info.ptr);
  const std::vector<std::int64_t> before(word, word + info.size);
  for (std::size_t i = 0; i < before.size(); ++i) word[i] = before[place[i]];
}

/// What was printed is kept; no object is taken apart.
[[noreturn]] void leave(int status) {
  py::module_::import("sys").attr("stdout").attr("flush")();
  std::cout.flush();
  std::fflush(nullptr);
  std::_Exit(status);
}

}  // namespace

void bind_lists(py::module_& module) {
  module.def("shuffle_list", &shuffle_list, py::arg("items"), py::arg("seed"), py::arg("first") = py::none(),
             "Put the objects of a list that no other thread sees into a random order, as one cycle; or only the first "
             "places, which then hold a random choice of all objects.");
  module.def(
      "take_part", &take_part, py::arg("items"), py::arg("begin"), py::arg("count"),
      "Move so many objects of a list, from one on, into a new list without touching them; their old places hold "
      "None. No other thread sees the list.");
  module.def("shuffle_words", &shuffle_words, py::arg("words"), py::arg("seed"), "The same for array('q').");
  module.def("next_draw", &next_draw, "A seed that differs for every call, drawn from the block's.");
  module.def("need_memory", &need_memory, py::arg("bytes"), "Unmeasurable when fewer bytes are available.");
  module.def("leave", &leave, py::arg("status"),
             "End the process at once, without taking millions of objects apart one by one.");
}

}  // namespace unitcost::python
