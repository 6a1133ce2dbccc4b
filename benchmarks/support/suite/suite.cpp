#include "benchmarks/support/suite/suite.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <iostream>
#include <map>
#include <ostream>
#include <stdexcept>
#include <utility>

#include "benchmarks/support/draws.hpp"
#include "benchmarks/support/frame.hpp"
#include "benchmarks/support/options.hpp"
#include "benchmarks/support/placement.hpp"
#include "benchmarks/support/reporters.hpp"
#include "benchmarks/support/slices.hpp"
#include "benchmarks/support/suite/families.hpp"
#include "benchmarks/support/suite/strict.hpp"

namespace unitcost {
namespace {

/// A body of others that threw: neither a bad flag nor a fault of the machine.
class BenchmarkThrew : public std::exception {
 public:
  explicit BenchmarkThrew(std::string what) : what_(std::move(what)) {}
  [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;
};

/// Google Benchmark's run of what matches `filter`, at a depth of the stack that is drawn anew.
void run_specified(benchmark::BenchmarkReporter& display, benchmark::BenchmarkReporter* file,
                   const std::string& filter) {
  try {
    with_shifted_stack(next_draw() % 4096, [&] { benchmark::RunSpecifiedBenchmarks(&display, file, filter); });
  } catch (const std::exception& error) {
    throw BenchmarkThrew(error.what());
  }
}

/// Hands on what `edit` makes of the runs to the reporter that --benchmark_format asks for.
class Display final : public benchmark::BenchmarkReporter {
 public:
  explicit Display(Edit edit) : edit_(std::move(edit)) {}
  bool ReportContext(const Context& context) override { return display_->ReportContext(context); }
  void ReportRuns(const Runs& runs) override { display_->ReportRuns(edit_(runs)); }
  void Finalize() override { display_->Finalize(); }

 private:
  benchmark::BenchmarkReporter* display_ = benchmark::CreateDefaultDisplayReporter();  // lives as long as the process
  Edit edit_;
};

void run_and_report(const Options& options, const std::string& filter, const Edit& edit) {
  Display display(edit);
  Edited<benchmark::JSONReporter> json(edit);
  const bool is_json = options.writes_file && options.out_format == "json";
  run_specified(display, is_json ? &json : nullptr, filter);
}

Runs work(const Families& families, const Cut& cut, const std::string& filter) {
  Kept kept;
  std::ostream nowhere(nullptr);  // what it has to say on each run, it has said
  kept.SetErrorStream(&nowhere);
  families.set(cut);
  run_specified(kept, nullptr, filter);
  return strict(kept.take());
}

/// Names as registered, whatever counts were set.
Edit renaming(std::map<std::string, std::string> as_registered) {
  return [names = std::move(as_registered)](const Runs& runs) {
    Runs renamed = strict(runs);
    for (Run& run : renamed) {
      const auto found = names.find(run.run_name.str());
      if (found == names.end()) continue;
      run.run_name = {};
      run.run_name.function_name = found->second;
    }
    return renamed;
  };
}

int run_side(const std::vector<std::string>& chosen, const Options& options, std::vector<std::string>& arguments) {
  if (chosen.size() != 1) throw std::invalid_argument("--unitcost_token: wants a filter that matches one case");
  const Families families(arguments.front());
  const auto called = [&](const Cut& cut) {
    families.set(cut);
    return families.called(chosen).filter;
  };
  const Cut warm_up{std::max<std::int64_t>(1, options.pair->warm_up_iterations)};
  const Cut slice{*options.iterations};
  const std::string warm_up_filter = called(warm_up);
  const std::string slice_filter = called(slice);
  if (!initialize(arguments)) return kBadUsage;
  run_in_slices(
      chosen.front(), options,
      {[&] { return work(families, warm_up, warm_up_filter); }, [&] { return work(families, slice, slice_filter); }});
  return 0;
}

int run_cut(const std::vector<std::string>& chosen, const Options& options, std::vector<std::string>& arguments) {
  if (options.writes_file && options.out_format != "json")
    throw std::invalid_argument("--benchmark_out_format: wants json where the iterations or the sample are given");
  const Families families(arguments.front());
  Cut cut{options.iterations};
  if (options.sample_s) cut.sample_s = *options.sample_s;
  cut.repetitions = options.repetitions;
  families.set(cut);
  const Called called = families.called(chosen);
  if (!initialize(arguments)) return kBadUsage;
  run_and_report(options, called.filter, renaming(called.as_registered));
  return 0;
}

int run_as_registered(const std::string& filter, const Options& options, std::vector<std::string>& arguments) {
  if (!initialize(arguments)) return kBadUsage;
  run_and_report(options, filter, strict);
  return 0;
}

int run(std::vector<std::string> arguments) {
  const Options options = take_options(arguments);
  start_draws(options.seed);
  if (options.list && options.tells_abilities) return tell_abilities();
  const std::string program = arguments.front();
  const std::string filter = options.filter.empty() ? benchmark::GetBenchmarkFilter() : options.filter;
  const std::vector<std::string> chosen = list_names(program, filter);
  if (chosen.empty()) return nothing_matches(program, filter);
  if (options.list) return tell_names(chosen);

  const int status = options.pair                             ? run_side(chosen, options, arguments)
                     : options.iterations || options.sample_s ? run_cut(chosen, options, arguments)
                                                              : run_as_registered(filter, options, arguments);
  benchmark::Shutdown();
  if (status != 0 || (options.writes_file && options.out_format != "json")) return status;
  return check_output(program, options);
}

}  // namespace

int run_suite(std::vector<std::string> arguments) {
  return exit_status_of([&] {
    try {
      return run(std::move(arguments));
    } catch (const BenchmarkThrew& threw) {
      std::cerr << "a benchmark ended with an exception: " << threw.what() << '\n';
      return kNotWritten;
    }
  });
}

}  // namespace unitcost
