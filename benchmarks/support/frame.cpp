#include "benchmarks/support/frame.hpp"

#include <benchmark/benchmark.h>

#include <fstream>
#include <iostream>
#include <stdexcept>
#include <system_error>

#include "benchmarks/support/token.hpp"

namespace unitcost {
namespace {

/// A complete document ends in a closing brace.
bool is_complete(const std::string& path) {
  std::ifstream file(path, std::ios::ate | std::ios::binary);
  if (!file || file.tellg() < 3) return false;
  file.seekg(-3, std::ios::end);
  std::string tail(3, '\0');
  file.read(tail.data(), 3);
  return tail.find('}') != std::string::npos;
}

int flushed() { return std::cout.flush() ? 0 : kNotWritten; }

}  // namespace

int tell_abilities() {
  std::cout << "unitcost: token\n";
  return flushed();
}

int tell_names(const std::vector<std::string>& names) {
  for (const std::string& name : names) std::cout << name << '\n';
  return flushed();
}

int nothing_matches(const std::string& program, const std::string& filter) {
  std::cerr << program << ": no case matches --benchmark_filter=" << filter << "; --benchmark_list_tests lists them\n";
  return kBadUsage;
}

bool initialize(std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(arguments.size());
  benchmark::Initialize(&argc, argv.data());
  return !benchmark::ReportUnrecognizedArguments(argc, argv.data());
}

int check_output(const std::string& program, const Options& options) {
  if (!options.writes_file || is_complete(options.out_path)) return 0;
  std::cerr << program << ": " << options.out_path << " could not be written whole; is the disk full?\n";
  return kNotWritten;
}

int exit_status_of(const std::function<int()>& work) {
  try {
    return work();
  } catch (const std::invalid_argument& error) {
    std::cerr << error.what() << '\n';
    return kBadUsage;
  } catch (const PeerGone& gone) {
    std::cerr << gone.what() << '\n';
    return kPeerGone;
  } catch (const std::system_error& error) {
    std::cerr << error.what() << '\n';
    return kNotWritten;
  }
}

}  // namespace unitcost
