// unitcost_kernels: what Python programs share with C++ ones, from the same static libraries and thus the same object code.
#include "benchmarks/python/bindings.hpp"

// No GIL is needed: kernels touch only their arguments, and Cases locks what it shares. Without this tag, importing the
// module would switch the GIL back on in a free-threaded interpreter.
PYBIND11_MODULE(unitcost_kernels, module, pybind11::mod_gil_not_used()) {
  module.doc() = "Kernels of Unitcost and the registration of Python callables as Google Benchmark cases.";
  unitcost::python::bind_cases(module);
  unitcost::python::bind_kernels(module);
  unitcost::python::bind_files(module);
  unitcost::python::bind_lists(module);
}
