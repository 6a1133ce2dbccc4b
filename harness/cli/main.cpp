// The program `unitcost`: a table of its commands, and the one place where an exception becomes an exit status.
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <optional>

#include "harness/base/error.hpp"
#include "harness/cli/command_line.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/places.hpp"
#include "unitcost_build_info.hpp"

namespace {

int status_of(unitcost::Exit exit) { return static_cast<int>(exit); }

int run(int argc, char** argv) {
  unitcost::cli::CommandLine line(
      "unitcost", "What one operation costs on this machine, and whether the course notes are right about it.",
      UNITCOST_VERSION " (" UNITCOST_COMMIT ")",
      "Exit status: 0 ok, 1 a block failed or something could not be written, 2 bad input, 3 a gate failed, 4 it was "
      "inconclusive, 130 interrupted.");
  unitcost::cli::add_doctor(line);
  unitcost::cli::add_list(line);
  unitcost::cli::add_run(line);
  unitcost::cli::add_show(line);
  unitcost::cli::add_claims(line);
  unitcost::cli::add_report(line);
  unitcost::cli::add_duel(line);
  unitcost::cli::add_compare(line);
  unitcost::cli::add_gate(line);
  unitcost::cli::add_export(line);
  unitcost::cli::add_merge(line);
  unitcost::cli::add_honesty(line);
  if (const auto status = line.read(argc, argv)) return status_of(*status);
  return status_of(line.chosen()(unitcost::cli::find_places()));
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGXFSZ,
              SIG_IGN);  // a file that may not grow is an answer of write(2), no reason to die in the middle of a run
  try {
    const int status = run(argc, argv);
    // A write that failed earlier has emptied the buffer, and would be forgotten here.
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout) return status;
    std::fputs("unitcost: standard output could not be written\n", stderr);
    return status_of(unitcost::Exit::kFailed);
  } catch (const unitcost::Error& error) {
    std::fprintf(stderr, "unitcost: %s\n", error.what());
    return status_of(error.exit_status());
  } catch (const std::bad_alloc&) {
    std::fputs("unitcost: out of memory\n", stderr);
  } catch (const std::filesystem::filesystem_error& error) {
    std::fprintf(stderr, "unitcost: cannot go on: %s: %s\n", error.path1().c_str(), error.code().message().c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "unitcost: cannot go on: %s\n", error.what());
  }
  return status_of(unitcost::Exit::kFailed);
}
