#include "benchmarks/python/cases.hpp"

#include <pybind11/stl.h>

#include <map>
#include <stdexcept>
#include <utility>

#include "benchmarks/python/bindings.hpp"

namespace py = pybind11;

namespace unitcost::python {
namespace {

std::atomic<bool>& is_running() {  // of the process, as Google Benchmark's list of benchmarks is
  static std::atomic<bool> running{false};
  return running;
}

class Running {
 public:
  Running() {
    if (is_running().exchange(true)) throw std::runtime_error("a benchmark program is running in this process already");
  }
  ~Running() { is_running().store(false); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
};

py::object unmeasurable_type() { return py::module_::import("unitcost_kernels").attr("Unmeasurable"); }

std::string text_of(py::handle object) { return py::str(object).cast<std::string>(); }

/// What one line of a row can hold: the exception's type and its message.
std::string describe(const py::error_already_set& error) {
  const auto type = error.type().attr("__name__").cast<std::string>();
  const std::string message = text_of(error.value());
  return message.empty() ? type : type + ": " + message;
}

void report_counters(benchmark::State& state, const py::object& sample) {
  for (const auto& [name, value] : sample.attr("counters").cast<std::map<std::string, double>>()) {
    report_value(state, name, value);
  }
}

void add_interpreter_facts() {
  // Read here, after the program's imports: an extension without the free-threading tag switches the GIL back on.
  const auto sys = py::module_::import("sys");
  const bool gil = !py::hasattr(sys, "_is_gil_enabled") || sys.attr("_is_gil_enabled")().cast<bool>();
  const auto version = text_of(py::str("{}.{}.{}").format(*py::tuple(sys.attr("version_info"))));
  benchmark::AddCustomContext("python_version", version);
  benchmark::AddCustomContext("python_implementation", text_of(sys.attr("implementation").attr("name")));
  benchmark::AddCustomContext("python_gil", gil ? "true" : "false");
}

}  // namespace

void PythonCases::add_loop(std::string name, py::function body, std::string counter, double operations_per_iteration) {
  add(std::move(name), {std::move(body), Timing::kWall, std::move(counter), operations_per_iteration});
}

void PythonCases::add_timed(std::string name, py::function body) {
  add(std::move(name), {std::move(body), Timing::kManual, {}, 1.0});
}

void PythonCases::add(std::string name, Callable callable) {
  const std::lock_guard lock(mutex_);
  if (is_running().load()) throw std::runtime_error("cases cannot be added while the program runs");
  const Callable& kept = callables_.emplace_back(std::move(callable));
  registry_.add(std::move(name), kept.timing, [this, &kept](benchmark::State& state) { measure(state, kept); });
}

void PythonCases::measure(benchmark::State& state, const Callable& callable) {
  const py::gil_scoped_acquire gil;
  if (ending_) return failed(state, "interrupted");
  try {
    py::object sample;
    while (state.KeepRunningBatch(state.max_iterations)) {  // true once: the callable does all iterations
      sample = callable.body(state.max_iterations);
      if (callable.timing == Timing::kManual) state.SetIterationTime(sample.attr("elapsed_ns").cast<double>() * 1e-9);
    }
    if (callable.timing == Timing::kWall) report_per_op(state, callable.counter, callable.operations_per_iteration);
    if (!sample.is_none()) report_counters(state, sample);
  } catch (py::error_already_set& error) {
    record(state, error);
  } catch (const py::cast_error&) {
    failed(state, "the callable's sample is not numbers: elapsed_ns and a mapping of counters");
  }
}

void PythonCases::record(benchmark::State& state, py::error_already_set& error) {
  if (error.matches(unmeasurable_type())) return unmeasurable(state, text_of(error.value()));
  if (error.matches(PyExc_MemoryError)) return unmeasurable(state, "out of memory");  // as std::bad_alloc in C++
  if (error.matches(PyExc_Exception)) return failed(state, describe(error));
  ending_ = error;
  failed(state, "interrupted");
}

int PythonCases::run(const std::vector<std::string>& arguments) {
  std::unique_lock lock(mutex_);  // an add() in another thread is over, or sees that the program runs
  const Running running;
  lock.unlock();
  add_interpreter_facts();
  ending_.reset();
  int status = 0;
  {
    // Held here, the GIL would keep other threads from ever reaching a body.
    const py::gil_scoped_release released;
    status = run_cases(registry_, arguments);
  }
  benchmark::ClearRegisteredBenchmarks();  // they point to `this`
  if (ending_) throw py::error_already_set(*std::exchange(ending_, std::nullopt));
  return status;
}

void bind_cases(py::module_& module) {
  py::register_exception<CannotMeasure>(module, "Unmeasurable").doc() =
      "This machine cannot run the case; the message says why.";
  py::class_<PythonCases>(module, "Cases", "The cases of one benchmark program.")
      .def(py::init<>())
      .def("add_loop", &PythonCases::add_loop, py::arg("name"), py::arg("body"), py::arg("counter"),
           py::arg("operations_per_iteration") = 1.0)
      .def("add_timed", &PythonCases::add_timed, py::arg("name"), py::arg("body"))
      .def("run", &PythonCases::run, py::arg("arguments"));
}

}  // namespace unitcost::python
