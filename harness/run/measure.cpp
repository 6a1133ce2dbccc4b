#include "harness/run/measure.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/machine/facts.hpp"
#include "harness/machine/memory.hpp"
#include "harness/run/block_runner.hpp"
#include "harness/run/machine_lock.hpp"
#include "harness/run/memory_reserve.hpp"
#include "harness/run/session.hpp"
#include "harness/run/used_cpus.hpp"
#include "harness/store/blocks_file.hpp"
#include "harness/store/load.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost {
namespace {

constexpr double kMostOthersShare = 0.02;

double own_cpu_s() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void begin(PreparedRun& run, const std::filesystem::path& results, Site& site, const std::string& boot,
           const std::string& machine) {
  RunRecord& record = run.record;
  record.boot = boot;
  record.machine_id = machine;
  record.started_utc = site.clock.utc();
  record.absent = ReadingSource(site.root).absent(site.cpu_sets(record.plan).at("one").cpus);
  const auto& commit = record.build.at("commit");
  run.folder = make_run_folder(results, machine, record.started_utc, fact_text(commit));
}

/// It was read before others were kept out, and nobody writes there now.
void take_up(const PreparedRun& run) {
  const LoadedRun now = load_run(run.folder);
  if (now.id != run.id || to_json(now.record) != to_json(run.record)) {
    throw BadInput(
        fmt::format("{}: another process went on with this run in the meantime; try again", run.folder.string()));
  }
  cut_torn_line(run.folder / "blocks.jsonl");
}

/// A sitting that was killed stored no time of its own; its blocks did.
double seconds_in_blocks(const std::vector<Block>& blocks) {
  double seconds = 0.0;
  for (const Block& block : blocks) {
    const auto wall_s = block.covariates.readings.find("wall_s");
    if (wall_s != block.covariates.readings.end()) seconds += wall_s->second.value_or(0.0);
  }
  return seconds;
}

void warn_once(RunRecord& record, const std::string& warning) {
  if (std::find(record.warnings.begin(), record.warnings.end(), warning) == record.warnings.end())
    record.warnings.push_back(warning);
}

/// Time so far, over all sittings, and the harness's own part of it.
class Stopwatch {
 public:
  Stopwatch(const RunRecord& record, const Clock& clock, const SpinReference& reference, const MemoryReserve& reserve)
      : wall_before_s_(record.wall_s),
        cpu_before_s_(record.harness_cpu_s),
        memory_before_s_(record.memory_cpu_s),
        start_s_(clock.now_s()),
        clock_(&clock),
        reference_(&reference),
        reserve_(&reserve) {}
  void write_into(RunRecord& record) const {
    record.wall_s = wall_before_s_ + clock_->now_s() - start_s_;
    record.harness_cpu_s = cpu_before_s_ + std::max(0.0, own_cpu_s() - reference_->cpu_s() - reserve_->cpu_s());
    record.memory_cpu_s = memory_before_s_ + reserve_->cpu_s();
  }

 private:
  double wall_before_s_;
  double cpu_before_s_;
  double memory_before_s_;
  double start_s_;
  const Clock* clock_;
  const SpinReference* reference_;
  const MemoryReserve* reserve_;
};

}  // namespace

RunEnd measure(PreparedRun run, const std::filesystem::path& results, Site& site, Progress& progress) {
  const std::string key = machine_key(results);
  const std::string boot = boot_hash(site.root, key);
  const MachineLock lock(lock_folder(), site.root.read("/proc/sys/kernel/random/boot_id").value_or(""),
                         site.clock.utc());
  if (run.folder.empty()) begin(run, results, site, boot, machine_id(site.root, key));
  else take_up(run);
  RunRecord& record = run.record;
  record.status = "running";
  record.wall_s = std::max(record.wall_s, seconds_in_blocks(run.blocks));

  const CpuSets cpu_sets =
      same_cpus(site.cpu_sets(record.plan), used_cpus(record.plan.cases, run.blocks), record.machine, site.topology);
  const std::vector<int>& one = cpu_sets.at("one").cpus;
  RealSpinReference reference(waiting_cpu(site.topology, one));
  if (record.reference_steps == 0) record.reference_steps = calibrate_reference(reference, one.front());
  MemoryReserve reserve(reports_free_memory(site.root) ? most_held_bytes(record.plan, run.free_memory_bytes) : 0);
  const Stopwatch watch(record, site.clock, reference, reserve);
  const auto store = [&](RunRecord stored) {
    watch.write_into(stored);
    store_record(run.folder, stored);
  };
  store(record);

  const ReadingSource readings(site.root);
  const auto ticks_per_s = static_cast<double>(sysconf(_SC_CLK_TCK));
  BlockRunner runner(
      {site.processes, reference, readings, site.clock, site.programs},
      {run.folder, record.plan.seed, cpu_sets, site.strace, site.environment, record.reference_steps, ticks_per_s},
      Redactor({{run.folder, "<run>"}, {site.programs.folder(), "<programs>"}}));
  BlocksFile file(run.folder / "blocks.jsonl");
  Ledger ledger;
  for (const Block& block : run.blocks) ledger.add(block);
  RunSession session(record, ledger, run.profile, run.wishes, run.free_memory_bytes,
                     {[&](const PlannedCase& planned, int round, int attempt, int position, double reference_ns) {
                        reserve.let_go(worth_holding_bytes(planned));
                        auto block = runner.run(planned, {round, attempt}, position, reference_ns);
                        reserve.take_back(worth_holding_bytes(planned));
                        return block;
                      },
                      [&](const Block& block) { file.append(block); }, store, [&] { return site.interrupts.pending(); },
                      site.clock, progress, ticks_per_s});
  const bool finished = session.run();
  progress.end();

  if (ledger.others_share() > kMostOthersShare) {
    warn_once(record, fmt::format("other processes used {:.1f} % of the time of the measured CPUs",
                                  100.0 * ledger.others_share()));
  }
  record.status = finished ? "complete" : "interrupted";
  record.ended_utc = site.clock.utc();
  watch.write_into(record);
  store_record(run.folder, record);
  return {run.folder,
          finished ? "" : site.interrupts.text(),
          ledger.blocks(),
          ledger.failed(),
          ledger.contaminated(),
          ledger.repeated(),
          record.wall_s,
          record.wall_s > 0 ? record.harness_cpu_s / record.wall_s : 0.0,
          record.wall_s > 0 ? record.memory_cpu_s / record.wall_s : 0.0,
          record.warnings};
}

}  // namespace unitcost
