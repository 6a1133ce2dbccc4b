// Question:  What does it cost to read or write 4 KiB of a file, by where the kernel finds them?
// Method:    The same blocks of a file of our own: held in the page cache, evicted from it before every pass, read past it (O_DIRECT) or as mapped memory, in order and
//            at random. Every block carries a stamp that is checked, and the kernel says before and after a pass whether the cache holds what it should.
// Wrong way: Reading a file that was just written and calling it the disk: it lies in memory. Or trusting that posix_fadvise() evicted it.
// Control:   In the cache the order hardly matters: both orders take turns on one file in one process, because where the pages of a file lie differs from process to
//            process by more. What the device really gave is counted beside every row.
#include <linux/magic.h>
#include <sys/resource.h>
#include <sys/vfs.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "benchmarks/memory/stamped_file.hpp"
#include "benchmarks/support/histogram.hpp"

namespace {
using namespace unitcost;
using kernels::BlockTally;
using kernels::kBlockBytes;
using kernels::Order;
using Clock = std::chrono::steady_clock;

/// What a case works with; kept from one repetition to the next.
struct Stage {
  explicit Stage(Order of_order) : order(of_order), tour(of_order) {}
  StampedFile stamped;
  Order order;
  Tour tour;

  [[nodiscard]] DiskFile& file() { return stamped.file(); }
  [[nodiscard]] std::uint64_t cached_blocks() { return file().cached_pages(); }
};

struct StageSlot {
  std::unique_ptr<Stage> held;
  Stage& ready(Order order) {
    if (!held || held->order != order) {
      held.reset();  // one file at a time
      held = std::make_unique<Stage>(order);
    }
    return *held;
  }
};

/// One way to a block. `pass` alone is timed, and counts when `after` says so: the cache is the kernel's, which may move or take a page at any time.
struct Way {
  std::function<void(Stage&)> before;
  std::function<BlockTally(Stage&, Blocks, BlockBuffer)> pass;
  std::function<bool(Stage&, Blocks, const BlockTally&)> after;
  std::size_t blocks_per_pass;
  std::size_t alignment = 64;  // of the buffer
};

struct Usage {
  std::int64_t faults;
  std::int64_t device_bytes;
};

Usage usage_now() {
  struct rusage now{};
  getrusage(RUSAGE_SELF, &now);
  constexpr std::int64_t kUnitBytes = 512;  // of ru_inblock and ru_oublock
  return {now.ru_minflt + now.ru_majflt, kUnitBytes * now.ru_inblock};
}

struct Pass {
  double seconds;
  Usage used;
};

/// The first pass that counts.
Pass pass_once(Stage& stage, Tour& tour, const Way& way, BlockBuffer buffer) {
  constexpr int kTries = 5;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const Blocks blocks = tour.next(way.blocks_per_pass);
    way.before(stage);
    const Usage before = usage_now();
    const auto begin = Clock::now();
    const BlockTally tally = way.pass(stage, blocks, buffer);
    const auto end = Clock::now();
    const Usage after = usage_now();
    if (way.after(stage, blocks, tally))
      return {std::chrono::duration<double>(end - begin).count(),
              {after.faults - before.faults, after.device_bytes - before.device_bytes}};
  }
  throw CannotMeasure(
      "pages of the file leave the cache again and again: memory is short, or somebody empties the cache");
}

void time_passes(benchmark::State& state, Stage& stage, const Way& way) {
  const PlacedBuffer buffer(kBlockBytes, next_draw(), way.alignment);
  stage.tour.skip_to(next_draw(), way.blocks_per_pass);
  Usage used{};
  for (auto _ : state) {
    const Pass pass = pass_once(stage, stage.tour, way, buffer.bytes().first<kBlockBytes>());
    used.faults += pass.used.faults;
    used.device_bytes += pass.used.device_bytes;
    state.SetIterationTime(pass.seconds);
  }
  const auto blocks = static_cast<double>(way.blocks_per_pass);
  const auto all_blocks = static_cast<double>(state.iterations()) * blocks;
  report_per_op(state, "page_ns", blocks);
  report_value(state, "faults_per_page", static_cast<double>(used.faults) / all_blocks);
  report_value(state, "device_bytes_per_page", static_cast<double>(used.device_bytes) / all_blocks);
  state.SetLabel(stage.file().disk().text());
}

BlockTally read_through_cache(Stage& stage, Blocks blocks, BlockBuffer buffer) {
  return kernels::read_blocks(stage.file().descriptor(), blocks, buffer);
}

BlockTally read_mapped(Stage& stage, Blocks blocks, BlockBuffer) {
  return kernels::touch_blocks(stage.file().mapped(), blocks);
}

BlockTally read_past_cache(Stage& stage, Blocks blocks, BlockBuffer buffer) {
  const BlockTally tally = kernels::read_blocks(stage.file().direct(), blocks, buffer);
  if (tally.error == EINVAL)
    throw CannotMeasure("this file system opens a file with O_DIRECT and then refuses to read it");
  return tally;
}

/// Whatever is missing is read, so that the pass finds all of it.
void fill_cache(Stage& stage) {
  if (stage.cached_blocks() == kFileBlocks) return;
  const PlacedBuffer buffer(kBlockBytes, next_draw());
  Tour whole(Order::kSequential);
  const Blocks blocks = whole.next(kFileBlocks);
  stage.stamped.check_read(read_through_cache(stage, blocks, buffer.bytes().first<kBlockBytes>()), blocks);
}

bool after_read(Stage& stage, Blocks blocks, const BlockTally& tally) {
  stage.stamped.check_read(tally, blocks);
  return true;
}

Way cached() {
  return {fill_cache, read_through_cache,
          [](Stage& stage, Blocks blocks, const BlockTally& tally) {
            return after_read(stage, blocks, tally) && stage.cached_blocks() == kFileBlocks;
          },
          1024};
}

/// Sequential passes are long, because the kernel's reading ahead needs some MiB to get going; a pass at random costs a trip to the device a block.
Way evicted(std::size_t blocks_per_pass) {
  return {[](Stage& stage) { stage.file().evict(); }, read_through_cache, after_read, blocks_per_pass};
}

Way direct() {
  return {[](Stage& stage) { stage.file().evict(); }, read_past_cache,
          [](Stage& stage, Blocks blocks, const BlockTally& tally) {
            if (stage.cached_blocks() != 0)
              throw CannotMeasure("this file system takes O_DIRECT and reads through the page cache all the same");
            return after_read(stage, blocks, tally);
          },
          32, kBlockBytes};
}

/// In order a pass is long, as a sequential read's; at random it is one of 8 blocks in either state, so that nearly every touch faults: a fault on an
/// evicted page brings in as much as the kernel reads ahead (128 KiB by default; 8 MiB on one guest, where a few touches bring in the whole file), and a longer pass would find the rest there.
Way mapped(bool from_cache, std::size_t blocks_per_pass) {
  return {[=](Stage& stage) {
            if (!from_cache) return stage.file().evict();
            fill_cache(stage);
            stage.file().forget_mapped();
          },
          read_mapped,
          [=](Stage& stage, Blocks blocks, const BlockTally& tally) {
            stage.stamped.check_touched(tally, blocks);
            return !from_cache || stage.cached_blocks() == kFileBlocks;
          },
          blocks_per_pass};
}

/// The stamp of a pass of writes, and the check that what a later read finds is theirs: in the device, once it is synced.
Way written(bool sync) {
  const auto stamp = std::make_shared<std::uint64_t>(0);
  return {[=](Stage& stage) {
            *stamp = next_draw();
            if (!sync) fill_cache(stage);
          },
          [=](Stage& stage, Blocks blocks, BlockBuffer buffer) {
            return kernels::write_blocks(stage.file().descriptor(), blocks, buffer, *stamp, sync);
          },
          [=](Stage& stage, Blocks blocks, const BlockTally& tally) {
            stage.stamped.check_written(tally, blocks, *stamp);
            if (sync) stage.file().evict();
            const PlacedBuffer buffer(kBlockBytes, next_draw());
            return after_read(stage, blocks, read_through_cache(stage, blocks, buffer.bytes().first<kBlockBytes>()));
          },
          sync ? std::size_t{8} : std::size_t{1024}};
}

/// One file, cached, at random and in order by turns: the time of the one by that of the other, per sample.
void compare_orders(benchmark::State& state, Stage& stage) {
  const Way way = cached();
  const PlacedBuffer buffer(kBlockBytes, next_draw(), way.alignment);
  Tour in_order(Order::kSequential);
  stage.tour.skip_to(next_draw(), way.blocks_per_pass);
  in_order.skip_to(next_draw(), way.blocks_per_pass);
  double random_s = 0.0;
  double sequential_s = 0.0;
  for (auto _ : state) {
    const double one_s = pass_once(stage, stage.tour, way, buffer.bytes().first<kBlockBytes>()).seconds;
    const double other_s = pass_once(stage, in_order, way, buffer.bytes().first<kBlockBytes>()).seconds;
    random_s += one_s;
    sequential_s += other_s;
    state.SetIterationTime(one_s + other_s);
  }
  report_per_op(state, "page_ns", 2.0 * static_cast<double>(way.blocks_per_pass));
  report_value(state, "random_by_sequential_ratio", random_s / sequential_s);
  state.SetLabel(stage.file().disk().text());
}

/// btrfs does not log what nobody could find after a crash.
void refuse_unlogged(Stage& stage) {
  struct statfs system{};
  if (fstatfs(stage.file().descriptor(), &system) != 0) check_call(errno, "fstatfs");
  if (static_cast<std::int64_t>(system.f_type) == BTRFS_SUPER_MAGIC)
    throw CannotMeasure("btrfs skips its log for a file without a name, so fsync would cost less than it does");
}

std::string_view name_of(Medium medium) {
  switch (medium) {
    case Medium::kSolidState:
      return "solid-state";
    case Medium::kVirtualSolidState:
      return "virtual-solid-state";
    case Medium::kVirtual:
      return "virtual";
    case Medium::kRotational:
      return "rotational";
    case Medium::kUnknown:
      break;
  }
  return "unknown";
}

/// A clock reading around every read: a case of its own, because that costs time as well.
void time_each(benchmark::State& state, Stage& stage, Medium wanted) {
  if (const Disk& disk = stage.file().disk(); disk.medium != wanted)
    return unmeasurable(state, fmt::format("the file lies in {}", disk.text()));
  const PlacedBuffer buffer(kBlockBytes, next_draw(), kBlockBytes);
  const BlockBuffer block = buffer.bytes().first<kBlockBytes>();
  const Way way = direct();
  Histogram histogram;
  stage.tour.skip_to(next_draw(), way.blocks_per_pass);
  for (auto _ : state) {
    const Blocks blocks = stage.tour.next(way.blocks_per_pass);
    way.before(stage);
    BlockTally all;
    std::int64_t pass_ns = 0;
    for (const std::uint32_t& one : blocks) {
      const auto begin = Clock::now();
      const BlockTally tally = way.pass(stage, Blocks(&one, 1), block);
      const auto took_ns = std::chrono::nanoseconds(Clock::now() - begin).count();
      histogram.add(static_cast<std::uint64_t>(took_ns));
      pass_ns += took_ns;
      all = {all.blocks + tally.blocks, kernels::join(all.sum, tally.sum), all.error != 0 ? all.error : tally.error};
    }
    way.after(stage, blocks, all);
    state.SetIterationTime(static_cast<double>(pass_ns) * 1e-9);
  }
  report_per_op(state, "page_ns", static_cast<double>(way.blocks_per_pass));
  report_value(state, "read_p50_ns", histogram.quantile(0.5));
  report_value(state, "read_p99_ns", histogram.quantile(0.99));
  state.SetLabel(stage.file().disk().text());
}

}  // namespace

void unitcost::register_cases(CaseRegistry& cases) {
  const auto slot = std::make_shared<StageSlot>();
  const auto add = [&](const std::string& name, Order order, const Way& way) {
    cases.add(name, Timing::kManual, [=](benchmark::State& state) { time_passes(state, slot->ready(order), way); });
  };
  for (const Order order : {Order::kSequential, Order::kRandom}) {
    const auto in_order = fmt::format("order:{}", kernels::name_of(order));
    add("read/way:cached/" + in_order, order, cached());
    add("read/way:evicted/" + in_order, order, evicted(order == Order::kSequential ? 2048 : 32));
    add("read/way:direct/" + in_order, order, direct());
  }
  cases.add("read/way:cached/order:both", Timing::kManual,
            [=](benchmark::State& state) { compare_orders(state, slot->ready(Order::kRandom)); });
  constexpr std::size_t kLongPass = 2048;
  constexpr std::size_t kShortPass = 8;
  for (const bool from_cache : {true, false}) {
    const auto way = fmt::format("map/way:{}", from_cache ? "cached" : "evicted");
    add(way, Order::kSequential, mapped(from_cache, kLongPass));
    add(way + "/order:random", Order::kRandom, mapped(from_cache, kShortPass));
  }
  add("write/way:buffered", Order::kRandom, written(false));
  cases.add("write/way:synced", Timing::kManual, [=](benchmark::State& state) {
    Stage& stage = slot->ready(Order::kRandom);
    refuse_unlogged(stage);
    time_passes(state, stage, written(true));
  });
  for (const Medium medium : {Medium::kSolidState, Medium::kVirtualSolidState, Medium::kVirtual, Medium::kRotational}) {
    cases.add(fmt::format("latency/device:{}", name_of(medium)), Timing::kManual,
              [=](benchmark::State& state) { time_each(state, slot->ready(Order::kRandom), medium); });
  }
}
