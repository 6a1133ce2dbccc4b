// Question:  What does it cost to fetch, decode and dispatch one bytecode, and does the way of jumping to the next one matter?
// Method:    One stack machine, the same instruction bodies; only the jump differs: a switch, a computed goto, or no interpreter at all.
// Wrong way: Comparing a switch with a computed goto without looking at the object code: some compilers make the same of both.
// Control:   Indirect jumps of each machine, counted by the build (vm_shape.hpp); equal shapes are not compared.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/interpreter/vm_shape.hpp"
#include "benchmarks/kernels/vm_bytecode.hpp"
#include "benchmarks/support/case.hpp"
#include "benchmarks/support/placement.hpp"

namespace unitcost {
namespace {

using kernels::VmWord;
using kernels::VmWorkload;

enum class Technique { kSwitch, kGoto, kNative };

constexpr std::uint64_t kMixRounds =
    20'000;  // 0.4 million instructions: some 0.5 ms, so that a sample holds several programs
constexpr std::uint64_t kCollatzStarts = 1'500;  // 1.8 million, with more branches than a predictor can learn by heart
constexpr std::uint64_t kMostInstructions = 10'000'000;

std::uint64_t argument_of(VmWorkload workload) { return workload == VmWorkload::kMix ? kMixRounds : kCollatzStarts; }

std::uint64_t execute(Technique technique, VmWorkload workload, const VmWord* code, std::uint64_t argument) {
  switch (technique) {
    case Technique::kSwitch:
      return kernels::run_switch(code, argument);
    case Technique::kGoto:
      return kernels::run_goto(code, argument);
    case Technique::kNative:
      return kernels::run_native(workload, argument);
  }
  throw std::logic_error("unknown technique");
}

std::optional<int> jumps_of(Technique technique) {
  const VmShape shape = vm_shape();
  switch (technique) {
    case Technique::kSwitch:
      return shape.switch_jumps;
    case Technique::kGoto:
      return shape.goto_jumps;
    case Technique::kNative:
      return shape.native_jumps;
  }
  throw std::logic_error("unknown technique");
}

/// What a workload is and what it computes. Made once per process: the reference takes far longer than the machines that it checks.
struct Reference {
  explicit Reference(VmWorkload workload)
      : code(kernels::assemble(workload)),
        expected(kernels::run_checked(code, argument_of(workload), kMostInstructions)) {}
  std::vector<VmWord> code;
  kernels::VmRun expected;
};

const Reference& reference_of(VmWorkload workload) {
  static std::map<VmWorkload, Reference> made;
  return made.try_emplace(workload, workload).first->second;
}

void dispatch(benchmark::State& state, Technique technique, VmWorkload workload) {
  const auto& [assembled, expected] = reference_of(workload);
  std::uint64_t argument = argument_of(workload);

  const PlacedBuffer placed(assembled.size() * sizeof(VmWord), next_draw());
  auto* code = reinterpret_cast<VmWord*>(placed.bytes().data());
  std::copy(assembled.begin(), assembled.end(), code);
  if (execute(technique, workload, code, argument) != expected.result)
    return failed(state, "the machine computes something else than the reference");

  std::uint64_t wrong = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(argument);  // else the compiled workload could be computed once
    wrong |= execute(technique, workload, code, argument) ^ expected.result;
    benchmark::DoNotOptimize(wrong);
  }
  if (wrong != 0) return failed(state, "a run computed something else than the reference");
  report_per_op(state, "program_ns", 1.0);
  report_per_op(state, "bytecode_ns", static_cast<double>(expected.executed));
  report_value(state, "bytecodes", static_cast<double>(expected.executed));
  // Not known: the counter is missing, the control of every comparison fails, and the times stand alone.
  if (const auto jumps = jumps_of(technique)) report_value(state, "indirect_jumps", *jumps);
}

}  // namespace

void register_cases(CaseRegistry& cases) {
  using Named = std::pair<Technique, std::string_view>;
  constexpr std::array kTechniques = {Named{Technique::kSwitch, "switch"}, Named{Technique::kGoto, "goto"},
                                      Named{Technique::kNative, "native"}};
  for (const VmWorkload workload : {VmWorkload::kMix, VmWorkload::kCollatz}) {
    for (const auto& [technique, name] : kTechniques) {
      cases.add(fmt::format("dispatch/technique:{}/workload:{}", name, kernels::name_of(workload)), Timing::kWall,
                [technique = technique, workload](benchmark::State& state) { dispatch(state, technique, workload); });
    }
  }
}

}  // namespace unitcost
