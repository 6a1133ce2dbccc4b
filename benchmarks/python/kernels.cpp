// The kernels as Python sees them: once holding the GIL, once releasing it, and as the native ceiling on threads of C++.
#include <linux/magic.h>
#include <pybind11/stl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

#include "benchmarks/kernels/python_congruence.hpp"
#include "benchmarks/python/bindings.hpp"
#include "benchmarks/support/cpus.hpp"
#include "benchmarks/support/team.hpp"

namespace py = pybind11;

namespace unitcost::python {
namespace {

struct TeamWalk {
  std::int64_t wall_ns;
  std::vector<std::int64_t> thread_ns;
  std::vector<std::uint64_t> ends;  // last state per share, in the order of `starts`
};

/// Thread i walks `starts[i]`, starts[i + threads], …, each for `steps`. `cpus` as run_team() takes them.
TeamWalk walk_in_team(int threads, const std::vector<int>& cpus, const std::vector<std::uint64_t>& starts,
                      std::uint64_t steps) {
  if (threads < 1) throw std::invalid_argument("a team has at least one thread");
  const auto stride = static_cast<std::size_t>(threads);
  std::vector<std::uint64_t> ends(starts.size());
  const TeamTimes times = run_team(threads, cpus, [&](int member) {
    for (auto share = static_cast<std::size_t>(member); share < starts.size(); share += stride) {
      ends[share] = kernels::walk_congruence(starts[share], steps);
    }
  });
  return {times.wall_ns, times.member_ns, ends};
}

}  // namespace

void bind_kernels(py::module_& module) {
  module.def("walk_holding", &kernels::walk_congruence, py::arg("state"), py::arg("steps"),
             "State after so many steps; the GIL is held all the while.");
  module.def("walk_releasing", &kernels::walk_congruence, py::arg("state"), py::arg("steps"),
             py::call_guard<py::gil_scoped_release>(), "The same function, called with the GIL released.");
  module.def("jump", &kernels::jump_congruence, py::arg("state"), py::arg("steps"),
             "The same state by a short cut: what the walks are checked against.");

  py::class_<TeamWalk>(module, "TeamWalk")
      .def_readonly("wall_ns", &TeamWalk::wall_ns)
      .def_readonly("thread_ns", &TeamWalk::thread_ns)
      .def_readonly("ends", &TeamWalk::ends);
  module.def("walk_in_team", &walk_in_team, py::arg("threads"), py::arg("cpus"), py::arg("starts"), py::arg("steps"),
             py::call_guard<py::gil_scoped_release>(), "The native ceiling: the same walks on threads of C++.");
  module.def("spread_cpus", &spread_cpus,
             "The CPUs that this process may use, one of every core before a second one of any.");
}

}  // namespace unitcost::python
