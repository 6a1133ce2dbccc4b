#pragma once
// The parts of the module `unitcost_kernels`.
#include <pybind11/pybind11.h>

namespace unitcost::python {

void bind_cases(pybind11::module_& module);    ///< class Cases, exception Unmeasurable (CannotMeasure in C++)
void bind_kernels(pybind11::module_& module);  ///< the kernels: holding the GIL, releasing it, on native threads
void bind_files(pybind11::module_& module);    ///< class ScratchFile
void bind_lists(pybind11::module_& module);    ///< fast shuffles, draws, room in memory, a quick end

}  // namespace unitcost::python
