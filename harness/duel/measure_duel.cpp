#include "harness/duel/measure_duel.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/duel/calibrate_pair.hpp"
#include "harness/duel/duel_session.hpp"
#include "harness/duel/scratch.hpp"
#include "harness/duel/sides.hpp"
#include "harness/machine/facts.hpp"
#include "harness/run/foreign.hpp"
#include "harness/run/machine_lock.hpp"
#include "harness/run/used_cpus.hpp"
#include "harness/store/lines_file.hpp"
#include "harness/store/run_folder.hpp"

namespace unitcost {
namespace {

void begin(PreparedDuel& duel, const std::filesystem::path& results, Site& site, const std::string& key) {
  DuelRecord& record = duel.record;
  record.boot = boot_hash(site.root, key);
  record.machine_id = machine_id(site.root, key);
  record.started_utc = site.clock.utc();
  record.absent = ReadingSource(site.root).absent(site.cpu_sets(plan_of(record.plan)).at("one").cpus);
  duel.folder = make_run_folder(results, record.machine_id, record.started_utc, record.plan.pilot ? "pilot" : "duel",
                                "latest-duel");
}

/// It was read before others were kept out, and nobody writes there now.
void take_up(const PreparedDuel& duel) {
  const LoadedDuel now = load_duel(duel.folder);
  if (now.id != duel.id || to_json(now.record) != to_json(duel.record)) {
    throw BadInput(
        fmt::format("{}: another process went on with this duel in the meantime; try again", duel.folder.string()));
  }
  cut_torn_line(duel.folder / "pairs.jsonl");
}

/// The copy of A: another file on the disk and in the page cache, but the same bytes.
class CopyOfA {
 public:
  explicit CopyOfA(const PreparedDuel& duel)
      : folder_(duel.folder / "copy-of-a"),
        programs_(programs_at(copy_programs(duel.source, folder_), duel.a, duel.source.filename().string())) {}
  ~CopyOfA() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  CopyOfA(const CopyOfA&) = delete;
  CopyOfA& operator=(const CopyOfA&) = delete;
  [[nodiscard]] const Programs& programs() const { return programs_; }

 private:
  std::filesystem::path folder_;
  Programs programs_;
};

/// What a log must not name.
std::vector<std::pair<std::filesystem::path, std::string>> folders_of(const PreparedDuel& duel) {
  std::vector<std::pair<std::filesystem::path, std::string>> folders{
      {duel.folder, "<duel>"}, {duel.a.folder(), "<a>"}, {duel.b.folder(), "<b>"}};
  for (const std::size_t side : {kA, kB}) {
    for (const Programs& programs : duel.layouts.at(side))
      folders.emplace_back(programs.folder(), side == kA ? "<a>" : "<b>");
  }
  return folders;
}

}  // namespace

DuelEnd measure_duel(PreparedDuel duel, const std::filesystem::path& results, Site& site, Progress& progress) {
  const MachineLock lock(lock_folder(), site.root.read("/proc/sys/kernel/random/boot_id").value_or(""),
                         site.clock.utc());
  if (duel.folder.empty()) begin(duel, results, site, machine_key(results));
  else take_up(duel);
  DuelRecord& record = duel.record;
  remove_abandoned_scratch(results, {record.machine_id, record.boot});
  record.status = "running";
  const Plan plan = plan_of(record.plan);
  const CpuSets cpu_sets =
      same_cpus(site.cpu_sets(plan), used_cpus(plan.cases, duel.pairs), record.machine, site.topology);
  const std::vector<int>& one = cpu_sets.at("one").cpus;
  RealSpinReference reference(waiting_cpu(site.topology, one));
  if (record.reference_steps == 0) record.reference_steps = calibrate_reference(reference, one.front());
  const double wall_before_s = record.wall_s;
  const double start_s = site.clock.now_s();
  const auto store = [&](DuelRecord stored) {
    stored.wall_s = wall_before_s + site.clock.now_s() - start_s;
    store_duel(duel.folder, stored);
  };
  store(record);

  // With link orders the other side of a control is A in another one, and no copy is asked for.
  std::optional<CopyOfA> copy;
  if (record.plan.layouts == 0) copy.emplace(duel);
  const Programs& copy_of_a = copy ? copy->programs() : duel.a;
  const Programs& second = record.plan.pilot ? copy_of_a : duel.b;
  const ReadingSource readings(site.root);
  const BlockSettings settings{duel.folder,
                               record.plan.seed,
                               cpu_sets,
                               site.strace,
                               site.environment,
                               record.reference_steps,
                               static_cast<double>(sysconf(_SC_CLK_TCK))};
  const Redactor redactor(folders_of(duel));
  BlockRunner calibrate_a({site.processes, reference, readings, site.clock, duel.a}, settings, redactor);
  BlockRunner calibrate_b({site.processes, reference, readings, site.clock, second}, settings, redactor);
  PairBlock pair_block(
      {site.processes, site.processes, reference, readings, site.clock, duel.a, second, copy_of_a, duel.layouts},
      settings, redactor);
  LinesFile file(duel.folder / "pairs.jsonl");
  PairLedger ledger;
  for (const Pair& pair : duel.pairs) ledger.add(pair);
  DuelSession session(record, ledger,
                      {[&](const PlannedCase& planned, std::size_t side) {
                         return (side == kA ? calibrate_a : calibrate_b).run(planned, {0, 1}, 0, 0.0);
                       },
                       [&](const DuelCase& duel_case, const PairKey& key, double reference_ns) {
                         return pair_block.run(duel_case, key, reference_ns);
                       },
                       [&](const Pair& pair) { file.append(to_json(pair)); }, store,
                       [&] { return site.interrupts.pending(); }, site.clock, progress});
  const bool finished = session.run();
  progress.end();

  record.status = finished ? "complete" : "interrupted";
  record.ended_utc = site.clock.utc();
  record.wall_s = wall_before_s + site.clock.now_s() - start_s;
  store_duel(duel.folder, record);
  std::error_code ignored;
  if (finished && !duel.scratch.empty()) std::filesystem::remove_all(duel.scratch, ignored);
  const auto failed_cases = std::ranges::count_if(record.plan.cases, failed_in_calibration);
  return {duel.folder,
          finished ? "" : site.interrupts.text(),
          ledger.pairs(),
          ledger.failed(),
          static_cast<int>(failed_cases),
          ledger.contaminated(),
          ledger.repeated(),
          record.wall_s,
          record.warnings};
}

}  // namespace unitcost
