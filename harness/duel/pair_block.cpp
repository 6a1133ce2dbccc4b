#include "harness/duel/pair_block.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "harness/base/error.hpp"
#include "harness/base/mix.hpp"
#include "harness/run/child_io.hpp"
#include "harness/run/contamination.hpp"
#include "harness/run/covariates.hpp"
#include "harness/run/full_disk.hpp"
#include "harness/run/outcome.hpp"

namespace unitcost {
namespace {

constexpr std::size_t kMostTail = 2000;
constexpr int kTimeoutFactor = 2;  // two processes where a block has one

std::array<OwnedFd, 2> socket_pair() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  return {OwnedFd(ends[0]), OwnedFd(ends[1])};
}

RowsVerdict read_side(const DuelCase& duel_case, const ChildResult& child, const std::string& file, int rows) {
  const std::string failure = how_it_failed(child.end, kTimeoutFactor * duel_case.planned.timeout_s);
  if (!failure.empty()) return {Outcome::kFailed, failure, 0, {}};
  const auto text = read_file(file);
  if (!text || text->empty())
    return {Outcome::kFailed, "the program exited with 0 but wrote no benchmark output", 0, {}};
  try {
    return judge_rows(parse_benchmark_json(*text), duel_case.planned.name, rows);
  } catch (const BadInput& error) {
    return {Outcome::kFailed, error.what(), 0, {}};
  }
}

/// Both processes as one child, for the covariates.
ChildResult together(const std::array<std::vector<ChildResult>, 2>& children, double wall_s) {
  ChildResult sum;
  sum.wall_s = wall_s;
  for (const auto& side : children) {
    for (const ChildResult& child : side) {
      sum.cpu_user_s += child.cpu_user_s;
      sum.cpu_system_s += child.cpu_system_s;
      sum.voluntary_switches += child.voluntary_switches;
      sum.involuntary_switches += child.involuntary_switches;
      sum.minor_faults += child.minor_faults;
      sum.major_faults += child.major_faults;
      std::vector<int> cpus = child.cpus_used;
      if (child.last_cpu >= 0) cpus.push_back(child.last_cpu);
      for (const int cpu : cpus) {
        if (std::find(sum.cpus_used.begin(), sum.cpus_used.end(), cpu) == sum.cpus_used.end())
          sum.cpus_used.push_back(cpu);
      }
    }
  }
  std::sort(sum.cpus_used.begin(), sum.cpus_used.end());
  return sum;
}

void append(RowsVerdict& to, const RowsVerdict& from) {
  if (from.outcome != Outcome::kMeasured) {
    to = from;
    return;
  }
  to.iterations = from.iterations;
  for (const auto& [counter, values] : from.samples) {
    // A program of others may set its own number of repetitions: a process counts once.
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    to.samples[counter].push_back(sorted[sorted.size() / 2]);
  }
}

}  // namespace

PairBlock::PairBlock(PairParts parts, BlockSettings settings, Redactor redactor)
    : parts_(std::move(parts)), settings_(std::move(settings)), redactor_(std::move(redactor)) {
  files_ = {(settings_.folder / "child-a.json").string(), (settings_.folder / "child-b.json").string()};
}

PairBlock::~PairBlock() {
  std::error_code ignored;
  for (const std::string& file : files_) std::filesystem::remove(file, ignored);
}

const Programs& PairBlock::programs_of(const Pair& pair, std::size_t side) const {
  const bool is_control = pair.kind == PairKind::kControl;
  if (const int layout = pair.layouts.at(side); layout > 0)
    return parts_.layouts.at(is_control ? kA : side).at(static_cast<std::size_t>(layout) - 1);
  if (side == kA) return parts_.a;
  return is_control ? parts_.copy_of_a : parts_.b;
}

ChildRequest PairBlock::request_for(const DuelCase& duel_case, const Pair& pair, std::size_t side) const {
  const PlannedCase& planned = duel_case.planned;
  const Launch launch = programs_of(pair, side).find(planned.program);
  const std::uint64_t seed = pair_seed(settings_.seed, pair);
  ChildRequest request;
  request.program = launch.program;
  request.arguments = launch.leading;
  request.arguments.push_back(fmt::format("--benchmark_filter=^{}$", escaped_for_filter(planned.name)));
  request.arguments.push_back("--benchmark_out=" + files_.at(side));
  request.arguments.emplace_back("--benchmark_out_format=json");
  if (launch.ours) {
    request.arguments.push_back(fmt::format("--unitcost_seed={}", seed));
    request.arguments.push_back(fmt::format("--unitcost_iterations={}", planned.iterations));
  } else {
    request.arguments.push_back(fmt::format("--benchmark_min_time={:.3f}", 1e-3 * planned.sample_ms));
  }
  request.environment = padded_environment(settings_.environment, mix64(seed + side));
  request.cpus = settings_.cpu_sets.at(planned.cpus).cpus;
  request.timeout_s = kTimeoutFactor * planned.timeout_s;
  return request;
}

bool PairBlock::run_with_token(const DuelCase& duel_case, const Pair& pair, Ended& ended) {
  std::array<OwnedFd, 2> ends = socket_pair();
  const std::size_t first = pair.started_first;
  const std::array<std::size_t, 2> order{first, 1 - first};
  std::array<ChildRequest, 2> requests;
  for (std::size_t at = 0; at < order.size(); ++at) {
    const std::size_t side = order[at];
    requests[at] = request_for(duel_case, pair, side);
    requests[at].inherited_fd = ends[at].get();
    requests[at].arguments.push_back(fmt::format("--unitcost_token={},{},{},{}", ends[at].get(),
                                                 side == pair.moved_first ? "first" : "second", duel_case.slices,
                                                 duel_case.warm_up_iterations));
  }
  auto results = parts_.pairs.run_pair(requests, std::move(ends));
  if (results[0].interrupted || results[1].interrupted) return false;
  for (std::size_t at = 0; at < order.size(); ++at) {
    const std::size_t side = order[at];
    ended.verdicts[side] = read_side(duel_case, results[at], files_[side], duel_case.slices);
    ended.children[side].push_back(std::move(results[at]));
  }
  return true;
}

bool PairBlock::run_in_turn(const DuelCase& duel_case, const Pair& pair, Ended& ended) {
  const std::size_t first = pair.moved_first;
  for (const std::size_t side : {first, 1 - first, 1 - first, first}) {
    std::error_code ignored;
    std::filesystem::remove(files_[side], ignored);
    ChildResult child = parts_.processes.run(request_for(duel_case, pair, side));
    if (child.interrupted) return false;
    if (ended.verdicts[side].outcome == Outcome::kMeasured)
      append(ended.verdicts[side], read_side(duel_case, child, files_[side], 0));
    ended.children[side].push_back(std::move(child));
  }
  return true;
}

void PairBlock::judge(const DuelCase& duel_case, const Ended& ended, Pair& pair) const {
  const std::string second = pair.layouts[kB] > 0 ? "A in another link order" : "the copy of A";
  const std::array<std::string, 2> names{"A", pair.kind == PairKind::kControl ? second : "B"};
  bool has_culprit = false;
  for (std::size_t side = 0; side < 2; ++side) {
    const RowsVerdict& verdict = ended.verdicts[side];
    pair.ends[side] = ended.children[side].back().end;
    if (verdict.outcome == Outcome::kMeasured) {
      pair.slices[side] = verdict.samples;
      continue;
    }
    const bool victim = is_victim(pair.ends[side]);
    if (pair.outcome != Outcome::kMeasured && (victim || has_culprit)) continue;
    has_culprit = !victim;
    pair.outcome = verdict.outcome;
    pair.reason = redactor_.clean(fmt::format("{}: {}", names[side], verdict.reason));
    if (verdict.outcome == Outcome::kFailed)
      pair.ends[side].stderr_tail = last_lines(redactor_.clean(ended.children[side].back().standard_error), kMostTail);
  }
  if (pair.outcome != Outcome::kMeasured) pair.slices = {};
  pair.iterations = duel_case.planned.iterations;
}

void PairBlock::keep_failure(const Pair& pair, const Ended& ended) const {
  if (pair.outcome == Outcome::kFailed) refuse_full_disk(settings_.folder);
  std::error_code ignored;
  std::filesystem::create_directories(settings_.folder / "logs", ignored);
  std::ofstream log(settings_.folder / "logs" / fmt::format("pair-{}.log", pair.position));
  log << pair.case_key << "\n" << pair.reason << "\n";
  for (const auto& side : ended.children) {
    for (const ChildResult& child : side) {
      log << "\n-- standard error --\n"
          << redactor_.clean(child.standard_error) << "\n-- standard output --\n"
          << redactor_.clean(child.standard_output) << "\n";
    }
  }
}

std::optional<Pair> PairBlock::run(const DuelCase& duel_case, const PairKey& key, double reference_median_ns) {
  Pair pair;
  pair.case_key = duel_case.planned.key;
  pair.kind = key.kind;
  pair.round = key.round;
  pair.attempt = key.attempt;
  pair.position = key.position;
  pair.started_utc = parts_.clock.utc();
  const Roles roles = roles_of(settings_.seed, pair.case_key, pair.kind, pair.round);
  pair.started_first = roles.starts_first;
  pair.moved_first = roles.moves_first;
  pair.layouts =
      layouts_of(settings_.seed, pair.case_key, pair.kind, pair.round, static_cast<int>(parts_.layouts[kA].size()));
  std::error_code ignored;
  for (const std::string& file : files_) std::filesystem::remove(file, ignored);  // of the pair before

  const std::vector<int>& cpus = settings_.cpu_sets.at(duel_case.planned.cpus).cpus;
  AroundBlock around;
  around.reference_before_ns = parts_.reference.spin_ns(cpus.front(), settings_.reference_steps);
  around.before = parts_.readings.read(cpus);
  const double start_s = parts_.clock.now_s();
  Ended ended;
  const bool finished =
      duel_case.has_token ? run_with_token(duel_case, pair, ended) : run_in_turn(duel_case, pair, ended);
  if (!finished) return std::nullopt;
  const double wall_s = parts_.clock.now_s() - start_s;
  around.after = parts_.readings.read(cpus);
  around.reference_after_ns = parts_.reference.spin_ns(cpus.front(), settings_.reference_steps);

  judge(duel_case, ended, pair);
  pair.covariates = covariates_of(cpus, around, together(ended.children, wall_s), settings_.ticks_per_s);
  if (pair.outcome == Outcome::kMeasured)
    pair.contaminated = contamination_of(pair.covariates, reference_median_ns, settings_.ticks_per_s);
  else keep_failure(pair, ended);
  return pair;
}

}  // namespace unitcost
