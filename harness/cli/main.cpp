// The program `unitcost`: a table of its commands, and the one place where an exception becomes an exit status.
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include <CLI/CLI.hpp>

#include "harness/base/error.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/places.hpp"
#include "unitcost_build_info.hpp"

namespace {

int status_of(unitcost::Exit exit) { return static_cast<int>(exit); }

int run(int argc, char** argv) {
  CLI::App app{"What one operation costs on this machine, and whether the course notes are right about it.",
               "unitcost"};
  app.set_version_flag("--version", UNITCOST_VERSION " (" UNITCOST_COMMIT ")");
  app.require_subcommand(1);
  app.footer(
      "Exit status: 0 ok, 1 a block failed or something could not be written, 2 bad input, 3 a gate failed, 4 it was "
      "inconclusive, "
      "130 interrupted.");

  unitcost::cli::Context context{unitcost::cli::find_places(), {}};
  unitcost::cli::add_doctor(app, context);
  unitcost::cli::add_list(app, context);
  unitcost::cli::add_run(app, context);
  unitcost::cli::add_show(app, context);
  unitcost::cli::add_claims(app, context);
  unitcost::cli::add_report(app, context);
  unitcost::cli::add_duel(app, context);
  unitcost::cli::add_compare(app, context);
  unitcost::cli::add_gate(app, context);
  unitcost::cli::add_export(app, context);
  unitcost::cli::add_merge(app, context);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);  // prints help, version or what is wrong
    return status == 0 ? 0 : status_of(unitcost::Exit::kBadInput);
  }
  return status_of(context.chosen());
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGXFSZ,
              SIG_IGN);  // a file that may not grow is an answer of write(2), no reason to die in the middle of a run
  try {
    const int status = run(argc, argv);
    if (std::fflush(stdout) == 0) return status;
    std::fputs("unitcost: standard output could not be written\n", stderr);
    return status_of(unitcost::Exit::kFailed);
  } catch (const unitcost::Error& error) {
    std::fprintf(stderr, "unitcost: %s\n", error.what());
    return status_of(error.exit_status());
  } catch (const std::bad_alloc&) {
    std::fputs("unitcost: out of memory\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "unitcost: cannot go on: %s\n", error.what());
  }
  return status_of(unitcost::Exit::kFailed);
}
