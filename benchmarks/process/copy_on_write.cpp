// Question:  What does the first write to a page cost after a fork, and who pays?
// Method:    Fork, then write one word of each page in one of the two processes, which times itself and counts its page faults. Beside it the same loop on pages that
//            are private already, were never touched, are shared on purpose, or whose other owner has gone.
// Wrong way: Timing fork() together with the writes, or writing where the child has exited: the last owner keeps its page without a copy.
// Control:   Twice the pages make twice the faults, so what a child faults for itself (its stack) drops out. The other side must still see the old values.
#include <sys/mman.h>

#include <cerrno>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "benchmarks/kernels/process_pages.hpp"
#include "benchmarks/process/ballast.hpp"
#include "benchmarks/process/child.hpp"

namespace {
using namespace unitcost;
using kernels::read_pages;
using kernels::sum_of_pages;
using kernels::write_pages;

/// Whose memory the loop runs over.
enum class Backing { kBase, kHuge, kShared };

Mapping memory_of(std::uint64_t bytes, Backing backing) {
  need_pages_of_4_kib();
  if (backing != Backing::kShared) return resident({bytes, backing == Backing::kHuge ? Pages::kHuge : Pages::kBase});
  need_memory(bytes);
  return Mapping::shared(bytes);
}

/// Pages that hold a known value, and room for a child's report.
class Stage {
 public:
  Stage(std::uint64_t pages, Backing backing)
      : memory_(memory_of(pages * kernels::kBasePageBytes, backing)), pages_(pages), backing_(backing) {}

  [[nodiscard]] std::span<std::byte> memory() const { return memory_.bytes().first(pages_ * kernels::kBasePageBytes); }
  [[nodiscard]] const Mapping& report() const { return report_; }
  [[nodiscard]] std::uint64_t pages() const { return pages_; }
  [[nodiscard]] bool is(std::uint64_t pages, Backing backing) const { return pages == pages_ && backing == backing_; }

  /// Writes a new value, so that every page is this process's own and writable. Throws CannotMeasure when huge pages were taken back.
  void fill() {
    write_pages(memory(), ++value_);
    if (backing_ == Backing::kHuge && memory_.huge_share() < 0.9)
      throw CannotMeasure("the kernel took huge pages back");
  }
  /// Whether this process sees the value that is known, or the one that write() writes (`changes` = 1).
  [[nodiscard]] bool holds(std::uint64_t changes) const {
    return read_pages(memory()) == sum_of_pages(pages_, value_ + changes);
  }
  /// Measured or handed to a child: writes the next value. wrote() makes it the known one.
  [[nodiscard]] auto write() const {
    return [this] { return write_pages(memory(), value_ + 1); };
  }
  void wrote() { ++value_; }

 private:
  Mapping memory_;
  Mapping report_ = Mapping::shared(sizeof(Pass));
  std::uint64_t pages_;
  Backing backing_;
  std::uint64_t value_ = std::uint64_t{1} << 20;
};

void expect(bool holds, const char* otherwise) {
  if (!holds) throw std::runtime_error(otherwise);
}

Pass write_in_child(Stage& stage) {
  const Pass pass = measure_in_child(stage.report(), stage.write(), [&] { return stage.holds(1); });
  expect(stage.holds(0), "the parent sees what the child wrote");
  return pass;
}

Pass write_in_parent(Stage& stage) {
  StandingChild child([&] { return stage.holds(0); });  // it still sees the old values
  const Pass pass = measure(stage.write());
  expect(stage.holds(1), "the parent does not see what it wrote");
  child.end();
  stage.wrote();
  return pass;
}

Pass write_after_exit(Stage& stage) {
  StandingChild child([&] { return stage.holds(0); });
  child.end();
  const Pass pass = measure(stage.write());
  stage.wrote();
  return pass;
}

Pass write_plain(Stage& stage) {
  const Pass pass = measure(stage.write());
  stage.wrote();
  return pass;
}

Pass write_untouched(Stage& stage) {
  if (madvise(stage.memory().data(), stage.memory().size(), MADV_DONTNEED) != 0)
    throw std::system_error(errno, std::generic_category(), "madvise");
  const Pass pass = measure(stage.write());
  stage.wrote();
  expect(stage.holds(0), "the pages do not hold what was written");
  return pass;
}

Pass read_in_child(Stage& stage) {
  const Pass pass = measure_in_child(stage.report(), [&] { return read_pages(stage.memory()); }, [] { return true; });
  expect(pass.answer == read_pages(stage.memory()), "the child reads other values than the parent");
  return pass;
}

Pass read_in_parent(Stage& stage) {
  StandingChild child([] { return true; });
  const Pass pass = measure([&] { return read_pages(stage.memory()); });
  child.end();
  expect(pass.answer == read_pages(stage.memory()), "the values changed");
  return pass;
}

Pass read_plain(Stage& stage) {
  const Pass pass = measure([&] { return read_pages(stage.memory()); });
  expect(pass.answer == read_pages(stage.memory()), "the values changed");
  return pass;
}

Pass write_shared_in_child(Stage& stage) {
  const Pass pass = measure_in_child(stage.report(), stage.write(), [&] { return stage.holds(1); });
  stage.wrote();
  expect(stage.holds(0), "the parent does not see what the child wrote to shared memory");
  return pass;
}

using MakePass = Pass (*)(Stage&);

/// Keeps the pages of the case that runs.
struct StageSlot {
  std::optional<Stage> held;

  Stage& ready(std::uint64_t pages, Backing backing) {
    if (!held || !held->is(pages, backing)) {
      held.reset();
      held.emplace(pages, backing);
    }
    held->fill();
    return *held;
  }
};

void time_passes(benchmark::State& state, Stage& stage, MakePass make_pass) {
  std::int64_t faults = 0;
  for (auto _ : state) {
    const Pass pass = make_pass(stage);
    faults += pass.faults;
    state.SetIterationTime(pass.seconds);
  }
  expect(stage.holds(0), "the pages do not hold what was written");
  report_per_op(state, "page_ns", static_cast<double>(stage.pages()));
  report_value(state, "faults", static_cast<double>(faults) / static_cast<double>(state.iterations()));
}

struct Row {
  std::string name;
  Backing backing;
  MakePass make_pass;
};

std::vector<Row> rows() {
  return {
      {"write/state:forked_child/page:base", Backing::kBase, write_in_child},
      {"write/state:forked_parent/page:base", Backing::kBase, write_in_parent},
      {"write/state:other_gone/page:base", Backing::kBase, write_after_exit},
      {"write/state:untouched/page:base", Backing::kBase, write_untouched},
      {"write/state:private/page:base", Backing::kBase, write_plain},
      {"write/state:shared/page:base", Backing::kShared, write_shared_in_child},
      {"write/state:forked_child/page:huge", Backing::kHuge, write_in_child},
      {"write/state:untouched/page:huge", Backing::kHuge, write_untouched},
      {"write/state:private/page:huge", Backing::kHuge, write_plain},
      {"read/state:forked_child/page:base", Backing::kBase, read_in_child},
      {"read/state:forked_parent/page:base", Backing::kBase, read_in_parent},
      {"read/state:private/page:base", Backing::kBase, read_plain},
  };
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  const auto slot = std::make_shared<StageSlot>();
  for (const Row& row : rows()) {
    for (std::uint64_t pages = 512; pages <= 65536; pages *= 2) {
      cases.add(fmt::format("{}/pages:{}", row.name, pages), Timing::kManual,
                [=](benchmark::State& state) { time_passes(state, slot->ready(pages, row.backing), row.make_pass); });
    }
  }
}
