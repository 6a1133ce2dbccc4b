// The scratch file of the programs in C++, so that both write to the same kind of place and check in the same way.
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "benchmarks/python/bindings.hpp"
#include "benchmarks/support/scratch_file.hpp"

namespace py = pybind11;

namespace unitcost::python {
namespace {

/// A context manager: the file is gone when the block ends, however it ends.
class Scratch {
 public:
  explicit Scratch(std::uint64_t room_bytes) : file_(ScratchFile::on_tmpfs(room_bytes)) {}
  [[nodiscard]] const std::string& path() const { return file().path(); }
  void clear() const { file().clear(); }
  [[nodiscard]] bool holds(std::string_view expected) const { return file().holds(std::as_bytes(std::span(expected))); }
  void remove() { file_.reset(); }

 private:
  [[nodiscard]] const ScratchFile& file() const {
    if (!file_) throw py::value_error("the scratch file is removed already");
    return *file_;
  }
  std::optional<ScratchFile> file_;
};

}  // namespace

void bind_files(py::module_& module) {
  py::class_<Scratch>(module, "ScratchFile", "An empty file on tmpfs; Unmeasurable where there is none to write to.")
      .def(py::init<std::uint64_t>(), py::arg("room_bytes"))
      .def_property_readonly("path", &Scratch::path)
      .def("clear", &Scratch::clear, "Cut the file to nothing.")
      .def(
          "holds",
          [](const Scratch& file, const py::bytes& expected) { return file.holds(std::string_view(expected)); },
          py::arg("expected"), "Whether the file is exactly these bytes.")
      .def("__enter__", [](py::object self) { return self; })
      .def("__exit__", [](Scratch& file, const py::args&) { file.remove(); });
}

}  // namespace unitcost::python
